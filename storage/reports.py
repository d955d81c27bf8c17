"""Reports: which were ordered, and which message each became."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import ColumnElement, Connection, and_, select, update

from storage.tables import reports
from storage.upsert import insert
from surveys.reports import Order

_COLUMNS = {"id": "report_id", "workspace": "workspace_id"}
_SAID = tuple(_COLUMNS.get(field.name, field.name) for field in fields(Order))


class Reports:
    """The reports of all workspaces."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def order(self, order: Order) -> bool:
        """Keep a new order; False when one with its id is here already."""
        put = (
            insert(self._connection, reports)
            .values({_COLUMNS.get(name, name): value for name, value in asdict(order).items()})
            .on_conflict_do_nothing(index_elements=[reports.c.workspace_id, reports.c.report_id])
            .returning(reports.c.report_id)
        )
        return self._connection.execute(put).first() is not None

    def find(self, workspace: str, report_id: str) -> Order | None:
        asked = select(*(reports.c[name] for name in _SAID)).where(_is(workspace, report_id))
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else Order(*row)

    def find_all(self, workspace: str, report_ids: Sequence[str]) -> tuple[Order, ...]:
        """Return those of several orders that are here."""
        its = (reports.c.workspace_id == workspace, reports.c.report_id.in_(report_ids))
        rows = self._connection.execute(select(*(reports.c[name] for name in _SAID)).where(*its))
        return tuple(Order(*row) for row in rows)

    def posted(self, workspace: str, report_id: str, message: str, told: int | None = None) -> None:
        """Note which message shows it, and how much of it where the rest is still to follow."""
        self._change(workspace, report_id, message=message, trouble=None, told=told)

    def followed(self, workspace: str, report_id: str, told: int | None) -> None:
        """Note how much of it is said by now; None for all."""
        self._change(workspace, report_id, told=told)

    def failed(self, workspace: str, report_id: str, reason: str) -> None:
        """Note why Slack refuses it for good."""
        self._change(workspace, report_id, trouble=reason)

    def retry(self, workspace: str, report_id: str, channel: str) -> bool:
        """Forget the trouble: it is to be posted, in another channel perhaps. False where it has none."""
        again = (
            update(reports)
            .where(_is(workspace, report_id), reports.c.message.is_(None), reports.c.trouble.is_not(None))
            .values(channel=channel, trouble=None)
        )
        return self._connection.execute(again).rowcount == 1

    def _change(self, workspace: str, report_id: str, **values: object) -> None:
        self._connection.execute(update(reports).where(_is(workspace, report_id)).values(**values))


def _is(workspace: str, report_id: str) -> ColumnElement[bool]:
    return and_(reports.c.workspace_id == workspace, reports.c.report_id == report_id)

"""Members: the people of a workspace as Slack last described them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, select

from storage.tables import members
from storage.upsert import insert
from surveys.people import Member

_SAID = tuple(field.name for field in fields(Member) if field.name != "id")
_ABOUT = select(members.c.user_id, *(members.c[name] for name in _SAID))


class Members:
    """Who is in a workspace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace: str, user: str) -> Member | None:
        question = _ABOUT.where(members.c.workspace_id == workspace, members.c.user_id == user)
        row = self._connection.execute(question).one_or_none()
        return None if row is None else Member(*row)

    def find_all(self, workspace: str, users: Sequence[str]) -> tuple[Member, ...]:
        """Return those of them that are known, in the order of their ids."""
        question = _ABOUT.where(members.c.workspace_id == workspace, members.c.user_id.in_(users))
        rows = self._connection.execute(question.order_by(members.c.user_id))
        return tuple(Member(*row) for row in rows)

    def keep(self, workspace: str, people: Iterable[Member]) -> None:
        """Write down what Slack says now, in place of what it said before."""
        # Sorted: two processes that keep the same people lock them in the same order.
        rows = [_row(workspace, person) for person in sorted(people, key=lambda person: person.id)]
        if not rows:
            return
        put = insert(self._connection, members)
        put = put.on_conflict_do_update(
            index_elements=[members.c.workspace_id, members.c.user_id],
            set_={name: put.excluded[name] for name in _SAID},
        )
        self._connection.execute(put, rows)


def _row(workspace: str, person: Member) -> dict[str, object]:
    said = asdict(person)
    return {"workspace_id": workspace, "user_id": said.pop("id"), **said}

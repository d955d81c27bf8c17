"""Drawings: rows that a message in Slack shows, and who brings the message up to date."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, case, func, select, tuple_, update

from storage.workspaces import LEFT


class Named(Protocol):
    """What a message may show, by its name within its workspace."""

    @property
    def id(self) -> str: ...
    @property
    def workspace(self) -> str: ...


Asked = TypeVar("Asked", bound=Named)


@dataclass(frozen=True, slots=True)
class Claim(Generic[Asked]):
    """What one worker may draw now: the revision it will show, and Slack's way to answer if any."""

    asked: Asked
    revision: int
    reply_url: str | None


class Drawings(Generic[Asked]):
    """A drawer whose rows are shown by a message each; every question but `claim_stale` names its workspace.

    A drawer that builds on it says its table, the column that names a row within a workspace,
    and how claimed rows become values.
    """

    _table: ClassVar[Table]
    _name: ClassVar[Column[str]]

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim_stale(self, now: datetime, until: datetime, most: int = 20) -> tuple[Claim[Asked], ...]:
        """Take rows whose message is out of date, for nobody else to take before `until`.

        Whose last drawing is the oldest comes first. One worker serves every workspace, so this names none.
        """
        key, columns = (self._table.c.workspace_id, self._name), self._table.c
        waiting = (
            select(*key)
            .where(columns.drawn_revision < columns.revision)
            .where(columns.not_before.is_(None) | (columns.not_before <= now))
            .where(columns.workspace_id.not_in(LEFT))
            .order_by(columns.claimed_at.nulls_first(), *key)
            .limit(most)
            # Not SKIP LOCKED: a poll everybody is voting on would be passed over again and again.
            .with_for_update(key_share=True)
        )
        keys = [(str(row[0]), str(row[1])) for row in self._connection.execute(waiting)]
        if not keys:
            return ()
        claimed = tuple_(*key).in_(keys)
        self._connection.execute(update(self._table).where(claimed).values(not_before=until))
        claims = {(claim.asked.workspace, claim.asked.id): claim for claim in self._claims(claimed)}
        return tuple(claims[key] for key in keys if key in claims)

    def begin(self, workspace: str, name: str, now: datetime) -> None:
        """Note that a claimed row is drawn now: the others that wait are before it from here on."""
        self._change(workspace, name, claimed_at=now)

    def shows(self, workspace: str, name: str, look: str) -> bool:
        """Tell whether the message in Slack looks like this already."""
        columns = self._table.c
        asked = select(columns.look).where(self._is(workspace, name))
        return self._connection.execute(asked).scalar() == look

    def drawn(
        self, workspace: str, name: str, revision: int, message: str | None, look: str | None = None
    ) -> None:
        """Note what the message in Slack shows, and which message that is (None: as before)."""
        drawn = self._table.c.drawn_revision
        self._change(
            workspace,
            name,
            drawn_revision=self._at_least(revision),
            look=case((drawn > revision, self._table.c.look), else_=look),
            message=func.coalesce(message, self._table.c.message),
            not_before=None,
            reply_url=None,
            trouble=None,
        )

    def undrawable(self, workspace: str, name: str, revision: int, reason: str) -> None:
        """Note that Slack refuses this revision for good; the next one may be tried."""
        drawn = self._at_least(revision)
        self._change(workspace, name, drawn_revision=drawn, not_before=None, trouble=reason)

    def release(self, workspace: str, name: str, not_before: datetime) -> None:
        """Give a claimed row back, to be drawn by anybody from `not_before` on."""
        self._change(workspace, name, not_before=not_before)

    def post_again(self, workspace: str, name: str, channel: str, reply_url: str | None) -> bool:
        """Have it posted as a new message, after trouble, in another channel perhaps.

        False where a worker has it: it may be posting it just now, and another one would post a second.
        """
        again = (
            update(self._table)
            .where(self._is(workspace, name), self._table.c.not_before.is_(None))
            .values(
                channel=channel,
                message=None,
                look=None,
                reply_url=reply_url,
                trouble=None,
                audience=None,
                revision=self._table.c.revision + 1,
            )
        )
        return self._connection.execute(again).rowcount == 1

    def count_audience(self, workspace: str, name: str, channel: str, people: int) -> bool:
        """Keep how many people can answer in its channel; False where that is known, or it goes elsewhere."""
        columns = self._table.c
        its = (columns.channel == channel, columns.message.is_(None), columns.audience.is_(None))
        kept = update(self._table).where(self._is(workspace, name), *its).values(audience=people)
        return self._connection.execute(kept).rowcount == 1

    def count_audience_late(self, workspace: str, name: str, people: int) -> None:
        """Keep how many people could answer what is closed, where that was not counted before."""
        columns = self._table.c
        its = (columns.closed_at.is_not(None), columns.audience.is_(None))
        self._connection.execute(
            update(self._table).where(self._is(workspace, name), *its).values(audience=people)
        )

    def ask_all_the_same(self, workspace: str, name: str, trouble: str) -> bool:
        """Have it posted where it was held back for this trouble; False where it is not, or not any more."""
        columns = self._table.c
        its = (columns.trouble == trouble, columns.message.is_(None), columns.closed_at.is_(None))
        asking = update(self._table).where(self._is(workspace, name), *its)
        freed = asking.values(trouble=None, revision=columns.revision + 1)
        return self._connection.execute(freed).rowcount == 1

    def close(self, workspace: str, name: str, at: datetime) -> bool:
        """Close it; False when it was closed already or is not here."""
        closing = (
            update(self._table)
            .where(self._is(workspace, name), self._table.c.closed_at.is_(None))
            .values(closed_at=at, revision=self._table.c.revision + 1)
        )
        return self._connection.execute(closing).rowcount == 1

    def _claims(self, claimed: ColumnElement[bool]) -> tuple[Claim[Asked], ...]:
        raise NotImplementedError

    def _change(self, workspace: str, name: str, **values: object) -> None:
        self._connection.execute(update(self._table).where(self._is(workspace, name)).values(**values))

    def _is(self, workspace: str, name: str) -> ColumnElement[bool]:
        return and_(self._table.c.workspace_id == workspace, self._name == name)

    def _at_least(self, revision: int) -> ColumnElement[int]:
        # A worker that comes back late must not make a newer drawing look older.
        drawn = self._table.c.drawn_revision
        return case((drawn > revision, drawn), else_=revision)

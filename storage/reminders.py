"""Reminders: who is to be reminded of a round, what has come of it, and who wants none.

A person's row ends before a message is sent, in the transaction that decides whether there is one: whoever
reads the rows finds all alike, and a process that dies reminds nobody twice.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, func, literal, select, update

from storage.tables import invitations, reminders, remindings, unreminded
from storage.upsert import insert
from surveys.reminding import Reminder


class Reminders:
    """The reminders of all workspaces' rounds. number: the first or the second of a round."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, workspace: str, round_id: str, begun: Reminder) -> None:
        """Keep a reminder, with a row for everybody who is asked; the round is locked."""
        row = {"workspace_id": workspace, "round_id": round_id, "number": begun.number}
        put = remindings.insert().values(row | {"begun_at": begun.begun_at, "click": begun.click})
        self._connection.execute(put)
        names = ["workspace_id", "round_id", "number", "user_id"]
        people = select(
            invitations.c.workspace_id, invitations.c.round_id, literal(begun.number), invitations.c.user_id
        ).where(invitations.c.workspace_id == workspace, invitations.c.round_id == round_id)
        self._connection.execute(reminders.insert().from_select(names, people))

    def latest(self, workspace: str, round_id: str) -> Reminder | None:
        return self.latest_of(workspace, [round_id]).get(round_id)

    def latest_of(self, workspace: str, round_ids: Sequence[str]) -> dict[str, Reminder]:
        """Return the latest reminder of each of several rounds, by round id; one without is left out."""
        left = (
            select(func.count())
            .where(
                reminders.c.workspace_id == remindings.c.workspace_id,
                reminders.c.round_id == remindings.c.round_id,
                reminders.c.number == remindings.c.number,
                ~reminders.c.is_done,
            )
            .scalar_subquery()
        )
        asked = (
            select(remindings, left.label("left"))
            .where(remindings.c.workspace_id == workspace, remindings.c.round_id.in_(round_ids))
            .order_by(remindings.c.round_id, remindings.c.number)
        )
        return {
            row.round_id: Reminder(
                row.number, row.begun_at, row.click, row.reminded, row.had_answered, row.left
            )
            for row in self._connection.execute(asked)
        }

    def batch(self, workspace: str, round_id: str, number: int, most: int) -> tuple[str, ...]:
        """Return whose rows come next."""
        waiting = (
            select(reminders.c.user_id)
            .where(_is(workspace, round_id, number), ~reminders.c.is_done)
            .order_by(reminders.c.user_id)
            .limit(most)
        )
        return tuple(self._connection.execute(waiting).scalars())

    def end(self, workspace: str, round_id: str, number: int, user: str) -> bool:
        """End a person's row; False where it is over already."""
        its = (_is(workspace, round_id, number), reminders.c.user_id == user, ~reminders.c.is_done)
        ended = update(reminders).where(*its).values(is_done=True)
        return self._connection.execute(ended).rowcount == 1

    def put_off(self, workspace: str, round_id: str, number: int, user: str) -> None:
        """Take back the end of a person's row, where Slack surely took no message."""
        its = (_is(workspace, round_id, number), reminders.c.user_id == user)
        self._connection.execute(update(reminders).where(*its).values(is_done=False))

    def count(
        self, workspace: str, round_id: str, number: int, reminded: int = 0, had_answered: int = 0
    ) -> None:
        """Add to what is told of a round that is not sealed."""
        its = (
            remindings.c.workspace_id == workspace,
            remindings.c.round_id == round_id,
            remindings.c.number == number,
        )
        more = {
            "reminded": remindings.c.reminded + reminded,
            "had_answered": remindings.c.had_answered + had_answered,
        }
        self._connection.execute(update(remindings).where(*its).values(more))

    # --- who wants none ---

    def stop(self, workspace: str, user: str) -> None:
        """Note that a person wants no reminders of any survey."""
        put = insert(self._connection, unreminded).values(workspace_id=workspace, user_id=user)
        self._connection.execute(put.on_conflict_do_nothing())

    def resume(self, workspace: str, user: str) -> None:
        its = (unreminded.c.workspace_id == workspace, unreminded.c.user_id == user)
        self._connection.execute(delete(unreminded).where(*its))

    def are_stopped(self, workspace: str, user: str) -> bool:
        asked = select(unreminded.c.user_id).where(
            unreminded.c.workspace_id == workspace, unreminded.c.user_id == user
        )
        return self._connection.execute(asked).first() is not None


def _is(workspace: str, round_id: str, number: int) -> ColumnElement[bool]:
    return and_(
        reminders.c.workspace_id == workspace,
        reminders.c.round_id == round_id,
        reminders.c.number == number,
    )

"""Deliveries: who is to be asked by a message of their own, and how far that has come.

A recipient is pending, then sending, then sent or failed. Only one is in sending at a time: after a crash
that one alone may have been asked already.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select, update

from storage.tables import deliveries, rounds
from storage.upsert import insert
from storage.workspaces import LEFT

_UNSENT = ("pending", "sending")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A round's delivery: running, paused, cancelled, done, or None for a message in its channel alone.

    progress_channel, progress_message: where its owner sees how far it has come, None until posted.
    """

    state: str | None
    progress_channel: str | None = None
    progress_message: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are to be asked, were, could not be (by reason) and are left."""

    asked: int
    sent: int
    failed: Mapping[str, int]
    left: int


class Deliveries:
    """The recipients of all workspaces' rounds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace: str, round_id: str) -> Delivery | None:
        asked = select(rounds.c.delivery, rounds.c.progress_channel, rounds.c.progress_message)
        row = self._connection.execute(asked.where(_is(workspace, round_id))).one_or_none()
        return None if row is None else Delivery(*row)

    def set_state(self, workspace: str, round_id: str, frm: Collection[str | None], to: str) -> bool:
        """Start, pause, go on, cancel or end it; False unless it is in one of the states `frm`."""
        is_from = or_(*(rounds.c.delivery.is_not_distinct_from(state) for state in frm), false())
        changed = update(rounds).where(_is(workspace, round_id), is_from).values(delivery=to)
        return self._connection.execute(changed).rowcount == 1

    def show_progress(self, workspace: str, round_id: str, channel: str, message: str) -> None:
        """Note which message tells the owner how far it has come."""
        shown = update(rounds).where(_is(workspace, round_id))
        self._connection.execute(shown.values(progress_channel=channel, progress_message=message))

    def plan(self, workspace: str, round_id: str, users: Collection[str]) -> None:
        """Note who is to be asked; whoever is noted already stays so, and a deleted round asks nobody."""
        its = select(rounds.c.round_id).where(_is(workspace, round_id))
        is_here = self._connection.execute(its.with_for_update(read=True, key_share=True)).first()
        if not users or is_here is None:
            return
        row = {"workspace_id": workspace, "round_id": round_id}
        put = insert(self._connection, deliveries).on_conflict_do_nothing()
        # Sorted: two processes that note the same people wait for each other in the same order.
        self._connection.execute(put, [row | {"user_id": user} for user in sorted(set(users))])

    def batch(self, workspace: str, round_id: str, most: int = 100) -> tuple[str, ...]:
        """Return who is next: first the one who may have been asked when a process died."""
        doubtful = self._in_state(workspace, round_id, "sending", most)
        return (*doubtful, *self._in_state(workspace, round_id, "pending", most - len(doubtful)))

    def sending(self, workspace: str, round_id: str, user: str) -> bool:
        """Note that a person is being asked now; False when they were, the delivery does not run, or the
        workspace left."""
        is_running = exists().where(
            rounds.c.workspace_id == deliveries.c.workspace_id,
            rounds.c.round_id == deliveries.c.round_id,
            rounds.c.delivery == "running",
            rounds.c.workspace_id.not_in(LEFT),
        )
        narrowed = and_(deliveries.c.state.in_(_UNSENT), is_running)
        return self._change(workspace, round_id, user, narrowed, state="sending")

    def sent(self, workspace: str, round_id: str, user: str, message: str) -> None:
        """Note the message by which a person was asked."""
        is_other = deliveries.c.state != "sent"
        self._change(workspace, round_id, user, is_other, state="sent", message=message, reason=None)

    def failed(self, workspace: str, round_id: str, user: str, reason: str) -> None:
        """Note why Slack refuses for good to let a person be asked; whoever was asked already stays so."""
        is_unsent = deliveries.c.state.in_(_UNSENT)
        self._change(workspace, round_id, user, is_unsent, state="failed", reason=reason)

    def progress(self, workspace: str, round_id: str) -> Progress:
        counted = (
            select(deliveries.c.state, deliveries.c.reason, func.count().label("people"))
            .where(deliveries.c.workspace_id == workspace, deliveries.c.round_id == round_id)
            .group_by(deliveries.c.state, deliveries.c.reason)
            .order_by(deliveries.c.reason)
        )
        rows = self._connection.execute(counted).all()
        return Progress(
            asked=sum(row.people for row in rows),
            sent=sum(row.people for row in rows if row.state == "sent"),
            failed={row.reason: row.people for row in rows if row.state == "failed"},
            left=sum(row.people for row in rows if row.state in _UNSENT),
        )

    def _in_state(self, workspace: str, round_id: str, state: str, most: int) -> Sequence[str]:
        asked = (
            select(deliveries.c.user_id)
            .where(deliveries.c.workspace_id == workspace, deliveries.c.round_id == round_id)
            .where(deliveries.c.state == state)
            .order_by(deliveries.c.user_id)
            .limit(most)
        )
        return self._connection.execute(asked).scalars().all()

    def _change(
        self, workspace: str, round_id: str, user: str, narrowed: ColumnElement[bool], **values: object
    ) -> bool:
        changed = (
            update(deliveries)
            .where(deliveries.c.workspace_id == workspace, deliveries.c.round_id == round_id)
            .where(deliveries.c.user_id == user, narrowed)
            .values(**values)
        )
        return self._connection.execute(changed).rowcount == 1


def _is(workspace: str, round_id: str) -> ColumnElement[bool]:
    return and_(rounds.c.workspace_id == workspace, rounds.c.round_id == round_id)

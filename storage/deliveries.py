"""Deliveries: who is to be asked by a message of their own, and how far that has come.

A recipient is pending, then sending, then sent or failed. Only one is in sending at a time: after a crash
that one alone may have been asked already.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, false, func, or_, select, update

from storage.tables import deliveries, invitations, rounds
from storage.upsert import insert
from storage.workspaces import LEFT
from surveys.asking import Progress

__all__ = ["Deliveries", "Delivery", "Progress"]

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
class Tries:
    """How often asking a person came to nothing. doubtful: those where Slack may have asked them."""

    all: int
    doubtful: int


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

    def changed(self, workspace: str, round_id: str) -> int | None:
        """Have the owner's message drawn anew; return a number that no other change has, None of no round."""
        grown = update(rounds).where(_is(workspace, round_id)).values(revision=rounds.c.revision + 1)
        number: int | None = self._connection.execute(grown.returning(rounds.c.revision)).scalar()
        return number

    def plan(self, workspace: str, round_id: str, users: Collection[str]) -> None:
        """Note who is to be asked; whoever is noted already stays so, and a deleted round asks nobody."""
        if not users or not self._is_here(workspace, round_id):
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

    def sent(self, workspace: str, round_id: str, user: str, message: str | None) -> None:
        """Note the message by which a person was asked, and that they are invited."""
        if not self._is_here(workspace, round_id):
            return
        is_other = deliveries.c.state != "sent"
        if self._change(workspace, round_id, user, is_other, state="sent", message=message, reason=None):
            row = {"workspace_id": workspace, "round_id": round_id, "user_id": user}
            self._connection.execute(insert(self._connection, invitations).on_conflict_do_nothing(), [row])

    def put_off(self, workspace: str, round_id: str, user: str, reason: str, *, is_doubtful: bool) -> Tries:
        """Note that asking a person came to nothing for now; return how often, 0 if they were asked.

        is_doubtful: Slack may have asked them all the same.
        """
        # The row's place for why it failed holds the numbers of tries until it has.
        is_theirs = and_(
            _whose_round_is(workspace, round_id),
            deliveries.c.user_id == user,
            deliveries.c.state.in_(_UNSENT),
        )
        row = self._connection.execute(select(deliveries.c.reason).where(is_theirs)).one_or_none()
        if row is None:
            return Tries(0, 0)
        before = _tries(row.reason)
        tries = Tries(before.all + 1, before.doubtful + is_doubtful)
        self._change(workspace, round_id, user, is_theirs, reason=f"{reason} {tries.doubtful} {tries.all}")
        return tries

    def failed(self, workspace: str, round_id: str, user: str, reason: str) -> None:
        """Note why Slack refuses for good to let a person be asked; whoever was asked already stays so."""
        is_unsent = deliveries.c.state.in_(_UNSENT)
        self._change(workspace, round_id, user, is_unsent, state="failed", reason=reason)

    def progress(self, workspace: str, round_id: str) -> Progress:
        return self.progress_of(workspace, [round_id]).get(round_id, Progress(0, 0))

    def progress_of(self, workspace: str, round_ids: Sequence[str]) -> dict[str, Progress]:
        """Return how far each of several rounds has come; one that plans to ask nobody is left out."""
        its, state, reason = deliveries.c.round_id, deliveries.c.state, deliveries.c.reason
        counted = (
            select(its, state, reason, func.count().label("people"))
            .where(deliveries.c.workspace_id == workspace, its.in_(round_ids))
            .group_by(its, state, reason)
            .order_by(its, reason)
        )
        rows = self._connection.execute(counted)
        return {name: _progress(tuple(group)) for name, group in groupby(rows, lambda row: row.round_id)}

    def _is_here(self, workspace: str, round_id: str) -> bool:
        """Keep the round from being deleted until the transaction ends; False where it is."""
        its = select(rounds.c.round_id).where(_is(workspace, round_id))
        held = its.with_for_update(read=True, key_share=True)
        return self._connection.execute(held).first() is not None

    def _in_state(self, workspace: str, round_id: str, state: str, most: int) -> Sequence[str]:
        asked = (
            select(deliveries.c.user_id)
            .where(_whose_round_is(workspace, round_id), deliveries.c.state == state)
            .order_by(deliveries.c.user_id)
            .limit(most)
        )
        return self._connection.execute(asked).scalars().all()

    def _change(
        self, workspace: str, round_id: str, user: str, narrowed: ColumnElement[bool], **values: object
    ) -> bool:
        changed = (
            update(deliveries)
            .where(_whose_round_is(workspace, round_id), deliveries.c.user_id == user, narrowed)
            .values(**values)
        )
        return self._connection.execute(changed).rowcount == 1


def _is(workspace: str, round_id: str) -> ColumnElement[bool]:
    return and_(rounds.c.workspace_id == workspace, rounds.c.round_id == round_id)


def _whose_round_is(workspace: str, round_id: str) -> ColumnElement[bool]:
    return and_(deliveries.c.workspace_id == workspace, deliveries.c.round_id == round_id)


def _tries(kept: str | None) -> Tries:
    """Read the numbers after a reason; an earlier version kept that of all tries alone."""
    numbers = [int(word) for word in (kept or "").rsplit(" ", 2)[1:] if word.isdecimal()]
    *_, doubtful, together = 0, 0, *numbers
    return Tries(together, doubtful)


def _progress(rows: Sequence[Row[Any]]) -> Progress:
    """Add the counts of one round's recipients up, a row for each state and reason."""
    return Progress(
        asked=sum(row.people for row in rows),
        sent=sum(row.people for row in rows if row.state == "sent"),
        failed={row.reason: row.people for row in rows if row.state == "failed"},
        left=sum(row.people for row in rows if row.state in _UNSENT),
    )

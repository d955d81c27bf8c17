"""Budgets: how many calls Slack still takes of a workspace, shared by every process."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, select, update

from storage.tables import budgets
from storage.upsert import insert

CLOCKS_DIFFER = timedelta(minutes=1)
"""A moment further ahead than this was kept by a clock that was wrong; nobody waits for it to come."""
AGAIN_AFTER = timedelta(seconds=60.2)
"""A minute, and as much as one call may be later on its way to Slack than the next."""
_ROUNDING = 1e-9
"""What many small gains may lack of a whole call."""


@dataclass(frozen=True, slots=True)
class Pace:
    """at_once: how many calls may follow each other; a_second: how many come back in each second.

    spare: how many more there are for a rush, each back when a minute has gone by: all that were made
    together can be made together again.
    """

    at_once: int
    a_second: float
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Granted:
    """calls: how many may be made now; wait: until the next one is free, nothing if all asked for were."""

    calls: int
    wait: timedelta


@dataclass(frozen=True, slots=True)
class _Bucket:
    left: float
    since: datetime
    held_until: datetime | None


class Budgets:
    """What is left to the workspaces, a bucket for each kind of call, filled again as time goes by."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, workspace: str, call: str, now: datetime, pace: Pace, most: int = 1) -> Granted:
        """Take up to `most` calls; whoever else asks waits until the transaction ends, so end it soon."""
        kept = self._lock(workspace, call, now, pace)
        if kept.held_until is not None and now < kept.held_until:
            return Granted(0, kept.held_until - now)
        # A clock that is a little behind finds the bucket as the others left it, and takes no time twice.
        since = min(kept.since, now + CLOCKS_DIFFER)
        gained = max((now - since).total_seconds(), 0.0) * pace.a_second
        left = min(kept.left + gained, float(pace.at_once))
        calls = min(int(left + _ROUNDING), most)
        self._keep(workspace, call, left - calls, max(since, now))
        if calls == most:
            return Granted(calls, timedelta())
        wait = _until_next(left - calls, pace) + max(since - now, timedelta())
        if not pace.spare or _was_held_lately(kept, now):
            return Granted(calls, wait)
        more = self._take_spare(workspace, call, now, pace.spare, most - calls)
        return Granted(calls + more.calls, min(wait, more.wait))

    def hold(self, workspace: str, call: str, until: datetime) -> None:
        """Give nothing before `until`, for Slack said so; then one, and more as time goes by."""
        put = insert(self._connection, budgets).values(
            workspace_id=workspace, call=call, left=1.0, since=until, held_until=until
        )
        is_shorter = budgets.c.held_until.is_(None) | (budgets.c.held_until < until)
        put = put.on_conflict_do_update(
            index_elements=list(budgets.primary_key),
            set_={name: put.excluded[name] for name in ("left", "since", "held_until")},
            where=is_shorter,
        )
        self._connection.execute(put)

    def _lock(self, workspace: str, call: str, now: datetime, pace: Pace) -> _Bucket:
        full = insert(self._connection, budgets).values(
            workspace_id=workspace, call=call, left=float(pace.at_once), since=now
        )
        self._connection.execute(full.on_conflict_do_nothing())
        asked = select(budgets.c.left, budgets.c.since, budgets.c.held_until).where(_is(workspace, call))
        return _Bucket(*self._connection.execute(asked.with_for_update()).one())

    def _take_spare(self, workspace: str, call: str, now: datetime, spare: int, most: int) -> Granted:
        """Take of the spare ones, of which each has a row once it was made; the bucket is locked."""
        names = [f"{call} +{number}" for number in range(spare)]
        asked = select(budgets.c.call, budgets.c.since).where(
            budgets.c.workspace_id == workspace, budgets.c.call.in_(names)
        )
        back_at = {
            name: since + AGAIN_AFTER
            for name, since in self._connection.execute(asked)
            if now - AGAIN_AFTER < since <= now + CLOCKS_DIFFER
        }
        free = [name for name in names if name not in back_at][:most]
        for name in free:
            values = {"left": 0.0, "since": now}
            put = insert(self._connection, budgets).values(workspace_id=workspace, call=name, **values)
            again = put.on_conflict_do_update(index_elements=list(budgets.primary_key), set_=values)
            self._connection.execute(again)
        if len(free) == most:
            return Granted(most, timedelta())
        return Granted(len(free), min(back_at.values(), default=now + AGAIN_AFTER) - now)

    def _keep(self, workspace: str, call: str, left: float, since: datetime) -> None:
        values = {"left": left, "since": since}
        self._connection.execute(update(budgets).where(_is(workspace, call)).values(values))


def _was_held_lately(kept: _Bucket, now: datetime) -> bool:
    """Tell whether Slack said lately that it was too much: then it gets no rush."""
    return kept.held_until is not None and now < kept.held_until + AGAIN_AFTER


def _until_next(left: float, pace: Pace) -> timedelta:
    """Return how long a bucket takes to hold a call, rounded up: who waits so long shall find it."""
    return timedelta(microseconds=math.ceil(max(1 - left, 0.0) / pace.a_second * 1_000_000))


def _is(workspace: str, call: str) -> ColumnElement[bool]:
    return and_(budgets.c.workspace_id == workspace, budgets.c.call == call)

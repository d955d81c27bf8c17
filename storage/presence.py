"""Presence: a process says that it is alive, sees who is not any more, and has their work go on.

Whoever others took for dead, since it slept, notices at its next beat, and leaves what they have now.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from storage.attempts import Attempts, Busy
from storage.executors import Executor
from storage.jobs import TICK, UnderWay
from storage.lock import Hold, Taken

if TYPE_CHECKING:
    from storage.database import Database

log = logging.getLogger("palabre")


@dataclass(frozen=True, slots=True)
class Executing:
    """A process that runs jobs. kind: `serve` or `work`.

    is_ours: a lock on this machine makes sure that no other process has the same id.
    """

    id: str
    kind: str = "serve"
    is_ours: bool = True


ALONE = Executing("main")
"""The only process that runs jobs in its database."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a process says that it is alive and looks at the others, and when it takes one for dead.

    Of a death at the worst moment one beat, the silence and one look pass until its work goes on.
    """

    beat_seconds: float = 10.0
    silent_seconds: float = 45.0


USUAL = Rhythm()


class Silence:
    """How long others have been silent, by our own looks: clocks differ, and who is away hears nothing."""

    def __init__(self, longest_step_seconds: float) -> None:
        self._longest_step_seconds = longest_step_seconds
        self._quiet: dict[str, tuple[datetime | None, float]] = {}
        self._looked_at: float | None = None

    def look(self, seen: dict[str, datetime | None], clock: float) -> None:
        """Take in when each was last heard of; None for never."""
        # One long step is our own sleep, or a database that was away for them too.
        step = 0.0 if self._looked_at is None else min(clock - self._looked_at, self._longest_step_seconds)
        self._looked_at = clock
        before = self._quiet
        self._quiet = {
            name: (at, before[name][1] + step if name in before and before[name][0] == at else 0.0)
            for name, at in seen.items()
        }

    def longer_than(self, seconds: float) -> dict[str, datetime | None]:
        """Return who was not heard of for so long, and when each was last."""
        return {name: at for name, (at, quiet) in self._quiet.items() if quiet >= seconds}


class Presence:
    """The place of one process among those that run jobs.

    names: the jobs it knows; attempts: those under way.
    """

    def __init__(
        self,
        database: "Database",
        me: Executing,
        names: Collection[str],
        attempts: Attempts,
        rhythm: Rhythm,
    ) -> None:
        self._database = database
        self._me = me
        self._names = {*names, TICK}
        self._attempts = attempts
        self._rhythm = rhythm
        self._silence = Silence(2 * rhythm.beat_seconds)
        self._started_at = datetime.now(UTC)
        self._adrift: frozenset[str] = frozenset()
        self._trusted_until = 0.0
        self._hold: Hold | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, name="presence", daemon=True)

    def begin(self) -> None:
        """Take the place, or raise `Taken`."""
        self._hold = self._database.lock_out(self._me.id)
        with self._database.begin() as store:
            before = store.executors.find(self._me.id)
        if before is not None and self._is_alive(before):
            raise Taken(self._me.id)
        now = time.time()
        self._enter(before)
        self._trust(now)

    def start(self) -> None:
        self._thread.start()

    def end(self, *, is_clean: bool) -> None:
        """Leave; what could not be ended stays ours until the others find us silent."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(self._rhythm.beat_seconds)
        if is_clean:
            self._watched(self._leave)
        if self._hold is not None:
            self._hold.release()

    def _is_alive(self, before: Executor) -> bool:
        """Tell whether somebody has our id: whoever dies lets go of it, whoever lives beats while we wait."""
        if self._me.is_ours or self._hold is not None:
            return False
        if datetime.now(UTC) - before.seen_at > timedelta(seconds=3 * self._rhythm.beat_seconds):
            return False
        self._ending.wait(1.5 * self._rhythm.beat_seconds)
        with self._database.begin() as store:
            now = store.executors.find(self._me.id)
        return now is not None and now.seen_at != before.seen_at

    def _enter(self, before: Executor | None) -> None:
        with self._database.begin() as store:
            entered = store.executors.begin(self._me.id, self._me.kind, self._started_at, before)
        if not entered:
            raise Taken(self._me.id)

    def _leave(self) -> None:
        with self._database.begin() as store:
            store.executors.forget(self._me.id)

    def _live(self) -> None:
        while not self._ending.wait(self._rhythm.beat_seconds):
            self._watched(self._keep_hold)
            self._watched(self.beat)
            self._watched(self.look)

    def _keep_hold(self) -> None:
        """Take hold again after the server was away, or noticed at last that whoever was before is gone."""
        if self._hold is None or not self._hold.is_held():
            self._hold = None
            self._hold = self._database.lock_out(self._me.id)

    def beat(self) -> None:
        """Say that we are alive."""
        now = time.time()
        with self._database.begin() as store:
            is_known = store.executors.go_on(self._me.id, self._started_at, datetime.now(UTC))
        if not is_known:
            log.warning("others took %s for dead and have its work", self._me.id)
            self._attempts.give_away(self._trusted_until)
            self._started_at = datetime.now(UTC)
            self._enter(None)
        self._trust(now)

    def _trust(self, now: float) -> None:
        self._trusted_until = now + self._rhythm.silent_seconds
        self._attempts.trust_until(self._trusted_until)

    def look(self) -> None:
        """See who is silent, and have their work go on; hand over what we took up and do not know."""
        jobs = self._database.jobs
        under_way = jobs.under_way()
        with self._database.begin() as store:
            seen: dict[str, datetime | None] = {
                each.worker_id: each.seen_at for each in store.executors.all()
            }
        others = {job.executor: None for job in under_way} | seen
        others.pop(self._me.id, None)
        self._silence.look(others, time.monotonic())
        dead = self._silence.longer_than(self._rhythm.silent_seconds)
        unknown = [job for job in under_way if self._is_strange(job)]
        known = [job for job in jobs.aside() if job.name in self._names]
        # Seen twice: one that was taken up just now, or ends just now, is nothing to put right.
        adrift = self._adrift & (now_adrift := frozenset(filter(None, map(self._id_adrift, under_way))))
        self._adrift = now_adrift
        if dead or unknown or known or adrift:
            self._put_right(dead, adrift)

    def _id_adrift(self, job: UnderWay) -> str | None:
        """Return the id of a job that counts as ours and that nobody does: its end could not be kept."""
        is_adrift = job.executor == self._me.id and job.id not in self._attempts.ids
        return job.id if is_adrift and job.name in self._names else None

    def _put_right(self, dead: dict[str, datetime | None], adrift: frozenset[str]) -> None:
        """One process at a time: a job that is put back twice might be done twice at once."""
        jobs = self._database.jobs
        with self._database.alone() as is_alone:
            if not is_alone:
                return
            gone = [name for name, seen_at in dead.items() if self._is_gone(name, seen_at)]
            under_way = jobs.under_way()
            left = [job for job in under_way if job.executor in gone]
            ours = [job for job in under_way if job.id in adrift and self._id_adrift(job)]
            jobs.put_back([*left, *ours, *(job for job in jobs.aside() if job.name in self._names)])
            jobs.put_aside([job for job in under_way if self._is_strange(job)])
        for name in gone:
            log.warning("%s is silent; of its jobs %d go on", name, sum(job.executor == name for job in left))

    def _is_gone(self, name: str, seen_at: datetime | None) -> bool:
        """Tell whether somebody is still as silent as we found them; from now on they are forgotten."""
        with self._database.begin() as store:
            found = store.executors.find(name)
            if (found.seen_at if found else None) != seen_at:
                return False
            store.executors.forget(name)
        return True

    def _is_strange(self, job: UnderWay) -> bool:
        """Tell whether we took up a job of another version: DBOS lets it lie."""
        return job.executor == self._me.id and job.name not in self._names

    def _watched(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (Busy, DBAPIError, Taken) as fault:
            log.warning("presence of %s: %s", self._me.id, type(fault).__name__)

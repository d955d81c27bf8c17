"""What happens later: stale messages are redrawn within Slack's limits, and jobs are done by their names."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from slack_app.authoring import jobs as authoring_jobs
from slack_app.delivery import jobs as delivery_jobs
from slack_app.kit.budget import Budget
from slack_app.kit.context import Tools
from slack_app.kit.drawing import Asked, Shown
from slack_app.kit.slack import SlackSaidNo
from slack_app.members import jobs as member_jobs
from slack_app.polls import jobs as poll_jobs
from slack_app.reports import jobs as report_jobs
from slack_app.upkeep import jobs as upkeep_jobs
from storage import Busy, Claim, Drawings, Engine, Executing, GiveUp, Store, TryAgain

log = logging.getLogger("palabre")

CLAIMED_FOR = timedelta(seconds=30)
"""A worker that dies with a claim gives it up after this long."""
LAST_START = timedelta(seconds=8)
"""A drawing begun later than this after its claim might end after it, when another worker has posted too."""
LOOK_SECONDS = 0.5
STOPPED_WITHIN_SECONDS = 10.0
UPDATES_AT_ONCE, UPDATES_A_SECOND = 20, 0.5
"""chat.update is about 50 a minute for a whole workspace: 20 at once and 30 more within the minute."""
POSTS_AT_ONCE, POSTS_A_SECOND = 3, 1.0
"""chat.postMessage is about one a second and channel, with bursts tolerated."""

JOBS: Mapping[str, Callable[[str, str, Tools], None]] = {
    "authoring.close": authoring_jobs.close,
    "delivery.invite": delivery_jobs.invite,
    "delivery.send": delivery_jobs.send,
    "delivery.withdraw": delivery_jobs.withdraw,
    "reports.post": report_jobs.post,
    "reports.score": report_jobs.score,
    "upkeep.tell": upkeep_jobs.tell,
}
"""What `store.later` may name: done with a workspace and a subject, and harmless when repeated."""


class Worker:
    """Threads that redraw what is stale and keep the member list fresh, and the engine that does jobs."""

    def __init__(self, tools: Tools, executing: Executing) -> None:
        self._updates = Budget(UPDATES_AT_ONCE, UPDATES_A_SECOND)
        self._posts = Budget(POSTS_AT_ONCE, POSTS_A_SECOND)
        self._rounds_first = False
        jobs = {name: partial(self._attempt, name) for name in JOBS}
        self._engine = Engine(tools.database, jobs, self.tick, executing)
        self._tools = replace(tools, rest=self._engine.rest)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=(work, seconds, wake), name=name, daemon=True)
            for name, work, seconds, wake in (
                ("redraws", self.redraw, LOOK_SECONDS, tools.redraw_due),
                ("members", self._read_members, 60.0, self._stopping),
            )
        ]

    def start(self) -> None:
        """Start; raises `Taken` where another process works in the same place."""
        self._engine.start()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is in flight within ten seconds, leave the rest, and stop."""
        until = time.monotonic() + STOPPED_WITHIN_SECONDS
        self._stopping.set()
        self._tools.redraw_due.set()
        self._engine.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=max(until - time.monotonic(), 0))

    def perform(self, name: str, workspace: str, subject: str) -> None:
        """Do one job."""
        JOBS[name](workspace, subject, self._tools)

    def tick(self) -> None:
        """Do what every minute brings."""
        report_jobs.tick(self._tools)
        upkeep_jobs.tick(self._tools)

    def _attempt(self, name: str, workspace: str, subject: str) -> None:
        if self._has_left(workspace):
            # Dropped, not done: it goes on when Palabre comes back.
            self._tools.database.jobs.cancel(workspace)
            return
        try:
            self.perform(name, workspace, subject)
        except SlackSaidNo as fault:
            if fault.is_permanent:
                raise GiveUp(str(fault)) from fault
            raise TryAgain(fault.error, fault.wait_seconds) from fault

    def redraw(self) -> None:
        """Draw every stale poll and round whose budget allows it; the others wait for theirs."""
        # They share a budget: in turns, so that neither kind of message has it all.
        turns: list[Callable[[], None]] = [self._redraw_polls, self._redraw_rounds]
        self._rounds_first = not self._rounds_first
        for redraw in reversed(turns) if self._rounds_first else turns:
            redraw()

    def _redraw_polls(self) -> None:
        self._redraw(lambda store: store.polls, poll_jobs.draw)

    def _redraw_rounds(self) -> None:
        self._redraw(lambda store: store.surveys, delivery_jobs.draw)

    def _redraw(
        self, drawer: Callable[[Store], Drawings[Asked]], draw: Callable[[Claim[Asked], Tools], float]
    ) -> None:
        now = self._tools.now()
        with self._tools.database.begin() as store:
            claims = drawer(store).claim_stale(now, now + CLAIMED_FOR)
        for claim in claims:
            if self._tools.now() - now > LAST_START or self._has_left(claim.asked.workspace):
                return
            # One that cannot be drawn must not keep the others waiting.
            self._watched(partial(self._draw, claim, now, drawer, draw))

    def _draw(
        self,
        claim: Claim[Asked],
        now: datetime,
        drawer: Callable[[Store], Drawings[Asked]],
        draw: Callable[[Claim[Asked], Tools], float],
    ) -> None:
        asked = claim.asked
        budget, key = self._budget_of(asked)
        wait_seconds = budget.take(key, now)
        if wait_seconds:
            with self._tools.database.begin() as store:
                drawer(store).release(asked.workspace, asked.id, now + timedelta(seconds=wait_seconds))
            return
        asked_to_wait = draw(claim, self._tools)
        if asked_to_wait:
            budget.hold(key, now, asked_to_wait)

    def _has_left(self, workspace: str) -> bool:
        with self._tools.database.begin() as store:
            return store.workspaces.is_removed(workspace)

    def _budget_of(self, asked: Shown) -> tuple[Budget, str]:
        return (self._posts, asked.channel) if asked.message is None else (self._updates, asked.workspace)

    def _read_members(self) -> None:
        member_jobs.read_members(self._tools)

    def _loop(self, work: Callable[[], None], seconds: float, wake: threading.Event) -> None:
        while not self._stopping.is_set():
            self._watched(work)
            if wake.wait(seconds) and wake is not self._stopping:
                wake.clear()

    @staticmethod
    def _watched(work: Callable[[], None]) -> None:
        try:
            work()
        except Busy:
            log.info("the database is busy; the work waits")
        except SlackSaidNo as fault:
            log.warning("slack said no: %s", fault)
        except Exception:
            log.exception("bug in later work")

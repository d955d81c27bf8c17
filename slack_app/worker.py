"""What happens later: messages that no longer show what they should are redrawn, within Slack's limits."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from slack_app.delivery import jobs as delivery_jobs
from slack_app.kit.budget import Budget
from slack_app.kit.context import Tools
from slack_app.kit.drawing import Asked, Shown
from slack_app.kit.slack import SlackSaidNo
from slack_app.members import jobs as member_jobs
from slack_app.polls import jobs as poll_jobs
from storage import Busy, Claim, Drawings, Store

log = logging.getLogger("palabre")

CLAIMED_FOR = timedelta(seconds=30)
"""A worker that dies with a claim gives it up after this long."""
LAST_START = timedelta(seconds=8)
"""A drawing begun later than this after its claim might end after it, when another worker has posted too."""
LOOK_SECONDS = 0.5
UPDATES_AT_ONCE, UPDATES_A_SECOND = 20, 0.5
"""chat.update is about 50 a minute for a whole workspace: 20 at once and 30 more within the minute."""
POSTS_AT_ONCE, POSTS_A_SECOND = 3, 1.0
"""chat.postMessage is about one a second and channel, with bursts tolerated."""


class Worker:
    """One thread that redraws what is stale and keeps the member list fresh."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._updates = Budget(UPDATES_AT_ONCE, UPDATES_A_SECOND)
        self._posts = Budget(POSTS_AT_ONCE, POSTS_A_SECOND)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=(work, seconds, wake), name=name, daemon=True)
            for name, work, seconds, wake in (
                ("redraws", self.redraw, LOOK_SECONDS, tools.redraw_due),
                ("members", self._read_members, 60.0, self._stopping),
            )
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is in flight and stop."""
        self._stopping.set()
        self._tools.redraw_due.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def redraw(self) -> None:
        """Draw every stale poll and round whose budget allows it; the others wait for theirs."""
        self._redraw(lambda store: store.polls, poll_jobs.draw)
        self._redraw(lambda store: store.surveys, delivery_jobs.draw)

    def _redraw(
        self, drawer: Callable[[Store], Drawings[Asked]], draw: Callable[[Claim[Asked], Tools], float]
    ) -> None:
        now = self._tools.now()
        with self._tools.database.begin() as store:
            claims = drawer(store).claim_stale(now, now + CLAIMED_FOR)
        for claim in claims:
            if self._tools.now() - now > LAST_START:
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

"""What happens later: stale messages are redrawn within Slack's limits, and jobs are done by their names."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from slack_app.authoring import jobs as authoring_jobs
from slack_app.delivery import jobs as delivery_jobs
from slack_app.delivery import reminding
from slack_app.kit.context import Tools
from slack_app.kit.slack import SlackSaidNo
from slack_app.members import jobs as member_jobs
from slack_app.polls import jobs as poll_jobs
from slack_app.polls.adding import jobs as adding_jobs
from slack_app.redraws import Redraws, watched
from slack_app.reports import jobs as report_jobs
from slack_app.upkeep import jobs as upkeep_jobs
from storage import CannotOpen, Engine, Executing, GiveUp, MaybeDone, NoMasterKey, TryAgain

LOOK_SECONDS = 0.5
STOPPED_WITHIN_SECONDS = 10.0

JOBS: Mapping[str, Callable[[str, str, Tools], None]] = {
    "authoring.close": authoring_jobs.close,
    "authoring.count": authoring_jobs.count,
    "delivery.invite": delivery_jobs.invite,
    "delivery.remind": reminding.remind,
    "delivery.send": delivery_jobs.send,
    "delivery.withdraw": delivery_jobs.withdraw,
    "polls.close": poll_jobs.close,
    "polls.count": poll_jobs.count,
    "polls.forget": poll_jobs.forget,
    "polls.propose": adding_jobs.propose,
    "polls.publish": poll_jobs.publish,
    "polls.tell": poll_jobs.tell,
    "polls.tell_adder": adding_jobs.tell_adder,
    "polls.withdraw": poll_jobs.withdraw,
    "reports.check": report_jobs.check,
    "reports.post": report_jobs.post,
    "reports.run": report_jobs.run,
    "reports.score": report_jobs.score,
    "upkeep.tell": upkeep_jobs.tell,
}
"""What `store.later` may name: done with a workspace and a subject, and harmless when repeated."""

CALL_NOBODY = {"authoring.count", "polls.count"}
"""Done for a workspace that took Palabre out, too: there as well the keys go that were promised to."""


class Worker:
    """Threads that redraw what is stale and keep the member list fresh, and the engine that does jobs."""

    def __init__(self, tools: Tools, executing: Executing) -> None:
        jobs = {name: partial(self._attempt, name) for name in JOBS}
        self._engine = Engine(tools.database, jobs, self.tick, executing)
        self._tools = replace(tools, rest=self._engine.rest)
        self._stopping = threading.Event()
        self._redraws = Redraws(self._tools, self._stopping)
        self._threads = [
            threading.Thread(target=self._loop, args=(work, pause, wake), name=name, daemon=True)
            for name, work, pause, wake in (
                ("redraws", self.redraw, self._until_redraw, tools.redraw_due),
                ("members", self._read_members, lambda: 60.0, self._stopping),
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
        self._close_sealed()
        self._count_sealed()
        report_jobs.tick(self._tools)
        upkeep_jobs.tick(self._tools)

    def _close_sealed(self) -> None:
        """Close what is anonymous at its moment, whatever became of its job: its key goes, as promised."""
        with self._tools.database.reading() as store:
            due = store.sealed.due(self._tools.now())
        for workspace, subject in due:
            # One that cannot be closed must not keep the keys of the others.
            watched(partial(self._close, workspace, subject))

    def _close(self, workspace: str, subject: str) -> None:
        """Close a poll or a round of this id, whichever there is."""
        poll_jobs.close(workspace, subject, self._tools)
        authoring_jobs.close(workspace, subject, self._tools)

    def _count_sealed(self) -> None:
        """Once a day, have counted what is anonymous and was not: a job that failed may have been dropped."""
        now = self._tools.now()
        with self._tools.database.begin() as store:
            for workspace, subject in store.sealed.uncounted(now - timedelta(days=1)):
                name = "authoring.count" if store.polls.find(workspace, subject) is None else "polls.count"
                store.later(name, workspace, subject, revision=now.toordinal())

    def _attempt(self, name: str, workspace: str, subject: str) -> None:
        if name not in CALL_NOBODY and self._has_left(workspace):
            # Dropped, not done: it goes on when Palabre comes back.
            self._tools.database.jobs.cancel(workspace)
            return
        try:
            self.perform(name, workspace, subject)
        except SlackSaidNo as fault:
            if fault.is_permanent:
                raise GiveUp(str(fault)) from fault
            again = MaybeDone if fault.may_stand_twice else TryAgain
            raise again(fault.error, fault.wait_seconds) from fault
        except (CannotOpen, NoMasterKey) as fault:
            # Its key was replaced: this process is started again, or another one goes on.
            raise TryAgain("the master key does not fit") from fault

    def redraw(self) -> None:
        """Draw every stale poll and round whose budget allows it; the others wait for theirs."""
        self._redraws.draw()

    def _until_redraw(self) -> float:
        return min(self._redraws.until_turn(), LOOK_SECONDS)

    def _has_left(self, workspace: str) -> bool:
        with self._tools.database.begin() as store:
            return store.workspaces.is_removed(workspace)

    def _read_members(self) -> None:
        member_jobs.read_members(self._tools)

    def _loop(self, work: Callable[[], None], pause: Callable[[], float], wake: threading.Event) -> None:
        while not self._stopping.is_set():
            watched(work)
            if wake.wait(pause()) and wake is not self._stopping:
                wake.clear()

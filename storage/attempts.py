"""How a job is brought to its end: tried again where waiting helps, given up where it does not."""

import logging
import math
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.exc import InterfaceError, OperationalError

log = logging.getLogger("palabre")

Job = Callable[[str, str], None]

RUN_AT_ONCE = 4
"""The others wait for their turn; one that waits for Slack or the database leaves its own to them."""
PASSING_TRIES, DOUBTFUL_TRIES, OTHER_TRIES = 10, 2, 3
LONGEST_PAUSE_SECONDS = 60.0


class TryAgain(Exception):
    """What stopped a job passes; wait_seconds is how long it takes at least."""

    def __init__(self, reason: str, wait_seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


class Busy(TryAgain):
    """Somebody else held the lock for longer than we may wait; nothing was written, so try again."""


class MaybeDone(TryAgain):
    """What was to be done may have been done, though nobody said so: it is tried once more, not ten times."""


class GiveUp(Exception):
    """What stopped a job does not pass; the reason is a word of Slack's or ours, never people's."""


class Failed(Exception):
    """A job that was given up; the reference is in the log. It holds nothing that people wrote."""


class Stopping(BaseException):
    """The process stops, and the job goes on at its next start: DBOS would keep any Exception as its end."""


@dataclass(slots=True, eq=False)
class _Execution:
    job_id: str
    since: float
    is_given_away: bool = False


class Attempts:
    """The jobs under way in this process, and whether it still wants them done."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._turns = threading.BoundedSemaphore(RUN_AT_ONCE)
        self._under_way: set[_Execution] = set()
        self._here = threading.local()
        self._trusted_until = math.inf

    @property
    def are_under_way(self) -> bool:
        return bool(self._under_way)

    def stop(self) -> None:
        """Begin no attempt any more; whoever waits for the next one leaves."""
        self._stopping.set()

    def trust_until(self, moment: float) -> None:
        """Note until when nobody takes this process for dead; after that `rest` waits until it is known."""
        self._trusted_until = moment

    def give_away(self, before: float) -> None:
        """Have what was begun before a moment leave by `Stopping`: another process does it now."""
        for execution in tuple(self._under_way):
            execution.is_given_away |= execution.since < before

    @property
    def ids(self) -> frozenset[str]:
        """The ids of what is under way."""
        return frozenset(each.job_id for each in tuple(self._under_way))

    @contextmanager
    def under_way(self, job_id: str) -> Iterator[None]:
        """Note that a job is under way while the block is."""
        this = self._here.this = _Execution(job_id, time.time())
        self._under_way.add(this)
        try:
            yield
        finally:
            self._under_way.discard(this)

    def workflow(self, name: str, job: Job, own_id: Callable[[], str]) -> Job:
        """Return the job with all its attempts: it ends, raises `Failed`, or leaves by `Stopping`."""

        def workflow(workspace: str, subject: str) -> None:
            with self.under_way(own_id()):
                self._do(name, job, workspace, subject)

        return workflow

    def _do(self, name: str, job: Job, workspace: str, subject: str) -> None:
        tries = doubtful = 0
        while True:
            tries += 1
            try:
                with self._turns:
                    self.rest(0)
                    return job(workspace, subject)
            except Exception as fault:  # noqa: BLE001 (given_up logs it, without what people wrote)
                doubtful += isinstance(fault, MaybeDone)
                if tries >= _tries(fault) or doubtful >= DOUBTFUL_TRIES:
                    reference = given_up(fault, f"job {name} of {workspace} for {subject}")
                    reason = f"{_kind(fault)}, reference {reference}"
                    break
                pause_seconds = max(min(2.0 ** (tries - 1), LONGEST_PAUSE_SECONDS), _asked_to_wait(fault))
                log.info("job %s of %s: try %d: %s", name, workspace, tries, type(fault).__name__)
            self.rest(pause_seconds)
        raise Failed(reason)

    def rest(self, seconds: float) -> None:
        """Wait within a job; leave it by `Stopping` when the process stops, or another one does it."""
        is_over = self._stopping.wait(seconds)
        while not is_over and time.time() > self._trusted_until:
            is_over = self._stopping.wait(0.1)
        this: _Execution | None = getattr(self._here, "this", None)
        if is_over or (this is not None and this.is_given_away):
            raise Stopping


def _tries(fault: Exception) -> int:
    """Return how often a job is tried: where waiting helps, such as a busy Slack or database, it is more."""
    if isinstance(fault, GiveUp):
        return 1
    return PASSING_TRIES if isinstance(fault, TryAgain | OperationalError | InterfaceError) else OTHER_TRIES


def _kind(fault: Exception) -> str:
    """Name a fault without what people wrote."""
    return str(fault) if isinstance(fault, TryAgain | GiveUp) else type(fault).__name__


def _asked_to_wait(fault: Exception) -> float:
    return fault.wait_seconds if isinstance(fault, TryAgain) else 0.0


def given_up(fault: Exception, what: str) -> str:
    """Log a fault by its kind and place alone, since its words may be people's; return the reference."""
    reference = uuid4().hex[:8]
    frames = traceback.extract_tb(fault.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    log.error("%s failed, reference %s: %s in %s", what, reference, type(fault).__name__, places)
    return reference

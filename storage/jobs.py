"""The jobs of a database: kept with the fact that causes them, looked at, tried again, dropped.

Importing DBOS takes half a second, so that waits for the first job.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy import Engine as Connections

from storage.attempts import Failed

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions, WorkflowStatus

SCHEMA, TICK = "dbos", "palabre.tick"
QUEUE, IN_TURN, ASIDE = "palabre", "palabre.in-turn", "palabre.aside"
"""The second one's jobs are done one at a time in each workspace, whichever processes do them.
The third one's are done by nobody: they wait for a process that knows them."""
UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]
GIVEN_UP = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
KEPT_FOR, TICKS_KEPT_FOR, FAILURES_KEPT_FOR = timedelta(days=1), timedelta(minutes=10), timedelta(days=30)
FORGOTTEN_AT_ONCE = 500
_CRASHES = "crashes"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that is not done. due: when a delayed one is to run, None for at once."""

    id: str
    name: str
    workspace: str
    subject: str
    due: datetime | None
    added: datetime
    in_turn: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that was given up. reason: the kind of fault and its reference in the log, no words of people."""

    id: str
    name: str
    workspace: str
    subject: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A job that an executor has taken up. starts: how often that was so far, also by others."""

    id: str
    name: str
    executor: str
    in_turn: bool
    starts: int

    @property
    def queue(self) -> str | None:
        """Where it waits when it is put back; the minute's work has its own place."""
        if self.name == TICK:
            return None
        return IN_TURN if self.in_turn else QUEUE


class Jobs:
    """The jobs that wait in one database."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._made = threading.Lock()
        self._client: DBOSClient | None = None

    def add(
        self,
        connection: Connection,
        name: str,
        workspace: str,
        subject: str,
        revision: int = 0,
        after: timedelta = timedelta(),
        in_turn: bool = False,
    ) -> None:
        """Add a job in the connection's transaction; the same one twice is one job, for ever."""
        now = datetime.now(UTC)
        job_id = f"{workspace}:{name}:{subject}:{revision}"
        self._enqueue(connection, Waiting(job_id, name, workspace, subject, now + after, now, in_turn))

    def _enqueue(self, connection: Connection, job: Waiting) -> None:
        options: EnqueueOptions = {
            "workflow_name": job.name,
            "queue_name": IN_TURN if job.in_turn else QUEUE,
            "workflow_id": job.id,
        }
        if job.in_turn:
            options["queue_partition_key"] = job.workspace
        if job.due is not None and (left := job.due - datetime.now(UTC)) > timedelta():
            options["delay_seconds"] = left.total_seconds()
        self.client().enqueue_in_transaction(connection, options, job.workspace, job.subject)

    def waiting(self, workspace: str | None = None) -> tuple[Waiting, ...]:
        """Return the jobs that are not done, of one workspace or all; the longest waiting first."""
        found = self.client().list_workflows(
            status=UNFINISHED,
            queue_name=[QUEUE, IN_TURN, ASIDE],
            workflow_id_prefix=None if workspace is None else f"{workspace}:",
            load_input=False,
            load_output=False,
        )
        return tuple(_waiting(each) for each in found)

    def bring_forward(self, by: timedelta) -> None:
        """Let delayed jobs run so much earlier: somebody has moved the clock they were meant by."""
        for job in self.waiting():
            if job.due is not None:
                due = max(int((job.due - by).timestamp() * 1000), 0)
                self.client().set_workflow_delay(job.id, delay_until_epoch_ms=due)

    def cancel(self, workspace: str) -> None:
        """Drop what waits in a workspace, and what is under way: it may end, but counts as not done."""
        if waiting := [job.id for job in self.waiting(workspace)]:
            self.client().cancel_workflows(waiting)

    def cancelled(self, workspace: str) -> tuple[Waiting, ...]:
        """Return the jobs of a workspace that were dropped."""
        found = self.client().list_workflows(
            status="CANCELLED", workflow_id_prefix=f"{workspace}:", load_input=False, load_output=False
        )
        return tuple(_waiting(each) for each in found)

    def add_again(self, connection: Connection, job: Waiting) -> None:
        """Add a dropped job in the connection's transaction, for the moment it was meant for."""
        # Under another id, the same one each time: a dropped job itself cannot be delayed any more.
        self._enqueue(connection, replace(job, id=f"{job.id}+"))

    def failed(self, workspace: str | None = None) -> tuple[Failure, ...]:
        """Return the jobs that were given up, of one workspace or all; the oldest first."""
        found = self.client().list_workflows(
            status=GIVEN_UP,
            queue_name=[QUEUE, IN_TURN, ASIDE],
            workflow_id_prefix=None if workspace is None else f"{workspace}:",
            load_input=False,
        )
        return tuple(_failure(each) for each in found)

    def retry(self, job_id: str) -> bool:
        """Have a job done after all that was given up; False when there is none."""
        found = self._given_up(job_id)
        if found is None:
            return False
        self.client().update_workflow_attributes(job_id, None)
        self.client().rewind_workflow(
            job_id, queue_name=found.queue_name, queue_partition_key=found.queue_partition_key
        )
        return True

    def drop(self, job_id: str) -> bool:
        """Forget a job that was given up; False when there is none."""
        if self._given_up(job_id) is None:
            return False
        self.client().delete_workflow(job_id)
        return True

    def _given_up(self, job_id: str) -> "WorkflowStatus | None":
        found = self.client().list_workflows(
            workflow_ids=[job_id], status=GIVEN_UP, load_input=False, load_output=False
        )
        return found[0] if found else None

    def forget_old(self, now: datetime) -> None:
        """Delete what is kept of jobs and minutes that are over; of a failure, later."""
        self._forget_before(now - KEPT_FOR, "SUCCESS")
        self._forget_before(now - FAILURES_KEPT_FOR, *GIVEN_UP)
        self._forget_before(now - TICKS_KEPT_FOR, "SUCCESS", *GIVEN_UP, schedule_name=TICK)

    def _forget_before(self, moment: datetime, *states: str, schedule_name: str | None = None) -> None:
        over = self.client().list_workflows(
            status=list(states),
            schedule_name=schedule_name,
            completed_before=moment.isoformat(),
            load_input=False,
            load_output=False,
            limit=FORGOTTEN_AT_ONCE,
        )
        if over:
            self.client().delete_workflows([each.workflow_id for each in over])

    def under_way(self) -> "tuple[UnderWay, ...]":
        """Return what processes have taken up and not ended, the minute's work among it."""
        return self._held(status="PENDING")

    def aside(self) -> "tuple[UnderWay, ...]":
        """Return what waits for a process that knows it."""
        return self._held(status="ENQUEUED", queue_name=ASIDE)

    def _held(self, status: str, queue_name: str | None = None) -> "tuple[UnderWay, ...]":
        found = self.client().list_workflows(
            status=status, queue_name=queue_name, load_input=False, load_output=False
        )
        return tuple(
            UnderWay(
                each.workflow_id,
                each.name,
                each.executor_id or "",
                each.queue_partition_key is not None,
                _starts(each),
            )
            for each in found
        )

    def put_back(self, jobs: "Sequence[UnderWay]") -> None:
        """Have jobs taken up anew, by whoever comes first. Nobody may be doing them: see `Presence`."""
        for job in jobs:  # DBOS begins to count anew
            self.client().update_workflow_attributes(job.id, {_CRASHES: job.starts})
        for queue in (None, QUEUE, IN_TURN):
            self._move([job for job in jobs if job.queue == queue], queue)

    def crashes(self, job_id: str) -> int:
        """Return how often a job that is under way was cut off before, here or elsewhere."""
        found = self.client().list_workflows(workflow_ids=[job_id], load_input=False, load_output=False)
        return max(_starts(found[0]) - 1, 0) if found else 0

    def put_aside(self, jobs: "Sequence[UnderWay]") -> None:
        self._move(jobs, ASIDE)

    def _move(self, jobs: "Sequence[UnderWay]", queue: str | None) -> None:
        if jobs:
            self.client().resume_workflows([job.id for job in jobs], queue_name=queue)

    def prepare(self) -> None:
        """Import DBOS now: at the first job somebody would wait for it, and for their transaction."""
        self.client()

    def client(self) -> "DBOSClient":
        """Return DBOS's own way in; the first call imports it."""
        with self._made:
            if self._client is None:
                from dbos import DBOSClient

                speak_through_logging()
                self._client = DBOSClient(
                    system_database_engine=self._connections, dbos_system_schema=SCHEMA, lazy=True
                )
            return self._client


def _starts(found: "WorkflowStatus") -> int:
    return int((found.attributes or {}).get(_CRASHES, 0)) + (found.recovery_attempts or 0)


def _waiting(found: "WorkflowStatus") -> Waiting:
    due = None if found.delay_until_epoch_ms is None else _moment(found.delay_until_epoch_ms)
    is_in_turn = found.queue_partition_key is not None
    return Waiting(found.workflow_id, *_parts(found.workflow_id), due, _moment(found.created_at), is_in_turn)


def _failure(found: "WorkflowStatus") -> Failure:
    at = _moment(found.completed_at or found.updated_at)
    # What other code raised may hold people's words, so its kind alone.
    fault = found.error
    reason = (
        str(fault) if isinstance(fault, Failed) else type(fault).__name__ if fault else "too many crashes"
    )
    return Failure(found.workflow_id, *_parts(found.workflow_id), at, reason)


def _parts(job_id: str) -> tuple[str, str, str]:
    """Return the name, the workspace and the subject of a job."""
    workspace, name, rest = job_id.split(":", 2)
    return name, workspace, rest.rpartition(":")[0]


def _moment(epoch_ms: int | None) -> datetime:
    return datetime.fromtimestamp((epoch_ms or 0) / 1000, UTC)


def speak_through_logging() -> None:
    """Have DBOS log as everybody does: with a handler of ours it adds no console of its own."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.WARNING)

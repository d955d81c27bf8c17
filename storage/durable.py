"""What happens later: a job is kept with the fact that causes it, and an engine runs it until it is done.

The only module that knows DBOS, whose tables lie in our database. Importing it takes half a second,
so that waits for the first job.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Integer, TableClause, column, inspect, select, table
from sqlalchemy import Engine as Connections

from storage.attempts import Attempts, Failed, Job, given_up

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig, EnqueueOptions, WorkflowStatus

    from storage.database import Database

log = logging.getLogger("palabre")

SCHEMA, TICK = "dbos", "palabre.tick"
QUEUE, IN_TURN = "palabre", "palabre.in-turn"
"""The second one's jobs are done one at a time in each workspace, whichever processes do them."""
TABLES_OF_DBOS = 125
"""The newest of its own migrations that this version knows; a test holds it against the package."""
UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]
GIVEN_UP = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]

WAIT_SECONDS = 30.0
"""For a lock: nobody in front of Slack waits for the engine."""
LOOK_SECONDS = 0.3
TAKEN_AT_ONCE = 32
TICKS_KEPT_FOR = timedelta(minutes=10)
LAST_WORDS_SECONDS = 8
"""So long may jobs end when the engine stops; one that does not is run again at the next start."""

_only_one = threading.Lock()
"""DBOS is one to a process, and would quietly hand a second engine the first one's database."""


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
            queue_name=[QUEUE, IN_TURN],
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
            queue_name=[QUEUE, IN_TURN],
            workflow_id_prefix=None if workspace is None else f"{workspace}:",
            load_input=False,
        )
        return tuple(_failure(each) for each in found)

    def retry(self, job_id: str) -> bool:
        """Have a job done after all that was given up; False when there is none."""
        found = self._given_up(job_id)
        if found is None:
            return False
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

    def forget_ticks(self, before: datetime) -> None:
        """Delete what is kept of the minutes that are over."""
        over = self.client().list_workflows(
            schedule_name=TICK, end_time=before.isoformat(), load_input=False, load_output=False, limit=100
        )
        if ids := [each.workflow_id for each in over]:
            self.client().delete_workflows(ids)

    def prepare(self) -> None:
        """Import DBOS now: at the first job somebody would wait for it, and for their transaction."""
        self.client()

    def client(self) -> "DBOSClient":
        """Return DBOS's own way in; the first call imports it."""
        with self._made:
            if self._client is None:
                from dbos import DBOSClient

                _speak_through_logging()
                self._client = DBOSClient(
                    system_database_engine=self._connections, dbos_system_schema=SCHEMA, lazy=True
                )
            return self._client


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


def migrate(url: URL) -> None:
    """Bring DBOS's tables up to date; it keeps processes that do so at once apart by itself."""
    from dbos import DBOS

    _speak_through_logging()
    # It makes connections of its own, for it builds indexes outside any transaction.
    DBOS.migrate(url.render_as_string(hide_password=False), schema=SCHEMA)


def is_current(connection: Connection) -> bool:
    """Tell whether DBOS's tables are there and new enough, without importing it."""
    kept = kept_by_dbos(connection)
    if not inspect(connection).has_table(kept.name, kept.schema):
        return False
    return int(connection.execute(select(kept)).scalar() or 0) >= TABLES_OF_DBOS


def kept_by_dbos(connection: Connection) -> TableClause:
    """Return the table in which DBOS keeps the number of its newest migration."""
    schema = SCHEMA if connection.dialect.name == "postgresql" else None
    return table("dbos_migrations", column("version", Integer), schema=schema)


def _speak_through_logging() -> None:
    """Have DBOS log as everybody does: with a handler of ours it adds no console of its own."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.WARNING)


class Engine:
    """Runs the jobs of a database in threads of this process; DBOS allows one at a time.

    jobs: by name, what is done with a workspace and a subject, harmless when repeated.
    every_minute: done once a minute by one of the processes; never made up for.
    executor: the name under which this process finds its unfinished jobs after a crash.
    """

    def __init__(
        self,
        database: "Database",
        jobs: Mapping[str, Job],
        every_minute: Callable[[], None],
        executor: str,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._every_minute = every_minute
        self._executor = executor
        self._connections: Connections | None = None
        self._attempts = Attempts()

    def start(self) -> None:
        """Start, and take up what an earlier process of the same name left undone."""
        from dbos import DBOS

        if not _only_one.acquire(blocking=False):
            raise RuntimeError("an engine runs in this process already")
        _speak_through_logging()
        self._attempts = Attempts()
        self._connections = self._database.connections(WAIT_SECONDS)
        DBOS(config=self._config(self._connections))
        for name, job in self._jobs.items():
            DBOS.workflow(name=name)(self._attempts.workflow(name, job))
        tick = DBOS.workflow(name=TICK)(self._tick())
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=TAKEN_AT_ONCE, polling_interval_sec=LOOK_SECONDS)
        DBOS.register_queue(
            IN_TURN,
            worker_concurrency=TAKEN_AT_ONCE,
            partition_concurrency=1,
            polling_interval_sec=LOOK_SECONDS,
        )
        DBOS.apply_schedules([{"schedule_name": TICK, "workflow_fn": tick, "schedule": "* * * * *"}])

    def rest(self, seconds: float) -> None:
        """Wait within a job; leave it when the process stops, to go on elsewhere or at the next start."""
        self._attempts.rest(seconds)

    def stop(self) -> None:
        """Let what runs come to its end, for a few seconds, and stop."""
        if self._connections is None:
            return
        self._attempts.stop()
        ending = threading.Thread(target=self._end, name="ending", daemon=True)
        ending.start()
        # DBOS asks a lost database again and again; nobody should wait for that.
        ending.join(LAST_WORDS_SECONDS + 2)
        if ending.is_alive():
            log.warning("the engine does not end; what it was doing is done at the next start")
        self._connections.dispose()
        self._connections = None
        _only_one.release()

    def _end(self) -> None:
        from dbos import DBOS

        # It looks once a second whether all have ended, so only where there is somebody to wait for.
        DBOS.destroy(
            destroy_registry=True,
            workflow_completion_timeout_sec=LAST_WORDS_SECONDS if self._attempts.are_under_way else 0,
        )

    def _config(self, connections: Connections) -> "DBOSConfig":
        return {
            "name": "palabre",
            "system_database_engine": connections,
            "dbos_system_schema": SCHEMA,
            "application_version": "palabre",  # a constant: a job outlives the version that added it
            "executor_id": self._executor,
            "use_listen_notify": False,
            "log_level": "WARNING",
        }

    def _tick(self) -> Callable[[datetime, object], None]:
        def tick(meant_for: datetime, _context: object) -> None:
            if datetime.now(UTC) - meant_for > timedelta(minutes=1):
                return
            try:
                self._every_minute()
                self._database.jobs.forget_ticks(meant_for - TICKS_KEPT_FOR)
            except Exception as fault:  # noqa: BLE001 (given_up logs it; the next minute tries again)
                given_up(fault, "the minute's work")

        return tick

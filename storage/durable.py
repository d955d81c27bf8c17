"""What happens later: a job is kept with the fact that causes it, and an engine runs it until it is done.

The only module that knows DBOS, whose tables lie in our database. Importing it takes half a second,
so that waits for the first job.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Integer, TableClause, column, inspect, select, table
from sqlalchemy import Engine as Connections

from storage.attempts import Attempts, Job, given_up

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig, EnqueueOptions

    from storage.database import Database

log = logging.getLogger("palabre")

SCHEMA, QUEUE, TICK = "dbos", "palabre", "palabre.tick"
TABLES_OF_DBOS = 125
"""The newest of its own migrations that this version knows; a test holds it against the package."""
UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]

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
    ) -> None:
        """Add a job in the connection's transaction; the same one twice is one job, for ever."""
        options: EnqueueOptions = {
            "workflow_name": name,
            "queue_name": QUEUE,
            "workflow_id": f"{workspace}:{name}:{subject}:{revision}",
        }
        if after > timedelta():
            options["delay_seconds"] = after.total_seconds()
        self.client().enqueue_in_transaction(connection, options, workspace, subject)

    def waiting(self, workspace: str | None = None) -> tuple[Waiting, ...]:
        """Return the jobs that are not done, of one workspace or all; the longest waiting first."""
        found = self.client().list_workflows(
            status=UNFINISHED,
            queue_name=QUEUE,
            workflow_id_prefix=None if workspace is None else f"{workspace}:",
            load_input=False,
            load_output=False,
        )
        return tuple(_waiting(each.workflow_id, each.delay_until_epoch_ms) for each in found)

    def bring_forward(self, by: timedelta) -> None:
        """Let delayed jobs run so much earlier: somebody has moved the clock they were meant by."""
        for job in self.waiting():
            if job.due is not None:
                due = max(int((job.due - by).timestamp() * 1000), 0)
                self.client().set_workflow_delay(job.id, delay_until_epoch_ms=due)

    def cancel(self, workspace: str) -> None:
        """Drop what waits in a workspace."""
        if waiting := [job.id for job in self.waiting(workspace)]:
            self.client().cancel_workflows(waiting)

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


def _waiting(job_id: str, due_ms: int | None) -> Waiting:
    workspace, name, rest = job_id.split(":", 2)
    due = None if due_ms is None else datetime.fromtimestamp(due_ms / 1000, UTC)
    return Waiting(job_id, name, workspace, rest.rpartition(":")[0], due)


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
        DBOS.apply_schedules([{"schedule_name": TICK, "workflow_fn": tick, "schedule": "* * * * *"}])

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

"""What happens later: an engine runs jobs until they are done, beside those of other processes.

With `storage.jobs` the only module that knows DBOS, whose tables lie in our database.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Integer, TableClause, column, inspect, select, table
from sqlalchemy import Engine as Connections

from storage.attempts import Attempts, GiveUp, Job, given_up
from storage.jobs import IN_TURN, QUEUE, SCHEMA, TICK, speak_through_logging
from storage.presence import USUAL, Executing, Presence, Rhythm

if TYPE_CHECKING:
    from dbos import DBOSConfig

    from storage.database import Database

log = logging.getLogger("palabre")

TABLES_OF_DBOS = 125
"""The newest of its own migrations that this version knows; a test holds it against the package."""

APPLICATION = "palabre"
WAIT_SECONDS = 30.0
"""For a lock: nobody in front of Slack waits for the engine."""
LOOK_SECONDS, LOOK_IN_TURN_SECONDS = 0.4, 1.0
TAKEN_AT_ONCE = 32
MOST_CRASHES = 10
"""A job that was cut off so often may be what ends its processes: it is given up, so that others go on."""
LAST_WORDS_SECONDS = 8
"""So long may jobs end when the engine stops; one that does not is run again at the next start."""

_only_one = threading.Lock()
"""DBOS is one to a process, and would quietly hand a second engine the first one's database."""


def migrate(url: URL) -> None:
    """Bring DBOS's tables up to date; it keeps processes that do so at once apart by itself."""
    from dbos import DBOS

    speak_through_logging()
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


class Engine:
    """Runs the jobs of a database in threads of this process; DBOS allows one at a time.

    jobs: by name, what is done with a workspace and a subject, harmless when repeated.
    every_minute: done once a minute by one of the processes; of those missed, only the last is made up for.
    executor: under which name this process finds its unfinished jobs after a crash.
    """

    def __init__(
        self,
        database: "Database",
        jobs: Mapping[str, Job],
        every_minute: Callable[[], None],
        executor: Executing,
        rhythm: Rhythm = USUAL,
        most_crashes: int = MOST_CRASHES,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._every_minute = every_minute
        self._executor = executor
        self._rhythm = rhythm
        self._most_crashes = most_crashes
        self._connections: Connections | None = None
        self._attempts = Attempts()
        self._presence: Presence | None = None

    def start(self) -> None:
        """Start, and take up what an earlier process of the same name left undone; may raise `Taken`."""
        if not _only_one.acquire(blocking=False):
            raise RuntimeError("an engine runs in this process already")
        try:
            self._begin()
        except BaseException:
            _only_one.release()
            raise

    def _begin(self) -> None:
        from dbos import DBOS

        speak_through_logging()
        self._attempts = Attempts()
        self._presence = Presence(self._database, self._executor, self._jobs, self._attempts, self._rhythm)
        self._presence.begin()
        self._connections = self._database.connections(WAIT_SECONDS)
        DBOS(config=self._config(self._connections))
        for name, job in self._jobs.items():
            DBOS.workflow(name=name)(self._attempts.workflow(name, self._unless_deadly(job), _own_id))
        tick = DBOS.workflow(name=TICK)(self._tick())
        self._keep_queues()
        DBOS.launch()
        DBOS.apply_schedules([{"schedule_name": TICK, "workflow_fn": tick, "schedule": "* * * * *"}])
        self._begin_minute()
        self._presence.start()

    def _keep_queues(self) -> None:
        """Write down the queues before the launch: one that is new after it is looked for a second later."""
        keep = partial(
            self._database.jobs.client().register_queue,
            worker_concurrency=TAKEN_AT_ONCE,
            application_name=APPLICATION,
        )
        keep(QUEUE, polling_interval_sec=LOOK_SECONDS)
        keep(IN_TURN, polling_interval_sec=LOOK_IN_TURN_SECONDS, partition_concurrency=1)

    def _begin_minute(self) -> None:
        """Have this minute's work done if it began while nobody was here to see: DBOS makes up for none.

        It has the same id as the one that DBOS orders, so with many processes it is done once.
        """
        now = datetime.now(UTC)
        minute = now.replace(second=0, microsecond=0)
        self._database.jobs.client().backfill_schedule(TICK, minute - timedelta(seconds=1), now)

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
        if self._presence is not None:
            self._presence.end(is_clean=not ending.is_alive())
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
            "name": APPLICATION,
            "system_database_engine": connections,
            "dbos_system_schema": SCHEMA,
            "application_version": APPLICATION,  # a constant: a job outlives the version that added it
            "executor_id": self._executor.id,
            "use_listen_notify": False,
            "log_level": "WARNING",
        }

    def _unless_deadly(self, job: Job) -> Job:
        def careful(workspace: str, subject: str) -> None:
            if self._database.jobs.crashes(_own_id()) >= self._most_crashes:
                raise GiveUp("too many crashes")
            job(workspace, subject)

        return careful

    def _tick(self) -> Callable[[datetime, object], None]:
        def tick(meant_for: datetime, _context: object) -> None:
            if datetime.now(UTC) - meant_for > timedelta(minutes=1):
                return
            try:
                with self._attempts.under_way(_own_id()):
                    self._every_minute()
                    self._database.jobs.forget_old(datetime.now(UTC))
            except Exception as fault:  # noqa: BLE001 (given_up logs it; the next minute tries again)
                given_up(fault, "the minute's work")

        return tick


def _own_id() -> str:
    from dbos import DBOS

    return DBOS.workflow_id or ""

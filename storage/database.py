"""The database: where it is, and one transaction at a time as a `with` block."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage import cleaning, durable, health, masters, migrations
from storage.attempts import Busy
from storage.budgets import Budgets
from storage.comments import Comments
from storage.comparisons import Comparisons
from storage.deliveries import Deliveries
from storage.engines import engine_for, is_lock_wait, with_driver
from storage.executors import Executors
from storage.health import Health
from storage.jobs import Jobs, Waiting
from storage.lock import Hold, Lock, ServerLock, Taken
from storage.members import Members
from storage.polls import Polls
from storage.reminders import Reminders
from storage.reports import Reports
from storage.responses import Responses
from storage.schedules import Schedules
from storage.sealed import NoMasterKey, Sealed, reseal
from storage.standings import Standings
from storage.surveys import Surveys
from storage.vault import Vault
from storage.workspaces import Workspaces

_MIGRATION_LOCK, _ALONE_LOCK = 7_052_252_733, 7_052_252_734
"""Any number of our own: processes that start together on PostgreSQL migrate one after the other."""


class Unreachable(Exception):
    """The database cannot be opened: its file or server is not there, or does not let us in."""


@dataclass(frozen=True, slots=True)
class Store:
    """One transaction's drawers, one a subject, and the jobs it causes."""

    _connection: Connection
    _jobs: Jobs
    polls: Polls
    standings: Standings
    surveys: Surveys
    responses: Responses
    comments: Comments
    comparisons: Comparisons
    reports: Reports
    schedules: Schedules
    sealed: Sealed
    deliveries: Deliveries
    reminders: Reminders
    budgets: Budgets
    executors: Executors
    members: Members
    workspaces: Workspaces

    def later(
        self,
        name: str,
        workspace: str,
        subject: str,
        revision: int = 0,
        after: timedelta = timedelta(),
        in_turn: bool = False,
    ) -> None:
        """Have a job done after this transaction is kept, and not if it is undone.

        Of jobs that are alike in all but `after`, one is done, once for ever: who means another one
        gives another revision. in_turn: one of these at a time in its workspace, in all processes.
        """
        self._jobs.add(self._connection, name, workspace, subject, revision, after, in_turn)

    def again(self, jobs: Iterable[Waiting]) -> None:
        """Have jobs done that were dropped, after this transaction is kept."""
        for job in jobs:
            self._jobs.add_again(self._connection, job)


class Database:
    """Where everything is kept; safe to share between threads."""

    def __init__(self, engine: Engine, wait_seconds: float, vault: Vault | None = None) -> None:
        self._engine = engine
        self._vault = vault
        self._wait_seconds = wait_seconds
        self._is_sqlite = engine.dialect.name == "sqlite"
        self.jobs = Jobs(engine)
        # SQLite's own wait polls with growing pauses and serves nobody in turn; threads queue here instead.
        self._turn = threading.Lock()

    @property
    def url_shown(self) -> str:
        """The address without its password, for logs and people."""
        url = self._engine.url.difference_update_query(["password", "sslpassword"])
        return url.render_as_string(hide_password=True)

    @contextmanager
    def begin(self) -> Iterator[Store]:
        """Give one transaction: kept when the block ends, undone when it raises; `Busy` after the wait."""
        with self._transaction() as connection:
            yield self._store(connection)

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Give a store to read from, which keeps no writer waiting; what is written with it is undone."""
        with self._looking() as connection:
            yield self._store(connection)

    def clean(self) -> None:
        """Take what was deleted of what is sealed out of the files; `Busy` where that has to wait."""
        try:
            (cleaning.sqlite if self._is_sqlite else cleaning.postgres)(self._engine)
        except DBAPIError as error:
            if is_lock_wait(error.orig):
                raise Busy("the database is busy") from error
            raise

    def _store(self, connection: Connection) -> Store:
        return Store(
            _connection=connection,
            _jobs=self.jobs,
            polls=Polls(connection),
            standings=Standings(connection),
            surveys=Surveys(connection),
            responses=Responses(connection),
            comments=Comments(connection),
            comparisons=Comparisons(connection),
            reports=Reports(connection),
            schedules=Schedules(connection),
            sealed=Sealed(connection, self._vault),
            deliveries=Deliveries(connection),
            reminders=Reminders(connection),
            budgets=Budgets(connection),
            executors=Executors(connection),
            members=Members(connection),
            workspaces=Workspaces(connection),
        )

    def migrate(self) -> None:
        """Bring the tables up to date; on an up-to-date database nothing changes."""
        self._check_reachable()
        with self._transaction() as connection:
            if not self._is_sqlite:
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            migrations.upgrade(connection)
        with self._engine.connect() as connection:
            if durable.is_current(connection):
                return
        # Not in a transaction of ours: DBOS waits for all others before it builds an index.
        durable.migrate(self._engine.url)

    def check_master(self) -> None:
        """Raise `WrongMasterKey` where ours is not the database's; where it has none, ours is from now on."""
        with self._transaction() as connection:
            masters.check(connection, self._master)

    def fits_master(self) -> bool | None:
        """Tell whether ours is the database's master key; None where it has none yet."""
        with self._looking() as connection:
            return masters.fits(connection, self._master)

    def has_master(self) -> bool:
        """Tell whether the database has a master key, ours or another."""
        with self._looking() as connection:
            return masters.is_there(connection)

    def rotate_master(self, secret: str) -> int:
        """Put another master key in place of ours, at once; return of how many polls and rounds."""
        new = Vault(secret)
        with self._transaction() as connection:
            masters.replace(connection, self._master, new)
            changed = reseal(connection, self._master, new)
        self._vault = new
        return changed

    @property
    def _master(self) -> Vault:
        if self._vault is None:
            raise NoMasterKey
        return self._vault

    def is_current(self) -> bool:
        """Tell whether the tables are those this version of the code expects."""
        return not self.outdated()

    def outdated(self) -> tuple[str, ...]:
        """Return whose tables are not those that this version expects: palabre's own, dbos's."""
        self._check_reachable()
        with self._engine.connect() as connection:
            current = {
                "palabre": migrations.is_current(connection),
                "dbos": durable.is_current(connection),
            }
        return tuple(name for name, is_current in current.items() if not is_current)

    def health(self, workspace: str | None = None) -> Health:
        """Return how later work goes, for one workspace or all; takes no lock that others wait for."""
        with self._looking() as connection:
            return health.read(connection, workspace)

    def miscounted(self) -> tuple[tuple[str, str], ...]:
        """Return the workspace and the id of each poll whose tallies are not what its votes say."""
        with self._looking() as connection:
            return health.miscounted(connection)

    def left_sealed(self) -> tuple[tuple[str, str], ...]:
        """Return the workspace and the id of what still has keys or boxes, and is gone or counted."""
        with self._looking() as connection:
            return health.left_sealed(connection)

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except PoolTimeout as error:
            raise Busy("no free connection") from error
        except OperationalError as error:
            raise Unreachable(str(error.orig)) from error

    def _check_reachable(self) -> None:
        try:
            with self._engine.connect():
                pass
        except OperationalError as error:
            raise Unreachable(str(error.orig)) from error

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Tell whether no other process is in such a block; where one is, it comes by again later."""
        if self._is_sqlite:
            yield True  # see `lock_out`
            return
        with self._engine.connect() as connection:
            # A process that sleeps in the block must not keep the others out for ever.
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '30s'"))
            asked = text("select pg_try_advisory_xact_lock(:lock)")
            yield bool(connection.execute(asked, {"lock": _ALONE_LOCK}).scalar())

    def lock_out(self, name: str) -> Hold | None:
        """Take the place of an engine of a name. A SQLite file has one in all: `Taken` where it is not free.

        None where PostgreSQL says that somebody holds it: it may be long before it notices that a
        machine is gone, so only the beats tell.
        """
        if self._is_sqlite:
            file = self._engine.url.database
            return Lock(f"{file}-worker") if file else None
        try:
            return ServerLock(self._engine, name)
        except Taken:
            return None

    def connections(self, wait_seconds: float) -> Engine:
        """Return a second way in for who may wait longer; whoever asks disposes of it."""
        return engine_for(self._engine.url, wait_seconds)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        opened = self._sqlite_transaction if self._is_sqlite else self._postgres_transaction
        try:
            with opened() as connection:
                yield connection
                connection.commit()
        except PoolTimeout as error:
            raise Busy("no free connection") from error
        except DBAPIError as error:
            if is_lock_wait(error.orig):
                raise Busy("the database is busy") from error
            raise

    @contextmanager
    def _postgres_transaction(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _sqlite_transaction(self) -> Iterator[Connection]:
        """Take the write lock before the first statement: a lock taken later can't be waited for."""
        since = time.monotonic()
        if not self._turn.acquire(timeout=self._wait_seconds):
            raise Busy("the database is busy")
        try:
            with self._engine.connect() as connection:
                left = self._wait_seconds - (time.monotonic() - since)
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {max(int(left * 1000), 0)}")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
        finally:
            self._turn.release()


def connect(url: str, *, wait_seconds: float = 2.0, secret: str = "") -> Database:
    """Return the database at `url`, a sqlite:/// file or a postgresql:// address.

    wait_seconds: how long to wait for somebody else's lock before `Busy`.
    secret: the master key, without which nothing sealed can be asked or read.
    """
    vault = Vault(secret) if secret else None
    return Database(engine_for(with_driver(make_url(url)), wait_seconds), wait_seconds, vault)

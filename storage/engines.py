"""The engine of a database: how its connections are prepared, on SQLite and on PostgreSQL."""

import sqlite3
import time
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, create_engine, event


def engine_for(url: URL, wait_seconds: float) -> Engine:
    is_sqlite = url.get_backend_name() == "sqlite"
    return sqlite_engine(url, wait_seconds) if is_sqlite else postgres_engine(url, wait_seconds)


def with_driver(url: URL) -> URL:
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError(f"Palabre keeps its data in SQLite or PostgreSQL, not in {url.drivername}.")
    return url


# hide_parameters: an error that is logged must not hold what people wrote.
def sqlite_engine(url: URL, wait_seconds: float) -> Engine:
    engine = create_engine(
        url, connect_args={"isolation_level": "IMMEDIATE", "timeout": wait_seconds}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # the driver's own connection
        _use_wal(connection, wait_seconds)
        connection.execute("PRAGMA synchronous = FULL")  # an answered vote survives power loss
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")

    return engine


def _use_wal(connection: sqlite3.Connection, wait_seconds: float) -> None:
    """Have SQLite write ahead; processes that open a new file at once refuse each other without any wait."""
    until = time.monotonic() + wait_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_lock_wait(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def postgres_engine(url: URL, wait_seconds: float) -> Engine:
    # Slack waits 3 seconds, so a thread waits no longer for a connection than for a lock.
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=16,
        max_overflow=16,
        pool_timeout=wait_seconds,
        pool_pre_ping=True,
        pool_recycle=1800,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # the driver's own connection
        connection.execute(f"SET lock_timeout = {max(int(wait_seconds * 1000), 1)}")
        connection.commit()

    return engine


def is_lock_wait(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        # The low byte: SQLITE_BUSY has kin such as SQLITE_BUSY_SNAPSHOT.
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected)

"""A lock that a process holds while it lives: a file, on every system that SQLite knows, or in PostgreSQL."""

import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError


class Taken(Exception):
    """Another process has the place that was asked for."""


class Hold(Protocol):
    """Held until `release`, or until the process ends in whatever way."""

    def is_held(self) -> bool: ...

    def release(self) -> None: ...


class Lock:
    """A file that is locked."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            self._connection.close()
            raise Taken(path) from fault

    def is_held(self) -> bool:
        return True

    def release(self) -> None:
        self._connection.close()


class ServerLock:
    """A name that is locked in a PostgreSQL database, by a connection that does nothing else."""

    def __init__(self, engine: Engine, name: str) -> None:
        # Nobody else may use the connection, and closed it must be gone: the server lets go with it.
        self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection.detach()
        asked = text("select pg_try_advisory_lock(:key)")
        try:
            is_ours = self._connection.execute(asked, {"key": _key(name)}).scalar()
        except DBAPIError:
            self._connection.close()
            raise
        if not is_ours:
            self._connection.close()
            raise Taken(name)

    def is_held(self) -> bool:
        """Tell whether the connection is still there: a server that was restarted knows no lock."""
        try:
            self._connection.execute(text("select 1"))
        except DBAPIError:
            self._connection.close()
            return False
        return True

    def release(self) -> None:
        self._connection.close()


def _key(name: str) -> int:
    """Return the number that PostgreSQL knows a name by; it takes no names."""
    return int.from_bytes(sha256(f"palabre {name}".encode()).digest()[:8], signed=True)

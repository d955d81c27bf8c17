"""A lock that one process holds while it lives, on every system that SQLite knows."""

import sqlite3
from pathlib import Path


class Taken(Exception):
    """Another process has the place that was asked for."""


class Lock:
    """A file that is locked until `release`, or until the process ends in whatever way."""

    def __init__(self, path: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            self._connection.close()
            raise Taken(path) from fault

    def release(self) -> None:
        self._connection.close()

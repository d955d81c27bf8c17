"""One transaction at a time: what waits, what is kept, and what an address shows."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy.exc import IntegrityError

from storage import Busy, Database, connect
from storage.engines import sqlite_engine
from surveys.people import Member
from surveys.polls import Ballot
from tests.storage.test_polls import BEN, LUNCH, NOON, keep, tallies


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Another thread keeps the poll locked while the block runs."""
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with database.begin() as store:
            store.polls.lock("T1", "p1")
            locked.set()
            done.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(20)
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def opened(url: str, wait_seconds: float) -> Iterator[Database]:
    with closing(connect(url, wait_seconds=wait_seconds)) as database:
        yield database


def lock(database: Database) -> None:
    with database.begin() as store:
        store.polls.lock("T1", "p1")


def test_whoever_waits_too_long_in_the_same_process_is_told_so(database_url: str) -> None:
    with opened(database_url, wait_seconds=1) as ours:
        keep(ours, LUNCH)
        with held(ours):
            since = time.monotonic()
            with pytest.raises(Busy):
                lock(ours)
    assert 0.9 < time.monotonic() - since < 10


def test_whoever_waits_too_long_for_another_process_is_told_so(database_url: str) -> None:
    with opened(database_url, 30) as theirs, opened(database_url, 1) as ours:
        keep(theirs, LUNCH)
        with held(theirs):
            since = time.monotonic()
            with pytest.raises(Busy):
                lock(ours)
    assert 0.9 < time.monotonic() - since < 10


def test_after_busy_the_next_try_works(database_url: str) -> None:
    with opened(database_url, wait_seconds=0.1) as ours:
        keep(ours, LUNCH)
        with held(ours), pytest.raises(Busy):
            lock(ours)
        lock(ours)


def test_a_vote_for_an_option_that_is_not_there_is_kept_out(database: Database) -> None:
    keep(database, LUNCH)
    with pytest.raises(IntegrityError), database.begin() as store:
        store.polls.cast("T1", "p1", BEN, Ballot(), Ballot((7,), NOON))
    assert tallies(database) == ((0, 0, 0), 0)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_was_replaced_cannot_be_read_from_the_file(database_url: str) -> None:
    secret = "Rumpelstiltskin " * 20
    with opened(database_url, 2) as ours:
        for name in (secret, "Ben"):
            with ours.begin() as store:
                store.members.keep("T1", [Member("UBEN", name)])
    assert b"Rumpelstiltskin" not in Path(database_url.removeprefix("sqlite:///")).read_bytes()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_every_sqlite_transaction_survives_a_power_cut(database_url: str) -> None:
    engine = sqlite_engine(sqlalchemy.make_url(database_url), wait_seconds=2)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1, 1]
    engine.dispose()


@pytest.mark.parametrize("address", ["postgres://ana@localhost/p", "postgresql://ana@localhost/p"])
def test_both_spellings_of_a_postgresql_address_use_psycopg_3(address: str) -> None:
    with opened(address, 2) as ours:
        assert ours.url_shown == "postgresql+psycopg://ana@localhost/p"


def test_a_password_is_not_shown() -> None:
    with opened("postgresql://ana:hunter2@db.example/p?password=hunter3&sslmode=require", 2) as ours:
        assert ours.url_shown == "postgresql+psycopg://ana:***@db.example/p?sslmode=require"


def test_another_kind_of_database_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match="SQLite or PostgreSQL, not in mysql"):
        connect("mysql://localhost/p")


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_a_lost_connection_is_replaced(database_url: str) -> None:
    with opened(database_url, 2) as ours:
        keep(ours, LUNCH)
        admin = sqlalchemy.create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
        with admin.begin() as connection:
            connection.exec_driver_sql(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        admin.dispose()
        assert tallies(ours) == ((0, 0, 0), 0)

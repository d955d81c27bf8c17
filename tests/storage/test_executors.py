"""Processes that run jobs are known by their heartbeat."""

from datetime import timedelta

from storage import Database, Executor
from tests.storage.test_polls import NOON

MINUTE = timedelta(minutes=1)


def beat(database: Database, worker_id: str, after: timedelta = timedelta(), kind: str = "work") -> None:
    with database.begin() as store:
        store.executors.beat(worker_id, kind, NOON + after)


def test_a_process_is_known_from_its_first_beat_to_its_latest(database: Database) -> None:
    for minutes in range(4):
        beat(database, "w1", minutes * MINUTE)
    beat(database, "s1", 2 * MINUTE, kind="serve")
    with database.begin() as store:
        assert store.executors.alive(NOON) == (
            Executor("s1", "serve", NOON + 2 * MINUTE, NOON + 2 * MINUTE),
            Executor("w1", "work", NOON, NOON + 3 * MINUTE),
        )


def test_whoever_has_not_been_heard_of_since_is_silent(database: Database) -> None:
    beat(database, "w1")
    beat(database, "w2", MINUTE)
    beat(database, "w3", 2 * MINUTE)
    with database.begin() as store:
        assert store.executors.silent(NOON) == ()
        assert store.executors.silent(NOON + MINUTE) == ("w1",)
        assert [each.worker_id for each in store.executors.alive(NOON + MINUTE)] == ["w2", "w3"]
        assert store.executors.silent(NOON + 3 * MINUTE) == ("w1", "w2", "w3")
        assert store.executors.alive(NOON + 3 * MINUTE) == ()


def test_a_silent_process_that_beats_again_is_alive(database: Database) -> None:
    beat(database, "w1")
    beat(database, "w1", 5 * MINUTE)
    with database.begin() as store:
        assert store.executors.silent(NOON + 4 * MINUTE) == ()


def test_a_process_is_forgotten_once_and_starts_anew(database: Database) -> None:
    beat(database, "w1")
    beat(database, "w2")
    with database.begin() as store:
        assert store.executors.forget("w1")
        assert not store.executors.forget("w1")
        assert store.executors.silent(NOON + MINUTE) == ("w2",)
    beat(database, "w1", 2 * MINUTE)
    with database.begin() as store:
        assert store.executors.alive(NOON + MINUTE) == (
            Executor("w1", "work", NOON + 2 * MINUTE, NOON + 2 * MINUTE),
        )


def test_processes_outlive_a_workspace_that_is_forgotten(database: Database) -> None:
    beat(database, "w1")
    with database.begin() as store:
        store.workspaces.remember("T1", "en", "UTC")
        store.workspaces.forget("T1")
        assert [each.worker_id for each in store.executors.alive(NOON)] == ["w1"]

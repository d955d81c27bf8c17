"""Jobs of a workspace that left: dropped at once, and added again when it is back."""

import threading
from datetime import UTC, datetime, timedelta

from storage import Database
from tests.storage.test_durable import Noted, later, running, wait_until, waiting


def add_again(database: Database) -> None:
    dropped = database.jobs.cancelled("T1")
    with database.begin() as store:
        store.again(dropped)


def test_what_is_dropped_is_not_done_and_others_keep_theirs(database: Database) -> None:
    later(database, "p1")
    with database.begin() as store:
        store.later("tests.note", "T2", "p2")
    database.jobs.cancel("T1")
    note = Noted()
    with running(database, note):
        note.wait_for("p2")
    assert note.done == [("T2", "p2")]


def test_a_workspace_whose_id_begins_another_is_another(database: Database) -> None:
    with database.begin() as store:
        store.later("tests.note", "T12", "p1")
    database.jobs.cancel("T1")
    assert waiting(database) == [("tests.note", "T12", "p1")]


def test_what_is_under_way_may_end_but_counts_as_not_done(database: Database) -> None:
    under_way, dropped = threading.Event(), threading.Event()

    def work(_workspace: str, _subject: str) -> None:
        under_way.set()
        dropped.wait(10)

    with running(database, work):
        later(database, "p1")
        assert under_way.wait(10)
        database.jobs.cancel("T1")
        dropped.set()
    assert [job.subject for job in database.jobs.cancelled("T1")] == ["p1"]


def test_added_again_a_job_keeps_its_moment_and_its_turn(database: Database) -> None:
    with database.begin() as store:
        store.later("tests.note", "T1", "p1", after=timedelta(hours=1))
        store.later("tests.note", "T1", "p2", in_turn=True)
    database.jobs.cancel("T1")
    add_again(database)
    first, second = sorted(database.jobs.waiting("T1"), key=lambda job: job.subject)
    assert first.due is not None
    assert timedelta(minutes=59) < first.due - datetime.now(UTC) <= timedelta(hours=1)
    assert (first.in_turn, second.in_turn) == (False, True)


def test_added_again_by_two_processes_it_is_done_once(database: Database) -> None:
    later(database, "p1")
    database.jobs.cancel("T1")
    add_again(database)
    add_again(database)
    note = Noted()
    with running(database, note):
        wait_until(lambda: waiting(database) == [])
    assert note.done == [("T1", "p1")]

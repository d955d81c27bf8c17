"""Later work: kept with its fact or not at all, done once, on time, and after whatever stops it."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from storage import Busy, Database, Engine, Executing, Failure, GiveUp, MaybeDone, TryAgain, connect
from surveys.polls import Ballot
from tests.storage.many_votes import vote
from tests.storage.test_polls import BEN, LUNCH, NOON, keep, tallies

Job = Callable[[str, str], None]


class Noted:
    """A job that notes what it was done with, after it went wrong as often as it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.done: list[tuple[str, str]] = []
        self.faults = list(faults)

    def __call__(self, workspace: str, subject: str) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.done.append((workspace, subject))

    def wait_for(self, subject: str) -> None:
        wait_until(lambda: any(done == subject for _, done in self.done))


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


@contextmanager
def running(database: Database, job: Job) -> Iterator[None]:
    engine = Engine(database, {"tests.note": job}, lambda: None, Executing("main"))
    engine.start()
    try:
        yield
    finally:
        engine.stop()


def later(database: Database, subject: str, revision: int = 0, after: timedelta = timedelta()) -> None:
    with database.begin() as store:
        store.later("tests.note", "T1", subject, revision, after)


def waiting(database: Database) -> list[tuple[str, str, str]]:
    return [(job.name, job.workspace, job.subject) for job in database.jobs.waiting()]


# --- kept ---


def test_a_job_is_kept_with_its_fact(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(LUNCH, "trigger 1", None)
        store.later("tests.note", "T1", "p1")
    assert tallies(database) == ((0, 0, 0), 0)
    assert waiting(database) == [("tests.note", "T1", "p1")]


def test_a_job_whose_fact_is_undone_is_not_kept(database: Database) -> None:
    keep(database, LUNCH)
    with pytest.raises(IntegrityError):
        _vote_for_what_is_not_there(database)
    assert waiting(database) == []


def test_the_same_job_twice_waits_once(database: Database) -> None:
    later(database, "p1")
    later(database, "p1")
    assert waiting(database) == [("tests.note", "T1", "p1")]


def test_another_revision_is_another_job(database: Database) -> None:
    later(database, "p1", 1)
    later(database, "p1", 2)
    assert waiting(database) == [("tests.note", "T1", "p1")] * 2


def test_workspaces_with_the_same_subject_have_a_job_each(database: Database) -> None:
    with database.begin() as store:
        for workspace in ("T1", "T2"):
            store.later("tests.note", workspace, "p1")
    assert waiting(database) == [("tests.note", "T1", "p1"), ("tests.note", "T2", "p1")]


def test_a_workspace_that_is_forgotten_has_no_jobs_left_and_others_keep_theirs(database: Database) -> None:
    with database.begin() as store:
        for workspace in ("T1", "T12"):
            store.later("tests.note", workspace, "p1")
    database.jobs.cancel("T1")
    assert waiting(database) == [("tests.note", "T12", "p1")]


def test_a_delayed_job_says_when_it_is_due(database: Database) -> None:
    later(database, "p1", after=timedelta(hours=2))
    (job,) = database.jobs.waiting()
    assert job.due is not None
    assert timedelta(hours=1) < job.due - datetime.now(UTC) < timedelta(hours=3)


def test_a_delay_that_is_over_is_none(database: Database) -> None:
    later(database, "p1", after=timedelta(hours=-2))
    assert [job.due for job in database.jobs.waiting()] == [None]


def test_when_the_clock_is_moved_delayed_jobs_come_as_much_earlier(database: Database) -> None:
    later(database, "p1", after=timedelta(hours=5))
    database.jobs.bring_forward(timedelta(hours=3))
    (job,) = database.jobs.waiting()
    assert job.due is not None
    assert timedelta(hours=1) < job.due - datetime.now(UTC) < timedelta(hours=3)


def _vote_for_what_is_not_there(database: Database) -> None:
    with database.begin() as store:
        store.later("tests.note", "T1", "p1")
        store.polls.cast("T1", "p1", BEN, Ballot(), Ballot((7,), NOON))


# --- done ---


def test_a_job_is_done_and_waits_no_longer(database: Database) -> None:
    note = Noted()
    with running(database, note):
        later(database, "p1")
        note.wait_for("p1")
    assert note.done == [("T1", "p1")]
    assert waiting(database) == []


def test_a_job_that_is_done_is_never_done_again(database: Database) -> None:
    note = Noted()
    with running(database, note):
        later(database, "p1")
        note.wait_for("p1")
        later(database, "p1")
        later(database, "p2")
        note.wait_for("p2")
    assert note.done == [("T1", "p1"), ("T1", "p2")]


def test_a_delayed_job_waits_until_it_is_due(database: Database) -> None:
    note = Noted()
    with running(database, note):
        later(database, "late", after=timedelta(hours=1))
        later(database, "now")
        note.wait_for("now")
        assert note.done == [("T1", "now")]
        database.jobs.bring_forward(timedelta(hours=2))
        note.wait_for("late")


def test_an_engine_takes_up_what_came_before_it(database: Database) -> None:
    note = Noted()
    later(database, "p1")
    with running(database, note):
        note.wait_for("p1")
    assert note.done == [("T1", "p1")]


def test_an_engine_stops_and_starts_again_on_another_database(database: Database, tmp_path: Path) -> None:
    first, second = Noted(), Noted()
    with running(database, first):
        later(database, "p1")
        first.wait_for("p1")
    other = connect(f"sqlite:///{tmp_path}/other.sqlite3")
    other.migrate()
    with running(other, second):
        later(other, "p2")
        second.wait_for("p2")
    other.close()
    assert (first.done, second.done) == ([("T1", "p1")], [("T1", "p2")])


@pytest.mark.parametrize("fault", [Busy("locked"), TryAgain("ratelimited", 0.2)])
def test_what_passes_is_tried_again(database: Database, fault: Exception) -> None:
    note = Noted(fault)
    with running(database, note):
        later(database, "p1")
        note.wait_for("p1")
    assert note.done == [("T1", "p1")]


def test_what_may_be_done_is_tried_once_more_and_no_oftener(database: Database) -> None:
    note = Noted(MaybeDone("no_answer"), TryAgain("ratelimited"), MaybeDone("no_answer"))
    (failure,) = given_up(database, note)
    assert failure.reason.startswith("no_answer, reference ")
    assert note.done == []


def test_a_bug_is_given_up_after_three_tries_and_told_without_peoples_words(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    note = Noted(*(ValueError("what Ana wrote") for _ in range(3)))
    with caplog.at_level(logging.DEBUG), running(database, note):
        later(database, "p1")
        wait_until(lambda: waiting(database) == [])
    assert note.done == []
    assert "job tests.note of T1 for p1 failed, reference" in caplog.text
    assert "ValueError" in caplog.text
    assert "Ana" not in caplog.text


def test_a_job_that_waits_for_its_next_try_goes_on_after_a_stop(database: Database) -> None:
    slow, note = Noted(*[TryAgain("ratelimited", 600)] * 3), Noted()
    with running(database, slow):
        later(database, "p1")
        wait_until(lambda: len(slow.faults) < 3)
    with running(database, note):
        note.wait_for("p1")
    assert note.done == [("T1", "p1")]


def test_people_and_jobs_at_once_do_not_lock_each_other_out(database: Database) -> None:
    keep(database, LUNCH)
    note = Noted()

    def count(workspace: str, subject: str) -> None:
        assert vote(database, f"T1:J{subject}", 1)
        note(workspace, subject)

    def act(number: int) -> bool:
        later(database, f"{number}")
        return vote(database, f"T1:U{number}", 0)

    with running(database, count), ThreadPoolExecutor(8) as threads:
        assert all(threads.map(act, range(40)))
        wait_until(lambda: len(note.done) == 40)
    assert tallies(database) == ((40, 40, 0), 80)


# --- given up ---


def given_up(database: Database, note: Noted, subject: str = "p1") -> tuple[Failure, ...]:
    with running(database, note):
        later(database, subject)
        wait_until(lambda: waiting(database) == [])
    return database.jobs.failed("T1")


def test_what_was_given_up_says_what_it_was_when_and_why(database: Database) -> None:
    (failure,) = given_up(database, Noted(GiveUp("chat.postMessage: channel_not_found")))
    assert (failure.name, failure.workspace, failure.subject) == ("tests.note", "T1", "p1")
    assert datetime.now(UTC) - failure.at < timedelta(minutes=1)
    assert failure.reason.startswith("chat.postMessage: channel_not_found, reference ")
    assert database.jobs.failed("T2") == ()
    assert database.jobs.failed() == (failure,)


def test_the_reason_of_a_bug_is_its_kind_without_peoples_words(database: Database) -> None:
    (failure,) = given_up(database, Noted(*(ValueError("what Ana wrote") for _ in range(3))))
    assert failure.reason.startswith("ValueError, reference ")


def test_what_was_given_up_is_done_when_it_is_tried_once_more(database: Database) -> None:
    note = Noted(GiveUp("not_in_channel"))
    (failure,) = given_up(database, note)
    with running(database, note):
        assert database.jobs.retry(failure.id)
        note.wait_for("p1")
    assert database.jobs.failed() == ()
    assert not database.jobs.retry(failure.id)


def test_what_was_given_up_and_dropped_is_gone(database: Database) -> None:
    (failure,) = given_up(database, Noted(GiveUp("not_in_channel")))
    assert database.jobs.drop(failure.id)
    assert (database.jobs.failed(), database.jobs.retry(failure.id)) == ((), False)


def test_a_job_that_is_not_given_up_can_be_neither_retried_nor_dropped(database: Database) -> None:
    later(database, "p1")
    (job,) = database.jobs.waiting()
    assert (database.jobs.retry(job.id), database.jobs.drop(job.id)) == (False, False)
    assert waiting(database) == [("tests.note", "T1", "p1")]


# --- in turn ---


class Crowd:
    """A job that notes how many of its kind were under way at once, in each workspace and in all."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.most = 0
        self.most_in_all = 0
        self._under_way: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, workspace: str, subject: str) -> None:
        with self._lock:
            self._under_way.append(workspace)
            self.most = max(self.most, self._under_way.count(workspace))
            self.most_in_all = max(self.most_in_all, len(self._under_way))
        time.sleep(0.2)
        with self._lock:
            self._under_way.remove(workspace)
            self.done.append(subject)


def test_jobs_in_turn_are_done_one_at_a_time_in_each_workspace_and_side_by_side_in_all(
    database: Database,
) -> None:
    crowd = Crowd()
    with database.begin() as store:
        for subject in ("1", "2", "3"):
            for workspace in ("T1", "T2"):
                store.later("tests.note", workspace, subject, in_turn=True)
    assert [job.in_turn for job in database.jobs.waiting()] == [True] * 6
    with running(database, crowd):
        wait_until(lambda: len(crowd.done) == 6)
    assert (crowd.most, crowd.most_in_all) == (1, 2)
    assert crowd.done == sorted(crowd.done)


def test_a_job_in_turn_that_was_given_up_is_done_in_turn_again(database: Database) -> None:
    note = Noted(GiveUp("not_in_channel"))
    with running(database, note):
        with database.begin() as store:
            store.later("tests.note", "T1", "p1", in_turn=True)
        wait_until(lambda: waiting(database) == [])
    (failure,) = database.jobs.failed()
    assert database.jobs.retry(failure.id)
    assert [job.in_turn for job in database.jobs.waiting()] == [True]

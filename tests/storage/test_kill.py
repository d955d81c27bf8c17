"""A process that is killed while it does a job: the next one does it, and what was done counts once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from storage import Database
from tests.storage.test_durable import wait_until
from tests.storage.test_polls import LUNCH, keep, tallies


@contextmanager
def doing_jobs(url: str, how: str) -> Iterator[None]:
    """Run a process from its first word to its death."""
    command = [sys.executable, "-m", "tests.storage.jobs_to_do", url, how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"counted\n"
        yield
        process.kill()


def test_a_job_that_was_cut_off_is_done_by_the_next_process_and_counts_once(
    database: Database, database_url: str
) -> None:
    with database.begin() as store:
        store.polls.create(LUNCH, "trigger 1", None)
        store.later("tests.count", "T1", "UBEN")
    with doing_jobs(database_url, "begin"):
        assert tallies(database) == ((1, 0, 0), 1)
    assert [job.subject for job in database.jobs.waiting()] == ["UBEN"]
    with doing_jobs(database_url, "finish"):
        wait_until(lambda: database.jobs.waiting() == ())
    assert tallies(database) == ((1, 0, 0), 1)


def test_a_process_killed_after_each_of_many_jobs_loses_none(database: Database, database_url: str) -> None:
    keep(database, LUNCH)
    for number in range(3):
        with database.begin() as store:
            store.later("tests.count", "T1", f"U{number}")
        with doing_jobs(database_url, "begin"):
            pass
    with doing_jobs(database_url, "finish"):
        wait_until(lambda: database.jobs.waiting() == ())
    assert tallies(database) == ((3, 0, 0), 3)

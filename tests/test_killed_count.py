"""A process that is killed while it counts sealed answers leaves what the next one brings to its end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.closing import TEAM, count_all, is_exact, prepare
from storage import Database, connect
from tests.conftest import SECRET

ROOT = Path(__file__).parent.parent
PEOPLE, QUESTIONS = 200, 5

COUNTING = """
import sys
from bench.closing import count_all
from storage import connect

count_all(connect(sys.argv[1], secret=sys.argv[2]))
"""


def boxes_left(database: Database) -> int:
    with database.reading() as store:
        return len(store.sealed.waiting(TEAM, "r1"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such death")
def test_a_count_that_is_killed_in_the_middle_ends_exact_and_without_keys(database_url: str) -> None:
    database = connect(database_url, secret=SECRET)
    prepare(database, PEOPLE, QUESTIONS)
    counting = subprocess.Popen([sys.executable, "-c", COUNTING, database_url, SECRET], cwd=ROOT)
    until = time.monotonic() + 30
    while not 0 < boxes_left(database) < PEOPLE:
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(counting.pid, signal.SIGKILL)
    assert counting.wait(10) == -signal.SIGKILL
    assert 0 < boxes_left(database) < PEOPLE
    count_all(database)
    assert is_exact(database, PEOPLE, QUESTIONS)
    assert database.left_sealed() == ()
    assert boxes_left(database) == 0
    database.close()

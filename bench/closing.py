"""How long a voter waits while another survey's 20,000 sealed responses are counted after its close.

On SQLite and on PostgreSQL; the same voter's wait without a count comes first.
"""

import argparse
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median

from bench.idle import a_database
from slack_app.kit.context import Afterwards, Tools
from slack_app.kit.counting import count
from slack_app.kit.slack import Slack
from storage import Boxed, Database, Mixed, Store, connect
from surveys.anonymity import Level, Privacy
from surveys.options import asked as offered
from surveys.polls import Ballot, Poll
from surveys.questions import Given, Kind, Question
from surveys.survey import Page, Round, Survey

TEAM = "T0BENCH"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PAUSE_SECONDS = 0.05
QUIET_SECONDS = 10.0
GOAL_SECONDS = 0.3
AT_ONCE = 200


def prepare(database: Database, people: int, questions: int) -> None:
    """Keep a poll with names hidden, and a sealed survey that so many people answered, closed."""
    asked = tuple(Question(f"q{number:02}", Kind.RATING, "How good?") for number in range(questions))
    survey = Survey("s1", TEAM, "U0ANA", "How are we?", "", "en", (Page("", asked),))
    closes = NOW + timedelta(days=7)
    sealed = Privacy(Level.ANONYMOUS)
    with database.begin() as store:
        store.polls.create(
            Poll("p1", TEAM, "U0ANA", "C1", "Lunch?", offered(("Soup", "Salad")), "en", NOW), "p1", None
        )
        store.surveys.create(
            Round("r1", survey, "C1", NOW, closes, privacy=sealed, is_counted=False), "r1", None
        )
        store.sealed.begin(TEAM, "r1")
    for start in range(0, people, AT_ONCE):
        with database.begin() as store:
            for number in range(start, min(start + AT_ONCE, people)):
                _answer(store, f"{TEAM}:U{number}", questions, number)
    with database.begin() as store:
        store.surveys.close(TEAM, "r1", closes)
        store.sealed.close(TEAM, "r1")


def _answer(store: Store, person: str, questions: int, number: int) -> None:
    answers = {
        f"q{question:02}": (Given(number=1 + (number + question) % 5),) for question in range(questions)
    }
    token = store.sealed.token(TEAM, "r1", person)
    if token is not None:
        store.sealed.keep(TEAM, "r1", token, Boxed(answers, is_complete=True))


class Voter:
    """Changes a vote every now and then, and notes how long each change took."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stopping = threading.Event()
        self.waits: list[float] = []

    @contextmanager
    def voting(self) -> Iterator[None]:
        thread = threading.Thread(target=self._vote)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join()

    def _vote(self) -> None:
        option = 0
        while not self._stopping.wait(PAUSE_SECONDS):
            option = 1 - option
            since = time.perf_counter()
            with self._database.begin() as store:
                before = store.polls.ballot(TEAM, "p1", f"{TEAM}:U0BEN")
                store.polls.cast(TEAM, "p1", f"{TEAM}:U0BEN", before, Ballot((option,), NOW))
            self.waits.append(time.perf_counter() - since)


def count_all(database: Database) -> float:
    """Count the survey as its job does; return the seconds that takes."""
    slack = Slack("xoxb-bench", "http://127.0.0.1:9/api/")
    tools = Tools(database, slack, lambda: NOW, TEAM, threading.Event(), Afterwards())
    since = time.perf_counter()
    count(TEAM, "r1", tools, _put)
    return time.perf_counter() - since


def _put(store: Store, batch: Sequence[Mixed]) -> None:
    store.responses.put(TEAM, "r1", batch, NOW.replace(hour=0))


def is_exact(database: Database, people: int, questions: int) -> bool:
    with database.begin() as store:
        tallies = store.responses.tallies(TEAM, "r1")
    return len(tallies) == questions and {tally.people for tally in tallies.values()} == {people}


def measure(url: str, people: int, questions: int) -> tuple[list[float], list[float], float, bool]:
    """Return the voter's waits without a count and during one, its seconds, and whether it was exact."""
    writer, database = connect(url), connect(url, secret="the master key of a measurement")  # noqa: S106 (made up)
    database.migrate()
    prepare(database, people, questions)
    alone, beside = Voter(writer), Voter(writer)
    with alone.voting():
        time.sleep(QUIET_SECONDS)
    with beside.voting():
        seconds = count_all(database)
    exact = is_exact(database, people, questions)
    for each in (writer, database):
        each.close()
    return alone.waits, beside.waits, seconds, exact


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--questions", type=int, default=60)
    chosen = options.parse_args()
    is_good = True
    for name in ("SQLite", "PostgreSQL"):
        with a_database(postgres=name == "PostgreSQL") as url:
            alone, beside, seconds, exact = measure(url, chosen.people, chosen.questions)
        is_good = is_good and exact and max(beside) < GOAL_SECONDS
        print(
            f"{name:<10} {chosen.people} responses of {chosen.questions} answers in {seconds:.1f} s",
            flush=True,
        )
        for what, waits in (("alone", alone), ("beside", beside)):
            shown = f"median {median(waits) * 1000:.1f} ms, worst {max(waits) * 1000:.0f} ms"
            print(f"  {what:<8} {shown} of {len(waits)} votes", flush=True)
        print(f"  ratio    {median(beside) / median(alone):.1f} of medians; exact: {exact}", flush=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""What a redraw reads of a ranking with 10,000 orders of ten places, beside a choice with as many votes."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from slack_app.kit.words import words
from slack_app.polls import blocks, outcomes
from storage import Database, Mixed, connect
from surveys.options import asked
from surveys.polls import Poll
from surveys.questions import Given
from surveys.ranking import MOST_PLACES
from surveys.seeing import PollKind

OPTIONS = 40
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CHOICE = Poll("choice", "T1", "UANA", "C1", "Lunch?", asked(map(str, range(OPTIONS))), "en", NOON)
RANKING = replace(CHOICE, id="ranking", kind=PollKind.RANKING, most=0)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--voters", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args()
    with filled(chosen.voters) as database:
        rounds = [[seconds(database, poll) for poll in (CHOICE, RANKING)] for _ in range(chosen.rounds)]
    for name, own in zip(("choice", "ranking"), zip(*rounds, strict=True), strict=True):
        print(f"{name}: {statistics.median(own) * 1000:.0f} ms of CPU a redraw, with {chosen.voters} voters")
    return 0


@contextmanager
def filled(voters: int) -> Iterator[Database]:
    """A database with both polls, closed and full."""
    chance = random.Random(1)  # noqa: S311 orders that are the same each time
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{Path(folder, 'ranking.db')}")
        database.migrate()
        for poll, most in ((CHOICE, 1), (RANKING, MOST_PLACES)):
            batch = [Mixed(f"{each:032x}", {"": _order(chance, most)}) for each in range(voters)]
            with database.begin() as store:
                store.polls.create(poll, poll.id, None)
                store.polls.put_ballots("T1", poll.id, batch)
                store.polls.counted("T1", poll.id)
        yield database
        database.close()


def _order(chance: random.Random, most: int) -> tuple[Given, ...]:
    picked = chance.sample(range(OPTIONS), most)
    return tuple(Given(choice=number, number=place) for place, number in enumerate(picked))


def seconds(database: Database, poll: Poll) -> float:
    """Return the CPU time of reading how a poll stands and drawing its message."""
    return _timed(lambda: blocks.poll_message(outcomes.results(database, "T1", poll.id), words("en")))


def _timed(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


if __name__ == "__main__":
    raise SystemExit(main())

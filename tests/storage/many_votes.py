"""A process that votes: `python -m tests.storage.many_votes URL FIRST LAST`, a voter each number."""

import sys

from storage import Busy, Database, connect
from surveys.ballots import click
from surveys.polls import Ballot
from tests.storage.test_polls import NOON


def vote(database: Database, voter: str, option: int) -> bool:
    """Click once by the real rule; False when the database was busy and nothing was kept."""
    try:
        with database.begin() as store:
            store.polls.lock("T1", "p1")
            before = store.polls.ballot("T1", "p1", voter)
            chosen, _ = click(before, option, NOON)
            store.polls.cast("T1", "p1", voter, before, Ballot(chosen, NOON, voter))
    except Busy:
        return False
    return True


def main(url: str, first: int, last: int) -> None:
    database = connect(url, wait_seconds=20)
    kept = [vote(database, f"T1:U{number}", number % 3) for number in range(first, last)]
    database.close()
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

"""A process that takes calls: `python -m tests.storage.many_takes URL TIMES`; it prints how many it got."""

import sys

from storage import Database, Pace, connect
from tests.storage.test_polls import NOON

TIER = Pace(at_once=20, a_second=0.5)


def take(database: Database, times: int) -> int:
    """Ask for a call so many times, all at the same moment; return how many were given."""
    given = 0
    for _ in range(times):
        with database.begin() as store:
            given += store.budgets.take("T1", "chat.update", NOON, TIER).calls
    return given


def main(url: str, times: int) -> None:
    database = connect(url, wait_seconds=20)
    print(take(database, times))
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""A process that votes and waits before it keeps the vote: `python -m tests.storage.half_a_vote URL`."""

import sys

from storage import connect
from surveys.polls import Ballot
from tests.storage.test_polls import BEN, NOON

if __name__ == "__main__":
    database = connect(sys.argv[1])
    with database.begin() as store:
        store.polls.lock("T1", "p1")
        store.polls.cast("T1", "p1", BEN, Ballot(), Ballot((2,), NOON))
        print("voted, not yet kept", flush=True)
        sys.stdin.read()

"""A process that does jobs until it is killed: `python -m tests.storage.jobs_to_do URL begin|finish`.

A job counts a vote for its subject. One that is only to begin says that it has, and never ends.
"""

import os
import sys
import time

from storage import Engine, Executing, connect
from tests.storage.many_votes import vote


def main(url: str, how: str) -> None:
    database = connect(url, wait_seconds=20)

    def count(workspace: str, subject: str) -> None:
        assert vote(database, f"{workspace}:{subject}", 0)
        os.write(1, b"counted\n")  # whole: two jobs may say so at once
        if how == "begin":
            time.sleep(600)

    Engine(database, {"tests.count": count}, lambda: None, Executing("main")).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

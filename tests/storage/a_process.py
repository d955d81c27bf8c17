"""A process among several that do jobs: `python -m tests.storage.a_process URL ID JOB,JOB`.

It says a line for each thing it does. Its stdin takes `ticks MOMENT`: the 48 minutes after that one are due.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from storage import Engine, Executing, Rhythm, Taken, connect
from storage.durable import MOST_CRASHES
from storage.jobs import TICK

RHYTHM = Rhythm(beat_seconds=0.5, silent_seconds=3.0)
PARTS = 20


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")  # at once: other threads speak too
    sys.stdout.flush()


def main(url: str, executor: str, names: str) -> None:
    database = connect(url, wait_seconds=20)

    def quick(_workspace: str, subject: str) -> None:
        say("begun", subject)
        time.sleep(0.1)
        say("done", subject)

    def long(_workspace: str, subject: str) -> None:
        for part in range(PARTS):
            say("begun" if part == 0 else "part", subject)
            engine.rest(0.25)
        say("done", subject)

    def deadly(_workspace: str, subject: str) -> None:
        say("begun", subject)
        os.kill(os.getpid(), signal.SIGKILL)

    known: dict[str, Callable[[str, str], None]] = {
        "tests.quick": quick,
        "tests.new": quick,
        "tests.long": long,
        "tests.deadly": deadly,
    }
    jobs = {name: known[name] for name in names.split(",")}
    me = Executing(executor, "work", is_ours=False)
    most_crashes = 2 if "tests.deadly" in jobs else MOST_CRASHES
    engine = Engine(database, jobs, lambda: say("tick"), me, RHYTHM, most_crashes)
    try:
        engine.start()
    except Taken:
        say("taken")
        return
    say("ready")
    for line in sys.stdin:
        since = datetime.fromisoformat(line.split()[1])
        database.jobs.client().backfill_schedule(TICK, since, since + timedelta(minutes=48, seconds=1))
    engine.stop()
    say("stopped")


if __name__ == "__main__":
    main(*sys.argv[1:])

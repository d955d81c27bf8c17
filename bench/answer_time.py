"""How long the app takes to answer a command, a vote and a form, beside a no-op Bolt app of the stock kind.

Both run on waitress in processes of their own and are asked in turns, A B A B, by signed HTTP.
"""

import argparse
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from bench import _signed
from bench._processes import Server, serving

OPTIONS = 4


@dataclass(slots=True)
class Timing:
    """Seconds a call and processor seconds a round, of one server for one kind of call."""

    calls: list[float] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def line(self) -> str:
        cpu = sum(self.cpu) / len(self.calls) * 1000
        middle, worst = median(self.calls) * 1000, max(self.calls) * 1000
        return f"median {middle:6.2f} ms, worst {worst:6.1f} ms, CPU {cpu:5.2f} ms a call"


Bodies = Iterator[str]


def commands(reply_url: str) -> Bodies:
    for number in count():
        text = f'"Where shall we meet, round {number}?" "Café de la Paix" "The library" "Online"'
        yield _signed.command(text, reply_url, f"U{number % 100:04}")


def votes(reply_url: str, poll: str) -> Bodies:
    """A hundred voters, each of whom votes and then changes the vote, again and again."""
    for number in count():
        voter, option = number // 2 % 100, number % OPTIONS
        yield _signed.click(f"polls.vote:{option}", poll, reply_url, f"U{voter:04}")


def submissions(_reply_url: str) -> Bodies:
    for number in count():
        yield _signed.submission(f"Where shall we meet, form {number}?", "A\nB\nC", f"U{number % 100:04}")


def measure(server: Server, caller: _signed.Caller, bodies: Bodies, calls: int, timing: Timing) -> None:
    before = server.cpu_seconds()
    took = [caller.send(next(bodies)) for _ in range(calls)]
    timing.calls += took
    timing.rounds.append(median(took))
    timing.cpu.append(server.cpu_seconds() - before)


def compare(name: str, servers: Mapping[str, tuple[Server, Bodies]], rounds: int, calls: int) -> None:
    """Ask the two servers in turns and print how they did, and the first one's ratio to the second."""
    callers = {label: _signed.Caller(server.port) for label, (server, _) in servers.items()}
    timings = {label: Timing() for label in servers}
    for turn in range(rounds + 1):
        for label, (server, bodies) in servers.items():
            kept = timings[label] if turn else Timing()  # the first round warms both up
            measure(server, callers[label], bodies, calls, kept)
    for caller in callers.values():
        caller.close()
    report(name, timings)


def report(name: str, timings: dict[str, Timing]) -> None:
    for label, timing in timings.items():
        print(f"{name:8} {label:12} {timing.line()}", flush=True)
    first, second = timings.values()
    wall = median(a / b for a, b in zip(first.rounds, second.rounds, strict=True))
    cpu = sum(first.cpu) / sum(second.cpu)
    print(f"{name:8} {'ratio':12} wall {wall:.2f} (median of the rounds), CPU {cpu:.2f}", flush=True)


def kept(file: Path) -> None:
    """Show that the app did its work: each command and form made a poll, each voter holds a vote."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        polls, votes = (
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
            for table in ("polls", "votes")
        )
    print(f"In the database: {polls} polls, {votes} votes.")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--calls", type=int, default=20, help="calls of each kind in a round")
    options.add_argument("--worker", action="store_true", help="let the worker draw in the same process")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run("palabre-whole" if chosen.worker else "palabre", Path(folder), chosen.rounds, chosen.calls)
    return 0


def run(kind: str, folder: Path, rounds: int, calls: int) -> None:
    file = folder / "bench.db"
    with serving("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/api/"
        reply_url = f"http://127.0.0.1:{slack.port}/response/1"
        with serving("stock", api) as stock, serving(kind, api, str(file)) as ours:
            poll = ours.said["poll"]
            print(f"{rounds * calls} calls of each kind, in {rounds} rounds of {calls}", flush=True)
            kinds: dict[str, Callable[[], Bodies]] = {
                "command": lambda: commands(reply_url),
                "vote": lambda: votes(reply_url, poll),
                "submit": lambda: submissions(reply_url),
            }
            for name, bodies in kinds.items():
                pair = {"Palabre": (ours, bodies()), "no-op Bolt": (stock, bodies())}
                compare(name, pair, rounds, calls)
            kept(file)


if __name__ == "__main__":
    raise SystemExit(main())

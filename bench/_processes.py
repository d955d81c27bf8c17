"""Servers in processes of their own, and the processor time they use."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@dataclass(frozen=True, slots=True)
class Server:
    """A server of this run. said: what it printed once it was ready."""

    pid: int
    port: int
    said: dict[str, str]

    def cpu_seconds(self) -> float:
        """Return the processor time of the process and its children so far, from /proc."""
        return sum(_cpu_seconds(pid) for pid in (self.pid, *_children(self.pid)))


@contextmanager
def serving(kind: str, *words: str) -> Iterator[Server]:
    """Start `python -m bench._serving KIND`, wait until it is ready, and stop it at the end."""
    plain = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench._serving", kind, *words],
        stdout=subprocess.PIPE,
        env=plain,
        cwd=ROOT,
        text=True,
    )
    try:
        yield _ready(process, kind)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _ready(process: "subprocess.Popen[str]", kind: str) -> Server:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise SystemExit(f"The {kind} server did not start; what it says above is the reason.")
    said = json.loads(line)
    return Server(process.pid, int(said["port"]), said)


def _cpu_seconds(pid: int) -> float:
    # The name of the program, in brackets, may hold blanks: count from behind it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND


def _children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for found in lists for child in found.read_text().split()]

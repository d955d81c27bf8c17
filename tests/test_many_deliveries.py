"""Thousands are asked: nobody is forgotten when processes are killed, and Slack's pace is kept and used.

Counted by the playground, not by our own books. `--long` asks more people and kills more often.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from slack_app.authoring import service
from slack_app.authoring.service import Wish
from slack_app.delivery import jobs
from slack_app.delivery.sending import CALL
from slack_app.kit.incoming import Who
from slack_app.playground.people import Channel, User
from slack_app.playground.server import Playground
from slack_app.playground.workspace import BOT_USER, TEAM_ID
from slack_app.settings import MANIFEST
from storage import Database, connect
from surveys.survey import Round
from surveys.templates import template
from tests.stories.conftest import standing
from tests.stories.test_asking_each import newest_job
from tests.stories.town import Town

CROWD = "C0CROWD"
ANA = Who(TEAM_ID, TEAM_ID, "U0ANA")
STUCK_SECONDS = 120.0
DICE = random.SystemRandom()


def crowd(playground: Playground, people: int) -> None:
    """Fill a channel with so many people."""
    workspace = playground.workspace
    users = [User(f"U0P{number:05}", f"p{number}", f"Person {number}") for number in range(people)]
    workspace.users |= {user.id: user for user in users}
    workspace.channels[CROWD] = Channel(CROWD, "crowd", members={BOT_USER, *(user.id for user in users)})


def launch(database: Database, now: datetime) -> Round:
    """Have each member of the channel asked."""
    closes_at = now + timedelta(days=7)
    wish = Wish("How are we doing?", "en", CROWD, closes_at, origin="V1", asks_each=True)
    return service.launch(database, ANA, template("event_feedback", "en"), wish, now)


def asked(playground: Playground) -> Counter[str]:
    """How often each person was asked."""
    with playground.workspace.lock:
        talks = [each for each in playground.workspace.channels.values() if each.kind == "im"]
    numbers: Counter[str] = Counter()
    for talk in talks:
        messages = playground.workspace.messages(talk.id)
        (user,) = talk.members - {BOT_USER}
        numbers[user] += sum("Survey by" in each.text for each in messages)
    return +numbers


# --- nobody is forgotten ---


def test_killed_again_and_again_everybody_is_asked_and_nobody_twice_without_a_kill(
    database: Database, database_url: str, backend: str, is_long: bool
) -> None:
    people, kills = (2000, 20) if is_long else (80, 2)
    processes = 3 if backend == "postgres" and is_long else 1
    with Playground(None, manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))) as playground:
        crowd(playground, people)
        launched = launch(database, datetime.now(UTC))
        with Workers(playground, database_url, processes) as workers:
            for moment in sorted(DICE.sample(range(1, people), kills)):
                until_asked(playground, moment)
                time.sleep(DICE.uniform(0, 0.1))
                workers.kill_one()
            until_asked(playground, people)
            until_done(database, launched)
        numbers = asked(playground)
    twice = sum(numbers.values()) - people
    print(f"{backend}: {people} asked, {kills} kills, {processes} processes, {twice} twice")
    assert len(numbers) == people
    assert twice <= kills
    with database.begin() as store:
        assert store.deliveries.progress(TEAM_ID, launched.id).sent == people


class Workers:
    """Processes of `palabre work` that can be killed, each started again under its own name."""

    def __init__(self, playground: Playground, database_url: str, processes: int) -> None:
        self._settings = {
            "SLACK_BOT_TOKEN": playground.bot_token,
            "SLACK_SIGNING_SECRET": playground.signing_secret,
            "SLACK_API_URL": playground.api_url,
            "PALABRE_DATABASE_URL": database_url,
            "PALABRE_LOG_LEVEL": "ERROR",
        }
        self._running = {f"worker-{number}": self._start(f"worker-{number}") for number in range(processes)}

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "slack_app", "work"]
        environment = os.environ | self._settings | {"PALABRE_WORKER_ID": name}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    @property
    def names(self) -> list[str]:
        return sorted(self._running)

    def kill_one(self) -> None:
        name = DICE.choice(self.names)
        self.kill(name)
        self.start_again(name)

    def kill(self, name: str) -> None:
        self._running[name].kill()
        self._running[name].wait()

    def tell_to_stop(self, name: str) -> int:
        """Stop one as a service manager does, and return its exit code."""
        self._running[name].terminate()
        return self._running[name].wait(30)

    def start_again(self, name: str) -> None:
        self._running[name] = self._start(name)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_fault: object) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()


def until_asked(playground: Playground, people: int) -> None:
    """Wait until so many were asked; give up when nobody is for two minutes."""
    so_far, since = -1, time.monotonic()
    while (now_asked := len(asked(playground))) < people:
        if now_asked > so_far:
            so_far, since = now_asked, time.monotonic()
        assert time.monotonic() - since < STUCK_SECONDS, f"stuck at {so_far} of {people}"
        time.sleep(0.02)


def until_done(database: Database, launched: Round) -> None:
    give_up = time.monotonic() + STUCK_SECONDS
    while True:
        with database.begin() as store:
            delivery = store.deliveries.find(TEAM_ID, launched.id)
        if delivery is not None and delivery.state == "done":
            return
        assert time.monotonic() < give_up, f"still {delivery}"
        time.sleep(0.1)


# --- Slack's pace ---


def test_slacks_pace_is_used_and_never_exceeded_and_its_wait_is_kept(
    sqlite_template: Path, tmp_path: Path, is_long: bool
) -> None:
    people = 10_000 if is_long else 350
    database = connect(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}")
    with standing(database, "http") as town:
        crowd(town.playground, people)
        town.playground.clock.stand_still()
        launched = launch(town.database, datetime.fromtimestamp(town.playground.clock.now(), UTC))
        jobs.invite(TEAM_ID, launched.id, town.palabre.tools)
        held_at, refused = ask_all(town, launched, hold_after=people * 4 // 5)
        at = sorted(moments(town))
    database.close()
    assert len(at) == people
    assert refused == Counter({f"{CALL} ratelimited": 1})
    before, after = [one for one in at if one < held_at], [one for one in at if one > held_at]
    assert after[0] > held_at + 30
    allowed_before = 300 + 5 * (before[-1] - before[0])
    allowed_after = 1 + 5 * (after[-1] - held_at - 30)
    share = people / (allowed_before + allowed_after)
    print(f"{people} asked in {at[-1] - at[0] - 30:.0f} s and a wait: {share:.1%} of what the tiers allow")
    assert share >= 0.95


def ask_all(town: Town, launched: Round, hold_after: int) -> tuple[float, Counter[str]]:
    """Do one batch after the other, the clock moved where a job would wait; once Slack says: wait 30 s.

    Returns when it said so, and what it refused in all.
    """
    clock, held_at = town.playground.clock, 0.0
    tools = replace(town.palabre.tools, rest=clock.move)
    refused: Counter[str] = Counter()
    last = 0
    while delivery(town, launched) == "running":
        if not held_at and len(asked(town.playground)) >= hold_after:
            town.playground.faults.next(CALL, "429:30")
            held_at = clock.now()
        jobs.send(TEAM_ID, newest_job(town).subject, tools)
        town.palabre.worker.redraw()
        last, more = refused_since(town, last)
        refused += more
        clock.move(wait_seconds(town))
    return held_at, refused


def delivery(town: Town, launched: Round) -> str | None:
    with town.database.begin() as store:
        found = store.deliveries.find(TEAM_ID, launched.id)
    return None if found is None else found.state


def refused_since(town: Town, number: int) -> tuple[int, Counter[str]]:
    """What Slack refused after one of the happenings, and the number of the last."""
    with town.playground.workspace.lock:
        new = [each for each in town.playground.workspace.happenings if each.number > number]
    said = [each.summary.removeprefix("Palabre called ") for each in new if "refused, " in each.summary]
    return max([number, *(each.number for each in new)]), Counter(
        one.replace(": refused,", "") for one in said
    )


def wait_seconds(town: Town) -> float:
    """How long the next batch waits."""
    newest = newest_job(town)
    left = (newest.due or newest.added) - datetime.now(UTC)
    return max(left.total_seconds(), 0.0)


def moments(town: Town) -> Iterator[float]:
    """When each message was posted that asks somebody."""
    for talk in town.playground.workspace.channels.values():
        if talk.kind == "im":
            messages = town.playground.workspace.messages(talk.id)
            yield from (float(each.ts) for each in messages if "Survey by" in each.text)

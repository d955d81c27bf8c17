"""What takes minutes, so with `--long` only: reports due while processes are killed, and a death for good."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from slack_app.playground.people import Channel
from slack_app.playground.server import Playground
from slack_app.playground.workspace import BOT_USER, TEAM_ID
from slack_app.settings import MANIFEST
from storage import Database
from surveys.schedule import Schedule
from tests.test_many_deliveries import DICE, Workers, asked, crowd, launch, until_asked

pytestmark = pytest.mark.long

RUNS, KILLS = 20, 20
SPREAD_SECONDS = 9.0
PATIENCE_SECONDS = 400.0


def channel(number: int) -> str:
    return f"C0RUN{number:03}"


def wish_reports(database: Database, playground: Playground, now: datetime) -> None:
    """Have each of many channels wish its report, one after the other within the next minutes."""
    for number in range(RUNS):
        name = channel(number)
        playground.workspace.channels[name] = Channel(name, name.lower(), members={BOT_USER, "U0ANA"})
        due = now + timedelta(seconds=20 + number * SPREAD_SECONDS)
        rule = f"FREQ=DAILY;BYHOUR={due.hour};BYMINUTE={due.minute};BYSECOND=0"
        with database.begin() as store:
            store.schedules.put(
                Schedule(f"s{number}", TEAM_ID, name, "U0ANA", "en", rule, "UTC", next_run=due)
            )


def reported(playground: Playground) -> Counter[str]:
    """How many reports each channel has."""
    with playground.workspace.lock:
        return +Counter(
            {
                channel(number): sum(each.app for each in playground.workspace.messages(channel(number)))
                for number in range(RUNS)
            }
        )


def test_each_channel_has_its_report_though_processes_are_killed(
    database: Database, database_url: str, backend: str
) -> None:
    with Playground(None, manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))) as playground:
        wish_reports(database, playground, datetime.now(UTC))
        with Workers(playground, database_url, 3 if backend == "postgres" else 1) as workers:
            give_up = time.monotonic() + PATIENCE_SECONDS
            kills = 0
            while len(reported(playground)) < RUNS:
                time.sleep(DICE.uniform(5, 15))
                if kills < KILLS:
                    workers.kill_one()
                    kills += 1
                assert time.monotonic() < give_up, f"only {reported(playground)}"
            time.sleep(5)
        numbers = reported(playground)
    twice = sum(numbers.values()) - RUNS
    print(f"{backend}: {RUNS} reports, {kills} kills, {twice} twice")
    assert twice <= kills


def test_one_dies_for_good_and_the_others_finish_within_ninety_seconds(
    database: Database, database_url: str, backend: str
) -> None:
    if backend == "sqlite":
        pytest.skip("one process does the work on SQLite")
    people = 2000
    with Playground(None, manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))) as playground:
        crowd(playground, people)
        launch(database, datetime.now(UTC))
        with Workers(playground, database_url, 3) as workers:
            until_asked(playground, 10)
            for name in workers.names:
                workers.kill(name)
                if (seconds := silence(playground)) > 10:
                    break
                workers.start_again(name)
    print(f"{backend}: the others went on after {seconds:.0f} s")
    assert 10 < seconds <= 90


def silence(playground: Playground) -> float:
    """How long nobody is asked, from now on."""
    before, since = len(asked(playground)), time.monotonic()
    while len(asked(playground)) <= before + 2:
        assert time.monotonic() - since < PATIENCE_SECONDS
        time.sleep(0.1)
    return time.monotonic() - since

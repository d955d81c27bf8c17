"""Reports come though processes are killed while they see to them, and the work of one that dies goes on.

Counted by the playground, not by our own books. `--long` has more runs and kills, and a death for good.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import yaml

from slack_app.playground.people import Channel
from slack_app.playground.server import Playground
from slack_app.playground.workspace import BOT_USER, TEAM_ID
from slack_app.settings import MANIFEST
from storage import Database
from storage.jobs import TICK
from surveys.schedule import Schedule
from tests.stories.test_survives_kills import until
from tests.test_many_deliveries import DICE, Workers, asked, crowd, launch, until_asked

ON_BOTH_FOR_LONG = pytest.mark.parametrize(
    "backend", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)], indirect=True
)
LONGEST_LOOK_SECONDS = 2.5
"""From a minute's beginning to its report where nobody is killed: two queues are looked at."""


@pytest.fixture
def playground() -> Iterator[Playground]:
    with Playground(None, manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))) as opened:
        yield opened


def wish_report(database: Database, playground: Playground, channel: str) -> None:
    """Have a channel wish a report every week, the first one now, and a minute begin."""
    playground.workspace.channels[channel] = Channel(channel, channel.lower(), members={BOT_USER, "U0ANA"})
    due = datetime.now(UTC) - timedelta(seconds=1)
    rule = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0"
    with database.begin() as store:
        store.schedules.put(Schedule(channel, TEAM_ID, channel, "U0ANA", "en", rule, "UTC", next_run=due))
    database.jobs.client().trigger_schedule(TICK)


def reports(playground: Playground, channel: str) -> int:
    with playground.workspace.lock:
        return sum(each.app for each in playground.workspace.messages(channel))


@ON_BOTH_FOR_LONG
def test_every_report_comes_though_a_process_is_killed_while_it_is_seen_to(
    playground: Playground, database: Database, database_url: str, backend: str, is_long: bool
) -> None:
    runs, processes = 20 if is_long else 2, 3 if backend == "postgres" else 1
    channels = [f"C0RUN{number:03}" for number in range(runs)]
    since, hit = time.monotonic(), 0
    with Workers(playground, database_url, processes) as workers:
        until(lambda: database.jobs.client().get_schedule(TICK), "minutes are known")
        for channel in channels:
            wish_report(database, playground, channel)
            time.sleep(DICE.uniform(0, LONGEST_LOOK_SECONDS))
            hit += reports(playground, channel) == 0
            workers.kill_one()
            until(partial(reports, playground, channel), f"{channel} has its report")
        until(lambda: not database.jobs.waiting(), "all is done")
        twice = sum(reports(playground, channel) for channel in channels) - runs
    seconds = time.monotonic() - since
    print(f"{backend}: {runs} runs, {runs} kills, {hit} before the report, {twice} twice, {seconds:.0f} s")
    assert twice <= runs


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_told_to_stop_a_process_ends_within_ten_seconds_and_leaves_its_work_to_the_next(
    playground: Playground, database: Database, database_url: str
) -> None:
    people = 400
    crowd(playground, people)
    launch(database, datetime.now(UTC))
    with Workers(playground, database_url, 1) as workers:
        until_asked(playground, 10)
        (working,) = sending(database)
        since = time.monotonic()
        assert workers.tell_to_stop(working) == 0
        assert time.monotonic() - since <= 20  # the promise, with a margin for a slow machine
        before = len(asked(playground))
        assert before < people
        workers.start_again(working)
        until_asked(playground, before + 1)
        numbers = asked(playground)
    assert sum(numbers.values()) == len(numbers)


@pytest.mark.long
@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_one_dies_for_good_and_the_others_finish_its_work_within_ninety_seconds(
    playground: Playground, database: Database, database_url: str
) -> None:
    people = 200
    crowd(playground, people)
    launch(database, datetime.now(UTC))
    with Workers(playground, database_url, 3) as workers:
        until_asked(playground, 10)
        (dead,) = sending(database)
        workers.kill(dead)
        died_at, before = time.monotonic(), len(asked(playground))
        assert sending(database) == [dead]
        until_asked(playground, before + 1)
        taken_up = time.monotonic() - died_at
        until_asked(playground, people)
        done = time.monotonic() - died_at
        numbers = asked(playground)
    twice = sum(numbers.values()) - people
    print(
        f"{before} of {people} asked, taken up after {taken_up:.0f} s, done after {done:.0f} s, {twice} twice"
    )
    assert done <= 90
    assert twice <= 1


def sending(database: Database) -> list[str]:
    """Who sends now."""
    return [job.executor for job in database.jobs.under_way() if job.name == "delivery.send"]

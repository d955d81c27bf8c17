"""Digests fall due: each once with two tickers, one late for all that were missed, none after the end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slack_app.kit.incoming import Who
from slack_app.reports import coming
from storage import Database
from surveys.recurring import LAST, End, Monthly, Recurring, Weekly, Yearly
from surveys.reports import Order

PARIS = ZoneInfo("Europe/Paris")
ANA = Who("T1", "T1", "U0ANA")
DAILY = Weekly((0, 1, 2, 3, 4, 5, 6), 2, 30, "Europe/Paris")
AN_HOUR = timedelta(hours=1)


def wish(database: Database, wished: Recurring, now: datetime, channel: str = "C1") -> str:
    """Have a channel's digests come, and return the schedule's id."""
    return coming.keep(database, ANA, channel, wished, "en", now).id


def orders(database: Database) -> list[Order]:
    """All digests that were ordered, the earliest first."""
    with database.begin() as store:
        ids = [job.subject for job in database.jobs.waiting() if job.name == "reports.post"]
        found = store.reports.find_all("T1", ids)
    return sorted(found, key=lambda order: order.asked_at)


def days(database: Database) -> list[str]:
    return [f"{order.asked_at.astimezone(PARIS):%Y-%m-%d}" for order in orders(database)]


def tick_all(database: Database, now: datetime) -> None:
    """Do what a minute brings: jobs are ordered, and those of the schedules done."""
    coming.order_runs(database, now)
    for job in database.jobs.waiting():
        if job.name == "reports.run":
            coming.run(database, job.workspace, job.subject, now)


def together(database: Database, now: datetime) -> None:
    """Let two tickers look at the same moment."""
    both = threading.Barrier(2)

    def tick(_: int) -> None:
        both.wait(20)
        tick_all(database, now)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(tick, range(2)))


@pytest.mark.parametrize(
    ("start", "dates"),
    [
        (
            datetime(2027, 3, 27, 0, tzinfo=UTC),
            ["2027-03-27", "2027-03-28", "2027-03-29"],
        ),
        (
            datetime(2026, 10, 24, 0, tzinfo=UTC),
            ["2026-10-24", "2026-10-25", "2026-10-26"],
        ),
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_two_tickers_order_each_night_once_whatever_the_clocks_do(
    database: Database, start: datetime, dates: list[str]
) -> None:
    wish(database, DAILY, start)
    for number in range(60):
        together(database, start + number * AN_HOUR)
    assert days(database) == dates
    assert not any(order.is_late for order in orders(database))


@pytest.mark.parametrize(
    ("wished", "following"),
    [
        (Weekly((0,), 9, 0, "Europe/Paris"), "2027-02-22 09:00"),
        (Weekly((0,), 9, 0, "Europe/Paris", every=2), "2027-02-22 09:00"),
        (DAILY, "2027-02-16 02:30"),
        (Monthly(31, 9, 0, "Europe/Paris"), "2027-02-28 09:00"),
        (Monthly(LAST, 9, 0, "Europe/Paris"), "2027-02-28 09:00"),
        (Yearly(11, 25, 9, 0, "Europe/Paris"), "2027-11-25 09:00"),
    ],
)
def test_a_machine_asleep_over_many_runs_makes_one_late(
    database: Database, wished: Recurring, following: str
) -> None:
    schedule_id = wish(database, wished, datetime(2026, 11, 24, 12, tzinfo=UTC))
    woken = datetime(2027, 2, 15, 12, tzinfo=UTC)
    together(database, woken)
    assert [order.is_late for order in orders(database)] == [True]
    kept = coming.wish(database, "T1", schedule_id)
    assert kept is not None
    assert f"{kept.next_run.astimezone(PARIS):%Y-%m-%d %H:%M}" == following


def test_a_machine_asleep_over_the_end_makes_one_late_and_none_after(database: Database) -> None:
    schedule_id = wish(
        database,
        Weekly((0,), 9, 0, "Europe/Paris", end=End(12, 31)),
        datetime(2026, 11, 24, 12, tzinfo=UTC),
    )
    tick_all(database, datetime(2027, 2, 15, 12, tzinfo=UTC))
    tick_all(database, datetime(2027, 3, 15, 12, tzinfo=UTC))
    assert [order.is_late for order in orders(database)] == [True]
    assert coming.wish(database, "T1", schedule_id) is None


def test_many_channels_are_each_ordered_once_by_two_tickers(database: Database) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    for number in range(20):
        wish(database, Weekly((2,), 9, 0, "Europe/Paris"), now, f"C{number:02}")
    together(database, now + timedelta(days=1))
    channels = sorted(order.channel for order in orders(database))
    assert channels == [f"C{number:02}" for number in range(20)]


def test_a_schedule_that_cannot_be_read_holds_up_no_other(database: Database) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    wish(database, Weekly((2,), 9, 0, "Europe/Paris"), now, "C1")
    strange = wish(database, Weekly((2,), 8, 0, "Europe/Paris"), now, "C2")
    with database.begin() as store:
        found = store.schedules.find("T1", strange)
        assert found is not None
        store.schedules.put(replace(found, rule="RRULE:FREQ=OFTEN"))
    coming.order_runs(database, now + timedelta(days=1))
    runs = [job for job in database.jobs.waiting() if job.name == "reports.run"]
    failed = [job.subject for job in runs if not succeeds(database, job.subject, now + timedelta(days=1))]
    assert failed == [strange]
    assert [order.channel for order in orders(database)] == ["C1"]


def succeeds(database: Database, schedule_id: str, now: datetime) -> bool:
    try:
        coming.run(database, "T1", schedule_id, now)
    except ValueError:
        return False
    return True

"""Reports are ordered once each; a channel has one schedule, and a run of it happens once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import Database
from surveys.reports import Order
from surveys.schedule import Schedule
from tests.storage.test_polls import NOON
from tests.storage.test_surveys import ROUND, launch

RESULTS = Order("o1", "T1", "C1", "UANA", "fr", NOON, round_id="r1")
DIGEST = Order("o2", "T1", "C1", "UANA", "en", NOON, schedule_id="d1", since=NOON, is_late=True)
WEEKLY = Schedule("d1", "T1", "C1", "UANA", "en", "FREQ=WEEKLY;BYDAY=MO", "Europe/Paris", NOON)
WEEK = timedelta(days=7)


def put(database: Database, *schedules: Schedule) -> None:
    with database.begin() as store:
        for schedule in schedules:
            store.schedules.put(schedule)


def of_channel(database: Database) -> Schedule | None:
    with database.begin() as store:
        return store.schedules.of_channel("T1", "C1")


def ordered(database: Database, report_id: str = "o2") -> Order | None:
    with database.begin() as store:
        return store.reports.find("T1", report_id)


def test_orders_come_back_as_they_were_made(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        assert store.reports.order(RESULTS)
        assert store.reports.order(DIGEST)
        assert store.reports.find("T1", "o1") == RESULTS
        assert store.reports.find("T1", "o2") == DIGEST
        assert store.reports.find("T1", "o3") is None


def test_the_same_order_twice_is_one_report(database: Database) -> None:
    with database.begin() as store:
        assert store.reports.order(DIGEST)
        assert not store.reports.order(replace(DIGEST, channel="C9"))
    assert ordered(database) == DIGEST


def test_a_report_on_a_round_that_is_not_here_is_kept_out(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin() as store:
        store.reports.order(RESULTS)


def test_a_report_goes_with_its_round_and_a_digest_stays(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        store.reports.order(RESULTS)
        store.reports.order(DIGEST)
        store.surveys.delete("T1", "r1")
    assert ordered(database, "o1") is None
    assert ordered(database, "o2") == DIGEST


def test_a_report_in_trouble_is_posted_anew_elsewhere(database: Database) -> None:
    with database.begin() as store:
        store.reports.order(DIGEST)
        store.reports.failed("T1", "o2", "not_in_channel")
    assert ordered(database) == replace(DIGEST, trouble="not_in_channel")
    with database.begin() as store:
        store.reports.retry("T1", "o2", "C2")
    assert ordered(database) == replace(DIGEST, channel="C2")
    with database.begin() as store:
        store.reports.posted("T1", "o2", "17.1")
    assert ordered(database) == replace(DIGEST, channel="C2", message="17.1")


def test_a_report_in_several_messages_keeps_how_far_it_is(database: Database) -> None:
    with database.begin() as store:
        store.reports.order(DIGEST)
        store.reports.posted("T1", "o2", "17.1", 6)
    assert ordered(database) == replace(DIGEST, message="17.1", told=6)
    with database.begin() as store:
        store.reports.followed("T1", "o2", 11)
        store.reports.followed("T2", "o2", 99)
    assert ordered(database) == replace(DIGEST, message="17.1", told=11)
    with database.begin() as store:
        store.reports.followed("T1", "o2", None)
    assert ordered(database) == replace(DIGEST, message="17.1")


def test_no_report_of_another_workspace_is_found_or_changed(database: Database) -> None:
    with database.begin() as store:
        store.reports.order(DIGEST)
        assert store.reports.find("T2", "o2") is None
        store.reports.posted("T2", "o2", "17.1")
        store.reports.failed("T2", "o2", "no")
        store.reports.retry("T2", "o2", "C9")
        assert store.reports.order(replace(DIGEST, workspace="T2"))
    assert ordered(database) == DIGEST


def test_a_schedule_comes_back_as_it_was_put(database: Database) -> None:
    with database.begin() as store:
        assert store.schedules.put(WEEKLY) == WEEKLY
        assert store.schedules.of_channel("T1", "C1") == WEEKLY
        assert store.schedules.find("T1", "d1") == WEEKLY
        assert store.schedules.of_channel("T1", "C2") is None
        assert store.schedules.find("T1", "d2") is None


def test_a_new_wish_of_a_channel_replaces_its_earlier_one(database: Database) -> None:
    put(database, WEEKLY)
    daily = replace(
        WEEKLY, id="d2", owner="UBEN", language="fr", rule="FREQ=DAILY", zone="UTC", next_run=NOON + WEEK
    )
    with database.begin() as store:
        assert store.schedules.advance(WEEKLY, NOON + WEEK, NOON)
        kept = store.schedules.put(daily)
    assert kept == replace(daily, id="d1", last_run=NOON, revision=2)
    assert of_channel(database) == kept


def test_a_wish_put_again_under_its_own_id_is_a_new_revision(database: Database) -> None:
    put(database, WEEKLY, replace(WEEKLY, channel="C2", id="d2"))
    put(database, WEEKLY)
    assert of_channel(database) == replace(WEEKLY, revision=2)


def test_a_channel_ends_its_digests(database: Database) -> None:
    put(database, WEEKLY, replace(WEEKLY, channel="C2", id="d2"))
    with database.begin() as store:
        assert store.schedules.delete("T1", "C1")
        assert not store.schedules.delete("T1", "C1")
        assert store.schedules.of_channel("T1", "C1") is None
        assert store.schedules.due(NOON) == (replace(WEEKLY, channel="C2", id="d2"),)


def test_what_is_due_in_any_workspace_comes_longest_due_first(database: Database) -> None:
    later = replace(WEEKLY, workspace="T2", next_run=NOON + timedelta(minutes=1))
    put(database, later, WEEKLY, replace(WEEKLY, id="d3", channel="C3", next_run=NOON + WEEK))
    with database.begin() as store:
        assert store.schedules.due(NOON - timedelta(seconds=1)) == ()
        assert store.schedules.due(NOON) == (WEEKLY,)
        assert store.schedules.due(NOON + timedelta(minutes=1)) == (WEEKLY, later)
        assert store.schedules.due(NOON + timedelta(minutes=1), most=1) == (WEEKLY,)


def test_a_run_happens_once(database: Database) -> None:
    put(database, WEEKLY)
    with database.begin() as store:
        assert store.schedules.advance(WEEKLY, NOON + WEEK, NOON)
        assert not store.schedules.advance(WEEKLY, NOON + WEEK, NOON)
        assert store.schedules.due(NOON) == ()
    assert of_channel(database) == replace(WEEKLY, next_run=NOON + WEEK, last_run=NOON)


def test_a_run_of_an_earlier_wish_moves_nothing(database: Database) -> None:
    put(database, WEEKLY)
    put(database, replace(WEEKLY, rule="FREQ=DAILY"))
    with database.begin() as store:
        assert not store.schedules.advance(WEEKLY, NOON + WEEK, NOON)
    assert of_channel(database) == replace(WEEKLY, rule="FREQ=DAILY", revision=2)


def test_a_schedule_ends_with_its_last_run_once(database: Database) -> None:
    put(database, WEEKLY, replace(WEEKLY, channel="C2", id="d2"))
    with database.begin() as store:
        assert not store.schedules.end(replace(WEEKLY, revision=2))
        assert not store.schedules.end(replace(WEEKLY, next_run=NOON + WEEK))
        assert store.schedules.end(WEEKLY)
        assert not store.schedules.end(WEEKLY)
        assert store.schedules.due(NOON) == (replace(WEEKLY, channel="C2", id="d2"),)
    assert of_channel(database) is None


def test_of_two_tickers_at_once_one_makes_each_run(database: Database) -> None:
    put(database, *(replace(WEEKLY, id=f"d{number}", channel=f"C{number}") for number in range(20)))
    together = threading.Barrier(2)

    def tick(_: int) -> list[str]:
        together.wait(20)
        with database.begin() as store:
            due = store.schedules.due(NOON)
            return [one.id for one in due if store.schedules.advance(one, NOON + WEEK, NOON)]

    with ThreadPoolExecutor(2) as threads:
        made = [schedule for ticker in threads.map(tick, range(2)) for schedule in ticker]
    assert sorted(made) == sorted(f"d{number}" for number in range(20))


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_what_one_ticker_is_at_another_passes_over(database: Database) -> None:
    put(database, WEEKLY)
    with database.begin() as store, database.begin() as other:
        assert store.schedules.due(NOON) == (WEEKLY,)
        assert other.schedules.due(NOON) == ()


def test_no_schedule_of_another_workspace_is_found_or_changed(database: Database) -> None:
    put(database, WEEKLY)
    theirs = replace(WEEKLY, workspace="T2", rule="FREQ=DAILY")
    with database.begin() as store:
        assert store.schedules.of_channel("T2", "C1") is None
        assert store.schedules.find("T2", "d1") is None
        assert not store.schedules.delete("T2", "C1")
        assert not store.schedules.advance(theirs, NOON + WEEK, NOON)
        assert store.schedules.put(theirs) == theirs
        assert store.schedules.delete("T2", "C1")
    assert of_channel(database) == WEEKLY

"""A reminder plans everybody who is asked, ends each row once, and keeps to its round and workspace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import Database
from surveys.reminding import Reminder
from tests.storage.test_polls import NOON
from tests.storage.test_surveys import ROUND, another, elsewhere, launch

FIRST, SECOND = Reminder(1, NOON, "click 1"), Reminder(2, NOON + timedelta(days=1), "click 2")
PEOPLE = ["UANA", "UBEN", "UCHLOE"]


@pytest.fixture
def begun(database: Database) -> Database:
    """Two rounds here and one of the same id elsewhere, the first with three people and a reminder."""
    launch(database, ROUND, another("r2"), elsewhere())
    with database.begin() as store:
        for workspace, round_id in (("T1", "r1"), ("T1", "r2"), ("T2", "r1")):
            store.surveys.invite(workspace, round_id, PEOPLE)
        store.reminders.begin("T1", "r1", FIRST)
    return database


def batch(database: Database, number: int = 1, most: int = 9) -> tuple[str, ...]:
    with database.begin() as store:
        return store.reminders.batch("T1", "r1", number, most)


def latest(database: Database, workspace: str = "T1", round_id: str = "r1") -> Reminder | None:
    with database.begin() as store:
        return store.reminders.latest(workspace, round_id)


def end(database: Database, user: str, number: int = 1) -> bool:
    with database.begin() as store:
        return store.reminders.end("T1", "r1", number, user)


def test_everybody_who_is_asked_has_a_row_in_the_order_of_their_ids(begun: Database) -> None:
    assert batch(begun) == ("UANA", "UBEN", "UCHLOE")
    assert batch(begun, most=2) == ("UANA", "UBEN")


def test_whoever_is_asked_later_is_in_the_next_one_alone(begun: Database) -> None:
    with begun.begin() as store:
        store.surveys.invite("T1", "r1", ["UDRISS"])
        store.reminders.begin("T1", "r1", SECOND)
    assert (len(batch(begun)), len(batch(begun, number=2))) == (3, 4)


def test_other_rounds_and_workspaces_are_left_alone(begun: Database) -> None:
    assert latest(begun, "T1", "r2") is None
    assert latest(begun, "T2", "r1") is None
    with begun.begin() as store:
        assert store.reminders.batch("T2", "r1", 1, 9) == ()
        assert not store.reminders.end("T2", "r1", 1, "UBEN")
        store.reminders.count("T2", "r1", 1, reminded=1)
    assert latest(begun) == Reminder(1, NOON, "click 1", left=3)


def test_a_row_ends_once(begun: Database) -> None:
    assert end(begun, "UBEN")
    assert not end(begun, "UBEN")
    assert not end(begun, "UNOBODY")
    assert batch(begun) == ("UANA", "UCHLOE")


def test_a_row_ends_once_whoever_is_at_it(begun: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        ended = list(threads.map(lambda _: end(begun, "UBEN"), range(8)))
    assert sorted(ended) == [False] * 7 + [True]


def test_what_slack_surely_did_not_take_comes_again(begun: Database) -> None:
    end(begun, "UBEN")
    with begun.begin() as store:
        store.reminders.put_off("T1", "r1", 1, "UBEN")
    assert batch(begun) == ("UANA", "UBEN", "UCHLOE")


def test_the_latest_one_is_told_with_what_has_come_of_it(begun: Database) -> None:
    end(begun, "UANA")
    end(begun, "UBEN")
    with begun.begin() as store:
        store.reminders.count("T1", "r1", 1, had_answered=1)
        store.reminders.count("T1", "r1", 1, reminded=1)
    assert latest(begun) == Reminder(1, NOON, "click 1", reminded=1, had_answered=1, left=1)
    with begun.begin() as store:
        store.reminders.begin("T1", "r1", SECOND)
        assert store.reminders.latest_of("T1", ["r1", "r2"]) == {
            "r1": Reminder(2, NOON + timedelta(days=1), "click 2", left=3)
        }


def test_the_same_number_is_begun_once(begun: Database) -> None:
    with pytest.raises(IntegrityError), begun.begin() as store:
        store.reminders.begin("T1", "r1", Reminder(1, NOON, "another click"))
    assert latest(begun) == Reminder(1, NOON, "click 1", left=3)


def test_they_go_with_the_round(begun: Database) -> None:
    with begun.begin() as store:
        store.surveys.delete("T1", "r1")
    assert (batch(begun), latest(begun)) == ((), None)


def test_who_wants_none_is_kept_by_workspace_until_they_do(database: Database) -> None:
    with database.begin() as store:
        for _ in range(2):
            store.reminders.stop("T1", "UBEN")
        assert store.reminders.are_stopped("T1", "UBEN")
        assert not store.reminders.are_stopped("T2", "UBEN")
        assert not store.reminders.are_stopped("T1", "UANA")
        store.reminders.resume("T1", "UBEN")
        assert not store.reminders.are_stopped("T1", "UBEN")

"""A poll whose message is out of date is drawn by one worker, and again when it changes."""

from dataclasses import replace
from datetime import timedelta

from storage import Claim, Database
from tests.storage.test_polls import BEN, LUNCH, NOON, cast, claim, keep

SOON = NOON + timedelta(seconds=29)
LATER = NOON + timedelta(seconds=30)


def test_a_new_poll_waits_to_be_drawn_and_brings_its_way_to_answer(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(LUNCH, "trigger 1", "https://hooks.example/1")
    assert claim(database) == (Claim(LUNCH, 1, "https://hooks.example/1"),)


def test_two_workers_never_get_the_same_poll(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, id="p2"))
    assert len(claim(database)) == 2
    assert claim(database, SOON) == ()


def test_a_claim_ends_when_its_worker_is_gone(database: Database) -> None:
    keep(database, LUNCH)
    claim(database)
    assert len(claim(database, LATER)) == 1


def test_stale_polls_of_every_workspace_are_claimed(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, workspace="T2"))
    assert {found.asked.workspace for found in claim(database)} == {"T1", "T2"}


def test_no_more_than_asked_for_are_claimed_and_the_rest_come_next(database: Database) -> None:
    keep(database, *(replace(LUNCH, id=f"p{n}") for n in range(5)))
    with database.begin() as store:
        first = store.polls.claim_stale(NOON, LATER, most=3)
        second = store.polls.claim_stale(NOON, LATER, most=3)
    assert sorted(found.asked.id for found in first + second) == ["p0", "p1", "p2", "p3", "p4"]
    assert len(first) == 3


def test_who_has_waited_longest_is_drawn_first(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, id="p2"))
    with database.begin() as store:
        assert [found.asked.id for found in store.polls.claim_stale(NOON, NOON, most=1)] == ["p1"]
        store.polls.begin("T1", "p1", NOON)
        assert [found.asked.id for found in store.polls.claim_stale(SOON, SOON, most=1)] == ["p2"]
        store.polls.begin("T1", "p2", SOON)
        assert [found.asked.id for found in store.polls.claim_stale(LATER, LATER, most=1)] == ["p1"]


def test_a_drawn_poll_rests_until_a_vote(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(LUNCH, "trigger 1", "https://hooks.example/1")
    claim(database)
    with database.begin() as store:
        store.polls.drawn("T1", "p1", 1, "1700.1")
    assert claim(database, LATER) == ()
    cast(database, BEN, 0)
    assert claim(database, SOON) == (Claim(replace(LUNCH, message="1700.1"), 2, None),)


def test_a_vote_during_the_drawing_asks_for_another(database: Database) -> None:
    keep(database, LUNCH)
    claim(database)
    cast(database, BEN, 0)
    with database.begin() as store:
        store.polls.drawn("T1", "p1", 1, "1700.1")
    assert [found.revision for found in claim(database)] == [2]


def test_a_drawing_without_a_message_keeps_the_known_one(database: Database) -> None:
    keep(database, LUNCH)
    with database.begin() as store:
        store.polls.drawn("T1", "p1", 1, "1700.1")
        store.polls.drawn("T1", "p1", 1, None)
        assert store.polls.find("T1", "p1") == replace(LUNCH, message="1700.1")


def test_a_worker_that_comes_back_late_undoes_no_newer_drawing(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 0)
    with database.begin() as store:
        store.polls.drawn("T1", "p1", 2, "1700.1")
        store.polls.drawn("T1", "p1", 1, "1700.1")
    assert claim(database) == ()


def test_a_refused_message_is_not_tried_again_until_something_changes(database: Database) -> None:
    keep(database, LUNCH)
    claim(database)
    with database.begin() as store:
        store.polls.undrawable("T1", "p1", 1, "not_in_channel")
    assert claim(database, LATER) == ()
    cast(database, BEN, 0)
    assert len(claim(database, LATER)) == 1


def test_a_poll_in_trouble_is_posted_anew_elsewhere(database: Database) -> None:
    keep(database, LUNCH)
    with database.begin() as store:
        store.polls.drawn("T1", "p1", 1, "1700.1")
        store.polls.undrawable("T1", "p1", 1, "message_not_found")
        store.polls.post_again("T1", "p1", "C2", "https://hooks.example/2")
    assert claim(database) == (Claim(replace(LUNCH, channel="C2"), 2, "https://hooks.example/2"),)


def test_a_poll_that_a_worker_is_posting_is_not_posted_by_another_one_too(database: Database) -> None:
    keep(database, LUNCH)
    assert len(claim(database)) == 1
    with database.begin() as store:
        assert not store.polls.post_again("T1", "p1", "C2", None)
    assert claim(database) == ()


def test_a_released_poll_waits_as_long_as_slack_asked(database: Database) -> None:
    keep(database, LUNCH)
    claim(database)
    with database.begin() as store:
        store.polls.release("T1", "p1", SOON)
    assert claim(database, SOON - timedelta(seconds=1)) == ()
    assert len(claim(database, SOON)) == 1


def test_who_was_claimed_and_not_drawn_keeps_its_place(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, id="p2"))
    claim(database)
    with database.begin() as store:
        store.polls.begin("T1", "p1", NOON)
        for poll_id in ("p1", "p2"):
            store.polls.release("T1", poll_id, SOON)
    assert [found.asked.id for found in claim(database, SOON)] == ["p2", "p1"]
    with database.begin() as store:
        for poll_id in ("p1", "p2"):
            store.polls.release("T1", poll_id, SOON)
        assert [found.asked.id for found in store.polls.claim_stale(LATER, LATER, most=1)] == ["p2"]


def test_a_message_looks_as_it_was_drawn_last_and_not_as_a_late_worker_says(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 0)
    with database.begin() as store:
        assert not store.polls.shows("T1", "p1", "new")
        store.polls.drawn("T1", "p1", 2, "1700.1", "new")
        store.polls.drawn("T1", "p1", 1, "1700.1", "old")
        assert store.polls.shows("T1", "p1", "new")
        store.polls.post_again("T1", "p1", "C2", None)
        assert not store.polls.shows("T1", "p1", "new")

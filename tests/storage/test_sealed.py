"""A person in a sealed poll or round is one token while it is open, and nobody from the close on."""

from contextlib import closing

import pytest

from storage import Boxed, Database, NoMasterKey, Opened, connect
from surveys.questions import Answer, Given

BEN, CHLOE = "T1:UBEN", "T1:UCHLOE"
SOUP: dict[str, Answer] = {"": (Given(choice=0),)}
SALAD: dict[str, Answer] = {"": (Given(choice=1),)}


def begin(database: Database, *subjects: str, workspace: str = "T1") -> None:
    with database.begin() as store:
        for subject in subjects:
            store.sealed.begin(workspace, subject)


def token(database: Database, person: str, subject: str = "p1", workspace: str = "T1") -> str | None:
    with database.begin() as store:
        return store.sealed.token(workspace, subject, person)


def known(database: Database, person: str, subject: str = "p1") -> str:
    found = token(database, person, subject)
    assert found is not None
    return found


def keep(database: Database, person: str, boxed: Boxed, subject: str = "p1", code: str = "") -> None:
    who = known(database, person, subject)
    with database.begin() as store:
        store.sealed.keep("T1", subject, who, boxed, code)


def box(database: Database, person: str) -> Boxed:
    who = known(database, person)
    with database.begin() as store:
        return store.sealed.find("T1", "p1", who)


def answered(database: Database, person: str) -> frozenset[str]:
    with database.begin() as store:
        return store.sealed.answered("T1", person, ("p1", "p2", "gone"))


def test_a_person_is_one_token_in_one_poll_and_another_in_the_next(database: Database) -> None:
    begin(database, "p1", "p2")
    begin(database, "p1", workspace="T2")
    assert token(database, BEN) == token(database, BEN)
    others = [
        token(database, BEN),
        token(database, CHLOE),
        token(database, BEN, "p2"),
        token(database, BEN, workspace="T2"),
    ]
    assert len(set(others)) == 4
    assert None not in others


def test_from_the_close_on_nobody_is_anybody(database: Database) -> None:
    begin(database, "p1")
    keep(database, BEN, Boxed(SOUP, is_complete=True))
    with database.begin() as store:
        store.sealed.close("T1", "p1")
    assert token(database, BEN) is None
    assert answered(database, BEN) == frozenset()
    with pytest.raises(LookupError), database.begin() as store:
        store.sealed.code("T1", "p1", "0" * 64)


def test_a_box_is_empty_then_kept_then_replaced_then_taken_out(database: Database) -> None:
    begin(database, "p1")
    assert box(database, BEN) == Boxed()
    keep(database, BEN, Boxed(SOUP))
    assert box(database, BEN) == Boxed(SOUP)
    keep(database, BEN, Boxed(SALAD, is_complete=True))
    assert box(database, BEN) == Boxed(SALAD, is_complete=True)
    assert box(database, CHLOE) == Boxed()
    with database.begin() as store:
        store.sealed.take_out("T1", "p1", store.sealed.token("T1", "p1", BEN) or "")
    assert box(database, BEN) == Boxed()


def test_every_kind_of_answer_comes_back_as_it_was(database: Database) -> None:
    begin(database, "p1")
    whole = {
        "grid": (Given(item=0, choice=2), Given(item=1, number=4)),
        "why": (Given(text="« Été » 🌞\nor so  "),),
        "none": (),
    }
    keep(database, BEN, Boxed(whole, is_complete=True))
    assert box(database, BEN) == Boxed(whole, is_complete=True)


def test_only_what_somebody_completed_is_answered(database: Database) -> None:
    begin(database, "p1", "p2")
    keep(database, BEN, Boxed(SOUP, is_complete=True))
    keep(database, BEN, Boxed(SOUP), subject="p2")
    assert answered(database, BEN) == {"p1"}
    assert answered(database, CHLOE) == frozenset()


def test_what_is_complete_waits_to_be_counted_and_is_emptied_once(database: Database) -> None:
    begin(database, "p1")
    keep(database, BEN, Boxed(SOUP, is_complete=True), code="CODE")
    keep(database, CHLOE, Boxed(SALAD))
    ben, chloe = known(database, BEN), known(database, CHLOE)
    with database.begin() as store:
        assert store.sealed.is_open("T1", "p1")
        store.sealed.close("T1", "p1")
        assert not store.sealed.is_open("T1", "p1")
        assert store.sealed.waiting("T1", "p1") == (ben,)
        assert store.sealed.unfinished("T1", "p1") == (chloe,)
        assert store.sealed.opened("T1", "p1", [ben]) == (Opened(ben, SOUP, "CODE"),)
        assert store.sealed.empty("T1", "p1", [ben]) == 1
        assert store.sealed.empty("T1", "p1", [ben]) == 0
        assert store.sealed.waiting("T1", "p1") == ()


def test_what_is_forgotten_is_not_there(database: Database) -> None:
    begin(database, "p1", "p2")
    keep(database, BEN, Boxed(SOUP, is_complete=True))
    keep(database, BEN, Boxed(SOUP, is_complete=True), subject="p2")
    with database.begin() as store:
        store.sealed.forget("T1", "p1")
        assert store.sealed.waiting("T1", "p1") == ()
    assert token(database, BEN) is None
    assert answered(database, BEN) == {"p2"}


def test_without_a_master_key_nothing_anonymous_begins(database_url: str) -> None:
    with closing(connect(database_url)) as database, pytest.raises(NoMasterKey):
        begin(database, "p1")

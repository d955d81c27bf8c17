"""Sealed answers are counted once each after the close, wherever the counting was stopped."""

from collections.abc import Callable, Sequence

import pytest

from bench import closing
from slack_app.kit.counting import Put, StillOpen, count
from storage import Database, Mixed, Store
from surveys.questions import Counted, Given, Tally
from tests.sealing import answer, ask, close, count_all, put_ballots, put_responses, tools_of, vote

PEOPLE = tuple(f"T1:U{number}" for number in range(12))


def answered(database: Database) -> None:
    """Have twelve people vote and answer; one more begins to answer."""
    ask(database)
    for number, person in enumerate(PEOPLE):
        vote(database, person, number % 3)
        answer(
            database, person, {"team": (Given(choice=number % 2),), "why": (Given(text=f"note {number}"),)}
        )
    answer(database, "T1:ULATE", {"why": (Given(text="never sent"),)}, is_complete=False)


def polled(database: Database) -> tuple[tuple[int, ...], int]:
    with database.begin() as store:
        assert store.standings.tallies("T1", "p1") == store.standings.recount("T1", "p1")
        return store.standings.tallies("T1", "p1")


def surveyed(database: Database) -> tuple[dict[str, Tally], int]:
    with database.begin() as store:
        asked = store.surveys.find("T1", "r1")
        assert asked is not None
        return store.responses.tallies("T1", "r1"), asked.people


def test_every_complete_answer_is_counted_once(database: Database) -> None:
    answered(database)
    close(database)
    count_all(database)
    assert polled(database) == ((4, 4, 4), 12)
    tallies, people = surveyed(database)
    assert people == 12
    assert tallies["team"] == Tally(12, (Counted(6, None, 0, None), Counted(6, None, 1, None)))
    assert tallies["why"].people == 12


@pytest.mark.parametrize("killed_at", range(1, 7))
@pytest.mark.parametrize("is_after", [False, True])
def test_a_counting_that_is_killed_goes_on_and_counts_each_once(
    database: Database, killed_at: int, is_after: bool
) -> None:
    """Killed within the batch's transaction, or in the rest after it."""
    answered(database)
    close(database)
    for subject, put in (("p1", put_ballots), ("r1", put_responses)):
        come = Killer(killed_at).come
        tools = tools_of(database, resting(come) if is_after else lambda _: None)
        with pytest.raises(Killed):
            count("T1", subject, tools, put if is_after else dying(put, come), most_at_once=2)
    count_all(database)
    assert polled(database) == ((4, 4, 4), 12)
    tallies, people = surveyed(database)
    assert (people, tallies["team"].people, tallies["why"].people) == (12, 12, 12)
    assert database.left_sealed() == ()


def dying(put: Put, come: Callable[[], None]) -> Put:
    """Return what keeps a batch and may end before its transaction does."""

    def put_and_die(store: Store, batch: Sequence[Mixed]) -> None:
        put(store, batch)
        come()

    return put_and_die


def resting(come: Callable[[], None]) -> Callable[[float], None]:
    return lambda _: come()


class Killed(BaseException):
    """The process ends here."""


class Killer:
    """Ends the process when it comes by for the n-th time."""

    def __init__(self, at: int) -> None:
        self._left = at

    def come(self) -> None:
        self._left -= 1
        if not self._left:
            raise Killed


def test_five_hundred_long_responses_are_counted_exactly_beside_a_voter(database: Database) -> None:
    """The short form of bench/closing.py, which measures the voter's wait."""
    closing.prepare(database, people=500, questions=60)
    voter = closing.Voter(database)
    with voter.voting():
        closing.count_all(database)
    assert voter.waits
    assert closing.is_exact(database, people=500, questions=60)


def test_two_that_count_at_once_count_each_once(database: Database) -> None:
    """One comes while the other is between two batches, as after a process was taken for dead."""
    answered(database)
    close(database)
    count(
        "T1",
        "p1",
        tools_of(database, lambda _: count("T1", "p1", tools_of(database), put_ballots, most_at_once=5)),
        put_ballots,
        most_at_once=5,
    )
    count_all(database)
    assert polled(database) == ((4, 4, 4), 12)


def test_what_is_open_is_not_counted(database: Database) -> None:
    answered(database)
    with pytest.raises(StillOpen):
        count("T1", "p1", tools_of(database), put_ballots)
    with database.begin() as store:
        assert store.standings.tallies("T1", "p1") == ((0, 0, 0), 12)


def test_a_poll_that_is_deleted_meanwhile_leaves_nothing(database: Database) -> None:
    answered(database)
    close(database)
    with database.begin() as store:
        assert store.polls.delete("T1", "p1")
        assert not store.polls.delete("T1", "p1")
    count("T1", "p1", tools_of(database), put_ballots)
    with database.begin() as store:
        assert store.standings.tallies("T1", "p1") == ((), 0)
        assert store.sealed.waiting("T1", "p1") == ()


def test_counted_ballots_keep_their_receipts_and_no_moment(database: Database) -> None:
    ask(database)
    code = vote(database, "T1:UBEN", 1)
    assert vote(database, "T1:UBEN", 2) == code
    close(database)
    kept: list[Mixed] = []

    def noting(store: Store, batch: Sequence[Mixed]) -> None:
        kept.extend(batch)
        put_ballots(store, batch)

    count("T1", "p1", tools_of(database), noting)
    assert [(each.code, each.answers) for each in kept] == [(code, {"": (Given(choice=2),)})]
    with database.begin() as store:
        ballot = store.polls.ballot("T1", "p1", kept[0].id)
    assert (ballot.chosen, ballot.clicked_at, ballot.click_id) == ((2,), None, None)

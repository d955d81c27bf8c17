"""Sealed answers are counted once each after the close, wherever the counting was stopped."""


from storage import Database
from surveys.questions import Counted, Given, Tally
from tests.sealing import answer, ask, close, count_all, vote

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
        assert store.polls.tallies("T1", "p1") == store.polls.recount("T1", "p1")
        return store.polls.tallies("T1", "p1")


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

"""Rankings are read with ballots alike together, and each voter's order as they put it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Database, Mixed, Store
from surveys.options import OptionState
from surveys.polls import Ballot
from surveys.questions import Given
from surveys.ranking import ranked
from surveys.seeing import PollKind
from tests.storage.test_polls import LUNCH, NOON
from tests.storage.test_tallies import CASTS, fresh_poll

RANKING = replace(LUNCH, id="ranking", kind=PollKind.RANKING, most=0)


def cast(store: Store, poll_id: str, voter: str, *chosen: int, minutes: int = 0) -> None:
    before = store.polls.ballot("T1", poll_id, voter)
    store.polls.cast("T1", poll_id, voter, before, Ballot(chosen, NOON + timedelta(minutes=minutes)))


def test_ballots_alike_are_one_row_with_how_many_there_are(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(RANKING, "ranking", None)
        for voter, chosen in (("UANA", (2, 0)), ("UBEN", (2, 0)), ("UJO", (0, 2)), ("UGIL", (1,))):
            cast(store, "ranking", f"T1:{voter}", *chosen)
        cast(store, "ranking", "T1:UEVE", 0)
        cast(store, "ranking", "T1:UEVE")
        assert set(store.standings.rankings("T1", "ranking")) == {((2, 0), 2), ((0, 2), 1), ((1,), 1)}


def test_an_option_taken_away_leaves_no_gap(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(RANKING, "ranking", None)
        cast(store, "ranking", "T1:UANA", 1, 2, 0)
        store.polls.set_option("T1", "ranking", 1, OptionState.GONE)
        assert store.standings.rankings("T1", "ranking") == (((2, 0), 1),)


def test_an_order_chosen_anew_after_an_option_was_taken_away_is_whole(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(RANKING, "ranking", None)
        cast(store, "ranking", "T1:UANA", 1, 2)
        store.polls.set_option("T1", "ranking", 1, OptionState.GONE)
        cast(store, "ranking", "T1:UANA", 2, 0)
        assert store.standings.rankings("T1", "ranking") == (((2, 0), 1),)
        assert store.polls.ballot("T1", "ranking", "T1:UANA").chosen == (2, 0)


def test_sealed_ballots_keep_their_order(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(RANKING, "ranking", None)
        mixed = Mixed("f00", {"": (Given(choice=2, number=0), Given(choice=0, number=1))})
        store.polls.put_ballots("T1", "ranking", [mixed])
        assert store.standings.rankings("T1", "ranking") == (((2, 0), 1),)


def test_orders_are_told_of_some_voters_at_a_time_the_earliest_first(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(RANKING, "ranking", None)
        cast(store, "ranking", "T1:UANA", 1, 0, minutes=3)
        cast(store, "ranking", "T1:UBEN", 2, minutes=1)
        cast(store, "ranking", "T1:UJO", 0, 2, 1, minutes=2)
        cast(store, "ranking", "T1:UEVE", minutes=0)
        assert store.standings.orders("T1", "ranking", 0, 2) == (("UBEN", (2,)), ("UJO", (0, 2, 1)))
        assert store.standings.orders("T1", "ranking", 2, 2) == (("UANA", (1, 0)),)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(casts=CASTS)
def test_what_is_read_counts_the_same_as_the_last_ballots(
    database: Database, casts: list[tuple[str, tuple[int, ...]]]
) -> None:
    with fresh_poll(database) as poll_id, database.begin() as store:
        for voter, chosen in casts:
            cast(store, poll_id, voter, *chosen)
        last = [(chosen, 1) for chosen in dict(casts).values()]
        assert ranked(store.standings.rankings("T1", poll_id), range(3)) == ranked(last, range(3))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(casts=CASTS, gone=st.integers(0, 2), later=CASTS)
def test_whatever_was_taken_away_the_last_orders_are_whole(
    database: Database,
    casts: list[tuple[str, tuple[int, ...]]],
    gone: int,
    later: list[tuple[str, tuple[int, ...]]],
) -> None:
    last = {voter: without(gone, chosen) for voter, chosen in (casts + later)}
    with fresh_poll(database) as poll_id, database.begin() as store:
        for voter, chosen in casts:
            cast(store, poll_id, voter, *chosen)
        store.polls.set_option("T1", poll_id, gone, OptionState.GONE)
        for voter, chosen in later:
            cast(store, poll_id, voter, *without(gone, chosen))
        assert {voter: store.polls.ballot("T1", poll_id, voter).chosen for voter in last} == last
        kept = store.standings.rankings("T1", poll_id)
        assert Counter(dict(kept)) == Counter(filter(None, last.values()))


def without(gone: int, chosen: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number for number in chosen if number != gone)

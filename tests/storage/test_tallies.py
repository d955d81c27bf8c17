"""Whatever people click, the tallies say what a recount says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Database
from surveys.polls import Ballot
from tests.storage.test_polls import LUNCH, NOON

NUMBERS = count()
CASTS = st.lists(
    st.tuples(
        st.sampled_from(["T1:UANA", "T1:UBEN", "T2:UZOE"]),
        st.lists(st.integers(0, 2), unique=True).map(tuple),
    ),
    max_size=12,
)


@contextmanager
def fresh_poll(database: Database) -> Iterator[str]:
    poll_id = f"p{next(NUMBERS)}"
    with database.begin() as store:
        store.polls.create(replace(LUNCH, id=poll_id), poll_id, None)
    yield poll_id


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(casts=CASTS)
def test_tallies_are_what_the_last_ballots_say(
    database: Database, casts: list[tuple[str, tuple[int, ...]]]
) -> None:
    last = dict(casts)
    with fresh_poll(database) as poll_id, database.begin() as store:
        for voter, chosen in casts:
            before = store.polls.ballot("T1", poll_id, voter)
            store.polls.cast("T1", poll_id, voter, before, Ballot(chosen, NOON))
        votes = tuple(sum(option in chosen for chosen in last.values()) for option in range(3))
        assert store.standings.tallies("T1", poll_id) == (votes, sum(map(bool, last.values())))
        assert store.standings.recount("T1", poll_id) == store.standings.tallies("T1", poll_id)
        assert {voter: store.polls.ballot("T1", poll_id, voter).chosen for voter in last} == last

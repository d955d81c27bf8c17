"""Whatever is added, undone, let in, taken away and voted for in whichever order, the counts are right."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slack_app.kit.incoming import Who
from slack_app.polls import service, writing
from slack_app.polls.adding import service as adding_service
from storage import Database
from surveys.errors import Refused
from surveys.options import Adding, Option, asked
from surveys.people import Member
from surveys.polls import Draft, Terms

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = Member("UANA", "ana")
PEOPLE = st.sampled_from(("UANA", "UBEN", "UZOE"))
NUMBERS = st.integers(0, 6)
Verb = Literal["add", "undo", "let in", "decline", "take away", "vote", "write", "take back"]
STEP = st.tuples(
    st.sampled_from(("add", "undo", "let in", "decline", "take away", "vote", "write", "take back")),
    PEOPLE,
    NUMBERS,
)


@pytest.mark.parametrize("kind", [Adding.ANYONE, Adding.APPROVED])
@given(steps=st.lists(STEP, max_size=12), most=st.sampled_from((1, 2, 0)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tallies_are_what_the_votes_add_up_to(
    database: Database, kind: Adding, steps: list[tuple[Verb, str, int]], most: int
) -> None:
    options = (*asked(("Soup", "Salad")), Option("Other…", is_other=True))
    poll = service.ask(
        database,
        Who("T1", "T1", "UANA"),
        Draft("Lunch?", options, terms=Terms(adding=kind, most=most)),
        service.Place("C1", f"{steps}{most}{kind}"),
        NOON,
    )
    if poll is None:  # this example was tried before
        return
    for at, (verb, user, number) in enumerate(steps, 1):
        with suppress(Refused):
            act(database, poll.id, verb, user, number, NOON + timedelta(seconds=2 * at))
    with database.begin() as store:
        found = store.polls.find("T1", poll.id)
        assert found is not None
        tallies = store.standings.tallies("T1", poll.id)
        assert tallies == store.standings.recount("T1", poll.id)
    hidden = set(range(len(found.options))) - set(found.shown)
    assert all(tallies[0][number] == 0 for number in hidden)
    assert len(found.shown) >= 3


def act(database: Database, poll: str, verb: Verb, user: str, number: int, now: datetime) -> None:
    who = Who("T1", "T1", user)
    match verb:
        case "add":
            adding_service.add(database, who, poll, f"Dish {number}", now)
        case "undo":
            adding_service.undo(database, who, poll, number, now)
        case "let in":
            adding_service.let_in(database, ANA, who, poll, number)
        case "decline":
            adding_service.decline(database, ANA, who, poll, number)
        case "take away":
            adding_service.take_away(database, ANA, who, poll, number, now)
        case "vote":
            service.vote(database, who, poll, number, "", now)
        case "write":
            writing.vote(database, who, poll, f"Pie {number}", now)
        case "take back":
            service.choose(database, who, poll, (), now)

"""What voters may add to a poll."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from surveys import adding
from surveys.errors import Refused
from surveys.options import Adding, Option, OptionState, OptionTooLong, asked
from surveys.people import Member, NotYours
from surveys.polls import Poll

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BEN = "T1:UBEN"
OPEN = Poll("p1", "T1", "UANA", "C1", "Lunch?", asked(("Soup", "Salad")), "en", NOON, adding=Adding.ANYONE)
RAMEN = Option("Ramen", added_by=BEN)


def with_options(*options: Option, **changes: int) -> Poll:
    return replace(OPEN, options=(*OPEN.options, *options), least=changes.get("least", 1))


def test_an_option_is_tidied_and_its_adder_kept() -> None:
    assert adding.new(OPEN, "  Ramen\nbowl ", BEN, NOON) == Option("Ramen bowl", added_by=BEN)


def test_an_option_waits_where_the_owner_lets_each_in_but_not_theirs() -> None:
    approved = replace(OPEN, adding=Adding.APPROVED)
    assert adding.new(approved, "Ramen", BEN, NOON).state is OptionState.WAITING
    assert adding.new(approved, "Ramen", "T1:UANA", NOON, is_owner=True).state is OptionState.ASKED


def test_seventy_five_characters_fit_and_one_more_does_not() -> None:
    assert adding.new(OPEN, "x" * 75, BEN, NOON).text == "x" * 75
    with pytest.raises(OptionTooLong, match="has 76 characters; 75 is the most"):
        adding.new(OPEN, "x" * 76, BEN, NOON)


def test_what_waits_counts_as_there_and_what_is_gone_does_not() -> None:
    waits = with_options(replace(RAMEN, state=OptionState.WAITING))
    with pytest.raises(Refused, match="“ramen” is there twice"):
        adding.new(waits, "ramen", BEN, NOON)
    gone = with_options(replace(RAMEN, state=OptionState.GONE))
    assert adding.new(gone, "ramen", BEN, NOON).text == "ramen"


def test_what_was_taken_away_counts_among_the_five_of_one_person() -> None:
    five = [Option(f"Dish {n}", added_by=BEN, state=OptionState.GONE) for n in range(5)]
    with pytest.raises(adding.AddedEnough):
        adding.new(with_options(*five), "Ramen", BEN, NOON)


def test_nothing_is_added_at_the_moment_of_the_close() -> None:
    closing = replace(OPEN, closes_at=NOON)
    with pytest.raises(adding.AddingClosed):
        adding.new(closing, "Ramen", BEN, NOON)
    assert adding.new(closing, "Ramen", BEN, NOON - timedelta(seconds=1)).text == "Ramen"


def test_only_who_added_it_may_undo_it_and_nobody_where_that_is_not_kept() -> None:
    with pytest.raises(adding.NotAddedByYou):
        adding.check_undo(with_options(RAMEN), 2, "T1:UZOE", 0)
    with pytest.raises(adding.NotAddedByYou):
        adding.check_undo(with_options(replace(RAMEN, added_by="")), 2, "", 0)


def test_an_admin_may_take_it_away_and_a_voter_may_not() -> None:
    adding.check_take_away(with_options(RAMEN), 2, Member("UBOSS", "boss", is_admin=True))
    with pytest.raises(NotYours):
        adding.check_take_away(with_options(RAMEN), 2, Member("UBEN", "ben"))


def test_what_was_asked_from_the_start_stays() -> None:
    with pytest.raises(adding.AskedFromTheStart):
        adding.check_take_away(with_options(RAMEN), 0, Member("UANA", "ana"))


def test_as_many_options_stay_as_each_voter_chooses() -> None:
    with pytest.raises(adding.TooFewLeft, match="at least 3 options"):
        adding.check_take_away(with_options(RAMEN, least=3), 2, Member("UANA", "ana"))

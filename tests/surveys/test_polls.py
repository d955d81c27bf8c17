"""What may be asked, what a click does to a ballot, and how a poll stands."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.anonymity import Level, Privacy, Shown, Turnout
from surveys.ballots import (
    DOUBLE_CLICK,
    ChosenTogether,
    Click,
    OneTooMany,
    TooFewChosen,
    TooManyChosen,
    UnknownOption,
    check_chosen,
    check_may_vote,
    check_option,
    click,
    order,
)
from surveys.errors import Refused
from surveys.options import (
    Option,
    OptionTooLong,
    SameOptionTwice,
    TooFewOptions,
    TooManyOptions,
)
from surveys.options import (
    asked as offered,
)
from surveys.polls import (
    Ballot,
    Draft,
    NoQuestion,
    Poll,
    PollClosed,
    QuestionTooLong,
    Terms,
    draft,
)
from surveys.seeing import Seeing
from surveys.standings import Line, Reader, Standing, outcome, standing
from surveys.wishes import LeastAboveMost, LimitTooHigh

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CLICKS = st.lists(
    st.tuples(st.integers(0, 4), st.timedeltas(timedelta(0), timedelta(seconds=5))), max_size=30
)


def poll(*options: str, closed_at: datetime | None = None, closes_at: datetime | None = None) -> Poll:
    return Poll(
        id="p1",
        workspace="T0PLAYGRD",
        owner="U0ANA",
        channel="C0LYON",
        question="Where?",
        options=offered(options or ("A", "B")),
        language="en",
        asked_at=NOON,
        closed_at=closed_at,
        closes_at=closes_at,
    )


def test_a_question_and_its_options_are_tidied() -> None:
    assert draft("  Where\n shall\u00a0we? ", offered(["  A ", "B\tb", "", " "]), "fr") == Draft(
        "Where shall we?", offered(("A", "B b")), "fr"
    )


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Q", ["A", "B"]),
        ("Q" * 300, ["A", "B"]),
        ("Q", ["A" * 75, "B"]),
        ("Q", [f"Option {number}" for number in range(100)]),
        ("Q", ["A", "Á"]),
        ("<!channel> & <b>", ["<!here>", "&amp;"]),
        ("{question}", ["{0}", "%s"]),
    ],
)
def test_what_is_within_the_limits_may_be_offered(question: str, options: list[str]) -> None:
    assert draft(question, offered(options), "en") == Draft(question, offered(options), "en")


@pytest.mark.parametrize(
    ("question", "options", "reason", "sentence"),
    [
        ("", ["A", "B"], NoQuestion, "The question is missing. Write what you want to ask."),
        (" \u00a0\n", ["A", "B"], NoQuestion, "The question is missing. Write what you want to ask."),
        (
            "Q" * 301,
            ["A", "B"],
            QuestionTooLong,
            "The question has 301 characters; 300 is the most. Please shorten it.",
        ),
        (
            "Q",
            ["A"],
            TooFewOptions,
            "A poll needs at least two options. Add one more, or give none for Yes / No / Abstain.",
        ),
        (
            "Q",
            ["A", " "],
            TooFewOptions,
            "A poll needs at least two options. Add one more, or give none for Yes / No / Abstain.",
        ),
        (
            "Q",
            [f"Option {number}" for number in range(101)],
            TooManyOptions,
            "That makes 101 options; 100 is the most. Please take some away.",
        ),
        (
            "Q",
            ["A" * 76, "B"],
            OptionTooLong,
            "The option “AAAAAAAAAAAAAAAAAAAA…” has 76 characters; 75 is the most. Please shorten it.",
        ),
        (
            "Q",
            ["Café", " CAFÉ "],
            SameOptionTwice,
            "The option “CAFÉ” is there twice. Keep it once, or tell the two apart.",
        ),
    ],
)
def test_what_is_past_the_limits_is_refused_with_the_number(
    question: str, options: list[str], reason: type[Refused], sentence: str
) -> None:
    with pytest.raises(Refused) as refusal:
        draft(question, offered(options), "en")
    assert type(refusal.value) is reason
    assert str(refusal.value) == sentence


def test_options_that_look_alike_in_another_unicode_form_are_one_option_twice() -> None:
    with pytest.raises(SameOptionTwice):
        draft("Q", offered(["Caf\u00e9", "Cafe\u0301"]), "en")


def test_text_that_nobody_could_see_is_no_text() -> None:
    assert draft("Q\x00?", offered(["\u200b", "A\x07", "B"]), "en") == Draft("Q?", offered(("A", "B")), "en")
    with pytest.raises(NoQuestion):
        draft("\u200b\u2060", offered(["A", "B"]), "en")


@given(st.text(), st.lists(st.text()))
def test_any_draft_is_within_the_limits_or_refused(question: str, options: list[str]) -> None:
    try:
        asked = draft(question, offered(options), "en")
    except Refused:
        return
    assert 1 <= len(asked.question) <= 300
    assert 2 <= len(asked.options) <= 100
    assert all(1 <= len(option.text) <= 75 for option in asked.options)


def test_a_poll_takes_votes_for_its_own_options_and_no_others() -> None:
    refused = []
    for option in (-1, 0, 1, 2, 100):
        try:
            check_option(poll(), option)
        except UnknownOption:
            refused.append(option)
    assert refused == [-1, 2, 100]


def test_a_closed_poll_takes_no_vote() -> None:
    with pytest.raises(PollClosed):
        check_may_vote(poll(closed_at=NOON), NOON)


def test_a_poll_takes_no_vote_from_its_closing_moment_on() -> None:
    asked = poll(closes_at=NOON)
    check_may_vote(asked, NOON - timedelta(seconds=1))
    with pytest.raises(PollClosed):
        check_may_vote(asked, NOON)


def test_a_first_click_votes() -> None:
    assert click(Ballot(), 1, NOON) == ((1,), Click.FIRST)


def test_of_several_choices_a_click_adds_one_and_takes_one_back() -> None:
    later = NOON + timedelta(seconds=5)
    one = Ballot((1,), NOON, clicked=1)
    assert click(one, 0, NOON, limit=2) == ((0, 1), Click.CHANGED)
    assert click(Ballot((0, 1), NOON, clicked=0), 1, NOON, limit=2) == (
        (0,),
        Click.CHANGED,
    )
    assert click(one, 1, later, limit=2) == ((), Click.TAKEN_BACK)


def test_one_choice_too_many_is_refused_and_none_is_lost() -> None:
    full = Ballot((0, 1), NOON, clicked=1)
    with pytest.raises(OneTooMany) as refused:
        click(full, 2, NOON, limit=2)
    assert refused.value.values == {"most": 2}


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({0}, TooFewChosen),
        ({0, 1}, None),
        ({0, 1, 2}, None),
        ({0, 1, 2, 3}, TooManyChosen),
        ({0, 9}, UnknownOption),
    ],
)
def test_a_ballot_holds_as_many_options_as_the_poll_says(
    chosen: set[int], reason: type[Refused] | None
) -> None:
    asked = replace(poll("A", "B", "C", "D"), least=2, most=3)
    with pytest.raises(reason) if reason else nullcontext():
        check_chosen(asked, tuple(chosen))


def test_where_options_are_chosen_together_a_click_on_one_is_refused() -> None:
    with pytest.raises(ChosenTogether):
        check_option(replace(poll("A", "B", "C"), least=2, most=2), 0)


@pytest.mark.parametrize(
    ("least", "most", "reason"),
    [(1, 3, LimitTooHigh), (3, 0, LimitTooHigh), (2, 1, LeastAboveMost), (1, 0, None), (2, 2, None)],
)
def test_choices_go_as_far_as_the_options(least: int, most: int, reason: type[Refused] | None) -> None:
    with pytest.raises(reason) if reason else nullcontext():
        draft("Q", offered(["A", "B"]), "en", Terms(least=least, most=most))


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 6))
def test_clicks_never_go_beyond_the_limit(options: list[int], limit: int) -> None:
    ballot, now = Ballot(), NOON
    for option in options:
        now += timedelta(seconds=2)
        try:
            chosen, what = click(ballot, option, now, limit)
        except OneTooMany:
            assert len(ballot.chosen) == limit
            continue
        assert what is not Click.REPEATED
        assert len(set(chosen) ^ set(ballot.chosen)) == (
            1 if limit > 1 or not ballot.chosen or not chosen else 2
        )
        assert len(chosen) <= limit
        ballot = Ballot(chosen, now, clicked=option)


def test_a_click_on_another_option_changes_the_vote() -> None:
    assert click(Ballot((1,), NOON), 0, NOON) == ((0,), Click.CHANGED)


def test_a_second_click_takes_the_vote_back() -> None:
    later = NOON + DOUBLE_CLICK
    assert click(Ballot((1,), NOON), 1, later) == ((), Click.TAKEN_BACK)


@given(st.timedeltas(timedelta(0), DOUBLE_CLICK - timedelta(microseconds=1)))
def test_two_clicks_within_a_second_are_one_vote(pause: timedelta) -> None:
    assert click(Ballot((1,), NOON), 1, NOON + pause) == ((1,), Click.REPEATED)


def test_a_double_click_that_takes_a_vote_back_does_not_cast_it_again() -> None:
    taken_back = Ballot((), NOON, "1", clicked=1)
    assert click(taken_back, 1, NOON + timedelta(seconds=0.5)) == ((), Click.REPEATED)
    assert click(taken_back, 1, NOON + timedelta(seconds=2)) == ((1,), Click.FIRST)
    assert click(taken_back, 0, NOON + timedelta(seconds=0.5)) == ((0,), Click.FIRST)


@given(CLICKS)
def test_one_voter_never_holds_more_than_one_option(clicks: list[tuple[int, timedelta]]) -> None:
    ballot, now = Ballot(), NOON
    for option, pause in clicks:
        now += pause
        chosen, did = click(ballot, option, now)
        if did is Click.REPEATED:
            assert chosen == ballot.chosen
            continue
        assert chosen in ((), (option,))
        assert (did is Click.TAKEN_BACK) == (not chosen)
        ballot = Ballot(chosen, now, clicked=option)


def test_a_poll_stands_in_the_order_offered() -> None:
    lines = (Line(0, Option("A"), 1, 0.25), Line(1, Option("B"), 3, 0.75))
    assert standing(poll("A", "B"), (1, 3), 4) == Standing(lines, 4)


def test_a_poll_without_votes_stands_at_zero() -> None:
    assert standing(poll("A", "B"), (0, 0), 0) == Standing(
        (Line(0, Option("A"), 0, 0.0), Line(1, Option("B"), 0, 0.0)), 0
    )


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=100))
def test_shares_lie_between_nothing_and_everything(votes: list[int]) -> None:
    options = tuple(f"Option {number}" for number in range(len(votes)))
    lines = standing(poll(*options), votes, sum(votes)).lines
    assert all(0.0 <= line.share <= 1.0 for line in lines)


@pytest.mark.parametrize("is_for_owner", [False, True])
@pytest.mark.parametrize("has_voted", [False, True])
@pytest.mark.parametrize("closed_at", [None, NOON])
@pytest.mark.parametrize("seeing", Seeing)
def test_counts_are_seen_from_when_on_the_asker_said_by_whom(
    seeing: Seeing, closed_at: datetime | None, has_voted: bool, is_for_owner: bool
) -> None:
    asked = replace(poll(closed_at=closed_at), seeing=seeing)
    seen = outcome(asked, (1, 0), 1, reader=Reader(is_for_owner, has_voted))
    is_seen = {
        Seeing.LIVE: True,
        Seeing.AFTER_VOTE: has_voted or closed_at is not None,
        Seeing.AFTER_CLOSE: closed_at is not None,
        Seeing.OWNERS: is_for_owner,
    }[seeing]
    assert isinstance(seen.standing, Shown) == is_seen
    assert seen.turnout.value == Turnout(1)


@pytest.mark.parametrize(
    ("level", "names"), [(Level.NAMED, ("U0BEN",)), (Level.HIDDEN, ()), (Level.ANONYMOUS, ())]
)
def test_names_stand_beside_an_option_only_where_they_are_shown(level: Level, names: tuple[str, ...]) -> None:
    asked = replace(poll("A", "B"), privacy=Privacy(level))
    assert standing(asked, (1, 0), 1, {0: ("U0BEN",)}).lines[0] == Line(0, Option("A"), 1, 1.0, names)


@given(st.text(max_size=20), st.integers(2, 100))
def test_each_voter_has_one_order_of_all_options(voter: str, options: int) -> None:
    asked = replace(poll(*(f"Option {number}" for number in range(options))), is_shuffled=True)
    assert sorted(order(asked, voter)) == list(range(options))
    assert order(asked, voter) == order(asked, voter)


def test_voters_have_different_orders_and_each_option_comes_first_now_and_then() -> None:
    asked = replace(poll("A", "B", "C"), is_shuffled=True)
    assert {order(asked, f"T:U{number}")[0] for number in range(100)} == {0, 1, 2}
    assert order(poll("A", "B", "C"), "T:U1") == (0, 1, 2)

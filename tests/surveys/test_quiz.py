"""A quiz: who is right, what may be asked, and that nothing says what is right before it may be told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from surveys import ballots, polls, quiz
from surveys.anonymity import HIDDEN, Level, Privacy, Shown
from surveys.errors import Refused
from surveys.options import Adding, Option
from surveys.polls import Ballot, Poll, Terms
from surveys.seeing import PollKind, Seeing
from surveys.standings import OWNER, Reader, outcome

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CITIES = (Option("Paris", is_right=True), Option("Lyon"), Option("Lille"))
QUIZ = Poll(
    "p", "T1", "U0ANA", "C1", "Capital?", CITIES, "en", NOON,
    kind=PollKind.QUIZ, explanation="Since 987.", seeing=Seeing.AFTER_CLOSE,
)  # fmt: skip
ASKED = Terms(kind=PollKind.QUIZ)
SEALED = Privacy(Level.ANONYMOUS)


def two_right(*more: Option) -> tuple[Option, ...]:
    return (Option("A", is_right=True), Option("B", is_right=True), Option("C"), *more)


@pytest.mark.parametrize(
    ("chosen", "has_several", "is_right"),
    [
        ((0,), False, True),
        ((1,), False, True),
        ((2,), False, False),
        ((), False, False),
        ((0, 1), True, True),
        ((0,), True, False),
        ((0, 1, 2), True, False),
        ((), True, False),
    ],
)
def test_of_one_choice_any_right_answer_is_right_and_of_several_exactly_those(
    chosen: tuple[int, ...], has_several: bool, is_right: bool
) -> None:
    assert quiz.is_right(two_right(), chosen, has_several=has_several) is is_right


@pytest.mark.parametrize(
    ("options", "terms", "said"),
    [
        ((Option("A"), Option("B")), ASKED, "Which answer is right?"),
        ((Option("A", is_right=True), Option("B", is_right=True)), ASKED, "All answers are marked as right"),
        (two_right(), replace(ASKED, adding=Adding.ANYONE), "Voters can't add answers to a quiz"),
        (
            two_right(Option("D", is_right=True)),
            replace(ASKED, most=2),
            "3 answers are right, but the number",
        ),
        (two_right(), replace(ASKED, least=3, most=3), "2 answers are right, but the number"),
        (
            (*(Option(f"{number}", is_right=True) for number in range(11)), Option("A")),
            ASKED,
            "11 answers are marked as right; 10 is the most",
        ),
    ],
)
def test_what_can_be_no_quiz_is_refused_with_a_sentence(
    options: tuple[Option, ...], terms: Terms, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        polls.draft("Which?", options, "en", terms)
    assert said in refused.value.sentence.format(**refused.value.values)


def test_several_right_answers_may_be_asked_for_one_by_one_or_together() -> None:
    for terms in (ASKED, replace(ASKED, most=2), replace(ASKED, most=0), replace(ASKED, least=2, most=2)):
        assert polls.draft("Which?", two_right(), "en", terms).terms == terms


@pytest.mark.parametrize("seeing", list(Seeing))
@pytest.mark.parametrize("privacy", [HIDDEN, Privacy(Level.NAMED), SEALED])
@pytest.mark.parametrize("reader", [Reader(), OWNER])
def test_what_is_shown_of_an_open_quiz_holds_nothing_that_is_right(
    seeing: Seeing, privacy: Privacy, reader: Reader
) -> None:
    seen = outcome(replace(QUIZ, seeing=seeing, privacy=privacy), (3, 4, 0), 7, reader=reader)
    told = "".join(map(str, [seen.poll, seen.standing]))
    assert "is_right=True" not in told
    assert "987" not in told
    assert "✅" not in told


def test_a_sealed_quiz_is_told_once_it_is_counted_and_not_before() -> None:
    counting = replace(QUIZ, privacy=SEALED, closed_at=NOON, is_counted=False)
    assert "is_right=True" not in str(outcome(counting, (0, 0, 0), 7))
    assert outcome(replace(counting, is_counted=True), (3, 4, 0), 7).poll.options[0].emoji == "✅"


def test_from_the_close_on_the_right_answers_are_marked() -> None:
    seen = outcome(replace(QUIZ, closed_at=NOON), (3, 4, 0), 7)
    assert isinstance(seen.standing, Shown)
    assert [line.option.emoji for line in seen.standing.value.lines] == ["✅", "", ""]


def test_a_first_answer_is_final_where_it_is_told_at_once() -> None:
    at_once = replace(QUIZ, seeing=Seeing.AFTER_VOTE)
    ballots.check_may_change(at_once, Ballot(), (1,))
    ballots.check_may_change(at_once, Ballot((1,)), (1,))
    for after in ((0,), ()):
        ballots.check_may_change(QUIZ, Ballot((1,)), after)
        with pytest.raises(quiz.AnswerIsFinal):
            ballots.check_may_change(at_once, Ballot((1,)), after)

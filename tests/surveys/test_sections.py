"""What a report says: its parts, its headline's findings, and what it keeps back when few answered."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.anonymity import Shown
from surveys.questions import Counted, Kind, Question, Tally
from surveys.reports import Average, Favourite, Mood, report
from surveys.sections import PARTS, Findings, Part, Section, sections
from surveys.shapes import Bar, Bars, Quotes, Shape, Tones
from surveys.survey import Page, Round, Survey
from surveys.tone import Label

RATE = Question("rate", Kind.RATING, "How was it?")
BEST = Question("best", Kind.SINGLE_CHOICE, "What was best?", ("Talks", "People"))
WHY = Question("why", Kind.OPEN_TEXT, "Why?")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LONG = "I liked the talks very much, and the people even more."


def asked(*questions: Question, people: int = 10) -> Round:
    survey = Survey("s", "T0", "U0ANA", "How are we?", "", "en", (Page("", questions),))
    return Round("r1", survey, "C0", NOW, NOW + timedelta(days=7), people=people)


def choices(*people: int) -> Tally:
    return Tally(sum(people), tuple(Counted(each, choice=number) for number, each in enumerate(people)))


def ratings(**people: int) -> Tally:
    counts = tuple(Counted(each, number=int(number[1:])) for number, each in people.items())
    return Tally(sum(people.values()), counts)


def comments(texts: Sequence[str], labels: dict[Label, int] | None = None) -> Findings:
    return Findings(
        asked(WHY, people=len(texts)),
        0,
        {"why": Tally(len(texts), (Counted(len(texts)),))},
        {"why": labels or {}},
        {"why": texts},
    )


def values(section: Section) -> list[Shape]:
    """What the gate let pass."""
    return [shape.value for shape in section.shapes if isinstance(shape, Shown)]


def quotes(texts: Sequence[str]) -> tuple[str, ...]:
    shapes = [shape for section in sections(comments(texts)) for shape in values(section)]
    return next((shape.texts for shape in shapes if isinstance(shape, Quotes)), ())


def test_each_question_has_a_section_in_the_surveys_order() -> None:
    found = Findings(asked(RATE, BEST, WHY), 12, {"best": choices(7, 3), "rate": ratings(n4=10)})
    assert [section.question for section in sections(found)] == [RATE, BEST, WHY]
    assert values(sections(found)[1]) == [Bars((Bar("Talks", 7), Bar("People", 3)), 10)]


def test_a_new_part_is_one_function() -> None:
    def answered(question: Question, found: Findings) -> Shape | None:
        return Bars((Bar("answered", found.tally(question).people),), found.asked.people)

    parts: tuple[Part, ...] = (*PARTS, answered)
    [section] = sections(Findings(asked(BEST), 12, {"best": choices(7, 3)}), parts)
    assert values(section)[-1] == Bars((Bar("answered", 10),), 10)


def test_comments_show_how_they_feel_and_how_many_are_not_read_yet() -> None:
    found = comments([LONG] * 8, {Label.NEGATIVE: 2, Label.POSITIVE: 3})
    [section] = sections(found)
    tones = Tones(((Label.POSITIVE, 3), (Label.NEGATIVE, 2)), unread=3)
    assert values(section)[0] == tones
    assert report(found).tones.value == (tones,)


def test_fewer_than_five_comments_are_not_quoted() -> None:
    assert quotes([f"{LONG} {number}" for number in range(4)]) == ()
    assert len(quotes([f"{LONG} {number}" for number in range(5)])) == 3


def test_the_same_comment_is_quoted_once() -> None:
    assert quotes([LONG] * 9) == (LONG,)


def test_quotes_keep_the_apostrophes_that_were_written() -> None:
    written = "J’adore les rencontres, c’était « chaleureux » et joyeux."
    typed_otherwise = written.replace("’", "'")
    assert quotes([written] * 5) == ("J’adore les rencontres, c’était « chaleureux » et joyeux.",)
    assert len(quotes([written, typed_otherwise] * 3)) == 1


def test_quotes_of_a_good_length_come_first() -> None:
    short, endless = ["Good talks", "Nice room", "Not bad"], ["word " * 300, "other " * 300]
    assert quotes([*short, *endless, LONG])[0] == LONG


def test_a_long_comment_is_cut_between_words() -> None:
    [text] = quotes(["word " * 300] * 5)
    assert len(text) <= 160
    assert text.endswith("word…")


def test_three_thousand_emoji_are_cut_too() -> None:
    texts = quotes(["🙂" * 1500 + " " + "🙂" * 1500] * 5)
    assert all(len(text) <= 160 for text in texts)


def test_quotes_hold_no_mark_up_no_mention_and_one_line() -> None:
    said = "Ask <@U0BEN> or <!channel>:\nhe *knows* &lt;everything&gt; about the old library."
    [text] = quotes([said] * 5)
    assert "U0BEN" not in text
    assert "channel" not in text
    assert "\n" not in text
    assert "*" not in text


@given(st.lists(st.text(max_size=300), max_size=12))
def test_quotes_are_few_short_different_and_on_one_line(texts: list[str]) -> None:
    shown = quotes(texts)
    assert len(shown) <= 3
    assert len({text.casefold() for text in shown}) == len(shown)
    assert all(len(text) <= 160 and len(text.splitlines()) == 1 for text in shown)


@given(st.permutations([f"{LONG} {number}" for number in range(8)]))
def test_quotes_do_not_tell_who_wrote_first(texts: list[str]) -> None:
    assert quotes(texts) == quotes(sorted(texts))


def test_nobody_answered_has_no_sections() -> None:
    assert report(Findings(asked(RATE, WHY, people=0), 12)).sections == ()


def test_the_first_telling_question_leads() -> None:
    found = Findings(asked(RATE, BEST), 12, {"rate": ratings(n4=5, n5=5), "best": choices(7, 3)})
    assert report(found).leading.value == Average(4.5, 1, 5)


@pytest.mark.parametrize(
    ("people", "leading"),
    [
        ((7, 3), Favourite("Talks", is_most=True)),
        ((5, 5), None),
        ((0, 6), Favourite("People", is_most=True)),
        ((3, 1), None),
    ],
)
def test_a_choice_leads_if_it_is_ahead_and_enough_answered(
    people: tuple[int, int], leading: Favourite | None
) -> None:
    assert report(Findings(asked(BEST), 12, {"best": choices(*people)})).leading.value == leading


def test_half_is_not_most() -> None:
    three = Question("best", Kind.SINGLE_CHOICE, "What was best?", ("Talks", "People", "Cake"))
    found = Findings(asked(three), 12, {"best": choices(5, 3, 2)})
    assert report(found).leading.value == Favourite("Talks", is_most=False)


@pytest.mark.parametrize(
    ("labels", "mood"),
    [
        ({Label.POSITIVE: 6, Label.NEGATIVE: 4}, Mood.POSITIVE),
        ({Label.POSITIVE: 1, Label.NEGATIVE: 5}, Mood.NEGATIVE),
        ({Label.POSITIVE: 5, Label.NEGATIVE: 5}, Mood.BOTH),
        ({Label.MIXED: 6}, Mood.BOTH),
        ({Label.POSITIVE: 2, Label.NONE: 3, Label.NEUTRAL: 2}, Mood.CALM),
        ({Label.POSITIVE: 4}, None),
        ({}, None),
    ],
)
def test_the_mood_is_what_most_comments_have_in_common(labels: dict[Label, int], mood: Mood | None) -> None:
    assert report(comments([LONG] * 10, labels)).mood.value is mood

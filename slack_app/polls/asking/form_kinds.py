"""The fields of the form that tell one kind of poll from another: its kind, and what is to be chosen from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.words import Words
from slack_app.polls.asking.filled import DATES_AT_ONCE, LONGEST_FIELD, MOST_DATES, OPTIONS, Filled
from surveys.options import MOST_OPTIONS
from surveys.polls import LONGEST_EXPLANATION
from surveys.seeing import PollKind, Seeing


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that belong together.

    fits: whether they do with the kind and the names chosen; is_usual: whether nothing else stands in them.
    """

    fields: tuple[Block, ...]
    fits: bool = True
    is_usual: bool = True


def kind_field(kind: PollKind, words: Words) -> Block:
    """Each choice changes what the form shows."""
    choices = {each: _kind(each, words) for each in PollKind}
    menu = blocks.menu("polls.kind", list(choices.values()), words.plain("Choose one"), choices[kind])
    return blocks.field("kind", words.plain("Kind of poll"), menu, is_told=True)


def _kind(kind: PollKind, words: Words) -> Block:
    match kind:
        case PollKind.CHOICE:
            name, about = words.plain("Choice"), words.plain("One option or several; or Yes / No / Abstain")
        case PollKind.RANKING:
            name, about = words.plain("Ranking"), words.plain("Each person puts the options in order")
        case PollKind.RATING:
            name, about = words.plain("Rating"), words.plain("From 1 to 5, or in emojis")
        case PollKind.DATES:
            name, about = words.plain("Dates"), words.plain("Find a moment that suits most people")
        case PollKind.QUIZ:
            name, about = words.plain("Quiz"), words.plain("Some answers are right, and why is told")
    return blocks.choice(name, kind, about)


def parts(filled: Filled, words: Words) -> Iterator[Part]:
    """Yield what there is to choose from, for each kind of poll."""
    is_dates, is_quiz = filled.kind is PollKind.DATES, filled.kind is PollKind.QUIZ
    yield Part(tuple(_option_fields(filled, words)), not is_dates, not any(filled.options))
    is_usual = not any(filled.dates) and not filled.is_by_day
    yield Part(tuple(_date_fields(filled, words)), is_dates, is_usual)
    yield Part((_explanation_field(filled.explanation, words),), is_quiz, not filled.explanation)
    seeing = (_quiz_seeing_field(filled.quiz_seeing, words),)
    is_asked = is_quiz and not filled.is_sealed
    yield Part(seeing, is_asked, filled.quiz_seeing is Seeing.AFTER_CLOSE)


def _option_fields(filled: Filled, words: Words) -> Iterator[Block]:
    label, hint = _about_options(filled.kind, words)
    is_optional = filled.kind not in (PollKind.RANKING, PollKind.QUIZ)
    first, *rest = filled.options
    box = blocks.text_field("options", most=LONGEST_FIELD, lines=True, initial=first)
    yield blocks.field("options", label, box, hint, optional=is_optional)
    for name, text in zip(OPTIONS[1:], rest, strict=False):
        more = blocks.text_field(name, most=LONGEST_FIELD, lines=True, initial=text)
        yield blocks.field(name, words.plain("More options"), more, optional=True)


def _about_options(kind: PollKind, words: Words) -> tuple[str, str]:
    """Return what the options are called, and what people are told of them."""
    label = words.plain("Options, one per line")
    match kind:
        case PollKind.RATING:
            return words.plain("Steps, from low to high"), words.plain(
                "Leave it empty for 1 to 5. Or write how many, such as 10, or emojis on one line: 😞 😐 🙂"
            )
        case PollKind.QUIZ:
            label = words.plain("Answers, one per line")
            return label, words.plain("Put a star before each right answer, as in *Paris.")
        case PollKind.RANKING:
            return label, words.plain("Up to {most} options.", most=MOST_OPTIONS)
        case _:
            return label, words.plain(
                "Leave it empty for Yes / No / Abstain. Up to {most} options.", most=MOST_OPTIONS
            )


def _date_fields(filled: Filled, words: Words) -> Iterator[Block]:
    is_dates = filled.kind is PollKind.DATES
    if is_dates or filled.is_by_day:
        yield _days_field(is_by_day=filled.is_by_day, words=words)
    for number, chosen in enumerate(dates_shown(filled), 1):
        if is_dates or chosen is not None:
            yield _date_field(number, chosen, is_by_day=filled.is_by_day, words=words)
    if is_dates and len(dates_shown(filled)) < MOST_DATES:
        yield blocks.actions(blocks.button(words.plain("More dates"), "polls.more_dates", "more"))


def dates_shown(filled: Filled) -> tuple[date | None, ...]:
    """Return the dates in fives, with room for at least five."""
    count = max(len(filled.dates), 1)
    rounded = -(-count // DATES_AT_ONCE) * DATES_AT_ONCE
    return filled.dates + (None,) * (rounded - len(filled.dates))


def _days_field(*, is_by_day: bool, words: Words) -> Block:
    """Fields that are empty change with this choice, those filled in stay as they are."""
    hours, days = (
        blocks.choice(words.plain("Days with an hour"), "hours"),
        blocks.choice(words.plain("Whole days"), "days"),
    )
    picker = blocks.radios("polls.days", [hours, days], days if is_by_day else hours)
    hint = words.plain("At least two. Each person sees an hour in their own time zone.")
    return blocks.field("days", words.plain("What to choose from"), picker, hint, is_told=True)


def _date_field(number: int, chosen: date | None, *, is_by_day: bool, words: Words) -> Block:
    label = words.plain("Date {number}", number=number)
    name = _date_name(number, chosen, is_by_day=is_by_day)
    if isinstance(chosen, datetime) or (chosen is None and not is_by_day):
        return blocks.field(name, label, blocks.moment_field(name, chosen), optional=True)
    return blocks.field(name, label, blocks.day_field(name, chosen), optional=True)


def _date_name(number: int, chosen: date | None, *, is_by_day: bool) -> str:
    """Return the field of a date: a chosen one keeps its own, whatever those to come are."""
    has_hour = isinstance(chosen, datetime) or (chosen is None and not is_by_day)
    return f"date_{number}" if has_hour else f"day_{number}"


def first_date(filled: Filled) -> str:
    """Return the field of the first date."""
    return _date_name(1, dates_shown(filled)[0], is_by_day=filled.is_by_day)


def _explanation_field(explanation: str, words: Words) -> Block:
    box = blocks.text_field("explanation", most=LONGEST_EXPLANATION, lines=True, initial=explanation)
    hint = words.plain("Told together with the right answer.")
    return blocks.field("explanation", words.plain("Why it is right"), box, hint, optional=True)


def _quiz_seeing_field(seeing: Seeing, words: Words) -> Block:
    choices = {
        Seeing.AFTER_CLOSE: blocks.choice(
            words.plain("To everybody, after the close"), Seeing.AFTER_CLOSE,
            words.plain("Until then there are no counts, and answers may be changed."),
        ),
        Seeing.AFTER_VOTE: blocks.choice(
            words.plain("To each person, right after their answer"), Seeing.AFTER_VOTE,
            words.plain("Their answer is then final."),
        ),
        Seeing.LIVE: blocks.choice(
            words.plain("After the close, with counts all along"), Seeing.LIVE,
            words.plain("Everybody sees how often each answer is chosen."),
        ),
        Seeing.OWNERS: blocks.choice(
            words.plain("After the close, with counts for me alone"), Seeing.OWNERS,
        ),
    }  # fmt: skip
    picker = blocks.radios("quiz_seeing", list(choices.values()), choices[seeing])
    return blocks.field("quiz_seeing", words.plain("When the right answer is told"), picker)

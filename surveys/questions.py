"""The question types: what each accepts, and how its answers add up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.errors import Refused
from surveys.shapes import Bar, Bars, Shape
from surveys.text import length

MOST_CHOICES = 100
LONGEST_COMMENT = 3000
"""In UTF-16 units, as Slack's own field counts."""

Entry = tuple[str, ...]
"""What a form hands back for one question: nothing, one value, or several."""


class Kind(StrEnum):
    """The question types by the names they are stored under."""

    SINGLE_CHOICE = "single_choice"
    SEVERAL_CHOICES = "several_choices"
    RATING = "rating"
    ZERO_TO_TEN = "zero_to_ten"
    OPEN_TEXT = "open_text"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a survey.

    id: unique in its survey and never used again there; choices: of the choice types only.
    low, high: what the ends of a scale mean, such as "not at all".
    """

    id: str
    kind: Kind
    text: str
    choices: tuple[str, ...] = ()
    is_required: bool = False
    hint: str = ""
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One part of an answer, in the one shape of all types.

    item: the row of a question that has several; choice: an index into the question's choices.
    """

    item: int | None = None
    choice: int | None = None
    number: int | None = None
    text: str | None = None


Answer = tuple[Given, ...]
"""What one person gave to one question; empty where they gave nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people gave this same part."""

    people: int
    item: int | None = None
    choice: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One question's answers, added up.

    people: how many answered it; counts: each part given, texts counted together as one part.
    """

    people: int = 0
    counts: tuple[Counted, ...] = ()


class Required(Refused):
    sentence = "Please answer this question; the others can wait for it."


class NotOffered(Refused):
    sentence = "This is not one of the choices. Please choose again."


class OneOnly(Refused):
    sentence = "Please choose one answer only."


class NotOnTheScale(Refused):
    sentence = "Please choose a whole number from {low} to {high}."


class CommentTooLong(Refused):
    sentence = "This has {count} characters as Slack counts them, and {most} is the most. Please shorten it."


@dataclass(frozen=True, slots=True)
class Type:
    """What the product knows of one question type.

    accept: what a form handed back, never empty, into an answer; refuses what does not fit the question.
    entry: the answer as a form shows it again.
    shape: the tally as a shape; None where a type's answers are not counted one by one.
    """

    accept: Callable[[Question, Entry], Answer]
    entry: Callable[[Answer], Entry]
    shape: Callable[[Question, Tally], Shape | None]


def accept(question: Question, entry: Entry) -> Answer:
    """Return the answer that an entry stands for; refuse one that the question does not take."""
    filled = tuple(part for part in entry if part.strip())
    if filled:
        return TYPES[question.kind].accept(question, filled)
    if question.is_required:
        raise Required
    return ()


def entry(question: Question, answer: Answer) -> Entry:
    """Return an answer as a form shows it again."""
    return TYPES[question.kind].entry(answer)


def shape(question: Question, tally: Tally) -> Shape | None:
    """Return a question's results as a shape; None for those whose answers are read, not counted."""
    return TYPES[question.kind].shape(question, tally)


def scale(kind: Kind) -> range:
    """Return the numbers of a scale, lowest first."""
    return SCALES[kind]


SCALES: Mapping[Kind, range] = {Kind.RATING: range(1, 6), Kind.ZERO_TO_TEN: range(11)}


def _single_choice(question: Question, entry: Entry) -> Answer:
    if len(entry) != 1:
        raise OneOnly
    return _several_choices(question, entry)


def _several_choices(question: Question, entry: Entry) -> Answer:
    chosen = sorted({_index(part, len(question.choices)) for part in entry})
    return tuple(Given(choice=each) for each in chosen)


def _index(part: str, offered: int) -> int:
    if part not in map(str, range(offered)):
        raise NotOffered
    return int(part)


def _on_scale(question: Question, entry: Entry) -> Answer:
    numbers, part = scale(question.kind), entry[0]
    if len(entry) != 1 or part not in map(str, numbers):
        raise NotOnTheScale(low=numbers[0], high=numbers[-1])
    return (Given(number=int(part)),)


def _open_text(_question: Question, entry: Entry) -> Answer:
    text = "\n".join(entry).strip()
    if length(text) > LONGEST_COMMENT:
        raise CommentTooLong(count=length(text), most=LONGEST_COMMENT)
    return (Given(text=text),)


def _choices_entry(answer: Answer) -> Entry:
    return tuple(str(given.choice) for given in answer)


def _number_entry(answer: Answer) -> Entry:
    return tuple(str(given.number) for given in answer)


def _text_entry(answer: Answer) -> Entry:
    return tuple(given.text or "" for given in answer)


def _choice_bars(question: Question, tally: Tally) -> Shape:
    people = {counted.choice: counted.people for counted in tally.counts}
    bars = (Bar(text, people.get(number, 0)) for number, text in enumerate(question.choices))
    return Bars(tuple(bars), tally.people)


def _scale_bars(question: Question, tally: Tally) -> Shape:
    people = {counted.number: counted.people for counted in tally.counts}
    numbers = scale(question.kind)
    bars = tuple(Bar(str(number), people.get(number, 0)) for number in numbers)
    return Bars(bars, tally.people, _mean(tally.counts))


def _mean(counts: Sequence[Counted]) -> float | None:
    people = sum(counted.people for counted in counts)
    total = sum((counted.number or 0) * counted.people for counted in counts)
    return total / people if people else None


def _not_counted(_question: Question, _tally: Tally) -> None:
    return None


TYPES: Mapping[Kind, Type] = {
    Kind.SINGLE_CHOICE: Type(_single_choice, _choices_entry, _choice_bars),
    Kind.SEVERAL_CHOICES: Type(_several_choices, _choices_entry, _choice_bars),
    Kind.RATING: Type(_on_scale, _number_entry, _scale_bars),
    Kind.ZERO_TO_TEN: Type(_on_scale, _number_entry, _scale_bars),
    Kind.OPEN_TEXT: Type(_open_text, _text_entry, _not_counted),
}

"""Reports: one round's results, or a week's digest of a channel's surveys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial

from surveys.anonymity import ResultsTo, Shown, Turnout, Withheld, together
from surveys.comparing import groups, segment
from surveys.honest import is_few
from surveys.questions import SCALES, Question, scale
from surveys.sections import Findings, Section, sections
from surveys.shapes import Bars, Shape, Tones
from surveys.survey import Round
from surveys.tone import Label


@dataclass(frozen=True, slots=True)
class Order:
    """A report that somebody or something asked for, to be posted once.

    round_id: of a report on one round; schedule_id, since: of a week's digest of the channel, None otherwise.
    owner: who is told when it cannot be posted; is_late: a missed run that is made up for.
    told: how many of its questions or surveys are said, None where no more of them follow in its thread.
    about: the channel whose surveys a digest tells of, wherever it is posted after all.
    """

    id: str
    workspace: str
    channel: str
    owner: str
    language: str
    asked_at: datetime
    round_id: str | None = None
    schedule_id: str | None = None
    since: datetime | None = None
    is_late: bool = False
    message: str | None = None
    trouble: str | None = None
    told: int | None = None
    about: str | None = None


class Mood(Enum):
    """What most comments have in common."""

    POSITIVE = auto()
    NEGATIVE = auto()
    BOTH = auto()
    CALM = auto()
    """Most have no clear feeling."""


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of a scale from `low` to `high`."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Favourite:
    """The choice that more people made than any other; is_most: more than half of them."""

    choice: str
    is_most: bool


Leading = Average | Favourite


@dataclass(frozen=True, slots=True)
class Report:
    """One round's results. leading: what its first telling question found; mood: of all its comments.

    Both hold None where there are too few to say. withheld: why nothing but the turnout is shown;
    not_compared: the question to compare by, where there are no two groups for it.
    """

    asked: Round
    invited: int
    turnout: Shown[Turnout]
    sections: tuple[Section, ...]
    leading: Shown[Leading | None]
    mood: Shown[Mood | None]
    withheld: Withheld | None = None
    not_compared: Question | None = None

    @property
    def is_few(self) -> bool:
        return is_few(self.turnout.value.people)

    @property
    def tones(self) -> Shown[tuple[Tones, ...]]:
        return together(_shown(self.sections)).then(_tones)

    @property
    def is_for_owners(self) -> bool:
        """Whether its numbers go to whoever asked alone."""
        promised = self.asked.privacy
        return promised.is_sealed and promised.results_to is ResultsTo.OWNERS


@dataclass(frozen=True, slots=True)
class Digest:
    """What a channel was asked between two moments: the reports of its rounds, newest first.

    left_out: how many more there are whose results go to their owners alone.
    """

    channel: str
    since: datetime
    until: datetime
    reports: tuple[Report, ...]
    left_out: int = 0

    @property
    def is_a_week(self) -> bool:
        """Whether it tells of a week, late by some hours perhaps."""
        return self.until - self.since < timedelta(days=8)


Told = tuple[Question, Shape]


def report(found: Findings) -> Report:
    """Return what a round's answers say; nothing but its headline where nobody has answered."""
    asked, people = found.asked, found.asked.people
    whole = found.gate.table(people, found)
    parts = sections(found) if people and isinstance(whole, Shown) else ()
    told = together(_shown(parts))
    return Report(
        asked=asked,
        invited=found.invited,
        turnout=found.gate.turnout(people),
        sections=parts,
        leading=told.then(_leading),
        # By people, not by comments: three of them may write twelve.
        mood=told.then(lambda shapes: None if is_few(people) else _mood(_tones(shapes))),
        withheld=whole if isinstance(whole, Withheld) else None,
        not_compared=segment(asked) if parts and not groups(asked, found.tallies) else None,
    )


def _shown(parts: Iterable[Section]) -> list[Shown[Told]]:
    return [
        shape.then(partial(_of, part.question))
        for part in parts
        for shape in part.shapes
        if isinstance(shape, Shown)
    ]


def _of(question: Question, shape: Shape) -> Told:
    return question, shape


def _leading(told: Sequence[Told]) -> Leading | None:
    for question, shape in told:
        if isinstance(shape, Bars) and not is_few(shape.people):
            found = _telling(question, shape)
            if found is not None:
                return found
    return None


def _telling(question: Question, shape: Bars) -> Leading | None:
    """Return what a question's counts tell in a few words; None where no choice is ahead."""
    if question.kind in SCALES and shape.mean is not None:
        numbers = scale(question.kind)
        return Average(shape.mean, numbers[0], numbers[-1])
    first, *others = sorted(shape.bars, key=lambda bar: -bar.people)
    if others and others[0].people == first.people:
        return None
    return Favourite(first.label, first.people * 2 > shape.people)


def _tones(told: Iterable[Told]) -> tuple[Tones, ...]:
    return tuple(shape for _, shape in told if isinstance(shape, Tones))


def _mood(tones: Iterable[Tones]) -> Mood | None:
    counts = dict.fromkeys(Label, 0)
    for label, comments in (pair for each in tones for pair in each.counts):
        counts[label] += comments
    read = sum(counts.values())
    if is_few(read):
        return None
    positive, negative = counts[Label.POSITIVE], counts[Label.NEGATIVE]
    if max(positive, negative) * 2 > read:
        return Mood.POSITIVE if positive > negative else Mood.NEGATIVE
    if (counts[Label.NEUTRAL] + counts[Label.NONE]) * 2 > read:
        return Mood.CALM
    return Mood.BOTH

"""Reports: one round's results, or a week's digest of a channel's surveys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from surveys.honest import is_few
from surveys.questions import SCALES, Question, scale
from surveys.sections import Findings, Section, sections
from surveys.shapes import Bars, Tones
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


@dataclass(frozen=True, slots=True)
class Report:
    """One round's results. leading: what its first telling question found; mood: of all its comments.

    Both are None where there are too few to say.
    """

    asked: Round
    invited: int
    sections: tuple[Section, ...]
    leading: Average | Favourite | None
    mood: Mood | None

    @property
    def is_few(self) -> bool:
        return is_few(self.asked.people)

    @property
    def unread(self) -> int:
        """How many comments have no tone yet."""
        return sum(tones.unread for tones in _tones(self.sections))


@dataclass(frozen=True, slots=True)
class Digest:
    """What a channel was asked between two moments: the reports of its rounds, newest first."""

    channel: str
    since: datetime
    until: datetime
    reports: tuple[Report, ...]

    @property
    def is_a_week(self) -> bool:
        """Whether it tells of a week, late by some hours perhaps."""
        return self.until - self.since < timedelta(days=8)


def report(found: Findings) -> Report:
    """Return what a round's answers say; nothing but its headline where nobody has answered."""
    parts = sections(found) if found.asked.people else ()
    # By people, not by comments: three of them may write twelve.
    mood = None if is_few(found.asked.people) else _mood(_tones(parts))
    return Report(found.asked, found.invited, parts, _leading(parts), mood)


def _leading(parts: Iterable[Section]) -> Average | Favourite | None:
    for part in parts:
        for shape in part.shapes:
            if isinstance(shape, Bars) and not is_few(shape.people):
                found = _telling(part.question, shape)
                if found is not None:
                    return found
    return None


def _telling(question: Question, shape: Bars) -> Average | Favourite | None:
    """Return what a question's counts tell in a few words; None where no choice is ahead."""
    if question.kind in SCALES and shape.mean is not None:
        numbers = scale(question.kind)
        return Average(shape.mean, numbers[0], numbers[-1])
    first, *others = sorted(shape.bars, key=lambda bar: -bar.people)
    if others and others[0].people == first.people:
        return None
    return Favourite(first.label, first.people * 2 > shape.people)


def _tones(parts: Iterable[Section]) -> list[Tones]:
    return [shape for part in parts for shape in part.shapes if isinstance(shape, Tones)]


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

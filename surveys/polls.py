"""Poll: what may be asked, what a click does to a ballot, and how a poll stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from unicodedata import category, normalize

from surveys.anonymity import HIDDEN, Privacy, Stage
from surveys.errors import Refused
from surveys.text import length

MOST_OPTIONS = 100
"""Slack's menus hold a hundred options; beyond that no vote could be cast."""
LONGEST_QUESTION = 300
LONGEST_OPTION = 75
"""Slack's limit for the text of an option or a button."""

DOUBLE_CLICK = timedelta(seconds=1)
"""A second click on the same option this soon is one click of a hasty hand, not a change of mind."""


class NoQuestion(Refused):
    sentence = "The question is missing. Write what you want to ask."


class QuestionTooLong(Refused):
    sentence = "The question has {count} characters; {most} is the most. Please shorten it."


class TooFewOptions(Refused):
    sentence = "A poll needs at least two options. Add one more, or give none for Yes / No / Abstain."


class TooManyOptions(Refused):
    sentence = "That makes {count} options; {most} is the most. Please take some away."


class OptionTooLong(Refused):
    sentence = "The option “{option}” has {count} characters; {most} is the most. Please shorten it."


class SameOptionTwice(Refused):
    sentence = "The option “{option}” is there twice. Keep it once, or tell the two apart."


class PollClosed(Refused):
    sentence = (
        "This poll is closed, so votes no longer change. Ask the person who made it if you need another."
    )


class PollGone(Refused):
    sentence = "This poll is no longer here. Ask for a new one with /poll."


class UnknownOption(Refused):
    sentence = "This option is no longer part of the poll. Look at the newest message and vote there."


class Click(StrEnum):
    """What a click did to a ballot."""

    FIRST = "first"
    CHANGED = "changed"
    TAKEN_BACK = "taken back"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to ask, checked."""

    question: str
    options: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Poll:
    """One question in a channel; message is its Slack timestamp once posted.

    closes_at: when it closes by itself, None where it does not; is_counted: a sealed one is not, until after
    its close; audience: how many people can answer, None until that was asked of Slack.
    """

    id: str
    workspace: str
    owner: str
    channel: str
    question: str
    options: tuple[str, ...]
    language: str
    asked_at: datetime
    message: str | None = None
    closed_at: datetime | None = None
    closes_at: datetime | None = None
    privacy: Privacy = HIDDEN
    is_counted: bool = True
    audience: int | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def stage(self) -> Stage:
        if self.is_open:
            return Stage.OPEN
        return Stage.COUNTED if self.is_counted else Stage.COUNTING


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter has chosen: option indexes; and the last click: its moment, Slack's id, its option."""

    chosen: frozenset[int] = frozenset()
    clicked_at: datetime | None = None
    click_id: str | None = None
    clicked: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One option as it stands: votes, and their share of the voters from 0 to 1 (0 when nobody voted)."""

    option: str
    votes: int
    share: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How a poll stands: a line an option, in the order asked, and the people who voted."""

    lines: tuple[Line, ...]
    voters: int


def draft(question: str, options: Sequence[str], language: str) -> Draft:
    """Return what may be asked, white space tidied, or refuse with the reason."""
    asked = _tidy(question)
    if not asked:
        raise NoQuestion
    if length(asked) > LONGEST_QUESTION:
        raise QuestionTooLong(count=length(asked), most=LONGEST_QUESTION)
    return Draft(asked, _checked(options), language)


def _checked(options: Sequence[str]) -> tuple[str, ...]:
    tidy = tuple(text for text in map(_tidy, options) if text)
    if len(tidy) < 2:
        raise TooFewOptions
    if len(tidy) > MOST_OPTIONS:
        raise TooManyOptions(count=len(tidy), most=MOST_OPTIONS)
    seen: set[str] = set()
    for option in tidy:
        _check_option(option, seen)
        seen.add(_alike(option))
    return tidy


def _tidy(text: str) -> str:
    """Return the text on one line, single spaced; empty where nothing in it could be seen.

    Control characters go: PostgreSQL refuses NUL, and no message shows any.
    """
    words = ("".join(char for char in word if category(char) not in ("Cc", "Cs")) for word in text.split())
    tidy = " ".join(word for word in words if word)
    return tidy if any(category(char)[0] not in "CZ" for char in tidy) else ""


def _alike(option: str) -> str:
    """Return what two options that look the same have in common: é is one character or two."""
    return normalize("NFC", normalize("NFC", option).casefold())


def _check_option(option: str, seen: set[str]) -> None:
    if length(option) > LONGEST_OPTION:
        raise OptionTooLong(option=option[:20] + "…", count=length(option), most=LONGEST_OPTION)
    if _alike(option) in seen:
        raise SameOptionTwice(option=option)


def check_may_vote(poll: Poll, option: int) -> None:
    if not poll.is_open:
        raise PollClosed
    if not 0 <= option < len(poll.options):
        raise UnknownOption


def click(ballot: Ballot, option: int, now: datetime) -> tuple[frozenset[int], Click]:
    """Return the options chosen after a click on `option`, and what the click did.

    One choice a voter: another option replaces it, the same one takes it back.
    """
    is_hasty = ballot.clicked_at is not None and now - ballot.clicked_at < DOUBLE_CLICK
    if is_hasty and option in ballot.chosen | {ballot.clicked}:
        return ballot.chosen, Click.REPEATED
    if option not in ballot.chosen:
        return frozenset({option}), Click.CHANGED if ballot.chosen else Click.FIRST
    return ballot.chosen - {option}, Click.TAKEN_BACK


def standing(poll: Poll, votes: Sequence[int], voters: int) -> Standing:
    """Return how the poll stands; votes: the count of each option, in the order asked."""
    lines = (
        Line(option, count, count / voters if voters else 0.0)
        for option, count in zip(poll.options, votes, strict=True)
    )
    return Standing(tuple(lines), voters)

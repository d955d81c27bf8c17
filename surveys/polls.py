"""Poll: what may be asked, and how its votes are to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category, normalize

from surveys.anonymity import (
    HIDDEN,
    LONGEST_SEALED,
    USUALLY_SEALED,
    Level,
    Privacy,
    ResultsTo,
    Stage,
)
from surveys.errors import Refused
from surveys.seeing import Seeing
from surveys.text import length
from surveys.wishes import LeastAboveMost, LimitTooHigh, Wishes

MOST_OPTIONS = 100
"""Slack's menus hold a hundred options; beyond that no vote could be cast."""
LONGEST_QUESTION = 300
LONGEST_OPTION = 75
"""Slack's limit for the text of an option or a button."""

SOONEST_CLOSE = timedelta(minutes=5)


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


class ClosesTooSoon(Refused):
    sentence = "This moment is past or only minutes away. Choose a later one, so that people can vote."


class ClosesTooLate(Refused):
    sentence = "A poll that closes by itself stays open for {days} days at most. Choose an earlier moment."


class ReceiptsForAll(Refused):
    sentence = (
        "With receipts all ballots are published for everybody to count again. "
        "Choose results for everybody, or leave the receipts out."
    )


class SeenBeforeClose(Refused):
    sentence = (
        "An anonymous poll shows no counts before it closes. Leave out what says when they are seen, "
        "or ask with names hidden."
    )


class PollClosed(Refused):
    sentence = (
        "This poll is closed, so votes no longer change. Ask the person who made it if you need another."
    )


class PollGone(Refused):
    sentence = "This poll is no longer here. Ask for a new one with /poll."


@dataclass(frozen=True, slots=True)
class Terms:
    """How votes are to be kept, as the asker chose. closes_at: None for the usual, which may be never.

    least, most: how many options a voter chooses, most 0 for as many as there are.
    is_shuffled: whether each voter is shown the options in an order of their own.
    """

    level: Level = Level.HIDDEN
    closes_at: datetime | None = None
    results_to: ResultsTo = ResultsTo.ALL
    has_receipts: bool = False
    least: int = 1
    most: int = 1
    seeing: Seeing = Seeing.LIVE
    is_shuffled: bool = False


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to ask, checked."""

    question: str
    options: tuple[str, ...]
    language: str = "en"
    terms: Terms = USUAL


@dataclass(frozen=True, slots=True)
class Poll:
    """One question in a channel; message is its Slack timestamp once posted.

    closes_at: when it closes by itself, None where it does not; is_counted: a sealed one is not, until after
    its close; audience: how many people can answer, None until that was asked of Slack;
    least, most: how many options a voter chooses, most 0 for as many as there are.
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
    least: int = 1
    most: int = 1
    seeing: Seeing = Seeing.LIVE
    is_shuffled: bool = False

    @property
    def limit(self) -> int:
        """How many options a voter may choose."""
        return self.most or len(self.options)

    @property
    def has_several(self) -> bool:
        """Whether a voter may choose more than one option."""
        return self.limit > 1

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


def draft(question: str, options: Sequence[str], language: str, terms: Terms = USUAL) -> Draft:
    """Return what may be asked, white space tidied, or refuse with the reason."""
    asked = _tidy(question)
    if not asked:
        raise NoQuestion
    if length(asked) > LONGEST_QUESTION:
        raise QuestionTooLong(count=length(asked), most=LONGEST_QUESTION)
    checked = _checked(options)
    _check_limits(terms, len(checked))
    return Draft(asked, checked, language, terms)


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


def _check_limits(terms: Terms, options: int) -> None:
    count = max(terms.least, terms.most)
    if count > options:
        raise LimitTooHigh(count=count, options=options)
    if terms.most and terms.least > terms.most:
        raise LeastAboveMost(least=terms.least, most=terms.most)


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


def wished(wishes: Wishes, closes_at: datetime | None) -> Terms:
    """Return what a command asks for; nothing said is as usual. What is anonymous is seen after the close."""
    level, seeing = wishes.level or Level.HIDDEN, wishes.seeing or Seeing.LIVE
    is_sealed = level is Level.ANONYMOUS
    if is_sealed and wishes.seeing in (Seeing.LIVE, Seeing.AFTER_VOTE):
        raise SeenBeforeClose
    least = wishes.least or 1
    return Terms(
        level,
        closes_at,
        ResultsTo.OWNERS if is_sealed and seeing is Seeing.OWNERS else ResultsTo.ALL,
        least=least,
        most=(0 if least > 1 else 1) if wishes.most is None else wishes.most,
        seeing=Seeing.AFTER_CLOSE if is_sealed else seeing,
        is_shuffled=wishes.is_shuffled,
    )


def closing(terms: Terms, now: datetime) -> datetime | None:
    """Return when a poll closes by itself; one that is anonymous always does."""
    if terms.closes_at is None:
        return now + USUALLY_SEALED if terms.level is Level.ANONYMOUS else None
    if terms.closes_at < now + SOONEST_CLOSE:
        raise ClosesTooSoon
    if terms.closes_at > now + LONGEST_SEALED:
        raise ClosesTooLate(days=LONGEST_SEALED.days)
    return terms.closes_at


def promised(terms: Terms, fewest: int) -> Privacy:
    """Return what is promised at launch; fewest: the workspace's smallest group just now."""
    if terms.level is not Level.ANONYMOUS:
        return Privacy(terms.level)
    if terms.has_receipts and terms.results_to is ResultsTo.OWNERS:
        raise ReceiptsForAll
    return Privacy(terms.level, fewest, terms.results_to, terms.has_receipts)

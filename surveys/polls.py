"""Poll: what may be asked, and how its votes are to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from surveys import dates, quiz, rating
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
from surveys.options import Adding, NoDatesAdded, Option, Options, checked, tidy
from surveys.ranking import MOST_PLACES
from surveys.seeing import PollKind, Seeing
from surveys.text import length
from surveys.wishes import LeastAboveMost, LimitTooHigh, Wishes

LONGEST_QUESTION = 300
LONGEST_EXPLANATION = 500

SOONEST_CLOSE = timedelta(minutes=5)
LATEST_POST = timedelta(days=90)


class NoQuestion(Refused):
    sentence = "The question is missing. Write what you want to ask."


class QuestionTooLong(Refused):
    sentence = "The question has {count} characters; {most} is the most. Please shorten it."


class ExplanationTooLong(Refused):
    sentence = "The explanation has {count} characters; {most} is the most. Please shorten it."


class ClosesTooSoon(Refused):
    sentence = "This moment is past or only minutes away. Choose a later one, so that people can vote."


class ClosesBeforePosted(ClosesTooSoon):
    sentence = (
        "It would close before it is posted, or only minutes after. "
        "Choose a later moment to close, so that people can vote."
    )


class ClosesTooLate(Refused):
    sentence = "A poll that closes by itself stays open for {days} days at most. Choose an earlier moment."


class TooManyPlaces(Refused):
    sentence = (
        "Each person puts {most} options in order at most. Write limit {most} or less, or leave it out."
    )


class PostsTooSoon(Refused):
    sentence = "The moment at which it is to be posted is past. Choose a later one, or leave it out."


class PostsTooLate(Refused):
    sentence = "A poll waits {days} days at most until it is posted. Choose an earlier moment."


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
    explanation: of a quiz, why an answer is right; posts_at: not posted before, None for at once.
    """

    level: Level = Level.HIDDEN
    closes_at: datetime | None = None
    results_to: ResultsTo = ResultsTo.ALL
    has_receipts: bool = False
    least: int = 1
    most: int = 1
    seeing: Seeing = Seeing.LIVE
    is_shuffled: bool = False
    kind: PollKind = PollKind.CHOICE
    explanation: str = ""
    adding: Adding = Adding.NO
    posts_at: datetime | None = None


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to ask, checked."""

    question: str
    options: Options
    language: str = "en"
    terms: Terms = USUAL


@dataclass(frozen=True, slots=True)
class Poll:
    """One question in a channel; message is its Slack timestamp once posted.

    closes_at: when it closes by itself, None where it does not; is_counted: a sealed one is not, until after
    its close; audience: how many people can answer, None until that was asked of Slack;
    least, most: how many options a voter chooses, most 0 for as many as there are; of a ranking, how many
    they put in order. thread: the message below which it is posted; posts_at: the moment before which it
    is not.
    """

    id: str
    workspace: str
    owner: str
    channel: str
    question: str
    options: Options
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
    kind: PollKind = PollKind.CHOICE
    explanation: str = ""
    adding: Adding = Adding.NO
    thread: str | None = None
    posts_at: datetime | None = None

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the options that can be chosen, in the order asked; "Other…" comes last."""
        numbers = (number for number, option in enumerate(self.options) if option.is_open)
        return tuple(sorted(numbers, key=lambda number: self.options[number].is_other))

    @property
    def other(self) -> int | None:
        """The number of the option whose voters write something of their own."""
        return next((number for number in self.shown if self.options[number].is_other), None)

    @property
    def limit(self) -> int:
        """How many options a voter may choose; of a ranking, how many places there are."""
        most = self.most or len(self.shown)
        return min(most, len(self.shown), MOST_PLACES) if self.kind is PollKind.RANKING else most

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


Chosen = tuple[int, ...]
"""Numbers of options: of a ranking the most wanted first, of any other kind ascending."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter has chosen; and the last click: its moment, Slack's id, its option.

    written: what they wrote themselves where they chose "Other…".
    """

    chosen: Chosen = ()
    clicked_at: datetime | None = None
    click_id: str | None = None
    clicked: int | None = None
    written: str = ""


def draft(question: str, options: Sequence[Option], language: str, terms: Terms = USUAL) -> Draft:
    """Return what may be asked, white space tidied, or refuse with the reason."""
    asked = tidy(question)
    if not asked:
        raise NoQuestion
    if length(asked) > LONGEST_QUESTION:
        raise QuestionTooLong(count=length(asked), most=LONGEST_QUESTION)
    if length(terms.explanation) > LONGEST_EXPLANATION:
        raise ExplanationTooLong(count=length(terms.explanation), most=LONGEST_EXPLANATION)
    offered = dates.in_order(options) if terms.kind is PollKind.DATES else checked(options)
    _check_limits(terms, len(offered))
    _check_kind(offered, terms)
    return Draft(asked, offered, language, terms)


def _check_kind(options: Options, terms: Terms) -> None:
    if terms.kind is PollKind.RATING:
        rating.check(options, terms.most, is_shuffled=terms.is_shuffled, adding=terms.adding)
    if terms.kind is PollKind.QUIZ:
        quiz.check(options, terms.least, terms.most, terms.adding)
    if terms.kind is PollKind.DATES and terms.adding is not Adding.NO:
        raise NoDatesAdded


def _check_limits(terms: Terms, options: int) -> None:
    count = max(terms.least, terms.most)
    if terms.least > options or (count > options and terms.adding is Adding.NO):
        raise LimitTooHigh(count=count, options=options)
    if terms.kind is PollKind.RANKING and count > MOST_PLACES:
        raise TooManyPlaces(most=MOST_PLACES)
    if terms.most and terms.least > terms.most:
        raise LeastAboveMost(least=terms.least, most=terms.most)


def wished(wishes: Wishes, closes_at: datetime | None, posts_at: datetime | None = None) -> Terms:
    """Return what a command asks for; nothing said is as usual. What is anonymous is seen after the close."""
    level, seeing = wishes.level or Level.HIDDEN, wishes.seeing or _usual_seeing(wishes.kind)
    is_sealed = level is Level.ANONYMOUS
    if is_sealed and wishes.seeing in (Seeing.LIVE, Seeing.AFTER_VOTE):
        raise SeenBeforeClose
    least = wishes.least or 1
    return Terms(
        level,
        closes_at,
        ResultsTo.OWNERS if is_sealed and seeing is Seeing.OWNERS else ResultsTo.ALL,
        least=least,
        most=_usual_most(wishes.kind, least) if wishes.most is None else wishes.most,
        seeing=Seeing.AFTER_CLOSE if is_sealed else seeing,
        is_shuffled=wishes.is_shuffled,
        kind=wishes.kind or PollKind.CHOICE,
        adding=wishes.adding or Adding.NO,
        posts_at=posts_at,
    )


def _usual_most(kind: PollKind | None, least: int) -> int:
    """Return how many a voter chooses where that was not said, 0 for as many as there are."""
    return 0 if least > 1 or kind in (PollKind.RANKING, PollKind.DATES) else 1


def _usual_seeing(kind: PollKind | None) -> Seeing:
    """Return from when on the counts are seen: of a quiz after the close."""
    return Seeing.AFTER_CLOSE if kind is PollKind.QUIZ else Seeing.LIVE


def closing(terms: Terms, now: datetime) -> datetime | None:
    """Return when a poll closes by itself; one that is anonymous always does. It may be posted later."""
    posted_at = _posting(terms.posts_at, now)
    if terms.closes_at is None:
        return posted_at + USUALLY_SEALED if terms.level is Level.ANONYMOUS else None
    if terms.closes_at < posted_at + SOONEST_CLOSE:
        raise ClosesTooSoon if posted_at == now else ClosesBeforePosted
    if terms.closes_at > posted_at + LONGEST_SEALED:
        raise ClosesTooLate(days=LONGEST_SEALED.days)
    return terms.closes_at


def _posting(posts_at: datetime | None, now: datetime) -> datetime:
    """Return when a poll is posted: at once, or at the moment wished."""
    if posts_at is None:
        return now
    if posts_at <= now:
        raise PostsTooSoon
    if posts_at > now + LATEST_POST:
        raise PostsTooLate(days=LATEST_POST.days)
    return posts_at


def promised(terms: Terms, fewest: int) -> Privacy:
    """Return what is promised at launch; fewest: the workspace's smallest group just now."""
    if terms.level is not Level.ANONYMOUS:
        return Privacy(terms.level)
    if terms.has_receipts and terms.results_to is ResultsTo.OWNERS:
        raise ReceiptsForAll
    return Privacy(terms.level, fewest, terms.results_to, terms.has_receipts)

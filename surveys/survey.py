"""A survey: questions on pages, sent to people in rounds; what a response must hold to be complete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from surveys import questions
from surveys.anonymity import NAMED, Privacy, Stage
from surveys.errors import Refused
from surveys.questions import Answer, Entry, Kind, Question
from surveys.seeing import Seeing
from surveys.text import length

LONGEST_TITLE = 100
LONGEST_OPEN = timedelta(days=90)
USUALLY_OPEN = timedelta(days=7)


class NotHere(Refused):
    sentence = "This survey is not here any more: it was deleted."


class SurveyGone(Refused):
    sentence = (
        "This survey is not here any more: it was deleted. "
        "What you wrote was not sent; copy it if you want to keep it."
    )


class SurveyClosed(Refused):
    sentence = (
        "This survey is closed, so answers no longer count. "
        "What you wrote was not sent; copy it if you want to keep it."
    )


class ClosesTooSoon(Refused):
    sentence = "This moment is past or only minutes away. Choose a later one, so that people can answer."


class ClosesTooLate(Refused):
    sentence = "A survey stays open for {days} days at most. Choose an earlier moment."


class TitleLength(Refused):
    sentence = "A title has 1 to {most} characters; this one has {count}."


class BadEntries(Exception):
    """Entries that their questions do not take: question id to what is wrong with it."""

    def __init__(self, faults: Mapping[str, Refused]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Questions on pages. language: the one its texts are in, and in which it speaks to the channel."""

    id: str
    workspace: str
    owner: str
    title: str
    intro: str
    language: str
    pages: tuple[Page, ...]

    @property
    def questions(self) -> Iterator[Question]:
        return (question for page in self.pages for question in page.questions)


@dataclass(frozen=True, slots=True)
class Round:
    """One sending of a survey to the people of a channel.

    message: its timestamp in Slack, None until posted; people: how many responses are complete.
    is_counted: a sealed one is not, until after its close; audience: how many people can answer, None until
    that was asked of Slack; compare_by: the id of the question by whose choices each other one is told too.
    delivery: None where its message in the channel asks; where each person is asked by a message of their
    own, whether that is running, paused, cancelled or done. Its message then tells the owner how far that
    has come, and stands in the conversation `shown_in`.
    """

    id: str
    survey: Survey
    channel: str
    asked_at: datetime
    closes_at: datetime
    message: str | None = None
    closed_at: datetime | None = None
    people: int = 0
    delivery: str | None = None
    shown_in: str | None = None
    privacy: Privacy = NAMED
    is_counted: bool = True
    audience: int | None = None
    compare_by: str | None = None

    @property
    def stage(self) -> Stage:
        if self.closed_at is None:
            return Stage.OPEN
        return Stage.COUNTED if self.is_counted else Stage.COUNTING

    @property
    def seeing(self) -> Seeing:
        """What a survey's report may show is not held back for longer than the gate holds it."""
        return Seeing.LIVE

    @property
    def workspace(self) -> str:
        return self.survey.workspace

    @property
    def owner(self) -> str:
        return self.survey.owner

    def is_open(self, now: datetime) -> bool:
        """A round past its moment takes no answers, even before the job that closes it has run."""
        return self.closed_at is None and now < self.closes_at


@dataclass(frozen=True, slots=True)
class Response:
    """One person's answers in a round, by question id; answered_at: None until the last page was sent.

    is_boxed: the last page was sent in a sealed round, which keeps no moment.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    answered_at: datetime | None = None
    is_boxed: bool = False

    @property
    def is_complete(self) -> bool:
        return self.answered_at is not None or self.is_boxed


SECONDS = {Kind.OPEN_TEXT: 45}
"""What a question takes on average, where it is not a quarter of a minute."""


def about_minutes(survey: Survey) -> int:
    """Return how many minutes it takes to answer, one at least."""
    return max(1, round(sum(SECONDS.get(question.kind, 15) for question in survey.questions) / 60))


def check_title(title: str) -> str:
    """Return a title without the spaces around it; refuse one that is empty or too long."""
    tidy = " ".join(title.split())
    if not 0 < length(tidy) <= LONGEST_TITLE:
        raise TitleLength(most=LONGEST_TITLE, count=length(tidy))
    return tidy


def check_open(asked: Round, now: datetime) -> None:
    if not asked.is_open(now):
        raise SurveyClosed


def check_closing(closes_at: datetime, now: datetime) -> None:
    """Refuse a closing moment that leaves less than five minutes, or more than the longest time."""
    if closes_at < now + timedelta(minutes=5):
        raise ClosesTooSoon
    if closes_at > now + LONGEST_OPEN:
        raise ClosesTooLate(days=LONGEST_OPEN.days)


def accept_page(page: Page, entries: Mapping[str, Entry]) -> dict[str, Answer]:
    """Return the page's answers by question id, or raise BadEntries with all that is wrong.

    entries: by question id; a question that is missing was left empty.
    """
    accepted, faults = sorted_out(page, entries)
    if faults:
        raise BadEntries(faults)
    return accepted


def sorted_out(page: Page, entries: Mapping[str, Entry]) -> tuple[dict[str, Answer], dict[str, Refused]]:
    """Return the answers that can be kept, and what is wrong with the others, both by question id."""
    accepted: dict[str, Answer] = {}
    faults: dict[str, Refused] = {}
    for question in page.questions:
        try:
            accepted[question.id] = questions.accept(question, entries.get(question.id, ()))
        except Refused as refused:
            faults[question.id] = refused
    return accepted, faults


def first_incomplete(survey: Survey, answers: Mapping[str, Answer]) -> int | None:
    """Return the number of the first page that lacks a required answer, from 0; None where none does."""
    for number, page in enumerate(survey.pages):
        if any(question.is_required and not answers.get(question.id) for question in page.questions):
            return number
    return None

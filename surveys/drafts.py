"""A survey before anybody is asked: its texts and questions, and short ways to write them down."""

from dataclasses import dataclass

from surveys.questions import Kind, Question
from surveys.survey import Page


@dataclass(frozen=True, slots=True)
class Draft:
    """A survey's title, intro and pages. label, about: how it is offered to whoever chooses one."""

    label: str
    about: str
    title: str
    intro: str
    pages: tuple[Page, ...]


def comparable(draft: Draft) -> tuple[Question, ...]:
    """Return the questions by whose choices the others may be told."""
    questions = (question for page in draft.pages for question in page.questions)
    return tuple(question for question in questions if question.kind is Kind.SINGLE_CHOICE)


def page(title: str, *questions: Question) -> Page:
    return Page(title, questions)


def rate(name: str, text: str, *, low: str, high: str) -> Question:
    """From 1 to 5; low, high: what the ends mean."""
    return Question(name, Kind.RATING, text, is_required=True, low=low, high=high)


def zero_to_ten(name: str, text: str, *, low: str, high: str) -> Question:
    return Question(name, Kind.ZERO_TO_TEN, text, is_required=True, low=low, high=high)


def choose_one(name: str, text: str, *choices: str, is_required: bool = False) -> Question:
    return Question(name, Kind.SINGLE_CHOICE, text, choices, is_required=is_required)


def choose_several(name: str, text: str, *choices: str, hint: str = "") -> Question:
    return Question(name, Kind.SEVERAL_CHOICES, text, choices, hint=hint)


def comment(name: str, text: str, *, hint: str = "") -> Question:
    return Question(name, Kind.OPEN_TEXT, text, hint=hint)

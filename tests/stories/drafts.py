"""Polls asked as values, where what is told is not how they are asked."""

from collections.abc import Sequence

from slack_app.kit.incoming import Who
from slack_app.playground.workspace import Message
from slack_app.polls import service
from slack_app.polls.service import Place
from surveys.options import Option
from surveys.polls import USUAL, Terms, draft
from tests.stories.town import GENERAL, Town

HOME = "T0PLAYGRD"


def put(
    town: Town,
    options: Sequence[Option],
    question: str = "Which?",
    language: str = "en",
    terms: Terms = USUAL,
    channel: str = GENERAL,
) -> None:
    """Have Ana ask a poll of these options."""
    asked = draft(question, options, language, terms)
    count = len(town.playground.workspace.messages(channel))
    place = Place(channel, f"asked {count} {question}")
    service.ask(town.database, Who(HOME, HOME, "U0ANA"), asked, place, town.palabre.tools.now())
    town.palabre.tools.redraw_due.set()
    town.settle()


def asked(
    town: Town,
    options: Sequence[Option],
    question: str = "Which?",
    language: str = "en",
    terms: Terms = USUAL,
    channel: str = GENERAL,
) -> Message:
    """Have Ana ask a poll of these options, and return its message."""
    put(town, options, question, language, terms, channel)
    return town.posted(channel)[-1]

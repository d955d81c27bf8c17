"""Rounds for stories to answer: a survey of all question types, launched in a channel."""

from datetime import UTC, datetime, timedelta

from slack_app.playground.workspace import TEAM_ID, Message, View
from surveys.questions import Kind, Question
from surveys.survey import Page, Round, Survey
from tests.stories.town import GENERAL, Town

RATE = Question("rate", Kind.RATING, "How do you like it here?", is_required=True, low="not", high="a lot")
COME_AGAIN = Question("again", Kind.ZERO_TO_TEN, "Would you tell a friend?", low="never", high="at once")
BEST = Question("best", Kind.SINGLE_CHOICE, "What was best?", ("Talks", "People", "Food & <drinks>"))
DAYS = Question("days", Kind.SEVERAL_CHOICES, "Which days suit you?", ("Monday", "Tuesday", "Friday"))
WHY = Question("why", Kind.OPEN_TEXT, "What should change?", hint="A word or two is enough.")

PAGES = (Page("", (RATE, COME_AGAIN)), Page("The evening", (BEST, DAYS)), Page("In your words", (WHY,)))


def launch(
    town: Town,
    *,
    round_id: str = "r1",
    pages: tuple[Page, ...] = PAGES,
    workspace: str = TEAM_ID,
    channel: str = GENERAL,
    language: str = "en",
    title: str = "How are we doing?",
) -> Round:
    """Launch a survey of Ana's, open for seven days, and let its message appear."""
    now = datetime.fromtimestamp(town.playground.workspace.clock.now(), UTC)
    survey = Survey(f"s-{round_id}", workspace, "U0ANA", title, "Five minutes.", language, pages)
    asked = Round(round_id, survey, channel, now, now + timedelta(days=7))
    with town.database.begin() as store:
        assert store.surveys.create(asked, f"origin-{round_id}", None)
    town.settle()
    return asked


def card(town: Town, asked: Round) -> Message:
    """The survey's message in its channel, with its button."""
    with town.database.begin() as store:
        found = store.surveys.find(asked.workspace, asked.id)
    assert found
    return next(each for each in town.posted(asked.channel) if each.ts == found.message)


def begin(town: Town, user: str, asked: Round) -> View:
    """Press Answer and return the window that opens."""
    answer = town.press(user, card(town, asked), "answering.open")
    assert answer.ok
    return town.modal(user)

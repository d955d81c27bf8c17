"""Reports: what a channel reads of its survey, at its close, on wish, and each week."""

from collections.abc import Sequence
from datetime import UTC, datetime

from slack_app.playground.workspace import TEAM_ID, Message
from surveys.questions import Answer, Given
from surveys.survey import Round
from tests.stories.rounds import launch
from tests.stories.town import GENERAL, Town

PRAISE = (
    "I love the monthly meetings, they are wonderful and friendly.",
    "Great people and excellent talks, thank you so much!",
    "The library is a lovely place and everybody is kind.",
    "What a fantastic evening, I enjoyed it a lot.",
)
COMPLAINT = "The meetings are too long, it was boring and awful."


def now(town: Town) -> datetime:
    return datetime.fromtimestamp(town.playground.workspace.clock.now(), UTC)


def answers(number: int, comment: str) -> dict[str, Answer]:
    """One person's answers; three of four rate 4, and the talks are best for most."""
    return {
        "rate": (Given(number=5 if number % 4 == 0 else 4),),
        "again": (Given(number=number % 11),),
        "best": (Given(choice=0 if number % 3 else 1),),
        "days": (Given(choice=0), Given(choice=2)) if number % 2 else (Given(choice=1),),
        "why": (Given(text=comment),) if comment else (),
    }


def answer(town: Town, asked: Round, people: int, comments: Sequence[str] = (*PRAISE, COMPLAINT)) -> None:
    """Let so many people answer, each with one of the comments in turn."""
    with town.database.begin() as store:
        for number in range(people):
            person = f"{TEAM_ID}:U{number}"
            said = comments[number % len(comments)] if comments else ""
            given = {name: each for name, each in answers(number, said).items() if each}
            store.responses.keep(TEAM_ID, asked.id, person, given)
            store.responses.complete(TEAM_ID, asked.id, person, now(town))


def report_on(town: Town, asked: Round, channel: str = GENERAL, user: str = "U0ANA") -> Message:
    """Ask for a report by the form, and return it."""
    town.say(user, "/report", channel)
    town.fill(user, survey=asked.id, channel=channel)
    town.submit(user)
    return town.posted(channel)[-1]


def charts_in(message: Message) -> list[str]:
    return [block["title"] for block in message.blocks if block["type"] == "data_visualization"]


def test_twelve_answers_become_a_headline_charts_bars_and_comments(town: Town) -> None:
    asked = launch(town)
    answer(town, asked, 12)
    message = report_on(town, asked)
    assert charts_in(message) == ["How do you like it here?", "Would you tell a friend?"]

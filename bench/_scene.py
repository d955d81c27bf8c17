"""The demo with hands on it: its page for a browser, its database for the answers of a crowd."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from slack_app.app import Palabre
from slack_app.demo import CHIPS, clock_of, follow, running, serving
from slack_app.playground.server import Playground
from slack_app.playground.workspace import TEAM_ID
from slack_app.settings import MANIFEST, Settings
from surveys.questions import SCALES, Answer, Given, Kind, Question, scale
from surveys.survey import Round

LUCK = (4, 5, 3, 4, 5, 4, 2, 5, 4, 3, 5, 1, 4)
"""What a crowd's numbers are made from: the same at each run."""


@dataclass(frozen=True, slots=True)
class Scene:
    playground: Playground
    palabre: Palabre

    def crowd(self, channel: str, people: int) -> None:
        """Let so many more people be in a channel."""
        names = {f"U1{number:04}" for number in range(people)}
        self.playground.workspace.channels[channel].members |= names

    def newest(self, channel: str) -> Round:
        with self.palabre.tools.database.begin() as store:
            return store.surveys.recent_in(TEAM_ID, channel, None)[0]

    def answer(self, asked: Round, people: int, comments: Sequence[str]) -> None:
        """Let so many of the crowd answer, two in three of them with a comment."""
        now = self.palabre.tools.now() - timedelta(minutes=1)
        with self.palabre.tools.database.begin() as store:
            for person in range(people):
                respondent = f"{TEAM_ID}:U1{person:04}"
                given = answers(asked, person, comments)
                store.responses.keep(TEAM_ID, asked.id, respondent, given)
                store.responses.complete(TEAM_ID, asked.id, respondent, now)


def answers(asked: Round, person: int, comments: Sequence[str]) -> dict[str, Answer]:
    luck = LUCK[person % len(LUCK)]
    return {
        each.id: answer for each in asked.survey.questions if (answer := one(each, person, luck, comments))
    }


def one(question: Question, person: int, luck: int, comments: Sequence[str]) -> Answer:
    """One person's answer to one question; luck: from 1 to 5."""
    if question.kind in SCALES:
        highest = scale(question.kind)[-1]
        return (Given(number=min(highest, luck * highest // 5 + person % 2)),)
    if question.kind is Kind.OPEN_TEXT:
        return (Given(text=comments[person % len(comments)]),) if person % 3 else ()
    first = (person * luck) % len(question.choices)
    if question.kind is Kind.SINGLE_CHOICE:
        return (Given(choice=first),)
    return tuple(Given(choice=each) for each in sorted({first, person % 3}))


@contextmanager
def scene() -> Iterator[Scene]:
    """Run the demo in this process for as long as the block lasts."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Playground(None, manifest=manifest, chips=CHIPS) as playground,
        running(settings_for(playground, folder), clock_of(playground)) as palabre,
        serving(palabre.web) as address,
    ):
        playground.app_url = address
        follow(playground, palabre)
        yield Scene(playground, palabre)


def settings_for(playground: Playground, folder: str) -> Settings:
    return Settings(
        bot_token=playground.bot_token,
        signing_secret=playground.signing_secret,
        api_url=playground.api_url,
        database_url=f"sqlite:///{Path(folder, 'pictures.sqlite3').as_posix()}",
    )

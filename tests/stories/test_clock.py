"""The demo with its engine: what is due happens when the clock is moved, and never after a reset."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import yaml

from slack_app.app import Palabre
from slack_app.demo import clock_of, follow, running, serving
from slack_app.playground.server import Playground
from slack_app.playground.workspace import TEAM_ID
from slack_app.settings import MANIFEST, Settings
from surveys.survey import Round
from tests.stories.town import GENERAL

EIGHT_DAYS = timedelta(days=8).total_seconds()


@contextmanager
def demo(database_url: str) -> Iterator[tuple[Playground, Palabre]]:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest) as playground:
        settings = Settings(
            playground.bot_token, playground.signing_secret, playground.api_url, database_url=database_url
        )
        with running(settings, clock_of(playground)) as palabre, serving(palabre.web) as app_url:
            playground.app_url = app_url
            follow(playground, palabre)
            yield playground, palabre


def launch(playground: Playground, palabre: Palabre) -> Round:
    """Ana launches a ready-made survey, which closes within eight days."""
    assert playground.gestures.say("U0ANA", GENERAL, "/survey event").ok
    assert playground.gestures.submit("U0ANA", playground.workspace.stacks["U0ANA"][-1].id).ok
    wait_until(lambda: all(each.message for each in rounds(palabre)))
    (asked,) = rounds(palabre)
    return asked


def rounds(palabre: Palabre) -> tuple[Round, ...]:
    with palabre.tools.database.begin() as store:
        return store.surveys.recent_of(TEAM_ID, "U0ANA")


def invited(palabre: Palabre, asked: Round) -> int:
    with palabre.tools.database.begin() as store:
        return store.surveys.invited(asked.workspace, asked.id)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_survey_closes_when_the_clock_passes_its_moment(database_url: str) -> None:
    with demo(database_url) as (playground, palabre):
        assert launch(playground, palabre).closed_at is None
        playground.gestures.move_clock(EIGHT_DAYS)
        wait_until(lambda: rounds(palabre)[0].closed_at is not None)
        wait_until(lambda: palabre.tools.database.jobs.waiting() == ())


def test_what_slack_refuses_for_a_moment_is_done_a_moment_later(database_url: str) -> None:
    with demo(database_url) as (playground, palabre):
        playground.faults.next("conversations.members", "429:1")
        playground.faults.next("conversations.members", "500")
        asked = launch(playground, palabre)
        wait_until(lambda: invited(palabre, asked) > 0)


def test_after_a_reset_nothing_of_before_is_due(database_url: str) -> None:
    with demo(database_url) as (playground, palabre):
        launch(playground, palabre)
        playground.gestures.reset()
        assert rounds(palabre) == ()
        assert palabre.tools.database.jobs.waiting() == ()

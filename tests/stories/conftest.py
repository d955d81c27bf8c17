"""The town in which stories happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine, create_engine

from slack_app.app import Palabre, create_app
from slack_app.demo import catch_up, clock_of, serving
from slack_app.members.jobs import read_members
from slack_app.playground.server import Playground
from slack_app.settings import MANIFEST, Settings
from slack_app.socket_mode import SocketMode
from storage import Database
from tests.stories.town import Town


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A way to the database beside the app's, as whoever has its file or its password has one."""
    opened = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    yield opened
    opened.dispose()


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    """The real app over signed HTTP beside a small Slack; later work happens when the story says so."""
    with standing(database, "http") as built:
        yield built


@pytest.fixture(params=["http", "socket mode"])
def either_town(database: Database, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The same town, over HTTP and over Socket Mode in turn."""
    with standing(database, request.param) as built:
        yield built


@contextmanager
def standing(database: Database, transport: str) -> Iterator[Town]:
    with Playground(None, manifest=_manifest()) as playground:
        settings = Settings(playground.bot_token, playground.signing_secret, playground.api_url)
        palabre = create_app(settings, database, clock_of(playground))
        playground.stage.after_move = lambda seconds: catch_up(palabre, seconds)
        with reaching(palabre, playground) if transport == "http" else linked(palabre, playground):
            read_members(palabre.tools)
            yield Town(playground, palabre, database)
        palabre.tools.later.close()


@cache
def _manifest() -> dict[str, Any]:
    """The app's manifest, which nobody changes: read once, not for each of hundreds of towns."""
    return dict(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


@contextmanager
def reaching(palabre: Palabre, playground: Playground) -> Iterator[None]:
    """Let Slack come to the app."""
    with serving(palabre.web) as url:
        playground.app_url = url
        yield


@contextmanager
def linked(palabre: Palabre, playground: Playground) -> Iterator[None]:
    """Let the app come to Slack."""
    line = SocketMode(palabre.bolt, palabre.tools.slack, playground.app_token)
    try:
        line.start()
        yield
    finally:
        line.stop()

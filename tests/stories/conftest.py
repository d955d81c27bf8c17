"""The town in which stories happen."""

from collections.abc import Iterator

import pytest
import yaml

from slack_app.app import create_app
from slack_app.demo import catch_up, clock_of, serving
from slack_app.members.jobs import read_members
from slack_app.playground.server import Playground
from slack_app.settings import MANIFEST, Settings
from storage import Database
from tests.stories.town import Town


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    """The real app over signed HTTP beside a small Slack; later work happens when the story says so."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest) as playground:
        settings = Settings(playground.bot_token, playground.signing_secret, playground.api_url)
        palabre = create_app(settings, database, clock_of(playground))
        playground.stage.after_move = lambda seconds: catch_up(palabre, seconds)
        with serving(palabre.web) as url:
            playground.app_url = url
            read_members(palabre.tools)
            yield Town(playground, palabre, database)
        palabre.tools.later.close()

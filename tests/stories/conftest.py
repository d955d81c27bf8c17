"""The town in which stories happen."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import yaml

from slack_app.app import create_app
from slack_app.demo import serving
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
        clock = playground.workspace.clock
        palabre = create_app(settings, database, now=lambda: datetime.fromtimestamp(clock.now(), UTC))
        with serving(palabre.web) as url:
            playground.app_url = url
            read_members(palabre.tools)
            yield Town(playground, palabre, database)
        palabre.tools.later.close()

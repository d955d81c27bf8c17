"""Each member of a channel is asked by direct message, and the owner sees how far that is and can stop it."""

from dataclasses import replace

import pytest

from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message
from surveys.survey import Round
from tests.stories.test_launching import look_over
from tests.stories.town import GENERAL, Town

TITLE = "How are you doing in our community?"
SMALL = "C0SMALL"
"""A channel of Ana, Ben and Chloé, with an app and Palabre."""


@pytest.fixture
def small(town: Town) -> Town:
    """The town with a channel of three people and two apps."""
    channel = town.playground.workspace.channels[GENERAL]
    members = {"U0ANA", "U0BEN", "U0CHLOE", "U0CLOCKBOT", BOT_USER}
    town.playground.workspace.channels[SMALL] = replace(channel, id=SMALL, name="small", members=members)
    return town


def launch(town: Town, channel: str = SMALL) -> None:
    """Ana launches a ready-made survey, to be asked of each member, and what follows happens."""
    look_over(town)
    town.fill("U0ANA", channel=channel, way="each")
    town.submit("U0ANA")


def asked(town: Town) -> Round:
    with town.database.begin() as store:
        return store.surveys.recent_of(TEAM_ID, "U0ANA")[0]


def asks(town: Town, user: str) -> list[Message]:
    """The messages that ask this person."""
    return [each for each in town.direct(user) if "Survey by" in each.text]


def progress(town: Town) -> Message:
    """What tells Ana how far it is."""
    return next(each for each in town.direct("U0ANA") if "Survey by" not in each.text)


def test_each_member_is_asked_by_direct_message_and_no_app_is(small: Town) -> None:
    launch(small)
    assert [len(asks(small, user)) for user in ("U0ANA", "U0BEN", "U0CHLOE", "U0DRISS")] == [1, 1, 1, 0]
    assert small.posted(SMALL) == []
    assert "3 people were asked" in progress(small).text

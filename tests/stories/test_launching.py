"""Launching: a survey is chosen, looked over, sent, closed and deleted, as its owner and the channel see it."""

from datetime import UTC, datetime

from tests.stories.town import GENERAL, Town, text_of


def begin(town: Town, user: str = "U0ANA", text: str = "satisfaction", channel: str = GENERAL) -> None:
    """Open a ready-made survey's look-over."""
    town.say(user, f"/survey {text}", channel)


def launched(town: Town, user: str = "U0ANA", channel: str = GENERAL, **entries: str) -> None:
    """Launch a survey."""
    begin(town, user, channel=channel)
    town.fill(user, channel=channel, **entries)
    town.submit(user)


def test_the_survey_appears_in_its_channel(town: Town) -> None:
    launched(town)
    message = town.posted()[-1]
    assert "Survey by <@U0ANA>: How are you doing in our community?" in message.text
    print(message.text)
    print(text_of(town.modal("U0ANA").blocks))

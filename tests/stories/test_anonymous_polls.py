"""An anonymous poll from the question to its results, as those in the channel see it."""

from slack_app.playground.workspace import Message
from tests.stories.town import GENERAL, Town, text_of

LEADERS = 'anonymous "Who should lead?" "Ana" "Ben"'
FIVE = ("U0ANA", "U0BEN", "U0CHLOE", "U0DRISS", "U0GIL")


def votes(town: Town, message: Message, options: str, people: tuple[str, ...] = FIVE) -> None:
    """Have people vote, one digit an option."""
    for person, option in zip(people, options, strict=False):
        town.press(person, message, f"polls.vote:{option}")


def test_an_anonymous_poll_goes_its_whole_way(town: Town) -> None:
    message = town.ask(text=LEADERS)
    votes(town, message, "00011")
    town.press("U0ANA", message, "polls.close")
    assert "Ana: 3 votes · 60%" in message.text

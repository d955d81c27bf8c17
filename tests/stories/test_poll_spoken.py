"""Who hears a poll's message hears all that it shows: screen readers read its text and not its blocks."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from slack_app.kit.incoming import Who
from slack_app.playground.workspace import Message
from slack_app.polls import service
from surveys.anonymity import Level
from surveys.options import Option, asked
from surveys.polls import Terms
from surveys.seeing import PollKind, Seeing
from tests.stories import drafts
from tests.stories.test_anonymous_polls import FIVE
from tests.stories.town import Town

PLAIN = (Option("Tacos", "🌮"), Option("Sushi", picture="https://pictures.example/sushi.png"))
DATES = (
    Option("May 3", moment=datetime(2027, 5, 3, 18, 30, tzinfo=UTC)),
    Option("May 4", moment=datetime(2027, 5, 4, 12, tzinfo=UTC), is_day=True),
)
QUIZ = (Option("The Seine", is_right=True), Option("The Loire"))
QUIZZED = Terms(kind=PollKind.QUIZ, seeing=Seeing.AFTER_CLOSE, explanation="It rises at Source-Seine.")
POLLS: dict[str, tuple[tuple[Option, ...], Terms]] = {
    "choice": (PLAIN, Terms()),
    "several": (PLAIN, Terms(most=2)),
    "names shown": (PLAIN, Terms(Level.NAMED)),
    "anonymous": (PLAIN, Terms(Level.ANONYMOUS, seeing=Seeing.AFTER_CLOSE)),
    "seen later": (PLAIN, Terms(seeing=Seeing.AFTER_CLOSE)),
    "for owners": (PLAIN, Terms(seeing=Seeing.OWNERS)),
    "long": (asked(f"Choice {number}" for number in range(30)), Terms()),
    "ranking": (PLAIN, Terms(kind=PollKind.RANKING, most=0)),
    "rating": (asked("12345"), Terms(kind=PollKind.RATING)),
    "dates": (DATES, Terms(kind=PollKind.DATES, most=0)),
    "quiz": (QUIZ, QUIZZED),
}
LEFT_OUT = re.compile(r"[█░]+ ?|`|_|^\*|\*$")
ONLY_SHOWN = re.compile(r"and \d+ more options · .*")
"""What points to the rest, which the text says whole."""


def shown(block: dict[str, Any]) -> list[str]:
    """The lines of a block that are read, without bars and marks; buttons are read by themselves."""
    texts = [block.get("text"), *block.get("elements", ())] if block["type"] != "actions" else []
    said = [text["text"] for text in texts if text and text.get("type") in ("mrkdwn", "plain_text")]
    return [LEFT_OUT.sub("", line) for text in said for line in text.split("\n")]


def unspoken(message: Message) -> list[str]:
    """What the blocks say and the text does not."""
    spoken = bare(LEFT_OUT.sub("", message.text))
    lines = [bare(line) for block in message.blocks for line in shown(block)]
    return [line for line in lines if line not in spoken and not ONLY_SHOWN.fullmatch(line)]


def bare(text: str) -> str:
    """Return a text without what only sets it in bold, or parts an option from its votes."""
    return text.replace("*", "").replace(": ", " · ")


@pytest.mark.parametrize("name", POLLS)
def test_the_text_says_all_that_the_blocks_say_open_and_closed(town: Town, name: str) -> None:
    options, terms = POLLS[name]
    message = drafts.asked(town, options, terms=terms)
    assert unspoken(message) == []
    with town.database.begin() as store:
        [poll] = store.polls.open_of(drafts.HOME, "U0ANA")
    for number, person in enumerate(FIVE):
        who = Who(drafts.HOME, drafts.HOME, person)
        service.choose(town.database, who, poll.id, (number % 2,), town.palabre.tools.now())
    town.settle()
    assert unspoken(message) == []
    town.press("U0ANA", message, "polls.close")
    assert unspoken(message) == []
    assert "My vote" in str(message.blocks)

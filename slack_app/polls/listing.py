"""The polls that somebody asked and that are open or wait to be posted, shown to them alone."""

from collections.abc import Sequence
from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import READ_BACK
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words
from slack_app.polls.home_rows import home_polls
from surveys import standings
from surveys.errors import Refused
from surveys.standings import Outcome

MOST = 18
"""As many as in Home; fewer where their questions are too long for one message."""


class NoPolls(Refused):
    sentence = "You have no open poll. Ask one with /poll."


def note(who: Who, tools: Tools, words: Words) -> Note:
    """The person's open polls of all channels, newest first, each with its buttons."""
    with tools.database.begin() as store:
        mine = store.polls.open_of(who.workspace, who.user, but=READ_BACK)
        tallies = store.standings.tallies_of(who.workspace, [poll.id for poll in mine])
    if not mine:
        raise NoPolls
    outcomes = [standings.outcome(poll, *tallies[poll.id], reader=standings.OWNER) for poll in mine]
    return _drawn(outcomes, tools.now(), words)


def _drawn(outcomes: Sequence[Outcome], now: datetime, words: Words) -> Note:
    """Return as many of them as one message takes."""
    for count in range(min(len(outcomes), MOST), 0, -1):
        drawn = _rows(outcomes[:count], now, words, is_all=count == len(outcomes))
        if blocks.fits(drawn):
            break
    said = [block["text"]["text"] for block in drawn if block["type"] == "section"]
    return blocks.message(Mrkdwn("\n".join(said)), drawn)


def _rows(outcomes: Sequence[Outcome], now: datetime, words: Words, *, is_all: bool) -> list[Block]:
    title = blocks.section(words("Your open polls, the newest first:"))
    rest = words("Only your newest polls are shown here. Close some to see the others.")
    return [title, *home_polls(outcomes, now, words), *([] if is_all else [blocks.context(rest)])]

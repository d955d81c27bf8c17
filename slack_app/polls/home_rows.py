"""A person's open polls in Home."""

from collections.abc import Sequence
from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.not_posted import drop_button
from slack_app.kit.text import Mrkdwn, bold, channel_link
from slack_app.kit.words import Words
from slack_app.polls import buttons, lines
from slack_app.polls.adding import blocks as adding_blocks
from slack_app.polls.asking import waiting
from surveys.polls import Poll
from surveys.standings import Outcome


def home_polls(outcomes: Sequence[Outcome], now: datetime, words: Words) -> list[Block]:
    """My open polls, each with Close and Results; an anonymous one may be deleted too."""
    return [block for outcome in outcomes for block in _row(outcome, now, words)]


def _row(outcome: Outcome, now: datetime, words: Words) -> list[Block]:
    waits = waiting.waits(outcome.poll, now)
    return waiting.home_row(outcome.poll, words) if waits else _home_poll(outcome, words)


def _home_poll(outcome: Outcome, words: Words) -> list[Block]:
    poll, channel = outcome.poll, channel_link(outcome.poll.channel)
    if poll.message is None:
        return _not_posted(poll, channel, words)
    turnout = lines.turnout(poll, outcome.turnout, words)
    where = words("In {channel} · {voters}", channel=channel, voters=turnout)
    deleting = [buttons.delete_button(poll, words)] if poll.privacy.is_sealed else []
    results = blocks.button(words.plain("Results"), "polls.results", poll.id)
    managing = adding_blocks.manage_button(poll, words)
    pressed = [results, buttons.close_button(poll, words), *managing, *deleting]
    return [_titled(poll, where, words), buttons.of_one(poll, pressed, words)]


def _not_posted(poll: Poll, channel: Mrkdwn, words: Words) -> list[Block]:
    """A poll that nobody was asked yet: nothing of it can be closed or counted."""
    where = words("Not posted in {channel} yet", channel=channel)
    again = blocks.button(words.plain("Try again"), "polls.post_again", poll.id)
    return [
        _titled(poll, where, words),
        buttons.of_one(poll, [again, drop_button("polls", poll.id, words)], words),
    ]


def _titled(poll: Poll, where: Mrkdwn, words: Words) -> Block:
    until = [lines.until(poll.closes_at, words)] if poll.closes_at else []
    return blocks.section(Mrkdwn(f"{bold(poll.question)}\n{' · '.join([where, *until])}"))

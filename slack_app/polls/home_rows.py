"""A person's open polls in Home."""

from collections.abc import Sequence
from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, channel_link
from slack_app.kit.words import Words
from slack_app.polls import added, buttons, lines, waiting
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
        where = words("Not posted in {channel} yet", channel=channel)
        first = blocks.button(words.plain("Try again"), "polls.post_again", poll.id)
    else:
        turnout = lines.turnout(poll, outcome.turnout, words)
        where = words("In {channel} · {voters}", channel=channel, voters=turnout)
        first = blocks.button(words.plain("Results"), "polls.results", poll.id)
    if poll.closes_at is not None:
        where = Mrkdwn(f"{where} · {lines.until(poll.closes_at, words)}")
    deleting = [buttons.delete_button(poll, words)] if poll.privacy.is_sealed else []
    return [
        blocks.section(Mrkdwn(f"{bold(poll.question)}\n{where}")),
        blocks.actions(
            first, buttons.close_button(poll, words), *added.manage_button(poll, words), *deleting
        ),
    ]

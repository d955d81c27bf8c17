"""A closed poll's votes as Slack's own chart."""

from dataclasses import replace

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.words import Words
from slack_app.polls import labels
from surveys.anonymity import Withheld
from surveys.options import Option
from surveys.standings import Outcome


def charted(outcome: Outcome, words: Words) -> list[Block]:
    """Bars of the votes, once closed; nothing where they are withheld, too many, or nobody voted."""
    poll, standing = outcome.poll, outcome.standing
    if poll.is_open or isinstance(standing, Withheld) or not standing.value.voters:
        return []
    lines = standing.value.lines
    if len(lines) > blocks.CHART_POINTS:
        return []
    bars = [(_label(line.option, words), line.votes) for line in lines]
    return [blocks.chart(words.plain("How people voted"), bars, words.plain("Votes"))]


def _label(option: Option, words: Words) -> str:
    """Return an option without an emoji that has a name only: a chart would show the name."""
    return labels.plain(replace(option, emoji="") if option.emoji.startswith(":") else option, words)

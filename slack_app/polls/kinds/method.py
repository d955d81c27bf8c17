"""How a ranking is counted: the method in plain words, its source, and the comparisons to check it by."""

from collections.abc import Iterator
from itertools import combinations

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold
from slack_app.kit.words import Words
from slack_app.polls import labels
from slack_app.polls.notices import notice
from surveys.anonymity import Withheld
from surveys.ranking import Ranked
from surveys.standings import Outcome

MOST_COMPARED = 6
"""Of more options there are too many comparisons to look at."""
SOURCE = (
    "M. Schulze, “A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent "
    "single-winner election method”, Social Choice and Welfare 36 (2011), 267–303."
)


def method_modal(outcome: Outcome, words: Words) -> Block:
    parts = [
        blocks.section(bold(words("The Schulze method"))),
        blocks.section(Mrkdwn("\n".join(_explained(words)))),
        *_compared(outcome, words),
        blocks.context(words("Source: {source}", source=SOURCE)),
    ]
    return blocks.modal("polls.method", words.plain("How it is counted"), parts, close=words.plain("Close"))


def _explained(words: Words) -> Iterator[Mrkdwn]:
    yield words(
        "• Each two options are compared by themselves: how many people put one before the other? "
        "What somebody left out comes after all they named."
    )
    yield words("• An option that wins all its comparisons comes first.")
    yield words(
        "• Where there is none, chains of won comparisons decide: A before B, B before C. "
        "A chain is as strong as its weakest comparison, and the option with the stronger chain comes first."
    )
    yield words(
        "• So options much alike take nothing from each other, and to put an option higher never harms it."
    )


def _compared(outcome: Outcome, words: Words) -> Iterator[Block]:
    """The comparisons, where they may be seen and are few enough to look at."""
    standing = outcome.standing
    if isinstance(standing, Withheld):
        yield from map(blocks.section, notice(outcome, words))
        return
    ranked = standing.value.details.ranked
    if ranked is not None and standing.value.voters and len(standing.value.lines) <= MOST_COMPARED:
        yield blocks.divider()
        yield blocks.section(bold(words("Each two compared")))
        yield blocks.section(Mrkdwn("\n".join(_comparisons(outcome, ranked, words))))


def _comparisons(outcome: Outcome, ranked: Ranked, words: Words) -> Iterator[Mrkdwn]:
    options = outcome.poll.options
    in_order = [number for _, number in ranked.standing]
    for one, other in combinations(in_order, 2):
        yield words(
            "{one} before {other}: {won} · the other way round: {lost}",
            one=bold(labels.label(options[one], words)),
            other=bold(labels.label(options[other], words)),
            won=ranked.before[one, other],
            lost=ranked.before[other, one],
        )

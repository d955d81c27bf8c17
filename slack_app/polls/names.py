"""Who voted for what, in a poll that shows names: the card that says so, and the full list in a window."""

from collections.abc import Iterator, Sequence

from slack_app.kit import blocks, privacy
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, cut, mention
from slack_app.kit.words import Words
from slack_app.polls.labels import label, plain
from slack_app.polls.notices import notice
from surveys.anonymity import Level, Shown
from surveys.polls import Poll
from surveys.standings import Outcome, Standing

A_SECTION = 150
"""So many mentions fit into a section."""
MOST_SECTIONS = 90
MOST_LISTS = 20
MOST_AT_ONCE = 300
"""Up to so many votes are listed together; beyond, one option at a time."""


def card(poll: Poll, words: Words) -> Mrkdwn:
    """Return what is promised about the names of who votes."""
    if poll.privacy.level is Level.NAMED:
        return words("*Names shown:* everybody who sees this poll can see who voted for what.")
    return privacy.card(poll.privacy, poll.owner, words)


def who_button(poll: Poll, words: Words) -> Block:
    return blocks.button(words.plain("Who voted"), "polls.who", poll.id)


def who_modal(outcome: Outcome, option: int | None, words: Words) -> Block:
    """All names, by option; option: the only one to list, where there are too many for one window."""
    poll = outcome.poll
    parts = [blocks.section(bold(poll.question)), *map(blocks.section, notice(outcome, words))]
    if isinstance(outcome.standing, Shown):
        parts += _lists(poll, outcome.standing, option, words)
    return blocks.modal(
        "polls.who", words.plain("Who voted"), parts, close=words.plain("Close"), memory=poll.id
    )


def _lists(poll: Poll, standing: Shown[Standing], option: int | None, words: Words) -> Iterator[Block]:
    every = standing.value.lines
    if sum(line.votes for line in every) <= MOST_AT_ONCE and len(every) <= MOST_LISTS:
        for line in every:
            yield from _list(label(line.option, words), line.names, words)
        return
    yield blocks.actions(_option_menu(poll, option or 0, words))
    yield from _list(label(every[option or 0].option, words), every[option or 0].names, words)


def _option_menu(poll: Poll, chosen: int, words: Words) -> Block:
    choices = [
        blocks.choice(cut(plain(poll.options[number], words), blocks.OPTION), str(number))
        for number in poll.shown
    ]
    return blocks.menu("polls.who_for", choices, words.plain("Choose an option"), choices[chosen])


def _list(option: Mrkdwn, names: Sequence[str], words: Words) -> Iterator[Block]:
    told = words.count(
        "{option}: {number} person", "{option}: {number} people", len(names), option=bold(option)
    )
    yield blocks.section(told)
    for start in range(0, min(len(names), A_SECTION * MOST_SECTIONS), A_SECTION):
        yield blocks.context(Mrkdwn(", ".join(map(mention, names[start : start + A_SECTION]))))

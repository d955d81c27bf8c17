"""Who voted for what, in a poll that shows names: the card that says so, and the full list in a window."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_app.kit import blocks, privacy
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, cut, mention
from slack_app.kit.words import Words
from slack_app.polls import labels, lines
from slack_app.polls.notices import notice
from surveys.anonymity import Level, Shown
from surveys.polls import Poll
from surveys.standings import Line, Outcome, Standing

A_CONTEXT = 100
"""So many mentions fit into a block of two thousand characters."""
A_PAGE = 2_000
MOST_LISTS = 20
MOST_AT_ONCE = 300
"""Up to so many votes are listed together; beyond, one option at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the window is to show: the names of one option by its number, page by page, and one person.

    zone: of the reader's clock, None where it is not known.
    """

    option: int | None = None
    page: int = 0
    person: str = ""
    zone: str | None = None


def card(poll: Poll, words: Words) -> Mrkdwn:
    """Return what is promised about the names of who votes."""
    if poll.privacy.level is Level.NAMED:
        return words("*Names shown:* everybody who sees this poll can see who voted for what.")
    return privacy.card(poll.privacy, poll.owner, words)


def who_button(poll: Poll, words: Words) -> Block:
    return blocks.button(words.plain("Who voted"), "polls.who", poll.id)


def who_modal(outcome: Outcome, asked: Asked, words: Words) -> Block:
    """All names by option, one option at a time where there are too many for one window; or one person."""
    poll = outcome.poll
    parts = [blocks.section(bold(poll.question)), *map(blocks.section, notice(outcome, words))]
    if isinstance(outcome.standing, Shown) and poll.privacy.level is Level.NAMED:
        parts += _found(outcome.standing, asked, words)
    return blocks.modal(
        "polls.who", words.plain("Who voted"), parts, close=words.plain("Close"), memory=poll.id
    )


def _found(standing: Shown[Standing], asked: Asked, words: Words) -> Iterator[Block]:
    every = standing.value.lines
    is_short = sum(line.votes for line in every) <= MOST_AT_ONCE and len(every) <= MOST_LISTS
    best = max(every, key=lambda line: line.votes)
    line = next((line for line in every if line.number == asked.option), best)
    by_option = [] if is_short else [_option_menu(every, line, asked.zone, words)]
    yield blocks.actions(*by_option, blocks.person_menu("polls.who_is", words.plain("Find somebody")))
    if asked.person:
        yield from map(blocks.section, _vote_of(asked.person, every, words))
    elif is_short:
        for each in every:
            yield from _list(each, each.names, words)
    else:
        yield from _page(line, asked.page, words)


def _vote_of(person: str, every: Sequence[Line], words: Words) -> Iterator[Mrkdwn]:
    """What one person voted for."""
    chosen = [bold(labels.label(line.option, words)) for line in every if person in line.names]
    if not chosen:
        yield words("{person} has not voted.", person=mention(person))
    for some in lines.side_by_side(chosen):
        yield words("{person} voted for {option}.", person=mention(person), option=some)


def _option_menu(lines: Sequence[Line], chosen: Line, zone: str | None, words: Words) -> Block:
    choices = [
        blocks.choice(cut(labels.plain(line.option, words, zone), blocks.OPTION), str(line.number))
        for line in lines
    ]
    at = choices[list(lines).index(chosen)]
    return blocks.menu("polls.who_for", choices, words.plain("Choose an option"), at)


def _page(line: Line, page: int, words: Words) -> Iterator[Block]:
    """A page of one option's names, and the way to the others."""
    names = line.names
    pages = range(0, len(names), A_PAGE)
    if len(pages) > 1:
        choices = [_page_choice(number, start, len(names), words) for number, start in enumerate(pages)]
        page = min(page, len(choices) - 1)
        menu = blocks.menu(f"polls.who_page:{line.number}", choices, words.plain("Page"), choices[page])
        yield blocks.actions(menu)
    yield from _list(line, names[page * A_PAGE : (page + 1) * A_PAGE], words)


def _page_choice(number: int, start: int, most: int, words: Words) -> Block:
    last = min(start + A_PAGE, most)
    told = words.plain("{first} to {last}", first=words.number(start + 1), last=words.number(last))
    return blocks.choice(told, str(number))


def _list(line: Line, names: Sequence[str], words: Words) -> Iterator[Block]:
    option = bold(labels.label(line.option, words))
    yield blocks.section(
        words.count("{option}: {number} person", "{option}: {number} people", line.votes, option=option)
    )
    for start in range(0, len(names), A_CONTEXT):
        yield blocks.context(Mrkdwn(", ".join(map(mention, names[start : start + A_CONTEXT]))))

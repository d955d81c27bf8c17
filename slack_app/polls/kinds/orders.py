"""Who put the options into which order, in a ranking that shows names."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, cut, escaped, mention
from slack_app.kit.words import Words
from slack_app.polls import labels, lines
from slack_app.polls.notices import notice
from storage import Database
from surveys.anonymity import Level, Shown
from surveys.polls import Chosen, Poll
from surveys.standings import Outcome, Standing

A_PAGE = 50
"""So many voters a window: their orders fit, each option cut a little."""
A_SECTION = 2
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Orders:
    """Some voters and their orders, the earliest first; nobody where that may not be seen.

    person: the only one who was asked for.
    """

    outcome: Outcome
    listed: tuple[tuple[str, Chosen], ...] = ()
    page: int = 0
    person: str = ""


def read(database: Database, outcome: Outcome, page: int) -> Orders:
    """Return the orders on one page. outcome: as somebody may see it."""
    if not _is_named(outcome):
        return Orders(outcome)
    poll = outcome.poll
    with database.begin() as store:
        return Orders(outcome, store.standings.orders(poll.workspace, poll.id, page * A_PAGE, A_PAGE), page)


def of(database: Database, outcome: Outcome, person: str) -> Orders:
    """Return the order of one person alone. outcome: as somebody may see it."""
    if not _is_named(outcome):
        return Orders(outcome)
    poll = outcome.poll
    with database.begin() as store:
        ballot = store.polls.ballot(poll.workspace, poll.id, f"{poll.workspace}:{person}")
    return Orders(outcome, ((person, ballot.chosen),) if ballot.chosen else (), person=person)


def _is_named(outcome: Outcome) -> bool:
    return isinstance(outcome.standing, Shown) and outcome.poll.privacy.level is Level.NAMED


def orders_modal(orders: Orders, words: Words) -> Block:
    poll = orders.outcome.poll
    parts = [blocks.section(bold(poll.question)), *map(blocks.section, notice(orders.outcome, words))]
    if isinstance(orders.outcome.standing, Shown):
        parts.append(blocks.actions(*_pages(orders, orders.outcome.standing, words)))
    if orders.person and not orders.listed:
        parts.append(blocks.section(words("{person} has not voted.", person=mention(orders.person))))
    told = [Mrkdwn(f"{mention(person)}: {_order(poll, chosen, words)}") for person, chosen in orders.listed]
    parts += lines.in_sections(told, A_SECTION)
    return blocks.modal(
        "polls.who", words.plain("Who voted"), parts, close=words.plain("Close"), memory=poll.id
    )


def _order(poll: Poll, chosen: Chosen, words: Words) -> str:
    """One voter's options by place, cut: whole ones of so many voters would not fit."""
    short = (
        escaped(labels.apart(cut(labels.plain(poll.options[number], words), LONGEST))) for number in chosen
    )
    return ", ".join(f"{place}. {option}" for place, option in enumerate(short, 1))


def _pages(orders: Orders, standing: Shown[Standing], words: Words) -> Iterator[Block]:
    """A menu of the pages, where there are several, and one to find somebody."""
    voters = standing.value.voters
    starts = range(0, min(voters, A_PAGE * blocks.MENU), A_PAGE)
    pages = [_page(page, start, voters, words) for page, start in enumerate(starts)]
    if len(pages) > 1:
        chosen = None if orders.person else pages[min(orders.page, len(pages) - 1)]
        yield blocks.menu("polls.order_page", pages, words.plain("Page"), chosen)
    yield blocks.person_menu("polls.order_of", words.plain("Find somebody"))


def _page(page: int, start: int, voters: int, words: Words) -> Block:
    last = min(start + A_PAGE, voters)
    told = words.plain("{first} to {last}", first=words.number(start + 1), last=words.number(last))
    return blocks.choice(told, str(page))

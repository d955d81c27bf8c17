"""The options of a poll in its message, and how one votes there: by buttons, by a menu, or in a window."""

from collections.abc import Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, cut, escaped
from slack_app.kit.words import Words
from slack_app.polls import labels, lines
from slack_app.polls.choosing import how_many
from slack_app.polls.kinds import dates
from surveys.ballots import is_together
from surveys.options import Option
from surveys.polls import Poll
from surveys.seeing import PollKind
from surveys.standings import Outcome

MOST_BUTTONS = 20
"""Beyond twenty a message grows too long to read, and its text past what Slack takes."""
MOST_IN_MENU = 40
"""Beyond forty the menu's text leaves too little room in the message for how it stands."""


def drawn(outcome: Outcome, words: Words) -> list[Block]:
    """Each option with its button; of many, the best and a menu where one suffices to vote."""
    poll = outcome.poll
    if len(poll.shown) > MOST_BUTTONS:
        return best(outcome, words)
    each = zip(poll.shown, lines.options(outcome, words), strict=True)
    return [block for number, told in each for block in _option(poll, number, told, words)]


def best(outcome: Outcome, words: Words) -> list[Block]:
    """The first ten options, and how many more there are."""
    poll = outcome.poll
    told = lines.in_sections(lines.best(outcome, words))
    menu = [blocks.actions(_menu(poll, words), block_id="options")] if poll.is_open and has_menu(poll) else []
    left = len(poll.shown) - lines.MOST_LINES
    return [*told, *([blocks.context(rest(poll, left, words))] if left > 0 else []), *menu]


def rest(poll: Poll, count: int, words: Words) -> Mrkdwn:
    if not poll.is_open:
        return words("and {count} more options: press Results to see them all", count=count)
    if has_menu(poll):
        return words("and {count} more options: all of them are in the menu", count=count)
    return words("and {count} more options: press Vote to see them all", count=count)


def is_chosen_in_window(poll: Poll) -> bool:
    """Whether votes are chosen in "My vote" alone: many options, several together, or in each one's order."""
    return is_in_own_order(poll) or (len(poll.shown) > MOST_BUTTONS and not has_menu(poll))


def is_in_own_order(poll: Poll) -> bool:
    return is_together(poll) or poll.is_shuffled or poll.kind is PollKind.RANKING


def has_menu(poll: Poll) -> bool:
    """Whether the message holds a menu: it shows everybody the same text, so no hour of anybody's zone."""
    many = MOST_BUTTONS < len(poll.shown) <= MOST_IN_MENU
    return many and not poll.has_several and not is_in_own_order(poll) and not dates.has_hours(poll)


def how(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    """What a voter is to do, while the poll is open."""
    if poll.has_several:
        yield escaped(how_many((poll.least, poll.most), words))
    if poll.is_shuffled:
        yield words("Each voter sees the options in another order")
    if is_chosen_in_window(poll):
        yield in_window(words)
    elif has_menu(poll):
        yield words("Choose in the menu; change it or take it back with My vote")
    elif poll.privacy.is_sealed:
        yield words("Press Vote; change it or take it back with My vote")
    else:
        yield words("Press Vote; press it again to take your vote back")


def in_window(words: Words) -> Mrkdwn:
    return words("Press Vote to choose; press it again to change your vote or take it back")


def vote_button(poll: Poll, number: int, words: Words) -> Block:
    """The button that votes for one option; said with its text, as screen readers need it."""
    label = words.plain("Vote for {option}", option=labels.plain(poll.options[number], words))
    action = "polls.other" if number == poll.other else f"polls.vote:{number}"
    return blocks.button(words.plain("Vote"), action, poll.id, label=label)


def _option(poll: Poll, number: int, told: Mrkdwn, words: Words) -> Iterator[Block]:
    """One option; its picture takes the place of the button, which stands below it then."""
    option = poll.options[number]
    has_button = poll.is_open and not is_chosen_in_window(poll)
    name = f"option:{number}" if has_button else None
    if not option.picture:
        yield blocks.section(told, vote_button(poll, number, words) if has_button else None, name)
        return
    yield blocks.section(told, picture_of(option, words))
    if has_button:
        yield blocks.actions(vote_button(poll, number, words), block_id=name)


def picture_of(option: Option, words: Words) -> Block:
    return blocks.picture(option.picture, option.alt or labels.plain(option, words))


def _menu(poll: Poll, words: Words) -> Block:
    choices = [
        blocks.choice(cut(labels.plain(poll.options[number], words), blocks.OPTION), str(number))
        for number in poll.shown
    ]
    return blocks.menu(f"polls.pick:{poll.id}", choices, words.plain("Choose an option"))

"""The buttons below a poll: one's own vote, its results, and closing or deleting it."""

from collections.abc import Iterable, Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.privacy import how_kept_button
from slack_app.kit.text import cut
from slack_app.kit.words import Words
from slack_app.polls.adding import blocks as adding_blocks
from slack_app.polls.kinds import showing
from slack_app.polls.names import who_button
from slack_app.polls.offered import MOST_BUTTONS
from surveys.anonymity import Level, ResultsTo, Stage
from surveys.polls import Poll
from surveys.seeing import Seeing


def below(poll: Poll, words: Words, *, is_cut: bool = False) -> Block:
    """All buttons of a poll's message. is_cut: whether its options stand there in part, without theirs."""
    mine = blocks.button(words.plain("My vote"), "polls.my_vote", poll.id)
    if poll.is_open and (is_cut or showing.of(poll).is_in_window(poll)):
        mine = blocks.button(words.plain("Vote"), "polls.my_vote", poll.id, style="primary")
    return blocks.actions(mine, *showing.of(poll).buttons(poll, words), *_more(poll, words, is_cut=is_cut))


def _more(poll: Poll, words: Words, *, is_cut: bool) -> Iterator[Block]:
    if poll.is_open:
        yield from adding_blocks.add_button(poll, words)
        yield close_button(poll, words)
        yield from adding_blocks.manage_button(poll, words)
    if _has_results(poll, is_cut=is_cut):
        yield blocks.button(words.plain("Results"), "polls.results", poll.id)
    if poll.privacy.level is Level.NAMED:
        yield who_button(poll, words)
    if has_pictures_apart(poll):
        yield blocks.button(words.plain("Pictures"), "polls.pictures", poll.id)
    if poll.privacy.is_sealed:
        yield how_kept_button("polls.privacy", poll.id, words)


def _has_results(poll: Poll, *, is_cut: bool) -> bool:
    """Whether the message says less than the results do: to all, or to whoever asked."""
    is_for_owner = poll.privacy.results_to is ResultsTo.OWNERS and poll.stage is Stage.COUNTED
    is_long = not poll.is_open and (is_cut or len(poll.shown) > MOST_BUTTONS)
    return is_for_owner or is_long or poll.seeing is Seeing.OWNERS


def has_pictures_apart(poll: Poll) -> bool:
    """Whether pictures are shown in a window of their own: a message of many options has no room."""
    return len(poll.shown) > MOST_BUTTONS and any(poll.options[number].picture for number in poll.shown)


def close_button(poll: Poll, words: Words) -> Block:
    sure = blocks.confirm(
        words.plain("Close this poll?"),
        words(
            "“{question}” takes no more votes after that. It cannot be opened again.",
            question=cut(poll.question, 40),
        ),
        words.plain("Close it"),
        words.plain("Keep it open"),
    )
    return blocks.button(words.plain("Close poll"), "polls.close", poll.id, confirm=sure)


def delete_button(poll: Poll, words: Words) -> Block:
    sure = blocks.confirm(
        words.plain("Delete this poll?"),
        words(
            "“{question}” is deleted with all its votes, and nothing brings them back.",
            question=cut(poll.question, 40),
        ),
        words.plain("Delete all"),
        words.plain("Keep it"),
    )
    return blocks.button(words.plain("Delete"), "polls.delete", poll.id, style="danger", confirm=sure)


def of_one(poll: Poll, drawn: Iterable[Block], words: Words) -> Block:
    """Buttons among others that say the same: a screen reader hears for which poll each is."""
    return blocks.actions(*(blocks.labelled(each, _said(each, poll, words)) for each in drawn))


def _said(button: Block, poll: Poll, words: Words) -> str:
    return words.plain("{action}: {title}", action=button["text"]["text"], title=poll.question)

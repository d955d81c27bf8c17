"""What people see of polls in Slack: values in, blocks out."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.privacy import how_kept_button
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time, escaped, mention
from slack_app.kit.words import Words
from slack_app.polls import lines
from slack_app.polls.choosing import how_many
from slack_app.polls.names import card, who_button
from surveys.anonymity import Level, ResultsTo, Stage
from surveys.polls import Poll
from surveys.seeing import Seeing
from surveys.standings import Outcome
from surveys.text import length

MOST_BUTTONS = 20
"""Beyond twenty a message grows too long to read, and its text past what Slack takes."""
REST = 100
"""Room for the line that counts the options left out."""


def poll_message(outcome: Outcome, words: Words) -> Note:
    """The poll in its channel: question, options with their counts, who asked and how to vote."""
    poll = outcome.poll
    parts = [
        blocks.section(bold(poll.question)),
        *_options(outcome, words),
        *map(blocks.section, lines.notice(outcome, words)),
        _actions(poll, words),
        blocks.context(_state(outcome, words)),
        blocks.context(card(poll, words)),
    ]
    return blocks.message(spoken(outcome, words, card(poll, words)), parts)


def spoken(outcome: Outcome, words: Words, *promised: Mrkdwn) -> Mrkdwn:
    """How a poll stands, as text: screen readers and notifications have nothing else.

    Where not all options fit, the rest is counted; what was promised is said in any case.
    """
    poll = outcome.poll
    asked = words("Poll by {owner}: {question}", owner=mention(poll.owner), question=poll.question)
    foot = [*lines.notice(outcome, words), _state(outcome, words), *promised]
    stands = lines.spoken_lines(outcome, words)
    if length("\n".join([asked, *stands, *foot])) > blocks.MESSAGE_TEXT:
        stands = lines.spoken_best(outcome, words)
        said = lines.as_many_as_fit(stands, blocks.MESSAGE_TEXT - length("\n".join([asked, *foot])) - REST)
        stands = [*said, _rest(poll, len(stands) - len(said), words)]
    return Mrkdwn("\n".join([asked, *stands, *foot]))


def results_note(outcome: Outcome, words: Words) -> Note:
    """How the poll stands, for one person."""
    drawn = [bold(outcome.poll.question), *lines.notice(outcome, words)]
    body = [*map(blocks.section, drawn), *lines.in_sections(lines.drawn_lines(outcome, words))]
    return blocks.message(spoken(outcome, words), [*body, blocks.context(_state(outcome, words))])


def results_modal(outcome: Outcome, words: Words) -> Block:
    note = results_note(outcome, words)
    return blocks.modal("polls.results", words.plain("Results"), note.blocks, close=words.plain("Close"))


def owners_note(outcome: Outcome, words: Words) -> Note:
    """The results of a poll that go to its owner alone."""
    poll, note = outcome.poll, results_note(outcome, words)
    told = words(
        "Your poll in {channel} is counted. Its results go to you alone.", channel=channel_link(poll.channel)
    )
    return blocks.message(Mrkdwn(f"{told}\n{note.text}"), [blocks.section(told), *note.blocks])


def deleted_note(words: Words) -> Note:
    told = words("This poll was deleted with all its votes.")
    return blocks.message(told, [blocks.section(told)])


def not_posted(poll: Poll, reason: Mrkdwn, words: Words) -> Note:
    """A poll that Slack would not take: why, and the draft kept with the buttons to press next."""
    told = words("Your poll “{question}” is kept, but it is not posted yet.", question=poll.question)
    return kept_note(told, reason, "polls.post_again", "polls.post_in", poll.id, words)


def home_polls(outcomes: Sequence[Outcome], words: Words) -> list[Block]:
    """My open polls, each with Close and Results; an anonymous one may be deleted too."""
    return [block for outcome in outcomes for block in _home_poll(outcome, words)]


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
        where = Mrkdwn(f"{where} · {_until(poll.closes_at, words)}")
    deleting = [_delete_button(poll, words)] if poll.privacy.is_sealed else []
    return [
        blocks.section(Mrkdwn(f"{bold(poll.question)}\n{where}")),
        blocks.actions(first, _close_button(poll, words), *deleting),
    ]


def _options(outcome: Outcome, words: Words) -> list[Block]:
    poll, drawn = outcome.poll, lines.options(outcome, words)
    if len(poll.options) <= MOST_BUTTONS:
        has_buttons = poll.is_open and not _is_chosen_in_window(poll)
        return [_option(poll, index, each, has_buttons, words) for index, each in enumerate(drawn)]
    rest = _rest(poll, len(poll.options) - lines.MOST_LINES, words)
    return [*lines.in_sections(lines.best(outcome, words)), blocks.context(rest)]


def _rest(poll: Poll, count: int, words: Words) -> Mrkdwn:
    if poll.is_open:
        return words("and {count} more options: press Vote to see them all", count=count)
    return words("and {count} more options: press Results to see them all", count=count)


def _is_chosen_in_window(poll: Poll) -> bool:
    """Whether votes are chosen in "My vote" alone: many options, several together, or in each one's order."""
    return len(poll.options) > MOST_BUTTONS or poll.least > 1 or poll.is_shuffled


def _option(poll: Poll, index: int, drawn: Mrkdwn, has_button: bool, words: Words) -> Block:
    if not has_button:
        return blocks.section(drawn)
    label = words.plain("Vote for {option}", option=poll.options[index].text)
    button = blocks.button(words.plain("Vote"), f"polls.vote:{index}", poll.id, label=cut(label, 75))
    return blocks.section(drawn, button, block_id=f"option:{index}")


def _state(outcome: Outcome, words: Words) -> Mrkdwn:
    poll = outcome.poll
    asked = words("Asked by {owner}", owner=mention(poll.owner))
    return Mrkdwn(" · ".join([asked, lines.turnout(poll, outcome.turnout, words), *_how(poll, words)]))


def _how(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    if not poll.is_open:
        if poll.stage is Stage.COUNTED:
            yield words("Closed")
        return
    if poll.has_several:
        yield escaped(how_many((poll.least, poll.most), words))
    if poll.is_shuffled:
        yield words("Each voter sees the options in another order")
    if _is_chosen_in_window(poll):
        yield words("Press Vote to choose; press it again to change your vote or take it back")
    elif poll.privacy.is_sealed:
        yield words("Press Vote; change it or take it back with My vote")
    else:
        yield words("Press Vote; press it again to take your vote back")
    if poll.closes_at is not None:
        yield _until(poll.closes_at, words)


def _until(moment: datetime, words: Words) -> Mrkdwn:
    return words("open until {moment}", moment=date_time(moment, "UTC"))


def _actions(poll: Poll, words: Words) -> Block:
    mine = blocks.button(words.plain("My vote"), "polls.my_vote", poll.id)
    if poll.is_open and _is_chosen_in_window(poll):
        mine = blocks.button(words.plain("Vote"), "polls.my_vote", poll.id, style="primary")
    return blocks.actions(mine, *_more_actions(poll, words))


def _more_actions(poll: Poll, words: Words) -> Iterator[Block]:
    if poll.is_open:
        yield _close_button(poll, words)
    is_for_owner = poll.privacy.results_to is ResultsTo.OWNERS and poll.stage is Stage.COUNTED
    is_cut = not poll.is_open and len(poll.options) > MOST_BUTTONS
    if is_for_owner or is_cut or poll.seeing is Seeing.OWNERS:
        yield blocks.button(words.plain("Results"), "polls.results", poll.id)
    if poll.privacy.level is Level.NAMED:
        yield who_button(poll, words)
    if poll.privacy.is_sealed:
        yield how_kept_button("polls.privacy", poll.id, words)


def _close_button(poll: Poll, words: Words) -> Block:
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


def _delete_button(poll: Poll, words: Words) -> Block:
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

"""What people see of polls in Slack: values in, blocks out."""

from collections.abc import Iterable, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.text import Mrkdwn, bold, channel_link, mention
from slack_app.kit.words import Words
from slack_app.polls import buttons, lines, offered
from slack_app.polls.kinds import showing
from slack_app.polls.names import card
from slack_app.polls.notices import notice
from surveys.anonymity import Stage
from surveys.polls import Poll
from surveys.standings import Outcome
from surveys.text import length

REST = 100
"""Room for the line that counts the options left out."""


def poll_message(outcome: Outcome, words: Words, *, has_chart: bool = True) -> Note:
    """The poll in its channel: question, options with their counts, who asked and how to vote.

    has_chart: whether a closed one may show Slack's chart; the numbers stand beside it in any case.
    """
    chart = showing.of(outcome.poll).charted(outcome, words) if has_chart else []
    drawn = showing.of(outcome.poll).drawn(outcome, words)
    ways = [
        *([_parts(outcome, [*chart, *_beside_chart(outcome, drawn, words)], words)] if chart else []),
        _parts(outcome, drawn, words),
        _parts(outcome, showing.of(outcome.poll).best(outcome, words), words, is_cut=True),
    ]
    at = next((at for at, parts in enumerate(ways) if blocks.fits(parts)), -1)
    is_cut = ways[at] is ways[-1]
    return blocks.message(
        _spoken(
            outcome,
            words,
            _state(outcome, words, _how(outcome.poll, words, is_cut=is_cut)),
            card(outcome.poll, words),
            is_cut=is_cut,
        ),
        ways[at],
    )


def _beside_chart(outcome: Outcome, drawn: Sequence[Block], words: Words) -> Sequence[Block]:
    """The numbers in short, as the chart has the bars; with pictures, as they are without it."""
    if any(option.picture for option in outcome.poll.options):
        return drawn
    return lines.in_sections(showing.of(outcome.poll).spoken(outcome, words), at_once=20)


def _parts(outcome: Outcome, options: Sequence[Block], words: Words, *, is_cut: bool = False) -> list[Block]:
    poll = outcome.poll
    return [
        blocks.section(bold(poll.question)),
        *options,
        *map(blocks.section, notice(outcome, words)),
        buttons.below(poll, words, is_cut=is_cut),
        blocks.context(_state(outcome, words, _how(poll, words, is_cut=is_cut))),
        blocks.context(card(poll, words)),
    ]


def spoken(outcome: Outcome, words: Words) -> Mrkdwn:
    """How a poll stands where nobody votes, as text: screen readers and notifications have nothing else."""
    return _spoken(outcome, words, _state(outcome, words))


def _spoken(outcome: Outcome, words: Words, *state: Mrkdwn, is_cut: bool = False) -> Mrkdwn:
    """Where not all options fit, the rest is counted; what was promised is said in any case."""
    poll, kind = outcome.poll, showing.of(outcome.poll)
    asked = words("Poll by {owner}: {question}", owner=mention(poll.owner), question=poll.question)
    foot = [*_as_many(notice(outcome, words), [asked, *state]), *state]
    stands = kind.spoken(outcome, words)
    if length("\n".join([asked, *stands, *foot])) > blocks.MESSAGE_TEXT:
        stands = kind.spoken_best(outcome, words)
        said = lines.as_many_as_fit(stands, blocks.MESSAGE_TEXT - length("\n".join([asked, *foot])) - REST)
        left = len(stands) - len(said)
        # Only what the blocks leave out as well has a button or a menu that leads to it.
        is_elsewhere = is_cut or len(poll.shown) > offered.MOST_BUTTONS
        rest = offered.rest(poll, left, words) if is_elsewhere else words("and {count} more", count=left)
        stands = [*said, rest]
    return Mrkdwn("\n".join([asked, *stands, *foot]))


def _as_many(told: Sequence[Mrkdwn], always: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    """Return the first of what is told that fit into a text beside what is always in it."""
    return lines.as_many_as_fit(told, blocks.MESSAGE_TEXT - length("\n".join(always)) - REST)


def results_note(outcome: Outcome, words: Words) -> Note:
    """How the poll stands, for one person."""
    drawn = [bold(outcome.poll.question), *notice(outcome, words)]
    room = blocks.ALL_TEXT - length("\n".join([*drawn, _state(outcome, words)])) - REST
    results = lines.cut_short(showing.of(outcome.poll).results(outcome, words), room, words)
    body = [*map(blocks.section, drawn), *lines.in_sections(results)]
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


def _how(poll: Poll, words: Words, *, is_cut: bool) -> Iterable[Mrkdwn]:
    """What a voter is to press, said only where the buttons are."""
    if not poll.is_open:
        return ()
    return [offered.in_window(words)] if is_cut else showing.of(poll).how(poll, words)


def _state(outcome: Outcome, words: Words, how: Iterable[Mrkdwn] = ()) -> Mrkdwn:
    poll = outcome.poll
    asked = words("Asked by {owner}", owner=mention(poll.owner))
    told = [asked, lines.turnout(poll, outcome.turnout, words), *how]
    if poll.is_open and poll.closes_at is not None:
        told.append(lines.until(poll.closes_at, words))
    if poll.stage is Stage.COUNTED:
        told.append(words("Closed"))
    return Mrkdwn(" · ".join(told))

"""What people see of the options that voters add: the window, what is told, what the owner manages."""

from collections.abc import Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, mention
from slack_app.kit.words import Words
from surveys import adding
from surveys.adding import Addition
from surveys.anonymity import Withheld
from surveys.options import LONGEST_OPTION, Adding, OptionState
from surveys.polls import Poll
from surveys.standings import Outcome

MOST_ROWS = 45
"""Two blocks a row: a window takes a hundred."""


def add_button(poll: Poll, words: Words) -> Iterator[Block]:
    if adding.has_room(poll):
        yield blocks.button(words.plain("Add an option"), "polls.add", poll.id)


def manage_button(poll: Poll, words: Words) -> Iterator[Block]:
    if poll.is_open and adding.manageable(poll):
        yield blocks.button(words.plain("Manage options"), "polls.manage", poll.id)


def add_modal(poll: Poll, words: Words) -> Block:
    field = blocks.field("added", words.plain("Your option"), blocks.text_field("added", most=LONGEST_OPTION))
    parts = [blocks.section(bold(poll.question)), field, blocks.context(*_what_follows(poll, words))]
    return blocks.modal(
        "polls.add", words.plain("Add an option"), parts,
        submit=words.plain("Add"), close=words.plain("Cancel"), memory=poll.id,
    )  # fmt: skip


def _what_follows(poll: Poll, words: Words) -> Iterator[Mrkdwn]:
    if poll.adding is Adding.APPROVED:
        yield words("{owner} sees it first and lets it in, or not.", owner=mention(poll.owner))
    else:
        yield words("Everybody can vote for it at once.")
    if poll.privacy.is_sealed:
        yield words(
            "Nobody keeps who adds it, so you can't undo it: only {owner} can take it away.",
            owner=mention(poll.owner),
        )


def added_note(addition: Addition, words: Words) -> Note:
    """What whoever added an option is told of it, with the way to undo that where they are known."""
    poll, text = addition.poll, addition.option.text
    if addition.option.state is OptionState.WAITING:
        told = words("Your option “{option}” waits for {owner}.", option=text, owner=mention(poll.owner))
    else:
        told = words("Your option “{option}” is part of the poll now.", option=text)
    if addition.option.added_by == adding.SOMEBODY:
        return blocks.message(told, [blocks.section(told)])
    undo = blocks.button(words.plain("Undo"), "polls.undo_add", _named(poll, addition.number))
    return blocks.message(told, [blocks.section(told), blocks.actions(undo)])


def undone_note(addition: Addition, words: Words) -> Note:
    return Note(words("Your option “{option}” is taken back.", option=addition.option.text))


def proposed_note(addition: Addition, words: Words) -> Note:
    """What the owner is asked: whether an option is let in."""
    told = _proposed(addition, words)
    return blocks.message(
        told, [blocks.section(told), blocks.actions(*_both(addition.poll, addition.number, words))]
    )


def _proposed(addition: Addition, words: Words) -> Mrkdwn:
    return words(
        "Somebody would like to add an option to your poll “{question}” in {channel}: {option}",
        question=addition.poll.question,
        channel=channel_link(addition.poll.channel),
        option=bold(addition.option.text),
    )


def decided_note(addition: Addition, words: Words) -> Note:
    """What takes the place of the question, once it is answered or too late."""
    told = Mrkdwn(f"{_proposed(addition, words)}\n{_decided(addition, words)}")
    return blocks.message(told, [blocks.section(told)])


def _decided(addition: Addition, words: Words) -> Mrkdwn:
    match addition.option.state:
        case OptionState.ASKED:
            return words("It is part of the poll now.")
        case OptionState.GONE:
            return words("It is not part of the poll.")
        case OptionState.WAITING:
            return words("The poll is closed meanwhile, so its options no longer change.")


def answer_note(addition: Addition, words: Words) -> Note:
    """What whoever proposed an option is told of the answer."""
    values = {"option": addition.option.text, "question": addition.poll.question}
    if addition.option.is_open:
        return Note(words("Your option “{option}” is part of the poll “{question}” now.", **values))
    return Note(words("Your option “{option}” was not let into the poll “{question}”.", **values))


def manage_modal(outcome: Outcome, words: Words) -> Block:
    """All options that voters added: those that wait to be let in, and those that can be taken away."""
    poll, numbers = outcome.poll, adding.manageable(outcome.poll)
    parts = [blocks.section(bold(poll.question))]
    for number in numbers[:MOST_ROWS]:
        parts += _row(outcome, number, words)
    if not numbers:
        parts.append(blocks.section(words("No option was added, or all of them are taken away.")))
    if len(numbers) > MOST_ROWS:
        parts.append(blocks.context(words("and {count} more", count=len(numbers) - MOST_ROWS)))
    return blocks.modal("polls.manage", words.plain("Manage options"), parts, close=words.plain("Close"))


def _row(outcome: Outcome, number: int, words: Words) -> Iterator[Block]:
    poll, option = outcome.poll, outcome.poll.options[number]
    by = option.added_by or ""
    told = [bold(option.text)]
    if by and option.state is OptionState.ASKED:
        told.append(words("Added by {person}", person=mention(by.partition(":")[2])))
    if option.state is OptionState.WAITING:
        yield blocks.section(Mrkdwn("\n".join([*told, words("Waits to be let in")])))
        if poll.is_open:
            yield blocks.actions(*_both(poll, number, words))
    else:
        has_button = poll.is_open
        button = _take_away_button(outcome, number, words) if has_button else None
        yield blocks.section(Mrkdwn("\n".join(told)), button, block_id=f"added:{number}")


def _both(poll: Poll, number: int, words: Words) -> Iterator[Block]:
    named = _named(poll, number)
    yield blocks.button(words.plain("Approve"), "polls.let_in", named, style="primary")
    yield blocks.button(words.plain("Decline"), "polls.decline", named)


def _take_away_button(outcome: Outcome, number: int, words: Words) -> Block:
    option = cut(outcome.poll.options[number].text, 40)
    sure = blocks.confirm(
        words.plain("Take this option away?"),
        _what_goes(outcome, number, option, words),
        words.plain("Take it away"),
        words.plain("Keep it"),
    )
    named = _named(outcome.poll, number)
    label = words.plain("Take {option} away", option=option)
    return blocks.button(
        words.plain("Take away"),
        f"polls.take_away:{number}",
        named,
        label=label,
        style="danger",
        confirm=sure,
    )


def _what_goes(outcome: Outcome, number: int, option: str, words: Words) -> Mrkdwn:
    if isinstance(outcome.standing, Withheld):
        return words("“{option}” goes with all votes for it, and nothing brings them back.", option=option)
    votes = next(line.votes for line in outcome.standing.value.lines if line.number == number)
    if not votes:
        return words("“{option}” goes; nobody has voted for it.", option=option)
    return words.count(
        "“{option}” goes with its {number} vote, and nothing brings it back.",
        "“{option}” goes with its {number} votes, and nothing brings them back.",
        votes,
        option=option,
    )


def _named(poll: Poll, number: int) -> str:
    return f"{poll.id}:{number}"

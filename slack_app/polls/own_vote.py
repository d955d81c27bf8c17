"""What a voter sees alone: the own vote, how to change it, and what a click did."""

from collections.abc import Iterator, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.privacy import card, how_kept_button
from slack_app.kit.text import Mrkdwn, bold
from slack_app.kit.words import Words
from slack_app.polls import labels, lines
from slack_app.polls.choosing import choice_field, how_many, other_field
from slack_app.polls.kinds import quiz, ranking, showing
from slack_app.polls.notices import notice
from slack_app.polls.offered import has_menu
from slack_app.polls.outcomes import Mine
from slack_app.polls.service import Voted
from surveys.anonymity import Shown
from surveys.ballots import Click, is_final
from surveys.polls import Ballot, Poll
from surveys.seeing import PollKind, Seeing
from surveys.standings import Outcome


def ballot_modal(mine: Mine, words: Words) -> Block:
    """My vote: one's own choice, and the way to change it while the poll is open."""
    outcome, ballot = mine.outcome, mine.ballot
    poll = outcome.poll
    parts = [*how_kept(poll, words), blocks.section(bold(poll.question))]
    parts += [blocks.section(told) for told in _own_choice(poll, ballot, mine.code, words)]
    parts += _how_it_stands(outcome, words)
    if not poll.is_open or (is_final(poll) and ballot.chosen):
        return blocks.modal("polls.choose", words.plain("My vote"), parts, close=words.plain("Close"))
    parts += _fields(mine, words)
    if ballot.chosen:
        parts.append(blocks.actions(_take_back_button(poll, words)))
    return blocks.modal(
        "polls.choose", words.plain("My vote"), parts,
        submit=words.plain("Vote"), close=words.plain("Cancel"), memory=poll.id,
    )  # fmt: skip


def _fields(mine: Mine, words: Words) -> Iterator[Block]:
    """The field in which one chooses, or those in which one puts the options in order."""
    poll = mine.outcome.poll
    if poll.kind is PollKind.RANKING:
        yield from ranking.fields(poll, mine.ballot, mine.order, words)
    else:
        yield from map(blocks.section, quiz.first_counts(poll, words))
        yield choice_field(poll, mine.ballot, mine.order, mine.zone, words)
        yield from other_field(poll, mine.ballot, words, optional=True)


def _how_it_stands(outcome: Outcome, words: Words) -> Iterator[Block]:
    """The counts, to somebody who sees them because of their own vote."""
    if outcome.poll.seeing is Seeing.AFTER_VOTE and isinstance(outcome.standing, Shown):
        yield from map(blocks.section, notice(outcome, words))
        yield from lines.in_sections(showing.of(outcome.poll).results(outcome, words))


def how_kept(poll: Poll, words: Words) -> Iterator[Block]:
    """The card of an anonymous poll, over the fields in which one votes."""
    if poll.privacy.is_sealed:
        yield blocks.context(card(poll.privacy, poll.owner, words))
        yield blocks.actions(how_kept_button("polls.privacy", poll.id, words))


def answered(done: Voted, words: Words) -> list[Mrkdwn]:
    """What a voter is told of a click: of a quiz that tells at once, whether it is right."""
    if is_final(done.poll):
        return quiz.answered(done.poll, done.chosen, words)
    return [voted(done.poll, done.what, done.code, words)]


def voted(poll: Poll, what: Click, code: str, words: Words) -> Mrkdwn:
    """What a voter is told of a click, in private; code: their receipt, "" where there is none."""
    has_buttons = not poll.privacy.is_sealed and not has_menu(poll)
    if has_buttons and poll.has_several:
        return words(
            "Your vote counted. {limits}; press My vote to see it, or the same button again to take it back.",
            limits=how_many((poll.least, poll.most), words),
        )
    if has_buttons:
        return words("Your vote counted. Press My vote to see it, or the same button again to take it back.")
    told = {
        Click.FIRST: words(
            "Your vote counted. Press My vote to see it, change it or take it back until the poll closes."
        ),
        Click.CHANGED: words(
            "Your vote is changed. Press My vote to see it, change it or take it back until the poll closes."
        ),
    }.get(what, words("This is your vote already; nothing changed."))
    return Mrkdwn(" ".join([told, *_receipt(code, words)]))


def chosen(code: str, words: Words) -> Mrkdwn:
    """What a voter is told of a vote sent from "My vote"."""
    return Mrkdwn(" ".join([words("Your vote counted."), *_receipt(code, words)]))


def _receipt(code: str, words: Words) -> Iterator[Mrkdwn]:
    if code:
        yield words(
            "Your receipt: {code}. After the close it finds your ballot; show it to nobody.",
            code=Mrkdwn(f"`{code}`"),
        )


def chosen_modal(done: Voted, words: Words) -> Block:
    """What follows a vote sent from "My vote": of a quiz that tells at once, whether it is right."""
    if is_final(done.poll):
        return _told_modal(quiz.answered(done.poll, done.chosen, words), words)
    return counted_modal(chosen(done.code, words), words)


def counted_modal(told: Mrkdwn, words: Words) -> Block:
    return _told_modal([told], words)


def _told_modal(told: Sequence[Mrkdwn], words: Words) -> Block:
    parts = list(map(blocks.section, told))
    return blocks.modal("polls.counted", words.plain("My vote"), parts, close=words.plain("Close"))


def _own_choice(poll: Poll, ballot: Ballot, code: str, words: Words) -> Iterator[Mrkdwn]:
    if not poll.is_open and poll.privacy.is_sealed:
        yield words(
            "This poll is closed. From the close on nobody can tell who voted for what, Palabre included: "
            "your vote can't be shown any more."
        )
        return
    if ballot.chosen and poll.kind is PollKind.RANKING:
        yield from ranking.own(poll, ballot, words)
    elif ballot.chosen:
        for some in lines.side_by_side([labels.named([poll.options[each]], words) for each in ballot.chosen]):
            yield words("You voted for {option}.", option=some)
        if ballot.written:
            yield words("You wrote: {text}", text=ballot.written)
    else:
        yield (
            words("You have not voted yet.")
            if poll.is_open
            else words("You did not vote. This poll is closed.")
        )
    if poll.kind is PollKind.QUIZ:
        yield from quiz.own(poll, ballot.chosen, words)
    yield from _receipt(code, words)
    if ballot.chosen and not poll.is_open:
        yield words("This poll is closed, so votes no longer change.")


def _take_back_button(poll: Poll, words: Words) -> Block:
    return blocks.button(words.plain("Take my vote back"), "polls.take_back", poll.id, style="danger")

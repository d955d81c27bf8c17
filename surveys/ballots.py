"""Ballots: what a voter may choose in a poll, and what a click changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from surveys import quiz
from surveys.errors import Refused
from surveys.polls import Ballot, Chosen, Poll, PollClosed
from surveys.seeing import PollKind

DOUBLE_CLICK = timedelta(seconds=1)
"""A second click on the same option this soon is one click of a hasty hand, not a change of mind."""


class UnknownOption(Refused):
    sentence = "This option is no longer part of the poll. Look at the newest message and vote there."


class OptionTakenAway(Refused):
    sentence = "The option “{option}” was taken away meanwhile. Choose another one; nothing else is lost."


class OneTooMany(Refused):
    sentence = (
        "You have chosen {most} options, as many as this poll takes, and they stay as they are. "
        "Take one back first: press My vote and choose there."
    )


class TooManyChosen(Refused):
    sentence = "You chose {count} options; {most} is the most here. Take {more} away."


class TooFewChosen(Refused):
    sentence = "You chose {count} of the options; {least} is the least here. Choose {more} more."


class ChosenTogether(Refused):
    sentence = "In this poll {least} options or more are chosen together. Press Vote and choose them there."


class PutInOrder(Refused):
    sentence = "In this poll you put the options in order. Press Vote and do it there."


class Click(StrEnum):
    """What a click did to a ballot."""

    FIRST = "first"
    CHANGED = "changed"
    TAKEN_BACK = "taken back"
    REPEATED = "repeated"


def check_may_vote(poll: Poll, now: datetime) -> None:
    """Refuse a vote after the close, even before the job that closes the poll has run."""
    if not poll.is_open or (poll.closes_at is not None and now >= poll.closes_at):
        raise PollClosed


def check_option(poll: Poll, option: int) -> None:
    """Refuse a click on no option, or where several are chosen at once."""
    if option not in poll.shown:
        raise UnknownOption
    if poll.kind is PollKind.RANKING:
        raise PutInOrder
    if poll.least > 1:
        raise ChosenTogether(least=poll.least)
    if is_together(poll):
        raise quiz.AnsweredTogether


def is_final(poll: Poll) -> bool:
    """Say whether a voter's first answer is their last."""
    return poll.kind is PollKind.QUIZ and quiz.is_final(poll)


def is_together(poll: Poll) -> bool:
    """Say whether a voter's options can only be chosen all at once."""
    return poll.least > 1 or (is_final(poll) and poll.has_several)


def check_may_change(poll: Poll, before: Ballot, after: Chosen) -> None:
    """Refuse another answer than the first, or to take it back, where a quiz has told what is right."""
    if is_final(poll) and before.chosen and before.chosen != after:
        raise quiz.AnswerIsFinal


def check_chosen(poll: Poll, chosen: Chosen) -> None:
    """Refuse a ballot that holds too few options, too many, or one that is not there."""
    for number in chosen:
        _check_is_there(poll, number)
    count = len(chosen)
    if count > poll.limit:
        raise TooManyChosen(count=count, most=poll.limit, more=count - poll.limit)
    if count < poll.least:
        raise TooFewChosen(count=count, least=poll.least, more=poll.least - count)


def _check_is_there(poll: Poll, number: int) -> None:
    if not 0 <= number < len(poll.options):
        raise UnknownOption
    if number not in poll.shown:
        raise OptionTakenAway(option=poll.options[number].text)


def in_order(poll: Poll, chosen: Iterable[int]) -> Chosen:
    """Return a ballot's options as it is kept: a ranking as the voter put them, any other ascending."""
    if poll.kind is PollKind.RANKING:
        return tuple(dict.fromkeys(chosen))
    return tuple(sorted(set(chosen)))


def click(ballot: Ballot, option: int, now: datetime, limit: int = 1) -> tuple[Chosen, Click]:
    """Return the options chosen after a click on `option`, and what the click did.

    The same option again is taken back. Another one replaces an only choice; of several, it is one more.
    """
    is_hasty = ballot.clicked_at is not None and now - ballot.clicked_at < DOUBLE_CLICK
    if is_hasty and (option == ballot.clicked or (limit == 1 and option in ballot.chosen)):
        return ballot.chosen, Click.REPEATED
    if option in ballot.chosen:
        left = tuple(each for each in ballot.chosen if each != option)
        return left, change(ballot.chosen, left)
    chosen = added(ballot.chosen, option, limit)
    return chosen, change(ballot.chosen, chosen)


def added(chosen: Chosen, option: int, limit: int) -> Chosen:
    """Return a ballot with one more option; the only choice there may be is replaced."""
    if limit == 1 or option in chosen:
        return (option,) if limit == 1 else chosen
    if len(chosen) >= limit:
        raise OneTooMany(most=limit)
    return tuple(sorted((*chosen, option)))


def order(poll: Poll, voter: str) -> Chosen:
    """Return the numbers of the options in the order in which a voter is shown them, always the same one."""
    if not poll.is_shuffled:
        return poll.shown
    return tuple(sorted(poll.shown, key=lambda number: (number == poll.other, _place(poll, voter, number))))


def _place(poll: Poll, voter: str, number: int) -> bytes:
    return sha256(f"{poll.id} {voter} {number}".encode()).digest()


def what_changed(before: Ballot, after: Ballot) -> Click:
    """Return what became of a ballot and what is written on it."""
    what = change(before.chosen, after.chosen)
    is_rewritten = what is Click.REPEATED and before.written != after.written
    return Click.CHANGED if is_rewritten else what


def change(before: Chosen, after: Chosen) -> Click:
    """Return what became of a ballot."""
    if before == after:
        return Click.REPEATED
    if not after:
        return Click.TAKEN_BACK
    return Click.CHANGED if before else Click.FIRST

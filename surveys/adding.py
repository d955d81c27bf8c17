"""Options that voters add to a poll: what may be added, undone, let in and taken away."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from surveys.errors import Refused
from surveys.options import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    Adding,
    Option,
    OptionState,
    OptionTooLong,
    SameOptionTwice,
    alike,
    tidy,
)
from surveys.people import Member, check_may_manage
from surveys.polls import Poll
from surveys.text import length

MOST_ADDED: Final = 5
"""So many options one person may add to a poll of somebody else's."""
FEWEST: Final = 2
SOMEBODY: Final = ""
"""Who added an option where nobody keeps it."""


@dataclass(frozen=True, slots=True)
class Addition:
    """An option that a voter added, and its poll, as they are now."""

    poll: Poll
    number: int

    @property
    def option(self) -> Option:
        return self.poll.options[self.number]


class NothingAdded(Refused):
    sentence = "This poll takes no options from voters. Ask the person who made it to add yours."


class NoText(Refused):
    sentence = "Write the option you want to add."


class AddingClosed(Refused):
    sentence = "This poll is closed, so its options no longer change."


class PollFull(Refused):
    sentence = "This poll takes no more options: {most} is the most, those taken away included."


class AddedEnough(Refused):
    sentence = "You have added {most} options to this poll, as many as one person may."


class NotAddedByYou(Refused):
    sentence = "Only the person who added this option can undo that."


class OthersVoted(Refused):
    sentence = (
        "Somebody else has voted for this option, so it stays. "
        "Ask the person who made the poll to take it away."
    )


class AskedFromTheStart(Refused):
    sentence = "This option was part of the poll from the start, so it stays."


class TooFewLeft(Refused):
    sentence = "This poll needs at least {fewest} options, so this one stays."


class GoneAlready(Refused):
    sentence = "This option is no longer part of the poll."


def has_room(poll: Poll) -> bool:
    """Say whether voters may add one more option now."""
    return poll.is_open and poll.adding is not Adding.NO and len(poll.options) < MOST_OPTIONS


def new(poll: Poll, text: str, voter: str, now: datetime, *, is_owner: bool = False) -> Option:
    """Return the option that somebody adds, or refuse it with the reason. voter: "team:user"."""
    check_open(poll, now)
    if poll.adding is Adding.NO:
        raise NothingAdded
    option = _checked(poll, text)
    if len(poll.options) >= MOST_OPTIONS:
        raise PollFull(most=MOST_OPTIONS)
    if not is_owner and sum(each.added_by == voter for each in poll.options) >= MOST_ADDED:
        raise AddedEnough(most=MOST_ADDED)
    waits = poll.adding is Adding.APPROVED and not is_owner
    adder = SOMEBODY if poll.privacy.is_sealed else voter
    return replace(option, added_by=adder, state=OptionState.WAITING if waits else OptionState.ASKED)


def _checked(poll: Poll, text: str) -> Option:
    told = tidy(text)
    if not told:
        raise NoText
    if length(told) > LONGEST_OPTION:
        raise OptionTooLong(option=told[:20] + "…", count=length(told), most=LONGEST_OPTION)
    there = (each for each in poll.options if each.state is not OptionState.GONE)
    if any(alike(told) in (alike(each.text), alike(each.whole)) for each in there):
        raise SameOptionTwice(option=told)
    return Option(told)


def check_open(poll: Poll, now: datetime) -> None:
    """Refuse any change of the options after the close."""
    if not poll.is_open or (poll.closes_at is not None and now >= poll.closes_at):
        raise AddingClosed


def check_undo(poll: Poll, number: int, voter: str, others: int) -> None:
    """Refuse to undo what somebody else added, or others have voted for. others: how many those are."""
    option = added(poll, number)
    if option.added_by != voter or not voter:
        raise NotAddedByYou
    if option.state is OptionState.GONE:
        raise GoneAlready
    if others:
        raise OthersVoted
    _check_may_go(poll, number)


def check_take_away(poll: Poll, number: int, member: Member) -> None:
    """Refuse it to whoever neither asked nor administers, and where too few options would stay."""
    check_may_manage(poll.owner, member)
    if added(poll, number).state is OptionState.GONE:
        raise GoneAlready
    _check_may_go(poll, number)


def added(poll: Poll, number: int) -> Option:
    """Return an option that a voter added; refuse any other."""
    if not 0 <= number < len(poll.options):
        raise GoneAlready
    option = poll.options[number]
    if not option.is_added:
        raise AskedFromTheStart
    return option


def _check_may_go(poll: Poll, number: int) -> None:
    fewest = max(FEWEST, poll.least)
    if number in poll.shown and len(poll.shown) <= fewest:
        raise TooFewLeft(fewest=fewest)


def manageable(poll: Poll) -> tuple[int, ...]:
    """Return the numbers of the options that voters added and that are there or wait, the newest last."""
    return tuple(
        number
        for number, option in enumerate(poll.options)
        if option.is_added and option.state is not OptionState.GONE
    )

"""What people can do with options that voters add: one function a verb, one transaction each."""

from datetime import datetime

from slack_app.kit.incoming import Who
from slack_app.polls import finding
from storage import Database, Store
from surveys import adding, standings
from surveys.adding import Addition
from surveys.options import OptionState
from surveys.people import Member, check_may_manage
from surveys.polls import Poll
from surveys.standings import Outcome, Reader


def add(database: Database, who: Who, poll_id: str, text: str, now: datetime) -> Addition:
    """Put one more option behind the others; where the owner lets each in, they are asked."""
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        is_owner = (who.team, who.user) == (poll.workspace, poll.owner)
        option = adding.new(poll, text, who.voter, now, is_owner=is_owner)
        store.polls.add_option(poll, option)
        number = len(poll.options)
        if option.state is OptionState.WAITING:
            store.later("polls.propose", who.workspace, f"{poll_id}:{number}")
        return _addition(store, poll, number)


def undo(database: Database, who: Who, poll_id: str, number: int, now: datetime) -> Addition:
    """Take back what one added oneself, as long as nobody else has voted for it."""
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        adding.check_open(poll, now)
        adding.check_undo(poll, number, who.voter, _others(store, poll, number, who.voter))
        store.polls.set_option(who.workspace, poll_id, number, OptionState.GONE)
        return _addition(store, poll, number)


def _others(store: Store, poll: Poll, number: int, voter: str) -> int:
    votes, _ = store.standings.tallies(poll.workspace, poll.id)
    own = store.polls.ballot(poll.workspace, poll.id, voter).chosen.count(number)
    return votes[number] - own if 0 <= number < len(votes) else 0


def let_in(database: Database, member: Member, who: Who, poll_id: str, number: int) -> Addition:
    """Have an option that waits shown; one that is decided on, or whose poll is closed, stays as it is."""
    return _decide(database, member, who, poll_id, number, OptionState.ASKED)


def decline(database: Database, member: Member, who: Who, poll_id: str, number: int) -> Addition:
    """Leave an option that waits out; one that is decided on stays as it is."""
    return _decide(database, member, who, poll_id, number, OptionState.GONE)


def _decide(
    database: Database, member: Member, who: Who, poll_id: str, number: int, state: OptionState
) -> Addition:
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        if adding.added(poll, number).state is OptionState.WAITING and poll.is_open:
            store.polls.set_option(who.workspace, poll_id, number, state)
            _tell_adder(store, poll, number)
        return _addition(store, poll, number)


def take_away(
    database: Database, member: Member, who: Who, poll_id: str, number: int, now: datetime
) -> Addition:
    """Take an option that a voter added away, with its votes; only the owner or an admin may."""
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        adding.check_open(poll, now)
        adding.check_take_away(poll, number, member)
        store.polls.set_option(who.workspace, poll_id, number, OptionState.GONE)
        return _addition(store, poll, number)


def managed(database: Database, member: Member, who: Who, poll_id: str) -> Outcome:
    """Return how a poll stands to whoever may take away what voters added to it."""
    with database.begin() as store:
        poll = finding.found(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        votes, voters = store.standings.tallies(who.workspace, poll_id)
        reader = Reader(is_owner=(who.team, who.user) == (poll.workspace, poll.owner))
        return standings.outcome(poll, votes, voters, reader=reader)


def _tell_adder(store: Store, poll: Poll, number: int) -> None:
    if poll.options[number].added_by != adding.SOMEBODY:
        store.later("polls.tell_adder", poll.workspace, f"{poll.id}:{number}")


def read(subject: str) -> tuple[str, int]:
    """Return the poll's id and the option's number that a button or a job names."""
    poll_id, _, number = subject.partition(":")
    return poll_id, int(number) if number.isdecimal() else -1


def _addition(store: Store, poll: Poll, number: int) -> Addition:
    return Addition(finding.found(store, poll.workspace, poll.id), number)

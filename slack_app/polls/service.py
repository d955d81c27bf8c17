"""What people can do with polls: one function a verb, one transaction each."""

from dataclasses import dataclass
from datetime import datetime

from slack_app.kit.context import new_id
from slack_app.kit.incoming import Who
from storage import Database, Store
from surveys import polls
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.polls import Ballot, Click, Draft, Poll, PollGone, Standing


class NoOpenPoll(Refused):
    sentence = "You have no open poll in this channel. Ask one with /poll."


class AlreadyPosted(Refused):
    sentence = "This poll is posted already; look for it in its channel."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a poll was asked from: channel, Slack's id of the asking, and the way back to the asker."""

    channel: str
    origin: str
    reply_url: str | None = None


def ask(database: Database, who: Who, draft: Draft, place: Place, now: datetime) -> Poll:
    """Keep a new poll, which the worker posts; the same asking sent again makes no second one."""
    poll = Poll(
        id=new_id(),
        workspace=who.workspace,
        owner=who.user,
        channel=place.channel,
        question=draft.question,
        options=draft.options,
        language=draft.language,
        asked_at=now,
    )
    with database.begin() as store:
        store.polls.create(poll, place.origin, place.reply_url)
    return poll


def vote(database: Database, who: Who, poll_id: str, option: int, click: str, now: datetime) -> Click:
    """Count a click on an option; a click that Slack sends again, or a hasty second one, changes nothing."""
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
        polls.check_may_vote(poll, option)
        before = store.polls.ballot(who.workspace, poll_id, who.voter)
        if click and before.click_id == click:
            return Click.REPEATED
        chosen, what = polls.click(before, option, now)
        if what is not Click.REPEATED:
            after = Ballot(chosen, now, click, option)
            store.polls.cast(who.workspace, poll_id, who.voter, before, after)
        return what


def choose(database: Database, who: Who, poll_id: str, option: int | None, now: datetime) -> Poll:
    """Set the voter's choice, whatever it was; None takes the vote back."""
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
        polls.check_may_vote(poll, 0 if option is None else option)
        before = store.polls.ballot(who.workspace, poll_id, who.voter)
        after = Ballot(frozenset() if option is None else frozenset({option}), now)
        if after.chosen != before.chosen:
            store.polls.cast(who.workspace, poll_id, who.voter, before, after)
        return poll


def ballot(database: Database, who: Who, poll_id: str) -> tuple[Poll, Ballot]:
    with database.begin() as store:
        return _found(store, who, poll_id), store.polls.ballot(who.workspace, poll_id, who.voter)


def close(database: Database, member: Member, who: Who, poll_id: str, now: datetime) -> Poll:
    """Stop the votes; only the owner or an admin may."""
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
        check_may_manage(poll.owner, member)
        if not store.polls.close(who.workspace, poll_id, now):
            raise polls.PollClosed
        return poll


def latest(database: Database, who: Who, channel: str) -> Poll:
    """Return the person's latest open poll in the channel, so that nobody copies ids."""
    with database.begin() as store:
        poll = store.polls.latest_of(who.workspace, who.user, channel)
    if poll is None:
        raise NoOpenPoll
    return poll


def results(database: Database, workspace: str, poll_id: str) -> tuple[Poll, Standing]:
    with database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
        if poll is None:
            raise PollGone
        votes, voters = store.polls.tallies(workspace, poll_id)
    return poll, polls.standing(poll, votes, voters)


def post_again(database: Database, member: Member, who: Who, poll_id: str, place: Place) -> None:
    """Let the worker try once more, perhaps in another channel, with a poll that could not be posted."""
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
        check_may_manage(poll.owner, member)
        if not poll.is_open:
            raise polls.PollClosed
        if poll.message is not None:
            raise AlreadyPosted
        store.polls.post_again(who.workspace, poll_id, place.channel or poll.channel, place.reply_url)


def _found(store: Store, who: Who, poll_id: str) -> Poll:
    poll = store.polls.find(who.workspace, poll_id)
    if poll is None:
        raise PollGone
    return poll


def _locked(store: Store, who: Who, poll_id: str) -> Poll:
    poll = store.polls.lock(who.workspace, poll_id)
    if poll is None:
        raise PollGone
    return poll

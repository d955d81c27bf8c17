"""What people can do with polls: one function a verb, one transaction each."""

from dataclasses import dataclass
from datetime import datetime

from slack_app.kit.context import new_id
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import READ_BACK
from slack_app.polls import finding, sealed
from storage import Database, Store
from surveys import ballots as voting
from surveys import dates, other, polls
from surveys.ballots import Click
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.polls import Ballot, Chosen, Draft, Poll


class NoOpenPoll(Refused):
    sentence = "You have no open poll in this channel. Ask one with /poll."


class AlreadyPosted(Refused):
    sentence = "This poll is posted already; look for it in its channel."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a poll was asked from: channel, Slack's id of the asking, and the way back to the asker.

    thread: the message below which it is posted; instead_of: the id of an unposted draft that it replaces.
    """

    channel: str
    origin: str
    reply_url: str | None = None
    thread: str | None = None
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Voted:
    """What a click did. code: the voter's receipt, "" where there is none; chosen: what the voter chose."""

    poll: Poll
    what: Click
    code: str = ""
    chosen: Chosen = ()


def ask(database: Database, who: Who, draft: Draft, place: Place, now: datetime) -> Poll | None:
    """Keep a new poll, which the worker posts and closes; the same asking sent again makes no second one."""
    with database.begin() as store:
        poll = kept(store, who, draft, place, now)
        if poll is not None and place.instead_of:
            forget(store, who.workspace, place.instead_of)
        return poll


def kept(store: Store, who: Who, draft: Draft, place: Place, now: datetime) -> Poll | None:
    """Keep a new poll; None where this asking made one already."""
    closes_at = polls.closing(draft.terms, now)
    dates.check_ahead(draft.options, draft.terms.posts_at or now)
    poll = _new(who, draft, place, now, closes_at, store.workspaces.fewest(who.workspace))
    if not store.polls.create(poll, place.origin, place.reply_url):
        return None
    if poll.privacy.is_sealed:
        store.sealed.begin(who.workspace, poll.id)
    if closes_at is not None:
        store.later("polls.close", who.workspace, poll.id, revision=1, after=closes_at - now)
    return poll


def forget(store: Store, workspace: str, poll_id: str) -> None:
    """Delete a draft that was read back and never posted; anything else stays."""
    if store.polls.forget(workspace, poll_id, READ_BACK):
        store.sealed.forget(workspace, poll_id)


def _new(
    who: Who, draft: Draft, place: Place, now: datetime, closes_at: datetime | None, fewest: int
) -> Poll:
    privacy = polls.promised(draft.terms, fewest)
    return Poll(
        id=new_id(),
        workspace=who.workspace,
        owner=who.user,
        channel=place.channel,
        question=draft.question,
        options=draft.options,
        language=draft.language,
        asked_at=now,
        closes_at=closes_at,
        privacy=privacy,
        is_counted=not privacy.is_sealed,
        least=draft.terms.least,
        most=draft.terms.most,
        seeing=draft.terms.seeing,
        is_shuffled=draft.terms.is_shuffled,
        kind=draft.terms.kind,
        explanation=draft.terms.explanation,
        adding=draft.terms.adding,
        thread=place.thread,
        posts_at=draft.terms.posts_at,
    )


def vote(database: Database, who: Who, poll_id: str, option: int, click: str, now: datetime) -> Voted:
    """Count a click on an option; a click that Slack sends again, or a hasty second one, changes nothing.

    "Other…" is refused: its voters write something first.
    """
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        voting.check_may_vote(poll, now)
        voting.check_option(poll, option)
        if poll.privacy.is_sealed:
            return Voted(poll, *sealed.add(store, poll, who.voter, option))
        return Voted(poll, _click(store, who, poll, option, click, now), chosen=(option,))


def _click(store: Store, who: Who, poll: Poll, option: int, click: str, now: datetime) -> Click:
    before = store.polls.ballot(who.workspace, poll.id, who.voter)
    if click and before.click_id == click:
        return Click.REPEATED
    chosen, what = voting.click(before, option, now, poll.limit)
    voting.check_may_change(poll, before, chosen)
    if what is not Click.REPEATED:
        after = Ballot(chosen, now, click, option, other.written(poll, before, chosen, None))
        store.polls.cast(who.workspace, poll.id, who.voter, before, after)
    return what


def choose(
    database: Database, who: Who, poll_id: str, chosen: Chosen, now: datetime, text: str | None = None
) -> Voted:
    """Set what the voter has chosen, whatever it was; nothing takes the vote back.

    text: what they wrote under "Other…"; None where they were not asked.
    """
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        voting.check_may_vote(poll, now)
        chosen = voting.in_order(poll, chosen)
        if chosen:
            voting.check_chosen(poll, chosen)
        if poll.privacy.is_sealed:
            return Voted(poll, *sealed.choose(store, poll, who.voter, chosen, text))
        return Voted(poll, put(store, who, poll, chosen, now, text), chosen=chosen)


def put(store: Store, who: Who, poll: Poll, chosen: Chosen, now: datetime, text: str | None) -> Click:
    """Set what a voter has chosen and written; the poll is locked."""
    before = store.polls.ballot(who.workspace, poll.id, who.voter)
    voting.check_may_change(poll, before, chosen)
    after = Ballot(chosen, now, written=other.written(poll, before, chosen, text))
    what = voting.what_changed(before, after)
    if what is not Click.REPEATED:
        store.polls.cast(who.workspace, poll.id, who.voter, before, after)
    return what


def latest(database: Database, who: Who, channel: str) -> Poll:
    """Return the person's latest open poll in the channel, so that nobody copies ids."""
    with database.begin() as store:
        poll = store.polls.latest_of(who.workspace, who.user, channel, but=READ_BACK)
    if poll is None:
        raise NoOpenPoll
    return poll


def zone_of(database: Database, who: Who) -> str:
    """Return the zone in which somebody means an hour: their own, or the workspace's."""
    with database.begin() as store:
        return finding.zone(store, who)


def found(database: Database, who: Who, poll_id: str) -> Poll:
    with database.begin() as store:
        return finding.found(store, who.workspace, poll_id)


def post_again(database: Database, member: Member, who: Who, poll_id: str, place: Place) -> Poll:
    """Let the worker try once more, perhaps in another channel, with a poll that could not be posted.

    One that was only read back is still not posted before its moment.
    """
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        if not poll.is_open:
            raise polls.PollClosed
        if poll.message is not None:
            raise AlreadyPosted
        if place.channel:
            store.polls.leave_thread(who.workspace, poll_id)
        store.polls.post_again(who.workspace, poll_id, place.channel or poll.channel, place.reply_url)
        if poll.posts_at is not None:
            store.polls.release(who.workspace, poll_id, poll.posts_at)
        return poll

"""What people can do with polls: one function a verb, one transaction each."""

from dataclasses import dataclass
from datetime import datetime

from slack_app.kit.context import new_id
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import READ_BACK
from slack_app.polls import details, sealed
from storage import Database, Farewell, Store
from surveys import ballots as voting
from surveys import dates, other, polls, standings
from surveys.anonymity import Level, ResultsTo, Shown, Withheld, gate
from surveys.ballots import Click
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.polls import Ballot, Chosen, Draft, Poll, PollGone
from surveys.schedule import still_known
from surveys.seeing import PollKind, Seeing
from surveys.standings import Outcome, Reader

FIRST_NAMES, FEWER_NAMES, FEW_OPTIONS = 5, 2, 10
"""So many names stand beside an option in the message, the others are folded; fewer beside many options,
or twenty long ones would not fit."""
MOST_NAMES = 100_000
"""An option, in the window that lists them all: more than any workspace has people."""


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


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own ballot, and how the poll stands as far as one may see it.

    order: the indexes of the options as one is shown them; zone: by whose clock one reads their hours;
    code: one's receipt, "" where there is none.
    """

    outcome: Outcome
    ballot: Ballot
    order: tuple[int, ...]
    zone: str
    code: str = ""


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
        poll = _locked(store, who, poll_id)
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
        poll = _locked(store, who, poll_id)
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


def ballot(database: Database, who: Who, poll_id: str) -> Mine:
    """Return what somebody has chosen: nothing in an anonymous poll from the close on."""
    with database.begin() as store:
        poll = _found(store, who, poll_id)
        stands, order, zone = _outcome(store, poll, who), voting.order(poll, who.voter), _zone(store, who)
        if poll.privacy.is_sealed:
            own, code = sealed.ballot(store, poll, who.voter)
            return Mine(stands, own, order, zone, code)
        return Mine(stands, store.polls.ballot(who.workspace, poll_id, who.voter), order, zone)


def close(database: Database, member: Member, who: Who, poll_id: str, now: datetime) -> Poll:
    """Stop the votes; only the owner or an admin may."""
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
        check_may_manage(poll.owner, member)
        if not _close(store, poll, now):
            raise polls.PollClosed
        return poll


def close_in_time(database: Database, workspace: str, poll_id: str, now: datetime) -> bool:
    """Close a poll whose moment has come; say whether that closed it."""
    with database.begin() as store:
        poll = store.polls.lock(workspace, poll_id)
        if poll is None or not poll.is_open or poll.closes_at is None:
            return False
        if now < poll.closes_at:
            # Woken by another process, whose clock is ahead of ours; this job is never run again.
            left = poll.closes_at - now
            store.later("polls.close", workspace, poll_id, revision=int(now.timestamp()), after=left)
            return False
        return _close(store, poll, now)


def _close(store: Store, poll: Poll, now: datetime) -> bool:
    """Close a poll; from here on nobody can tell who voted in an anonymous one, which is then counted."""
    if not store.polls.close(poll.workspace, poll.id, now):
        return False
    if poll.privacy.is_sealed:
        store.sealed.close(poll.workspace, poll.id)
        store.later("polls.count", poll.workspace, poll.id)
    elif poll.seeing is Seeing.OWNERS:
        store.later("polls.tell", poll.workspace, poll.id)
    return True


def counted(database: Database, poll: Poll) -> None:
    """Let the results of a sealed poll be seen, whose ballots are all mixed and counted."""
    with database.begin() as store:
        store.polls.counted(poll.workspace, poll.id)
        if poll.privacy.results_to is ResultsTo.OWNERS:
            store.later("polls.tell", poll.workspace, poll.id)
        if poll.privacy.has_receipts:
            store.later("polls.publish", poll.workspace, poll.id)


def delete(database: Database, member: Member, who: Who, poll_id: str) -> Poll:
    """Delete a poll with its votes and keys, never to be restored; only the owner or an admin may."""
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
        check_may_manage(poll.owner, member)
        store.sealed.forget(who.workspace, poll_id)
        if poll.message is not None:
            said = Farewell(poll.channel, poll.message, poll.language)
            store.surveys.keep_farewell(who.workspace, poll_id, said)
        store.polls.delete(who.workspace, poll_id)
        store.later("polls.withdraw", who.workspace, poll_id)
        return poll


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
        return _zone(store, who)


def _zone(store: Store, who: Who) -> str:
    member = store.members.find(who.workspace, who.user) if who.team == who.workspace else None
    home = store.workspaces.find(who.workspace)
    return still_known((member.zone if member else None) or (home[1] if home else None) or "UTC")


def found(database: Database, who: Who, poll_id: str) -> Poll:
    with database.begin() as store:
        return _found(store, who, poll_id)


def results(database: Database, workspace: str, poll_id: str, reader: Who | None = None) -> Outcome:
    """Return how a poll stands. reader: who alone will see it; None for its message."""
    with database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
        if poll is None:
            raise PollGone
        return _outcome(store, poll, reader)


def who_voted(database: Database, who: Who, poll_id: str) -> Outcome:
    """Return how a poll stands, with the names of all who voted where names are shown."""
    with database.begin() as store:
        return _outcome(store, _found(store, who, poll_id), who, most_names=MOST_NAMES)


def _outcome(store: Store, poll: Poll, reader: Who | None, most_names: int | None = None) -> Outcome:
    votes, voters = store.standings.tallies(poll.workspace, poll.id)
    folded = FIRST_NAMES if len(poll.options) <= FEW_OPTIONS else FEWER_NAMES
    is_named = poll.privacy.level is Level.NAMED and poll.kind is not PollKind.RANKING
    names = (
        store.standings.names(poll.workspace, poll.id, most_names or folded) if is_named else standings.NOBODY
    )
    by = standings.ALL if reader is None else _reader(store, poll, reader)
    told = details.of(store, poll) if standings.is_shown(poll, voters, by) else standings.NO_DETAILS
    return standings.outcome(poll, votes, voters, names, told, reader=by)


def _reader(store: Store, poll: Poll, reader: Who) -> Reader:
    is_owner = reader.team == poll.workspace and reader.user == poll.owner
    return Reader(is_owner, _has_voted(store, poll, reader))


def _has_voted(store: Store, poll: Poll, reader: Who) -> bool:
    """Say whether somebody has voted, where that opens the counts to them."""
    if poll.seeing is not Seeing.AFTER_VOTE or poll.privacy.is_sealed:
        return False
    return bool(store.polls.ballot(poll.workspace, poll.id, reader.voter).chosen)


Published = tuple[tuple[str, Chosen], ...]


def ballots(database: Database, workspace: str, poll_id: str) -> Shown[Published] | Withheld:
    """Return every ballot of a poll with receipts: its code and the options chosen, in the codes' order."""
    with database.begin() as store:
        poll = store.polls.find(workspace, poll_id)
        if poll is None or not poll.privacy.has_receipts:
            raise PollGone
        passing = gate(poll)
        coded = store.standings.coded(workspace, poll_id)
    return passing.table(len(coded), coded)


def post_again(database: Database, member: Member, who: Who, poll_id: str, place: Place) -> Poll:
    """Let the worker try once more, perhaps in another channel, with a poll that could not be posted.

    One that was only read back is still not posted before its moment.
    """
    with database.begin() as store:
        poll = _locked(store, who, poll_id)
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

"""Polls that end: closed by somebody or in time, counted, deleted."""

from datetime import datetime

from slack_app.kit.incoming import Who
from slack_app.polls import finding
from storage import Database, Farewell, Store
from surveys.anonymity import ResultsTo
from surveys.people import Member, check_may_manage
from surveys.polls import Poll, PollClosed
from surveys.seeing import Seeing


def close(database: Database, member: Member, who: Who, poll_id: str, now: datetime) -> Poll:
    """Stop the votes; only the owner or an admin may."""
    with database.begin() as store:
        poll = finding.locked(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        if not _close(store, poll, now):
            raise PollClosed
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
        poll = finding.locked(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        store.sealed.forget(who.workspace, poll_id)
        if poll.message is not None:
            said = Farewell(poll.channel, poll.message, poll.language)
            store.surveys.keep_farewell(who.workspace, poll_id, said)
        store.polls.delete(who.workspace, poll_id)
        store.later("polls.withdraw", who.workspace, poll_id)
        return poll

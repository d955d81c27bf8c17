"""Polls as they are found within a transaction, or the refusal that one is gone."""

from slack_app.kit.incoming import Who
from storage import Store
from surveys.polls import Poll, PollGone
from surveys.schedule import still_known


def found(store: Store, workspace: str, poll_id: str) -> Poll:
    return _there(store.polls.find(workspace, poll_id))


def locked(store: Store, workspace: str, poll_id: str) -> Poll:
    """Return a poll that nobody else changes until the transaction ends."""
    return _there(store.polls.lock(workspace, poll_id))


def _there(poll: Poll | None) -> Poll:
    if poll is None:
        raise PollGone
    return poll


def zone(store: Store, who: Who) -> str:
    """Return the zone in which somebody means an hour: their own, or the workspace's."""
    member = store.members.find(who.workspace, who.user) if who.team == who.workspace else None
    home = store.workspaces.find(who.workspace)
    return still_known((member.zone if member else None) or (home[1] if home else None) or "UTC")

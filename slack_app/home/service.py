"""What the Home tab shows of one person."""

from slack_app.kit.incoming import Who
from storage import Database
from surveys import polls
from surveys.polls import Poll, Standing

MOST = 40
"""Two blocks a poll and the head stay within the hundred that a Home tab holds."""


def my_open_polls(database: Database, who: Who) -> list[tuple[Poll, Standing]]:
    """Return the person's open polls, newest first, each with its standing."""
    with database.begin() as store:
        mine = store.polls.open_of(who.workspace, who.user)[:MOST]
        tallies = store.polls.tallies_of(who.workspace, [poll.id for poll in mine])
    return [(poll, polls.standing(poll, *tallies[poll.id])) for poll in mine]

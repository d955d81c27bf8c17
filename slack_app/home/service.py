"""What the Home tab shows of one person."""

from slack_app.kit.incoming import Who
from storage import Database
from surveys import polls
from surveys.polls import Poll, Standing

MOST = 40
"""Two blocks a poll and the head stay within the hundred that a Home tab holds."""


def my_open_polls(database: Database, who: Who) -> tuple[list[tuple[Poll, Standing]], bool]:
    """Return the person's newest open polls, each with its standing, and whether there are more."""
    with database.begin() as store:
        mine = store.polls.open_of(who.workspace, who.user)
        tallies = store.polls.tallies_of(who.workspace, [poll.id for poll in mine[:MOST]])
    shown = [(poll, polls.standing(poll, *tallies[poll.id])) for poll in mine[:MOST]]
    return shown, len(mine) > MOST

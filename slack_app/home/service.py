"""What the Home tab shows of one person."""

from dataclasses import dataclass
from datetime import datetime

from slack_app.home.mine import Mine
from slack_app.kit.incoming import Who
from storage import Database, Store
from surveys import polls
from surveys.asking import Progress
from surveys.polls import Poll, Standing
from surveys.survey import Round

MOST_ASKED, MOST_SURVEYS, MOST_POLLS, MOST_ANSWERED = 10, 12, 18, 10
"""With two blocks for a survey or a poll, all stay within the hundred that a Home tab holds."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a person's answers, what they asked, and what they answered, newest first.

    has_more_surveys, has_more_polls: whether there are more of one's own than these.
    """

    asked: tuple[Round, ...]
    surveys: tuple[Mine, ...]
    polls: tuple[tuple[Poll, Standing], ...]
    has_more_surveys: bool
    has_more_polls: bool
    answered: tuple[tuple[Round, datetime], ...]


def desk(database: Database, who: Who, now: datetime) -> Desk:
    with database.begin() as store:
        mine = store.polls.open_of(who.workspace, who.user)
        surveys = store.surveys.recent_of(who.workspace, who.user, MOST_SURVEYS + 1)
        return Desk(
            asked=store.surveys.asked(who.workspace, who.user, who.voter, now, MOST_ASKED),
            surveys=_with_progress(store, who, surveys[:MOST_SURVEYS]),
            polls=_with_standings(store, who, mine[:MOST_POLLS]),
            has_more_surveys=len(surveys) > MOST_SURVEYS,
            has_more_polls=len(mine) > MOST_POLLS,
            answered=store.surveys.answered(who.workspace, who.voter, MOST_ANSWERED),
        )


def _with_progress(store: Store, who: Who, mine: tuple[Round, ...]) -> tuple[Mine, ...]:
    ids = [asked.id for asked in mine]
    invited = store.surveys.invited_of(who.workspace, ids)
    so_far = store.deliveries.progress_of(who.workspace, ids)
    return tuple(
        Mine(asked, invited.get(asked.id, 0), so_far.get(asked.id, Progress(0, 0))) for asked in mine
    )


def _with_standings(store: Store, who: Who, mine: tuple[Poll, ...]) -> tuple[tuple[Poll, Standing], ...]:
    tallies = store.polls.tallies_of(who.workspace, [poll.id for poll in mine])
    return tuple((poll, polls.standing(poll, *tallies[poll.id])) for poll in mine)

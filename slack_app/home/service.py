"""What the Home tab shows of one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from slack_app.home.mine import Mine
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import READ_BACK
from storage import Database, Store
from surveys import standings
from surveys.asking import Progress
from surveys.polls import Poll
from surveys.standings import Outcome
from surveys.survey import Round

MOST_ASKED, MOST_SURVEYS, MOST_POLLS, MOST_ANSWERED = 10, 12, 18, 10
"""With two blocks for a survey or a poll, all stay within the hundred that a Home tab holds."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a person's answers, what they asked, and what they answered, newest first.

    answered: with the moment, which a sealed round does not keep; a closed sealed one is no longer told.
    has_more_surveys, has_more_polls: whether there are more of one's own than these.
    """

    asked: tuple[Round, ...]
    surveys: tuple[Mine, ...]
    polls: tuple[Outcome, ...]
    has_more_surveys: bool
    has_more_polls: bool
    answered: tuple[tuple[Round, datetime | None], ...]
    are_reminders_stopped: bool


def desk(database: Database, who: Who, now: datetime) -> Desk:
    with database.begin() as store:
        mine = store.polls.open_of(who.workspace, who.user, but=READ_BACK)
        surveys = store.surveys.recent_of(who.workspace, who.user, MOST_SURVEYS + 1)
        sealed = _answered_sealed(store, who, now)
        return Desk(
            asked=store.surveys.asked(who.workspace, who.user, who.voter, now, MOST_ASKED, sealed),
            surveys=_with_progress(store, who, surveys[:MOST_SURVEYS]),
            polls=_outcomes(store, who, mine[:MOST_POLLS]),
            has_more_surveys=len(surveys) > MOST_SURVEYS,
            has_more_polls=len(mine) > MOST_POLLS,
            answered=_answered(store, who, sealed.values()),
            are_reminders_stopped=store.reminders.are_stopped(who.workspace, who.user),
        )


def _answered_sealed(store: Store, who: Who, now: datetime) -> dict[str, Round]:
    """Return the open sealed rounds that the person has answered, by id, newest first."""
    there = {each.id: each for each in store.surveys.open_sealed(who.workspace, now)}
    done = store.sealed.answered(who.workspace, who.voter, there) if there else frozenset()
    return {name: each for name, each in there.items() if name in done}


def _answered(store: Store, who: Who, sealed: Iterable[Round]) -> tuple[tuple[Round, datetime | None], ...]:
    named = store.surveys.answered(who.workspace, who.voter, MOST_ANSWERED)
    return (*((each, None) for each in sealed), *named)[:MOST_ANSWERED]


def _with_progress(store: Store, who: Who, mine: tuple[Round, ...]) -> tuple[Mine, ...]:
    ids = [asked.id for asked in mine]
    invited = store.surveys.invited_of(who.workspace, ids)
    so_far = store.deliveries.progress_of(who.workspace, ids)
    reminded = store.reminders.latest_of(who.workspace, ids)
    return tuple(
        Mine(each, invited.get(each.id, 0), so_far.get(each.id, Progress(0, 0)), reminded.get(each.id))
        for each in mine
    )


def _outcomes(store: Store, who: Who, mine: tuple[Poll, ...]) -> tuple[Outcome, ...]:
    tallies = store.standings.tallies_of(who.workspace, [poll.id for poll in mine])
    return tuple(standings.outcome(poll, *tallies[poll.id], reader=standings.OWNER) for poll in mine)

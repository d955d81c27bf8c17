"""What an admin can do with later work: see what waits and what failed, retry, drop."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from slack_app.kit.incoming import Who
from slack_app.upkeep.overview import About, Failed, Lot, Overview, reason
from storage import Database, Failure, Store
from surveys.errors import Refused
from surveys.people import Member

MOST_FAILED = 30
"""With two blocks each, they stay within the hundred that a modal holds."""
NEWS = timedelta(days=1)
"""An owner is told of what failed within this, also after a stop; what is older is no news any more."""
TELLING = "upkeep.tell"


class NotAdmin(Refused):
    sentence = "Only an admin of this workspace can see what waits and what failed."


def check_is_admin(member: Member) -> None:
    if not member.is_admin:
        raise NotAdmin


def overview(database: Database, who: Who) -> Overview:
    waiting = database.health(who.workspace).waiting
    failed = database.jobs.failed(who.workspace)[::-1]
    with database.begin() as store:
        shown = _with_what_for(store, who.workspace, failed[:MOST_FAILED])
    lots = tuple(Lot(lot.name, lot.jobs, lot.since, lot.due) for lot in waiting)
    return Overview(lots, shown, len(failed) - len(shown))


def retry(database: Database, who: Who, job_id: str) -> bool:
    """Have a failed job done after all; False when it is not among the failed ones here."""
    return _is_here(who, job_id) and database.jobs.retry(job_id)


def drop(database: Database, who: Who, job_id: str) -> bool:
    """Forget a failed job; False when it is not among the failed ones here."""
    return _is_here(who, job_id) and database.jobs.drop(job_id)


def _is_here(who: Who, job_id: str) -> bool:
    return job_id.startswith(f"{who.workspace}:")


def failed_job(database: Database, workspace: str, job_id: str) -> Failed | None:
    found = [each for each in database.jobs.failed(workspace) if each.id == job_id]
    with database.begin() as store:
        return next(iter(_with_what_for(store, workspace, found)), None)


def have_owners_told(database: Database, workspace: str) -> None:
    """Have each owner told of what failed, once for each job: telling it again is the same job."""
    # By the clock that failures are kept by, which nobody moves.
    since = datetime.now(UTC) - NEWS
    failed = [each for each in database.jobs.failed(workspace) if each.at >= since and each.name != TELLING]
    if failed:
        with database.begin() as store:
            for each in failed:
                store.later("upkeep.tell", workspace, each.id)


def _with_what_for(store: Store, workspace: str, failed: Sequence[Failure]) -> tuple[Failed, ...]:
    what_for = _what_for(store, workspace, {_asked(each) for each in failed})
    return tuple(
        Failed(each.id, each.name, each.at, reason(each.reason), what_for.get(_asked(each)))
        for each in failed
    )


def _asked(failure: Failure) -> str:
    """Return the id of the poll, round or report that a job is for; more may follow it."""
    return failure.subject.partition(":")[0]


def _what_for(store: Store, workspace: str, ids: set[str]) -> dict[str, About]:
    """Return what is still here of polls, rounds and reports, by id."""
    orders = store.reports.find_all(workspace, sorted(ids))
    of_orders = {order.round_id for order in orders if order.round_id is not None}
    rounds = {asked.id: asked for asked in store.surveys.find_all(workspace, sorted(ids | of_orders))}
    titles = {round_id: asked.survey.title for round_id, asked in rounds.items()}
    left = sorted(ids - rounds.keys() - {each.id for each in orders})
    polls = [found for each in left if (found := store.polls.find(workspace, each)) is not None]
    wishes = [wish for each in left if (wish := store.schedules.find(workspace, each)) is not None]
    return {
        **{each.id: About(each.owner, each.channel, None) for each in wishes},
        **{each.id: About(each.owner, each.channel, each.question) for each in polls},
        **{each.id: About(each.owner, each.channel, each.survey.title) for each in rounds.values()},
        **{each.id: About(each.owner, each.channel, titles.get(each.round_id or "")) for each in orders},
    }

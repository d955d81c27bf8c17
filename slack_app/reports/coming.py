"""What people can do with reports that come by themselves: wish for them, change that, have them no more."""

from datetime import datetime, timedelta

from slack_app.kit.context import new_id
from slack_app.kit.incoming import Who
from slack_app.reports.service import order_once
from storage import Database, Store
from surveys.first_run import settled
from surveys.people import Member
from surveys.recurring import Recurring, period
from surveys.reports import Order
from surveys.schedule import Schedule, next_run, still_known, zone_named

LATE = timedelta(hours=1)
MOST_AT_ONCE = 1000
"""In a minute: the others are ordered in the next one."""


def wish(database: Database, workspace: str, schedule_id: str) -> Schedule | None:
    with database.begin() as store:
        return store.schedules.find(workspace, schedule_id)


def keep(
    database: Database, who: Who, channel: str, wish: Recurring, language: str, now: datetime
) -> Schedule:
    """Keep when a channel gets its digests, in place of what it wanted before; anybody there may.

    wish: with its zone as somebody wrote it.
    """
    zone = zone_named(wish.zone or "UTC").key
    rule, first = settled(wish, zone, now)
    wanted = Schedule(new_id(), who.workspace, channel, who.user, language, rule, zone, first)
    with database.begin() as store:
        kept = store.schedules.put(wanted)
        store.later("reports.check", who.workspace, kept.id, revision=kept.revision)
    return kept


def wish_of(database: Database, who: Who, channel: str) -> Schedule | None:
    with database.begin() as store:
        return store.schedules.of_channel(who.workspace, channel)


def stop(database: Database, who: Who, channel: str) -> bool:
    with database.begin() as store:
        return store.schedules.delete(who.workspace, channel)


def zone_of(database: Database, member: Member, who: Who) -> str:
    """Return the zone in which somebody means an hour: their own, or the workspace's."""
    if member.zone:
        return still_known(member.zone)
    with database.begin() as store:
        home = store.workspaces.find(who.workspace)
    return still_known((home[1] if home else None) or "UTC")


def order_runs(database: Database, now: datetime) -> None:
    """Have each digest made whose hour has come, by a job of its own: one that fails holds up no other."""
    with database.begin() as store:
        for wish in store.schedules.due(now, MOST_AT_ONCE):
            store.later("reports.run", wish.workspace, wish.id, revision=int(wish.next_run.timestamp()))


def run(database: Database, workspace: str, schedule_id: str, now: datetime) -> None:
    """Order a digest whose hour has come, and set its next; however many were missed, one is made up for."""
    with database.begin() as store:
        wish = store.schedules.find(workspace, schedule_id)
        if wish is not None and wish.next_run <= now and _advance(store, wish, now):
            order_once(store, _digest_order(wish, now))


def _advance(store: Store, wish: Schedule, now: datetime) -> bool:
    """Set a schedule's next run, or end it after its last."""
    following = next_run(wish.rule, wish.zone, now)
    if following is None:
        return store.schedules.end(wish)
    return store.schedules.advance(wish, following, wish.next_run)


def _digest_order(wish: Schedule, now: datetime) -> Order:
    return Order(
        id=f"{wish.id}-{wish.revision}-{wish.next_run:%Y%m%dT%H%M}",
        workspace=wish.workspace,
        channel=wish.channel,
        owner=wish.owner,
        language=wish.language,
        asked_at=now,
        schedule_id=wish.id,
        since=wish.last_run or wish.next_run - period(wish.rule),
        is_late=now - wish.next_run > LATE,
        about=wish.channel,
    )

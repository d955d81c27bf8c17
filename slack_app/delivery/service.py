"""What people can do while each member of a channel is asked: one function a verb, one transaction each."""

from collections.abc import Collection
from datetime import timedelta

from slack_app.kit.incoming import Who
from storage import Database, Store
from surveys.errors import Refused
from surveys.people import Member, check_may_manage


class NotHere(Refused):
    sentence = "This survey is not here any more: it was deleted."


class NothingUnderWay(Refused):
    sentence = "Nobody else is being asked: this is over."


UNDER_WAY = ("running", "paused")


def pause(database: Database, member: Member, who: Who, round_id: str) -> None:
    """Ask nobody else until somebody resumes; only the owner or an admin may."""
    with database.begin() as store:
        _turn(store, member, who, round_id, ("running",), "paused")


def resume(database: Database, member: Member, who: Who, round_id: str) -> None:
    """Go on asking; only the owner or an admin may."""
    with database.begin() as store:
        number = _turn(store, member, who, round_id, ("paused",), "running")
        if number is not None:
            send_next(store, who.workspace, round_id, number)


def cancel(database: Database, member: Member, who: Who, round_id: str) -> None:
    """Ask nobody else for good; only the owner or an admin may."""
    with database.begin() as store:
        _turn(store, member, who, round_id, UNDER_WAY, "cancelled")


def send_next(
    store: Store, workspace: str, round_id: str, number: int, after: timedelta = timedelta()
) -> None:
    """Have the next people asked by a job that has its number, of a change of the round.

    Of two that wait, the older one will end itself: see `jobs.send`.
    """
    store.later("delivery.send", workspace, f"{round_id}:{number}", after=after, in_turn=True)


def _turn(store: Store, member: Member, who: Who, round_id: str, frm: Collection[str], to: str) -> int | None:
    """Bring a delivery into another state; the number of that change, None where it is there already."""
    asked = store.surveys.lock(who.workspace, round_id)
    if asked is None:
        raise NotHere
    check_may_manage(asked.owner, member)
    if asked.delivery == to:
        return None
    if not store.deliveries.set_state(who.workspace, round_id, frm, to):
        raise NothingUnderWay
    return store.deliveries.changed(who.workspace, round_id)

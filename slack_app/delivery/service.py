"""What people can do while others are asked or reminded: one function a verb, one transaction each."""

from collections.abc import Collection
from datetime import datetime, timedelta

from slack_app.kit.incoming import Press, Who
from slack_app.kit.text import date_time
from storage import Database, Store
from surveys import reminding
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.survey import NotHere


class NothingUnderWay(Refused):
    sentence = "Nobody else is being asked: this is over."


class TooSoon(Refused):
    sentence = "People can be reminded of this survey from {moment} on, not earlier."


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


def remind(database: Database, member: Member, press: Press, now: datetime) -> None:
    """Have everybody reminded who is asked and has not answered; only the owner or an admin may."""
    workspace, round_id = press.who.workspace, press.value
    with database.begin() as store:
        asked = store.surveys.lock(workspace, round_id)
        if asked is None:
            raise NotHere
        check_may_manage(asked.owner, member)
        last = store.reminders.latest(workspace, round_id)
        if last is not None and last.click == reminding.mark(press.click):
            return  # Slack's retry
        reminding.check(asked, last, store.surveys.invited(workspace, round_id), now)
        moment = reminding.next_from(asked, last)
        if now < moment:
            raise TooSoon(moment=date_time(moment, "UTC"))
        store.reminders.begin(workspace, round_id, reminding.begun(asked, last, press.click, now))
        remind_next(store, workspace, round_id)


def remind_next(store: Store, workspace: str, round_id: str) -> None:
    """Have the next people of a round's latest reminder decided of, where some are left."""
    last = store.reminders.latest(workspace, round_id)
    if last is not None and last.left:
        # As many as are left: no number of who has answered, and never the same twice.
        subject = f"{round_id}:{last.number}"
        store.later("delivery.remind", workspace, subject, revision=last.left, in_turn=True)


def has_answered(store: Store, workspace: str, round_id: str, user: str, now: datetime) -> bool | None:
    """Tell whether a member has answered all of a round; None where it is over, and nobody can tell."""
    asked, person = store.surveys.find(workspace, round_id), f"{workspace}:{user}"
    if asked is None or not asked.is_open(now):
        return None
    if not asked.privacy.is_sealed:
        return store.responses.find(workspace, round_id, person).is_complete
    token = store.sealed.token(workspace, round_id, person)
    return None if token is None else store.sealed.find(workspace, round_id, token).is_complete


def may_be_reminded(store: Store, workspace: str, user: str) -> bool:
    """Tell whether a person is a member here and has not stopped reminders.

    Who is not known here is of another organisation: they answer under its name, so nobody can tell whether
    they have.
    """
    member = store.members.find(workspace, user)
    is_here = member is not None and not member.has_left and not member.is_bot
    return is_here and not store.reminders.are_stopped(workspace, user)


def stop_reminders(database: Database, who: Who) -> None:
    """Send a person no reminders of any survey."""
    with database.begin() as store:
        store.reminders.stop(who.workspace, who.user)


def resume_reminders(database: Database, who: Who) -> None:
    with database.begin() as store:
        store.reminders.resume(who.workspace, who.user)

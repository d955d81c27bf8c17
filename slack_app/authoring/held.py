"""A survey that too few could answer, so that nobody is asked yet: what its owner makes of it."""

from datetime import datetime

from slack_app.authoring.service import AlreadyAsked, AlreadyClosed, AlreadyPosted
from slack_app.kit import audience
from slack_app.kit.incoming import Who
from storage import Database, Store
from surveys.people import Member, check_may_manage
from surveys.survey import NotHere, Round


def ask_all_the_same(
    database: Database, member: Member, who: Who, round_id: str, channel: str, now: datetime
) -> None:
    """Have people asked, though no results will ever be shown. channel: the one its owner was told of."""
    with database.begin() as store:
        asked = _unasked(store, member, who, round_id)
        if not asked.is_open(now):
            raise AlreadyClosed
        audience.check_may_go_on(asked, channel)
        if asked.delivery is None:
            store.surveys.ask_all_the_same(who.workspace, round_id, audience.HELD)
        elif store.deliveries.set_state(who.workspace, round_id, {"held"}, "running"):
            number = store.deliveries.changed(who.workspace, round_id) or 0
            store.later("delivery.invite", who.workspace, round_id, revision=number)


def drop(database: Database, member: Member, who: Who, round_id: str) -> Round:
    """Delete it with its keys; nobody was asked."""
    with database.begin() as store:
        asked = _unasked(store, member, who, round_id)
        store.surveys.delete(who.workspace, round_id)
        store.sealed.forget(who.workspace, round_id)
        store.later("delivery.withdraw", who.workspace, round_id)
        return asked


def _unasked(store: Store, member: Member, who: Who, round_id: str) -> Round:
    asked = store.surveys.lock(who.workspace, round_id)
    if asked is None:
        raise NotHere
    check_may_manage(asked.owner, member)
    if asked.delivery is not None and store.deliveries.progress(who.workspace, round_id).asked:
        raise AlreadyAsked
    if asked.message is not None:
        raise AlreadyPosted
    return asked

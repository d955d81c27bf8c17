"""What people can do with their surveys: one function a verb, one transaction each."""

from dataclasses import dataclass, replace
from datetime import datetime

from slack_app.kit.context import new_id
from slack_app.kit.incoming import Who
from storage import Database, Store
from surveys.drafts import Draft
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.reports import Order
from surveys.survey import Round, Survey, check_closing, check_title


class NoOpenSurvey(Refused):
    sentence = "You have no open survey in this channel. Begin one with /survey."


class AlreadyClosed(Refused):
    sentence = "This survey is closed already."


class NotHere(Refused):
    sentence = "This survey is not here any more: it was deleted."


class AlreadyPosted(Refused):
    sentence = "This survey is posted already; look for it in its channel."


class AlreadyAsked(Refused):
    sentence = "The members of the channel are being asked already."


@dataclass(frozen=True, slots=True)
class Wish:
    """What the launching form was filled in with. origin: Slack's id of the form.

    asks_each: by a direct message to each member of the channel, not by a message there.
    """

    title: str
    language: str
    channel: str
    closes_at: datetime
    origin: str
    asks_each: bool = False


def launch(database: Database, who: Who, draft: Draft, wish: Wish, now: datetime) -> Round:
    """Keep a new survey, which the worker posts and closes; the same form sent again launches no second."""
    asked = _round(who, draft, wish, now)
    check_closing(wish.closes_at, now)
    with database.begin() as store:
        if store.surveys.create(asked, wish.origin, None):
            left = wish.closes_at - now
            store.later("authoring.close", who.workspace, asked.id, revision=1, after=left)
            if wish.asks_each:
                store.deliveries.set_state(who.workspace, asked.id, {None}, "running")
                store.later("delivery.invite", who.workspace, asked.id, revision=1)
    return replace(asked, delivery="running") if wish.asks_each else asked


def _round(who: Who, draft: Draft, wish: Wish, now: datetime) -> Round:
    survey = Survey(
        id=new_id(),
        workspace=who.workspace,
        owner=who.user,
        title=check_title(wish.title),
        intro=draft.intro,
        language=wish.language,
        pages=draft.pages,
    )
    return Round(new_id(), survey, wish.channel, asked_at=now, closes_at=wish.closes_at)


def latest(database: Database, who: Who, channel: str) -> Round:
    """Return the person's latest open survey in the channel, so that nobody copies ids."""
    with database.begin() as store:
        asked = store.surveys.latest_of(who.workspace, who.user, channel)
    if asked is None:
        raise NoOpenSurvey
    return asked


def close(database: Database, member: Member, who: Who, round_id: str, now: datetime) -> Round:
    """Stop the answers and order the report; only the owner or an admin may."""
    with database.begin() as store:
        asked = _managed(store, member, who, round_id)
        if not _close(store, asked, now):
            raise AlreadyClosed
        return asked


def close_in_time(database: Database, workspace: str, round_id: str, now: datetime) -> bool:
    """Close a round whose moment has come; say whether that closed it."""
    with database.begin() as store:
        asked = store.surveys.lock(workspace, round_id)
        if asked is None or asked.closed_at is not None:
            return False
        if now < asked.closes_at:
            # Woken by another process, whose clock is ahead of ours; this job is never run again.
            left = asked.closes_at - now
            store.later("authoring.close", workspace, round_id, revision=int(now.timestamp()), after=left)
            return False
        return _close(store, asked, now)


def _close(store: Store, asked: Round, now: datetime) -> bool:
    """Close a round and order its report together; what never reached its channel has nothing to report."""
    if not store.surveys.close(asked.workspace, asked.id, now):
        return False
    store.deliveries.set_state(asked.workspace, asked.id, {"running", "paused"}, "cancelled")
    if _has_asked(store, asked):
        order = _order(asked, now)
        store.reports.order(order)
        store.later("reports.post", asked.workspace, order.id)
    return True


def _has_asked(store: Store, asked: Round) -> bool:
    if asked.delivery is None:
        # Somebody may answer before the message that asked them is written down.
        return asked.message is not None or asked.people > 0
    return store.surveys.invited(asked.workspace, asked.id) > 0


def _order(asked: Round, now: datetime) -> Order:
    language = asked.survey.language
    return Order(new_id(), asked.workspace, asked.channel, asked.owner, language, now, round_id=asked.id)


def delete(database: Database, member: Member, who: Who, round_id: str) -> Round:
    """Delete a round with its answers and reports; only the owner or an admin may."""
    with database.begin() as store:
        asked = _managed(store, member, who, round_id)
        store.surveys.delete(who.workspace, round_id)
        if asked.message is not None:
            store.later("delivery.withdraw", who.workspace, round_id)
        return asked


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a round is to be posted after all; channel: "" for where it was wanted first."""

    channel: str
    reply_url: str | None


def post_again(
    database: Database, member: Member, who: Who, round_id: str, place: Elsewhere, now: datetime
) -> None:
    """Let the worker try once more, perhaps in another channel, with a round that could not be posted."""
    with database.begin() as store:
        asked = _managed(store, member, who, round_id)
        if not asked.is_open(now):
            raise AlreadyClosed
        if asked.delivery is not None and store.deliveries.progress(who.workspace, round_id).asked:
            raise AlreadyAsked
        if asked.message is not None:
            raise AlreadyPosted
        store.surveys.post_again(who.workspace, round_id, place.channel or asked.channel, place.reply_url)
        number = store.deliveries.changed(who.workspace, round_id)
        if asked.delivery == "running" and number is not None:
            store.later("delivery.invite", who.workspace, round_id, revision=number)


def _managed(store: Store, member: Member, who: Who, round_id: str) -> Round:
    asked = store.surveys.lock(who.workspace, round_id)
    if asked is None:
        raise NotHere
    check_may_manage(asked.owner, member)
    return asked

"""What people can do with reports: order one, and have it posted after all."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from slack_app.kit.incoming import Who
from storage import Database, Store
from surveys.anonymity import ResultsTo, Why, Withheld, gate
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.reports import Order
from surveys.survey import NotHere, Round

MOST_CHOICES = 50


class ReportGone(Refused):
    sentence = "This report is not here any more: its survey was deleted."


class OwnersOnly(Refused):
    sentence = (
        "The results of this survey go to whoever asked alone: that was promised when it began. "
        "So its report can't be posted, nor seen by an admin."
    )


class AlreadyPosted(Refused):
    sentence = "This report is posted already; look for it in its channel."


def choices(database: Database, member: Member, who: Who, channel: str | None) -> tuple[Round, ...]:
    """Return the rounds a person may report on, newest first: their own, and for an admin the channel's."""
    with database.begin() as store:
        found = {each.id: each for each in store.surveys.recent_of(who.workspace, who.user, MOST_CHOICES)}
        if member.is_admin and channel is not None:
            here = store.surveys.recent_in(who.workspace, channel, None, MOST_CHOICES)
            found |= {each.id: each for each in here}
    posted = [each for each in found.values() if each.message is not None]
    return tuple(sorted(posted, key=lambda each: each.asked_at, reverse=True)[:MOST_CHOICES])


def managed(database: Database, member: Member, who: Who, round_id: str) -> Round:
    with database.begin() as store:
        return _managed(store, member, who, round_id)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for. origin: Slack's id of the form, the same when it is sent again."""

    round_id: str
    channel: str
    origin: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """What became of a wish: where its report is posted, or why it is not now."""

    asked: Round
    channel: str
    withheld: Withheld | None = None


def order(database: Database, member: Member, who: Who, wish: Wish, now: datetime) -> Ordered:
    """Have a report posted; only the owner or an admin may, and the same form sent again posts no second.

    One whose results go to the owner alone is sent to them; one that can't be told yet is not posted.
    """
    with database.begin() as store:
        asked = _managed(store, member, who, wish.round_id)
        place = _place_for(asked, who, wish.channel)
        held = withheld(asked, place)
        if held is not None and held.why in {Why.OPEN, Why.COUNTING}:
            return Ordered(asked, place, held)
        wanted = Order(
            id=hashlib.sha256(f"{who.workspace} {wish.origin}".encode()).hexdigest()[:32],
            workspace=who.workspace,
            channel=place,
            owner=who.user,
            language=asked.survey.language,
            asked_at=now,
            round_id=asked.id,
        )
        order_once(store, wanted)
    return Ordered(asked, place)


def withheld(asked: Round, place: str) -> Withheld | None:
    """Return why nothing of a round may be told in a place, None where something may."""
    passed = gate(asked, is_for_owner=is_owners(asked, place)).table(asked.people, asked)
    return passed if isinstance(passed, Withheld) else None


def is_owners(asked: Round, place: str) -> bool:
    """Say whether whoever asked reads alone what is posted there: their direct messages with the app."""
    return place == asked.owner


def _place_for(asked: Round, who: Who, wanted: str) -> str:
    if not is_for_owners(asked):
        return wanted
    if who.user != asked.owner:
        raise OwnersOnly
    return asked.owner


def is_for_owners(asked: Round) -> bool:
    return asked.privacy.is_sealed and asked.privacy.results_to is ResultsTo.OWNERS


def _managed(store: Store, member: Member, who: Who, round_id: str) -> Round:
    asked = store.surveys.find(who.workspace, round_id)
    if asked is None:
        raise NotHere
    check_may_manage(asked.owner, member)
    return asked


def order_once(store: Store, wanted: Order) -> None:
    if store.reports.order(wanted):
        store.later("reports.post", wanted.workspace, wanted.id)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a report is to be posted after all; channel: "" for where it was wanted first.

    click: Slack's id of the press, the same when it is sent again.
    """

    channel: str
    click: str


def post_again(database: Database, member: Member, who: Who, report_id: str, place: Elsewhere) -> None:
    """Let the worker try once more with a report that could not be posted.

    A digest may tell of other people's surveys, which only they or an admin may send elsewhere.
    """
    with database.begin() as store:
        wanted = store.reports.find(who.workspace, report_id)
        if wanted is None:
            raise ReportGone
        check_may_manage(wanted.owner, member)
        if wanted.message is not None:
            raise AlreadyPosted
        if place.channel:
            for each in rounds_on(store, wanted):
                check_may_manage(each.owner, member)
                if is_owners(each, wanted.channel) and is_for_owners(each):
                    raise OwnersOnly
        if store.reports.retry(who.workspace, report_id, place.channel or wanted.channel):
            store.later("reports.post", who.workspace, report_id, revision=_number(place.click))


def _number(click: str) -> int:
    return int("".join(char for char in click if char in "0123456789") or 1)


def rounds_on(store: Store, wanted: Order) -> tuple[Round, ...]:
    """Return the rounds that a report is on: one, or all that its channel had since."""
    if wanted.round_id is None:
        recent = store.surveys.recent_in(wanted.workspace, wanted.about or wanted.channel, wanted.since)
        # None that was asked later: a digest in several messages tells of the same in each.
        return tuple(each for each in recent if each.message and each.asked_at <= wanted.asked_at)
    asked = store.surveys.find(wanted.workspace, wanted.round_id)
    return (asked,) if asked else ()

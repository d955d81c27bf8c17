"""What people can do with reports: order one, have them come, and what the worker needs to make them."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slack_app.kit.incoming import Who
from storage import Comment, Database, Store
from surveys.anonymity import ResultsTo, Stage, Why, Withheld, gate
from surveys.comparing import segment
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.questions import Kind
from surveys.reports import Digest, Order, Report, report
from surveys.sections import Findings
from surveys.survey import NotHere, Round
from surveys.tone import Tone

MOST_CHOICES = 50
LATE = timedelta(hours=1)
A_WEEK = timedelta(days=7)


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
            for each in _rounds(store, wanted):
                check_may_manage(each.owner, member)
                if is_owners(each, wanted.channel) and is_for_owners(each):
                    raise OwnersOnly
        if store.reports.retry(who.workspace, report_id, place.channel or wanted.channel):
            store.later("reports.post", who.workspace, report_id, revision=_number(place.click))


def _number(click: str) -> int:
    return int("".join(char for char in click if char in "0123456789") or 1)


# --- what the worker needs ---


def waiting(database: Database, workspace: str, report_id: str) -> Order | None:
    """Return a report that is still to be posted, or to be continued in its thread."""
    with database.begin() as store:
        wanted = store.reports.find(workspace, report_id)
    if wanted is None or wanted.trouble is not None:
        return None
    return wanted if wanted.message is None or wanted.told is not None else None


def rounds_of(database: Database, wanted: Order) -> tuple[Round, ...]:
    """Return the rounds that a report is on: one, or all that the channel had since."""
    with database.begin() as store:
        return _rounds(store, wanted)


def _rounds(store: Store, wanted: Order) -> tuple[Round, ...]:
    if wanted.round_id is None:
        recent = store.surveys.recent_in(wanted.workspace, wanted.about or wanted.channel, wanted.since)
        # None that was asked later: a digest in several messages tells of the same in each.
        return tuple(each for each in recent if each.message and each.asked_at <= wanted.asked_at)
    asked = store.surveys.find(wanted.workspace, wanted.round_id)
    return (asked,) if asked else ()


def is_all_theirs(database: Database, wanted: Order) -> bool:
    """Say whether a report tells nothing but of surveys that its owner may send anywhere.

    A digest's owner need not be in the channel any more when it cannot be posted there.
    """
    if wanted.round_id is not None:
        return True
    return all(each.owner == wanted.owner for each in rounds_of(database, wanted))


def made(database: Database, asked: Round, place: str) -> Report | None:
    """Return a round's report as it may be told in a place now; None where it was deleted meanwhile."""
    with database.begin() as store:
        found = store.surveys.find(asked.workspace, asked.id)
        return report(_findings(store, found, place)) if found else None


def digest(wanted: Order, reports: tuple[Report, ...]) -> Digest:
    """Return a week's digest. What goes to an owner alone is left out of it, whoever reads it."""
    told = tuple(each for each in reports if not each.is_for_owners)
    since = wanted.since or wanted.asked_at - A_WEEK
    left_out = len(reports) - len(told)
    return Digest(wanted.about or wanted.channel, since, wanted.asked_at, told, left_out)


def _findings(store: Store, asked: Round, place: str) -> Findings:
    if withheld(asked, place) is not None:
        return Findings(asked, store.surveys.invited(asked.workspace, asked.id))
    key = (asked.workspace, asked.id)
    opened = [each.id for each in asked.survey.questions if each.kind is Kind.OPEN_TEXT]
    return Findings(
        asked=asked,
        invited=store.surveys.invited(*key),
        tallies=store.responses.tallies(*key),
        labels=store.comments.labels(*key),
        comments={
            question: [said.text for said in store.comments.quotable(*key, question)] for question in opened
        },
        split=store.comparisons.tallies_by(*key, by.id) if (by := segment(asked)) else {},
        is_for_owner=is_owners(asked, place),
    )


def start_scoring(database: Database, workspace: str, round_id: str) -> Round | None:
    with database.begin() as store:
        store.comments.start_scoring(workspace, round_id)
        return store.surveys.find(workspace, round_id)


def may_be_scored(asked: Round) -> bool:
    """Say whether a round's comments may be read: of a sealed one when all of them are counted."""
    return not asked.privacy.is_sealed or asked.stage is Stage.COUNTED


def unscored(database: Database, asked: Round) -> tuple[Comment, ...]:
    with database.begin() as store:
        return store.comments.unscored(asked.workspace, asked.id)


def keep_tones(database: Database, asked: Round, scored: list[tuple[Comment, Tone]]) -> None:
    with database.begin() as store:
        store.comments.keep_tones(asked.workspace, asked.id, scored)


def posted(database: Database, wanted: Order, message: str, told: int | None) -> Order:
    with database.begin() as store:
        store.reports.posted(wanted.workspace, wanted.id, message, told)
    return replace(wanted, message=message, told=told)


def followed(database: Database, wanted: Order, told: int | None) -> Order:
    with database.begin() as store:
        store.reports.followed(wanted.workspace, wanted.id, told)
    return replace(wanted, told=told)


def failed(database: Database, wanted: Order, reason: str) -> None:
    with database.begin() as store:
        store.reports.failed(wanted.workspace, wanted.id, reason)

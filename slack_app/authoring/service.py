"""What people can do with their surveys: one function a verb, one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slack_app.kit.context import new_id
from slack_app.kit.incoming import Who
from storage import Database, Mixed, Store
from surveys.anonymity import NAMED, Level, Privacy, ResultsTo, Stage
from surveys.drafts import Draft
from surveys.errors import Refused
from surveys.people import Member, check_may_manage
from surveys.reports import Order
from surveys.survey import NotHere, Round, Survey, check_closing, check_title


class NoOpenSurvey(Refused):
    sentence = "You have no open survey in this channel. Begin one with /survey."


class AlreadyClosed(Refused):
    sentence = "This survey is closed already."


class AlreadyPosted(Refused):
    sentence = "This survey is posted already; look for it in its channel."


class AlreadyAsked(Refused):
    sentence = "The members of the channel are being asked already."


@dataclass(frozen=True, slots=True)
class Wish:
    """What the launching form was filled in with. origin: Slack's id of the form.

    asks_each: by a direct message to each member of the channel, not by a message there.
    level, results_to: what is promised, and never changes; who gets the results is said of anonymous ones.
    """

    title: str
    language: str
    channel: str
    closes_at: datetime
    origin: str
    asks_each: bool = False
    level: Level = Level.NAMED
    results_to: ResultsTo = ResultsTo.ALL
    compare_by: str | None = None


def fewest(database: Database, who: Who) -> int:
    """Return the smallest group whose results are shown in the person's workspace."""
    with database.begin() as store:
        return store.workspaces.fewest(who.workspace)


def launch(database: Database, who: Who, draft: Draft, wish: Wish, now: datetime) -> Round:
    """Keep a new survey, which the worker posts and closes; the same form sent again launches no second."""
    check_closing(wish.closes_at, now)
    with database.begin() as store:
        asked = _round(who, draft, wish, _promised(store, who, wish), now)
        if store.surveys.create(asked, wish.origin, None):
            if asked.privacy.is_sealed:
                store.sealed.begin(who.workspace, asked.id)
            left = wish.closes_at - now
            store.later("authoring.close", who.workspace, asked.id, revision=1, after=left)
            if wish.asks_each:
                store.deliveries.set_state(who.workspace, asked.id, {None}, "running")
                store.later("delivery.invite", who.workspace, asked.id, revision=1)
    return replace(asked, delivery="running") if wish.asks_each else asked


def _promised(store: Store, who: Who, wish: Wish) -> Privacy:
    if wish.level is Level.NAMED:
        return NAMED
    return Privacy(wish.level, store.workspaces.fewest(who.workspace), wish.results_to)


def _round(who: Who, draft: Draft, wish: Wish, promised: Privacy, now: datetime) -> Round:
    survey = Survey(
        id=new_id(),
        workspace=who.workspace,
        owner=who.user,
        title=check_title(wish.title),
        intro=draft.intro,
        language=wish.language,
        pages=draft.pages,
    )
    return Round(
        new_id(),
        survey,
        wish.channel,
        asked_at=now,
        closes_at=wish.closes_at,
        privacy=promised,
        is_counted=not promised.is_sealed,
        compare_by=wish.compare_by,
    )


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
    """Close a round and order its report together, or first have its sealed answers counted."""
    if not store.surveys.close(asked.workspace, asked.id, now):
        return False
    store.deliveries.set_state(asked.workspace, asked.id, {"running", "paused"}, "cancelled")
    if asked.privacy.is_sealed:
        store.sealed.close(asked.workspace, asked.id)
        store.later("authoring.count", asked.workspace, asked.id)
    else:
        _order_report(store, asked, now)
    return True


def to_count(database: Database, workspace: str, round_id: str) -> Round | None:
    """Return a closed round whose sealed answers are not counted yet, None where there is nothing to do."""
    with database.begin() as store:
        asked = store.surveys.find(workspace, round_id)
    return asked if asked is not None and asked.stage is Stage.COUNTING else None


def put_responses(store: Store, asked: Round, batch: Sequence[Mixed]) -> None:
    """Keep sealed answers that are mixed by now, dated with nothing but the day of the close."""
    closed_at = asked.closed_at or asked.closes_at
    day = closed_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    store.responses.put(asked.workspace, asked.id, batch, day)


def counted(database: Database, asked: Round, now: datetime) -> None:
    """Note that all is counted, and order the report."""
    with database.begin() as store:
        found = store.surveys.lock(asked.workspace, asked.id)
        if found is None or found.stage is not Stage.COUNTING:
            return
        store.surveys.counted(asked.workspace, asked.id)
        _order_report(store, found, now)


def _order_report(store: Store, asked: Round, now: datetime) -> None:
    """Order a round's report; what never reached its channel has nothing to report."""
    if _has_asked(store, asked):
        order = _order(asked, now)
        store.reports.order(order)
        store.later("reports.post", asked.workspace, order.id)


def _has_asked(store: Store, asked: Round) -> bool:
    if asked.delivery is None:
        # Somebody may answer before the message that asked them is written down.
        return asked.message is not None or asked.people > 0
    return store.surveys.invited(asked.workspace, asked.id) > 0


def _order(asked: Round, now: datetime) -> Order:
    """The report goes to the channel, or to the owner alone, by direct message."""
    place = asked.owner if asked.privacy.results_to is ResultsTo.OWNERS else asked.channel
    language = asked.survey.language
    return Order(new_id(), asked.workspace, place, asked.owner, language, now, round_id=asked.id)


def delete(database: Database, member: Member, who: Who, round_id: str) -> Round:
    """Delete a round with its answers and reports; only the owner or an admin may."""
    with database.begin() as store:
        asked = _managed(store, member, who, round_id)
        store.surveys.delete(who.workspace, round_id)
        store.sealed.forget(who.workspace, round_id)
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
        channel = place.channel or asked.channel
        is_wanted = store.surveys.post_again(who.workspace, round_id, channel, place.reply_url)
        is_freed = is_wanted and store.deliveries.set_state(who.workspace, round_id, {"held"}, "running")
        number = store.deliveries.changed(who.workspace, round_id)
        if (asked.delivery == "running" or is_freed) and number is not None:
            store.later("delivery.invite", who.workspace, round_id, revision=number)


def _managed(store: Store, member: Member, who: Who, round_id: str) -> Round:
    asked = store.surveys.lock(who.workspace, round_id)
    if asked is None:
        raise NotHere
    check_may_manage(asked.owner, member)
    return asked

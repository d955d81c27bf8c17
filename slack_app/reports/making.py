"""What the worker needs to make reports and post them: what was found, and how far each one is."""

from dataclasses import replace
from datetime import timedelta

from slack_app.reports.service import is_owners, rounds_on, withheld
from storage import Comment, Database, Store
from surveys.anonymity import Stage
from surveys.comparing import segment
from surveys.questions import Kind
from surveys.reports import Digest, Order, Report, report
from surveys.sections import Findings
from surveys.survey import Round
from surveys.tone import Tone

A_WEEK = timedelta(days=7)


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
        return rounds_on(store, wanted)


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

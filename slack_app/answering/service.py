"""What people can do with a survey they are asked: look at it, answer page by page, change what they gave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from slack_app.kit.incoming import Who
from storage import Boxed, Database, Store
from surveys import survey
from surveys.anonymity import is_new_step
from surveys.errors import Refused
from surveys.questions import Answer, Entry, Kind, Required
from surveys.survey import NotHere, Page, Response, Round, SurveyGone

SCORED_AFTER = timedelta(seconds=3)
"""Comments that arrive together are scored together."""


class NoSuchPage(Refused):
    sentence = (
        "This window does not belong to a page of the survey. "
        "Copy what you wrote, close the window and press Answer again."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a round. number: from 0."""

    round_id: str
    number: int

    @classmethod
    def read(cls, memory: str) -> Self:
        """Return the place that a window remembers; refuse what is none."""
        round_id, _, number = memory.rpartition(":")
        if not (number.isascii() and number.isdecimal() and len(number) <= 4):
            raise NoSuchPage
        return cls(round_id, int(number))

    def __str__(self) -> str:
        return f"{self.round_id}:{self.number}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person stands in a round. page: the one to show next; None: all is answered and counted.

    is_missing: the page to show next lacks a required answer, though the last one was sent.
    """

    asked: Round
    response: Response
    page: int | None = 0
    is_missing: bool = False


def look(database: Database, who: Who, round_id: str) -> Progress:
    """Return the round with what the person has answered so far."""
    with database.begin() as store:
        asked = store.surveys.find(who.workspace, round_id)
        if asked is None:
            raise NotHere
        return Progress(asked, _response(store, who, asked))


def asked(database: Database, who: Who, round_id: str) -> Round:
    with database.begin() as store:
        found = store.surveys.find(who.workspace, round_id)
    if found is None:
        raise NotHere
    return found


def send(database: Database, who: Who, place: Place, entries: Mapping[str, Entry], now: datetime) -> Progress:
    """Keep a page's answers; on the last page the response is complete, unless something is missing.

    The same page sent again changes nothing. Raises BadEntries for what the questions do not take.
    """
    with database.begin() as store:
        asked, page = _open_page(store, who, place, now)
        accepted = survey.accept_page(page, entries)
        response = _kept(store, who, asked, _response(store, who, asked), accepted)
        if place.number + 1 < len(asked.survey.pages):
            return Progress(asked, response, place.number + 1)
        missing = survey.first_incomplete(asked.survey, response.answers)
        if missing is not None:
            return Progress(asked, response, missing, is_missing=True)
        _complete(store, who, asked, response, now)
        return Progress(asked, response, None)


def go_back(
    database: Database, who: Who, place: Place, entries: Mapping[str, Entry], now: datetime
) -> Progress:
    """Keep what is on a page so far and return the page before; what is missing there may come later."""
    with database.begin() as store:
        asked, page = _open_page(store, who, place, now)
        accepted, faults = survey.sorted_out(page, entries)
        for fault in faults.values():
            if not isinstance(fault, Required):
                raise fault
        response = _kept(store, who, asked, _response(store, who, asked), accepted)
    return Progress(asked, response, max(place.number - 1, 0))


def _open_page(store: Store, who: Who, place: Place, now: datetime) -> tuple[Round, Page]:
    asked = store.surveys.lock(who.workspace, place.round_id)
    if asked is None:
        raise SurveyGone
    survey.check_open(asked, now)
    if place.number >= len(asked.survey.pages):
        raise NoSuchPage
    return asked, asked.survey.pages[place.number]


def _response(store: Store, who: Who, asked: Round) -> Response:
    """Return what the person has answered so far; from the close of a sealed round on, nobody can tell."""
    if not asked.privacy.is_sealed:
        return store.responses.find(who.workspace, asked.id, who.voter)
    token = store.sealed.token(who.workspace, asked.id, who.voter)
    if token is None:
        return Response()
    boxed = store.sealed.find(who.workspace, asked.id, token)
    return Response(boxed.answers, is_boxed=boxed.is_complete)


def _kept(store: Store, who: Who, asked: Round, before: Response, accepted: Mapping[str, Answer]) -> Response:
    """Keep the answers that changed; a complete response may have comments to score anew."""
    changed = {name: answer for name, answer in accepted.items() if before.answers.get(name, ()) != answer}
    after = replace(before, answers={**before.answers, **changed})
    if changed and asked.privacy.is_sealed:
        _box(store, who, asked, after)
    elif changed:
        store.responses.keep(who.workspace, asked.id, who.voter, changed)
        if before.is_complete:
            _want_scores(store, asked)
    return after


def _complete(store: Store, who: Who, asked: Round, response: Response, now: datetime) -> None:
    """Count a response that is not counted yet; the round is locked."""
    if not asked.privacy.is_sealed:
        if store.responses.complete(who.workspace, asked.id, who.voter, now):
            _want_scores(store, asked)
    elif not response.is_complete:
        _box(store, who, asked, replace(response, is_boxed=True))
        is_new_look = is_new_step(asked.people + 1, asked.privacy)
        store.surveys.count_person(who.workspace, asked.id, is_new_look)


def _box(store: Store, who: Who, asked: Round, response: Response) -> None:
    token = store.sealed.token(who.workspace, asked.id, who.voter)
    if token is None:
        raise survey.SurveyClosed
    boxed = Boxed(response.answers, response.is_boxed)
    store.sealed.keep(who.workspace, asked.id, token, boxed)


def _want_scores(store: Store, asked: Round) -> None:
    if all(question.kind is not Kind.OPEN_TEXT for question in asked.survey.questions):
        return
    number = store.comments.want_scores(asked.workspace, asked.id)
    if number is not None:
        store.later("reports.score", asked.workspace, asked.id, revision=number, after=SCORED_AFTER)

"""A comment that counts is scored soon after: when the response is complete, and when the comment changes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from slack_app.answering import service
from slack_app.answering.service import Place
from slack_app.kit.incoming import Who
from storage import Database
from surveys.questions import Entry, Kind, Question
from surveys.survey import Page, Round, Survey

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BEN = Who("T0", "T0", "U0BEN")
WHY = Question("why", Kind.OPEN_TEXT, "Why?")
RATE = Question("rate", Kind.RATING, "How?", is_required=True)


@pytest.fixture
def asked(database: Database) -> Round:
    return launch(database, (Page("", (WHY,)), Page("", (RATE,))))


def launch(database: Database, pages: tuple[Page, ...]) -> Round:
    survey = Survey("s", "T0", "U0ANA", "Title", "", "en", pages)
    asked = Round("r", survey, "C0", NOW, NOW + timedelta(days=7))
    with database.begin() as store:
        store.surveys.create(asked, "origin", None)
    return asked


def send(database: Database, number: int, entries: Mapping[str, Entry]) -> None:
    service.send(database, BEN, Place("r", number), entries, NOW)


def is_scoring_wanted(database: Database) -> bool:
    """Say whether somebody asked for a scoring job since the last one began."""
    with database.begin() as store:
        wanted = store.comments.want_scores("T0", "r") is None
        store.comments.start_scoring("T0", "r")
    return wanted


def test_nothing_is_scored_before_the_last_page(database: Database, asked: Round) -> None:
    send(database, 0, {"why": ("Because",)})
    assert not is_scoring_wanted(database)
    send(database, 1, {"rate": ("4",)})
    assert is_scoring_wanted(database)


def test_a_comment_changed_later_is_scored_anew_on_the_page_it_is_on(
    database: Database, asked: Round
) -> None:
    send(database, 0, {"why": ("Because",)})
    send(database, 1, {"rate": ("4",)})
    assert is_scoring_wanted(database)
    send(database, 0, {"why": ("No, for another reason",)})
    assert is_scoring_wanted(database)


def test_a_comment_changed_on_the_way_back_is_scored_anew(database: Database) -> None:
    launch(database, (Page("", (RATE,)), Page("", (WHY,))))
    send(database, 0, {"rate": ("4",)})
    send(database, 1, {"why": ("Because",)})
    assert is_scoring_wanted(database)
    service.go_back(database, BEN, Place("r", 1), {"why": ("Not at all",)}, NOW)
    assert is_scoring_wanted(database)


def test_the_same_pages_sent_again_ask_for_no_scoring(database: Database, asked: Round) -> None:
    for _ in range(2):
        send(database, 0, {"why": ("Because",)})
        send(database, 1, {"rate": ("4",)})
    assert is_scoring_wanted(database)
    send(database, 0, {"why": ("Because",)})
    send(database, 1, {"rate": ("4",)})
    assert not is_scoring_wanted(database)


def test_a_survey_without_comments_is_never_scored(database: Database) -> None:
    launch(database, (Page("", (RATE,)),))
    send(database, 0, {"rate": ("4",)})
    assert not is_scoring_wanted(database)

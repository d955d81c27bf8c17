"""A report says how many comments nobody and nothing has read yet."""

from datetime import UTC, datetime, timedelta

import pytest

from slack_app.kit.words import words
from slack_app.reports.blocks import report_part
from surveys.questions import Counted, Kind, Question, Tally
from surveys.reports import report
from surveys.sections import Findings
from surveys.survey import Page, Round, Survey
from surveys.tone import Label
from tests.stories.town import text_of

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
WHY = Question("why", Kind.OPEN_TEXT, "What should change?")


def shown(comments: int, read: int, language: str = "en") -> tuple[str, str]:
    """What a report's message shows, and what it says as text."""
    survey = Survey("s", "T1", "U0ANA", "How are we?", "", language, (Page("", (WHY,)),))
    asked = Round("r1", survey, "C1", NOW, NOW + timedelta(days=7), people=comments)
    tallies = {"why": Tally(comments, (Counted(comments),))}
    labels = {"why": {Label.POSITIVE: read} if read else {}}
    note = report_part(report(Findings(asked, 0, tallies, labels, {})), words(language)).note
    return text_of(list(note.blocks)), note.text


@pytest.mark.parametrize(
    ("read", "language", "told"),
    [
        (7, "en", "3 comments are not read yet."),
        (9, "en", "1 comment is not read yet."),
        (0, "en", "10 comments are not read yet."),
        (7, "fr", "3 commentaires ne sont pas encore lus."),
    ],
)
def test_comments_that_are_not_read_yet_are_counted(read: int, language: str, told: str) -> None:
    blocks, text = shown(10, read, language)
    assert told in blocks
    assert told in text


@pytest.mark.parametrize(("language", "told"), [("en", "not read yet"), ("fr", "encore lu")])
def test_where_all_are_read_nothing_is_said_of_it(language: str, told: str) -> None:
    blocks, text = shown(10, 10, language)
    assert told not in blocks + text

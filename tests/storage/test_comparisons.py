"""Answers added up by the choice made in one question."""

from datetime import UTC, datetime, timedelta

from storage import Database
from surveys.questions import Answer, Counted, Given, Kind, Question, Tally
from surveys.survey import Page, Round, Survey

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEAM = Question("team", Kind.SINGLE_CHOICE, "Team?", ("Red", "Blue"))
DAYS = Question("days", Kind.SEVERAL_CHOICES, "Days?", ("Monday", "Friday"))
WHY = Question("why", Kind.OPEN_TEXT, "Why?")


def launch(database: Database, workspace: str = "T1") -> None:
    survey = Survey("s1", workspace, "UANA", "How are we?", "", "en", (Page("", (TEAM, DAYS, WHY)),))
    with database.begin() as store:
        store.surveys.create(Round("r1", survey, "C1", NOON, NOON + timedelta(days=7)), "origin", None)


def answer(
    database: Database, person: str, given: dict[str, Answer], *, sends: bool = True, workspace: str = "T1"
) -> None:
    with database.begin() as store:
        store.responses.keep(workspace, "r1", person, given)
        if sends:
            store.responses.complete(workspace, "r1", person, NOON)


def test_each_choice_has_its_tallies_and_so_have_those_who_made_none(database: Database) -> None:
    launch(database)
    red: Answer = (Given(choice=0),)
    both: Answer = (Given(choice=0), Given(choice=1))
    answer(database, "a", {"team": red, "days": both, "why": (Given(text="Because."),)})
    answer(database, "b", {"team": red, "days": (Given(choice=1),)})
    answer(database, "c", {"team": (Given(choice=1),)})
    answer(database, "d", {"days": (Given(choice=0),)})
    answer(database, "e", {"team": red, "days": both}, sends=False)
    with database.begin() as store:
        found = store.comparisons.tallies_by("T1", "r1", "team")
    assert found == {
        None: {"days": Tally(1, (Counted(1, choice=0),))},
        0: {
            "days": Tally(2, (Counted(1, choice=0), Counted(2, choice=1))),
            "team": Tally(2, (Counted(2, choice=0),)),
        },
        1: {"team": Tally(1, (Counted(1, choice=1),))},
    }


def test_another_workspace_is_not_counted(database: Database) -> None:
    for workspace in ("T1", "T2"):
        launch(database, workspace)
    answer(database, "a", {"team": (Given(choice=0),)}, workspace="T2")
    with database.begin() as store:
        assert store.comparisons.tallies_by("T1", "r1", "team") == {}

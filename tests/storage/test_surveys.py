"""Surveys and their rounds are found, listed, closed and deleted, in their own workspace only."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy
from sqlalchemy import create_engine

from storage import Claim, Database, Farewell, pages
from storage.tables import metadata
from surveys.people import Member
from surveys.questions import Answer, Given, Kind, Question
from surveys.reports import Order
from surveys.schedule import Schedule
from surveys.survey import Page, Round, Survey
from surveys.tone import Label, Tone
from tests.storage.test_polls import NOON

ANA, BEN, CHLOE = "T1:UANA", "T1:UBEN", "T1:UCHLOE"
MOOD = Question("mood", Kind.RATING, "How was the week?", is_required=True, low="bad", high="great")
DAYS = Question("days", Kind.SEVERAL_CHOICES, "Which days were good?", ("Monday", "Tuesday", "Friday"))
WHY = Question("why", Kind.OPEN_TEXT, "Why?", hint="A word is enough")
WEEK = Survey(
    "s1", "T1", "UANA", "Our week", "Two minutes.", "en", (Page("The week", (MOOD, DAYS)), Page("", (WHY,)))
)
ROUND = Round("r1", WEEK, "C1", NOON, closes_at=NOON + timedelta(days=7))
FINE: Answer = (Given(text="Fine"),)


def another(name: str, hours: int = 0, owner: str = "UANA", channel: str = "C1") -> Round:
    """Return another survey's round, asked so many hours later."""
    survey = replace(WEEK, id=f"survey of {name}", owner=owner)
    return replace(ROUND, id=name, survey=survey, channel=channel, asked_at=NOON + timedelta(hours=hours))


def elsewhere(asked: Round = ROUND) -> Round:
    """Return the same round, ids and all, in another workspace."""
    return replace(asked, survey=replace(asked.survey, workspace="T2"))


def launch(database: Database, *rounds: Round) -> None:
    with database.begin() as store:
        for asked in rounds:
            assert store.surveys.create(asked, f"origin of {asked.id}", None)


def respond(database: Database, respondent: str, workspace: str = "T1", **answers: Answer) -> None:
    """Keep a person's answers and count them."""
    with database.begin() as store:
        store.responses.keep(workspace, "r1", respondent, answers)
        store.responses.complete(workspace, "r1", respondent, NOON)


def claim(database: Database) -> tuple[Claim[Round], ...]:
    with database.begin() as store:
        return store.surveys.claim_stale(NOON, NOON + timedelta(seconds=30))


def found(database: Database, round_id: str = "r1") -> Round | None:
    with database.begin() as store:
        return store.surveys.find("T1", round_id)


def test_a_round_comes_back_as_it_was_launched(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        assert store.surveys.find("T1", "r1") == ROUND
        assert store.surveys.lock("T1", "r1") == ROUND


def test_every_kind_of_text_in_a_survey_comes_back(database: Database) -> None:
    odd = replace(WEEK, title="« Été » 🌞", intro="a\nb", pages=(Page("\u202f", ()),))
    launch(database, replace(ROUND, survey=odd))
    assert found(database) == replace(ROUND, survey=odd)


def test_pages_kept_by_another_version_can_be_read() -> None:
    kept = [{"questions": [{"id": "q", "kind": "rating", "text": "So?", "branch": 3}], "colour": "red"}]
    assert pages.from_json(kept) == (Page("", (Question("q", Kind.RATING, "So?"),)),)


def test_the_same_origin_twice_launches_one_survey(database: Database) -> None:
    with database.begin() as store:
        assert store.surveys.create(ROUND, "view 1", None)
    with database.begin() as store:
        assert not store.surveys.create(another("r2"), "view 1", None)
        assert not store.surveys.create(ROUND, "view 1", None)
        assert store.surveys.find("T1", "r2") is None
        assert store.surveys.recent_of("T1", "UANA") == (ROUND,)


def test_a_survey_that_was_not_launched_leaves_nothing_behind(database: Database, database_url: str) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        store.surveys.create(another("r2"), "origin of r1", None)
    assert rows(database_url) == {"surveys": 1, "rounds": 1}


def test_the_same_origin_in_another_workspace_is_another_survey(database: Database) -> None:
    with database.begin() as store:
        assert store.surveys.create(ROUND, "view 1", None)
        assert store.surveys.create(elsewhere(), "view 1", None)


def test_a_round_closes_once_and_is_drawn_again(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        assert store.surveys.close("T1", "r1", NOON)
        assert not store.surveys.close("T1", "r1", NOON + timedelta(hours=1))
        assert store.surveys.find("T1", "r1") == replace(ROUND, closed_at=NOON)
    assert [drawing.revision for drawing in claim(database)] == [2]


def test_rounds_of_an_owner_come_newest_first(database: Database) -> None:
    later, latest = another("r2", hours=1, channel="C2"), another("r3", hours=2)
    launch(database, ROUND, latest, later, another("r4", owner="UBEN"))
    with database.begin() as store:
        store.surveys.close("T1", "r3", NOON)
        assert store.surveys.open_of("T1", "UANA") == (later, ROUND)
        assert store.surveys.open_of("T1", "UANA", most=1) == (later,)
        assert store.surveys.latest_of("T1", "UANA", "C1") == ROUND
        assert store.surveys.latest_of("T1", "UANA", "C9") is None
        assert store.surveys.recent_of("T1", "UANA") == (replace(latest, closed_at=NOON), later, ROUND)
        assert store.surveys.recent_of("T1", "UANA", most=2) == (replace(latest, closed_at=NOON), later)


def test_rounds_of_a_channel_are_those_that_were_open_since(database: Database) -> None:
    later = another("r2", hours=1, owner="UBEN")
    launch(database, ROUND, later, another("r3", channel="C2"))
    tuesday, wednesday = NOON + timedelta(days=1), NOON + timedelta(days=2)
    with database.begin() as store:
        store.surveys.close("T1", "r1", tuesday)
        closed = replace(ROUND, closed_at=tuesday)
        assert store.surveys.recent_in("T1", "C1", None) == (later, closed)
        assert store.surveys.recent_in("T1", "C1", tuesday) == (later, closed)
        assert store.surveys.recent_in("T1", "C1", wednesday) == (later,)
        assert store.surveys.recent_in("T1", "C1", None, most=1) == (later,)


def test_inviting_somebody_again_counts_them_once(database: Database) -> None:
    launch(database, ROUND, another("r2"))
    with database.begin() as store:
        store.surveys.invite("T1", "r1", ["UBEN", "UCHLOE", "UBEN"])
        store.surveys.invite("T1", "r1", ["UCHLOE", "UDAN"])
        store.surveys.invite("T1", "r1", [])
        assert store.surveys.invited("T1", "r1") == 3
        assert store.surveys.invited("T1", "r2") == 0


def test_a_survey_deleted_meanwhile_invites_nobody(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        store.surveys.delete("T1", "r1")
        store.surveys.invite("T1", "r1", ["UBEN"])
        assert store.surveys.invited("T1", "r1") == 0


def test_a_person_is_asked_what_is_posted_open_and_not_yet_answered(database: Database) -> None:
    names = ("r1", "closed", "unposted", "answered", "begun", "uninvited", "past")
    launch(
        database, ROUND, *(another(name) for name in names[1:-1]), replace(another("past"), closes_at=NOON)
    )
    with database.begin() as store:
        for name in names:
            if name != "unposted":
                store.surveys.drawn("T1", name, 1, "17.1")
            if name != "uninvited":
                store.surveys.invite("T1", name, ["UBEN"])
        store.surveys.close("T1", "closed", NOON)
        store.responses.complete("T1", "answered", BEN, NOON)
        store.responses.keep("T1", "begun", BEN, {"why": FINE})
        waiting = store.surveys.asked("T1", "UBEN", BEN, NOON)
        assert {asked.id for asked in waiting} == {"r1", "begun"}
        assert store.surveys.asked("T1", "UBEN", BEN, NOON, most=1) == waiting[:1]
        assert store.surveys.asked("T1", "UBEN", BEN, ROUND.closes_at) == ()
        assert {asked.id for asked in store.surveys.asked("T1", "UBEN", CHLOE, NOON)} == {
            "r1", "begun", "answered"
        }  # fmt: skip
        assert store.surveys.asked("T1", "UANA", ANA, NOON) == ()


def test_what_a_person_answered_comes_latest_first(database: Database) -> None:
    launch(database, ROUND, another("r2"), another("r3"))
    later = NOON + timedelta(hours=1)
    with database.begin() as store:
        store.responses.complete("T1", "r1", BEN, later)
        store.responses.complete("T1", "r2", BEN, NOON)
        store.responses.keep("T1", "r3", BEN, {"why": FINE})
        answered = store.surveys.answered("T1", BEN)
        assert [(asked.id, at) for asked, at in answered] == [("r1", later), ("r2", NOON)]
        assert store.surveys.answered("T1", BEN, most=1) == answered[:1]
        assert store.surveys.answered("T1", CHLOE) == ()


def test_a_round_is_drawn_by_one_worker_and_again_when_it_changes(database: Database) -> None:
    with database.begin() as store:
        store.surveys.create(ROUND, "view 1", "https://hooks.example/1")
    assert claim(database) == (Claim(ROUND, 1, "https://hooks.example/1"),)
    assert claim(database) == ()
    with database.begin() as store:
        store.surveys.drawn("T1", "r1", 1, "17.1")
    respond(database, BEN)
    assert claim(database) == (Claim(replace(ROUND, message="17.1", people=1), 2, None),)


def test_a_round_in_trouble_rests_until_it_is_posted_elsewhere(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        store.surveys.undrawable("T1", "r1", 1, "not_in_channel")
    assert claim(database) == ()
    with database.begin() as store:
        store.surveys.post_again("T1", "r1", "C2", "https://hooks.example/2")
    assert claim(database) == (Claim(replace(ROUND, channel="C2"), 2, "https://hooks.example/2"),)
    with database.begin() as store:
        store.surveys.release("T1", "r1", NOON)
    assert len(claim(database)) == 1


def test_nothing_of_another_workspace_is_ever_found_or_touched(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        store.surveys.invite("T1", "r1", ["UBEN"])
        store.surveys.drawn("T1", "r1", 1, "17.1")
        store.surveys.invite("T2", "r1", ["UBEN"])
        assert store.surveys.find("T2", "r1") is None
        assert store.surveys.lock("T2", "r1") is None
        assert not store.surveys.close("T2", "r1", NOON)
        assert not store.surveys.delete("T2", "r1")
        assert store.surveys.open_of("T2", "UANA") == store.surveys.recent_of("T2", "UANA") == ()
        assert store.surveys.latest_of("T2", "UANA", "C1") is None
        assert store.surveys.recent_in("T2", "C1", None) == ()
        assert store.surveys.invited("T2", "r1") == 0
        assert store.surveys.asked("T2", "UBEN", BEN, NOON) == ()
        assert store.surveys.answered("T2", BEN) == ()
        store.surveys.undrawable("T2", "r1", 9, "no")
        store.surveys.release("T2", "r1", NOON)
        store.surveys.post_again("T2", "r1", "C9", None)
        assert store.surveys.find("T1", "r1") == replace(ROUND, message="17.1")
    assert claim(database) == ()


def test_the_same_ids_in_two_workspaces_stay_apart(database: Database) -> None:
    launch(database, ROUND, elsewhere())
    with database.begin() as store:
        store.surveys.drawn("T1", "r1", 1, "17.1")
        store.surveys.drawn("T2", "r1", 1, "17.1")
        store.surveys.invite("T1", "r1", ["UBEN"])
        assert store.surveys.asked("T2", "UBEN", "T2:UBEN", NOON) == ()
        store.surveys.close("T2", "r1", NOON)
        assert store.surveys.delete("T2", "r1")
        assert store.surveys.find("T1", "r1") == replace(ROUND, message="17.1")
        assert store.surveys.invited("T1", "r1") == 1


def test_a_deleted_survey_takes_everything_with_it(database: Database, database_url: str) -> None:
    fill(database, "T1", "T2")
    with database.begin() as store:
        assert store.surveys.delete("T1", "r1")
        assert not store.surveys.delete("T1", "r1")
        assert store.surveys.find("T1", "r1") is None
    whole = {"surveys", "rounds", "invitations", "responses", "answers", "tones", "reports"}
    assert rows(database_url, "T1") == {"members": 1, "reports": 1, "schedules": 1}
    assert whole < set(rows(database_url, "T2"))


def test_a_forgotten_workspace_keeps_no_row_in_any_table(database: Database, database_url: str) -> None:
    fill(database, "T1", "T2")
    before = rows(database_url, "T2")
    with database.begin() as store:
        store.workspaces.forget("T1")
    assert rows(database_url, "T1") == {}
    assert rows(database_url, "T2") == before


def fill(database: Database, *workspaces: str) -> None:
    """Put at least one row about a survey into every table."""
    for workspace in workspaces:
        launch(database, replace(ROUND, survey=replace(WEEK, workspace=workspace)))
        respond(database, BEN, workspace, mood=(Given(number=4),), why=FINE)
        with database.begin() as store:
            store.surveys.invite(workspace, "r1", ["UBEN"])
            tone = Tone(Label.POSITIVE, 0.5, "en")
            comments = store.comments.unscored(workspace, "r1")
            store.comments.keep_tones(workspace, "r1", [(comment, tone) for comment in comments])
            store.reports.order(Order("o1", workspace, "C1", "UANA", "en", NOON, round_id="r1"))
            store.reports.order(Order("o2", workspace, "C1", "UANA", "en", NOON, schedule_id="d1"))
            store.schedules.put(Schedule("d1", workspace, "C1", "UANA", "en", "FREQ=WEEKLY", "UTC", NOON))
            store.members.keep(workspace, [Member("UBEN", "Ben")])


def rows(url: str, workspace: str = "T1") -> dict[str, int]:
    """Return how many rows each table holds of a workspace, those without any left out."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        counted = {
            table.name: connection.execute(
                sqlalchemy.select(sqlalchemy.func.count()).where(table.c.workspace_id == workspace)
            ).scalar_one()
            for table in metadata.sorted_tables
            if "workspace_id" in table.c
        }
    engine.dispose()
    return {name: number for name, number in counted.items() if number}


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is sent to any database while the block runs."""
    sent: list[str] = []

    def collect(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", collect)
    try:
        yield sent
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", collect)


@pytest.mark.parametrize("many", [1, 30])
def test_a_list_of_rounds_is_read_in_one_statement(database: Database, many: int) -> None:
    launch(database, *(another(f"r{number}", hours=number) for number in range(many)))
    with database.begin() as store, statements() as sent:
        assert len(store.surveys.recent_of("T1", "UANA")) == many
    assert len(sent) == 1


@pytest.mark.parametrize("change", ["close", "delete"])
def test_whoever_waited_for_the_lock_sees_what_happened_meanwhile(database: Database, change: str) -> None:
    launch(database, ROUND)

    def look() -> Round | None:
        with database.begin() as store:
            return store.surveys.lock("T1", "r1")

    with ThreadPoolExecutor(1) as threads:
        with database.begin() as store:
            store.surveys.lock("T1", "r1")
            looking = threads.submit(look)
            with pytest.raises(TimeoutError):
                looking.result(0.2)
            if change == "delete":
                store.surveys.delete("T1", "r1")
            store.surveys.close("T1", "r1", NOON)
        seen = looking.result(20)
    assert seen == (None if change == "delete" else replace(ROUND, closed_at=NOON))


def test_people_answering_while_the_survey_is_deleted_leave_nothing_behind(
    database: Database, database_url: str
) -> None:
    launch(database, ROUND)

    def answer(number: int) -> None:
        with database.begin() as store:
            if number == 10:
                store.surveys.delete("T1", "r1")
            elif store.surveys.lock("T1", "r1"):
                store.responses.keep("T1", "r1", f"T1:U{number}", {"why": FINE})
                store.responses.complete("T1", "r1", f"T1:U{number}", NOON)
                store.comments.want_scores("T1", "r1")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(answer, range(40)))
    assert rows(database_url) == {}


def test_a_deleted_survey_keeps_where_its_message_stands_until_that_says_so(
    database: Database, database_url: str
) -> None:
    launch(database, ROUND, elsewhere())
    with database.begin() as store:
        store.surveys.drawn("T1", "r1", 1, "17.1")
        store.surveys.delete("T1", "r1")
        store.surveys.keep_farewell("T1", "r1", Farewell("C1", "17.1", "en"))
        store.surveys.farewell_said("T2", "r1")
        assert store.surveys.farewell("T1", "r1") == Farewell("C1", "17.1", "en")
        assert store.surveys.farewell("T2", "r1") is None
    with database.begin() as store:
        store.surveys.farewell_said("T1", "r1")
        assert store.surveys.farewell("T1", "r1") is None
    assert rows(database_url) == {}


def test_the_invitations_of_several_rounds_are_counted_at_once(database: Database) -> None:
    launch(database, ROUND, another("r2"), another("r3"), elsewhere())
    with database.begin() as store:
        store.surveys.invite("T1", "r1", ["UBEN", "UCHLOE"])
        store.surveys.invite("T1", "r2", ["UBEN"])
        assert store.surveys.invited_of("T1", ["r1", "r2", "r3"]) == {"r1": 2, "r2": 1}
        assert store.surveys.invited_of("T2", ["r1", "r2", "r3"]) == {}

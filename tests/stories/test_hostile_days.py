"""A survey's whole way while Slack stumbles at each step: nothing lost, nothing doubled, no word in a log."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from slack_app.answering import service
from slack_app.answering.service import Place
from slack_app.kit.incoming import Who
from slack_app.playground.workspace import TEAM_ID
from slack_app.reports import jobs as report_jobs
from surveys.survey import Page, SurveyGone
from tests.stories.rounds import RATE, WHY, begin, card, launch
from tests.stories.test_bad_input import respond
from tests.stories.test_hostile_payloads import sent_in
from tests.stories.test_reports import RANDOM, report_on
from tests.stories.town import GENERAL, Town, text_of

CANARY = "zanzibar-canary"
METHODS = (
    "auth.test",
    "chat.postMessage",
    "chat.update",
    "conversations.members",
    "users.info",
    "views.publish",
    "views.update",
)
BOTH = (Page("", (RATE, WHY)),)


def storm(town: Town, kind: str, times: int = 3) -> None:
    """Let the next calls of every method that a survey needs go wrong."""
    for method in METHODS:
        town.playground.faults.next(method, kind, times)


def calm(town: Town) -> None:
    """Let Slack be well again, and time pass."""
    town.playground.faults.clear()
    for _ in range(4):
        town.move(seconds=40)


@pytest.mark.parametrize("kind", ["429:1", "500", "drop"])
def test_a_storm_on_every_method_loses_and_doubles_nothing(town: Town, kind: str) -> None:
    asked = launch(town, pages=BOTH)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", why="More talks, please")
    storm(town, kind)
    town.submit("U0BEN")
    calm(town)
    assert "1 person has answered" in card(town, asked).text
    storm(town, kind)
    town.say("U0ANA", "/survey close")
    town.submit("U0ANA")
    calm(town)
    reports = [each for each in town.posted() if each.text.startswith("Report:")]
    assert len(reports) == 1
    assert "1 of 12 people answered" in reports[0].text
    assert "Survey closed" in card(town, asked).text


def test_what_people_write_is_in_no_log_and_no_job(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="palabre")
    caplog.set_level(logging.INFO)
    asked = launch(town, pages=BOTH, title=f"About {CANARY}", channel=RANDOM)
    for kind in ("500", "drop", "is_archived", "429:1"):
        begin(town, "U0BEN", asked)
        town.fill("U0BEN", rate="4", why=f"{CANARY} {kind}")
        storm(town, kind, 1)
        town.submit("U0BEN")
        calm(town)
        town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.say("U0BEN", f"/survey {CANARY}")
    town.say("U0BEN", f"/report weekly monday 9:00 {CANARY}")
    town.playground.gestures.archive(RANDOM)
    town.move(days=8)
    town.settle()
    lines = [logging.Formatter().format(record) for record in caplog.records]
    assert [line for line in lines if CANARY in line] == []
    waiting = town.database.jobs.waiting()
    assert waiting
    assert [job for job in waiting if CANARY in str(job)] == []


def test_the_same_page_at_once_from_two_windows_counts_once(town: Town) -> None:
    asked = launch(town, pages=BOTH)
    now = town.palabre.tools.now()

    def send(number: int) -> int | None:
        who = Who(TEAM_ID, TEAM_ID, f"U{number % 4}")
        given = {"rate": (str(number % 5 + 1),), "why": (f"Comment {number}",)}
        return service.send(town.database, who, Place(asked.id, 0), given, now).page

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(send, range(40))) == {None}
    with town.database.begin() as store:
        found = store.surveys.find(TEAM_ID, asked.id)
        tallies = store.responses.tallies(TEAM_ID, asked.id)
    assert found is not None
    assert (found.people, tallies["rate"].people, tallies["why"].people) == (4, 4, 4)


def test_scoring_changing_and_deleting_at_once_leave_nothing_and_no_fault(town: Town) -> None:
    asked = launch(town, pages=BOTH)
    now = town.palabre.tools.now()

    def change(number: int) -> str:
        who = Who(TEAM_ID, TEAM_ID, f"U{number % 6}")
        given = {"rate": ("4",), "why": (f"I love comment {number}",)}
        try:
            service.send(town.database, who, Place(asked.id, 0), given, now)
        except SurveyGone:
            return "gone"
        return "kept"

    def score(_number: int) -> str:
        report_jobs.score(TEAM_ID, asked.id, town.palabre.tools)
        return "scored"

    def delete(_number: int) -> str:
        with town.database.begin() as store:
            store.surveys.delete(TEAM_ID, asked.id)
        return "deleted"

    work = [delete if n == 45 else (score if n % 5 == 0 else change) for n in range(60)]
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda pair: pair[1](pair[0]), enumerate(work)))
    assert {"kept", "scored", "deleted"} <= set(done)
    town.settle()
    with town.database.begin() as store:
        assert store.surveys.find(TEAM_ID, asked.id) is None
        assert store.responses.tallies(TEAM_ID, asked.id) == {}
        assert store.comments.labels(TEAM_ID, asked.id) == {}


def test_a_scope_that_was_taken_away_invites_nobody_and_stops_nothing(town: Town) -> None:
    town.playground.faults.next("conversations.members", "missing_scope")
    asked = launch(town, pages=BOTH)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", why="Fine")
    town.submit("U0BEN")
    assert "1 person answered." in report_on(town, asked).text


@pytest.mark.parametrize("stage", ["answering", "closing"])
def test_a_channel_archived_meanwhile_costs_no_answer(town: Town, stage: str) -> None:
    asked = launch(town, pages=BOTH, channel=RANDOM)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", why="Fine")
    if stage == "answering":
        town.playground.gestures.archive(RANDOM)
    town.submit("U0BEN")
    assert "Thank you" in text_of(town.modal("U0BEN").blocks)
    if stage == "closing":
        town.playground.gestures.archive(RANDOM)
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.close")
    assert "1 of " in town.direct("U0ANA")[-1].text


def test_ana_s_id_in_another_organisation_gets_no_report(town: Town) -> None:
    asked = launch(town, pages=BOTH)
    payload = sent_in("reports.post") | {"user": {"id": "U0ANA", "team_id": "T0ELSEWHERE"}}
    payload["view"]["state"]["values"]["survey"]["survey"]["selected_option"]["value"] = asked.id
    answer = respond(town, json.dumps(payload), content_type="application/json")
    town.settle()
    assert "Only the person who asked this, or an admin" in answer.get_data(as_text=True)
    assert not any(each.text.startswith("Report:") for each in town.posted(GENERAL))

"""Two processes over one database hear the same thing at the same moment: it happens once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import yaml
from flask import Flask, Response, request

from slack_app.app import Palabre, create_app
from slack_app.demo import clock_of, serving
from slack_app.members.jobs import read_members
from slack_app.playground.server import Playground
from slack_app.playground.workspace import TEAM_ID
from slack_app.settings import MANIFEST, Settings
from storage import connect
from tests.conftest import SECRET
from tests.stories.rounds import begin
from tests.stories.rounds import launch as launch_round
from tests.stories.test_launching import look_over
from tests.stories.test_reports import answer as let_answer
from tests.stories.town import GENERAL, Town

HEADERS = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")


def both(first: Palabre, second: Palabre) -> Flask:
    """Stand where the app is reached, and hand each request to two processes at once."""
    web = Flask(__name__)
    threads = ThreadPoolExecutor(16)

    @web.post("/slack/events")
    def hear() -> Response:
        raw, headers = request.get_data(), {name: request.headers[name] for name in HEADERS}
        together = threading.Barrier(2)

        def send(palabre: Palabre) -> Response:
            together.wait(5)
            sent = palabre.web.test_client().post("/slack/events", data=raw, headers=headers)
            return Response(sent.data, sent.status_code, content_type=sent.content_type)

        answers = list(threads.map(send, (first, second)))
        assert {answer.status_code for answer in answers} == {200}
        return answers[0]

    return web


@pytest.fixture
def pair(database_url: str) -> Iterator[tuple[Town, Palabre]]:
    """A town whose app is two processes, each with connections of its own; the first does later work."""
    databases = connect(database_url, secret=SECRET), connect(database_url, secret=SECRET)
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest) as playground:
        settings = Settings(playground.bot_token, playground.signing_secret, playground.api_url)
        first, second = (create_app(settings, one, clock_of(playground)) for one in databases)
        with serving(both(first, second)) as url:
            playground.app_url = url
            read_members(first.tools)
            yield Town(playground, first, databases[0]), second
        for palabre in (first, second):
            palabre.tools.later.close()
    for database in databases:
        database.close()


@pytest.fixture
def town(pair: tuple[Town, Palabre]) -> Town:
    return pair[0]


def settle_at_once(town: Town, second: Palabre) -> None:
    """Let the workers of both processes look for what is stale at the same moment."""
    at_once(town.palabre.worker.redraw, second.worker.redraw)


def at_once(*works: Callable[[], None]) -> None:
    together = threading.Barrier(len(works))

    def do(work: Callable[[], None]) -> None:
        together.wait(5)
        work()

    with ThreadPoolExecutor(len(works)) as threads:
        list(threads.map(do, works))


def test_a_command_at_two_processes_asks_one_poll(town: Town) -> None:
    town.say("U0ANA", "/poll Shall we?")
    assert len(town.posted()) == 1


def test_a_vote_at_two_processes_counts_once(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:1")
    assert "The library: 1 vote · 100%" in message.text
    assert "1 person has voted" in message.text


def test_a_form_at_two_processes_asks_one_poll(town: Town) -> None:
    town.say("U0ANA", "/poll")
    town.fill("U0ANA", question="Shall we?", channel=GENERAL)
    town.submit("U0ANA")
    assert len(town.posted()) == 1


def test_a_form_that_opens_at_two_processes_opens_without_a_complaint(town: Town) -> None:
    town.say("U0ANA", "/poll")
    assert len(town.playground.workspace.stacks["U0ANA"]) == 1
    assert town.whispers("U0ANA") == []
    assert town.direct("U0ANA") == []


def test_a_launch_at_two_processes_is_one_survey(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", channel=GENERAL)
    town.submit("U0ANA")
    assert len(town.posted()) == 1
    assert len([job for job in town.database.jobs.waiting(TEAM_ID) if job.name == "authoring.close"]) == 1


def test_a_response_at_two_processes_is_one_response(town: Town) -> None:
    asked = launch_round(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    for _ in asked.survey.pages:
        town.submit("U0BEN")
    with town.database.begin() as store:
        found = store.surveys.find(TEAM_ID, asked.id)
        assert found is not None
        assert found.people == 1
        assert store.responses.tallies(TEAM_ID, asked.id)["rate"].people == 1


def test_a_report_wished_for_at_two_processes_is_one_report(town: Town) -> None:
    asked = launch_round(town)
    let_answer(town, asked, 12)
    town.say("U0ANA", "/report")
    town.fill("U0ANA", survey=asked.id, channel=GENERAL)
    town.submit("U0ANA")
    assert len(town.posted()) == 2


def test_a_close_at_two_processes_is_one_report(town: Town) -> None:
    asked = launch_round(town)
    let_answer(town, asked, 12)
    town.say("U0ANA", "/survey close")
    town.submit("U0ANA")
    assert len(town.posted()) == 2


def test_a_member_who_changes_at_two_processes_is_kept_once(town: Town) -> None:
    town.playground.stage.delivery.event({"type": "user_change", "user": {"id": "U0BEN", "locale": "fr-FR"}})
    with town.database.begin() as store:
        member = store.members.find(TEAM_ID, "U0BEN")
    assert member is not None
    assert member.locale == "fr-FR"


def test_two_workers_at_once_post_a_poll_once(pair: tuple[Town, Palabre]) -> None:
    town, second = pair
    for number in range(5):
        town.playground.gestures.say("U0ANA", GENERAL, f"/poll Shall we {number}?")
    settle_at_once(town, second)
    town.move(minutes=1)
    settle_at_once(town, second)
    town.move(minutes=1)
    assert len(town.posted()) == 5


def test_ana_and_ben_vote_at_the_same_moment_through_either_process(pair: tuple[Town, Palabre]) -> None:
    town, second = pair
    message = town.ask()
    surface = f"message:{GENERAL}:{message.ts}"
    people = [user for user in town.playground.workspace.channels[GENERAL].members if user.startswith("U0")]
    voters = [user for user in people if not town.playground.workspace.users[user].is_bot]
    with ThreadPoolExecutor(8) as threads:
        told = threads.map(
            lambda user: town.playground.gestures.act(user, surface, "option:1", "polls.vote:1"), voters
        )
        assert all(answer.ok for answer in told)
    settle_at_once(town, second)
    town.move(minutes=1)
    assert f"The library: {len(voters)} votes · 100%" in message.text


def test_taken_out_at_two_processes_nothing_is_sent_by_either(pair: tuple[Town, Palabre]) -> None:
    town, second = pair
    launch_round(town)
    town.playground.gestures.uninstall()
    town.playground.workspace.happenings.clear()
    settle_at_once(town, second)
    town.move(days=8)
    assert [each for each in town.playground.workspace.happenings if each.kind == "api"] == []


def test_the_minutes_of_two_processes_order_a_weekly_report_once(pair: tuple[Town, Palabre]) -> None:
    town, second = pair
    let_answer(town, launch_round(town), 12)
    town.say("U0ANA", "/report weekly monday 9:00")
    before = len(town.posted())
    town.playground.workspace.clock.move(timedelta(days=7).total_seconds())
    at_once(town.palabre.worker.tick, second.worker.tick)
    town.settle()
    assert len(town.posted()) == before + 1

"""One thread that hears Slack and one that does later work: slow perhaps, but nothing waits for itself."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
import yaml
from flask import Flask
from werkzeug.serving import make_server

from slack_app.app import Palabre, create_app
from slack_app.demo import clock_of
from slack_app.members.jobs import read_members
from slack_app.playground.server import Playground
from slack_app.settings import MANIFEST, Settings
from slack_app.worker import JOBS
from storage import ALONE, Database, Engine
from tests.stories.test_reports import answer
from tests.stories.town import QUESTION, Town
from tests.test_many_deliveries import CROWD, asked, crowd, launch

PEOPLE = ["U0ANA", *(f"U0P{number:05}" for number in range(19))]
GIVE_UP_SECONDS = 30.0


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest) as playground:
        crowd(playground, 19)
        playground.workspace.channels[CROWD].members.add("U0ANA")
        settings = Settings(playground.bot_token, playground.signing_secret, playground.api_url)
        palabre = create_app(settings, database, clock_of(playground))
        with hearing_alone(palabre.web) as playground.app_url:
            read_members(palabre.tools)
            yield Town(playground, palabre, database)
        palabre.tools.later.close()


@contextmanager
def hearing_alone(web: Flask) -> Iterator[str]:
    """Hear one request after the other."""
    server = make_server("127.0.0.1", 0, web, threaded=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def working_alone(palabre: Palabre) -> Iterator[None]:
    """Do one thing after the other: a job, or a look for what is to be drawn."""
    one_at_a_time, ending = threading.Lock(), threading.Event()

    def do(name: str, workspace: str, subject: str) -> None:
        with one_at_a_time:
            palabre.worker.perform(name, workspace, subject)

    def draw() -> None:
        while not ending.wait(0.1):
            with one_at_a_time:
                palabre.worker.redraw()

    jobs = {name: partial(do, name) for name in JOBS}
    engine = Engine(palabre.tools.database, jobs, lambda: None, ALONE)
    drawing = threading.Thread(target=draw, daemon=True)
    engine.start()
    drawing.start()
    try:
        yield
    finally:
        ending.set()
        drawing.join()
        engine.stop()


def until(happened: Callable[[], bool], what: str) -> None:
    pause = threading.Event()
    for _ in range(int(GIVE_UP_SECONDS / 0.1)):
        if happened():
            return
        pause.wait(0.1)
    raise AssertionError(f"never: {what}")


def test_everybody_is_asked_votes_count_and_the_report_comes_with_one_thread_for_each(town: Town) -> None:
    gestures = town.playground.gestures
    with working_alone(town.palabre), ThreadPoolExecutor(8) as people:
        assert gestures.say("U0ANA", CROWD, f"/poll {QUESTION}").ok
        until(lambda: bool(town.posted(CROWD)), "the poll was posted")
        (poll,) = town.posted(CROWD)
        surface = f"message:{CROWD}:{poll.ts}"
        launched = launch(town.database, town.palabre.tools.now())
        votes = people.map(lambda user: gestures.act(user, surface, "option:1", "polls.vote:1").ok, PEOPLE)
        assert all(votes)
        until(lambda: len(asked(town.playground)) == 20, "all were asked")
        answer(town, launched, 12)
        assert gestures.say("U0ANA", CROWD, "/survey close").ok
        assert gestures.submit("U0ANA", town.modal("U0ANA").id).ok
        until(lambda: "12 of 20 people answered" in town.posted(CROWD)[-1].text, "the report came")
        until(lambda: "The library: 20 votes · 100%" in poll.text, "the last vote was drawn")
    assert sum(asked(town.playground).values()) == 20

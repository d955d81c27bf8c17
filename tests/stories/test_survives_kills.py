"""`palabre serve` is killed between a fact and what follows from it: nothing is lost, nothing comes twice."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import yaml

from slack_app.playground.server import Playground
from slack_app.playground.workspace import TEAM_ID, Message
from slack_app.settings import MANIFEST
from storage import Database
from surveys.tone import Label
from tests.stories.town import GENERAL, element_in, text_of

PATIENCE_SECONDS = 60.0


@pytest.fixture
def playground() -> Iterator[Playground]:
    with Playground(None, manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))) as opened:
        yield opened


@contextmanager
def serving(playground: Playground, database_url: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `palabre serve` beside the playground; what still runs at the end is killed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_SIGNING_SECRET": playground.signing_secret,
        "SLACK_API_URL": playground.api_url,
        "PALABRE_DATABASE_URL": database_url,
    }
    command = [sys.executable, "-m", "slack_app", "serve", "--port", str(port), *options]
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: is_ready(port), "the app is ready")
            playground.app_url = f"http://127.0.0.1:{port}"
            yield process
        finally:
            process.kill()


def is_ready(port: int) -> bool:
    with suppress(urllib.error.URLError, ConnectionError):
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).status == 200)
    return False


def until(condition: Callable[[], object], what: str) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < give_up, f"it never happened that {what}"
        time.sleep(0.05)


def posted(playground: Playground, saying: str) -> list[Message]:
    """The app's messages in the channel that hold a text."""
    messages = playground.workspace.messages(GENERAL)
    return [each for each in messages if each.app and each.only_for is None and saying in each.text]


def press(playground: Playground, user: str, surface: str, blocks: list[dict[str, Any]], name: str) -> None:
    block_id, has_confirm = element_in(blocks, name)
    assert playground.gestures.act(user, surface, block_id, name, confirmed=has_confirm).ok


def launch(playground: Playground, database: Database) -> None:
    """Ana launches a ready-made survey in the channel, and it is kept which message shows it."""
    assert playground.gestures.say("U0ANA", GENERAL, "/survey event").ok
    assert playground.gestures.submit("U0ANA", playground.workspace.stacks["U0ANA"][-1].id).ok
    until(lambda: messages(database), "the survey is posted")


def answer(playground: Playground, user: str, comment: str) -> None:
    """Open the survey, fill every page and send it."""
    card = posted(playground, "Survey by")[0]
    press(playground, user, f"message:{card.channel}:{card.ts}", card.blocks, "answering.open")
    while (view := playground.workspace.stacks[user][-1]).payload["callback_id"] == "answering.page":
        for block in view.blocks:
            if block["type"] == "input":
                fill(playground, user, view.id, block, comment)
        assert playground.gestures.submit(user, view.id).ok
    assert "your answer counted" in text_of(view.blocks)


def fill(playground: Playground, user: str, view_id: str, block: dict[str, Any], comment: str) -> None:
    element = block["element"]
    first = element["options"][-1]["value"] if "options" in element else comment
    entry = [first] if element["type"] in {"checkboxes", "multi_static_select"} else first
    playground.gestures.fill(user, f"view:{view_id}", str(block["block_id"]), element["action_id"], entry)


def close(playground: Playground) -> None:
    """Ana closes her survey from Home."""
    playground.gestures.open_home("U0ANA")
    until(lambda: "authoring.close" in str(playground.workspace.homes.get("U0ANA")), "Home shows the survey")
    home = playground.workspace.homes["U0ANA"]
    press(playground, "U0ANA", f"view:{home.id}", home.blocks, "authoring.close")


def messages(database: Database) -> list[str]:
    with database.begin() as store:
        return [each.message for each in store.surveys.recent_of(TEAM_ID, "U0ANA") if each.message]


def scored(database: Database) -> list[dict[Label, int]]:
    with database.begin() as store:
        rounds = store.surveys.recent_of(TEAM_ID, "U0ANA")
        return [label for each in rounds for label in store.comments.labels(TEAM_ID, each.id).values()]


def test_an_answer_is_scored_and_a_report_comes_once_though_the_app_is_killed_before_each(
    playground: Playground, database: Database, database_url: str
) -> None:
    with serving(playground, database_url):
        launch(playground, database)
    with serving(playground, database_url, "--no-worker") as process:
        answer(playground, "U0BEN", "The talks were wonderful, I loved every one of them.")
        process.kill()
    assert scored(database) == []
    with serving(playground, database_url):
        until(lambda: scored(database), "the comment is scored")
        assert scored(database) == [{Label.POSITIVE: 1}, {Label.POSITIVE: 1}]  # it has two comment questions
    with serving(playground, database_url, "--no-worker") as process:
        close(playground)
        process.kill()
    assert posted(playground, "1 of ") == []
    with serving(playground, database_url):
        until(lambda: posted(playground, "1 of "), "the report is posted")
        time.sleep(2)  # a second one would come from the same queue
    assert len(posted(playground, "1 of ")) == 1

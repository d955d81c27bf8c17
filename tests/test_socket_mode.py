"""`palabre serve` with an app token: the whole process beside a small Slack, over Socket Mode."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import yaml
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from slack_app.kit.slack import Slack
from slack_app.playground.server import Playground
from slack_app.playground.workspace import Message
from slack_app.settings import MANIFEST
from slack_app.socket_mode import SocketMode

ASK = '/poll "Where shall we meet?" "Café de la Paix" "The library"'


def until(happened: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.02)


@pytest.fixture
def playground() -> Iterator[Playground]:
    with Playground(None, manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))) as started:
        yield started


@contextmanager
def serving(playground: Playground, folder: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run `palabre serve` with what a socket needs and nothing else."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "PALABRE_"))
    }
    environ |= {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        "PALABRE_DATABASE_URL": f"sqlite:///{folder / 'palabre.sqlite3'}",
        "NO_PROXY": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    } | more
    started = subprocess.Popen(
        [sys.executable, "-m", "slack_app", "serve", "--port", str(free_port())],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            started.kill()
        started.communicate()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def server(playground: Playground, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with serving(playground, tmp_path) as started:
        until(lambda: playground.sockets.connected, 30)
        yield started


def polls(playground: Playground) -> list[Message]:
    return [each for each in playground.workspace.messages("C0GENERAL") if each.app and not each.only_for]


def ask(playground: Playground) -> Message:
    assert playground.gestures.say("U0ANA", "C0GENERAL", ASK).ok
    until(lambda: polls(playground))
    return polls(playground)[-1]


def vote(playground: Playground, user: str, message: Message, number: int) -> bool:
    action = f"polls.vote:{number}"
    block_id = next(
        str(block["block_id"])
        for block in message.blocks
        if any(e.get("action_id") == action for e in (*block.get("elements", ()), block.get("accessory", {})))
    )
    surface = f"message:{message.channel}:{message.ts}"
    return playground.gestures.act(user, surface, block_id, action).ok


def test_a_cut_or_replaced_line_loses_nothing_and_sigterm_ends_it(
    playground: Playground, server: subprocess.Popen[str]
) -> None:
    message = ask(playground)
    assert vote(playground, "U0BEN", message, 0)
    until(lambda: "Café de la Paix: 1 vote · 100%" in message.text)

    playground.sockets.cut()
    until(lambda: playground.sockets.connected)
    assert vote(playground, "U0CHLOE", message, 1)
    until(lambda: "The library: 1 vote · 50%" in message.text)

    playground.sockets.disconnect()
    until(lambda: playground.sockets.connected)
    assert vote(playground, "U0JO", message, 1)
    until(lambda: "The library: 2 votes · 67%" in message.text)

    playground.sockets.close()
    until(lambda: not playground.sockets.connected)
    until(lambda: playground.sockets.connected)
    assert vote(playground, "U0JO", message, 0)
    until(lambda: "Café de la Paix: 2 votes · 67%" in message.text)

    server.send_signal(signal.SIGTERM)
    said, _ = server.communicate(timeout=10)
    assert server.returncode == 0, said
    assert "Traceback" not in said
    assert "Palabre listens over Socket Mode with sqlite:///" in said


def test_a_repeated_vote_counts_once(playground: Playground, server: subprocess.Popen[str]) -> None:
    message = ask(playground)
    assert vote(playground, "U0BEN", message, 0)
    assert playground.delivery.again().ok
    until(lambda: "Café de la Paix: 1 vote · 100%" in message.text)
    assert len(polls(playground)) == 1


def test_a_wrong_app_token_is_said_in_a_sentence(playground: Playground, tmp_path: Path) -> None:
    with serving(playground, tmp_path, SLACK_APP_TOKEN="xapp-wrong") as started:
        said, _ = started.communicate(timeout=30)
    assert started.returncode == 1
    assert "Slack opens no connection for Socket Mode (apps.connections.open: invalid_auth)." in said
    assert "Check SLACK_APP_TOKEN" in said
    assert "Traceback" not in said


def test_health_is_told_and_events_are_refused_where_nothing_could_check_them(
    playground: Playground, server: subprocess.Popen[str]
) -> None:
    assert server.stdout
    sentence = next(line for line in server.stdout if "Palabre listens" in line)
    address = sentence.partition("; ")[2].partition("/healthz")[0]
    until(lambda: fetched(f"{address}/healthz") == (200, "ok"))
    assert fetched(f"{address}/readyz") == (200, "ok")
    assert fetched(f"{address}/slack/events", b"{}") == (
        404,
        "Palabre hears Slack over Socket Mode here. For HTTP, set SLACK_SIGNING_SECRET.",
    )


def fetched(url: str, body: bytes | None = None) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, body) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except urllib.error.URLError:  # the port opens a moment after the sentence
        return 0, ""


def tiny_bolt() -> App:
    return App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T0", bot_token="xoxb-1"),
        process_before_response=True,
        request_verification_enabled=False,
    )


def test_it_connects_again_though_slack_says_no_at_first(playground: Playground) -> None:
    slack = Slack("xoxb-1", playground.api_url)
    line = SocketMode(tiny_bolt(), slack, playground.app_token, look_seconds=0.05)
    line.start()
    try:
        playground.faults.next("apps.connections.open", "500", 2)
        playground.sockets.cut()
        until(lambda: playground.sockets.connected)
    finally:
        line.stop()


def test_a_slow_answer_keeps_nobody_else_waiting(playground: Playground) -> None:
    go_on = threading.Event()
    bolt = tiny_bolt()

    @bolt.command("/poll")
    def answer(ack: Callable[..., None], command: dict[str, str]) -> None:
        if command["text"] == "slow":
            go_on.wait(2)
        ack()

    line = SocketMode(bolt, Slack("xoxb-1", playground.api_url), playground.app_token)
    line.start()
    slow = threading.Thread(target=playground.gestures.say, args=("U0ANA", "C0GENERAL", "/poll slow"))
    slow.start()
    try:
        assert playground.gestures.say("U0BEN", "C0GENERAL", "/poll quick").ok
        assert slow.is_alive()
    finally:
        go_on.set()
        slow.join()
        line.stop()


def test_what_is_being_answered_is_answered_before_the_end(playground: Playground) -> None:
    begun, go_on, heard = threading.Event(), threading.Event(), []
    bolt = tiny_bolt()

    @bolt.command("/poll")
    def answer(ack: Callable[..., None]) -> None:
        begun.set()
        go_on.wait(2)
        ack()

    line = SocketMode(bolt, Slack("xoxb-1", playground.api_url), playground.app_token)
    line.start()
    asking = threading.Thread(
        target=lambda: heard.append(playground.gestures.say("U0ANA", "C0GENERAL", "/poll x").ok)
    )
    asking.start()
    assert begun.wait(2)
    ending = threading.Thread(target=line.stop)
    ending.start()
    go_on.set()
    asking.join()
    ending.join()
    assert heard == [True]

"""The playground answers only on this computer, and tells whoever watches what changed."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from slack_app.playground.server import Playground
from tests.playground.conftest import Api
from tests.playground.tiny_app import TinyApp


def ask(
    playground: Playground,
    path: str,
    headers: dict[str, str],
    body: dict[str, Any] | None = None,
    method: str = "POST",
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(playground.url).port, timeout=10)
    try:
        sent = json.dumps(body or {})
        connection.request(method, path, sent, {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        text = answer.read()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text) if is_json else {}
    finally:
        connection.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_and_names_are_refused(playground: Playground, headers: dict[str, str]) -> None:
    for path in ("/", "/api/auth.test", "/control/reset", "/happenings/stream"):
        assert ask(playground, path, headers, method="GET" if path == "/" else "POST")[0] == 403


def test_the_page_is_there(playground: Playground) -> None:
    assert ask(playground, "/", {}, method="GET")[0] == 200


def test_control_needs_its_header(playground: Playground, app: TinyApp) -> None:
    talk = {"user": "U0ANA", "channel": "C0GENERAL", "text": "/poll x"}
    assert ask(playground, "/control/say", {}, talk)[0] == 403
    assert app.came == []
    status, answer = ask(playground, "/control/say", {"X-Palabre-Playground": "1"}, talk)
    assert (status, answer["ok"], answer["status"]) == (200, True, 200)
    assert app.last["command"] == "/poll"


def test_control_says_why_something_cannot_be_done(playground: Playground) -> None:
    talk = {"user": "U0BEN", "channel": "C0LYON", "text": "Hello"}
    status, answer = ask(playground, "/control/say", {"X-Palabre-Playground": "1"}, talk)
    assert (status, answer["shown"]) == (409, "Join the channel first.")
    assert ask(playground, "/control/nothing", {"X-Palabre-Playground": "1"})[0] == 404
    assert ask(playground, "/control/say", {"X-Palabre-Playground": "1"}, {"user": "U0BEN"})[0] == 400


def test_control_moves_the_clock_whoever_asks(playground: Playground) -> None:
    before = playground.clock.now()
    args = {"user": "U0ANA", "seconds": 90}
    assert ask(playground, "/control/move_clock", {"X-Palabre-Playground": "1"}, args)[0] == 200
    assert 90 <= playground.clock.now() - before < 100


def test_whoever_watches_hears_of_a_change(playground: Playground, api: Api) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(playground.url).port, timeout=10)
    try:
        connection.request("GET", f"/happenings/stream?after={playground.workspace.version}")
        stream = connection.getresponse()
        api("chat.postMessage", channel="C0GENERAL", text="Hello")
        assert stream.readline() == b": here\n"
        assert stream.readline() == b"\n"
        assert stream.readline() == b"event: change\n"
        assert stream.readline().startswith(b"data: ")
    finally:
        connection.close()


def test_two_playgrounds_share_nothing(playground: Playground, app: TinyApp) -> None:
    with Playground(app.url) as other:
        assert other.bot_token != playground.bot_token
        other.gestures.say("U0ANA", "C0GENERAL", "Only here")
        assert "Only here" not in [m.text for m in playground.workspace.messages("C0GENERAL")]

"""The Web API client waits as long as it is asked to, in whatever words."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from slack_app.kit.slack import Slack, SlackSaidNo


class _Refusing(BaseHTTPRequestHandler):
    """Refuses every call, and asks to wait in the words of its server."""

    wait = ""

    def do_POST(self) -> None:
        self.send_response(429)
        self.send_header("Retry-After", self.wait)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Refusing) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()


@pytest.mark.parametrize(
    ("wait", "seconds"), [("30", 30.0), ("Tue, 24 Nov 2026 13:31:50 GMT", 1.0), ("", 1.0)]
)
def test_whoever_refuses_may_say_how_long_in_any_words(
    refusing: str, monkeypatch: pytest.MonkeyPatch, wait: str, seconds: float
) -> None:
    monkeypatch.setattr(_Refusing, "wait", wait)
    with pytest.raises(SlackSaidNo) as refused:
        Slack("xoxb-test", refusing).who_am_i()
    assert (refused.value.wait_seconds, refused.value.is_permanent) == (seconds, False)


# --- what may have been done all the same ---


class _Saying(BaseHTTPRequestHandler):
    """Answers every call with the same words, or cuts the line once it has heard the whole of it."""

    status, words = 200, ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.status:
            self.send_response(self.status)
            self.send_header("Content-Length", str(len(self.words)))
            self.end_headers()
            self.wfile.write(self.words.encode())

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def saying() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Saying) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "words", "error", "is_doubtful"),
    [
        (0, "", "no_answer", True),
        (500, "<h1>Oh</h1> no", "http_500", True),
        (504, "", "http_504", True),
        (200, "<h1>Your proxy</h1> greets you", "http_200", True),
        (200, '{"ok": false, "error": "internal_error"}', "internal_error", True),
        (200, '{"ok": false, "error": "fatal_error"}', "fatal_error", True),
        (503, "Come back later", "http_503", False),
        (503, '{"ok": false, "error": "service_unavailable"}', "service_unavailable", False),
        (200, '{"ok": false, "error": "request_timeout"}', "request_timeout", False),
        (429, '{"ok": false, "error": "ratelimited"}', "ratelimited", False),
        (200, '{"ok": false, "error": "ratelimited"}', "ratelimited", False),
        (200, '{"ok": false, "error": "rate_limited"}', "rate_limited", False),
    ],
)
def test_what_slack_may_have_done_all_the_same_is_doubtful(
    saying: str, monkeypatch: pytest.MonkeyPatch, status: int, words: str, error: str, is_doubtful: bool
) -> None:
    monkeypatch.setattr(_Saying, "status", status)
    monkeypatch.setattr(_Saying, "words", words)
    with pytest.raises(SlackSaidNo) as refused:
        Slack("xoxb-test", saying).who_am_i()
    assert (refused.value.error, refused.value.is_doubtful) == (error, is_doubtful)
    assert not refused.value.is_permanent


def test_what_never_reached_slack_is_not_doubtful() -> None:
    with pytest.raises(SlackSaidNo) as unheard:
        Slack("xoxb-test", "http://127.0.0.1:1/api/").who_am_i()
    assert (unheard.value.error, unheard.value.is_doubtful) == ("no_answer", False)


def test_whoever_listens_and_never_answers_may_have_done_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # the system takes the request, nobody reads it
        slack = Slack("xoxb-test", f"http://127.0.0.1:{silent.getsockname()[1]}/api/")
        with pytest.raises(SlackSaidNo) as unheard:
            slack.member("U0BEN")
    assert (unheard.value.error, unheard.value.is_doubtful) == ("no_answer", True)


@pytest.mark.parametrize(
    ("method", "twice"),
    [("chat.postMessage", True), ("chat.update", False), ("conversations.members", False)],
)
def test_of_lost_answers_only_those_of_new_messages_may_leave_two(method: str, twice: bool) -> None:
    lost = SlackSaidNo(method, "no_answer", is_permanent=False, is_doubtful=True)
    assert lost.may_stand_twice is twice

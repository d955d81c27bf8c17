"""The Web API client waits as long as it is asked to, in whatever words."""

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

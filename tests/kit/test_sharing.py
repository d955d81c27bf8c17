"""A file reaches Slack in three calls, all by the proxy of the environment; the last alone shows it."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from slack_app.kit.slack import Slack, SlackSaidNo


@dataclass
class Heard:
    """What came to the proxy, and what it answers to an upload."""

    url: str = ""
    status: int = 200
    calls: list[tuple[str, bytes]] = field(default_factory=list)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    heard = Heard()

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.calls.append((self.path, body))
            place = {"ok": True, "upload_url": "http://files.example/upload/1", "file_id": "F1"}
            said = json.dumps(place).encode()
            self.send_response(heard.status if "/upload/" in self.path else 200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.server_port}")
        yield heard
        server.shutdown()


def share() -> None:
    slack = Slack("xoxb-test", "http://slack.example/api/")
    slack.share("C1", "17.5", "ballots.json", "é\n", "All ballots")


def test_a_file_is_declared_sent_and_shown_in_the_thread(proxy: Heard) -> None:
    share()
    (declared, length), (sent, content), (shown, where) = proxy.calls
    assert (declared, sent, shown) == (
        "http://slack.example/api/files.getUploadURLExternal",
        "http://files.example/upload/1",
        "http://slack.example/api/files.completeUploadExternal",
    )
    assert parse_qs(length.decode()) == {"filename": ["ballots.json"], "length": ["3"]}
    assert content == b"\xc3\xa9\n"
    assert parse_qs(where.decode()) == {
        "files": ['[{"id": "F1", "title": "ballots.json"}]'],
        "channel_id": ["C1"],
        "thread_ts": ["17.5"],
        "initial_comment": ["All ballots"],
    }


@pytest.mark.parametrize("status", [400, 500])
def test_a_file_that_is_not_taken_is_shown_to_nobody_and_may_be_sent_again(proxy: Heard, status: int) -> None:
    proxy.status = status
    with pytest.raises(SlackSaidNo) as refused:
        share()
    assert (refused.value.error, refused.value.is_permanent) == (f"http_{status}", False)
    assert not refused.value.is_doubtful
    assert len(proxy.calls) == 2

"""The servers of a measurement, one a process: a mute Slack, a no-op Bolt app, and the app itself."""

import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from flask import Flask, Response, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from waitress.server import create_server

from bench._signed import CHANNEL, SECRET, TEAM
from slack_app.__main__ import WAITRESS_THREADS
from slack_app.app import create_app
from slack_app.settings import Settings
from storage import connect
from surveys.options import asked
from surveys.people import Member
from surveys.polls import Ballot, Poll

TOKEN = "xoxb-bench"  # noqa: S105 - made up, for the mute Slack of this run only
OPTIONS = ("Café de la Paix", "The library", "Online", "Nowhere")


class MuteSlack(BaseHTTPRequestHandler):
    """Says yes to every call of the Web API, at once."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = json.dumps(_yes()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST  # noqa: N815 - the name is http.server's

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        pass


def _yes() -> dict[str, object]:
    user = {"id": "U0BENCH", "name": "bench", "team_id": TEAM, "profile": {}, "tz": "Europe/Paris"}
    return {
        "ok": True,
        "url": "https://bench.slack.com/",
        "team": "Bench",
        "team_id": TEAM,
        "user": user,
        "user_id": "U0PALABRE",
        "bot_id": "B0PALABRE",
        "channel": CHANNEL,
        "ts": f"{datetime.now(UTC).timestamp():.6f}",
        "members": [user],
        "view": {"id": "V0BENCH"},
        "response_metadata": {"next_cursor": ""},
    }


def slack() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), MuteSlack)
    say(port=server.server_port)
    server.serve_forever()


def stock(api: str) -> None:
    """A Bolt app as the starter template makes it: every listener only acknowledges."""
    bolt = App(client=WebClient(TOKEN, base_url=api), signing_secret=SECRET)
    every = re.compile(".*")

    def acknowledge(ack: Ack) -> None:
        ack()

    bolt.command(every)(acknowledge)
    bolt.action(every)(acknowledge)
    bolt.view(every)(acknowledge)
    web, handler = Flask("stock"), SlackRequestHandler(bolt)

    @web.post("/slack/events")
    def events() -> Response:
        answer: Response = handler.handle(request)
        return answer

    wait_on(web)


def palabre(api: str, file: str, votes: str = "0", *, worker: bool = False) -> None:
    """The app as `palabre serve` runs it, with one poll to vote on and its people known.

    votes: how many have voted on the poll before, other people than the measured ones.
    """
    database = connect(f"sqlite:///{file}")
    database.migrate()
    app = create_app(Settings(TOKEN, SECRET, api), database)
    poll = a_poll()
    with database.begin() as store:
        store.polls.create(poll, origin="bench", reply_url=None)
        store.members.keep(
            TEAM, [Member(f"U{number:04}", f"Voter {number}", "en-US") for number in range(100)]
        )
        for number in range(int(votes)):
            ballot = Ballot((number % len(OPTIONS),), poll.asked_at)
            store.polls.cast(TEAM, poll.id, f"{TEAM}:UEARLY{number}", Ballot(), ballot)
    if worker:
        app.worker.start()
    wait_on(app.web, poll=poll.id)


def a_poll() -> Poll:
    return Poll(
        id=uuid4().hex,
        workspace=TEAM,
        owner="U0BENCH",
        channel=CHANNEL,
        question="Where shall we meet?",
        options=asked(OPTIONS),
        language="en",
        asked_at=datetime.now(UTC),
    )


def palabre_whole(api: str, file: str) -> None:
    """The same with the worker in the process, which draws the messages at the same time."""
    palabre(api, file, worker=True)


def say(**facts: object) -> None:
    print(json.dumps({name: str(fact) for name, fact in facts.items()}), flush=True)


def wait_on(web: Flask, **facts: object) -> None:
    server: Any = create_server(web, host="127.0.0.1", port=0, threads=WAITRESS_THREADS)
    say(port=server.effective_port, **facts)
    server.run()


SERVERS: dict[str, Callable[..., None]] = {
    "slack": slack,
    "stock": stock,
    "palabre": palabre,
    "palabre-whole": palabre_whole,
}

if __name__ == "__main__":
    SERVERS[sys.argv[1]](*sys.argv[2:])

"""Over Socket Mode the app gets the same as over HTTP, in envelopes it acknowledges."""

import gc
import json
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from simple_websocket import Client, ConnectionClosed
from simple_websocket import ConnectionError as ConnectionRefused
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from slack_app.playground.server import Playground
from tests.playground.conftest import Api, ask
from tests.playground.test_gestures import BUTTONS
from tests.playground.tiny_app import TinyApp

FORM = "application/x-www-form-urlencoded"


class AttentiveClient(Client):  # type: ignore[misc]  # the library comes without types
    """A client that also hears a greeting which comes in one piece with the handshake."""

    def handshake(self) -> None:
        super().handshake()
        self._handle_events()


class Talker:
    """An app at the other end of a socket: acknowledges each envelope with `payload`."""

    def __init__(self, url: str) -> None:
        self.heard: list[dict[str, Any]] = []
        self.payload: Any = None
        self.silent = False
        self.told_to_go = threading.Event()
        self._socket = AttentiveClient.connect(url)
        try:
            self.hello = json.loads(self._socket.receive(timeout=5))
        except ConnectionClosed:
            self._socket.sock.close()
            raise
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        try:
            while True:
                self._answer(json.loads(self._socket.receive()))
        except ConnectionClosed:
            return

    def _answer(self, envelope: dict[str, Any]) -> None:
        self.heard.append(envelope)
        if envelope["type"] == "disconnect":
            self.told_to_go.set()
        if self.silent or "envelope_id" not in envelope:
            return
        answer = {"envelope_id": envelope["envelope_id"]}
        self._socket.send(json.dumps(answer | ({"payload": self.payload} if self.payload else {})))

    def close(self) -> None:
        # After a cut the library's own thread may be closing it at this very moment.
        with suppress(ConnectionClosed, OSError):
            self._socket.close()
        self._thread.join(timeout=5)
        self._socket.sock.close()  # the library leaves it open


@contextmanager
def talking(playground: Playground) -> Iterator[Talker]:
    url = ask(playground, "apps.connections.open", b"", FORM, playground.app_token)["url"]
    talker = Talker(url)
    try:
        yield talker
    finally:
        talker.close()


@pytest.fixture
def talker(playground: Playground) -> Iterator[Talker]:
    playground.app_url = None
    with talking(playground) as opened:
        yield opened


def test_a_connection_is_greeted(talker: Talker) -> None:
    assert talker.hello["type"] == "hello"
    assert talker.hello["num_connections"] == 1
    assert talker.hello["connection_info"] == {"app_id": "A0PALABRE"}


def test_a_command_comes_in_an_envelope_and_its_answer_goes_back(
    playground: Playground, talker: Talker
) -> None:
    talker.payload = {"text": "Use quotes."}
    assert playground.gestures.say("U0ANA", "C0GENERAL", "/poll").ok
    envelope = talker.heard[-1]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert envelope["payload"]["command"] == "/poll"
    assert playground.workspace.seen_by("U0ANA", "C0GENERAL")[-1].text == "Use quotes."


def test_a_button_and_an_event_come_in_envelopes(playground: Playground, talker: Talker, api: Api) -> None:
    ts = api("chat.postMessage", channel="C0GENERAL", text="Tea?", blocks=BUTTONS)["ts"]
    playground.gestures.act("U0BEN", f"message:C0GENERAL:{ts}", "options", "polls.vote:0")
    playground.gestures.open_home("U0BEN")
    assert [e["type"] for e in talker.heard] == ["interactive", "events_api"]
    assert talker.heard[1]["retry_attempt"] == 0
    assert talker.heard[1]["payload"]["event"]["type"] == "app_home_opened"


def test_an_unacknowledged_command_times_out(playground: Playground, talker: Talker) -> None:
    talker.silent = True
    answer = playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    assert answer.shown == "/poll failed with the error “operation_timeout”"


def test_a_change_of_connection_is_announced(playground: Playground, talker: Talker) -> None:
    playground.sockets.disconnect()
    assert talker.told_to_go.wait(timeout=5)
    talker.close()
    with talking(playground) as second:
        assert playground.gestures.say("U0ANA", "C0GENERAL", "/poll x").ok
        assert second.heard[-1]["type"] == "slash_commands"


def test_a_ticket_is_good_for_one_connection(playground: Playground) -> None:
    url = ask(playground, "apps.connections.open", b"", FORM, playground.app_token)["url"]
    first = Talker(url)
    # Where the end comes with the greeting the client gives up half-way, and leaves its socket to Python.
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        with pytest.raises((ConnectionClosed, ConnectionRefused)):
            Talker(url)
        gc.collect()
    first.close()


def test_bolts_own_socket_client_is_understood(playground: Playground) -> None:
    greeted = threading.Event()

    def hear(message: str) -> None:
        if '"hello"' in message:
            greeted.set()

    def answer(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": "Hello"}))

    playground.app_url = None
    web = WebClient(playground.bot_token, base_url=playground.api_url)
    client = SocketModeClient(playground.app_token, web_client=web, on_message_listeners=[hear])
    client.socket_mode_request_listeners.append(answer)
    client.connect()
    try:
        assert greeted.wait(5)
        assert playground.gestures.say("U0ANA", "C0GENERAL", "/poll x").ok
        assert playground.workspace.seen_by("U0ANA", "C0GENERAL")[-1].text == "Hello"
    finally:
        client.close()


def test_what_just_happened_names_the_way(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    over_http = playground.workspace.happenings[-1]
    with talking(playground):
        playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    over_a_socket = playground.workspace.happenings[-1]
    assert over_http.summary.startswith("Slack sent /poll from Ana Ribeiro in #general. Palabre answered")
    assert over_http.detail["transport"] == "HTTP"
    assert over_a_socket.summary.startswith(
        "Slack sent /poll from Ana Ribeiro in #general over Socket Mode. Palabre answered"
    )
    assert over_a_socket.detail["transport"] == "Socket Mode"


def test_a_cut_line_is_noticed_at_once(playground: Playground, talker: Talker) -> None:
    playground.sockets.cut()
    assert playground.gestures.say("U0ANA", "C0GENERAL", "/poll x").shown == (
        "/poll failed with the error “dispatch_failed”"
    )

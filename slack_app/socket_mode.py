"""What is reached over Socket Mode: Slack's envelopes, by a connection that Palabre opens itself."""

import errno
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from slack_app.kit.slack import Slack, SlackSaidNo

log = logging.getLogger("palabre")
sdk_log = logging.getLogger("slack_sdk.socket_mode")

THREADS = 16
"""As many as answer over HTTP: a slow answer keeps nobody else waiting."""
LOOK_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 60.0
GREETING_SECONDS = 10.0
BUFFER_BYTES = 65_536


class SocketMode:
    """One connection to Slack, opened anew whenever it ends; several processes may each have theirs."""

    def __init__(self, bolt: App, slack: Slack, app_token: str, look_seconds: float = LOOK_SECONDS) -> None:
        self._bolt = bolt
        self._greeted = threading.Event()
        self._client = _Client(lambda: slack.open_connection(app_token), app_token, look_seconds)
        self._client.message_listeners.append(self._meet)
        self._client.socket_mode_request_listeners.append(self._hear)

    def start(self) -> None:
        """Connect and wait for Slack's greeting; raises SlackSaidNo where the token is not taken."""
        self._client.connect()
        if not self._greeted.wait(GREETING_SECONDS):
            log.warning("Slack has not greeted yet; connecting goes on")

    def stop(self) -> None:
        """Answer what has come, take nothing more, and close."""
        self._client.finish()

    def _meet(self, _client: BaseSocketModeClient, message: dict[str, object], _raw: str | None) -> None:
        if message.get("type") == "hello":
            log.info("connected to Slack over Socket Mode")
            self._greeted.set()

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.time()
        try:
            answer = run_bolt_app(self._bolt, request)
        except (TypeError, AttributeError, LookupError) as fault:  # Bolt reads it before any listener does
            log.warning("malformed payload: %s", type(fault).__name__)
            return
        try:
            send_response(client, request, answer, started)
        except SlackClientNotConnectedError:
            log.warning("the connection ended before an answer was sent; Slack repeats events")


class _Client(SocketModeClient):
    """slack_sdk's client, which notices an end at once and leaves in order."""

    def __init__(self, open_connection: Callable[[], str], app_token: str, look_seconds: float) -> None:
        self._open = open_connection
        self._not_before = self._pause = 0.0
        super().__init__(
            app_token,
            logger=sdk_log,
            web_client=WebClient(),  # asked for its TLS settings only: addresses come from `open_connection`
            ping_interval=look_seconds,
            receive_buffer_size=BUFFER_BYTES,
            concurrency=THREADS,
        )

    def issue_new_wss_url(self) -> str:
        try:
            address = self._open()
        except SlackSaidNo as fault:
            self._pause = min(max(self._pause * 2, self.ping_interval), LONGEST_PAUSE_SECONDS)
            self._not_before = time.monotonic() + max(fault.wait_seconds, self._pause)
            raise
        self._pause = 0.0
        return address

    def connect(self) -> None:
        """Connect; the new connection is heard before the old one is closed."""
        old, old_state = self.current_session, self.current_session_state
        session = _Connection(
            self.wss_uri or self.issue_new_wss_url(),
            self.logger,
            proxy=self.proxy,
            proxy_headers=self.proxy_headers,
            ping_interval=self.ping_interval,
            receive_buffer_size=self.receive_buffer_size,
            on_message_listener=self._on_message,
            on_error_listener=self._on_error,
            on_close_listener=self._on_close,
            ssl_context=self.web_client.ssl,
        )
        session.connect()
        self.wss_uri = None  # an address is good once
        self.current_session = session
        self.current_session_state = ConnectionState()  # type: ignore[no-untyped-call]  # the SDK is half typed
        old_state.terminated = True
        if old is not None:
            old.close()
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()

    def finish(self) -> None:
        """Let what is being answered be answered, then close."""
        self.closed, self.auto_reconnect_enabled = True, False
        self.enqueue_message("")  # wakes the thread that waits for messages
        self.message_processor.shutdown()  # type: ignore[no-untyped-call]  # the SDK is half typed
        self.message_workers.shutdown()
        self.close()

    def _run_current_session(self) -> None:
        was_connected = self.is_connected()
        super()._run_current_session()  # type: ignore[no-untyped-call]  # the SDK is half typed
        if was_connected and self.auto_reconnect_enabled and not self.closed:
            self._monitor_current_session()  # connects again now, not at its next look

    def _monitor_current_session(self) -> None:
        if self.is_connected() or time.monotonic() >= self._not_before:
            super()._monitor_current_session()  # type: ignore[no-untyped-call]  # the SDK is half typed

    def _on_close(self, code: int, reason: str | None = None) -> None:
        log.info("Slack closed a connection (%s%s)", code, f", {reason}" if reason else "")

    def _on_error(self, error: Exception) -> None:
        if not self.closed:
            log.info("a connection to Slack ended (%s)", type(error).__name__)


class _Connection(Connection):
    """slack_sdk's connection, which takes an end of the line for one: the original reads on for ever."""

    def connect(self) -> None:
        super().connect()
        if self.sock is not None:
            self.sock = cast(ssl.SSLSocket, _Line(self.sock))

    def disconnect(self) -> None:
        line = self.sock
        if line is None:
            return
        with suppress(OSError):  # it may have ended already
            line.shutdown(socket.SHUT_RDWR)  # wakes whoever reads and holds the lock
        with self.sock_send_lock, self.sock_receive_lock:
            line.close()
            self.sock = None


class _Line:
    def __init__(self, wrapped: socket.socket) -> None:
        self._socket = wrapped
        self.send = wrapped.sendall
        self.shutdown = wrapped.shutdown
        self.close = wrapped.close

    def recv(self, size: int) -> bytes:
        data = self._socket.recv(size)
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "the line is cut")
        return data

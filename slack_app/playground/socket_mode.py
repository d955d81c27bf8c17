"""Socket Mode: envelopes over a WebSocket the app opened, and its acknowledgements."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from socket import SHUT_RDWR
from typing import Any

from flask import Flask

from slack_app.playground.delivery import ANSWER_SECONDS, Kind, Outcome, timed
from slack_app.playground.workspace import APP_ID


@dataclass(slots=True)
class _Waiting:
    done: threading.Event = field(default_factory=threading.Event)
    payload: Any = None


class Sockets:
    """The open connections of one app; an envelope goes to the newest of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._open: list[Any] = []  # simple_websocket.Server, a development dependency without types
        self._waiting: dict[str, _Waiting] = {}

    @property
    def connected(self) -> bool:
        with self._lock:
            return bool(self._open)

    def ticket(self) -> str:
        """A name for one connection, good once."""
        ticket = secrets.token_urlsafe(16)
        with self._lock:
            self._tickets.add(ticket)
        return ticket

    def serve(self, socket: Any, ticket: str) -> None:
        """Talk with one connection until it closes."""
        from simple_websocket import ConnectionClosed

        with self._lock:
            if ticket not in self._tickets:
                socket.close()
                return
            self._tickets.discard(ticket)
            self._open.append(socket)
            count = len(self._open)
        try:
            socket.send(json.dumps(_hello(count)))
            while True:
                self._heard(socket.receive())
        except ConnectionClosed:
            pass
        finally:
            self._drop(socket)

    def send(self, kind: Kind, payload: Mapping[str, Any], retry: tuple[int, str] | None) -> Outcome:
        """Send an envelope and wait for its acknowledgement."""
        from simple_websocket import ConnectionClosed

        envelope_id, waiting = secrets.token_hex(16), _Waiting()
        with self._lock:
            if not self._open:
                return Outcome(0, trouble="connection_failed")
            socket = self._open[-1]
            self._waiting[envelope_id] = waiting
        started = time.monotonic()
        try:
            socket.send(json.dumps(_envelope(envelope_id, kind, payload, retry)))
        except ConnectionClosed:
            return Outcome(0, trouble="connection_failed")
        answered = waiting.done.wait(ANSWER_SECONDS)
        with self._lock:
            self._waiting.pop(envelope_id, None)
        if not answered:
            return timed(Outcome(0, trouble="http_timeout"), started)
        return timed(Outcome(200, _as_body(waiting.payload)), started)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Announce that connections change; nothing more is sent there, and the app closes them."""
        words = {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
        for socket in self._all_open():
            self._drop(socket)
            self._if_still_there(socket.send, json.dumps(words))

    def close(self) -> None:
        """Close every connection, for the end of the playground."""
        for socket in self._all_open():
            self._if_still_there(socket.close)

    def cut(self) -> None:
        """End every connection without a word, as a broken network does."""
        for socket in self._all_open():
            self._drop(socket)
            with suppress(OSError):  # the other side may have been quicker
                socket.sock.shutdown(SHUT_RDWR)

    def _all_open(self) -> list[Any]:
        with self._lock:
            return list(self._open)

    def _drop(self, socket: Any) -> None:
        with self._lock:
            if socket in self._open:
                self._open.remove(socket)

    @staticmethod
    def _if_still_there(act: Callable[..., None], *words: str) -> None:
        from simple_websocket import ConnectionClosed

        # The other side may be closing at this very moment, and the socket may be gone under our hands.
        with suppress(ConnectionClosed, OSError):
            act(*words)

    def _heard(self, text: str | bytes | None) -> None:
        try:
            answer = json.loads(text or "")
        except ValueError:
            return
        with self._lock:
            waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting:
            waiting.payload = answer.get("payload")
            waiting.done.set()


def mount(app: Flask, sockets: Sockets) -> None:
    """Add the address the sockets connect to."""
    from flask_sock import Sock  # a development dependency

    def link(ws: Any, ticket: str) -> None:
        sockets.serve(ws, ticket)

    Sock(app).route("/link/<ticket>")(link)


def _hello(count: int) -> dict[str, Any]:
    return {
        "type": "hello",
        "num_connections": count,
        "debug_info": {"host": "playground", "approximate_connection_time": 3600},
        "connection_info": {"app_id": APP_ID},
    }


def _envelope(
    envelope_id: str, kind: Kind, payload: Mapping[str, Any], retry: tuple[int, str] | None
) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "envelope_id": envelope_id,
        "type": kind,
        "payload": dict(payload),
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
    return envelope


def _as_body(payload: Any) -> str:
    if payload in (None, "", {}):
        return ""
    return payload if isinstance(payload, str) else json.dumps(payload)

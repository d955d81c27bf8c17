"""Deliveries to the app: signed HTTP (or a socket when one is open), 3 seconds, and repeats of events."""

import hashlib
import hmac
import http.client
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol
from urllib.parse import urlencode, urlsplit

from slack_app.playground.handed_back import without_secrets
from slack_app.playground.workspace import APP_ID, BOT_USER, TEAM_ID, Workspace

ANSWER_SECONDS = 3.0
# Each repeat's wait after the failure before it: at once, after 1 and after 5 minutes.
_RETRY_AFTER = (0.0, 60.0, 300.0)

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the app answered; `trouble` is Slack's word for why there was no good answer."""

    status: int
    body: str = ""
    took_ms: float = 0.0
    trouble: str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.trouble is None and 200 <= self.status < 300

    @property
    def late(self) -> bool:
        return self.trouble == "http_timeout"

    def json(self) -> dict[str, Any] | None:
        """The body if it is a JSON object."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None


class Line(Protocol):
    """An open socket to the app."""

    @property
    def connected(self) -> bool: ...

    def send(self, kind: Kind, payload: Mapping[str, Any], retry: tuple[int, str] | None) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class _Request:
    kind: Kind
    payload: Mapping[str, Any]
    summary: str
    attempt: int = 0
    reason: str = ""
    due: float = 0.0


@dataclass(slots=True)
class Delivery:
    workspace: Workspace
    signing_secret: str = field(repr=False)
    app_url: str | None = None
    line: Line | None = None
    subscribed: frozenset[str] = frozenset()
    _waiting: list[_Request] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last: _Request | None = None

    def send(self, kind: Kind, payload: Mapping[str, Any], summary: str) -> Outcome:
        """Deliver a command or an interaction once; never called with the workspace's lock held."""
        return self._send(_Request(kind, payload, summary))

    def event(self, event: Mapping[str, Any], channel_shared: bool = False) -> Outcome | None:
        """Deliver an event the app subscribed to, with the repeat at once; None when it did not."""
        request = self._event_request(event, channel_shared)
        return self._attempt(request) if request else None

    def last_word(self, event: Mapping[str, Any]) -> None:
        """Deliver an event of the app's own end: nothing else follows it."""
        if event["type"] in self.subscribed:
            wrapped = _wrapped(event, False, self.workspace)
            self._attempt(_Request("events_api", wrapped, f"the event {event['type']}"))

    def event_soon(self, event: Mapping[str, Any], channel_shared: bool = False) -> None:
        """Line an event up for the next run_due: for what happens while the app itself is calling."""
        request = self._event_request(event, channel_shared)
        if request:
            with self._lock:
                self._waiting.append(request)

    def verify_url(self) -> bool:
        """Slack's check of the request URL: the challenge must come back."""
        challenge = secrets.token_urlsafe(20)
        body = json.dumps({"type": "url_verification", "token": "playground", "challenge": challenge})
        outcome = self._post(body, "application/json", {})
        return outcome.ok and challenge in outcome.body

    def again(self) -> Outcome:
        """Repeat the last request, as Slack may when it lost the answer."""
        if self._last is None:
            raise LookupError("Nothing was delivered yet.")
        return self._send(replace(self._last, attempt=1, reason="http_timeout"))

    def run_due(self) -> int:
        """Send the events whose time has come; return how many were sent."""
        now = self.workspace.clock.now()
        with self._lock:
            due = [r for r in self._waiting if r.due <= now]
            self._waiting = [r for r in self._waiting if r.due > now]
        for request in due:
            self._attempt(request)
        return len(due)

    def forget(self) -> None:
        with self._lock:
            self._waiting.clear()

    def _event_request(self, event: Mapping[str, Any], channel_shared: bool) -> _Request | None:
        name = str(event["type"])
        if name == "message":
            name = {"channel": "message.channels", "group": "message.groups"}.get(
                str(event.get("channel_type")), f"message.{event.get('channel_type')}"
            )
        if name not in self.subscribed or not self.workspace.app_installed:
            return None
        return _Request("events_api", _wrapped(event, channel_shared, self.workspace), f"the event {name}")

    def _attempt(self, request: _Request) -> Outcome:
        outcome = self._send(request)
        if outcome.ok or outcome.no_retry or request.attempt >= len(_RETRY_AFTER):
            return outcome
        wait = _RETRY_AFTER[request.attempt]
        again = replace(
            request,
            attempt=request.attempt + 1,
            reason=outcome.trouble or "http_error",
            due=self.workspace.clock.now() + wait,
        )
        if not wait:
            return self._attempt(again)
        with self._lock:
            self._waiting.append(again)
        return outcome

    def _send(self, request: _Request) -> Outcome:
        self._last = request
        retry = (request.attempt, request.reason) if request.attempt else None
        if self.line is not None and self.line.connected:
            transport = "Socket Mode"
            outcome = self.line.send(request.kind, request.payload, retry)
        else:
            transport = "HTTP"
            body, content_type = _encoded(request)
            outcome = self._post(body, content_type, _retry_headers(retry))
        self._note(request, outcome, transport)
        return outcome

    def _note(self, request: _Request, outcome: Outcome, transport: str) -> None:
        repeat = f" (repeat {request.attempt}, {request.reason})" if request.attempt else ""
        self.workspace.note(
            "delivery",
            f"Slack sent {request.summary}{repeat}{_way(transport)}. {_in_words(outcome)}",
            detail={
                "transport": transport,
                "payload": without_secrets(dict(request.payload)),
                "answer": outcome.body[:2000],
            },
            took_ms=outcome.took_ms,
            ok=outcome.ok,
        )

    def _post(self, body: str, content_type: str, headers: dict[str, str]) -> Outcome:
        if not self.app_url:
            return Outcome(0, trouble="connection_failed")
        address = urlsplit(self.app_url)
        stamp = str(int(time.time()))
        headers = headers | {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.signing_secret, stamp, body),
        }
        started = time.monotonic()
        connection = http.client.HTTPConnection(
            address.hostname or "127.0.0.1", address.port, timeout=ANSWER_SECONDS
        )
        try:
            connection.request("POST", f"{address.path}/slack/events", body.encode(), headers)
            answer = connection.getresponse()
            text = answer.read(1_000_000).decode("utf-8", "replace")
            no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
            outcome = Outcome(answer.status, text, no_retry=no_retry)
        except TimeoutError:
            outcome = Outcome(0, trouble="http_timeout")
        except (OSError, http.client.HTTPException):
            outcome = Outcome(0, trouble="connection_failed")
        finally:
            connection.close()
        return timed(outcome, started)


def timed(outcome: Outcome, started: float) -> Outcome:
    """The outcome with how long it took; an answer after 3 seconds counts as none."""
    took = time.monotonic() - started
    if took > ANSWER_SECONDS and outcome.trouble is None:
        outcome = Outcome(0, trouble="http_timeout")
    return replace(outcome, took_ms=round(took * 1000, 1))


def signature(secret: str, stamp: str, body: str) -> str:
    signed = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
    return f"v0={signed.hexdigest()}"


def _encoded(request: _Request) -> tuple[str, str]:
    if request.kind == "events_api":
        return json.dumps(request.payload), "application/json"
    form = "application/x-www-form-urlencoded"
    if request.kind == "slash_commands":
        return urlencode(dict(request.payload)), form
    return urlencode({"payload": json.dumps(request.payload)}), form


def _retry_headers(retry: tuple[int, str] | None) -> dict[str, str]:
    if retry is None:
        return {}
    return {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}


def _way(transport: str) -> str:
    # HTTP is the usual way and needs no word.
    return " over Socket Mode" if transport == "Socket Mode" else ""


def _in_words(outcome: Outcome) -> str:
    if outcome.late:
        return "Palabre had not answered after 3 seconds"
    if outcome.trouble:
        return "Palabre could not be reached"
    if outcome.ok:
        return f"Palabre answered in {outcome.took_ms:.0f} ms"
    return f"Palabre answered {outcome.status} in {outcome.took_ms:.0f} ms"


def _wrapped(event: Mapping[str, Any], shared: bool, workspace: Workspace) -> dict[str, Any]:
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "playground",
        # Where it occurred: in a shared channel the workspace of whoever wrote.
        "team_id": event.get("user_team") or TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": dict(event),
        "type": "event_callback",
        "event_id": f"Ev0{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.clock.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": shared,
        "event_context": secrets.token_urlsafe(16),
    }

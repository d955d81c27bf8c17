"""What is reached over HTTP: Slack's requests, signed, two health checks, and numbers for Prometheus."""

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, request
from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

from slack_app.kit.context import Tools
from storage import Busy, Unreachable

log = logging.getLogger("palabre")


def create_web(bolt: App, tools: Tools, signing_secret: str) -> Flask:
    """Return the web application; Slack sends everything to /slack/events, or nothing without a secret."""
    web = Flask("slack_app", static_folder=None)
    web.config["MAX_CONTENT_LENGTH"] = 1_000_000
    verifier = SignatureVerifier(signing_secret) if signing_secret else None

    @web.post("/slack/events")
    def slack_events() -> Response:
        if verifier is None:
            return Response(
                "Palabre hears Slack over Socket Mode here. For HTTP, set SLACK_SIGNING_SECRET.", 404
            )
        raw = request.get_data()
        if not _is_signed(verifier, raw):
            return Response("The signature does not fit, or is older than five minutes.", 401)
        return _dispatched(bolt, raw)

    @web.get("/healthz")
    def healthz() -> Response:
        return Response("ok")

    @web.get("/readyz")
    def readyz() -> Response:
        try:
            ready = tools.database.is_current()
        except Unreachable:
            return Response("The database cannot be reached.", 503)
        return Response("ok" if ready else "The database waits for: palabre migrate", 200 if ready else 503)

    @web.get("/metrics")
    def metrics() -> Response:
        from slack_app import metrics as numbers  # slow to import, and most never ask

        try:
            health = tools.database.health()
        except (Busy, Unreachable):
            return Response("The database cannot be reached.", 503)
        return Response(numbers.text(health, datetime.now(UTC)), content_type=numbers.CONTENT_TYPE)

    return web


def _is_signed(verifier: SignatureVerifier, raw: bytes) -> bool:
    try:
        return verifier.is_valid_request(raw, dict(request.headers))
    except ValueError:  # a timestamp that is no number, or a body that is not UTF-8
        return False


def _dispatched(bolt: App, raw: bytes) -> Response:
    try:
        body = parsed(raw, request.content_type or "")
    except (ValueError, RecursionError) as fault:
        return _malformed(fault)
    # "socket_mode" says that the body is parsed and trusted. Bolt's own reading takes a command for an empty
    # form as soon as its text holds the word "payload".
    try:
        answer = bolt.dispatch(BoltRequest(body=body, mode="socket_mode", headers=_headers()))
    except (TypeError, AttributeError, LookupError) as fault:  # Bolt reads a payload before any listener does
        return _malformed(fault)
    content_type = answer.first_headers_without_set_cookie().get("content-type")
    return Response(answer.body, answer.status, content_type=content_type)


def _malformed(fault: Exception) -> Response:
    log.warning("malformed payload: %s", type(fault).__name__)
    return Response("This is not a payload of Slack's.", 400)


def parsed(raw: bytes, content_type: str) -> dict[str, Any]:
    """Return the payload of a request body: JSON, a form with JSON in `payload`, or a form."""
    text = raw.decode("utf-8")
    if content_type.startswith("application/json"):
        return _object(text)
    form = dict(parse_qsl(text, keep_blank_values=True))
    return _object(form["payload"]) if "payload" in form else form


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _headers() -> dict[str, str | Sequence[str]]:
    return {
        name: value for name, value in request.headers.items() if name.lower().startswith("x-slack-retry")
    }

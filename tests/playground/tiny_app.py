"""A tiny app behind the playground: it remembers what came and answers what a test wants."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server


@dataclass(frozen=True, slots=True)
class Delivered:
    """One request of Slack's: `payload` is the form of a command, or the JSON of anything else."""

    payload: dict[str, Any]
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Reply:
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def say(value: Any) -> Reply:
    return Reply(json.dumps(value), headers={"Content-Type": "application/json"})


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


class TinyApp:
    def __init__(self) -> None:
        self.came: list[Delivered] = []
        self.answer: Callable[[Delivered], Reply] = lambda _delivered: Reply()
        app = Flask(__name__)
        app.add_url_rule("/slack/events", view_func=self._heard, methods=["POST"])
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def last(self) -> dict[str, Any]:
        return self.came[-1].payload

    def of(self, kind: str) -> list[dict[str, Any]]:
        """What came of one kind: an interaction's or an event's type."""
        bodies = [d.payload for d in self.came]
        return [b for b in bodies if kind in (b.get("type"), b.get("event", {}).get("type"))]

    def _heard(self) -> Response:
        body = request.get_data(as_text=True)
        if request.is_json:
            payload = request.get_json()
        elif "payload" in request.form:
            payload = json.loads(request.form["payload"])
        else:
            payload = request.form.to_dict()
        delivered = Delivered(payload, {k.lower(): v for k, v in request.headers.items()}, body)
        self.came.append(delivered)
        reply = self.answer(delivered)
        return Response(reply.body, reply.status, reply.headers)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

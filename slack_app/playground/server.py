"""The playground's server: the pretend Slack on 127.0.0.1, with its Web API, page, events and control."""

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from types import TracebackType
from typing import Any, Self

from flask import Flask, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from slack_app.playground import check, scenes
from slack_app.playground.app_manifest import DEFAULT, AppManifest
from slack_app.playground.clock import Clock
from slack_app.playground.control import create_control
from slack_app.playground.delivery import Delivery
from slack_app.playground.faults import Faults
from slack_app.playground.gestures import Gestures
from slack_app.playground.limits_by_tier import Limits
from slack_app.playground.page import create_page
from slack_app.playground.posting import respond
from slack_app.playground.refused import SlackError
from slack_app.playground.scheduled import run_due
from slack_app.playground.socket_mode import Sockets, mount
from slack_app.playground.stage import Stage
from slack_app.playground.triggers import Replies, Triggers
from slack_app.playground.web_api import create_web_api
from slack_app.playground.workspace import Workspace

_LIVE_SECONDS = 15.0
_TICK_SECONDS = 0.2
# How soon stop() is heard; with the usual half second a test run would mostly wait for it.
_POLL_SECONDS = 0.05


def _no_sockets() -> str:
    raise SlackError("not_enabled")


class _QuietHandler(WSGIRequestHandler):
    """Says nothing of each request, and never looks a caller's name up."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def address_string(self) -> str:
        return "127.0.0.1"


class Playground:
    """A small strict Slack; start it, point the app at `api_url` and set `app_url`."""

    def __init__(
        self,
        app_url: str | None = None,
        *,
        signing_secret: str | None = None,
        port: int = 0,
        clock: Clock | None = None,
        manifest: Mapping[str, Any] | None = None,
        chips: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.chips = chips
        self.clock = clock or Clock()
        self.signing_secret = signing_secret or secrets.token_hex(16)
        self.workspace = Workspace(self.clock, scenes.seed)
        known = AppManifest.read(manifest or DEFAULT)
        self.sockets = Sockets()
        self.delivery = Delivery(
            self.workspace, self.signing_secret, app_url, line=self.sockets, subscribed=known.events
        )
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.stage = Stage(
            self.workspace,
            known,
            self.delivery,
            Triggers(self.clock),
            Replies(self.clock),
            self.faults,
            self.limits,
        )
        self.gestures = Gestures(self.stage)
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()

    # Where it is and how to get in

    @property
    def url(self) -> str:
        return self.stage.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.stage.bot_token

    @property
    def app_token(self) -> str:
        return self.stage.app_token

    @property
    def manifest(self) -> AppManifest:
        return self.stage.manifest

    @property
    def app_url(self) -> str | None:
        return self.delivery.app_url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.delivery.app_url = url.rstrip("/") if url else None

    # Running

    def start(self) -> Self:
        self._server = make_server(
            "127.0.0.1", self._port, self._flask_app(), threaded=True, request_handler=_QuietHandler
        )
        self.stage.url = f"http://127.0.0.1:{self._server.server_port}"
        for work in (self._serve, self._tick):
            thread = threading.Thread(target=work, name="playground", daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def stop(self) -> None:
        self._stopping.set()
        self.workspace.touch()
        self.sockets.close()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        for thread in self._threads:
            thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        if self._server is not None:
            self._server.serve_forever(poll_interval=_POLL_SECONDS)

    def _tick(self) -> None:
        """Let what is due happen as real time passes."""
        while not self._stopping.wait(_TICK_SECONDS):
            run_due(self.stage)

    # The addresses

    def _flask_app(self) -> Flask:
        app = Flask(__name__, static_folder=None)
        app.before_request(self._only_from_here)
        app.register_blueprint(create_web_api(self.stage, self._connection_url(app)))
        app.register_blueprint(create_control(self.stage, self.gestures))
        app.add_url_rule("/happenings/stream", view_func=self._stream)
        app.add_url_rule("/response/<token>", view_func=self._response, methods=["POST"])
        app.add_url_rule("/upload/<file_id>", view_func=self._upload, methods=["POST"])
        app.register_blueprint(create_page(self))
        return app

    def _connection_url(self, app: Flask) -> Callable[[], str]:
        # Socket Mode needs a development dependency; the demo speaks HTTP and starts without it.
        if find_spec("flask_sock") is None:
            return _no_sockets
        mount(app, self.sockets)
        return lambda: f"{self.url.replace('http', 'ws', 1)}/link/{self.sockets.ticket()}"

    def _only_from_here(self) -> ResponseReturnValue | None:
        """Refuse other names for this computer and other sites' pages (DNS rebinding, forged posts)."""
        port = self.url.rpartition(":")[2]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        # Socket clients leave the port out of Host; the name is what rebinding would change.
        named = request.host in hosts | {"127.0.0.1", "localhost"}
        origin = request.headers.get("Origin")
        if not named or (origin and origin.removeprefix("http://") not in hosts):
            return jsonify(error="This playground answers only on this computer."), 403
        return None

    def _stream(self) -> Response:
        return Response(
            self._versions(request.args.get("after", -1, int)),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def _versions(self, seen: int) -> Iterator[str]:
        # The first bytes open the stream for the browser even while nothing changes.
        yield ": here\n\n"
        while not self._stopping.is_set():
            version = self.workspace.wait_for_change(seen, _LIVE_SECONDS)
            if version > seen:
                seen = version
                yield f"event: change\ndata: {version}\n\n"
            else:
                yield ": still here\n\n"

    def _response(self, token: str) -> ResponseReturnValue:
        """A response_url: JSON in, `ok` out, no token needed."""
        payload = request.get_json(silent=True, force=True)
        try:
            reply = self.stage.replies.spend(token)
            if not self.workspace.app_installed:
                raise SlackError("invalid_url")
            if not isinstance(payload, dict):
                raise SlackError("invalid_payload")
            respond(self.stage, reply, payload)
        except (SlackError, check.Refusal) as refused:
            gone = refused.error in ("expired_url", "used_url", "invalid_url")
            self.workspace.note("api", f"Palabre used a response_url: refused, {refused.error}", ok=False)
            return jsonify(ok=False, error=refused.error), 404 if gone else 400
        self.workspace.note("api", "Palabre used a response_url: ok")
        return "ok"

    def _upload(self, file_id: str) -> ResponseReturnValue:
        body = request.get_data()
        if request.files:
            body = next(iter(request.files.values())).read()
        with self.workspace.lock:
            file = self.workspace.files.get(file_id)
            if file is None or file["is_complete"]:
                abort(404)
            if len(body) != file["length"]:
                abort(400)
            file["bytes"] = body
        return f"OK - {len(body)}"

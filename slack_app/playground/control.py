"""The control API: each gesture as a POST, for the page and for tests in another process."""

import inspect
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from slack_app.playground.gestures import Answer, CannotDo, Gestures
from slack_app.playground.stage import Stage

HEADER = "X-Palabre-Playground"
GESTURES = (
    "say",
    "act",
    "fill",
    "submit",
    "close",
    "open_home",
    "suggest",
    "shortcut",
    "message_shortcut",
    "join",
    "leave",
    "invite_app",
    "remove_app",
    "archive",
    "unarchive",
    "open_dm",
    "open_talk",
    "uninstall",
    "install",
    "leave_workspace",
    "show_charts",
    "move_clock",
    "move_to_monday",
    "reset",
    "reload",
)


def create_control(stage: Stage, gestures: Gestures) -> Blueprint:
    blueprint = Blueprint("control", __name__, url_prefix="/control")

    @blueprint.before_request
    def only_with_the_header() -> ResponseReturnValue | None:
        # A page of another site cannot send a header of its own without asking first.
        if HEADER not in request.headers:
            return jsonify(error="The header X-Palabre-Playground is missing."), 403
        return None

    @blueprint.post("/fault")
    def fault() -> ResponseReturnValue:
        args = _arguments()
        try:
            stage.faults.next(str(args.get("method", "*")), str(args.get("kind")), int(args.get("times", 1)))
        except ValueError as wrong:
            return jsonify(error=str(wrong)), 400
        return jsonify(ok=True)

    @blueprint.post("/<name>")
    def gesture(name: str) -> ResponseReturnValue:
        if name not in GESTURES:
            return jsonify(error="There is no such gesture."), 404
        return _run(getattr(gestures, name), _arguments())

    return blueprint


def _arguments() -> dict[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _run(gesture: Callable[..., Any], args: dict[str, Any]) -> ResponseReturnValue:
    signature = inspect.signature(gesture)
    if "user" not in signature.parameters:
        # The page always says who is acting.
        args.pop("user", None)
    try:
        bound = signature.bind(**args)
    except TypeError as wrong:
        return jsonify(error=str(wrong)), 400
    try:
        result = gesture(*bound.args, **bound.kwargs)
    except CannotDo as refused:
        return jsonify(ok=False, cannot=True, shown=refused.sentence), 409
    return _shown(result)


def _shown(result: Any) -> Response:
    if isinstance(result, Answer):
        return jsonify(asdict(result))
    return jsonify(ok=True, result=result)

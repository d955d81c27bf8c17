"""The Web API at /api/<method>: token, faults, limits and scopes first, then the method itself."""

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from slack_app.playground import check
from slack_app.playground import web_api_chat as chat
from slack_app.playground import web_api_people as people
from slack_app.playground import web_api_views as views
from slack_app.playground.handed_back import without_secrets
from slack_app.playground.refused import SlackError
from slack_app.playground.stage import Stage
from slack_app.playground.web_api_call import Call


@dataclass(frozen=True, slots=True)
class Method:
    """`scopes`: one of these is needed. `json`: a JSON body is read. `token`: bot, app or none."""

    run: Callable[[Call], dict[str, Any]]
    scopes: tuple[str, ...] = ()
    json: bool = True
    token: str = "bot"  # noqa: S105 - the kind of token


def _form(run: Callable[[Call], dict[str, Any]], *scopes: str) -> Method:
    return Method(run, scopes, json=False)


_WRITE, _READ = ("chat:write",), ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")

METHODS = {
    "api.test": Method(views.api_test, token="none"),  # noqa: S106
    "auth.test": Method(views.auth_test),
    "auth.revoke": _form(views.auth_revoke),
    "team.info": _form(people.team_info, "team:read"),
    "users.list": _form(people.users_list, "users:read"),
    "users.info": _form(people.users_info, "users:read"),
    "users.conversations": _form(people.users_conversations, *_READ),
    "conversations.list": _form(people.conversations_list, *_READ),
    "conversations.info": _form(people.conversations_info, *_READ),
    "conversations.members": _form(people.conversations_members, *_READ),
    "conversations.open": Method(people.conversations_open, ("im:write", "mpim:write")),
    "conversations.join": Method(people.conversations_join, ("channels:join",)),
    "conversations.history": Method(people.conversations_history, _HISTORY),
    "chat.postMessage": Method(chat.post_message, _WRITE),
    "chat.update": Method(chat.update, _WRITE),
    "chat.delete": Method(chat.delete, _WRITE),
    "chat.postEphemeral": Method(chat.post_ephemeral, _WRITE),
    "chat.getPermalink": _form(chat.get_permalink),
    "chat.scheduleMessage": Method(chat.schedule_message, _WRITE),
    "chat.scheduledMessages.list": Method(chat.scheduled_messages),
    "chat.deleteScheduledMessage": Method(chat.delete_scheduled_message, _WRITE),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
    "views.publish": Method(views.publish),
    "reactions.add": Method(chat.add_reaction, ("reactions:write",)),
    "pins.add": Method(chat.add_pin, ("pins:write",)),
    "files.getUploadURLExternal": _form(chat.get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(chat.complete_upload, ("files:write",)),
    "usergroups.list": _form(people.usergroups_list, "usergroups:read"),
    "bots.info": _form(people.bots_info, "users:read"),
    "oauth.v2.access": Method(views.oauth_access, json=False, token="none"),  # noqa: S106
    "blocks.validate": Method(views.validate_blocks, token="none"),  # noqa: S106
}


def create_web_api(stage: Stage, connection_url: Callable[[], str]) -> Blueprint:
    """The blueprint; `connection_url` makes the address of a new Socket Mode connection."""
    blueprint = Blueprint("web_api", __name__)
    methods = METHODS | {
        "apps.connections.open": Method(
            lambda _call: {"url": connection_url()},
            json=False,
            token="app",  # noqa: S106
        )
    }

    @blueprint.route("/api/<name>", methods=["GET", "POST"])
    def call(name: str) -> Response:
        return _answered(stage, name, methods.get(name))

    return blueprint


def _answered(stage: Stage, name: str, method: Method | None) -> Response:
    started = time.monotonic()
    fault = stage.faults.take(name)
    if fault is None:
        return _done(stage, name, method, started)
    stage.workspace.note("fault", f"{name} met a fault on demand: {fault}", ok=False)
    kind, _, value = fault.partition(":")
    if kind == "drop":
        return _cut()
    if kind == "lost":
        _done(stage, name, method, started)
        return _cut()
    if kind == "slow":
        time.sleep(float(value))
        return _done(stage, name, method, started)
    return _faulty(stage, name, kind, value, started)


def _faulty(stage: Stage, name: str, kind: str, value: str, started: float) -> Response:
    if kind == "500":
        _note(stage, name, {}, "HTTP 500", started)
        return Response("Internal Server Error", 500)
    answer = {"ok": False, "error": "ratelimited" if kind == "429" else kind}
    return _said(stage, name, {}, answer, started, int(value) if kind == "429" else None)


def _cut() -> Response:
    """Cut the connection: writing the answer then fails, as on a broken line."""
    line: socket.socket = request.environ["werkzeug.socket"]
    line.shutdown(socket.SHUT_RDWR)
    return Response(status=200)


def _done(stage: Stage, name: str, method: Method | None, started: float) -> Response:
    args: dict[str, Any] = {}
    wait: int | None = None
    try:
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        args = _arguments(method)
        _check_token(stage, method, args)
        call = Call(stage, name, args)
        call.need(*method.scopes)
        wait = stage.limits.spend(name, call.text("channel"))
        if wait is not None:
            raise SlackError("ratelimited")
        answer = {"ok": True} | method.run(call)
    except SlackError as refused:
        answer = {"ok": False, "error": refused.error} | refused.more
    except check.Refusal as refused:
        answer = _refusal(refused)
    return _said(stage, name, args, answer, started, wait)


def _refusal(refused: check.Refusal) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": False, "error": refused.error}
    if refused.messages:
        answer["response_metadata"] = {"messages": list(refused.messages)}
        if refused.error == "invalid_blocks":
            answer["errors"] = list(refused.messages)
    return answer


def _said(
    stage: Stage, name: str, args: dict[str, Any], answer: dict[str, Any], started: float, wait: int | None
) -> Response:
    _note(stage, name, args, "ok" if answer["ok"] else f"refused, {answer['error']}", started, answer)
    response = Response(json.dumps(answer), 200, content_type="application/json; charset=utf-8")
    response.headers["X-OAuth-Scopes"] = ",".join(sorted(stage.manifest.scopes))
    if answer.get("error") == "ratelimited":
        response.status_code = 429
        response.headers["Retry-After"] = str(wait or 1)
    return response


def _note(
    stage: Stage,
    name: str,
    args: dict[str, Any],
    how: str,
    started: float,
    answer: dict[str, Any] | None = None,
) -> None:
    stage.workspace.note(
        "api",
        f"Palabre called {name}: {how}",
        detail=without_secrets({"arguments": args, "answer": answer or {}}),
        took_ms=round((time.monotonic() - started) * 1000, 1),
        ok=how == "ok",
    )


def _arguments(method: Method) -> dict[str, Any]:
    """Arguments from the query, the form, and a JSON body where Slack reads one."""
    args: dict[str, Any] = request.args.to_dict() | request.form.to_dict()
    if request.is_json and method.json and request.get_data():
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise SlackError("invalid_json" if body is None else "json_not_object")
        args |= body
    return {name: value for name, value in args.items() if value is not None}


def _check_token(stage: Stage, method: Method, args: dict[str, Any]) -> None:
    if method.token == "none":  # noqa: S105
        return
    header = request.headers.get("Authorization", "")
    bearer = header.removeprefix("Bearer").strip() if header.startswith("Bearer") else ""
    token = bearer or args.get("token", "")
    if not token:
        raise SlackError("not_authed")
    wanted, other = (
        (stage.app_token, stage.bot_token) if method.token == "app" else (stage.bot_token, stage.app_token)  # noqa: S105
    )
    if token == other:
        raise SlackError("not_allowed_token_type")
    if token != wanted:
        raise SlackError("invalid_auth")
    if stage.bot_token_is and method.token == "bot":  # noqa: S105
        raise SlackError(stage.bot_token_is)

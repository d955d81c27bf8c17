"""Web API: views, and what belongs to the app itself (auth, connections, validation)."""

from typing import Any

from slack_app.playground import check, modals
from slack_app.playground.refused import SlackError
from slack_app.playground.web_api_call import Call
from slack_app.playground.workspace import APP_ID, BOT_ID, BOT_USER, TEAM_ID, View


def _view(call: Call) -> dict[str, Any]:
    view = call.parsed("view")
    if not isinstance(view, dict):
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]}
        )
    return view


def _trigger(call: Call) -> str:
    return call.text("trigger_id") or call.text("interactivity_pointer")


def open_view(call: Call) -> dict[str, Any]:
    return {"view": modals.open_modal(call.stage, _trigger(call), _view(call)).as_slack()}


def push_view(call: Call) -> dict[str, Any]:
    return {"view": modals.push_modal(call.stage, _trigger(call), _view(call)).as_slack()}


def update_view(call: Call) -> dict[str, Any]:
    view = modals.change(call.stage, _known(call), _view(call), call.text("hash") or None)
    return {"view": view.as_slack()}


def _known(call: Call) -> View:
    workspace = call.stage.workspace
    external_id = call.text("external_id")
    view = (
        workspace.view_by_external_id(external_id) if external_id else workspace.view(call.needed("view_id"))
    )
    if view is None:
        raise SlackError("not_found")
    return view


def publish(call: Call) -> dict[str, Any]:
    if not call.stage.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.needed("user_id")
    if user not in call.stage.workspace.users:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["invalid `user_id`"]})
    return {"view": modals.publish(call.stage, user, _view(call), call.text("hash") or None).as_slack()}


def api_test(call: Call) -> dict[str, Any]:
    if call.text("error"):
        raise SlackError(call.text("error"))
    return {"args": {k: v for k, v in call.args.items() if k != "token"}}


def auth_test(call: Call) -> dict[str, Any]:
    workspace = call.stage.workspace
    return {
        "url": f"{call.stage.url}/",
        "team": workspace.team_name,
        "user": "palabre",
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> dict[str, Any]:
    if call.flag("test"):
        return {"revoked": False}
    call.stage.bot_revoked = True
    stamp = call.stage.workspace.new_ts()
    call.stage.delivery.event_soon(
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}, "event_ts": stamp}
    )
    return {"revoked": True}


def oauth_access(_call: Call) -> dict[str, Any]:
    raise SlackError("invalid_code")


def validate_blocks(call: Call) -> dict[str, Any]:
    if call.args.get("view") is not None:
        view = _view(call)
        check.check_view(view, home=view.get("type") == "home")
    elif call.args.get("message") is not None:
        check.check_message(call.parsed("message"))
    else:
        check.check_message({"text": "-", "blocks": call.parsed("blocks")})
    return {}

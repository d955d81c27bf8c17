"""What Slack sends when a person acts. Source: SLACK.md section 6."""

from typing import Any

from slack_app.playground.handed_back import back, blocks_back
from slack_app.playground.stage import Stage
from slack_app.playground.surfaces import Place, Surface
from slack_app.playground.workspace import APP_ID, TEAM_ID, Channel, Message, View

VERIFICATION = "playground"


def command(stage: Stage, user: str, channel: Channel, name: str, text: str) -> dict[str, str]:
    person = stage.person(user)
    return {
        "token": VERIFICATION,
        "team_id": TEAM_ID,
        "team_domain": stage.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.payload_name,
        "user_id": user,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": stage.response_url(channel.id, user),
        "trigger_id": stage.triggers.mint(user, channel.id),
    }


def interaction(stage: Stage, kind: str, user: str) -> dict[str, Any]:
    """What every interaction carries."""
    person = stage.person(user)
    return {
        "type": kind,
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team_id},
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "team": {"id": TEAM_ID, "domain": stage.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def block_actions(
    stage: Stage, user: str, surface: Surface, action: dict[str, Any], state: dict[str, Any]
) -> dict[str, Any]:
    payload = interaction(stage, "block_actions", user)
    payload |= _where(stage, user, surface, state)
    payload["actions"] = [action]
    return payload


def _where(stage: Stage, user: str, surface: Surface, state: dict[str, Any]) -> dict[str, Any]:
    if surface.view is not None:
        view = surface.view
        return {
            "container": {"type": "view", "view_id": view.id},
            "view": view_back(view),
            "trigger_id": stage.triggers.mint(user, view=view.id),
        }
    message = surface.message
    if message is None:
        raise ValueError("A surface is a message or a view.")
    channel = stage.workspace.channels[message.channel]
    payload: dict[str, Any] = {
        "container": _message_container(message),
        "channel": {"id": channel.id, "name": channel.payload_name},
        "state": {"values": state},
        "response_url": stage.response_url(channel.id, user, message.ts, message.thread_ts),
        "trigger_id": stage.triggers.mint(user, channel.id),
    }
    if message.only_for is None:
        payload["message"] = message_back(message)
    return payload


def _message_container(message: Message) -> dict[str, Any]:
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return container


def action(stage: Stage, place: Place, value: dict[str, Any]) -> dict[str, Any]:
    """One entry of `actions`: what the element is, and what was chosen."""
    element = place.element
    made: dict[str, Any] = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": place.block.get("block_id", ""),
        "action_ts": stage.workspace.new_ts(),
    }
    if element["type"] in ("button", "workflow_button", "icon_button"):
        made |= blocks_back({k: element[k] for k in ("text", "style") if k in element})
        made |= {"value": element["value"]} if "value" in element else {}
    if isinstance(element.get("placeholder"), dict):
        made["placeholder"] = blocks_back(element["placeholder"])
    return made | {key: item for key, item in value.items() if key != "type"}


def suggestion(stage: Stage, user: str, surface: Surface, place: Place, query: str) -> dict[str, Any]:
    payload = interaction(stage, "block_suggestion", user)
    where = _where(stage, user, surface, {})
    payload |= {key: where[key] for key in ("container", "view", "channel", "message") if key in where}
    payload |= {
        "action_id": place.element["action_id"],
        "block_id": place.block.get("block_id", ""),
        "value": query,
    }
    return payload


def _of_view(stage: Stage, kind: str, view: View) -> dict[str, Any]:
    """What a submission and a closing carry: the workspace is the person's own, which need not be the app's.

    Only `app_installed_team_id` names the app's then. Source: Bolt's own tests, in Python and JavaScript.
    """
    person = stage.person(view.user)
    made, payload = view_back(view), interaction(stage, kind, view.user)
    if person.team_id != TEAM_ID:
        payload["team"] = {"id": person.team_id, "domain": "elsewhere"}
    return payload | {"view": made | {"team_id": person.team_id}}


def view_submission(stage: Stage, view: View) -> dict[str, Any]:
    return _of_view(stage, "view_submission", view) | {
        "trigger_id": stage.triggers.mint(view.user, view=view.id),
        "response_urls": _reply_addresses(stage, view),
    }


def _reply_addresses(stage: Stage, view: View) -> list[dict[str, Any]]:
    """An address for each filled select that asked for one (response_url_enabled)."""
    addresses = []
    for block in view.blocks:
        element = block.get("element", {})
        value = view.state.get(str(block.get("block_id")), {}).get(element.get("action_id"), {})
        chosen = value.get("selected_conversation") or value.get("selected_channel")
        if element.get("response_url_enabled") and chosen:
            addresses.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": chosen,
                    "response_url": stage.response_url(chosen, view.user),
                }
            )
    return addresses


def view_closed(stage: Stage, view: View, cleared: bool) -> dict[str, Any]:
    return _of_view(stage, "view_closed", view) | {"is_cleared": cleared}


def shortcut(stage: Stage, user: str, callback_id: str) -> dict[str, Any]:
    payload = interaction(stage, "shortcut", user)
    return payload | {
        "callback_id": callback_id,
        "action_ts": stage.workspace.new_ts(),
        "trigger_id": stage.triggers.mint(user),
    }


def message_shortcut(stage: Stage, user: str, callback_id: str, message: Message) -> dict[str, Any]:
    channel = stage.workspace.channels[message.channel]
    payload = interaction(stage, "message_action", user)
    return payload | {
        "callback_id": callback_id,
        "action_ts": stage.workspace.new_ts(),
        "message_ts": message.ts,
        "message": message_back(message) | _of_thread(stage, message),
        "channel": {"id": channel.id, "name": channel.payload_name},
        "response_url": stage.response_url(channel.id, user, message.ts, message.thread_ts),
        "trigger_id": stage.triggers.mint(user, channel.id),
    }


def _of_thread(stage: Stage, message: Message) -> dict[str, Any]:
    """What only a message with replies carries: it is the first of its own thread."""
    replies = [m for m in stage.workspace.messages(message.channel) if m.thread_ts == message.ts != m.ts]
    return {"thread_ts": message.ts, "reply_count": len(replies)} if replies else {}


def message_back(message: Message) -> dict[str, Any]:
    """A message as payloads carry it: text and blocks escaped."""
    return back(message.as_slack())


def view_back(view: View) -> dict[str, Any]:
    made = view.as_slack()
    for key in ("title", "submit", "close", "blocks"):
        made[key] = blocks_back(made[key])
    return made

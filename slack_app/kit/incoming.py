"""What Slack sent, as values; its dictionaries stop here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slack_app.kit.text import unescaped

Payload = Mapping[str, Any]  # a raw payload; its shapes are Slack's


@dataclass(frozen=True, slots=True)
class Who:
    """The person who acted. workspace: where the app is installed; team: the person's own.

    The two differ in a channel shared between organisations; `team` falls back to the workspace.
    """

    workspace: str
    team: str
    user: str

    @property
    def voter(self) -> str:
        return f"{self.team}:{self.user}"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, its text as typed."""

    who: Who
    name: str
    text: str
    channel: str
    trigger: str
    reply_url: str

    def saying(self, text: str) -> "Command":
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, or a choice made in a menu.

    argument: what follows the colon in the action's name; value: the button's or the chosen option's.
    click: Slack's own id of this click, the same when it is sent again.
    """

    who: Who
    name: str
    argument: str
    value: str
    trigger: str
    click: str
    reply_url: str | None = None
    channel: str | None = None
    message: str | None = None
    view: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal sent in. entries: block id to what was typed or chosen, "" where nothing was."""

    who: Who
    name: str
    view: str
    memory: str
    entries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortcut:
    who: Who
    name: str
    trigger: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; content is Slack's event."""

    who: Who
    name: str
    content: Payload


def command(workspace: str, body: Payload) -> Command:
    return Command(
        who=Who(workspace, _text(body.get("team_id") or workspace), _text(body["user_id"])),
        name=_text(body["command"]),
        text=unescaped(_text(body.get("text") or "")),
        channel=_text(body["channel_id"]),
        trigger=_text(body["trigger_id"]),
        reply_url=_text(body["response_url"]),
    )


def press(workspace: str, body: Payload) -> Press:
    action = body["actions"][0]
    name, _, argument = action["action_id"].partition(":")
    container = body.get("container") or {}
    return Press(
        who=_who(workspace, body),
        name=name,
        argument=argument,
        value=_chosen(action),
        trigger=_text(body.get("trigger_id") or ""),
        click=_text(action.get("action_ts") or body.get("trigger_id") or ""),
        reply_url=body.get("response_url"),
        channel=container.get("channel_id") or (body.get("channel") or {}).get("id"),
        message=None if container.get("is_ephemeral") else container.get("message_ts"),
        view=container.get("view_id"),
    )


def submission(workspace: str, body: Payload) -> Submission:
    view = body["view"]
    blocks = (view.get("state") or {}).get("values") or {}
    entries = {block: _chosen(next(iter(values.values()), {})) for block, values in blocks.items()}
    return Submission(
        who=_who(workspace, body),
        name=_text(view["callback_id"]),
        view=_text(view["id"]),
        memory=_text(view.get("private_metadata") or ""),
        entries=entries,
    )


def shortcut(workspace: str, body: Payload) -> Shortcut:
    channel = (body.get("channel") or {}).get("id")
    return Shortcut(_who(workspace, body), _text(body["callback_id"]), _text(body["trigger_id"]), channel)


def event(workspace: str, body: Payload) -> Event:
    content = body["event"]
    user = content.get("user") or ""
    user_id = _text(user if isinstance(user, str) else user.get("id", ""))
    who = Who(workspace, _text(body.get("team_id") or workspace), user_id)
    return Event(who, _text(content["type"]), content)


def _who(workspace: str, body: Payload) -> Who:
    user = body["user"]
    return Who(workspace, _text(user.get("team_id") or workspace), _text(user["id"]))


def _text(value: object) -> str:
    """Return a text as it is; anything else, or half a character, makes the payload malformed."""
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise TypeError("a whole character was expected")
    return value


def _chosen(action: Payload) -> str:
    """Return the one value of a button, a menu or a text field; null and "nothing chosen" are ""."""
    option = action.get("selected_option") or {}
    named = ("value", "selected_conversation", "selected_channel", "selected_user", "selected_date")
    return str(option.get("value") or next((action[key] for key in named if action.get(key)), ""))

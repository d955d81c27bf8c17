"""What Slack sent, as values; its dictionaries stop here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slack_app.kit.text import as_typed

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
    lists: block id to all that is chosen there, in a modal or in the message.
    In a modal, too: memory: what it was opened with; shown: Slack's mark of what it showed, which changes
    with each update.
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
    memory: str = ""
    shown: str | None = None
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal sent in. entries: block id to what was typed or chosen, "" where nothing was.

    lists: block id to all that was chosen, one value or several; a moment is its epoch seconds as text.
    """

    who: Who
    name: str
    view: str
    memory: str
    entries: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut chosen; on a message, also that message.

    thread: the first message of the thread it stands in, its own timestamp where it began one; text: as Slack
    keeps it, with its marks.
    """

    who: Who
    name: str
    trigger: str
    channel: str | None = None
    message: str | None = None
    thread: str | None = None
    text: str = ""


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
        text=as_typed(_text(body.get("text") or "")),
        channel=_text(body["channel_id"]),
        trigger=_text(body["trigger_id"]),
        reply_url=_text(body["response_url"]),
    )


def press(workspace: str, body: Payload) -> Press:
    action = body["actions"][0]
    name, _, argument = action["action_id"].partition(":")
    container = body.get("container") or {}
    view = body.get("view") or {}
    return Press(
        who=_who(workspace, body),
        name=name,
        argument=argument,
        value=_chosen(action),
        trigger=_text(body.get("trigger_id") or ""),
        click=_text(action.get("action_ts") or body.get("trigger_id") or ""),
        reply_url=_given(body.get("response_url")),
        channel=_given(container.get("channel_id") or (body.get("channel") or {}).get("id")),
        message=None if container.get("is_ephemeral") else _given(container.get("message_ts")),
        view=_given(container.get("view_id")),
        memory=_text(view.get("private_metadata") or ""),
        shown=_given(view.get("hash")),
        lists={block: _all_chosen(held) for block, held in _held(view or body).items()},
    )


def submission(workspace: str, body: Payload) -> Submission:
    view = body["view"]
    filled = _held(view)
    return Submission(
        who=_who(workspace, body),
        name=_text(view["callback_id"]),
        view=_text(view["id"]),
        memory=_text(view.get("private_metadata") or ""),
        entries={block: _chosen(held) for block, held in filled.items()},
        lists={block: _all_chosen(held) for block, held in filled.items()},
    )


def shortcut(workspace: str, body: Payload) -> Shortcut:
    message = body.get("message") or {}
    return Shortcut(
        who=_who(workspace, body),
        name=_text(body["callback_id"]),
        trigger=_text(body["trigger_id"]),
        channel=_given((body.get("channel") or {}).get("id")),
        message=_given(message.get("ts")),
        thread=_given(message.get("thread_ts")),
        text=_mended(message.get("text") or ""),
    )


def event(workspace: str, body: Payload) -> Event:
    content = body["event"]
    user = content.get("user") or ""
    user_id = _text(user if isinstance(user, str) else user.get("id", ""))
    # In a channel shared with another organisation, whose person it is.
    team = content.get("user_team") or body.get("team_id") or workspace
    who = Who(workspace, _text(team), user_id)
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


def _given(value: object) -> str | None:
    """Return a text that may be left out."""
    return _text(value) if value else None


def _held(view: Payload) -> dict[str, Payload]:
    """Return what the one element of each block holds."""
    blocks = (view.get("state") or {}).get("values") or {}
    return {_text(block): next(iter(values.values()), {}) or {} for block, values in blocks.items()}


ONE = ("value", "selected_conversation", "selected_channel", "selected_user", "selected_date")
ONE_MOMENT = ("selected_date_time",)
SEVERAL = ("selected_conversations", "selected_channels", "selected_users")


def _chosen(action: Payload) -> str:
    """Return the one value of a button, a menu or a text field; null and "nothing chosen" are ""."""
    option = action.get("selected_option") or {}
    named = (*ONE, *ONE_MOMENT)
    return _mended(option.get("value") or next((action[key] for key in named if action.get(key)), ""))


def _all_chosen(action: Payload) -> tuple[str, ...]:
    """Return all values of an element in which several can be chosen, or the one value of another."""
    options = [option["value"] for option in action.get("selected_options") or ()]
    several = [value for key in SEVERAL for value in action.get(key) or ()]
    one = _chosen(action)
    return (*map(_mended, [*options, *several]), *([one] if one else []))


def _mended(value: object) -> str:
    """Return what was typed without NUL, which PostgreSQL refuses, and with a mark for half a character."""
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", str(value).replace("\x00", ""))

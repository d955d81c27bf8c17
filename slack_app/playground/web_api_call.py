"""One call of a Web API method: its arguments, its token's rights, and pages of rows."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_app.playground.refused import SlackError
from slack_app.playground.stage import Stage
from slack_app.playground.workspace import Channel, User

_JSON_ARGUMENTS = ("blocks", "view", "attachments", "metadata", "files", "unfurls", "message")
_SCOPE_BY_KIND = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}


@dataclass(frozen=True, slots=True)
class Call:
    stage: Stage
    method: str
    args: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.args.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise SlackError(
                "invalid_arguments",
                response_metadata={"messages": [f"[ERROR] missing required field: {name}"]},
            )
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        text = self.text(name)
        if not text:
            return default
        try:
            return int(float(text))
        except ValueError as wrong:
            raise SlackError("invalid_arguments") from wrong

    def parsed(self, name: str) -> Any:
        """A JSON argument, whether it came as JSON or as text holding JSON."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as wrong:
            raise SlackError("invalid_arguments" if name == "view" else f"invalid_{name}_format") from wrong

    def payload(self) -> dict[str, Any]:
        """All arguments, JSON ones parsed, without those that say where and who."""
        left_out = ("token", "team_id", "channel", "user", "ts")
        made = {name: value for name, value in self.args.items() if name not in left_out}
        return made | {name: self.parsed(name) for name in _JSON_ARGUMENTS if name in made}

    def need(self, *scopes: str) -> None:
        """Refuse unless the token has one of these scopes."""
        held = self.stage.manifest.scopes
        if scopes and not held.intersection(scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(held)))

    def seen_channel(self, name: str = "channel") -> Channel:
        """A conversation the app may know of: private ones and DMs only if it is in there."""
        channel = self.stage.workspace.channels.get(self.text(name))
        if channel is None or (channel.kind != "public" and not self.stage.app_is_in(channel)):
            raise SlackError("channel_not_found")
        return channel

    def need_kind(self, channel: Channel) -> None:
        self.need(_SCOPE_BY_KIND[channel.kind])

    def user(self, name: str = "user") -> User:
        user = self.stage.workspace.users.get(self.text(name))
        if user is None:
            raise SlackError("user_not_found")
        return user


def page(call: Call, rows: Sequence[Any]) -> tuple[list[Any], dict[str, Any]]:
    """One page of rows, with the next cursor.

    As strict as Slack may be: the first page holds fewer rows than asked for, the second none at all.
    Source: apis/web-api/pagination.
    """
    limit = call.number("limit", 0)
    if limit < 0 or limit > 1000:
        raise SlackError("invalid_limit")
    number, start = _read_cursor(call.text("cursor"))
    if not limit:
        return list(rows[start:]), {"next_cursor": ""}
    size = limit
    if number == 0:
        size = max(1, min(limit, len(rows)) * 2 // 3)
    elif number == 1:
        size = 0
    end = start + size
    more = end < len(rows)
    return list(rows[start:end]), {"next_cursor": _cursor(number + 1, end) if more else ""}


def _cursor(number: int, start: int) -> str:
    return base64.b64encode(f"page:{number}:{start}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[int, int]:
    if not cursor:
        return 0, 0
    try:
        word, number, start = base64.b64decode(cursor, validate=True).decode().split(":")
        if word != "page":
            raise SlackError("invalid_cursor")
        return int(number), int(start)
    except ValueError as wrong:
        raise SlackError("invalid_cursor") from wrong

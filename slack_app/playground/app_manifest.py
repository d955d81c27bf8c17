"""What the playground reads from the app's manifest: commands, shortcuts, scopes, events and tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ALL_SCOPES = (
    "app_mentions:read",
    "bookmarks:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "mpim:write",
    "pins:write",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
)

# An event is told to whoever holds one of these scopes; those left out need none.
# Source: each event's page, "required scopes".
_HEARD_WITH: Mapping[str, frozenset[str]] = {
    "app_mention": frozenset({"app_mentions:read"}),
    "channel_archive": frozenset({"channels:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message.mpim": frozenset({"mpim:history"}),
    "team_join": frozenset({"users:read"}),
    "user_change": frozenset({"users:read"}),
}

DEFAULT: Mapping[str, Any] = {
    "display_information": {"name": "Palabre"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/poll", "description": "Ask a poll", "should_escape": False}],
    },
    "oauth_config": {"scopes": {"bot": list(ALL_SCOPES)}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]}},
}


@dataclass(frozen=True, slots=True)
class AppManifest:
    name: str
    commands: Mapping[str, Mapping[str, Any]]
    shortcuts: tuple[Mapping[str, Any], ...]
    scopes: frozenset[str]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    is_read_only: bool
    raw: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "AppManifest":
        features = raw.get("features", {})
        tabs = features.get("app_home", {})
        settings = raw.get("settings", {})
        scopes = frozenset(raw.get("oauth_config", {}).get("scopes", {}).get("bot", []))
        events = settings.get("event_subscriptions", {}).get("bot_events", [])
        return cls(
            name=raw.get("display_information", {}).get("name", "Palabre"),
            commands={c["command"]: c for c in features.get("slash_commands", []) if "commands" in scopes},
            shortcuts=tuple(features.get("shortcuts", []) if "commands" in scopes else []),
            scopes=scopes,
            events=frozenset(name for name in events if _is_heard(name, scopes)),
            home_tab=bool(tabs.get("home_tab_enabled", False)),
            messages_tab=bool(tabs.get("messages_tab_enabled", True)),
            is_read_only=bool(tabs.get("messages_tab_read_only_enabled", False)),
            raw=raw,
        )

    def shortcut(self, callback_id: str, kind: str) -> Mapping[str, Any] | None:
        return next(
            (s for s in self.shortcuts if s["callback_id"] == callback_id and s["type"] == kind), None
        )


def _is_heard(event: str, scopes: frozenset[str]) -> bool:
    needed = _HEARD_WITH.get(event)
    return needed is None or bool(needed & scopes)

"""The pretend workspace: everything Slack would remember, under one lock, with a version for watchers."""

import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from slack_app.playground.clock import Clock
from slack_app.playground.people import Channel, ChannelKind, User

__all__ = ["Channel", "ChannelKind", "Happening", "Message", "Scheduled", "User", "View", "Workspace"]

TEAM_ID = "T0PLAYGRD"
APP_ID = "A0PALABRE"
BOT_USER = "U0PALABRE"
BOT_ID = "B0PALABRE"

HappeningKind = Literal["delivery", "api", "gesture", "fault"]


@dataclass(slots=True)
class Message:
    channel: str
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    only_for: str | None = None
    edited: bool = False
    deleted: bool = False
    app: bool = False
    metadata: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    reactions: dict[str, set[str]] = field(default_factory=dict)
    pinned: bool = False
    files: list[dict[str, Any]] = field(default_factory=list)

    def as_slack(self) -> dict[str, Any]:
        message: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.app:
            message |= {"bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM_ID}
        if self.blocks:
            message["blocks"] = self.blocks
        if self.thread_ts:
            message["thread_ts"] = self.thread_ts
        if self.edited:
            message["edited"] = {"user": BOT_ID if self.app else self.user, "ts": self.ts}
        if self.attachments:
            message["attachments"] = self.attachments
        if self.files:
            message["files"] = self.files
        return message


@dataclass(slots=True)
class View:
    id: str
    user: str
    type: Literal["modal", "home"]
    payload: dict[str, Any]
    hash: str
    state: dict[str, Any] = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None
    response_urls: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    @property
    def blocks(self) -> list[dict[str, Any]]:
        blocks = self.payload.get("blocks", [])
        return blocks if isinstance(blocks, list) else []

    def as_slack(self) -> dict[str, Any]:
        """The view object of payloads and of views.* answers."""
        payload = self.payload
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "type": self.type,
            "blocks": self.blocks,
            "private_metadata": payload.get("private_metadata", ""),
            "callback_id": payload.get("callback_id", ""),
            "state": {"values": self.state},
            "hash": self.hash,
            "title": payload.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
            "clear_on_close": bool(payload.get("clear_on_close", False)),
            "notify_on_close": bool(payload.get("notify_on_close", False)),
            "close": payload.get("close"),
            "submit": payload.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id or self.id,
            "app_id": APP_ID,
            "external_id": payload.get("external_id", ""),
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }


@dataclass(slots=True)
class Happening:
    number: int
    at: float
    kind: HappeningKind
    summary: str
    detail: dict[str, Any]
    took_ms: float | None
    ok: bool


@dataclass(slots=True)
class Scheduled:
    id: str
    channel: str
    post_at: int
    made_at: float
    payload: dict[str, Any]


class Workspace:
    """Everything remembered; hold `lock` around any change and never while talking to the app."""

    def __init__(self, clock: Clock, seed: Callable[["Workspace"], None] | None = None) -> None:
        self.team_id = TEAM_ID
        self.team_name = "Maison commune"
        self.domain = "maison-commune"
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.version = 0
        self._seed = seed
        self._last_ts = 0
        self._empty()
        if seed:
            seed(self)

    def _empty(self) -> None:
        self.app_installed = True
        self.takes_charts = True
        self.lost_pictures: set[str] = set()
        """Addresses of pictures that could be loaded once."""
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.homes: dict[str, View] = {}
        self.home_tab_seen: set[str] = set()
        self.stacks: dict[str, list[View]] = {}
        self.closed_views: dict[str, View] = {}
        self.happenings: deque[Happening] = deque(maxlen=500)
        self.scheduled: dict[str, Scheduled] = {}
        self.usergroups: list[dict[str, Any]] = []
        # What external selects offered: (surface, block_id, action_id) to options or option groups.
        self.offered: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self._messages: dict[str, list[Message]] = {}
        self._message_state: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        self._numbers = 0

    def reset(self) -> None:
        """Forget everything and seed anew."""
        with self.lock:
            self._empty()
            if self._seed:
                self._seed(self)
            self.touch()

    # Watching

    def touch(self) -> None:
        """Say that something changed."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait_for_change(self, after: int, timeout: float) -> int:
        """Return the version once greater than `after`, or as it is after `timeout` seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.version > after, timeout)
            return self.version

    def note(
        self,
        kind: HappeningKind,
        summary: str,
        *,
        detail: dict[str, Any] | None = None,
        took_ms: float | None = None,
        ok: bool = True,
    ) -> None:
        with self.lock:
            self._numbers += 1
            self.happenings.append(
                Happening(self._numbers, self.clock.now(), kind, summary, detail or {}, took_ms, ok)
            )
            self.touch()

    # Messages

    def new_ts(self, at: float | None = None) -> str:
        """A message timestamp of its own, later than every other."""
        with self.lock:
            if at is not None:
                return f"{at:.6f}"
            self._last_ts = max(int(self.clock.now() * 1_000_000), self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def messages(self, channel: str) -> list[Message]:
        """A channel's messages, oldest first, ephemeral and deleted ones included."""
        with self.lock:
            return list(self._messages.get(channel, []))

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """The messages a person sees in a channel: none deleted, none for somebody else alone."""
        return [m for m in self.messages(channel) if not m.deleted and m.only_for in (None, user)]

    def message(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self.messages(channel) if m.ts == ts and not m.deleted), None)

    def add(self, message: Message) -> Message:
        with self.lock:
            self._messages.setdefault(message.channel, []).append(message)
            self.touch()
            return message

    def message_state(self, channel: str, ts: str) -> dict[str, dict[str, Any]]:
        """What people have filled into a message's inputs: user id to state.values."""
        with self.lock:
            return self._message_state.setdefault((channel, ts), {})

    # Views

    def view(self, view_id: str) -> View | None:
        """An open modal or a Home tab by its id."""
        with self.lock:
            views = [v for stack in self.stacks.values() for v in stack] + list(self.homes.values())
            return next((v for v in views if v.id == view_id), None)

    def view_by_external_id(self, external_id: str) -> View | None:
        with self.lock:
            views = [v for stack in self.stacks.values() for v in stack] + list(self.homes.values())
            return next((v for v in views if v.payload.get("external_id") == external_id), None)

    def new_hash(self) -> str:
        return f"{int(self.clock.now())}.{secrets.token_urlsafe(6)}"

    # Channels

    def talk(self, members: set[str]) -> Channel:
        """The group conversation of these people, made when there is none."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind == "mpim" and channel.members == members:
                    return channel
            name = "mpdm-" + "--".join(sorted(self.users[user].name for user in members)) + "-1"
            channel = Channel(f"C0TALK{secrets.token_hex(3).upper()}", name, "mpim", set(members))
            self.channels[channel.id] = channel
            self.touch()
            return channel

    def dm(self, user: str, other: str = BOT_USER) -> Channel:
        """The direct conversation of two people, made when there is none."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind == "im" and channel.members == {user, other}:
                    return channel
            channel = Channel(
                f"D0{user.removeprefix('U0')}{other.removeprefix('U0')}"[:20], "", "im", {user, other}
            )
            self.channels[channel.id] = channel
            self.touch()
            return channel

"""What one person sees of the workspace, as small keyed pieces of HTML that can be redrawn one by one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from slack_app.playground.app_manifest import DEFAULT, AppManifest
from slack_app.playground.drawing import Drawing, dom_id, environment, zone_or_utc
from slack_app.playground.mrkdwn import Reader, mrkdwn, with_emoji
from slack_app.playground.people import Channel, User
from slack_app.playground.workspace import BOT_USER, Happening, Message, View, Workspace

CHIPS = (
    ("Ask a poll", '/poll "Where shall we meet?" "Café de la Paix" "The library" "Online"'),
    ("Yes or no?", "/poll Shall we start at nine?"),
    ("Use the form", "/poll"),
    (
        "En français",
        "/poll lang fr « Où se retrouve-t-on ? » « Café de la Paix » « La bibliothèque » « En ligne »",
    ),
)
HAPPENINGS_SHOWN = 60
HOME = "home"
TONES = 6


class PlaygroundToDraw(Protocol):
    """The little of a playground that the page needs; `chips` and `manifest` are looked for as well."""

    @property
    def workspace(self) -> Workspace: ...


@dataclass(frozen=True, slots=True)
class Look:
    """What the page's address asks for."""

    person: str = ""
    channel: str = ""
    thread: str = ""
    known: int = 0
    """The number of the newest happening the page has."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the page: where it stands, what makes it the same piece next time, and its HTML."""

    slot: str
    key: str
    html: str


class Sight:
    """One person's view of the workspace at one moment."""

    def __init__(self, playground: PlaygroundToDraw, look: Look) -> None:
        self.playground = playground
        self.workspace = playground.workspace
        people = self.workspace.users
        self.me: User = people.get(look.person) or next(u for u in people.values() if _may_act(u))
        self.thread = look.thread
        self.known = look.known
        self.asked = look.channel

    @cached_property
    def manifest(self) -> AppManifest:
        given = getattr(self.playground, "manifest", DEFAULT)
        manifest = given if isinstance(given, AppManifest) else AppManifest.read(given)
        if self.workspace.app_installed:
            return manifest
        return replace(manifest, commands={}, shortcuts=())

    @cached_property
    def chips(self) -> Sequence[tuple[str, str]]:
        if not self.workspace.app_installed:
            return ()
        return getattr(self.playground, "chips", None) or CHIPS

    @cached_property
    def reader(self) -> Reader:
        people = {u.id: u.real_name for u in self.workspace.users.values() if not u.deleted}
        channels = {c.id: c.name for c in self.channels if c.kind != "im"}
        return Reader(
            self.me.id, people, channels, zone_or_utc(self.me.tz), self.me.locale, self.workspace.clock.now()
        )

    # Who and where

    @property
    def actors(self) -> list[User]:
        return [u for u in self.workspace.users.values() if _may_act(u)]

    @property
    def to_write_to(self) -> list[User]:
        """Whom a direct or group message can be begun with: people, and the app."""
        everyone = self.workspace.users.values()
        return [u for u in everyone if u.id != self.me.id and (_may_act(u) or u.id == BOT_USER)]

    @cached_property
    def channels(self) -> list[Channel]:
        seen = (c for c in self.workspace.channels.values() if c.kind == "public" or self.me.id in c.members)
        return sorted(seen, key=lambda c: (c.archived, c.kind == "private", c.name))

    @property
    def rooms(self) -> list[Channel]:
        return [c for c in self.channels if c.kind in ("public", "private")]

    @property
    def talks(self) -> list[Channel]:
        return [c for c in self.channels if c.kind in ("im", "mpim")]

    @property
    def talks_with_app(self) -> bool:
        return any(BOT_USER in c.members for c in self.talks)

    @cached_property
    def channel(self) -> Channel | None:
        """The conversation looked at; None for App Home."""
        if self.asked == HOME:
            return None
        by_id = {c.id: c for c in self.channels}
        return by_id.get(self.asked) or by_id.get("C0GENERAL") or next(iter(self.channels), None)

    @property
    def place(self) -> str:
        return self.channel.id if self.channel else HOME

    def name_of(self, channel: Channel) -> str:
        if channel.kind not in ("im", "mpim"):
            return channel.name
        others = [
            self.workspace.users[u].real_name
            for u in sorted(channel.members - {self.me.id})
            if u in self.workspace.users
        ]
        return ", ".join(others) or self.me.real_name

    @property
    def title(self) -> str:
        return self.name_of(self.channel) if self.channel else f"{self.manifest.name} Home"

    @property
    def closed_because(self) -> str:
        """Why nothing can be written here, in words; empty when it can."""
        channel = self.channel
        if channel is None:
            return ""
        if channel.kind == "im" and self.app_is_here and self.manifest.is_read_only:
            return "Sending messages to this app has been turned off."
        if channel.archived:
            return "This channel is archived: it can be read, not written in."
        if self.me.id not in channel.members:
            return "You are looking at a channel you haven’t joined."
        if channel.read_only and not self.me.is_admin:
            return "Only admins can post in this channel."
        return ""

    @property
    def may_join(self) -> bool:
        channel = self.channel
        return bool(
            channel
            and not channel.archived
            and channel.kind == "public"
            and self.me.id not in channel.members
        )

    @property
    def app_is_here(self) -> bool:
        return bool(self.channel and BOT_USER in self.channel.members)

    @property
    def commands(self) -> str:
        known = [
            {"command": name, "says": c.get("description", ""), "usage": c.get("usage_hint", "")}
            for name, c in self.manifest.commands.items()
        ]
        return json.dumps(known, ensure_ascii=False)

    def shortcuts(self, kind: str) -> list[Mapping[str, Any]]:
        return [s for s in self.manifest.shortcuts if s.get("type") == kind]

    # The pieces

    def state(self) -> dict[str, Any]:
        with self.workspace.lock:
            return {
                "version": self.workspace.version,
                "title": f"{self.title} · {self.workspace.team_name}",
                "place": self.place,
                "nodes": [{"slot": n.slot, "key": n.key, "html": n.html} for n in self.nodes()],
            }

    def nodes(self) -> Iterator[Node]:
        yield Node("sidebar", "sidebar", self.render("sidebar.html"))
        yield Node("title", self.place, self.render("title.html"))
        if self.channel:
            yield from self._messages("messages", [m for m in self._seen() if m.thread_ts in (None, m.ts)])
            yield Node("composer", self.place, self.render("composer.html", thread=None))
            yield from self._thread()
        else:
            yield from self._home()
        yield from self._dialog()
        yield from self._happenings()

    def _happenings(self) -> Iterator[Node]:
        """The newest first; those the page has already are only named, since they never change."""
        for happening in reversed(list(self.workspace.happenings)[-HAPPENINGS_SHOWN:]):
            key = f"{happening.number}-{happening.at}"
            html = "" if happening.number <= self.known else self._happening(happening)
            yield Node("happenings", key, html)

    def _happening(self, happening: Happening) -> str:
        detail = happening.detail
        said = json.dumps(detail, ensure_ascii=False, indent=1, default=str) if detail else ""
        return self.render("happening.html", h=happening, detail=said)

    def render(self, template: str, **more: Any) -> str:
        return environment.get_template(template).render(s=self, emoji=with_emoji, **more)

    def _seen(self) -> list[Message]:
        return self.workspace.seen_by(self.me.id, self.channel.id) if self.channel else []

    def _messages(self, slot: str, messages: Sequence[Message], in_thread: bool = False) -> Iterator[Node]:
        replies = {m.ts: 0 for m in messages}
        for message in self._seen():
            if message.thread_ts in replies and message.thread_ts != message.ts:
                replies[message.thread_ts] += 1
        for message in messages:
            yield from self._message(slot, message, replies[message.ts], in_thread)

    def _message(self, slot: str, message: Message, replies: int, in_thread: bool) -> Iterator[Node]:
        inside = f"{slot}:{message.ts}"
        author = self.workspace.users.get(message.user)
        html = self.render(
            "message.html", m=message, author=author, inside=inside, replies=replies, in_thread=in_thread
        )
        yield Node(slot, message.ts, html)
        drawing = Drawing(
            self.reader,
            f"message:{message.channel}:{message.ts}",
            self.workspace.message_state(message.channel, message.ts).get(self.me.id, {}),
            prefix="thread" if in_thread else "",
        )
        if not message.blocks:
            yield Node(inside, "text", f'<div class="text">{mrkdwn(message.text, self.reader)}</div>')
        yield from _blocks(inside, drawing, message.blocks)
        for number, attachment in enumerate(message.attachments):
            yield Node(
                inside, f"attachment-{number}", self.render("attachment.html", a=attachment, d=drawing)
            )
        for file in message.files:
            yield Node(inside, f"file-{file['id']}", self.render("file.html", f=file))

    def _thread(self) -> Iterator[Node]:
        root = self.workspace.message(self.place, self.thread) if self.thread else None
        if not root or root not in self._seen():
            return
        yield Node("thread", root.ts, self.render("thread.html", root=root))
        replies = [m for m in self._seen() if m.thread_ts == root.ts and m.ts != root.ts]
        yield from self._messages(f"thread:{root.ts}", [root, *replies], in_thread=True)
        yield Node("thread-composer", root.ts, self.render("composer.html", thread=root.ts))

    def _home(self) -> Iterator[Node]:
        view = self.workspace.homes.get(self.me.id)
        if view is None:
            yield Node(
                "messages",
                "home-empty",
                '<p class="empty">Nothing here yet: the app draws its Home when it is opened.</p>',
            )
            return
        yield from self._view_blocks("messages", view)

    def _dialog(self) -> Iterator[Node]:
        stack = self.workspace.stacks.get(self.me.id) or []
        if not stack:
            return
        view = stack[-1]
        yield Node("dialog", view.id, self.render("view.html", v=view, p=view.payload, depth=len(stack)))
        if view.trouble:
            yield Node(f"trouble:{view.id}", "trouble", self.render("trouble.html", v=view))
        yield from self._view_blocks(f"view:{view.id}", view)

    def _view_blocks(self, slot: str, view: View) -> Iterator[Node]:
        return _blocks(slot, Drawing(self.reader, f"view:{view.id}", view.state, view.errors), view.blocks)

    # Small things the templates ask

    def tone(self, user: str) -> int:
        return sum(map(ord, user)) % TONES

    def initials(self, name: str) -> str:
        return "".join(part[0] for part in name.split()[:2]).upper()

    def at(self, ts: str) -> str:
        return self.reader.clock(float(ts))

    def day(self, ts: str) -> str:
        return self.reader.day(float(ts))

    def words(self, text: object) -> str:
        return Drawing(self.reader).words(text)

    def dom(self, *parts: str) -> str:
        return dom_id(*parts)


def _may_act(user: User) -> bool:
    return not user.is_bot and not user.deleted and user.id != "USLACKBOT"


def _blocks(slot: str, drawing: Drawing, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Node]:
    for number, block in enumerate(blocks):
        key = f"{block.get('type')}-{block.get('block_id', number)}"
        yield Node(slot, key, f'<div class="block">{drawing.block(block)}</div>')

"""Blocks and elements as HTML: the page's pictures of what an app sent, each ready to be answered."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import ChainableUndefined, Environment, PackageLoader, Template
from markupsafe import Markup

from slack_app.playground import charts
from slack_app.playground.mrkdwn import Reader, markdown, mrkdwn, with_emoji
from slack_app.playground.rich_text import rich_text, words

Json = Mapping[str, Any]

environment = Environment(
    loader=PackageLoader("slack_app.playground"),
    autoescape=True,
    auto_reload=False,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters["number"] = charts.number
# Plain text, so that the template escapes it for the attribute it goes into.
environment.filters["json"] = json.dumps

BLOCKS = [
    "section",
    "header",
    "context",
    "actions",
    "input",
    "image",
    "divider",
    "rich_text",
    "markdown",
    "table",
    "data_table",
    "data_visualization",
    "context_actions",
    "container",
    "card",
    "carousel",
    "alert",
    "plan",
    "task_card",
    "video",
    "file",
]
PICKERS = ("users", "conversations", "channels")
MENUS = [f"{multi}{kind}_select" for multi in ("", "multi_") for kind in ("static", "external", *PICKERS)]
FIELDS = [
    "plain_text_input",
    "rich_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
]
ELEMENTS = [
    *MENUS,
    *FIELDS,
    "button",
    "workflow_button",
    "overflow",
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "feedback_buttons",
    "icon_button",
    "image",
]
INITIALS = [
    "initial_value",
    "initial_option",
    "initial_options",
    "initial_date",
    "initial_time",
    "initial_date_time",
    "initial_user",
    "initial_users",
    "initial_conversation",
    "initial_conversations",
    "initial_channel",
    "initial_channels",
]
ICONS = {"trash": "🗑️", "copy": "📋", "edit": "✏️", "refresh": "🔄"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: what a gesture must name, the DOM id, and what labels it."""

    surface: str
    block_id: str
    action_id: str
    label: str = ""
    labelled_by: str = ""
    described_by: str = ""
    required: bool = False
    prefix: str = ""

    @property
    def id(self) -> str:
        return dom_id(self.prefix + self.surface, self.block_id, self.action_id)


def dom_id(*parts: str) -> str:
    """An id for the page: letters, digits and the code of anything else, so no two are alike."""
    return "-".join(re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}_", part) for part in parts)


@dataclass
class Drawing:
    """Draws one surface (a message or a view) for one reader."""

    reader: Reader
    surface: str = ""
    state: Json = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""

    @cached_property
    def _blocks(self) -> Any:
        return _macros("blocks.html")

    @cached_property
    def _elements(self) -> Any:
        return _macros("elements.html")

    def block(self, block: Json) -> Markup:
        kind = str(block.get("type"))
        macro = f"block_{kind}" if kind in BLOCKS else "placeholder"
        drawn: Markup = getattr(self._blocks, macro)(self, block)
        return drawn

    def element(self, element: Json, block_id: str = "", **about: Any) -> Markup:
        """Draw one element of a block; `about` may hold label, labelled_by, described_by, required."""
        kind = str(element.get("type"))
        place = Place(self.surface, block_id, str(element.get("action_id", "")), prefix=self.prefix, **about)
        if kind not in ELEMENTS:
            drawn: Markup = self._blocks.placeholder(self, element)
        elif kind in MENUS:
            drawn = self._elements.menu(self, element, place, kind.startswith("multi_"))
        else:
            drawn = getattr(self._elements, f"element_{kind}")(self, element, place)
        return drawn

    def text(self, text: object) -> Markup:
        """A text object; plain strings are taken as plain text."""
        if isinstance(text, Mapping):
            kind, words_ = text.get("type"), str(text.get("text", ""))
            if kind == "rich_text":
                return rich_text(text, self.reader)
            return mrkdwn(words_, self.reader) if kind == "mrkdwn" else with_emoji(words_)
        return with_emoji(str(text or ""))

    def rich(self, block: Json) -> Markup:
        return rich_text(block, self.reader)

    def markdown(self, block: Json) -> Markup:
        return markdown(str(block.get("text", "")))

    def words(self, text: object) -> str:
        """A text object's bare words, for attributes and <option>s."""
        said = text.get("text", "") if isinstance(text, Mapping) else text
        is_escaped = isinstance(text, Mapping) and text.get("type") == "mrkdwn"
        return with_emoji(unescape(str(said or "")) if is_escaped else str(said or "")).striptags()

    def cell(self, cell: Json) -> Markup:
        if cell.get("type") == "rich_text":
            return self.rich(cell)
        return with_emoji(str(cell.get("text", cell.get("value", ""))))

    def chart(self, block: Json) -> charts.Chart | None:
        return charts.chart(block)

    def picture(self, url: object) -> str | None:
        """The address of an image this page may load; anything from outside is drawn as a placeholder."""
        address = str(url or "")
        return address if re.match(r"^/(?!/)", address) else None

    def confirm(self, element: Json) -> str | None:
        confirm = element.get("confirm")
        if not isinstance(confirm, Mapping):
            return None
        parts = ("title", "text", "confirm", "deny")
        said = {part: self.words(confirm[part]) for part in parts if part in confirm}
        return json.dumps(said | {"style": confirm.get("style", "primary")})

    def icon(self, name: object) -> Markup:
        return with_emoji(ICONS.get(str(name), "•"))

    def chosen(self, element: Json, place: Place) -> Any:
        """What the reader has chosen so far: a string, a list of them, or None."""
        values = self.state.get(place.block_id) or {}
        if place.action_id in values:
            return _choice_of_value(values[place.action_id])
        initial = next((element[name] for name in INITIALS if name in element), None)
        return _bare(initial)

    def options(self, element: Json) -> list[tuple[str, list[Json]]]:
        """(group label, options) of a menu; users and channels are written as options too."""
        kind = str(element.get("type")).removeprefix("multi_").removesuffix("_select")
        if kind in PICKERS:
            return self._picked(kind)
        groups = element.get("option_groups") or ()
        grouped = [(self.words(g.get("label")), list(g.get("options", ()))) for g in groups]
        return grouped or [("", list(element.get("options") or ()))]

    def _picked(self, kind: str) -> list[tuple[str, list[Json]]]:
        people: list[Json] = [{"value": id_, "text": name} for id_, name in self.reader.people.items()]
        channels: list[Json] = [
            {"value": id_, "text": f"#{name}"} for id_, name in self.reader.channels.items()
        ]
        if kind == "users":
            return [("", people)]
        return [("", channels)] if kind == "channels" else [("Channels", channels), ("People", people)]

    def found(self, element: Json, place: Place) -> list[Json]:
        """The options already chosen of an external menu, which has no list of its own."""
        value = (self.state.get(place.block_id) or {}).get(place.action_id) or {}
        one = value.get("selected_option") or element.get("initial_option")
        many = value.get("selected_options") or element.get("initial_options") or []
        return [*([one] if one else []), *many]

    def local(self, seconds: object) -> str:
        """Epoch seconds as <input type=datetime-local> wants them, in the reader's zone."""
        return self.reader.at(float(str(seconds))).strftime("%Y-%m-%dT%H:%M") if seconds else ""

    def ids(self, *parts: str) -> str:
        return dom_id(self.prefix + self.surface, *parts)


def _macros(name: str) -> Any:
    template: Template = environment.get_template(name)
    return template.module


def _choice_of_value(value: Json | None) -> Any:
    if not value:
        return None
    if "rich_text_value" in value:
        return words(value["rich_text_value"])
    if "files" in value:
        return [
            str(f.get("name", f.get("id", "")) if isinstance(f, Mapping) else f) for f in value["files"] or ()
        ]
    return _bare(next((chosen for key, chosen in value.items() if key != "type"), None))


def _bare(chosen: Any) -> Any:
    if isinstance(chosen, Mapping):
        return words(chosen) if chosen.get("type") == "rich_text" else chosen.get("value")
    if isinstance(chosen, Sequence) and not isinstance(chosen, str):
        return [_bare(one) for one in chosen]
    return chosen


def zone_or_utc(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
    return name

"""Short ways to write what an app sends, for the tests of the checks."""

from dataclasses import dataclass
from typing import Any

from slack_app.playground.check import check_message, check_view

Json = dict[str, Any]
AT = "[json-pointer:/blocks/0"
TEXT_INPUT = {"type": "plain_text_input"}
DIVIDER = {"type": "divider"}
LETTER = {"type": "text", "text": "a"}


@dataclass(frozen=True, slots=True)
class Sent:
    """One payload and the way it goes to Slack."""

    way: str
    payload: Json

    def check(self) -> None:
        if self.way in {"modal", "home"}:
            check_view(self.payload, home=self.way == "home")
        else:
            check_message(self.payload, updating=self.way == "update")


def message(*blocks: Json, **arguments: Any) -> Sent:
    return Sent("message", {"channel": "C0GENERAL", "text": "Lunch?", "blocks": list(blocks), **arguments})


def update(**arguments: Any) -> Sent:
    return Sent("update", {"channel": "C0GENERAL", "ts": "1.2", **arguments})


def modal(*blocks: Json, **fields: Any) -> Sent:
    view = {"type": "modal", "title": plain("Ask"), "submit": plain("Ask"), "blocks": list(blocks)}
    return Sent("modal", {**view, **fields})


def home(*blocks: Json, **fields: Any) -> Sent:
    return Sent("home", {"type": "home", "blocks": list(blocks), **fields})


def plain(text: str | int) -> Json:
    return {"type": "plain_text", "text": text if isinstance(text, str) else "x" * text}


def mrkdwn(text: str | int) -> Json:
    return {"type": "mrkdwn", "text": text if isinstance(text, str) else "x" * text}


def section(text: str | int = "Lunch?", **fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asked(element: Json, **fields: Any) -> Json:
    return {"type": "input", "label": plain("Question"), "element": element, **fields}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Vote"), **fields}


def option(value: str = "a", **fields: Any) -> Json:
    return {"text": plain("Soup"), "value": value, **fields}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def select(**fields: Any) -> Json:
    return {"type": "static_select", "options": options(2), **fields}


def multi(**fields: Any) -> Json:
    return {"type": "multi_static_select", "options": options(3), **fields}


def boxes(**fields: Any) -> Json:
    return {"type": "checkboxes", "options": options(2), **fields}


def confirm(**fields: Any) -> Json:
    texts = {"title": "Close?", "text": "No votes after.", "confirm": "Close", "deny": "Keep"}
    return {**{name: plain(text) for name, text in texts.items()}, **fields}


def image(**fields: Any) -> Json:
    return {"type": "image", "alt_text": "Soup", "image_url": "https://example.org/a.png", **fields}


def url(length: int) -> str:
    return "https://".ljust(length, "x")


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def words(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts)}


def raw(text: str | int = "a") -> Json:
    return {"type": "raw_text", "text": text if isinstance(text, str) else "x" * text}


def table(rows: int = 1, columns: int = 1, cell: Json | None = None, **fields: Any) -> Json:
    return {"type": "table", "rows": [[cell or raw()] * columns for _ in range(rows)], **fields}


def data_table(rows: int = 2, columns: int = 1, **fields: Any) -> Json:
    return {**table(rows, columns), "type": "data_table", "caption": "Votes", **fields}


def chart(kind: str = "pie", **fields: Any) -> Json:
    return {"type": "data_visualization", "title": "Votes", "chart": {"type": kind, **fields}}


def pie(count: int = 2, label: str = "Soup", value: float = 1) -> Json:
    return chart(segments=[{"label": label, "value": value}] * count)


def bars(series: int = 1, points: int = 2, **axis: Any) -> Json:
    labels = [f"p{point}" for point in range(points)]
    data = [{"label": label, "value": 3} for label in labels]
    named = [{"name": f"s{number}", "data": data} for number in range(series)]
    return chart("bar", series=named, axis_config={"categories": labels, **axis})


def card(**fields: Any) -> Json:
    return {"type": "card", "title": mrkdwn("Soup"), **fields}


def container(*blocks: Json, **fields: Any) -> Json:
    return {"type": "container", "title": plain("Menu"), "child_blocks": list(blocks), **fields}


def task(**fields: Any) -> Json:
    return {"type": "task_card", "task_id": "t1", "title": "Count", "status": "complete", **fields}


def video(**fields: Any) -> Json:
    urls = {"video_url": "https://example.org/v", "thumbnail_url": "https://example.org/t"}
    return {"type": "video", "title": plain("Soup"), "alt_text": "Soup boiling", **urls, **fields}


def alert(**fields: Any) -> Json:
    return {"type": "alert", "text": plain("Closed"), **fields}


def without(block: Json, name: str) -> Json:
    return {key: value for key, value in block.items() if key != name}


def header(text: str | int = "Lunch") -> Json:
    return {"type": "header", "text": plain(text)}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def many_lines(count: int) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [words(LETTER)] * count}


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "x" * length}


def tapped(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def icon(**fields: object) -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **fields}


def feedback(**fields: object) -> Json:
    good = {"text": plain("Good"), "value": "good", **fields}
    return {"type": "feedback_buttons", "positive_button": good, "negative_button": good}


def carousel(count: int) -> Json:
    return {"type": "carousel", "elements": [card() for _ in range(count)]}


def plan(count: int) -> Json:
    return {"type": "plan", "title": "Counting", "tasks": [task(task_id=str(n)) for n in range(count)]}


def shown(element: Json) -> Sent:
    return message(actions(element))

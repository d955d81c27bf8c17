"""Slack's rich_text blocks as safe HTML."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import emoji
from markupsafe import Markup, escape

from slack_app.playground.mrkdwn import Reader, date, link, mention, with_emoji

STYLE_TAGS = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"), ("underline", "u"))


def rich_text(block: Mapping[str, Any], reader: Reader) -> Markup:
    return Markup("").join(_part(part, reader) for part in block.get("elements", ()))


def _part(part: Mapping[str, Any], reader: Reader) -> Markup:
    inside = part.get("elements", ())
    match part.get("type"):
        case "rich_text_list":
            return _list(part, reader)
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_spans(inside, reader))
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(_spans(inside, reader))
        case "rich_text_section":
            return Markup("<p>{}</p>").format(_spans(inside, reader))
        case other:
            return Markup('<p class="placeholder">“{}” can’t be drawn here.</p>').format(other)


def _list(part: Mapping[str, Any], reader: Reader) -> Markup:
    tag = "ol" if part.get("style") == "ordered" else "ul"
    items = Markup("").join(
        Markup("<li>{}</li>").format(_spans(item.get("elements", ()), reader))
        for item in part.get("elements", ())
    )
    start = int(part.get("offset", 0)) + 1
    first = Markup(' start="{}"').format(start) if tag == "ol" and start > 1 else ""
    opening = Markup('<{} class="indent-{}"{}>').format(tag, int(part.get("indent", 0)), first)
    return opening + items + Markup("</{}>").format(tag)


def _spans(elements: Sequence[Mapping[str, Any]], reader: Reader) -> Markup:
    return Markup("").join(_span(element, reader) for element in elements)


def _span(element: Mapping[str, Any], reader: Reader) -> Markup:
    draw = SPANS.get(str(element.get("type")))
    if not draw:
        return Markup('<span class="placeholder">“{}” can’t be drawn here.</span>').format(
            element.get("type")
        )
    html = Markup(draw(element, reader))  # noqa: S704 - each drawer escapes what it was given
    style = element.get("style") or {}
    for name, tag in STYLE_TAGS:
        if isinstance(style, dict) and style.get(name):
            html = Markup(f"<{tag}>") + html + Markup(f"</{tag}>")  # noqa: S704 - tags of the table above
    return html


def _date(element: Mapping[str, Any], reader: Reader) -> str:
    target = f"date^{element.get('timestamp')}^{element.get('format')}"
    return date(target, str(element.get("fallback", "")), reader)


def _emoji(element: Mapping[str, Any], _reader: Reader) -> str:
    name = f":{element.get('name')}:"
    return str(with_emoji(emoji.emojize(name, language="alias")))


SPANS: Mapping[str, Callable[[Mapping[str, Any], Reader], str]] = {
    "text": lambda e, _r: str(escape(e.get("text", ""))).replace("\n", "<br>"),
    "link": lambda e, _r: link(str(e.get("url", "")), str(e.get("text") or "")),
    "emoji": _emoji,
    "user": lambda e, r: mention(
        "@" + r.people.get(e.get("user_id", ""), e.get("user_id", "")), e.get("user_id") == r.id
    ),
    "channel": lambda e, r: mention("#" + r.channels.get(e.get("channel_id", ""), e.get("channel_id", ""))),
    "usergroup": lambda e, _r: mention("@" + str(e.get("usergroup_id", ""))),
    "broadcast": lambda e, _r: mention("@" + str(e.get("range", "")), True),
    "color": lambda e, _r: f"<code>{escape(e.get('value', ''))}</code>",
    "date": _date,
}


def words(block: Mapping[str, Any] | None) -> str:
    """The bare text of a rich_text value, as a text field shows it."""
    parts = (block or {}).get("elements", ())
    return "\n".join("".join(str(e.get("text", "")) for e in part.get("elements", ())) for part in parts)

"""The rich_text block with all that can be inside it."""

from slack_app.playground.check_shapes import (
    Rule,
    array,
    boolean,
    by_type,
    integer,
    one_of,
    record,
    string,
    typed,
)
from slack_app.playground.check_text import URL

_style = record(
    {},
    {
        "bold": boolean,
        "italic": boolean,
        "strike": boolean,
        "code": boolean,
        "underline": boolean,
        "highlight": boolean,
        "client_highlight": boolean,
        "unlink": boolean,
    },
)
_some = string(least=1)
_id = string(255, 1)


def _part(name: str, required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return typed(name, required, {"style": _style, **(optional or {})})


_text = _part("text", {"text": _some})
_link = _part("link", {"url": string(URL, 1)}, {"text": string(), "unsafe": boolean})
_parts = by_type(
    {
        "text": _text,
        "link": _link,
        "user": _part("user", {"user_id": _id}),
        "usergroup": _part("usergroup", {"usergroup_id": _id}),
        "team": _part("team", {"team_id": _id}),
        "channel": _part("channel", {"channel_id": _id}),
        "emoji": _part("emoji", {"name": _id}, {"unicode": _some, "skin_tone": integer(1, 6)}),
        "date": _part(
            "date",
            {"timestamp": integer(0), "format": _some},
            {"url": string(URL, 1), "fallback": _some},
        ),
        "broadcast": _part("broadcast", {"range": one_of("here", "channel", "everyone")}),
        "color": _part("color", {"value": string(7, 7, r"#[0-9a-fA-F]{6}")}),
    }
)
_literal_parts = by_type({"text": _text, "link": _link})
_border = one_of(0, 1)

_section = typed("rich_text_section", {"elements": array(_parts)}, {})
_list = typed(
    "rich_text_list",
    {"elements": array(by_type({"rich_text_section": _section})), "style": one_of("bullet", "ordered")},
    {"indent": integer(0, 8), "offset": integer(0), "border": _border},
)
_quote = typed("rich_text_quote", {"elements": array(_parts)}, {"border": _border})
_preformatted = typed("rich_text_preformatted", {"elements": array(_literal_parts)}, {"border": _border})

_sections = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}


def rich_text(block_id: Rule) -> Rule:
    """A rich_text block; `block_id` is the rule its block_id is held to."""
    return typed("rich_text", {"elements": array(by_type(_sections), least=1)}, {"block_id": block_id})


# Inside a cell, a card or an input it is a value and not a block of its own, so its id is nobody's.
rich_text_value = rich_text(string(255, 1))

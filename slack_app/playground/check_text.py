"""Text objects, confirmation dialogs and options as Slack takes them, and markup that pings people."""

import re
from collections.abc import Mapping

from slack_app.playground.check_shapes import (
    Findings,
    Rule,
    array,
    boolean,
    both,
    by_type,
    is_list,
    is_object,
    length,
    one_of,
    record,
    string,
    typed,
)

MOST_TEXT = 3000
URL = 3000
HTTP_URL = r"https?://\S+"
HTTPS_URL = r"https://\S+"

# The keys under which a block holds something people read.
_READ = frozenset(
    [
        *("text", "alt_text", "title", "caption", "label", "name", "fallback"),
        *("x_label", "y_label", "author_name", "provider_name"),
    ]
)
_BROADCAST = re.compile(r"<!(?:channel|here|everyone|group)(?:\|[^>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>")


def plain(most: int = MOST_TEXT, least: int = 1) -> Rule:
    """A plain_text object and nothing else."""
    return by_type({"plain_text": _plain(most, least)})


def plain_or_mrkdwn(most: int = MOST_TEXT) -> Rule:
    return by_type(text_kinds(most))


def text_kinds(most: int = MOST_TEXT) -> dict[str, Rule]:
    return {"plain_text": _plain(most, 1), "mrkdwn": _mrkdwn(most)}


def _plain(most: int, least: int) -> Rule:
    return typed("plain_text", {"text": both(string(most, least), _not_blank)}, {"emoji": boolean})


def _mrkdwn(most: int) -> Rule:
    return typed("mrkdwn", {"text": both(string(most, 1), _not_blank)}, {"verbatim": boolean})


def _not_blank(value: object, at: str, findings: Findings) -> None:
    # Slack writes nowhere whether spaces alone are a text; whoever says something is right either way.
    if isinstance(value, str) and value and not value.strip():
        findings.refuse("must be more than 0 characters", at)


# Slack's page asks for plain_text everywhere here; that its server still takes mrkdwn in `text` is a rest of
# older pages, as a remark in @slack/types says.
confirm = record(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

_option_value = string(150, 1)
menu_option = record({"text": plain(75), "value": _option_value}, {"description": plain(75)})
overflow_option = record(
    {"text": plain(75), "value": _option_value},
    {"description": plain(75), "url": string(URL, 1, HTTP_URL)},
)
box_option = record(
    {"text": plain_or_mrkdwn(75), "value": _option_value}, {"description": plain_or_mrkdwn(75)}
)
option_group = record({"label": plain(75), "options": array(menu_option, 100, 1)}, {})


def characters(value: object) -> int:
    """Return how many characters people could read in these blocks; what msg_blocks_too_long goes by."""
    if is_object(value):
        return sum(_read(name, inner) for name, inner in value.items())
    return sum(characters(inner) for inner in value) if is_list(value) else 0


def _read(name: str, value: object) -> int:
    if name in _READ and isinstance(value, str):
        return length(value)
    if name == "categories" and is_list(value):
        return sum(length(label) for label in value if isinstance(label, str))
    return characters(value)


def stray_markup(text: str) -> list[str]:
    """List what in a text would notify a whole channel or group, as `<!channel>` does.

    Slack does not refuse it. It is there on purpose or, more often, because what somebody typed was
    not escaped, so whoever reads along should see it.
    """
    return _BROADCAST.findall(text)


def stray_markup_in(value: object) -> list[str]:
    """List the same for a whole payload: `text` and every mrkdwn text in its blocks."""
    if isinstance(value, Mapping):
        own = value.get("text")
        shown_raw = value.get("type") in ("plain_text", "text", "raw_text")
        found = stray_markup(own) if isinstance(own, str) and not shown_raw else []
        return found + [stray for inner in value.values() for stray in stray_markup_in(inner)]
    return [stray for inner in value for stray in stray_markup_in(inner)] if is_list(value) else []

"""How Slack hands back what the app sent: text escaped, and what nobody may read left out.

Source: SLACK.md section 4 (bolt-python issue 513).
"""

import re
from typing import Any

_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_CONTROL = re.compile(r"<(?:[@#!][^<>]+|(?:https?|mailto|tel):[^<>]+)>")
_NOT_SHOWN = frozenset({"token", "response_url", "response_urls", "upload_url", "client_secret", "url"})


def escaped(text: str) -> str:
    """What a person typed, as commands and events carry it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def once_escaped(text: str) -> str:
    """What the app sent: entities and control sequences stay, bare characters become entities."""
    text = _BARE_AMPERSAND.sub("&amp;", text)
    pieces, at = [], 0
    for control in _CONTROL.finditer(text):
        pieces += [_angles(text[at : control.start()]), control.group()]
        at = control.end()
    return "".join([*pieces, _angles(text[at:])])


def _angles(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def blocks_back(value: Any) -> Any:
    """Blocks as payloads carry them: plain_text and mrkdwn escaped, rich text and cells as they are."""
    if isinstance(value, list):
        return [blocks_back(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in ("plain_text", "mrkdwn") and isinstance(value.get("text"), str):
        return value | {"text": once_escaped(value["text"])}
    if value.get("type") == "rich_text":
        return value
    return {key: blocks_back(item) for key, item in value.items()}


def back(message: dict[str, Any]) -> dict[str, Any]:
    """A message (or the event about one) as Slack hands it back: text and blocks escaped."""
    made = message | {"text": once_escaped(message["text"])}
    return made | {"blocks": blocks_back(made["blocks"])} if "blocks" in made else made


def without_secrets(value: Any) -> Any:
    """The same with tokens and the addresses that hold them hidden, for the pane and for logs."""
    if isinstance(value, dict):
        return {
            key: "(hidden)" if key in _NOT_SHOWN and _is_secret(key, item) else without_secrets(item)
            for key, item in value.items()
        }
    return [without_secrets(item) for item in value] if isinstance(value, list | tuple) else value


def _is_secret(key: str, item: object) -> bool:
    return key != "url" or (isinstance(item, str) and item.startswith("ws"))

"""Refuse the messages and views Slack would refuse, with its error strings."""

import json
from collections.abc import Mapping

from slack_app.playground.check_blocks import MOST_MARKDOWN, blocks
from slack_app.playground.check_shapes import (
    Findings,
    Refusal,
    boolean,
    is_list,
    is_object,
    items,
    length,
    record,
    string,
    typed,
)
from slack_app.playground.check_text import characters, plain, stray_markup, stray_markup_in

__all__ = [
    "Refusal",
    "check_errors",
    "check_message",
    "check_view",
    "stray_markup",
    "stray_markup_in",
]

MOST_MESSAGE_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_VIEW_BYTES = 250_000
# Slack cuts a new message's text here and refuses an update's already from 4,000 on.
MOST_TEXT = 40_000
MOST_UPDATED_TEXT = 4_000
# Slack writes this number nowhere; refusals are reported from 11,300 on (bolt-js issues 2509, 2867).
MOST_BLOCK_CHARACTERS = 11_000
MOST_ATTACHMENTS = 100
# Not on any page found: what others assume.
MOST_METADATA_BYTES = 16_000

_message_blocks = blocks(MOST_MESSAGE_BLOCKS)
_view_blocks = blocks(MOST_VIEW_BLOCKS)


def _any_object(value: object, at: str, findings: Findings) -> None:
    if not is_object(value):
        findings.refuse("must provide an object", at)


_metadata = record({"event_type": string(255, 1), "event_payload": _any_object}, {})


def check_message(payload: Mapping[str, object], *, updating: bool = False) -> None:
    """Raise Refusal if Slack would not take these arguments of chat.postMessage and its like.

    payload: the arguments with their JSON parsed; also what is posted to a response_url.
    updating: the text replaces that of a message which is there already, so less of it is allowed.
    """
    if payload.get("delete_original") is True:
        return
    _refuse_nothing_said(payload)
    _refuse_long_text(payload, MOST_UPDATED_TEXT if updating else MOST_TEXT)
    _refuse_markdown_text(payload)
    findings = Findings("message")
    _refuse_blocks(payload.get("blocks"), findings)
    _refuse_attachments(payload.get("attachments"), findings)
    _refuse_metadata(payload.get("metadata"), updating)


def _refuse_nothing_said(payload: Mapping[str, object]) -> None:
    text = payload.get("text")
    if isinstance(text, str) and text.strip():
        return
    if not any(payload.get(name) for name in ("blocks", "attachments", "markdown_text")):
        raise Refusal("no_text")


def _refuse_long_text(payload: Mapping[str, object], most: int) -> None:
    text = payload.get("text")
    if text is None:
        return
    if not isinstance(text, str):
        raise Refusal("invalid_arguments", ["must provide a string [json-pointer:/text]"])
    if length(text) > most:
        raise Refusal("msg_too_long")


def _refuse_markdown_text(payload: Mapping[str, object]) -> None:
    markdown = payload.get("markdown_text")
    if markdown is None:
        return
    if not isinstance(markdown, str):
        raise Refusal("invalid_arguments", ["must provide a string [json-pointer:/markdown_text]"])
    if payload.get("text") or payload.get("blocks"):
        raise Refusal("markdown_text_conflict")
    if length(markdown) > MOST_MARKDOWN:
        raise Refusal("msg_too_long")


def _refuse_blocks(value: object, findings: Findings) -> None:
    if value is None:
        return
    if not is_list(value):
        raise Refusal("invalid_blocks_format", ["must provide an array [json-pointer:/blocks]"])
    _message_blocks(value, "/blocks", findings)
    if findings.messages:
        raise Refusal("invalid_blocks", findings.messages)
    if characters(value) > MOST_BLOCK_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def _refuse_attachments(value: object, findings: Findings) -> None:
    if value is None:
        return
    if not is_list(value) or len(items(value)) != len(value):
        raise Refusal("invalid_attachments", ["must provide an array of objects [json-pointer:/attachments]"])
    if len(value) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    for index, attachment in enumerate(items(value)):
        if "blocks" in attachment:
            _message_blocks(attachment["blocks"], f"/attachments/{index}/blocks", findings)
    if findings.messages:
        raise Refusal("invalid_attachments", findings.messages)


def _refuse_metadata(value: object, updating: bool) -> None:
    # An update takes a message's metadata away with {}.
    if value is None or (updating and value == {}):
        return
    findings = Findings("message")
    _metadata(value, "/metadata", findings)
    if findings.messages:
        raise Refusal("invalid_metadata_format", findings.messages)
    if _size(value) > MOST_METADATA_BYTES:
        raise Refusal("metadata_too_large")


def _size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))


_shared = {"private_metadata": string(3000), "callback_id": string(255), "external_id": string(255)}
_modal = typed(
    "modal",
    {"title": plain(24), "blocks": _view_blocks},
    {
        **_shared,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_home = typed("home", {"blocks": _view_blocks}, _shared)


def check_view(view: Mapping[str, object], *, home: bool = False) -> None:
    """Raise Refusal if Slack would not take this view for a modal, or with `home` for a Home tab."""
    if _size(view) > MOST_VIEW_BYTES:
        raise Refusal("view_too_large")
    findings = Findings("home" if home else "modal")
    rule = _home if home else _modal
    rule(view, "/view", findings)
    if is_object(view) and not home and "submit" not in view and _input_ids(view):
        findings.refuse("missing required field: submit", "/view")
    if findings.messages:
        raise Refusal("invalid_arguments", findings.messages)


def _input_ids(view: Mapping[str, object]) -> list[object]:
    return [block.get("block_id") for block in items(view.get("blocks")) if block.get("type") == "input"]


def check_errors(view: Mapping[str, object], errors: Mapping[str, str]) -> None:
    """Raise Refusal if an answer's errors belong to no input block of the view: nobody would see them."""
    findings = Findings("modal")
    known = _input_ids(view)
    if not errors:
        findings.refuse("no fewer than 1 items allowed", "/errors")
    for block_id, sentence in errors.items():
        if block_id not in known:
            findings.refuse("must be the block_id of an input block", f"/errors/{block_id}")
        string(least=1)(sentence, f"/errors/{block_id}", findings)
    if findings.messages:
        raise Refusal("invalid_arguments", findings.messages)

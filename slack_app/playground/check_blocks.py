"""Every block as Slack takes it, and where each may go."""

from collections.abc import Mapping

from slack_app.playground import check_data
from slack_app.playground.check_elements import (
    ALT_TEXT,
    IMAGE_FIELDS,
    accessory,
    image,
    in_actions,
    in_card,
    in_context_actions,
    in_input,
)
from slack_app.playground.check_rich_text import rich_text, rich_text_value
from slack_app.playground.check_shapes import (
    Fields,
    Findings,
    Rule,
    Surface,
    array,
    at_least_one,
    boolean,
    both,
    by_type,
    exactly_one,
    is_object,
    length,
    one_of,
    only_on,
    string,
    typed,
)
from slack_app.playground.check_text import HTTP_URL, HTTPS_URL, URL, plain, plain_or_mrkdwn, text_kinds

MOST_MARKDOWN = 12_000
_MESSAGE: frozenset[Surface] = frozenset(["message"])
_MODAL: frozenset[Surface] = frozenset(["modal"])
_NOT_MODAL: frozenset[Surface] = frozenset(["message", "home"])


def _block_id(value: object, at: str, findings: Findings) -> None:
    string(255, 1)(value, at, findings)
    if not isinstance(value, str):
        return
    if value in findings.block_ids:
        findings.refuse(f"`block_id` already exists: {value}", at)
    findings.block_ids.add(value)


_OWN: Fields = {"block_id": _block_id}


def _block(name: str, required: Fields, optional: Fields, *more: Rule) -> Rule:
    return typed(name, required, {**_OWN, **optional}, *more)


def _markdown_is_short(block: object, at: str, findings: Findings) -> None:
    text = block.get("text") if is_object(block) else None
    findings.characters["markdown"] += length(text) if isinstance(text, str) else 0
    if findings.characters["markdown"] > MOST_MARKDOWN:
        findings.refuse(f"must be less than {MOST_MARKDOWN + 1} characters", f"{at}/text")


def _collapsed_is_collapsible(block: object, at: str, findings: Findings) -> None:
    if not is_object(block):
        return
    if block.get("default_collapsed") is True and block.get("is_collapsible") is not True:
        findings.refuse("default_collapsed needs is_collapsible", f"{at}/default_collapsed")
    if block.get("has_header_divider") is True and block.get("is_collapsible") is True:
        findings.refuse("has_header_divider excludes is_collapsible", f"{at}/has_header_divider")


def _alone_is_not_pending(block: object, at: str, findings: Findings) -> None:
    if is_object(block) and block.get("status") == "pending":
        findings.refuse("a task outside a plan must not be pending", f"{at}/status")


def _within(kinds: Mapping[str, Rule]) -> Rule:
    """One block of these kinds: its action_ids are its own, and it is counted."""
    rule = by_type(kinds)

    def check(value: object, at: str, findings: Findings) -> None:
        outer, findings.action_ids = findings.action_ids, set()
        kind = value.get("type") if is_object(value) else None
        if isinstance(kind, str):
            findings.blocks_seen[kind] += 1
        rule(value, at, findings)
        findings.action_ids = outer

    return check


_simple: Mapping[str, Rule] = {
    "section": _block(
        "section",
        {},
        {
            "text": plain_or_mrkdwn(3000),
            "fields": array(plain_or_mrkdwn(2000), 10, 1),
            "accessory": accessory,
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "header": _block("header", {"text": plain(150)}, {}),
    "context": _block(
        "context", {"elements": array(by_type({**text_kinds(2000), "image": image}), 10, 1)}, {}
    ),
    "actions": _block("actions", {"elements": array(in_actions, 25, 1)}, {}),
    "image": _block(
        "image",
        {"alt_text": ALT_TEXT},
        {**IMAGE_FIELDS, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "divider": _block("divider", {}, {}),
    "video": _block(
        "video",
        {
            "alt_text": ALT_TEXT,
            "title": plain(199),
            "thumbnail_url": string(URL, 1, HTTPS_URL),
            "video_url": string(URL, 1, HTTPS_URL),
        },
        {
            "title_url": string(URL, 1, HTTPS_URL),
            "description": plain(200),
            "author_name": string(49, 1),
            "provider_name": string(50, 1),
            "provider_icon_url": string(URL, 1, HTTPS_URL),
        },
    ),
}

_input = _block(
    "input",
    {"label": plain(2000), "element": in_input},
    {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
)
_rich_text = rich_text(_block_id)
_table = only_on(_MESSAGE, check_data.table(_block_id))
_card = _block(
    "card",
    {},
    {
        "hero_image": image,
        "icon": image,
        "title": plain_or_mrkdwn(150),
        "subtitle": plain_or_mrkdwn(150),
        "body": plain_or_mrkdwn(200),
        "subtext": plain_or_mrkdwn(200),
        "actions": array(in_card, 3, 1),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)
_source = typed("url", {"url": string(URL, 1, HTTP_URL)}, {"text": string(least=1)})
_task = _block(
    "task_card",
    {
        "task_id": string(255, 1),
        "title": string(least=1),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": rich_text_value, "output": rich_text_value, "sources": array(_source)},
)


# The documents and the live server name different blocks a container may hold; these are in both lists.
_child = _within({**_simple, "table": _table})

_container = _block(
    "container",
    {"child_blocks": array(_child, 10, 1)},
    {
        "title": plain(150),
        "rich_text_title": rich_text_value,
        "subtitle": plain_or_mrkdwn(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": image,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    at_least_one("title", "rich_text_title"),
    _collapsed_is_collapsible,
)


# `file` is missing: Slack shows such blocks but takes none.
_kinds: Mapping[str, Rule] = {
    **_simple,
    "input": _input,
    "rich_text": _rich_text,
    "markdown": only_on(_MESSAGE, _block("markdown", {"text": string(least=1)}, {}, _markdown_is_short)),
    "table": _table,
    "data_table": only_on(_NOT_MODAL, check_data.data_table(_block_id)),
    "data_visualization": only_on(_NOT_MODAL, check_data.data_visualization(_block_id)),
    "context_actions": only_on(
        _MESSAGE, _block("context_actions", {"elements": array(in_context_actions, 5, 1)}, {})
    ),
    "container": only_on(_NOT_MODAL, _container),
    "card": _card,
    "carousel": only_on(
        _NOT_MODAL, _block("carousel", {"elements": array(_within({"card": _card}), 10, 1)}, {})
    ),
    # One source says modals and another shows it in a message; the documents' word is the safe one.
    "alert": only_on(
        _MODAL,
        _block(
            "alert",
            {"text": plain_or_mrkdwn(200)},
            {"level": one_of("default", "info", "warning", "error", "success")},
        ),
    ),
    "plan": only_on(
        _MESSAGE,
        _block("plan", {"title": string(least=1)}, {"tasks": array(_within({"task_card": _task}), 50)}),
    ),
    "task_card": only_on(_MESSAGE, both(_task, _alone_is_not_pending)),
}
_any_block = _within(_kinds)


def blocks(most: int) -> Rule:
    """A list of at most so many blocks, each right for the surface."""

    def check(value: object, at: str, findings: Findings) -> None:
        array(_any_block, most)(value, at, findings)
        if findings.blocks_seen["table"] > 1:
            findings.refuse("only_one_table_allowed", at)
        if findings.blocks_seen["data_visualization"] > 2:
            findings.refuse("no more than 2 data_visualization blocks allowed", at)

    return check

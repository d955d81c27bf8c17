"""Every limit of a message as a whole: a payload exactly at it passes, one just past it does not."""

import json

import pytest

from slack_app.playground.check import Refusal, check_message, stray_markup, stray_markup_in
from tests.playground.limits import Row, assert_refused, most, row
from tests.playground.payloads import (
    TEXT_INPUT,
    Json,
    Sent,
    actions,
    asked,
    bars,
    button,
    card,
    home,
    message,
    modal,
    pie,
    plain,
    rich,
    section,
    table,
    update,
    words,
)


def sections(count: int) -> list[Json]:
    return [section() for _ in range(count)]


def of_characters(count: int) -> list[Json]:
    """Sections of 2,000 characters each and a last one with the rest."""
    return [section(2000) for _ in range(count // 2000)] + [section(count % 2000)] * (count % 2000 > 0)


def attached(count: int) -> Sent:
    return message(attachments=[{"text": "More"}] * count)


def with_metadata(size: int) -> Sent:
    around = len('{"event_type":"voted","event_payload":{"poll":""}}')
    metadata = {"event_type": "voted", "event_payload": {"poll": "x" * (size - around)}}
    return message(metadata=metadata)


def of_bytes(size: int) -> Sent:
    """A modal of exactly so many bytes: long values of options, and the rest in the last of them."""
    values: list[Json] = [{"text": plain("o"), "value": "v" * 150} for _ in range(100)]
    blocks = [section("s" * 3000) for _ in range(75)] + [
        actions({"type": "static_select", "options": values})
    ]
    sent = modal(*blocks)
    missing = size - json_bytes(sent.payload)
    return modal(section("s" * (missing - json_bytes(section("")) - 1)), *blocks)


def json_bytes(value: Json) -> int:
    return len(json.dumps(value, separators=(",", ":")).encode())


SURFACES = [
    most(
        "blocks in a message",
        lambda n: message(*sections(n)),
        50,
        "no more than 50 items allowed [json-pointer:/blocks]",
    ),
    most(
        "blocks in a modal",
        lambda n: modal(*sections(n)),
        100,
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    most(
        "blocks in a Home tab",
        lambda n: home(*sections(n)),
        100,
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    most("bytes of a view", of_bytes, 250_000, "", "view_too_large"),
    most(
        "block text of a message together",
        lambda n: message(*of_characters(n)),
        11_000,
        "",
        "msg_blocks_too_long",
    ),
    most(
        "block text in rich text together",
        lambda n: message(rich(words({"type": "text", "text": "x" * n}))),
        11_000,
        "",
        "msg_blocks_too_long",
    ),
    most("text of a message", lambda n: message(text="x" * n), 40_000, "", "msg_too_long"),
    most("text of an update", lambda n: update(text="x" * n), 4_000, "", "msg_too_long"),
    most(
        "markdown_text",
        lambda n: Sent("message", {"markdown_text": "x" * n}),
        12_000,
        "",
        "msg_too_long",
    ),
    row(
        "markdown_text with text",
        Sent("message", {"markdown_text": "*a*"}),
        Sent("message", {"markdown_text": "*a*", "text": "a"}),
        "",
        "markdown_text_conflict",
    ),
    row(
        "markdown_text with blocks",
        Sent("message", {"markdown_text": "*a*"}),
        Sent("message", {"markdown_text": "*a*", "blocks": [section()]}),
        "",
        "markdown_text_conflict",
    ),
    most("attachments", attached, 100, "", "too_many_attachments"),
    most(
        "blocks in an attachment",
        lambda n: message(attachments=[{"blocks": sections(n)}]),
        50,
        "no more than 50 items allowed [json-pointer:/attachments/0/blocks]",
        "invalid_attachments",
    ),
    most("metadata bytes", with_metadata, 16_000, "", "metadata_too_large"),
    row(
        "metadata with event_payload",
        message(metadata={"event_type": "voted", "event_payload": {}}),
        message(metadata={"event_type": "voted"}),
        "missing required field: event_payload [json-pointer:/metadata]",
        "invalid_metadata_format",
    ),
    row(
        "metadata with event_type",
        message(metadata={"event_type": "voted", "event_payload": {}}),
        message(metadata={"event_payload": {}}),
        "missing required field: event_type [json-pointer:/metadata]",
        "invalid_metadata_format",
    ),
    row(
        "metadata as an object",
        message(metadata={"event_type": "voted", "event_payload": {}}),
        message(metadata={"event_type": "voted", "event_payload": "all"}),
        "must provide an object [json-pointer:/metadata/event_payload]",
        "invalid_metadata_format",
    ),
    row(
        "empty metadata, to take it away",
        update(text="Lunch?", metadata={}),
        update(text="Lunch?", metadata={"event_payload": {}}),
        "missing required field: event_type [json-pointer:/metadata]",
        "invalid_metadata_format",
    ),
    row("something said", message(text="a"), Sent("message", {"text": ""}), "", "no_text"),
    row("blocks alone", message(section(), text=""), message(text="", blocks=[]), "", "no_text"),
    row("more than spaces", message(text="a"), message(text=" \n"), "", "no_text"),
    row("an update that says something", update(text="a"), update(), "", "no_text"),
    row(
        "a response_url deleting",
        Sent("message", {"delete_original": True}),
        Sent("message", {"replace_original": True}),
        "",
        "no_text",
    ),
    row(
        "blocks as a list",
        message(section()),
        message(blocks={"type": "divider"}),
        "must provide an array [json-pointer:/blocks]",
        "invalid_blocks_format",
    ),
    row(
        "one table",
        message(table()),
        message(table(), table()),
        "only_one_table_allowed [json-pointer:/blocks]",
    ),
    row(
        "two charts",
        message(pie(), bars()),
        message(pie(), bars(), pie()),
        "no more than 2 data_visualization blocks allowed [json-pointer:/blocks]",
    ),
    row(
        "block_id once in a message",
        message(section(block_id="a"), section(block_id="b")),
        message(section(block_id="a"), section(block_id="a")),
        "`block_id` already exists: a [json-pointer:/blocks/1/block_id]",
    ),
    row(
        "block_id once in a view",
        modal(section(block_id="a"), section(block_id="b")),
        modal(section(block_id="a"), section(block_id="a")),
        "`block_id` already exists: a [json-pointer:/view/blocks/1/block_id]",
    ),
    row(
        "block_id of a card once",
        message(card(block_id="a"), {"type": "carousel", "elements": [card(block_id="b")]}),
        message(card(block_id="a"), {"type": "carousel", "elements": [card(block_id="a")]}),
        "`block_id` already exists: a [json-pointer:/blocks/1/elements/0/block_id]",
    ),
    row(
        "action_id once in a block",
        message(actions(button(action_id="a"), button(action_id="b")), actions(button(action_id="a"))),
        message(actions(button(action_id="a"), button(action_id="a"))),
        "`action_id` already exists: a [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    row(
        "focus_on_load once",
        modal(asked({**TEXT_INPUT, "focus_on_load": True}), asked({**TEXT_INPUT, "focus_on_load": False})),
        modal(asked({**TEXT_INPUT, "focus_on_load": True}), asked({**TEXT_INPUT, "focus_on_load": True})),
        "only one element may have focus_on_load [json-pointer:/view/blocks/1/element/focus_on_load]",
    ),
]

ROWS = [*SURFACES]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_payload_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_payload_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)


def test_every_fault_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        check_message({"text": "a", "blocks": [section(3001), {"type": "poll"}, section(colour="red")]})
    assert refused.value.messages == (
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        "unsupported type: poll [json-pointer:/blocks/1/type]",
        "invalid additional property: colour [json-pointer:/blocks/2]",
    )


def test_what_pings_a_whole_channel_is_listed() -> None:
    text = "Hi <!channel>, <!here|here> and <!subteam^S0CRAFT>, but not <@U0ANA> or &lt;!channel&gt;"
    assert stray_markup(text) == ["<!channel>", "<!here|here>", "<!subteam^S0CRAFT>"]


def test_what_pings_is_found_in_blocks_but_not_where_text_is_shown_as_it_is() -> None:
    shown_raw = rich(words({"type": "text", "text": "<!here>"}))
    blocks = [section("Hi <!channel>"), section(accessory=button(text=plain("<!here>"))), shown_raw]
    assert stray_markup_in({"text": "Hi <!everyone>", "blocks": blocks}) == ["<!everyone>", "<!channel>"]


def test_an_emoji_counts_twice_as_it_might_in_slack() -> None:
    check_message({"text": "Lunch?", "blocks": [section("🍲" * 1500)]})
    with pytest.raises(Refusal):
        check_message({"text": "Lunch?", "blocks": [section("🍲" * 1501)]})


def test_an_ampersand_as_it_is_passes() -> None:
    check_message({"text": "Fish & chips", "blocks": [section("Fish & chips")]})

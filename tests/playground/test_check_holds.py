"""The checks answer any payload at all: they refuse it or let it pass, and never break."""

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as any_of

from slack_app.playground.check import Refusal, check_message, check_view, stray_markup_in
from slack_app.playground.elements import initial_state
from slack_app.playground.ids import with_ids
from tests.playground.payloads import (
    LETTER,
    Json,
    actions,
    asked,
    bars,
    boxes,
    button,
    card,
    confirm,
    container,
    data_table,
    multi,
    pie,
    rich,
    section,
    select,
    table,
    task,
    video,
    words,
)

BLOCKS: list[Json] = [
    section(accessory=select(confirm=confirm())),
    actions(button(value="a", confirm=confirm()), multi(), boxes()),
    asked({"type": "plain_text_input", "min_length": 1, "max_length": 3}),
    asked({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "3"}),
    rich(words(LETTER)),
    table(2, 2),
    data_table(2, 2),
    pie(),
    bars(),
    card(actions=[button()]),
    container(section()),
    task(),
    video(),
]
LEAVES = any_of.none() | any_of.booleans() | any_of.integers() | any_of.text(max_size=5)
ANYTHING = any_of.recursive(
    LEAVES,
    lambda inner: any_of.lists(inner, max_size=3) | any_of.dictionaries(any_of.text(max_size=5), inner),
    max_leaves=5,
)


def spoilt(value: Any, draw: any_of.DataObject) -> Any:
    """Return the value with one thing somewhere inside it replaced by anything."""
    if isinstance(value, dict) and value and draw.draw(any_of.integers(0, 4)):
        name = draw.draw(any_of.sampled_from(sorted(value)))
        return {**value, name: spoilt(value[name], draw)}
    if isinstance(value, list) and value and draw.draw(any_of.integers(0, 4)):
        index = draw.draw(any_of.integers(0, len(value) - 1))
        return [*value[:index], spoilt(value[index], draw), *value[index + 1 :]]
    return draw.draw(ANYTHING)


@settings(max_examples=300, deadline=None)
@given(any_of.data(), any_of.sampled_from(BLOCKS))
def test_a_spoilt_block_is_refused_or_passes(draw: any_of.DataObject, block: Json) -> None:
    wrong = spoilt(block, draw)
    stray_markup_in(wrong)
    with suppress(Refusal):
        check_message({"text": "Lunch?", "blocks": [wrong]})
        initial_state(with_ids([wrong]))


@settings(max_examples=200, deadline=None)
@given(any_of.data(), any_of.sampled_from(BLOCKS))
def test_a_spoilt_view_is_refused_or_passes(draw: any_of.DataObject, block: Json) -> None:
    title = {"type": "plain_text", "text": "Ask"}
    view: Json = {"type": "modal", "title": title, "submit": title, "blocks": [block]}
    wrong: Any = spoilt(view, draw)
    with suppress(Refusal):
        check_view(wrong)
        initial_state(with_ids(wrong["blocks"]))


@settings(max_examples=200, deadline=None)
@given(
    any_of.dictionaries(
        any_of.sampled_from(["text", "blocks", "attachments", "metadata", "markdown_text"]), ANYTHING
    )
)
def test_any_arguments_are_refused_or_pass(payload: Json) -> None:
    with suppress(Refusal):
        check_message(payload)

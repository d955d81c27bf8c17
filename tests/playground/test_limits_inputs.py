"""Every limit of what people type into: a payload exactly at it passes, one just past it does not."""

import pytest

from tests.playground.limits import Row, assert_refused, least, most, row
from tests.playground.payloads import LETTER, Sent, actions, asked, home, message, modal, plain, rich, words

IN = "[json-pointer:/view/blocks/0/element"


def text(**fields: object) -> Sent:
    return modal(asked({"type": "plain_text_input", **fields}))


def number(**fields: object) -> Sent:
    return modal(asked({"type": "number_input", "is_decimal_allowed": False, **fields}))


def formatted(**fields: object) -> Sent:
    return modal(asked({"type": "rich_text_input", **fields}))


def files(**fields: object) -> Sent:
    return modal(asked({"type": "file_input", **fields}))


TEXTS = [
    most("min_length", lambda n: text(min_length=n), 3000, f"must be at most 3000 {IN}/min_length]"),
    least("min_length from 0", lambda n: text(min_length=n), 0, f"must be at least 0 {IN}/min_length]"),
    most("max_length", lambda n: text(max_length=n), 3000, f"must be at most 3000 {IN}/max_length]"),
    least("max_length from 1", lambda n: text(max_length=n), 1, f"must be at least 1 {IN}/max_length]"),
    row(
        "min_length under max_length",
        text(min_length=5, max_length=5),
        text(min_length=6, max_length=5),
        f"min_length must not be more than max_length {IN}/min_length]",
    ),
    most(
        "initial_value",
        lambda n: text(initial_value="x" * n),
        3000,
        f"must be less than 3001 characters {IN}/initial_value]",
    ),
    most(
        "initial_value under max_length",
        lambda n: text(initial_value="x" * n, max_length=5),
        5,
        f"must be less than 6 characters {IN}/initial_value]",
    ),
    most(
        "input placeholder",
        lambda n: text(placeholder=plain(n)),
        150,
        f"must be less than 151 characters {IN}/placeholder/text]",
    ),
    row(
        "multiline as a boolean",
        text(multiline=True),
        text(multiline="yes"),
        f"must provide a boolean {IN}/multiline]",
    ),
    row(
        "dispatch on enter",
        text(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
        text(dispatch_action_config={"trigger_actions_on": ["on_tab"]}),
        f"must be a valid enum value {IN}/dispatch_action_config/trigger_actions_on/0]",
    ),
    row("no confirm on typing", text(), text(confirm={}), f"invalid additional property: confirm {IN}]"),
]

NUMBERS = [
    row(
        "is_decimal_allowed",
        number(),
        modal(asked({"type": "number_input"})),
        f"missing required field: is_decimal_allowed {IN}]",
    ),
    *(
        row(
            f"{name} as a string",
            number(**{name: "3"}),
            number(**{name: 3}),
            f"must provide a string {IN}/{name}]",
        )
        for name in ("min_value", "max_value", "initial_value")
    ),
    row(
        "a number",
        number(initial_value="-3"),
        number(initial_value="three"),
        f"must match the required format {IN}/initial_value]",
    ),
    row(
        "decimals when allowed",
        number(initial_value="2.5", is_decimal_allowed=True),
        number(initial_value="2.5"),
        f"must be a whole number {IN}/initial_value]",
    ),
    row(
        "numbers in order",
        number(min_value="1", initial_value="2", max_value="3"),
        number(min_value="1", initial_value="4", max_value="3"),
        f"min_value, initial_value and max_value must be in order {IN}]",
    ),
]

OTHERS = [
    most("min_lines", lambda n: formatted(min_lines=n), 100, f"must be at most 100 {IN}/min_lines]"),
    least("min_lines from 1", lambda n: formatted(min_lines=n), 1, f"must be at least 1 {IN}/min_lines]"),
    most("max_lines", lambda n: formatted(max_lines=n), 100, f"must be at most 100 {IN}/max_lines]"),
    least("max_lines from 1", lambda n: formatted(max_lines=n), 1, f"must be at least 1 {IN}/max_lines]"),
    row(
        "min_lines under max_lines",
        formatted(min_lines=3, max_lines=3),
        formatted(min_lines=4, max_lines=3),
        f"min_lines must not be more than max_lines {IN}/min_lines]",
    ),
    row(
        "rich initial_value",
        formatted(initial_value=rich(words(LETTER))),
        formatted(initial_value="a"),
        f"must provide an object {IN}/initial_value]",
    ),
    most("max_files", lambda n: files(max_files=n), 10, f"must be at most 10 {IN}/max_files]"),
    least("max_files from 1", lambda n: files(max_files=n), 1, f"must be at least 1 {IN}/max_files]"),
    row(
        "filetypes",
        files(filetypes=["pdf"]),
        files(filetypes=[]),
        f"no fewer than 1 items allowed {IN}/filetypes]",
    ),
]

MODALS_ONLY = ("email_text_input", "url_text_input", "file_input")
SURFACES = [
    *(
        row(
            f"{kind} not at home",
            modal(asked({"type": kind})),
            home(asked({"type": kind})),
            f"unsupported type: {kind} {IN}/type]",
        )
        for kind in MODALS_ONLY
    ),
    *(
        row(
            f"{kind} not in a message",
            modal(asked({"type": kind})),
            message(asked({"type": kind})),
            f"unsupported type: {kind} [json-pointer:/blocks/0/element/type]",
        )
        for kind in MODALS_ONLY
    ),
    row(
        "number_input not in a message",
        number(),
        message(*number().payload["blocks"]),
        "unsupported type: number_input [json-pointer:/blocks/0/element/type]",
    ),
    row(
        "number_input not at home",
        number(),
        home(*number().payload["blocks"]),
        f"unsupported type: number_input {IN}/type]",
    ),
    row(
        "rich_text_input not in a message",
        home(asked({"type": "rich_text_input"})),
        message(asked({"type": "rich_text_input"})),
        "unsupported type: rich_text_input [json-pointer:/blocks/0/element/type]",
    ),
    row(
        "rich_text_input not in actions",
        formatted(),
        modal(actions({"type": "rich_text_input"})),
        "unsupported type: rich_text_input [json-pointer:/view/blocks/0/elements/0/type]",
    ),
]

ROWS = [*TEXTS, *NUMBERS, *OTHERS, *SURFACES]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_an_input_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_an_input_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)

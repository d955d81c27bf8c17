"""Every limit of options: a payload exactly at it passes, one just past it does not."""

from typing import Any

import pytest

from tests.playground.limits import Row, assert_refused, least, most, row, too_few, too_long, too_many
from tests.playground.payloads import (
    AT,
    Json,
    Sent,
    boxes,
    mrkdwn,
    multi,
    option,
    options,
    plain,
    select,
    shown,
    url,
    without,
)

IN = f"{AT}/elements/0"


def first(**fields: Any) -> Sent:
    """A select whose only option is this."""
    return shown(select(options=[option(**fields)]))


def grouped(*groups: Json) -> Json:
    return without(select(option_groups=list(groups)), "options")


def group(count: int = 1, label: str | int = "Soups") -> Json:
    return {"label": plain(label), "options": options(count)}


OPTION = f"{IN}/options/0"
OPTIONS = [
    most("option text", lambda n: first(text=plain(n)), 75, too_long(75, f"{OPTION}/text/text")),
    most("option value", lambda n: first(value="v" * n), 150, too_long(150, f"{OPTION}/value")),
    most(
        "option description",
        lambda n: first(description=plain(n)),
        75,
        too_long(75, f"{OPTION}/description/text"),
    ),
    row(
        "option with a value",
        first(),
        shown(select(options=[without(option(), "value")])),
        f"missing required field: value {OPTION}]",
    ),
    row(
        "option with a text",
        first(),
        shown(select(options=[without(option(), "text")])),
        f"missing required field: text {OPTION}]",
    ),
    row(
        "option plain in selects",
        first(),
        first(text=mrkdwn("a")),
        f"unsupported type: mrkdwn {OPTION}/text/type]",
    ),
    row(
        "option mrkdwn in checkboxes",
        shown(boxes(options=[option(text=mrkdwn("a"))])),
        shown({"type": "overflow", "options": [option(text=mrkdwn("a"))]}),
        f"unsupported type: mrkdwn {OPTION}/text/type]",
    ),
    row(
        "option mrkdwn in radio buttons",
        shown({"type": "radio_buttons", "options": [option(text=mrkdwn("a"))]}),
        shown({"type": "radio_buttons", "options": [option(text="a")]}),
        f"must provide an object {OPTION}/text]",
    ),
    row(
        "option url in overflow only",
        shown({"type": "overflow", "options": [option(url="https://a.example")]}),
        first(url="https://a.example"),
        f"invalid additional property: url {OPTION}]",
    ),
    most(
        "option url",
        lambda n: shown({"type": "overflow", "options": [option(url=url(n))]}),
        3000,
        too_long(3000, f"{OPTION}/url"),
    ),
    row(
        "values doubled in one menu",
        shown(select(options=[option("a"), option("a")])),
        shown(select(options=[])),
        too_few(f"{IN}/options"),
    ),
    most(
        "group label",
        lambda n: shown(grouped(group(label=n))),
        75,
        too_long(75, f"{IN}/option_groups/0/label/text"),
    ),
    most(
        "group options",
        lambda n: shown(grouped(group(n))),
        100,
        too_many(100, f"{IN}/option_groups/0/options"),
    ),
    least(
        "group options empty", lambda n: shown(grouped(group(n))), 1, too_few(f"{IN}/option_groups/0/options")
    ),
    most(
        "option groups", lambda n: shown(grouped(*[group()] * n)), 100, too_many(100, f"{IN}/option_groups")
    ),
    row(
        "options or option_groups",
        shown(grouped(group())),
        shown(select(option_groups=[group()])),
        f"exactly one of options, option_groups must be given {IN}]",
    ),
    row(
        "options or option_groups given",
        shown(select()),
        shown(without(select(), "options")),
        f"exactly one of options, option_groups must be given {IN}]",
    ),
    most(
        "static_select options",
        lambda n: shown(select(options=options(n))),
        100,
        too_many(100, f"{IN}/options"),
    ),
    most(
        "multi_static_select options",
        lambda n: shown(multi(options=options(n))),
        100,
        too_many(100, f"{IN}/options"),
    ),
    least(
        "static_select options empty",
        lambda n: shown(select(options=options(n))),
        1,
        too_few(f"{IN}/options"),
    ),
    most(
        "overflow options",
        lambda n: shown({"type": "overflow", "options": options(n)}),
        5,
        too_many(5, f"{IN}/options"),
    ),
    least(
        "overflow options empty",
        lambda n: shown({"type": "overflow", "options": options(n)}),
        1,
        too_few(f"{IN}/options"),
    ),
    most("checkboxes options", lambda n: shown(boxes(options=options(n))), 10, too_many(10, f"{IN}/options")),
    least(
        "checkboxes options empty", lambda n: shown(boxes(options=options(n))), 1, too_few(f"{IN}/options")
    ),
    most(
        "radio_buttons options",
        lambda n: shown({"type": "radio_buttons", "options": options(n)}),
        10,
        too_many(10, f"{IN}/options"),
    ),
    least(
        "radio_buttons options empty",
        lambda n: shown({"type": "radio_buttons", "options": options(n)}),
        1,
        too_few(f"{IN}/options"),
    ),
]

OFFERED = f"must be one of the provided options {IN}"
INITIAL = [
    row(
        "initial_option offered",
        shown(select(initial_option=option("1"))),
        shown(select(initial_option=option("2"))),
        f"{OFFERED}/initial_option]",
    ),
    row(
        "initial_option equal in every field",
        shown(select(initial_option=option("1"))),
        shown(select(initial_option=option("1", text=plain("Salad")))),
        f"{OFFERED}/initial_option]",
    ),
    row(
        "initial_option without a description of its own",
        shown(select(initial_option=option("1"))),
        shown(select(initial_option=option("1", description=plain("Hot")))),
        f"{OFFERED}/initial_option]",
    ),
    row(
        "initial_option of a group",
        shown({**grouped(group(2)), "initial_option": option("1")}),
        shown({**grouped(group(2)), "initial_option": option("2")}),
        f"{OFFERED}/initial_option]",
    ),
    row(
        "initial_option of radio buttons",
        shown({"type": "radio_buttons", "options": options(2), "initial_option": option("1")}),
        shown({"type": "radio_buttons", "options": options(2), "initial_option": option("2")}),
        f"{OFFERED}/initial_option]",
    ),
    row(
        "initial_options of checkboxes",
        shown(boxes(initial_options=options(2))),
        shown(boxes(initial_options=options(3))),
        f"{OFFERED}/initial_options/2]",
    ),
    row(
        "initial_options once each",
        shown(boxes(initial_options=options(2))),
        shown(boxes(initial_options=[option("1"), option("1")])),
        f"must be chosen once {IN}/initial_options/1]",
    ),
    row(
        "initial_options of a multi select",
        shown(multi(initial_options=options(3))),
        shown(multi(initial_options=options(4))),
        f"{OFFERED}/initial_options/3]",
    ),
    row(
        "initial_options within max_selected_items",
        shown(multi(initial_options=options(2), max_selected_items=2)),
        shown(multi(initial_options=options(3), max_selected_items=2)),
        too_many(2, f"{IN}/initial_options"),
    ),
    least(
        "max_selected_items",
        lambda n: shown(multi(max_selected_items=n)),
        1,
        f"must be at least 1 {IN}/max_selected_items]",
    ),
    row(
        "initial_users within max_selected_items",
        shown({"type": "multi_users_select", "initial_users": ["U0ANA"], "max_selected_items": 1}),
        shown({"type": "multi_users_select", "initial_users": ["U0ANA", "U0BEN"], "max_selected_items": 1}),
        too_many(1, f"{IN}/initial_users"),
    ),
]

ROWS = [*OPTIONS, *INITIAL]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_an_option_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_an_option_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)

"""Every limit of buttons, menus and pickers: a payload exactly at it passes, one just past it does not."""

from functools import partial

import pytest

from tests.playground.limits import Row, assert_refused, least, most, row, too_long
from tests.playground.payloads import (
    AT,
    Json,
    Sent,
    actions,
    asked,
    boxes,
    button,
    confirm,
    home,
    message,
    modal,
    mrkdwn,
    options,
    plain,
    section,
    select,
    shown,
    url,
    without,
)

IN = f"{AT}/elements/0"
VIEW_IN = "[json-pointer:/view/blocks/0/element"
ACCESSORY = f"{AT}/accessory"
COMMON_MENUS = ("users_select", "channels_select", "conversations_select", "external_select")


def pressed(**fields: object) -> Sent:
    return message(actions(button(**fields)))


def confirmed(name: str, length: int) -> Sent:
    return pressed(confirm=confirm(**{name: plain(length)}))


def filled(element: Json) -> Sent:
    return modal(asked(element))


BUTTONS = [
    most("action_id", lambda n: pressed(action_id="a" * n), 255, too_long(255, f"{IN}/action_id")),
    least(
        "action_id empty",
        lambda n: pressed(action_id="a" * n),
        1,
        f"must be more than 0 characters {IN}/action_id]",
    ),
    most("button text", lambda n: pressed(text=plain(n)), 75, too_long(75, f"{IN}/text/text")),
    least(
        "button text empty",
        lambda n: pressed(text=plain(n)),
        1,
        f"must be more than 0 characters {IN}/text/text]",
    ),
    row(
        "button text plain", pressed(), pressed(text=mrkdwn("a")), f"unsupported type: mrkdwn {IN}/text/type]"
    ),
    most("button value", lambda n: pressed(value="a" * n), 2000, too_long(2000, f"{IN}/value")),
    row(
        "button value as a string", pressed(value="1"), pressed(value=1), f"must provide a string {IN}/value]"
    ),
    most("button url", lambda n: pressed(url=url(n)), 3000, too_long(3000, f"{IN}/url")),
    most(
        "button accessibility_label",
        lambda n: pressed(accessibility_label="a" * n),
        75,
        too_long(75, f"{IN}/accessibility_label"),
    ),
    row(
        "button style",
        pressed(style="primary"),
        pressed(style="default"),
        f"must be a valid enum value {IN}/style]",
    ),
    row(
        "button style danger",
        pressed(style="danger"),
        pressed(style="red"),
        f"must be a valid enum value {IN}/style]",
    ),
    row(
        "button knows no colour", pressed(), pressed(color="red"), f"invalid additional property: color {IN}]"
    ),
    row("button text needed", pressed(), shown({"type": "button"}), f"missing required field: text {IN}]"),
    row("known elements", pressed(), shown({"type": "slider"}), f"unsupported type: slider {IN}/type]"),
    *(
        most(
            f"confirm {name}", partial(confirmed, name), number, too_long(number, f"{IN}/confirm/{name}/text")
        )
        for name, number in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30))
    ),
    *(
        row(
            f"confirm needs {name}",
            pressed(confirm=confirm()),
            pressed(confirm=without(confirm(), name)),
            f"missing required field: {name} {IN}/confirm]",
        )
        for name in ("title", "text", "confirm", "deny")
    ),
    row(
        "confirm plain",
        pressed(confirm=confirm()),
        pressed(confirm=confirm(text=mrkdwn("No votes after."))),
        f"unsupported type: mrkdwn {IN}/confirm/text/type]",
    ),
    row(
        "button text more than spaces",
        pressed(text=plain(" a ")),
        pressed(text=plain("   ")),
        f"must be more than 0 characters {IN}/text/text]",
    ),
    row(
        "confirm style",
        pressed(confirm=confirm(style="danger")),
        pressed(confirm=confirm(style="default")),
        f"must be a valid enum value {IN}/confirm/style]",
    ),
]


MENUS = [
    most(
        "placeholder",
        lambda n: shown(select(placeholder=plain(n))),
        150,
        too_long(150, f"{IN}/placeholder/text"),
    ),
    row(
        "placeholder plain",
        shown(select(placeholder=plain("a"))),
        shown(select(placeholder=mrkdwn("a"))),
        f"unsupported type: mrkdwn {IN}/placeholder/type]",
    ),
    row(
        "no placeholder for checkboxes",
        shown(boxes()),
        shown(boxes(placeholder=plain("a"))),
        f"invalid additional property: placeholder {IN}]",
    ),
    *(
        row(
            f"{kind} has no options",
            shown({"type": kind}),
            shown({"type": kind, "options": options(1)}),
            f"invalid additional property: options {IN}]",
        )
        for kind in COMMON_MENUS
    ),
    row(
        "response_url_enabled in modals",
        filled({"type": "conversations_select", "response_url_enabled": True}),
        shown({"type": "conversations_select", "response_url_enabled": True}),
        f"response_url_enabled works in modals only {IN}/response_url_enabled]",
    ),
    row(
        "default_to_current_conversation in modals",
        filled({"type": "conversations_select", "default_to_current_conversation": True}),
        shown({"type": "conversations_select", "default_to_current_conversation": True}),
        f"default_to_current_conversation works in modals only {IN}/default_to_current_conversation]",
    ),
    row(
        "conversation kinds",
        shown({"type": "conversations_select", "filter": {"include": ["im", "public"]}}),
        shown({"type": "conversations_select", "filter": {"include": ["group"]}}),
        f"must be a valid enum value {IN}/filter/include/0]",
    ),
    row(
        "filter of something",
        shown({"type": "conversations_select", "filter": {"exclude_bot_users": True}}),
        shown({"type": "conversations_select", "filter": {}}),
        "at least one of include, exclude_external_shared_channels, exclude_bot_users must be given "
        f"{IN}/filter]",
    ),
    least(
        "min_query_length",
        lambda n: shown({"type": "external_select", "min_query_length": n}),
        0,
        f"must be at least 0 {IN}/min_query_length]",
    ),
    row(
        "datepicker",
        shown({"type": "datepicker", "initial_date": "2026-11-24"}),
        shown({"type": "datepicker", "initial_date": "2026-13-24"}),
        f"must match the required format {IN}/initial_date]",
    ),
    row(
        "datepicker on a day there is",
        shown({"type": "datepicker", "initial_date": "2028-02-29"}),
        shown({"type": "datepicker", "initial_date": "2026-02-29"}),
        f"must match the required format {IN}/initial_date]",
    ),
    row(
        "timepicker",
        shown({"type": "timepicker", "initial_time": "23:59"}),
        shown({"type": "timepicker", "initial_time": "24:00"}),
        f"must match the required format {IN}/initial_time]",
    ),
    most(
        "datetimepicker",
        lambda n: shown({"type": "datetimepicker", "initial_date_time": n}),
        9_999_999_999,
        f"must be at most 9999999999 {IN}/initial_date_time]",
    ),
    least(
        "datetimepicker of 10 digits",
        lambda n: shown({"type": "datetimepicker", "initial_date_time": n}),
        1_000_000_000,
        f"must be at least 1000000000 {IN}/initial_date_time]",
    ),
    row(
        "datetimepicker in whole seconds",
        shown({"type": "datetimepicker", "initial_date_time": 1_795_000_000}),
        shown({"type": "datetimepicker", "initial_date_time": 1_795_000_000.5}),
        f"must provide a whole number {IN}/initial_date_time]",
    ),
    row(
        "datetimepicker not at home",
        shown({"type": "datetimepicker"}),
        home(actions({"type": "datetimepicker"})),
        "unsupported type: datetimepicker [json-pointer:/view/blocks/0/elements/0/type]",
    ),
    row(
        "datetimepicker no accessory",
        message(section(accessory={"type": "datepicker"})),
        message(section(accessory={"type": "datetimepicker"})),
        f"unsupported type: datetimepicker {ACCESSORY}/type]",
    ),
    row(
        "plain_text_input no accessory",
        message(section(accessory=select())),
        message(section(accessory={"type": "plain_text_input"})),
        f"unsupported type: plain_text_input {ACCESSORY}/type]",
    ),
    row(
        "workflow_button",
        shown(
            {
                "type": "workflow_button",
                "text": plain("Go"),
                "workflow": {"trigger": {"url": "https://slack.example/t"}},
            }
        ),
        shown({"type": "workflow_button", "text": plain("Go")}),
        f"missing required field: workflow {IN}]",
    ),
]

ROWS = [*BUTTONS, *MENUS]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_an_element_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_an_element_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)

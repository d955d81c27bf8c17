"""Buttons, menus, pickers and inputs as Slack takes them, and which block takes which."""

import re
from datetime import date

from slack_app.playground.check_menus import ACTION, BOXES, FOCUSED, MENU, MENUS, PICKER, some_id
from slack_app.playground.check_rich_text import rich_text_value
from slack_app.playground.check_shapes import (
    Fields,
    Findings,
    Surface,
    array,
    boolean,
    by_type,
    exactly_one,
    integer,
    is_object,
    length,
    one_of,
    only_on,
    record,
    string,
    typed,
)
from slack_app.playground.check_text import (
    HTTP_URL,
    HTTPS_URL,
    URL,
    confirm,
    overflow_option,
    plain,
)

_MODAL: frozenset[Surface] = frozenset(["modal"])
_NOT_HOME: frozenset[Surface] = frozenset(["message", "modal"])
_VIEWS: frozenset[Surface] = frozenset(["modal", "home"])
_DISPATCH: Fields = {
    "dispatch_action_config": record(
        {}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2, 1)}
    )
}
_TYPED: Fields = {**FOCUSED, **_DISPATCH, "placeholder": plain(150)}
_STYLE = one_of("primary", "danger")
_button_value = string(2000)
_accessible = string(75, 1)

slack_file = record({}, {"id": some_id, "url": string(URL, 1, HTTP_URL)}, exactly_one("id", "url"))
# Slack loads http addresses too, but whoever looks at the message in a browser may not.
IMAGE_FIELDS: Fields = {"image_url": string(URL, 1, HTTPS_URL), "slack_file": slack_file}
ALT_TEXT = string(2000, 1)
image = typed("image", {"alt_text": ALT_TEXT}, IMAGE_FIELDS, exactly_one("image_url", "slack_file"))


_NUMBER = r"-?\d+(\.\d+)?"


def _text_lengths_agree(element: object, at: str, findings: Findings) -> None:
    if not is_object(element):
        return
    least, most, initial = (element.get(name) for name in ("min_length", "max_length", "initial_value"))
    if isinstance(least, int) and isinstance(most, int) and least > most:
        findings.refuse("min_length must not be more than max_length", f"{at}/min_length")
    if isinstance(most, int) and isinstance(initial, str) and length(initial) > most:
        findings.refuse(f"must be less than {most + 1} characters", f"{at}/initial_value")


def _numbers_agree(element: object, at: str, findings: Findings) -> None:
    if not is_object(element):
        return
    given = {name: element.get(name) for name in ("min_value", "initial_value", "max_value")}
    numbers = {n: float(v) for n, v in given.items() if isinstance(v, str) and re.fullmatch(_NUMBER, v)}
    if element.get("is_decimal_allowed") is False:
        for name in numbers.keys() & {n for n, v in given.items() if "." in str(v)}:
            findings.refuse("must be a whole number", f"{at}/{name}")
    if list(numbers.values()) != sorted(numbers.values()):
        findings.refuse("min_value, initial_value and max_value must be in order", at)


def _lines_agree(element: object, at: str, findings: Findings) -> None:
    if not is_object(element):
        return
    least, most = element.get("min_lines"), element.get("max_lines")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        findings.refuse("min_lines must not be more than max_lines", f"{at}/min_lines")


button = typed(
    "button",
    {"text": plain(75)},
    {
        **ACTION,
        "url": string(URL, 1, HTTP_URL),
        "value": _button_value,
        "style": _STYLE,
        "confirm": confirm,
        "accessibility_label": _accessible,
    },
)
_customizable = array(record({"name": some_id, "value": string()}, {}))
_workflow = record(
    {"trigger": record({"url": string(URL, 1, HTTP_URL)}, {"customizable_input_parameters": _customizable})},
    {},
)
_workflow_button = typed(
    "workflow_button",
    {"text": plain(75), "workflow": _workflow},
    {**ACTION, "style": _STYLE, "accessibility_label": _accessible},
)
_overflow = typed("overflow", {"options": array(overflow_option, 5, 1)}, {**ACTION, "confirm": confirm})
_date_shape = string(10, 10, r"\d{4}-\d{2}-\d{2}")


def _date(value: object, at: str, findings: Findings) -> None:
    _date_shape(value, at, findings)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and not _is_a_day(value):
        findings.refuse("must match the required format", at)


def _is_a_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


_time = string(5, 5, r"([01]\d|2[0-3]):[0-5]\d")
_datepicker = typed("datepicker", {}, {**MENU, "initial_date": _date})
_timepicker = typed("timepicker", {}, {**MENU, "initial_time": _time, "timezone": some_id})
_datetimepicker = only_on(
    _NOT_HOME,
    typed("datetimepicker", {}, {**PICKER, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
)
_numeric = string(255, 1, _NUMBER)
_INPUTS = {
    "plain_text_input": typed(
        "plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _text_lengths_agree,
    ),
    "email_text_input": only_on(
        _MODAL, typed("email_text_input", {}, {**_TYPED, "initial_value": string(3000)})
    ),
    "url_text_input": only_on(_MODAL, typed("url_text_input", {}, {**_TYPED, "initial_value": string(3000)})),
    "number_input": only_on(
        _MODAL,
        typed(
            "number_input",
            {"is_decimal_allowed": boolean},
            {**_TYPED, "initial_value": _numeric, "min_value": _numeric, "max_value": _numeric},
            _numbers_agree,
        ),
    ),
    "rich_text_input": only_on(
        _VIEWS,
        typed(
            "rich_text_input",
            {},
            {
                **_TYPED,
                "initial_value": rich_text_value,
                "min_lines": integer(1, 100),
                "max_lines": integer(1, 100),
            },
            _lines_agree,
        ),
    ),
    "file_input": only_on(
        _MODAL,
        typed(
            "file_input", {}, {**ACTION, "filetypes": array(some_id, least=1), "max_files": integer(1, 10)}
        ),
    ),
}

_PICKED = {"datepicker": _datepicker, "timepicker": _timepicker, **BOXES, **MENUS}
_PRESSED = {"button": button, "workflow_button": _workflow_button, "overflow": _overflow}
accessory = by_type({**_PICKED, **_PRESSED, "image": image})
in_actions = by_type({**_PICKED, **_PRESSED, "datetimepicker": _datetimepicker})
in_input = by_type({**_PICKED, **_INPUTS, "datetimepicker": _datetimepicker})

_feedback = record({"text": plain(75), "value": _button_value}, {"accessibility_label": _accessible})
in_context_actions = by_type(
    {
        "feedback_buttons": typed(
            "feedback_buttons", {"positive_button": _feedback, "negative_button": _feedback}, ACTION
        ),
        "icon_button": typed(
            "icon_button",
            {"icon": one_of("trash"), "text": plain(75)},
            {
                **ACTION,
                "accessibility_label": _accessible,
                "value": _button_value,
                "visible_to_user_ids": array(some_id),
                "confirm": confirm,
            },
        ),
    }
)
in_card = by_type({"button": button})

"""What Slack's own client refuses in a form before the app hears of it: empty, too long, not a number."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from slack_app.playground.workspace import View

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_HELD = (
    "value",
    "rich_text_value",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_channel",
    "selected_channels",
    "selected_conversation",
    "selected_conversations",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "files",
)


def faults_of(view: View) -> dict[str, str]:
    """Sentences by block_id, as Slack shows them under each input; empty when the form may go."""
    errors = {}
    for block in view.blocks:
        if block.get("type") != "input":
            continue
        sentence = _fault(block, view.state)
        if sentence:
            errors[str(block.get("block_id"))] = sentence
    return errors


def _fault(block: dict[str, Any], state: dict[str, Any]) -> str | None:
    element = block["element"]
    value = state.get(str(block.get("block_id")), {}).get(element.get("action_id"), {})
    held = next((value[key] for key in _HELD if value.get(key) not in (None, "", [])), None)
    if held is None:
        return None if block.get("optional") else "Please complete this required field."
    check = _CHECKS.get(element["type"])
    return check(element, held) if check else None


def _text(element: dict[str, Any], held: Any) -> str | None:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if len(held) > most:
        return f"Must be less than {most + 1} characters"
    if len(held) < least:
        return f"Must be at least {least} characters"
    return None


def _number(element: dict[str, Any], held: Any) -> str | None:
    try:
        number = Decimal(str(held))
    except InvalidOperation:
        return "Please enter a valid number."
    if not number.is_finite():
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    return _within(element, number)


def _within(element: dict[str, Any], number: Decimal) -> str | None:
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(str(least)):
        return f"Must be at least {least}"
    if most is not None and number > Decimal(str(most)):
        return f"Must be at most {most}"
    return None


def _email(_element: dict[str, Any], held: Any) -> str | None:
    return None if _EMAIL.fullmatch(str(held)) else "Please enter a valid email address."


def _address(_element: dict[str, Any], held: Any) -> str | None:
    return None if _URL.fullmatch(str(held)) else "Please enter a valid URL."


def _few(element: dict[str, Any], held: Any) -> str | None:
    most = element.get("max_selected_items")
    return f"Choose at most {most}" if most and isinstance(held, list) and len(held) > most else None


_CHECKS = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _address,
    "multi_static_select": _few,
    "multi_external_select": _few,
    "multi_users_select": _few,
    "multi_channels_select": _few,
    "multi_conversations_select": _few,
}

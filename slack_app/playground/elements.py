"""What `state.values` holds for each element, untouched or after somebody's choice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_app.playground.ids import elements_of, inner_blocks

State = dict[str, Any]


class NotOfferedError(ValueError):
    """A choice the element does not offer, as nobody could make it in Slack."""

    def __init__(self, choice: object) -> None:
        super().__init__(f"There is no option {choice!r} here.")


# Pressed and gone: they are in no state.
_STATELESS = frozenset(["button", "workflow_button", "overflow", "feedback_buttons", "icon_button", "image"])
_TEXTS = frozenset(["plain_text_input", "email_text_input", "url_text_input", "number_input"])
_ONE_OPTION = frozenset(["static_select", "external_select", "radio_buttons", "overflow"])
_MANY_OPTIONS = frozenset(["multi_static_select", "multi_external_select", "checkboxes"])
_ASKED_FOR = frozenset(["external_select", "multi_external_select"])

# How the other elements name what was chosen, and what was there before.
_ONE_VALUE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
}
_MANY_VALUES = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}


def initial_state(blocks: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, State]]:
    """Return `state.values` of blocks nobody has touched; they must have their ids."""
    state: dict[str, dict[str, State]] = {}
    for block in blocks:
        kept = {e["action_id"]: state_value(e, None) for e in elements_of(block) if keeps_state(e)}
        if kept:
            state[block["block_id"]] = kept
        state.update(initial_state(inner_blocks(block)))
    return state


def keeps_state(element: Mapping[str, Any]) -> bool:
    return element["type"] not in _STATELESS


def state_value(element: Mapping[str, Any], choice: object) -> State:
    """Return what Slack holds for an element after a choice; None means nobody touched it.

    choice: the text, date, time, epoch seconds, option value or id; a list of these where many can be
    chosen. An external menu takes the whole option. "" empties a field. The pressed ones (button,
    overflow) give the part of the action that tells what was pressed.
    """
    kind = element["type"]
    return {"type": kind, **_writer(kind)(element, choice)}


def _writer(kind: str) -> Callable[[Mapping[str, Any], Any], State]:
    if kind in _TEXTS:
        return _text
    if kind in _ONE_OPTION:
        return _one_option
    if kind in _MANY_OPTIONS:
        return _many_options
    if kind in _ONE_VALUE:
        return _one_value
    if kind in _MANY_VALUES:
        return _many_values
    return _rich_text if kind == "rich_text_input" else _pressed


def _text(element: Mapping[str, Any], choice: Any) -> State:
    typed = element.get("initial_value") if choice is None else str(choice)
    return {"value": typed or None}


def _one_option(element: Mapping[str, Any], choice: Any) -> State:
    if choice is None:
        return {"selected_option": element.get("initial_option")}
    return {"selected_option": find_option(element, choice) if choice != "" else None}


def _many_options(element: Mapping[str, Any], choice: Any) -> State:
    if choice is None:
        return {"selected_options": list(element.get("initial_options", []))}
    return {"selected_options": [find_option(element, one) for one in _listed(choice)]}


def _one_value(element: Mapping[str, Any], choice: Any) -> State:
    selected, initial = _ONE_VALUE[element["type"]]
    if choice is None:
        return {selected: element.get(initial)}
    if element["type"] == "datetimepicker" and choice != "":
        return {selected: int(choice)}
    return {selected: choice or None}


def _many_values(element: Mapping[str, Any], choice: Any) -> State:
    selected, initial = _MANY_VALUES[element["type"]]
    return {selected: list(element.get(initial, [])) if choice is None else _listed(choice)}


def _rich_text(element: Mapping[str, Any], choice: Any) -> State:
    if choice is None:
        return {"rich_text_value": element.get("initial_value")}
    if isinstance(choice, Mapping):
        return {"rich_text_value": dict(choice)}
    return {"rich_text_value": _as_rich_text(str(choice)) if choice else None}


def _as_rich_text(text: str) -> State:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _pressed(element: Mapping[str, Any], _choice: Any) -> State:
    # A button without a value has no `value` key at all.
    return {"value": element["value"]} if "value" in element else {}


def _listed(choice: Any) -> list[Any]:
    """A form sends one choice alone where several could be made."""
    if isinstance(choice, list | tuple):
        return list(choice)
    return [] if choice == "" else [choice]


def find_option(element: Mapping[str, Any], choice: Any) -> State:
    """Return the whole option with this value, as Slack sends it back."""
    offered = options_of(element)
    if isinstance(choice, Mapping):
        if element["type"] in _ASKED_FOR or choice in offered:
            return dict(choice)
        raise NotOfferedError(choice)
    for option in offered:
        if option["value"] == choice:
            return dict(option)
    raise NotOfferedError(choice)


def options_of(element: Mapping[str, Any]) -> list[State]:
    """Return every option of an element, those of its groups included."""
    groups: list[Mapping[str, Any]] = element.get("option_groups", [])
    own: list[State] = list(element.get("options", []))
    own += [option for group in groups for option in group["options"]]
    own += [o for o in [element.get("initial_option")] if o is not None and o not in own]
    return own + [option for option in element.get("initial_options", []) if option not in own]

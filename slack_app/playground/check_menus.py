"""Menus, checkboxes and radio buttons as Slack takes them, and the fields every element shares."""

from collections.abc import Iterator, Mapping

from slack_app.playground.check_shapes import (
    Fields,
    Findings,
    Rule,
    array,
    at_least_one,
    boolean,
    exactly_one,
    integer,
    is_object,
    items,
    one_of,
    record,
    string,
    typed,
)
from slack_app.playground.check_text import (
    box_option,
    confirm,
    menu_option,
    option_group,
    plain,
)


def _action_id(value: object, at: str, findings: Findings) -> None:
    string(255, 1)(value, at, findings)
    if not isinstance(value, str):
        return
    if value in findings.action_ids:
        findings.refuse(f"`action_id` already exists: {value}", at)
    findings.action_ids.add(value)


def _focus(value: object, at: str, findings: Findings) -> None:
    boolean(value, at, findings)
    if value is True and findings.has_focus:
        findings.refuse("only one element may have focus_on_load", at)
    findings.has_focus = findings.has_focus or value is True


ACTION: Fields = {"action_id": _action_id}
FOCUSED: Fields = {**ACTION, "focus_on_load": _focus}
PICKER: Fields = {**FOCUSED, "confirm": confirm}
MENU: Fields = {**PICKER, "placeholder": plain(150)}
some_id = string(255, 1)
_AT_MOST: Fields = {"max_selected_items": integer(1)}


def _offered(element: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    yield from items(element.get("options"))
    for group in items(element.get("option_groups")):
        yield from items(group.get("options"))


def _initial_is_offered(element: object, at: str, findings: Findings) -> None:
    if not is_object(element):
        return
    offered = list(_offered(element))
    if "initial_option" in element and element["initial_option"] not in offered:
        findings.refuse("must be one of the provided options", f"{at}/initial_option")
    chosen = items(element.get("initial_options"))
    for index, one in enumerate(chosen):
        if one not in offered:
            findings.refuse("must be one of the provided options", f"{at}/initial_options/{index}")
        elif one in chosen[:index]:
            findings.refuse("must be chosen once", f"{at}/initial_options/{index}")


def _initial_within_most(name: str) -> Rule:
    def check(element: object, at: str, findings: Findings) -> None:
        if not is_object(element):
            return
        most, initial = element.get("max_selected_items"), element.get(name)
        if isinstance(most, int) and isinstance(initial, list) and len(initial) > most:
            findings.refuse(f"no more than {most} items allowed", f"{at}/{name}")

    return check


def _only_in_modals(*names: str) -> Rule:
    def check(element: object, at: str, findings: Findings) -> None:
        if is_object(element) and findings.surface != "modal":
            for name in names:
                if name in element:
                    findings.refuse(f"{name} works in modals only", f"{at}/{name}")

    return check


_options: Fields = {"options": array(menu_option, 100, 1), "option_groups": array(option_group, 100, 1)}
_query: Fields = {"min_query_length": integer(0)}
_filter: Fields = {
    "filter": record(
        {},
        {
            "include": array(one_of("im", "mpim", "private", "public"), 4, 1),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
        at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
    )
}
_either_options = exactly_one("options", "option_groups")
_initial_options: Fields = {"initial_options": array(menu_option, 100, 1)}


def _select(name: str, fields: Fields, *more: Rule) -> Rule:
    return typed(name, {}, {**MENU, **fields}, *more)


def _multi(name: str, fields: Fields, initial: str, *more: Rule) -> Rule:
    return typed(name, {}, {**MENU, **_AT_MOST, **fields}, _initial_within_most(initial), *more)


_here = "default_to_current_conversation"
MENUS = {
    "static_select": _select(
        "static_select", {**_options, "initial_option": menu_option}, _either_options, _initial_is_offered
    ),
    "external_select": _select("external_select", {**_query, "initial_option": menu_option}),
    "users_select": _select("users_select", {"initial_user": some_id}),
    "conversations_select": _select(
        "conversations_select",
        {"initial_conversation": some_id, _here: boolean, "response_url_enabled": boolean, **_filter},
        _only_in_modals("response_url_enabled", _here),
    ),
    "channels_select": _select(
        "channels_select",
        {"initial_channel": some_id, "response_url_enabled": boolean},
        _only_in_modals("response_url_enabled"),
    ),
    "multi_static_select": _multi(
        "multi_static_select",
        {**_options, **_initial_options},
        "initial_options",
        _either_options,
        _initial_is_offered,
    ),
    "multi_external_select": _multi(
        "multi_external_select", {**_query, **_initial_options}, "initial_options"
    ),
    "multi_users_select": _multi("multi_users_select", {"initial_users": array(some_id)}, "initial_users"),
    "multi_conversations_select": _multi(
        "multi_conversations_select",
        {"initial_conversations": array(some_id), _here: boolean, **_filter},
        "initial_conversations",
        _only_in_modals(_here),
    ),
    "multi_channels_select": _multi(
        "multi_channels_select", {"initial_channels": array(some_id)}, "initial_channels"
    ),
}
BOXES = {
    "checkboxes": typed(
        "checkboxes",
        {"options": array(box_option, 10, 1)},
        {**PICKER, "initial_options": array(box_option, 10, 1)},
        _initial_is_offered,
    ),
    "radio_buttons": typed(
        "radio_buttons",
        {"options": array(box_option, 10, 1)},
        {**PICKER, "initial_option": box_option},
        _initial_is_offered,
    ),
}

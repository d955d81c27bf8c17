"""Buttons, menus and inputs: pressing, choosing, filling in and asking for suggestions."""

from collections.abc import Mapping
from typing import Any

from slack_app.playground import payloads
from slack_app.playground.elements import state_value
from slack_app.playground.gestures_answer import Answer, CannotDo, answer_to_press
from slack_app.playground.stage import Stage
from slack_app.playground.surfaces import (
    STATELESS,
    Place,
    Surface,
    find_place,
    find_surface,
    state_of,
)


def act(
    stage: Stage, user: str, surface_name: str, block_id: str, action_id: str, choice: Any, confirmed: bool
) -> Answer:
    surface, place = _found(stage, user, surface_name, block_id, action_id)
    if place.element.get("confirm") and not confirmed:
        raise CannotDo("This asks for a confirmation first.")
    if place.is_input and not place.block.get("dispatch_action"):
        return _fill_in(stage, user, surface, place, choice)
    return _send_action(stage, user, surface, place, choice)


def fill(stage: Stage, user: str, surface_name: str, block_id: str, action_id: str, choice: Any) -> Answer:
    surface, place = _found(stage, user, surface_name, block_id, action_id)
    if place.element["type"] in STATELESS:
        raise CannotDo("There is nothing to fill in.")
    if place.is_input and not place.block.get("dispatch_action"):
        return _fill_in(stage, user, surface, place, choice)
    return _send_action(stage, user, surface, place, choice)


def _found(
    stage: Stage, user: str, surface_name: str, block_id: str, action_id: str
) -> tuple[Surface, Place]:
    stage.person(user)
    surface = find_surface(stage.workspace, user, surface_name)
    return surface, find_place(surface, block_id, action_id)


def _fill_in(stage: Stage, user: str, surface: Surface, place: Place, choice: Any) -> Answer:
    _keep(stage, user, surface, place, _value(stage, surface, place, choice))
    return Answer(True)


def _send_action(stage: Stage, user: str, surface: Surface, place: Place, choice: Any) -> Answer:
    stage.need_app()
    value = _value(stage, surface, place, choice)
    _keep(stage, user, surface, place, value)
    with stage.workspace.lock:
        payload = payloads.block_actions(
            stage,
            user,
            surface,
            payloads.action(stage, place, value),
            state_of(stage.workspace, surface, user),
        )
    summary = f"{_said(place)} pressed by {stage.name(user)}"
    return answer_to_press(stage.delivery.send("interactive", payload, summary))


def _said(place: Place) -> str:
    text = place.element.get("text")
    label = text.get("text") if isinstance(text, dict) else None
    return f"“{label}”" if label else f"the {place.element['type'].replace('_', ' ')}"


def _value(stage: Stage, surface: Surface, place: Place, choice: Any) -> dict[str, Any]:
    element = dict(place.element)
    if element["type"] == "button" or (element["type"] in STATELESS and element["type"] != "overflow"):
        return {}
    if "external" in element["type"]:
        offered = stage.workspace.offered.get(_offer_key(surface, place), [])
        element |= _as_options(offered)
    try:
        return dict(state_value(element, choice))
    except (ValueError, KeyError, LookupError) as wrong:
        raise CannotDo("That cannot be chosen here.") from wrong


def _as_options(offered: list[dict[str, Any]]) -> dict[str, Any]:
    flat = [o for item in offered for o in item.get("options", [item])]
    return {"options": flat}


def _keep(stage: Stage, user: str, surface: Surface, place: Place, value: Mapping[str, Any]) -> None:
    if place.element["type"] in STATELESS:
        return
    with stage.workspace.lock:
        state = state_of(stage.workspace, surface, user)
        state.setdefault(place.block.get("block_id", ""), {})[place.element["action_id"]] = dict(value)
        if surface.view is not None:
            surface.view.errors.pop(place.block.get("block_id", ""), None)
        stage.workspace.touch()


def _offer_key(surface: Surface, place: Place) -> tuple[str, str, str]:
    home = surface.view.id if surface.view else surface.message.ts if surface.message else ""
    return home, place.block.get("block_id", ""), place.element["action_id"]


def suggest(
    stage: Stage, user: str, surface_name: str, block_id: str, action_id: str, query: str
) -> list[dict[str, Any]]:
    surface, place = _found(stage, user, surface_name, block_id, action_id)
    if "external" not in place.element["type"]:
        raise CannotDo("This menu asks nobody.")
    stage.need_app()
    if len(query) < place.element.get("min_query_length", 3):
        return []
    payload = payloads.suggestion(stage, user, surface, place, query)
    outcome = stage.delivery.send("interactive", payload, f"a search for options by {stage.name(user)}")
    answer = outcome.json() if outcome.ok else None
    if answer is None:
        raise CannotDo("Palabre could not be asked for options.")
    offered: list[dict[str, Any]] = list(answer.get("options") or answer.get("option_groups") or [])
    with stage.workspace.lock:
        stage.workspace.offered.setdefault(_offer_key(surface, place), []).extend(offered)
    return offered[:100]

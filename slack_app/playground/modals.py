"""Opening, stacking and changing views: what views.* and the answers to a submission have in common."""

import secrets
from collections.abc import Mapping
from typing import Any

from slack_app.playground import check
from slack_app.playground.faults import lost_pictures
from slack_app.playground.ids import with_ids
from slack_app.playground.refused import SlackError
from slack_app.playground.stage import Stage
from slack_app.playground.surfaces import kept, places
from slack_app.playground.triggers import Trigger
from slack_app.playground.workspace import View

STACK = 3


def open_modal(stage: Stage, trigger_id: str, payload: Mapping[str, Any]) -> View:
    made = _checked(stage, payload)
    trigger = stage.triggers.spend(trigger_id)
    with stage.workspace.lock:
        if _is_of_modal(stage, trigger):
            # Slack says ok then, and its desktop app shows nothing (bolt-js issue 1072, bolt-python 481).
            raise SlackError("invalid_trigger_id")
        view = _new(stage, trigger.user, made)
        _fill_conversation(view, trigger.channel)
        stage.workspace.stacks[trigger.user] = [view]
        stage.workspace.touch()
        return view


def push_modal(stage: Stage, trigger_id: str, payload: Mapping[str, Any]) -> View:
    made = _checked(stage, payload)
    trigger = stage.triggers.spend(trigger_id)
    with stage.workspace.lock:
        if trigger.view not in [view.id for view in stage.workspace.stacks.get(trigger.user, [])]:
            # The trigger has to come from within the modal that is open (methods/views.push).
            raise SlackError("not_found")
        return put_on_top(stage, trigger.user, made)


def _is_of_modal(stage: Stage, trigger: Trigger) -> bool:
    return trigger.view is not None and trigger.view not in [v.id for v in stage.workspace.homes.values()]


def push_answer(stage: Stage, user: str, payload: Mapping[str, Any]) -> View:
    """response_action push."""
    made = _checked(stage, payload)
    with stage.workspace.lock:
        return put_on_top(stage, user, made)


def put_on_top(stage: Stage, user: str, payload: dict[str, Any]) -> View:
    stack = stage.workspace.stacks.get(user) or []
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    view = _new(stage, user, payload)
    view.root_id, view.previous_id = stack[0].id, stack[-1].id
    stack.append(view)
    stage.workspace.touch()
    return view


def change(stage: Stage, view: View, payload: Mapping[str, Any], hash_: str | None = None) -> View:
    """Replace a view's content, keeping what was filled in under the same ids."""
    with stage.workspace.lock:
        if hash_ and hash_ != view.hash:
            raise SlackError("hash_conflict")
        made = _checked(stage, payload, view)
        if made.get("type") != view.type:
            raise SlackError("invalid_arguments")
        view.payload = made
        view.state = kept(view.state, view.blocks)
        view.hash = stage.workspace.new_hash()
        view.errors, view.trouble = {}, None
        stage.workspace.touch()
        return view


def publish(stage: Stage, user: str, payload: Mapping[str, Any], hash_: str | None = None) -> View:
    _check(stage, payload, home=True)
    with stage.workspace.lock:
        view = stage.workspace.homes.get(user)
        if hash_ and (view is None or view.hash != hash_):
            raise SlackError("hash_conflict")
        made = _with_ids(payload)
        if view is None:
            view = View(_new_id(), user, "home", made, "")
            stage.workspace.homes[user] = view
        view.payload, view.state = made, kept(view.state, view_blocks(made))
        view.hash = stage.workspace.new_hash()
        stage.workspace.touch()
        return view


def pop(stage: Stage, view: View) -> None:
    """Close one modal, and those above it."""
    with stage.workspace.lock:
        stack = stage.workspace.stacks.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]
        view.closed = True
        stage.workspace.touch()


def clear(stage: Stage, user: str) -> None:
    with stage.workspace.lock:
        stage.workspace.stacks[user] = []
        stage.workspace.touch()


def view_blocks(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(payload.get("blocks") or [])


def _checked(stage: Stage, payload: Mapping[str, Any], instead_of: View | None = None) -> dict[str, Any]:
    home = instead_of is not None and instead_of.type == "home"
    _check(stage, payload, home=home)
    external_id = payload.get("external_id")
    if external_id:
        other = stage.workspace.view_by_external_id(str(external_id))
        if other is not None and other is not instead_of:
            raise SlackError("duplicate_external_id")
    return _with_ids(payload)


def _check(stage: Stage, payload: Mapping[str, Any], *, home: bool) -> None:
    """Refuse what Slack would not take, a picture that it cannot load among it (bolt-js issue 2237)."""
    check.check_view(payload, home=home)
    lost = lost_pictures(payload.get("blocks"), stage.workspace.lost_pictures, "/view/blocks")
    refused = [f"downloading image failed [json-pointer:{at}]" for at in lost]
    if refused:
        raise check.Refusal("invalid_arguments", refused)


def _with_ids(payload: Mapping[str, Any]) -> dict[str, Any]:
    return dict(payload) | {"blocks": with_ids(view_blocks(payload))}


def _new(stage: Stage, user: str, payload: dict[str, Any]) -> View:
    view = View(_new_id(), user, "modal", payload, stage.workspace.new_hash())
    view.root_id = view.id
    view.state = kept({}, view.blocks)
    return view


def _new_id() -> str:
    return f"V0{secrets.token_hex(5).upper()}"


def _fill_conversation(view: View, channel: str | None) -> None:
    """default_to_current_conversation: the channel the modal was opened from."""
    if channel is None:
        return
    for place in places(view.blocks):
        value = view.state.get(place.block.get("block_id", ""), {}).get(place.element["action_id"])
        if value is None or not place.element.get("default_to_current_conversation"):
            continue
        many = "selected_conversations" in value
        value["selected_conversations" if many else "selected_conversation"] = [channel] if many else channel

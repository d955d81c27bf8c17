"""What Slack sends becomes values: one or several, nothing chosen, and text that no database takes."""

from typing import Any

import pytest

from slack_app.kit import incoming


@pytest.mark.parametrize(
    ("held", "entry", "all_of_it"),
    [
        ({"type": "plain_text_input", "value": None}, "", ()),
        ({"type": "plain_text_input", "value": "  <b> & “é”\n"}, "  <b> & “é”\n", ("  <b> & “é”\n",)),
        ({"type": "radio_buttons", "selected_option": None}, "", ()),
        ({"type": "radio_buttons", "selected_option": {"value": "3"}}, "3", ("3",)),
        ({"type": "checkboxes", "selected_options": []}, "", ()),
        ({"type": "checkboxes", "selected_options": None}, "", ()),
        ({"type": "checkboxes", "selected_options": [{"value": "0"}, {"value": "2"}]}, "", ("0", "2")),
        ({"type": "multi_static_select", "selected_options": [{"value": "11"}]}, "", ("11",)),
        ({"type": "conversations_select", "selected_conversation": "C0"}, "C0", ("C0",)),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, "", ("U1", "U2")),
        ({"type": "datetimepicker", "selected_date_time": 1764000000}, "1764000000", ("1764000000",)),
        ({"type": "datetimepicker", "selected_date_time": None}, "", ()),
        ({}, "", ()),
    ],
)
def test_what_a_field_holds(held: dict[str, Any], entry: str, all_of_it: tuple[str, ...]) -> None:
    sent = incoming.submission("T0", submitted({"field": {"field": held}}))
    assert sent.entries == {"field": entry}
    assert sent.lists == {"field": all_of_it}


def test_a_block_that_holds_nothing_is_empty() -> None:
    sent = incoming.submission("T0", submitted({"field": {}, "other": {"other": None}}))
    assert sent.entries == {"field": "", "other": ""}
    assert sent.lists == {"field": (), "other": ()}


def test_a_form_without_any_state_has_no_entries() -> None:
    body = submitted({})
    states: list[dict[str, Any]] = [{"state": None}, {"state": {}}, {}]
    for state in states:
        body["view"] = {"id": "V0", "callback_id": "x", **state}
        assert incoming.submission("T0", body).lists == {}


def test_half_a_character_and_nul_are_mended_not_lost() -> None:
    held = {"type": "plain_text_input", "value": "good \ud83d\x00 day"}
    sent = incoming.submission("T0", submitted({"field": {"field": held}}))
    assert sent.lists == {"field": ("good � day",)}


def test_a_press_in_a_modal_brings_all_that_is_filled_in() -> None:
    view = {"id": "V0", "hash": "17.abc", "private_metadata": "r1:2", "state": {"values": {}}}
    view["state"] = {"values": {"why": {"why": {"type": "plain_text_input", "value": "Because"}}}}
    sent = incoming.press("T0", pressed({"type": "view", "view_id": "V0"}, view=view))
    assert (sent.view, sent.shown, sent.memory) == ("V0", "17.abc", "r1:2")
    assert sent.lists == {"why": ("Because",)}


def test_a_press_on_a_message_brings_none() -> None:
    container = {"type": "message", "message_ts": "1.2", "channel_id": "C0"}
    sent = incoming.press("T0", pressed(container, state={"values": {}}))
    assert (sent.view, sent.shown, sent.memory, sent.lists) == (None, None, "", {})


def submitted(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "user": {"id": "U0", "team_id": "T0"},
        "view": {"id": "V0", "callback_id": "x", "private_metadata": "", "state": {"values": values}},
    }


def pressed(container: dict[str, Any], **more: Any) -> dict[str, Any]:
    action = {"action_id": "answering.back", "block_id": "b", "value": "v", "action_ts": "1.1"}
    return {"user": {"id": "U0"}, "container": container, "actions": [action], "trigger_id": "1.2.3", **more}

"""What state.values holds, untouched and after a choice, and the ids Slack gives."""

import pytest

from slack_app.playground.elements import NotOfferedError, initial_state, options_of, state_value
from slack_app.playground.ids import with_ids
from tests.playground.payloads import (
    LETTER,
    Json,
    actions,
    asked,
    boxes,
    button,
    card,
    container,
    multi,
    option,
    options,
    plain,
    rich,
    section,
    select,
    without,
    words,
)

SOUP, SALAD, RICE = options(3)
GROUPS = [{"label": plain("Hot"), "options": [SOUP]}, {"label": plain("Cold"), "options": [SALAD]}]
GROUPED = {"type": "static_select", "option_groups": GROUPS}
FORMATTED = rich(words(LETTER))


def kind(name: str, **fields: object) -> Json:
    return {"type": name, **fields}


UNTOUCHED = [
    (kind("plain_text_input"), {"value": None}),
    (kind("plain_text_input", initial_value="Lunch"), {"value": "Lunch"}),
    (kind("email_text_input"), {"value": None}),
    (kind("url_text_input"), {"value": None}),
    (kind("number_input", initial_value="3"), {"value": "3"}),
    (kind("rich_text_input"), {"rich_text_value": None}),
    (kind("rich_text_input", initial_value=FORMATTED), {"rich_text_value": FORMATTED}),
    (kind("file_input"), {"files": []}),
    (select(), {"selected_option": None}),
    (select(initial_option=SOUP), {"selected_option": SOUP}),
    (kind("external_select"), {"selected_option": None}),
    (kind("radio_buttons", options=[SOUP]), {"selected_option": None}),
    (boxes(), {"selected_options": []}),
    (boxes(initial_options=[SALAD]), {"selected_options": [SALAD]}),
    (multi(), {"selected_options": []}),
    (kind("multi_external_select"), {"selected_options": []}),
    (kind("datepicker"), {"selected_date": None}),
    (kind("datepicker", initial_date="2026-11-24"), {"selected_date": "2026-11-24"}),
    (kind("timepicker"), {"selected_time": None}),
    (kind("datetimepicker", initial_date_time=1795000000), {"selected_date_time": 1795000000}),
    (kind("users_select", initial_user="U0ANA"), {"selected_user": "U0ANA"}),
    (kind("conversations_select"), {"selected_conversation": None}),
    (kind("channels_select"), {"selected_channel": None}),
    (kind("multi_users_select", initial_users=["U0ANA"]), {"selected_users": ["U0ANA"]}),
    (kind("multi_conversations_select"), {"selected_conversations": []}),
    (kind("multi_channels_select"), {"selected_channels": []}),
]


@pytest.mark.parametrize(("element", "value"), UNTOUCHED)
def test_an_untouched_element_holds_what_it_began_with(element: Json, value: Json) -> None:
    assert state_value(element, None) == {"type": element["type"], **value}


CHOSEN = [
    (kind("plain_text_input"), "Lunch & more", {"value": "Lunch & more"}),
    (kind("number_input"), "3", {"value": "3"}),
    (kind("rich_text_input"), FORMATTED, {"rich_text_value": FORMATTED}),
    (kind("rich_text_input"), "a", {"rich_text_value": FORMATTED}),
    (select(options=[SOUP, SALAD]), "1", {"selected_option": SALAD}),
    (GROUPED, "1", {"selected_option": SALAD}),
    (kind("external_select"), RICE, {"selected_option": RICE}),
    (kind("external_select", initial_option=RICE), "2", {"selected_option": RICE}),
    (kind("radio_buttons", options=[SOUP, SALAD]), "0", {"selected_option": SOUP}),
    (kind("overflow", options=[SOUP, SALAD]), "0", {"selected_option": SOUP}),
    (boxes(), ["1", "0"], {"selected_options": [SALAD, SOUP]}),
    (boxes(), "1", {"selected_options": [SALAD]}),
    (multi(), ["2"], {"selected_options": [RICE]}),
    (kind("multi_external_select"), [RICE], {"selected_options": [RICE]}),
    (kind("datepicker"), "2026-11-24", {"selected_date": "2026-11-24"}),
    (kind("timepicker"), "12:30", {"selected_time": "12:30"}),
    (kind("datetimepicker"), 1795000000, {"selected_date_time": 1795000000}),
    (kind("datetimepicker"), "1795000000", {"selected_date_time": 1795000000}),
    (kind("users_select"), "U0BEN", {"selected_user": "U0BEN"}),
    (kind("conversations_select"), "C0GENERAL", {"selected_conversation": "C0GENERAL"}),
    (kind("channels_select"), "C0GENERAL", {"selected_channel": "C0GENERAL"}),
    (kind("multi_users_select"), ["U0BEN"], {"selected_users": ["U0BEN"]}),
    (kind("multi_conversations_select"), ["D1"], {"selected_conversations": ["D1"]}),
    (kind("multi_channels_select"), ["C1"], {"selected_channels": ["C1"]}),
    (button(value="poll:1"), None, {"value": "poll:1"}),
    (button(), None, {}),
]


@pytest.mark.parametrize(("element", "choice", "value"), CHOSEN)
def test_a_choice_is_held_as_slack_holds_it(element: Json, choice: object, value: Json) -> None:
    assert state_value(element, choice) == {"type": element["type"], **value}


CLEARED = [
    (kind("plain_text_input", initial_value="Lunch"), "", {"value": None}),
    (select(initial_option=SOUP), "", {"selected_option": None}),
    (boxes(initial_options=[SOUP]), [], {"selected_options": []}),
    (boxes(initial_options=[SOUP]), "", {"selected_options": []}),
    (kind("datepicker", initial_date="2026-11-24"), "", {"selected_date": None}),
    (kind("datetimepicker", initial_date_time=1795000000), "", {"selected_date_time": None}),
    (kind("rich_text_input", initial_value=FORMATTED), "", {"rich_text_value": None}),
    (kind("multi_users_select", initial_users=["U0ANA"]), [], {"selected_users": []}),
]


@pytest.mark.parametrize(("element", "choice", "value"), CLEARED)
def test_what_is_emptied_is_empty_whatever_it_began_with(element: Json, choice: object, value: Json) -> None:
    assert state_value(element, choice) == {"type": element["type"], **value}


@pytest.mark.parametrize("choice", ["9", option("0", text=plain("Cake"))])
def test_what_is_not_offered_cannot_be_chosen(choice: object) -> None:
    with pytest.raises(NotOfferedError):
        state_value(select(), choice)


def test_all_options_of_all_groups_are_offered() -> None:
    assert options_of(GROUPED) == [SOUP, SALAD]


def test_the_state_of_a_view_lists_what_can_be_filled_in_and_no_button() -> None:
    blocks = [
        asked(kind("plain_text_input", action_id="question"), block_id="asked"),
        section(accessory=select(action_id="day"), block_id="when"),
        actions(
            button(action_id="go"),
            kind("overflow", options=[SOUP], action_id="more"),
            kind("datepicker", action_id="until"),
        )
        | {"block_id": "until"},
        section(accessory=button(action_id="no"), block_id="nothing"),
        container(asked(boxes(action_id="box"), block_id="inner"), block_id="outer"),
    ]
    assert initial_state(blocks) == {
        "asked": {"question": {"type": "plain_text_input", "value": None}},
        "when": {"day": {"type": "static_select", "selected_option": None}},
        "until": {"until": {"type": "datepicker", "selected_date": None}},
        "inner": {"box": {"type": "checkboxes", "selected_options": []}},
    }


def test_nameless_blocks_and_elements_get_names() -> None:
    (named,) = with_ids([actions(button(), button(action_id="polls.vote:1"))])
    first, second = (element["action_id"] for element in named["elements"])
    assert named["block_id"]
    assert first
    assert second == "polls.vote:1"


def test_given_names_stay() -> None:
    block = section(block_id="note", accessory=select(action_id="day"))
    assert with_ids([block]) == [block]


def test_the_app_s_own_blocks_are_left_as_they_were() -> None:
    block = actions(button())
    with_ids([block])
    assert block == actions(button())


def test_blocks_within_blocks_get_names_too() -> None:
    outer, cards = with_ids(
        [container(asked(boxes())), {"type": "carousel", "elements": [card(actions=[button()])]}]
    )
    assert outer["child_blocks"][0]["block_id"]
    assert outer["child_blocks"][0]["element"]["action_id"]
    assert cards["elements"][0]["actions"][0]["action_id"]


def test_images_and_texts_get_no_action_id() -> None:
    (named,) = with_ids([{"type": "context", "elements": [plain("a")]}])
    assert without(named, "block_id") == {"type": "context", "elements": [plain("a")]}

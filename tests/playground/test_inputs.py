"""Choices, several choices and moments in a form: sent to the app exactly as Slack sends them."""

from typing import Any

import pytest

from slack_app.playground.gestures import CannotDo
from slack_app.playground.server import Playground
from slack_app.playground.workspace import View
from tests.playground.conftest import Api
from tests.playground.tiny_app import TinyApp, say


def option(name: str, description: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"text": {"type": "plain_text", "text": name.title()}, "value": name}
    return made | ({"description": {"type": "plain_text", "text": description}} if description else {})


TALKS, PEOPLE, FOOD = option("talks", "All five of them"), option("people"), option("food", "Vegan too")
OPTIONS = [TALKS, PEOPLE, FOOD]
MOMENT = 1_795_597_200  # 2026-11-25 09:00 UTC


def form(*, optional: bool = False, **begun: dict[str, Any]) -> dict[str, Any]:
    """A modal of all of them, by block id, with what each begins with."""
    elements: dict[str, dict[str, Any]] = {
        "best": {"type": "radio_buttons", "options": OPTIONS},
        "liked": {"type": "checkboxes", "options": OPTIONS},
        "days": {"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 2},
        "close": {"type": "datetimepicker"},
    }
    blocks = [
        {
            "type": "input",
            "block_id": name,
            "label": {"type": "plain_text", "text": name.title()},
            "optional": optional,
            "element": element | {"action_id": name} | begun.get(name, {}),
        }
        for name, element in elements.items()
    ]
    return {
        "type": "modal",
        "callback_id": "tiny.form",
        "title": {"type": "plain_text", "text": "All of them"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": blocks,
    }


def opened(playground: Playground, api: Api, view: dict[str, Any]) -> View:
    answer = api("views.open", trigger_id=playground.stage.triggers.mint("U0ANA", "C0GENERAL"), view=view)
    assert answer["ok"], answer
    return playground.workspace.stacks["U0ANA"][-1]


def fill(playground: Playground, view: View, **choices: object) -> None:
    for name, choice in choices.items():
        playground.gestures.fill("U0ANA", f"view:{view.id}", name, name, choice)


def values(app: TinyApp) -> dict[str, Any]:
    return dict(app.of("view_submission")[-1]["view"]["state"]["values"])


def test_untouched_optional_inputs_are_there_with_nothing_in_them(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, form(optional=True))
    assert playground.gestures.submit("U0ANA", view.id).ok
    assert values(app) == {
        "best": {"best": {"type": "radio_buttons", "selected_option": None}},
        "liked": {"liked": {"type": "checkboxes", "selected_options": []}},
        "days": {"days": {"type": "multi_static_select", "selected_options": []}},
        "close": {"close": {"type": "datetimepicker", "selected_date_time": None}},
    }


def test_what_is_chosen_comes_as_whole_options_and_whole_seconds(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, form())
    fill(playground, view, best="talks", liked=["talks", "food"], days=["people"], close=str(MOMENT))
    assert playground.gestures.submit("U0ANA", view.id).ok
    assert values(app) == {
        "best": {"best": {"type": "radio_buttons", "selected_option": TALKS}},
        "liked": {"liked": {"type": "checkboxes", "selected_options": [TALKS, FOOD]}},
        "days": {"days": {"type": "multi_static_select", "selected_options": [PEOPLE]}},
        "close": {"close": {"type": "datetimepicker", "selected_date_time": MOMENT}},
    }


def test_what_they_begin_with_is_sent_until_it_is_changed(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    begun = form(
        best={"initial_option": PEOPLE},
        liked={"initial_options": [FOOD]},
        days={"initial_options": [TALKS, PEOPLE]},
        close={"initial_date_time": MOMENT},
    )
    view = opened(playground, api, begun)
    fill(playground, view, days=["people"])
    assert playground.gestures.submit("U0ANA", view.id).ok
    sent = values(app)
    assert sent["best"]["best"]["selected_option"] == PEOPLE
    assert sent["liked"]["liked"]["selected_options"] == [FOOD]
    assert sent["days"]["days"]["selected_options"] == [PEOPLE]
    assert sent["close"]["close"]["selected_date_time"] == MOMENT


def test_what_is_required_or_too_much_is_said_beside_each_and_the_app_never_hears(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, form())
    fill(playground, view, days=["talks", "people", "food"])
    assert not playground.gestures.submit("U0ANA", view.id).ok
    required = "Please complete this required field."
    assert view.errors == {
        "best": required,
        "liked": required,
        "days": "Choose at most 2",
        "close": required,
    }
    assert app.of("view_submission") == []


def test_the_apps_own_errors_stand_beside_any_of_them_and_keep_what_was_chosen(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, form())
    fill(playground, view, best="talks", liked=["food"], days=["people"], close=MOMENT)
    said = {"close": "That is in the past.", "liked": "Choose two.", "best": "Not that.", "days": "More."}
    app.answer = lambda _delivered: say({"response_action": "errors", "errors": said})
    playground.gestures.submit("U0ANA", view.id)
    assert view.errors == said
    assert view.state["liked"]["liked"]["selected_options"] == [FOOD]
    fill(playground, view, close=MOMENT + 3600)
    assert "close" not in view.errors


@pytest.mark.parametrize("choice", ["cake", ["cake"]])
def test_nobody_chooses_what_is_not_offered(playground: Playground, api: Api, choice: object) -> None:
    view = opened(playground, api, form())
    for name in ("best", "liked", "days"):
        with pytest.raises(CannotDo):
            fill(playground, view, **{name: choice})


@pytest.mark.parametrize(
    "begun",
    [
        {"best": {"options": OPTIONS * 4}},
        {"liked": {"options": [option(f"o{n}") for n in range(11)]}},
        {"days": {"options": [option(f"o{n}") for n in range(101)]}},
        {"best": {"initial_option": option("cake")}},
        {"best": {"initial_option": option("talks")}},  # without the description it is another option
        {"liked": {"initial_options": []}},
        {"days": {"initial_options": OPTIONS}},  # three, where two may be chosen
        {"close": {"initial_date_time": 17_955_972_000}},
        {"close": {"initial_date_time": "2026-11-25T09:00"}},
        {"best": {"options": [option("talks", "d" * 76)]}},
        {"days": {"options": [option("v" * 76)]}},
    ],
)
def test_past_the_limits_no_form_opens(
    playground: Playground, api: Api, begun: dict[str, dict[str, Any]]
) -> None:
    trigger = playground.stage.triggers.mint("U0ANA", "C0GENERAL")
    assert (
        api("views.open", trigger_id=trigger, view=form(optional=False, **begun))["error"]
        == "invalid_arguments"
    )

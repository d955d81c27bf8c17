"""Windows and presses that no honest Slack sends while somebody answers: a sentence, and nothing lost."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from surveys.survey import Response
from tests.stories.rounds import launch
from tests.stories.test_answering import chosen, kept, typed
from tests.stories.test_bad_input import respond
from tests.stories.test_hostile import WRONG
from tests.stories.town import Town

VIEW: dict[str, Any] = {
    "id": "V1",
    "type": "modal",
    "callback_id": "answering.page",
    "hash": "17.abc",
    "private_metadata": "r1:2",
    "state": {"values": {"why": {"why": {"type": "plain_text_input", "value": "Because"}}}},
}
BEN = {"id": "U0BEN", "team_id": "T0PLAYGRD"}
SUBMISSION: dict[str, Any] = {"type": "view_submission", "user": BEN, "view": VIEW}
PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": BEN,
    "trigger_id": "1.2.3",
    "view": VIEW,
    "container": {"type": "view", "view_id": "V1"},
    "actions": [{"type": "button", "action_id": "answering.back", "block_id": "b", "value": "r1"}],
}


def spoiled(payload: Any, whole: Any = None, path: tuple[Any, ...] = ()) -> Iterator[dict[str, Any]]:
    """Give the payload once for each place in it and each wrong value there."""
    whole = payload if whole is None else whole
    for key in payload if isinstance(payload, dict) else range(len(payload)):
        for wrong in WRONG:
            copy = deepcopy(whole)
            place = copy
            for step in path:
                place = place[step]
            place[key] = wrong
            yield copy
        if isinstance(payload[key], dict | list):
            yield from spoiled(payload[key], whole, (*path, key))


@pytest.mark.parametrize(
    "payload",
    [SUBMISSION, PRESS, {**PRESS, "actions": [{**PRESS["actions"][0], "action_id": "answering.change"}]}],
    ids=["page", "back", "change"],
)
def test_no_value_of_the_wrong_kind_is_a_bug(
    town: Town, caplog: pytest.LogCaptureFixture, payload: dict[str, Any]
) -> None:
    launch(town)
    bodies = [json.dumps(each) for each in spoiled(payload)]
    statuses = {respond(town, body, content_type="application/json").status_code for body in bodies}
    town.settle()
    assert statuses <= {200, 400, 404}
    assert [record for record in caplog.records if "bug" in record.getMessage()] == []


@pytest.mark.parametrize("name", ["answering.back", "back", "told", "x" * 300, "", "<!channel>"])
def test_fields_that_are_in_no_page_are_left_alone(town: Town, name: str) -> None:
    asked = launch(town)
    held = {"rate": {"rate": chosen("4")}, name: {name: typed("Because")}}
    view = VIEW | {"private_metadata": "r1:0", "state": {"values": held}}
    respond(town, json.dumps(SUBMISSION | {"view": view}), content_type="application/json")
    assert set(kept(town, asked).answers) == {"rate"}


def test_a_page_without_any_state_names_what_is_required(town: Town) -> None:
    asked = launch(town)
    view = VIEW | {"private_metadata": "r1:0", "state": {}}
    answer = respond(town, json.dumps(SUBMISSION | {"view": view}), content_type="application/json")
    assert set(answer.get_json()["errors"]) == {"rate"}
    assert kept(town, asked) == Response()

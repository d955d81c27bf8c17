"""What an attacker, a bug of Slack's or a bad day sends: answered, told, and nothing lost or doubled."""

import json
from copy import deepcopy
from typing import Any

import pytest

from tests.stories.test_bad_input import respond
from tests.stories.town import Town

PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U0BEN", "team_id": "T0PLAYGRD"},
    "trigger_id": "1.2.3",
    "actions": [{"action_id": "polls.vote:0", "block_id": "b", "type": "button", "value": "p"}],
    "container": {"type": "message", "channel_id": "C0GENERAL", "message_ts": "1.2"},
}
SUBMISSION: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": "U0BEN"},
    "view": {"id": "V1", "callback_id": "polls.ask", "state": {"values": {}}},
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "event": {"type": "app_home_opened", "user": "U0BEN", "tab": "home"},
}
WRONG: tuple[Any, ...] = (None, 1, "", [], {}, [None], True, "\ud800", "9" * 5000)


@pytest.mark.parametrize("payload", [PRESS, SUBMISSION, EVENT], ids=["press", "submission", "event"])
def test_no_value_of_the_wrong_kind_breaks_the_answer(town: Town, payload: dict[str, Any]) -> None:
    statuses = set()
    for key in payload:
        for wrong in WRONG:
            body = json.dumps({**deepcopy(payload), key: wrong})
            statuses.add(respond(town, body, content_type="application/json").status_code)
    assert statuses <= {200, 400, 404}


def test_a_payload_nested_without_end_is_refused(town: Town) -> None:
    assert respond(town, "[" * 100_000, content_type="application/json").status_code == 400


def test_a_timestamp_that_is_no_number_is_no_signature(town: Town) -> None:
    headers = {"X-Slack-Request-Timestamp": "noon", "X-Slack-Signature": "v0=0"}
    client = town.palabre.web.test_client()
    assert client.post("/slack/events", data=b"\xff", headers=headers).status_code == 401

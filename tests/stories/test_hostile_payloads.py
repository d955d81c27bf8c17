"""Windows, presses and commands about surveys that no honest Slack sends: a sentence, and no bug."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from slack_app.playground.workspace import TEAM_ID
from tests.stories.rounds import launch
from tests.stories.test_answering_hostile import spoiled
from tests.stories.test_bad_input import respond
from tests.stories.town import GENERAL, Town

ANA = {"id": "U0ANA", "team_id": TEAM_ID}
PLAN = f"retrospective|en|1799999940|{GENERAL}|Retro"
FILLED = {
    "title": {"title": {"type": "plain_text_input", "value": "Retro"}},
    "channel": {"channel": {"type": "conversations_select", "selected_conversation": GENERAL}},
    "closes": {"closes": {"type": "datetimepicker", "selected_date_time": 1799999940}},
    "survey": {"survey": {"type": "static_select", "selected_option": {"value": "r1"}}},
    "template": {"template": {"type": "radio_buttons", "selected_option": {"value": "retrospective"}}},
    "language": {"language": {"type": "radio_buttons", "selected_option": {"value": "fr"}}},
}


def window(name: str, memory: str = "r1") -> dict[str, Any]:
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": name,
        "hash": "17.abc",
        "private_metadata": memory,
        "state": {"values": FILLED},
    }


def sent_in(name: str, memory: str = "r1") -> dict[str, Any]:
    return {"type": "view_submission", "user": ANA, "view": window(name, memory)}


def pressed(name: str, value: str = "r1") -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": ANA,
        "trigger_id": "1.2.3",
        "view": window("authoring.launch", PLAN),
        "container": {"type": "view", "view_id": "V1"},
        "actions": [
            {"type": "button", "action_id": name, "block_id": "b", "value": value, "action_ts": "1.2"}
        ],
    }


def bugs(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "bug" in record.getMessage()]


PAYLOADS = (
    sent_in("authoring.choose", PLAN),
    sent_in("authoring.launch", PLAN),
    sent_in("authoring.close"),
    sent_in("reports.post"),
    pressed("authoring.back"),
    pressed("authoring.close"),
    pressed("authoring.delete"),
    pressed("authoring.post_again"),
    pressed("authoring.post_in:r1", GENERAL),
    pressed("reports.open"),
    pressed("reports.post_again"),
    pressed("reports.post_in:o1", GENERAL),
)


def test_no_value_of_the_wrong_kind_is_a_bug(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    launch(town)
    # Each in its turn has every seventh: a whole round of all is the work of a minute.
    bodies = [
        json.dumps(each) for turn, sent in enumerate(PAYLOADS) for each in [*spoiled(sent)][turn % 7 :: 7]
    ]
    statuses = {respond(town, body, content_type="application/json").status_code for body in bodies}
    town.settle()
    assert statuses <= {200, 400, 404}
    assert bugs(caplog) == []


MEMORIES = (
    "",
    "|",
    "|||||",
    "nothing|en|1799999940||",
    "retrospective|xx|1799999940||",
    "retrospective|en|9999999999||",
    "retrospective|en|0000000000||",
    f"retrospective|en|1799999940|{'C' * 2900}|",
    "r1:0",
    "r1:99999",
    ":",
    "\n",
    "retrospective|en|١٧٩٩٩٩٩٩٤٠||",
    "x" * 3000,
    "<!channel>",
    "retrospective|en|1799999940||\u202eabc",
)


@pytest.mark.parametrize(
    "name", ["authoring.choose", "authoring.launch", "authoring.close", "reports.post", "answering.page"]
)
def test_no_memory_is_a_bug(town: Town, caplog: pytest.LogCaptureFixture, name: str) -> None:
    launch(town)
    bodies = [json.dumps(sent_in(name, memory)) for memory in MEMORIES]
    statuses = {respond(town, body, content_type="application/json").status_code for body in bodies}
    town.settle()
    assert statuses == {200}
    assert bugs(caplog) == []


TEXTS = (
    "weekly",
    "weekly monday",
    "weekly monday 25:00",
    "weekly monday 9:00 ../../etc/passwd",
    "weekly 9:00",
    "weekly monday 9:00 /etc/localtime",
    "weekly monday 9:00 \u202e",
    "weekly monday ٩:٠٠",
    "weekly monday ²:00",
    "weekly monday 9:00 \x00",
    "weekly monday 99999999999999999999:00",
    "weekly 31 february 9:00",
    "«",
    "“ ”",
    ",",
    "weekly monday 9:00 {zone}",
    "weekly monday 9:00 " + "x" * 4000,
    "monday at noon",
    "<!channel>",
    "…",
    "%s",
    "{",
    "weekly monday 2:30 Europe/Paris",
    "weekly sunday 24:00",
    "weekly monday 9:00 utc+25",
    "close",
    "anonymous «x»",
    "retro 🎉",
    "satisfaction" * 500,
    "\u200b",
    "weekly monday 9:00 GMT0",
    "weekly monday 9:00 posixrules",
)


@pytest.mark.parametrize("command", ["/report", "/survey", "/palabre"])
def test_no_words_after_a_command_are_a_bug(
    town: Town, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    launch(town)
    for number, text in enumerate(TEXTS):
        for said in (text, f"report {text}", f"survey {text}") if command == "/palabre" else (text,):
            form = {
                "command": command,
                "text": said,
                "team_id": TEAM_ID,
                "user_id": "U0ANA",
                "channel_id": GENERAL,
                "trigger_id": f"1.2.{number}",
                "response_url": "http://127.0.0.1:9/gone",
            }
            answer = respond(town, urlencode(form))
            assert answer.status_code == 200
            assert "<!channel>" not in answer.get_data(as_text=True)
    town.settle()
    assert bugs(caplog) == []

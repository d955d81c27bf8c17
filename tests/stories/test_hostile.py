"""What an attacker, a bug of Slack's or a bad day sends: answered, told, and nothing lost or doubled."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.test_bad_input import respond
from tests.stories.town import GENERAL, Town

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


def test_where_the_way_back_is_dead_a_direct_message_tells(town: Town) -> None:
    message = town.ask()
    vote = {
        "action_id": "polls.vote:99",
        "block_id": "b",
        "type": "button",
        "value": message.blocks[1]["accessory"]["value"],
    }
    press = {
        **PRESS,
        "user": {"id": "U0CHLOE"},
        "response_url": "http://127.0.0.1:9/gone",
        "actions": [vote],
    }
    respond(town, json.dumps(press), content_type="application/json")
    town.settle()
    assert "Cette option ne fait plus partie du sondage" in town.direct("U0CHLOE")[-1].text


def test_one_poll_that_cannot_be_posted_or_told_keeps_no_other_waiting(town: Town) -> None:
    for question in ("First?", "Second?"):
        town.playground.gestures.say("U0ANA", GENERAL, "/poll")
        town.fill("U0ANA", question=question, channel=GENERAL)
        town.playground.gestures.submit("U0ANA", town.modal("U0ANA").id)
    town.playground.faults.next("chat.postMessage", "is_archived", times=2)
    town.settle()
    assert len(town.posted()) == 1


def test_a_busy_database_after_the_post_makes_no_second_poll(town: Town) -> None:
    town.playground.gestures.say("U0BEN", GENERAL, "/poll Shall we?")
    town.playground.faults.next("chat.postMessage", "slow:1")
    with ThreadPoolExecutor(1) as threads:
        drawing = threads.submit(town.palabre.worker.redraw)
        wait([drawing], timeout=0.5)
        with town.database.begin() as store:
            poll = store.polls.latest_of("T0PLAYGRD", "U0BEN", GENERAL)
            assert poll is not None
            store.polls.lock(poll.workspace, poll.id)
            wait([drawing], timeout=3)
    town.playground.gestures.move_clock(120)
    town.settle()
    assert len(town.posted()) == 1


def test_a_closed_poll_is_not_posted_again(town: Town) -> None:
    town.say("U0ANA", "/poll Shall we?", "C0NOAPP")
    whisper = [each for each in town.playground.workspace.messages("C0NOAPP") if each.only_for][-1]
    town.say("U0ANA", "/poll close", "C0NOAPP")
    town.press("U0ANA", whisper, "polls.post_again")
    assert "This poll is closed" in town.whispers("U0ANA", "C0NOAPP")[-1]


def test_pressing_try_again_twice_posts_once(town: Town) -> None:
    town.say("U0ANA", "/poll Shall we?", "C0NOAPP")
    whisper = [each for each in town.playground.workspace.messages("C0NOAPP") if each.only_for][-1]
    town.playground.gestures.invite_app("C0NOAPP")
    for _ in range(2):
        town.press("U0ANA", whisper, "polls.post_again")
    assert len(town.posted("C0NOAPP")) == 1
    assert "This poll is posted already" in town.whispers("U0ANA", "C0NOAPP")[-1]


def test_a_submission_after_the_close_says_so_in_the_window_and_in_french(town: Town) -> None:
    message = town.ask()
    town.press("U0CHLOE", message, "polls.my_vote")
    town.fill("U0CHLOE", option="1")
    town.press("U0ANA", message, "polls.close")
    town.submit("U0CHLOE")
    assert "Ce sondage est clos" in town.modal("U0CHLOE").errors["option"]


def test_serve_ends_cleanly_when_told_to(town: Town, tmp_path: Path) -> None:
    environ = {
        **os.environ,
        "SLACK_BOT_TOKEN": town.playground.bot_token,
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": town.playground.api_url,
        "PALABRE_DATABASE_URL": f"sqlite:///{tmp_path / 'served.sqlite3'}",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "slack_app", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        assert "Palabre listens on" in served.stdout.readline()
        served.send_signal(signal.SIGTERM)
        assert served.wait(20) == 0


def test_when_the_database_is_busy_the_vote_is_refused_in_the_own_language(town: Town) -> None:
    message = town.ask()
    town.press("U0CHLOE", message, "polls.vote:0")
    with ThreadPoolExecutor(1) as threads, town.database.begin() as store:
        store.polls.lock("T0PLAYGRD", message.blocks[1]["accessory"]["value"])
        surface = f"message:{message.channel}:{message.ts}"
        act = town.playground.gestures.act
        wait([threads.submit(act, "U0CHLOE", surface, "option:1", "polls.vote:1")], timeout=2.9)
    town.settle()
    assert "Palabre est occupé" in town.whispers("U0CHLOE")[-1]
    assert "Café de la Paix: 1 vote" in message.text


def test_the_asker_s_id_in_another_organisation_does_not_close(town: Town) -> None:
    message = town.ask()
    stop = {"action_id": "polls.close", "type": "button", "value": message.blocks[1]["accessory"]["value"]}
    press = {
        **PRESS,
        "user": {"id": "U0ANA", "team_id": "T0ELSEWHERE"},
        "actions": [{**stop, "block_id": "b"}],
    }
    respond(town, json.dumps(press), content_type="application/json")
    town.settle()
    assert "polls.close" in json.dumps(message.blocks)


def test_a_form_slack_is_slow_to_open_is_told_within_three_seconds(town: Town) -> None:
    town.playground.faults.next("views.open", "slow:4")
    assert town.say("U0BEN", "/poll").ok
    assert "Slack refused to show this (no_answer)" in town.whispers("U0BEN")[-1]


def test_when_slack_asks_to_wait_no_other_message_is_drawn_meanwhile(town: Town) -> None:
    first, second = town.ask(), town.ask(text='"Again?" "Tea" "Coffee"')
    town.playground.faults.next("chat.update", "429:30")
    town.press("U0BEN", first, "polls.vote:0")
    town.press("U0BEN", second, "polls.vote:0")
    assert "0 people have voted" in first.text
    assert "0 people have voted" in second.text
    town.playground.gestures.move_clock(31)
    town.settle()
    town.playground.gestures.move_clock(31)
    town.settle()
    assert "1 person has voted" in first.text
    assert "1 person has voted" in second.text

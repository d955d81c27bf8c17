"""Deliveries are signed, limited to 3 seconds, and repeated where Slack repeats them."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from copy import deepcopy
from typing import Any

import pytest

from slack_app.playground import modals
from slack_app.playground.delivery import signature
from slack_app.playground.gestures import CannotDo
from slack_app.playground.server import Playground
from tests.playground.conftest import MANIFEST, Api
from tests.playground.test_gestures import BUTTONS, FORM, field, opened
from tests.playground.test_web_api import form
from tests.playground.tiny_app import Reply, TinyApp


def post(url: str, body: dict[str, Any]) -> tuple[int, str]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())["error"]


def test_a_signature_is_the_one_slack_documents() -> None:
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature(secret, "1531420618", body) == expected


def test_every_request_is_signed_over_its_raw_body(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll « Où ? » Ici")
    came = app.came[-1]
    stamp = came.headers["x-slack-request-timestamp"]
    raw = f"v0:{stamp}:{came.body}".encode()
    made = hmac.new(playground.signing_secret.encode(), raw, hashlib.sha256).hexdigest()
    assert came.headers["x-slack-signature"] == f"v0={made}"
    assert abs(time.time() - int(stamp)) < 5


def test_moving_the_clock_does_not_age_signatures(playground: Playground, app: TinyApp) -> None:
    playground.gestures.move_clock(86_400)
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    assert abs(time.time() - int(app.came[-1].headers["x-slack-request-timestamp"])) < 5


def test_the_url_is_verified_by_its_challenge(playground: Playground, app: TinyApp) -> None:
    app.answer = lambda delivered: Reply(delivered.payload["challenge"])
    assert playground.delivery.verify_url()
    app.answer = lambda _: Reply("hello")
    assert not playground.delivery.verify_url()


def test_an_event_is_repeated_at_once_then_after_one_and_five_minutes(
    playground: Playground, app: TinyApp
) -> None:
    app.answer = lambda _: Reply("", 500)
    playground.gestures.open_home("U0ANA")
    assert len(app.came) == 2
    playground.gestures.move_clock(61)
    assert len(app.came) == 3
    playground.gestures.move_clock(301)
    playground.gestures.move_clock(3600)
    assert [d.headers.get("x-slack-retry-num") for d in app.came] == [None, "1", "2", "3"]
    assert {d.headers.get("x-slack-retry-reason") for d in app.came} == {None, "http_error"}
    assert len({d.payload["event_id"] for d in app.came}) == 1


def test_an_app_may_refuse_repeats(playground: Playground, app: TinyApp) -> None:
    app.answer = lambda _: Reply("", 500, {"X-Slack-No-Retry": "1"})
    playground.gestures.open_home("U0ANA")
    playground.gestures.move_clock(3600)
    assert len(app.came) == 1


def test_an_event_nobody_subscribed_to_is_not_sent(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "Just talking")
    assert app.came == []


def test_the_last_request_can_be_repeated_word_for_word(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    playground.delivery.again()
    assert app.came[0].body == app.came[1].body
    assert app.came[1].headers["x-slack-retry-num"] == "1"


def test_an_answer_after_three_seconds_is_none(playground: Playground, app: TinyApp, api: Api) -> None:
    blocks = [field("more") | {"optional": True}]
    view = opened(playground, api, FORM | {"blocks": blocks})
    done = threading.Event()

    def late(_: object) -> Reply:
        done.wait(10)
        return Reply()

    app.answer = late
    pressing = threading.Thread(target=playground.gestures.submit, args=("U0ANA", view.id))
    pressing.start()
    answer = playground.gestures.say("U0BEN", "C0GENERAL", "/poll x")
    pressing.join()
    done.set()
    assert (answer.ok, answer.shown) == (False, "/poll failed with the error “operation_timeout”")
    assert 2900 < answer.took_ms < 4000
    assert view.trouble == "We had some trouble connecting. Try again?"
    assert playground.workspace.stacks["U0ANA"] == [view]


def test_an_app_that_is_away_is_said_to_be(playground: Playground) -> None:
    playground.app_url = None
    answer = playground.gestures.say("U0BEN", "C0GENERAL", "/poll x")
    assert answer.shown == "/poll failed with the error “dispatch_failed”"
    assert playground.workspace.happenings[-1].summary == (
        "Slack sent /poll from Ben Okafor in #general. Palabre could not be reached"
    )


def test_a_response_url_is_good_five_times(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0NOAPP", "/poll x")
    url = app.last["response_url"]
    answers = [post(url, {"text": f"Answer {n}"}) for n in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert playground.workspace.seen_by("U0ANA", "C0NOAPP")[-1].text == "Answer 4"
    assert playground.workspace.seen_by("U0BEN", "C0NOAPP")[-1].text != "Answer 4"


def test_a_response_url_is_good_for_thirty_minutes(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0NOAPP", "/poll x")
    playground.gestures.move_clock(30 * 60 + 1)
    assert post(app.last["response_url"], {"text": "Late"}) == (404, "expired_url")


def test_a_response_url_replaces_and_deletes_its_own_message(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    ts = api("chat.postEphemeral", channel="C0GENERAL", user="U0BEN", text="You", blocks=BUTTONS)[
        "message_ts"
    ]
    playground.gestures.act("U0BEN", f"message:C0GENERAL:{ts}", "options", "polls.vote:0")
    url = app.last["response_url"]
    assert post(url, {"replace_original": True, "text": "Thanks"})[0] == 200
    message = playground.workspace.message("C0GENERAL", ts)
    assert message is not None
    assert (message.text, message.blocks) == ("Thanks", [])
    assert post(url, {"delete_original": True})[0] == 200
    assert playground.workspace.message("C0GENERAL", ts) is None


def test_a_response_url_refuses_bad_blocks(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    answer = post(app.last["response_url"], {"text": "x", "blocks": [{"type": "poll"}]})
    assert answer == (400, "invalid_blocks")


@pytest.mark.parametrize("wish", ["replace_original", "delete_original"])
def test_where_there_is_no_original_only_a_plain_reply_is_taken(
    playground: Playground, app: TinyApp, wish: str
) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    url = app.last["response_url"]
    assert post(url, {wish: True, "text": "Instead"})[1] == "message_not_found"
    assert post(url, {"text": "Beside"}) == (200, "ok")
    assert playground.workspace.seen_by("U0ANA", "C0GENERAL")[-1].text == "Beside"


def subtypes_heard(app: TinyApp, manifest: dict[str, Any]) -> list[str]:
    """What kinds of changes the app hears of, once its message was changed and taken away."""
    with Playground(app.url, manifest=manifest) as playground:
        body = {"channel": "C0GENERAL", "text": "Hello"}
        ts = form(playground, "chat.postMessage", **body)["ts"]
        form(playground, "chat.update", ts=ts, **body)
        form(playground, "chat.delete", channel="C0GENERAL", ts=ts)
        playground.gestures.move_clock(0)
    events = [told["event"] for told in app.of("message")]
    return [event["subtype"] for event in events if event.get("hidden")]


def test_changes_of_messages_are_told_to_subscribers_only(app: TinyApp) -> None:
    assert subtypes_heard(app, MANIFEST) == []
    listening = deepcopy(MANIFEST)
    listening["settings"]["event_subscriptions"]["bot_events"].append("message.channels")
    assert subtypes_heard(app, listening) == ["message_changed", "message_deleted"]


def test_a_view_of_another_organisations_person_carries_their_workspace(
    playground: Playground, app: TinyApp
) -> None:
    trigger = playground.stage.triggers.mint("U0ZOE", "C0CONNECT")
    view = modals.open_modal(playground.stage, trigger, {**FORM, "notify_on_close": True})
    playground.gestures.close("U0ZOE", view.id)
    told = app.of("view_closed")[0]
    assert (told["team"]["id"], told["view"]["team_id"]) == ("T0ELSEWHERE", "T0ELSEWHERE")
    assert told["view"]["app_installed_team_id"] == "T0PLAYGRD"


@pytest.mark.parametrize(("user", "where"), [("U0ZOE", "T0ELSEWHERE"), ("U0ANA", "T0PLAYGRD")])
def test_an_event_of_a_shared_channel_names_the_writers_workspace_and_ours(
    playground: Playground, app: TinyApp, user: str, where: str
) -> None:
    playground.gestures.say(user, "C0CONNECT", "Hello @Palabre")
    assert (app.last["team_id"], app.last["context_team_id"]) == (where, "T0PLAYGRD")


def test_commands_and_shortcuts_are_delivered_with_their_scope_only(app: TinyApp) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove("commands")
    with Playground(app.url, manifest=manifest) as playground:
        answer = playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
        assert answer.shown is not None
        assert answer.shown.startswith("/poll is not a valid command.")
        with pytest.raises(CannotDo):
            playground.gestures.shortcut("U0ANA", "polls.ask")
        ts = playground.workspace.messages("C0GENERAL")[0].ts
        with pytest.raises(CannotDo):
            playground.gestures.message_shortcut("U0ANA", "polls.ask_this", "C0GENERAL", ts)
    assert app.came == []

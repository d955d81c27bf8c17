"""Group conversations, threads, mentions and shortcuts on messages: where an app is heard, and may speak."""

import json

import pytest

from slack_app.playground.gestures import CannotDo
from slack_app.playground.server import Playground
from tests.playground.conftest import MANIFEST, Api, ask
from tests.playground.tiny_app import TinyApp


def test_a_mention_is_heard_only_where_the_app_is(playground: Playground, app: TinyApp) -> None:
    for channel in ("C0NOAPP", "C0SECRET", playground.gestures.open_talk("U0ANA", ["U0BEN", "U0CHLOE"])):
        playground.gestures.say("U0ANA", channel, "Hello @Palabre")
    assert app.came == []
    talk = playground.gestures.open_talk("U0ANA", ["U0BEN", "U0PALABRE"])
    playground.gestures.say("U0ANA", talk, "Hello @Palabre")
    root = playground.workspace.messages(talk)[0].ts
    playground.gestures.say("U0ANA", talk, "Again @Palabre", root)
    assert [app.last["event"][key] for key in ("type", "channel", "thread_ts")] == ["app_mention", talk, root]


def test_a_mention_is_heard_only_with_its_scope(app: TinyApp) -> None:
    scopes = [s for s in MANIFEST["oauth_config"]["scopes"]["bot"] if s != "app_mentions:read"]
    with Playground(app.url, manifest=MANIFEST | {"oauth_config": {"scopes": {"bot": scopes}}}) as deaf:
        deaf.gestures.say("U0ANA", "C0GENERAL", "Hello @Palabre")
    assert app.came == []


def test_a_group_conversation_has_three_to_nine_people(playground: Playground) -> None:
    first = playground.gestures.open_talk("U0ANA", ["U0BEN", "U0CHLOE"])
    assert playground.gestures.open_talk("U0CHLOE", ["U0ANA", "U0BEN"]) == first
    for others in (["U0BEN"], ["U0BEN", "U0NOBODY"], [f"U0{n}" for n in range(9)]):
        with pytest.raises(CannotDo):
            playground.gestures.open_talk("U0ANA", others)


def test_a_read_only_messages_tab_takes_no_messages(app: TinyApp) -> None:
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    manifest = MANIFEST | {"features": {"app_home": tabs}}
    with Playground(app.url, manifest=manifest) as quiet, pytest.raises(CannotDo, match="turned off"):
        quiet.gestures.say("U0ANA", quiet.gestures.open_dm("U0ANA"), "Hello")


def test_shortcuts_on_messages_say_which_thread_they_stand_in(playground: Playground, app: TinyApp) -> None:
    root = playground.workspace.messages("C0GENERAL")[0].ts
    playground.gestures.message_shortcut("U0BEN", "polls.ask_this", "C0GENERAL", root)
    assert "thread_ts" not in app.last["message"]
    playground.gestures.say("U0BEN", "C0GENERAL", "A reply", root)
    reply = playground.workspace.messages("C0GENERAL")[-1].ts
    for ts in (root, reply):
        playground.gestures.message_shortcut("U0BEN", "polls.ask_this", "C0GENERAL", ts)
        assert (app.last["message_ts"], app.last["message"]["thread_ts"]) == (ts, root)


def test_someone_of_another_organisation_has_no_shortcuts(playground: Playground, app: TinyApp) -> None:
    ts = playground.workspace.messages("C0CONNECT")[0].ts
    with pytest.raises(CannotDo):
        playground.gestures.message_shortcut("U0ZOE", "polls.ask_this", "C0CONNECT", ts)
    with pytest.raises(CannotDo):
        playground.gestures.shortcut("U0ZOE", "polls.ask")
    assert app.came == []


@pytest.mark.parametrize(("users", "scope"), [("U0ANA", "im:write"), ("U0ANA,U0BEN", "mpim:write")])
def test_a_conversation_is_opened_with_the_scope_of_its_kind(users: str, scope: str) -> None:
    manifest = MANIFEST | {
        "oauth_config": {"scopes": {"bot": [{"im:write": "mpim:write"}.get(scope, "im:write")]}}
    }
    with Playground(None, manifest=manifest) as playground:
        body = json.dumps({"users": users}).encode()
        answer = ask(playground, "conversations.open", body, "application/json")
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


def test_only_what_everybody_sees_takes_replies(playground: Playground, api: Api) -> None:
    seen = playground.workspace.messages("C0GENERAL")[0].ts
    reply = api("chat.postMessage", channel="C0GENERAL", text="Below", thread_ts=seen)["ts"]
    whisper = api("chat.postEphemeral", channel="C0GENERAL", user="U0BEN", text="Psst")["message_ts"]
    for nowhere in (reply, whisper, "1.000001"):
        answer = api("chat.postMessage", channel="C0GENERAL", text="Lost", thread_ts=nowhere)
        assert answer["error"] == "cannot_reply_to_message"
    assert api("chat.postEphemeral", channel="C0GENERAL", user="U0BEN", text="Here", thread_ts=seen)["ok"]


def test_a_whisper_needs_the_app_and_the_person_there(api: Api) -> None:
    assert api("chat.postEphemeral", channel="C0NOAPP", user="U0BEN", text="x")["error"] == "not_in_channel"
    assert (
        api("chat.postEphemeral", channel="C0LYON", user="U0BEN", text="x")["error"] == "user_not_in_channel"
    )

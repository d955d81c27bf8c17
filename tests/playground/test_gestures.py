"""What a person does in the pretend Slack reaches the app as Slack would send it."""

from typing import Any

import pytest

from slack_app.playground.gestures import CannotDo
from slack_app.playground.server import Playground
from slack_app.playground.workspace import View
from tests.playground.conftest import Api
from tests.playground.tiny_app import Delivered, Reply, TinyApp, say

VOTE = {
    "type": "button",
    "action_id": "polls.vote:0",
    "text": {"type": "plain_text", "text": "Tea & cake"},
    "value": "poll-1:0",
}
CLOSE = {
    "type": "button",
    "action_id": "polls.close",
    "text": {"type": "plain_text", "text": "Close"},
    "confirm": {
        "title": {"type": "plain_text", "text": "Close?"},
        "text": {"type": "plain_text", "text": "Nobody can vote afterwards."},
        "confirm": {"type": "plain_text", "text": "Close"},
        "deny": {"type": "plain_text", "text": "Not yet"},
    },
}
BUTTONS = [{"type": "actions", "block_id": "options", "elements": [VOTE, CLOSE]}]


def field(block_id: str, **element: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": block_id.title()},
        "element": {"type": "plain_text_input", "action_id": "it"} | element,
    }


FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "polls.ask",
    "private_metadata": "C0GENERAL",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Ask"},
    "blocks": [field("question", max_length=20), field("more") | {"optional": True}],
}


@pytest.fixture
def buttons(api: Api) -> str:
    ts = api("chat.postMessage", channel="C0GENERAL", text="Tea & cake?", blocks=BUTTONS)["ts"]
    return f"message:C0GENERAL:{ts}"


def opened(playground: Playground, api: Api, view: dict[str, Any], user: str = "U0ANA") -> View:
    trigger = playground.stage.triggers.mint(user, "C0GENERAL")
    answer = api("views.open", trigger_id=trigger, view=view)
    assert answer["ok"], answer
    return playground.workspace.stacks[user][-1]


def test_a_command_arrives_escaped_with_its_channel(playground: Playground, app: TinyApp) -> None:
    assert playground.gestures.say("U0ANA", "C0CRAFT", '/poll "Tea & <cake>?" Yes No').ok
    assert app.last["command"] == "/poll"
    assert app.last["text"] == '"Tea &amp; &lt;cake&gt;?" Yes No'
    assert (app.last["channel_id"], app.last["channel_name"]) == ("C0CRAFT", "privategroup")
    assert app.last["is_enterprise_install"] == "false"
    assert app.last["response_url"].startswith(playground.url)


def test_an_unknown_command_never_reaches_the_app(playground: Playground, app: TinyApp) -> None:
    answer = playground.gestures.say("U0ANA", "C0GENERAL", "/pole yes no")
    assert not answer.ok
    assert answer.shown is not None
    assert answer.shown.startswith("/pole is not a valid command.")
    assert app.came == []


def test_a_commands_text_answer_is_for_one_person(playground: Playground, app: TinyApp) -> None:
    app.answer = lambda _: Reply("Use quotes.")
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll")
    assert playground.workspace.seen_by("U0ANA", "C0GENERAL")[-1].text == "Use quotes."
    assert playground.workspace.seen_by("U0BEN", "C0GENERAL")[-1].text != "Use quotes."


def test_a_commands_json_answer_may_be_for_all(playground: Playground, app: TinyApp) -> None:
    app.answer = lambda _: say({"response_type": "in_channel", "text": "A poll!"})
    playground.gestures.say("U0ANA", "C0NOAPP", "/poll")
    assert playground.workspace.seen_by("U0BEN", "C0NOAPP")[-1].text == "A poll!"


def test_a_command_the_app_fails_says_so(playground: Playground, app: TinyApp) -> None:
    app.answer = lambda _: Reply("Oh no", 500)
    answer = playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    assert (answer.ok, answer.status) == (False, 500)
    assert answer.shown == "/poll failed with the error “dispatch_failed”"


@pytest.mark.parametrize(
    ("user", "channel"),
    [
        ("U0BEN", "C0LYON"),
        ("U0ANA", "C0ATTIC"),
        ("U0BEN", "C0NEWS"),
        ("U0LEO", "C0GENERAL"),
        ("U0CLOCKBOT", "C0GENERAL"),
    ],
)
def test_nobody_talks_where_they_cannot(playground: Playground, user: str, channel: str) -> None:
    with pytest.raises(CannotDo):
        playground.gestures.say(user, channel, "/poll yes no")


def test_a_button_says_who_where_and_what(playground: Playground, app: TinyApp, buttons: str) -> None:
    assert playground.gestures.act("U0BEN", buttons, "options", "polls.vote:0").ok
    came = app.last
    assert came["type"] == "block_actions"
    assert came["user"] == {
        "id": "U0BEN",
        "username": "ben",
        "name": "ben",
        "team_id": "T0PLAYGRD",
    }
    assert came["container"]["channel_id"] == "C0GENERAL"
    assert came["container"]["is_ephemeral"] is False
    assert came["actions"][0]["value"] == "poll-1:0"
    assert came["actions"][0]["text"]["text"] == "Tea &amp; cake"
    assert came["message"]["text"] == "Tea &amp; cake?"
    assert came["state"] == {"values": {}}


def test_a_button_without_value_has_no_such_key(playground: Playground, app: TinyApp, buttons: str) -> None:
    playground.gestures.act("U0BEN", buttons, "options", "polls.close", confirmed=True)
    assert "value" not in app.last["actions"][0]


def test_a_confirmation_comes_first(playground: Playground, app: TinyApp, buttons: str) -> None:
    with pytest.raises(CannotDo):
        playground.gestures.act("U0BEN", buttons, "options", "polls.close")
    assert app.came == []


def test_an_unknown_button_cannot_be_pressed(playground: Playground, buttons: str) -> None:
    with pytest.raises(CannotDo):
        playground.gestures.act("U0BEN", buttons, "options", "polls.vote:9")


def test_an_ephemeral_message_is_not_in_the_payload(playground: Playground, app: TinyApp, api: Api) -> None:
    ts = api("chat.postEphemeral", channel="C0GENERAL", user="U0BEN", text="You", blocks=BUTTONS)[
        "message_ts"
    ]
    surface = f"message:C0GENERAL:{ts}"
    playground.gestures.act("U0BEN", surface, "options", "polls.vote:0")
    assert "message" not in app.last
    assert app.last["container"]["is_ephemeral"] is True
    with pytest.raises(CannotDo):
        playground.gestures.act("U0ANA", surface, "options", "polls.vote:0")


def test_a_message_input_is_kept_per_person(playground: Playground, app: TinyApp, api: Api) -> None:
    select = {
        "type": "static_select",
        "action_id": "polls.pick",
        "options": [{"text": {"type": "plain_text", "text": n}, "value": n} for n in ("Tea", "Coffee")],
    }
    blocks = [{"type": "actions", "block_id": "pick", "elements": [select]}]
    ts = api("chat.postMessage", channel="C0GENERAL", text="Pick", blocks=blocks)["ts"]
    surface = f"message:C0GENERAL:{ts}"
    playground.gestures.act("U0BEN", surface, "pick", "polls.pick", "Tea")
    assert app.last["actions"][0]["selected_option"]["value"] == "Tea"
    assert app.last["state"]["values"]["pick"]["polls.pick"]["selected_option"]["value"] == "Tea"
    playground.gestures.act("U0ANA", surface, "pick", "polls.pick", "Coffee")
    assert app.last["state"]["values"]["pick"]["polls.pick"]["selected_option"]["value"] == "Coffee"
    with pytest.raises(CannotDo):
        playground.gestures.act("U0ANA", surface, "pick", "polls.pick", "Milk")


def test_an_empty_required_field_never_reaches_the_app(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, FORM)
    answer = playground.gestures.submit("U0ANA", view.id)
    assert (answer.ok, app.came) == (False, [])
    assert view.errors == {"question": "Please complete this required field."}
    playground.gestures.fill("U0ANA", f"view:{view.id}", "question", "it", "x" * 21)
    assert not playground.gestures.submit("U0ANA", view.id).ok
    assert app.came == []


def test_a_form_arrives_with_its_values_and_closes(playground: Playground, app: TinyApp, api: Api) -> None:
    view = opened(playground, api, FORM)
    playground.gestures.fill("U0ANA", f"view:{view.id}", "question", "it", "Tea & cake?")
    assert app.came == []
    assert playground.gestures.submit("U0ANA", view.id).ok
    values = app.last["view"]["state"]["values"]
    assert values["question"]["it"] == {"type": "plain_text_input", "value": "Tea & cake?"}
    assert values["more"]["it"] == {"type": "plain_text_input", "value": None}
    assert app.last["view"]["private_metadata"] == "C0GENERAL"
    assert "channel" not in app.last
    assert playground.workspace.stacks["U0ANA"] == []


def test_form_errors_stand_under_their_inputs(playground: Playground, app: TinyApp, api: Api) -> None:
    view = opened(playground, api, FORM)
    playground.gestures.fill("U0ANA", f"view:{view.id}", "question", "it", "Tea?")
    app.answer = lambda _: say({"response_action": "errors", "errors": {"question": "Too short."}})
    answer = playground.gestures.submit("U0ANA", view.id)
    assert (answer.ok, answer.shown) == (False, "Too short.")
    assert view.errors == {"question": "Too short."}


def test_errors_for_no_input_are_shown_nowhere(playground: Playground, app: TinyApp, api: Api) -> None:
    view = opened(playground, api, FORM)
    playground.gestures.fill("U0ANA", f"view:{view.id}", "question", "it", "Tea?")
    app.answer = lambda _: say({"response_action": "errors", "errors": {"it": "Too short."}})
    answer = playground.gestures.submit("U0ANA", view.id)
    assert (answer.ok, answer.shown, view.errors) == (False, None, {})
    assert playground.workspace.happenings[-1].kind == "fault"
    assert playground.workspace.stacks["U0ANA"] == [view]


def test_an_update_keeps_what_was_typed_under_the_same_ids(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, FORM)
    playground.gestures.fill("U0ANA", f"view:{view.id}", "question", "it", "Tea?")
    changed = FORM | {"blocks": [field("question"), field("other")]}
    app.answer = lambda _: say({"response_action": "update", "view": changed})
    assert playground.gestures.submit("U0ANA", view.id).ok
    assert view.state["question"]["it"]["value"] == "Tea?"
    assert view.state["other"]["it"]["value"] is None


def test_pushed_views_stack_and_clear_closes_all(playground: Playground, app: TinyApp, api: Api) -> None:
    plain = FORM | {"blocks": [field("more") | {"optional": True}]}
    opened(playground, api, plain)
    app.answer = lambda _: say({"response_action": "push", "view": plain})
    playground.gestures.submit("U0ANA", playground.workspace.stacks["U0ANA"][-1].id)
    first, second = playground.workspace.stacks["U0ANA"]
    assert (second.root_id, second.previous_id) == (first.id, first.id)
    app.answer = lambda _: say({"response_action": "clear"})
    playground.gestures.submit("U0ANA", second.id)
    assert playground.workspace.stacks["U0ANA"] == []


def test_an_answer_slack_refuses_leaves_the_form_open_with_trouble(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    view = opened(playground, api, FORM | {"blocks": [field("more") | {"optional": True}]})
    app.answer = lambda _: say({"response_action": "update", "view": {"type": "modal"}})
    assert not playground.gestures.submit("U0ANA", view.id).ok
    assert view.trouble == "We had some trouble connecting. Try again?"


def test_closing_is_told_only_where_asked_for(playground: Playground, app: TinyApp, api: Api) -> None:
    quiet = opened(playground, api, FORM)
    playground.gestures.close("U0ANA", quiet.id)
    assert app.came == []
    loud = opened(playground, api, FORM | {"notify_on_close": True})
    playground.gestures.close("U0ANA", loud.id)
    assert (app.last["type"], app.last["is_cleared"]) == ("view_closed", False)
    assert "trigger_id" not in app.last


def test_the_first_visit_of_the_home_tab_has_no_view(playground: Playground, app: TinyApp, api: Api) -> None:
    playground.gestures.open_home("U0BEN")
    assert "view" not in app.last["event"]
    home = {"type": "home", "blocks": BUTTONS}
    assert api("views.publish", user_id="U0BEN", view=home)["ok"]
    playground.gestures.open_home("U0BEN")
    assert app.last["event"]["view"]["type"] == "home"
    view = playground.workspace.homes["U0BEN"]
    playground.gestures.act("U0BEN", f"view:{view.id}", "options", "polls.vote:0")
    assert app.last["container"] == {"type": "view", "view_id": view.id}
    assert "response_url" not in app.last


def test_a_mention_tells_the_app(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "Hello @Palabre")
    assert app.last["event"]["type"] == "app_mention"
    assert app.last["event"]["text"] == "Hello <@U0PALABRE>"


def test_shortcuts_arrive_by_their_callback(playground: Playground, app: TinyApp) -> None:
    playground.gestures.shortcut("U0ANA", "polls.ask")
    assert (app.last["type"], "channel" in app.last) == ("shortcut", False)
    ts = playground.workspace.messages("C0GENERAL")[0].ts
    playground.gestures.message_shortcut("U0BEN", "polls.ask_this", "C0GENERAL", ts)
    assert (app.last["type"], app.last["message_ts"]) == ("message_action", ts)
    with pytest.raises(CannotDo):
        playground.gestures.shortcut("U0ANA", "polls.nothing")


def test_a_search_asks_the_app_for_options(playground: Playground, app: TinyApp, api: Api) -> None:
    search = {"type": "external_select", "action_id": "polls.find", "min_query_length": 1}
    blocks = [{"type": "actions", "block_id": "find", "elements": [search]}]
    ts = api("chat.postMessage", channel="C0GENERAL", text="Find", blocks=blocks)["ts"]
    surface = f"message:C0GENERAL:{ts}"
    option = {"text": {"type": "plain_text", "text": "Tea"}, "value": "tea"}

    def answer(delivered: Delivered) -> Reply:
        return say({"options": [option]}) if delivered.payload["type"] == "block_suggestion" else Reply()

    app.answer = answer
    assert playground.gestures.suggest("U0BEN", surface, "find", "polls.find", "te") == [option]
    assert app.last["value"] == "te"
    playground.gestures.act("U0BEN", surface, "find", "polls.find", "tea")
    assert app.last["actions"][0]["selected_option"] == option


def test_a_person_of_another_workspace_keeps_their_team(
    playground: Playground, app: TinyApp, api: Api
) -> None:
    ts = api("chat.postMessage", channel="C0CONNECT", text="Tea?", blocks=BUTTONS)["ts"]
    playground.gestures.act("U0ZOE", f"message:C0CONNECT:{ts}", "options", "polls.vote:0")
    assert app.last["user"]["team_id"] == "T0ELSEWHERE"
    assert app.last["team"]["id"] == "T0PLAYGRD"


def test_joining_leaving_and_inviting_change_who_is_there(playground: Playground, app: TinyApp) -> None:
    playground.gestures.join("U0BEN", "C0LYON")
    assert "U0BEN" in playground.workspace.channels["C0LYON"].members
    assert app.last["event"]["type"] == "member_joined_channel"
    playground.gestures.leave("U0BEN", "C0LYON")
    assert "U0BEN" not in playground.workspace.channels["C0LYON"].members
    playground.gestures.invite_app("C0SECRET")
    assert "U0PALABRE" in playground.workspace.channels["C0SECRET"].members


def test_reset_seeds_everything_anew(playground: Playground, api: Api) -> None:
    api("chat.postMessage", channel="C0GENERAL", text="Soon gone")
    version = playground.workspace.version
    playground.gestures.reset()
    assert len(playground.workspace.messages("C0GENERAL")) == 4
    assert playground.workspace.version > version


def test_what_a_person_wrote_is_handed_over_escaped_once(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0BEN", "C0GENERAL", "Tea & <cake>?")
    ts = playground.workspace.messages("C0GENERAL")[-1].ts
    playground.gestures.message_shortcut("U0BEN", "polls.ask_this", "C0GENERAL", ts)
    assert app.last["message"]["text"] == "Tea &amp; &lt;cake&gt;?"


def test_only_the_top_view_can_be_used(playground: Playground, app: TinyApp, api: Api) -> None:
    first = opened(playground, api, FORM)
    trigger = playground.stage.triggers.mint("U0ANA", view=first.id)
    api("views.push", trigger_id=trigger, view=FORM)
    with pytest.raises(CannotDo):
        playground.gestures.fill("U0ANA", f"view:{first.id}", "question", "it", "Tea?")
    with pytest.raises(CannotDo):
        playground.gestures.submit("U0ANA", first.id)

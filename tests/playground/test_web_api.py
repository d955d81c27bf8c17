"""The pretend Web API says what Slack says."""

import http.client
import urllib.error
from typing import Any
from urllib.parse import urlencode

import pytest

from slack_app.playground.server import Playground
from tests.playground.conftest import MANIFEST, Api, ask
from tests.playground.tiny_app import TinyApp

FORM = "application/x-www-form-urlencoded"
SECTION = {"type": "section", "block_id": "q", "text": {"type": "mrkdwn", "text": "Tea or coffee?"}}
MODAL: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Ask"},
    "blocks": [SECTION],
}


def form(playground: Playground, method: str, **args: str) -> dict[str, Any]:
    return ask(playground, method, urlencode(args).encode(), FORM)


def trigger(playground: Playground, user: str = "U0ANA", view: str | None = None) -> str:
    return playground.stage.triggers.mint(user, None if view else "C0GENERAL", view)


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-somebody-else", "invalid_auth")],
)
def test_a_wrong_token_is_refused(playground: Playground, token: str, error: str) -> None:
    assert ask(playground, "auth.test", b"", FORM, token)["error"] == error


def test_a_token_in_the_form_counts(playground: Playground) -> None:
    answer = ask(playground, "auth.test", urlencode({"token": playground.bot_token}).encode(), FORM, token="")
    assert answer["user_id"] == "U0PALABRE"


def test_the_app_token_opens_connections_only(playground: Playground) -> None:
    answer = ask(playground, "chat.postMessage", b"", FORM, playground.app_token)
    assert answer["error"] == "not_allowed_token_type"
    opened = ask(playground, "apps.connections.open", b"", FORM, playground.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")


def test_a_revoked_token_stays_revoked(playground: Playground, api: Api) -> None:
    assert form(playground, "auth.revoke")["revoked"] is True
    assert api("chat.postMessage", channel="C0GENERAL", text="Hello")["error"] == "token_revoked"


def test_a_missing_scope_is_named(app: TinyApp) -> None:
    poor = MANIFEST | {"oauth_config": {"scopes": {"bot": ["commands"]}}}
    with Playground(app.url, manifest=poor) as playground:
        answer = form(playground, "users.info", user="U0ANA")
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "users:read",
        "commands",
    )


def test_an_unknown_method_is_refused(api: Api) -> None:
    assert api("polls.create")["error"] == "unknown_method"


def test_reading_methods_do_not_read_json(playground: Playground, api: Api) -> None:
    assert api("users.info", user="U0CHLOE")["error"] == "user_not_found"
    user = form(playground, "users.info", user="U0CHLOE", include_locale="true")["user"]
    assert (user["locale"], user["tz"]) == ("fr-FR", "Europe/Paris")


def test_users_list_holds_bots_and_those_who_left_but_no_strangers(playground: Playground) -> None:
    members = {m["id"]: m for m in form(playground, "users.list")["members"]}
    assert members["U0LEO"]["deleted"] is True
    assert members["USLACKBOT"]["is_bot"] is False
    assert members["U0PALABRE"]["is_bot"] is True
    assert members["U0GIL"]["is_restricted"] is True
    assert "U0ZOE" not in members


def test_pages_may_be_short_and_even_empty(playground: Playground) -> None:
    seen, sizes, cursor = [], [], ""
    while True:
        answer = form(playground, "users.list", limit="9", cursor=cursor)
        seen += [m["id"] for m in answer["members"]]
        sizes.append(len(answer["members"]))
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert sizes == [6, 0, 9, 1]
    assert len(set(seen)) == 16


def test_a_made_up_cursor_is_refused(playground: Playground) -> None:
    assert form(playground, "users.list", limit="9", cursor="two")["error"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOAPP", "not_in_channel"),
        ("C0SECRET", "channel_not_found"),
        ("C0NOSUCH", "channel_not_found"),
        ("C0ATTIC", "is_archived"),
        ("C0NEWS", "restricted_action"),
        ("U0LEO", "channel_not_found"),
        ("U0CLOCKBOT", "cannot_dm_bot"),
    ],
)
def test_a_message_goes_only_where_it_may(api: Api, channel: str, error: str) -> None:
    assert api("chat.postMessage", channel=channel, text="Hello")["error"] == error


def test_a_person_as_channel_means_the_direct_conversation(playground: Playground, api: Api) -> None:
    answer = api("chat.postMessage", channel="U0EMI", text="Hello")
    assert answer["channel"] == playground.gestures.open_dm("U0EMI")
    assert api("chat.update", channel="U0EMI", ts=answer["ts"], text="Bye")["error"] == "channel_not_found"


def test_without_the_messages_tab_nobody_gets_a_direct_message(app: TinyApp) -> None:
    closed = MANIFEST | {"features": {"app_home": {"messages_tab_enabled": False}}}
    with Playground(app.url, manifest=closed) as playground:
        assert form(playground, "chat.postMessage", channel="U0EMI", text="Hello")["error"] == (
            "messages_tab_disabled"
        )
        assert form(playground, "views.publish", user_id="U0EMI", view="{}")["error"] == "not_enabled"


def test_a_block_past_the_limits_is_refused_with_its_place(api: Api) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    answer = api("chat.postMessage", channel="C0GENERAL", text="Hello", blocks=[long])
    assert answer["error"] == "invalid_blocks"
    assert "/blocks/0/text" in answer["response_metadata"]["messages"][0]


def test_updating_with_text_alone_takes_the_blocks_away(playground: Playground, api: Api) -> None:
    ts = api("chat.postMessage", channel="C0GENERAL", text="Hello", blocks=[SECTION])["ts"]
    assert api("chat.update", channel="C0GENERAL", ts=ts, text="Bye")["ok"]
    message = playground.workspace.message("C0GENERAL", ts)
    assert message is not None
    assert (message.text, message.blocks) == ("Bye", [])


def test_only_the_apps_own_messages_can_be_changed(playground: Playground, api: Api) -> None:
    theirs = playground.workspace.messages("C0GENERAL")[0].ts
    assert api("chat.update", channel="C0GENERAL", ts=theirs, text="x")["error"] == "cant_update_message"
    assert api("chat.delete", channel="C0GENERAL", ts=theirs)["error"] == "cant_delete_message"
    assert api("chat.update", channel="C0GENERAL", ts="1.000000", text="x")["error"] == "message_not_found"


def test_an_ephemeral_message_goes_to_a_member_and_cannot_be_changed(
    playground: Playground, api: Api
) -> None:
    outsider = api("chat.postEphemeral", channel="C0LYON", user="U0BEN", text="Psst")
    assert outsider["error"] == "user_not_in_channel"
    ts = api("chat.postEphemeral", channel="C0LYON", user="U0ANA", text="Psst")["message_ts"]
    assert api("chat.update", channel="C0LYON", ts=ts, text="x")["error"] == "message_not_found"
    assert ts in [m.ts for m in playground.workspace.seen_by("U0ANA", "C0LYON")]
    assert ts not in [m.ts for m in playground.workspace.seen_by("U0CHLOE", "C0LYON")]


def test_a_trigger_is_good_once_for_three_seconds(playground: Playground, api: Api) -> None:
    once = trigger(playground)
    assert api("views.open", trigger_id=once, view=MODAL)["ok"]
    assert api("views.open", trigger_id=once, view=MODAL)["error"] == "exchanged_trigger_id"
    late = trigger(playground)
    playground.gestures.move_clock(3.1)
    assert api("views.open", trigger_id=late, view=MODAL)["error"] == "expired_trigger_id"
    assert api("views.open", trigger_id="1.2.three", view=MODAL)["error"] == "invalid_trigger_id"


def test_a_modal_has_three_views_at_most(playground: Playground, api: Api) -> None:
    view = api("views.open", trigger_id=trigger(playground), view=MODAL)["view"]["id"]
    for _ in range(2):
        view = api("views.push", trigger_id=trigger(playground, view=view), view=MODAL)["view"]["id"]
    fourth = api("views.push", trigger_id=trigger(playground, view=view), view=MODAL)
    assert fourth["error"] == "push_limit_reached"


def test_a_view_is_pushed_from_within_the_modal_only_and_opened_from_elsewhere(
    playground: Playground, api: Api
) -> None:
    view = api("views.open", trigger_id=trigger(playground), view=MODAL)["view"]["id"]
    assert api("views.push", trigger_id=trigger(playground), view=MODAL)["error"] == "not_found"
    inside = trigger(playground, view=view)
    assert api("views.open", trigger_id=inside, view=MODAL)["error"] == "invalid_trigger_id"


def test_a_view_with_a_picture_that_cannot_be_loaded_is_refused(playground: Playground, api: Api) -> None:
    lost = {"type": "image", "alt_text": "Soup", "image_url": "https://example.org/missing.png"}
    answer = api("views.open", trigger_id=trigger(playground), view=MODAL | {"blocks": [lost]})
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "downloading image failed [json-pointer:/view/blocks/0/image_url]"
    ]


def test_a_message_for_one_person_names_the_conversation(playground: Playground, api: Api) -> None:
    by_person = api("chat.postEphemeral", channel="U0EMI", user="U0EMI", text="Psst")
    assert by_person["error"] == "channel_not_found"
    direct = playground.gestures.open_dm("U0EMI")
    assert api("chat.postEphemeral", channel=direct, user="U0EMI", text="Psst")["ok"]


def test_a_message_of_an_archived_channel_stays_as_it_is(playground: Playground, api: Api) -> None:
    ts = api("chat.postMessage", channel="C0RANDOM", text="Hello")["ts"]
    playground.gestures.archive("C0RANDOM")
    assert api("chat.update", channel="C0RANDOM", ts=ts, text="Bye")["error"] == "is_inactive"
    assert api("chat.postMessage", channel="C0RANDOM", text="Bye")["error"] == "is_archived"


def test_a_home_is_published_for_members_only(api: Api) -> None:
    home = {"type": "home", "blocks": [SECTION]}
    assert api("views.publish", user_id="U0NOBODY", view=home)["error"] == "invalid_arguments"
    assert api("views.publish", user_id="U0EMI", view=home)["ok"]


def test_an_old_hash_overwrites_nothing(playground: Playground, api: Api) -> None:
    view = api("views.open", trigger_id=trigger(playground), view=MODAL)["view"]
    assert api("views.update", view_id=view["id"], view=MODAL, hash=view["hash"])["ok"]
    stale = api("views.update", view_id=view["id"], view=MODAL, hash=view["hash"])
    assert stale["error"] == "hash_conflict"
    assert api("views.update", view_id="V0NONE", view=MODAL)["error"] == "not_found"


def test_an_external_id_belongs_to_one_view(playground: Playground, api: Api) -> None:
    named = MODAL | {"external_id": "the-only-one"}
    assert api("views.open", trigger_id=trigger(playground), view=named)["ok"]
    second = api("views.open", trigger_id=trigger(playground, "U0BEN"), view=named)
    assert second["error"] == "duplicate_external_id"


def test_one_channel_takes_a_burst_then_one_message_a_second(playground: Playground, api: Api) -> None:
    answers = [api("chat.postMessage", channel="C0GENERAL", text=str(n)) for n in range(11)]
    assert [a["ok"] for a in answers] == [True] * 10 + [False]
    assert (answers[-1]["status"], answers[-1]["error"]) == (429, "ratelimited")
    assert answers[-1]["headers"]["Retry-After"] == "1"
    assert api("chat.postMessage", channel="C0RANDOM", text="Elsewhere")["ok"]
    playground.gestures.move_clock(1)
    assert api("chat.postMessage", channel="C0GENERAL", text="Now")["ok"]


def test_history_is_read_once_a_minute(playground: Playground, api: Api) -> None:
    assert len(api("conversations.history", channel="C0GENERAL")["messages"]) == 4
    again = api("conversations.history", channel="C0GENERAL")
    assert (again["status"], again["headers"]["Retry-After"]) == (429, "60")


def test_a_scheduled_message_comes_when_its_time_has_come(playground: Playground, api: Api) -> None:
    at = int(playground.clock.now()) + 120
    late = api("chat.scheduleMessage", channel="C0RANDOM", text="Cake!", post_at=at - 3600)
    assert late["error"] == "time_in_past"
    assert api("chat.scheduleMessage", channel="C0RANDOM", text="Cake!", post_at=at)["ok"]
    assert "Cake!" not in [m.text for m in playground.workspace.messages("C0RANDOM")]
    playground.gestures.move_clock(121)
    assert "Cake!" in [m.text for m in playground.workspace.messages("C0RANDOM")]


def test_a_scheduled_message_cannot_be_stopped_in_its_last_minute(playground: Playground, api: Api) -> None:
    at = int(playground.clock.now()) + 90
    name = api("chat.scheduleMessage", channel="C0RANDOM", text="Cake!", post_at=at)["scheduled_message_id"]
    playground.gestures.move_clock(40)
    refused = api("chat.deleteScheduledMessage", channel="C0RANDOM", scheduled_message_id=name)
    assert refused["error"] == "invalid_scheduled_message_id"


def test_private_channels_are_listed_only_with_the_app_inside(playground: Playground) -> None:
    answer = form(playground, "conversations.list", types="public_channel,private_channel")
    ids = {c["id"] for c in answer["channels"]}
    assert "C0CRAFT" in ids
    assert "C0NOAPP" in ids
    assert "C0SECRET" not in ids


def test_a_public_channel_can_be_joined(playground: Playground, api: Api) -> None:
    assert api("conversations.join", channel="C0NOAPP")["ok"]
    assert api("chat.postMessage", channel="C0NOAPP", text="Hello")["ok"]


def test_an_unknown_install_code_is_refused(playground: Playground) -> None:
    assert form(playground, "oauth.v2.access", code="abc")["error"] == "invalid_code"


@pytest.mark.parametrize(("kind", "posted"), [("drop", False), ("lost", True)])
def test_a_cut_connection_may_hide_a_message_that_was_posted(
    playground: Playground, api: Api, kind: str, posted: bool
) -> None:
    playground.faults.next("chat.postMessage", kind)
    with pytest.raises((urllib.error.URLError, http.client.HTTPException, ConnectionError)):
        api("chat.postMessage", channel="C0GENERAL", text="Once?")
    assert ("Once?" in [m.text for m in playground.workspace.messages("C0GENERAL")]) is posted


def test_faults_come_as_often_as_asked_for(playground: Playground, api: Api) -> None:
    playground.faults.next("auth.test", "429:7", times=2)
    answers = [api("auth.test") for _ in range(3)]
    assert [a["status"] for a in answers] == [429, 429, 200]
    assert answers[0]["headers"]["Retry-After"] == "7"
    playground.faults.next("auth.test", "token_revoked")
    assert api("auth.test")["error"] == "token_revoked"


def test_what_happened_names_no_token(playground: Playground, api: Api) -> None:
    form(playground, "chat.postMessage", token=playground.bot_token, channel="C0NOAPP", text="Hello")
    happening = playground.workspace.happenings[-1]
    assert happening.summary == "Palabre called chat.postMessage: refused, not_in_channel"
    assert playground.bot_token not in str(happening)


def test_blocks_can_be_checked_without_a_token(playground: Playground) -> None:
    answer = ask(playground, "blocks.validate", b'{"blocks": [{"type": "poll"}]}', "application/json", "")
    assert answer["error"] == "invalid_blocks"

"""The quieter methods of the pretend Web API: files, reactions, lists, and what keeps them honest."""

import urllib.error
import urllib.request
from copy import deepcopy
from urllib.parse import urlencode

import pytest

from slack_app.playground.app_manifest import AppManifest
from slack_app.playground.server import Playground
from tests.playground.conftest import MANIFEST, Api
from tests.playground.test_web_api import form
from tests.playground.tiny_app import TinyApp


def test_a_file_is_declared_sent_and_shared(playground: Playground, api: Api) -> None:
    declared = form(playground, "files.getUploadURLExternal", filename="results.csv", length="5")
    file_id = declared["file_id"]
    early = api("files.completeUploadExternal", files=[{"id": file_id}], channel_id="C0GENERAL")
    assert early["error"] == "file_not_found"
    urllib.request.urlopen(declared["upload_url"], b"a,b,c").close()  # noqa: S310 - loopback
    done = api("files.completeUploadExternal", files=[{"id": file_id}], channel_id="C0GENERAL")
    assert done["files"] == [{"id": file_id, "name": "results.csv", "title": "results.csv", "size": 5}]
    assert playground.workspace.messages("C0GENERAL")[-1].text == "results.csv"


def test_a_file_of_another_length_is_refused(playground: Playground) -> None:
    declared = form(playground, "files.getUploadURLExternal", filename="results.csv", length="5")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(declared["upload_url"], b"too long")  # noqa: S310 - loopback
    refused.value.close()
    assert refused.value.code == 400


def uploaded(playground: Playground) -> str:
    declared = form(playground, "files.getUploadURLExternal", filename="results.csv", length="5")
    urllib.request.urlopen(declared["upload_url"], b"a,b,c").close()  # noqa: S310 - loopback
    return str(declared["file_id"])


def test_a_shared_file_is_downloaded_from_below_its_message(playground: Playground, api: Api) -> None:
    file_id = uploaded(playground)
    with pytest.raises(urllib.error.HTTPError) as unshared:
        urllib.request.urlopen(f"{playground.url}/page/files/{file_id}")  # noqa: S310 - loopback
    unshared.value.close()
    assert unshared.value.code == 404
    root = playground.workspace.messages("C0GENERAL")[0].ts
    api("files.completeUploadExternal", files=[{"id": file_id}], channel_id="C0GENERAL", thread_ts=root)
    message = playground.workspace.messages("C0GENERAL")[-1]
    assert (message.thread_ts, message.as_slack()["files"][0]["name"]) == (root, "results.csv")
    asked = f"{playground.url}/page/state?channel=C0GENERAL&thread={root}"
    with urllib.request.urlopen(asked) as state:  # noqa: S310 - loopback
        assert f'href=\\"/page/files/{file_id}\\" download=\\"results.csv\\"' in state.read().decode()
    with urllib.request.urlopen(f"{playground.url}/page/files/{file_id}") as found:  # noqa: S310 - loopback
        assert found.read() == b"a,b,c"
        assert found.headers["Content-Disposition"] == "attachment; filename=results.csv"


def test_a_file_is_shared_once(playground: Playground, api: Api) -> None:
    files = [{"id": uploaded(playground)}]
    assert api("files.completeUploadExternal", files=files, channel_id="C0GENERAL")["ok"]
    again = api("files.completeUploadExternal", files=files, channel_id="C0GENERAL")
    assert again["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOAPP", "posting_to_channel_denied"),
        ("C0ATTIC", "posting_to_channel_denied"),
        ("C0SECRET", "invalid_channel"),
        ("U0ANA", "invalid_channel"),
    ],
)
def test_a_file_is_shared_only_where_the_app_is(
    playground: Playground, api: Api, channel: str, error: str
) -> None:
    files = [{"id": uploaded(playground)}]
    assert api("files.completeUploadExternal", files=files, channel_id=channel)["error"] == error
    assert api("files.completeUploadExternal", files=files, channel_id="C0GENERAL")["ok"]


def test_files_need_their_scope(app: TinyApp) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove("files:write")
    with Playground(app.url, manifest=manifest) as playground:
        declared = form(playground, "files.getUploadURLExternal", filename="results.csv", length="5")
        done = form(playground, "files.completeUploadExternal", files='[{"id": "F1"}]')
    assert (declared["error"], done["error"]) == ("missing_scope", "missing_scope")
    assert declared["needed"] == "files:write"


def test_a_reaction_counts_once(playground: Playground, api: Api) -> None:
    ts = playground.workspace.messages("C0GENERAL")[0].ts
    assert api("reactions.add", channel="C0GENERAL", timestamp=ts, name="tada")["ok"]
    again = api("reactions.add", channel="C0GENERAL", timestamp=ts, name="tada")
    assert again["error"] == "already_reacted"


def test_members_of_a_shared_channel_hold_strangers_and_bots(playground: Playground) -> None:
    members = form(playground, "conversations.members", channel="C0CONNECT")["members"]
    assert members == ["U0ANA", "U0BEN", "U0PALABRE", "U0ZOE"]
    zoe = form(playground, "users.info", user="U0ZOE")["user"]
    assert (zoe["team_id"], zoe["is_stranger"]) == ("T0ELSEWHERE", True)


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
def test_a_private_channel_without_the_app_does_not_exist(playground: Playground, method: str) -> None:
    assert form(playground, method, channel="C0SECRET")["error"] == "channel_not_found"
    assert form(playground, method, channel="C0CRAFT")["ok"]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0LEO", "user_disabled"),
        ("U0CLOCKBOT", "cannot_dm_bot"),
        ("U0NOBODY", "user_not_found"),
        ("U0ANA,U0ZOE", "user_not_visible"),
        (",".join(f"U{number}" for number in range(9)), "too_many_users"),
    ],
)
def test_some_conversations_cannot_be_opened(api: Api, users: str, error: str) -> None:
    assert api("conversations.open", users=users)["error"] == error


def test_a_group_conversation_is_the_same_each_time(api: Api) -> None:
    first = api("conversations.open", users="U0ANA,U0BEN")["channel"]["id"]
    assert api("conversations.open", users="U0BEN,U0ANA")["channel"]["id"] == first


def test_thirty_scheduled_messages_in_five_minutes_are_the_most(playground: Playground, api: Api) -> None:
    at = int(playground.clock.now()) + 3600
    for n in range(30):
        assert api("chat.scheduleMessage", channel="C0RANDOM", text="x", post_at=at + n)["ok"]
    answer = api("chat.scheduleMessage", channel="C0RANDOM", text="x", post_at=at)
    assert answer["error"] == "restricted_too_many"
    far = api("chat.scheduleMessage", channel="C0RANDOM", text="x", post_at=at + 121 * 86400)
    assert far["error"] == "time_too_far"


def test_a_removed_app_writes_no_more(playground: Playground, api: Api) -> None:
    playground.gestures.remove_app("C0RANDOM")
    assert api("chat.postMessage", channel="C0RANDOM", text="Hello")["error"] == "not_in_channel"
    playground.gestures.archive("C0LYON")
    assert api("chat.postMessage", channel="C0LYON", text="Hello")["error"] == "is_archived"


def test_no_secret_of_a_delivery_is_shown(playground: Playground, app: TinyApp) -> None:
    playground.gestures.say("U0ANA", "C0GENERAL", "/poll x")
    token = app.last["response_url"].rpartition("/")[2]
    shown = str(list(playground.workspace.happenings))
    assert token not in shown
    assert playground.signing_secret not in shown
    assert playground.bot_token not in repr(playground.stage)


def test_arguments_in_the_address_count(playground: Playground) -> None:
    query = urlencode({"token": playground.bot_token, "user": "U0BEN"})
    with urllib.request.urlopen(f"{playground.api_url}users.info?{query}") as answer:  # noqa: S310 - loopback
        assert b"Ben Okafor" in answer.read()


def test_a_slow_answer_still_does_the_work(playground: Playground, api: Api) -> None:
    playground.faults.next("*", "slow:0.2")
    assert api("chat.postMessage", channel="C0GENERAL", text="In a moment")["ok"]
    assert playground.workspace.messages("C0GENERAL")[-1].text == "In a moment"


def test_an_unknown_fault_is_refused(playground: Playground) -> None:
    with pytest.raises(ValueError, match="no fault called"):
        playground.faults.next("*", "sulk")


def test_a_revoked_token_is_told_to_the_app(playground: Playground, app: TinyApp) -> None:
    form(playground, "auth.revoke")
    playground.gestures.move_clock(0)
    assert app.of("tokens_revoked")[0]["event"]["tokens"]["bot"] == ["U0PALABRE"]


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C0GENERAL", "text": "Hello"}),
        ("chat:write", "chat.postEphemeral", {"channel": "C0GENERAL", "user": "U0ANA", "text": "Hello"}),
        ("chat:write", "chat.update", {"channel": "C0GENERAL", "ts": "1.0", "text": "Hello"}),
        ("channels:read", "conversations.info", {"channel": "C0GENERAL"}),
        ("groups:read", "conversations.info", {"channel": "C0CRAFT"}),
        ("channels:read", "conversations.members", {"channel": "C0GENERAL"}),
        ("mpim:write", "conversations.open", {"users": "U0ANA,U0BEN"}),
        ("users:read", "users.info", {"user": "U0ANA"}),
        ("users:read", "users.list", {}),
    ],
)
def test_each_call_needs_its_scope(app: TinyApp, scope: str, method: str, arguments: dict[str, str]) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    with Playground(app.url, manifest=manifest) as playground:
        assert form(playground, method, **arguments)["error"] == "missing_scope"


def test_messages_are_heard_with_their_scope_only(app: TinyApp) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove("im:history")
    assert "message.im" in AppManifest.read(MANIFEST).events
    assert "message.im" not in AppManifest.read(manifest).events

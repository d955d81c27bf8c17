"""What befalls a whole workspace: charts it does not know yet, people who leave, Monday morning."""

from datetime import UTC, datetime
from typing import Any

import pytest

from slack_app.playground.clock import Clock
from slack_app.playground.gestures import CannotDo
from slack_app.playground.server import Playground
from tests.playground.conftest import MANIFEST, Api, ask
from tests.playground.tiny_app import TinyApp, say

FORM = "application/x-www-form-urlencoded"
CHART: dict[str, Any] = {
    "type": "data_visualization",
    "title": "Where?",
    "chart": {
        "type": "bar",
        "series": [{"name": "Votes", "data": [{"label": "Here", "value": 3}]}],
        "axis_config": {"categories": ["Here"]},
    },
}


def test_a_workspace_without_charts_refuses_messages_that_hold_one(playground: Playground, api: Api) -> None:
    ts = api("chat.postMessage", channel="C0GENERAL", text="Where?", blocks=[CHART])["ts"]
    playground.gestures.show_charts(False)
    refused = api("chat.postMessage", channel="C0GENERAL", text="Where?", blocks=[CHART])
    assert refused["error"] == "invalid_blocks"
    assert refused["errors"][0].startswith(
        "[ERROR] unsupported type: data_visualization [json-pointer:/blocks/0"
    )
    assert api("chat.update", channel="C0GENERAL", ts=ts, text="Where?", blocks=[CHART])["error"] == (
        "invalid_blocks"
    )
    assert api("chat.postMessage", channel="C0GENERAL", text="Where? Here: 3")["ok"]
    playground.gestures.show_charts(True)
    assert api("chat.postMessage", channel="C0GENERAL", text="Where?", blocks=[CHART])["ok"]


def test_starting_afresh_brings_charts_back(playground: Playground, api: Api) -> None:
    playground.gestures.show_charts(False)
    playground.gestures.reset()
    assert api("chat.postMessage", channel="C0GENERAL", text="Where?", blocks=[CHART])["ok"]


def test_a_commands_answer_with_a_chart_is_refused_as_well(playground: Playground, app: TinyApp) -> None:
    app.answer = lambda _delivered: say({"text": "Where?", "blocks": [CHART]})
    playground.gestures.show_charts(False)
    assert not playground.gestures.say("U0ANA", "C0GENERAL", "/poll x").ok


@pytest.mark.parametrize(
    ("now", "person", "monday"),
    [
        ("2030-11-26T12:00:00+00:00", "U0BEN", "2030-12-02T09:00:00+00:00"),
        ("2030-11-25T08:59:00+00:00", "U0BEN", "2030-11-25T09:00:00+00:00"),
        ("2030-11-25T09:00:00+00:00", "U0BEN", "2030-12-02T09:00:00+00:00"),
        ("2030-11-26T12:00:00+00:00", "U0EMI", "2030-12-02T00:00:00+00:00"),
        # The clocks change in between.
        ("2030-10-26T12:00:00+00:00", "U0CHLOE", "2030-10-28T08:00:00+00:00"),
    ],
)
def test_monday_morning_is_where_the_person_lives(now: str, person: str, monday: str) -> None:
    clock = Clock()
    clock.move(datetime.fromisoformat(now).timestamp() - clock.now())
    with Playground(None, clock=clock) as playground:
        playground.gestures.move_to_monday(person)
        moved = datetime.fromtimestamp(clock.now(), UTC)
    assert abs(moved - datetime.fromisoformat(monday)).total_seconds() < 5


def test_who_leaves_is_gone_from_channels_and_known_as_having_left() -> None:
    with TinyApp() as app:
        events = {"event_subscriptions": {"bot_events": ["user_change"]}}
        with Playground(app.url, manifest=MANIFEST | {"settings": events}) as playground:
            playground.gestures.leave_workspace("U0JO")
            [told] = app.of("user_change")
            assert (told["event"]["user"]["id"], told["event"]["user"]["deleted"]) == ("U0JO", True)
            members = ask(playground, "conversations.members", b"channel=C0GENERAL", FORM)["members"]
            assert "U0JO" not in members
            info = ask(playground, "users.info", b"user=U0JO", FORM)["user"]
            assert info["deleted"] is True
            assert "tz" not in info
            with pytest.raises(CannotDo):
                playground.gestures.say("U0JO", "C0GENERAL", "Hello?")


@pytest.mark.parametrize("user", ["U0ANA", "U0ZOE", "U0LEO", "U0CLOCKBOT"])
def test_some_cannot_leave(playground: Playground, user: str) -> None:
    with pytest.raises(CannotDo):
        playground.gestures.leave_workspace(user)


def test_an_archived_channel_can_be_opened_again(playground: Playground, api: Api) -> None:
    playground.gestures.archive("C0RANDOM")
    assert api("chat.postMessage", channel="C0RANDOM", text="Hello")["error"] == "is_archived"
    playground.gestures.unarchive("C0RANDOM")
    assert api("chat.postMessage", channel="C0RANDOM", text="Hello")["ok"]
    with pytest.raises(CannotDo):
        playground.gestures.unarchive("C0RANDOM")


def test_members_of_a_channel_come_in_short_pages(playground: Playground) -> None:
    everybody = ask(playground, "conversations.members", b"channel=C0GENERAL", FORM)["members"]
    pages: list[list[str]] = []
    cursor = ""
    while not pages or cursor:
        body = f"channel=C0GENERAL&limit=6&cursor={cursor}".encode()
        answer = ask(playground, "conversations.members", body, FORM)
        pages.append(answer["members"])
        cursor = answer["response_metadata"]["next_cursor"].replace("=", "%3D")
    assert [len(page) for page in pages[:2]] == [4, 0]
    assert [member for page in pages for member in page] == everybody


@pytest.mark.parametrize(
    ("channel", "needed"), [("C0GENERAL", "channels:read"), ("C0CRAFT", "groups:read"), ("im", "im:read")]
)
def test_members_need_the_scope_of_the_kind_of_conversation(channel: str, needed: str) -> None:
    scopes = [s for s in MANIFEST["oauth_config"]["scopes"]["bot"] if s != needed]
    manifest = MANIFEST | {"oauth_config": {"scopes": {"bot": scopes}}}
    with Playground(None, manifest=manifest) as playground:
        place = playground.workspace.dm("U0ANA").id if channel == "im" else channel
        answer = ask(playground, "conversations.members", f"channel={place}".encode(), FORM)
    assert (answer["error"], answer["needed"]) == ("missing_scope", needed)

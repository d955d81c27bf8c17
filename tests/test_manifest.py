"""What Slack is told in manifest.yml is what the rooms answer, and nothing more is asked for."""

import ast
import re
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from inspect import isfunction, signature
from typing import Any, cast

import yaml
from slack_bolt import App
from slack_bolt.kwargs_injection.args import Args

from slack_app.app import routes
from slack_app.kit.context import Tools
from slack_app.kit.routing import Routes, attach
from slack_app.worker import JOBS
from tests.reading import ROOMS, ROOT, modules, shown, speaking, tree


def manifest() -> dict[str, Any]:
    read = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def test_every_room_is_put_into_the_app() -> None:
    table, app = registered(*ROOMS), routes()
    assert {"polls", "home"} <= set(ROOMS)
    for kind in fields(Routes):
        assert set(getattr(app, kind.name)) == set(getattr(table, kind.name)), kind.name


def registered(*rooms: str) -> Routes:
    table = Routes()
    for room in rooms:
        import_module(f"slack_app.{room}.listeners").register(table)
    return table


def test_the_manifest_names_the_commands_that_rooms_answer() -> None:
    told = {command["command"] for command in manifest()["features"].get("slash_commands", [])}
    assert told == set(routes().commands)


def test_the_manifest_names_the_shortcuts_that_rooms_answer() -> None:
    told = {shortcut["callback_id"] for shortcut in manifest()["features"].get("shortcuts", [])}
    assert told == set(routes().shortcuts)


def test_the_manifest_names_the_events_that_rooms_answer() -> None:
    told = {event.split(".")[0] for event in manifest()["settings"]["event_subscriptions"]["bot_events"]}
    assert told == set(routes().events)


# Source: each method's and event's page in Slack's reference, "required scopes" for bot tokens.
SCOPES = {
    "apps.connections.open": set(),  # the app-level token's connections:write is no scope of the bot's
    "auth.test": set(),
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations.open": {"mpim:write"},  # several people; with one alone it is im:write
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "team.info": {"team:read"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "team_join": {"users:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}


def test_the_manifest_asks_for_the_scopes_that_are_used_and_for_no_other() -> None:
    told = manifest()
    events = told["settings"]["event_subscriptions"]["bot_events"]
    used = re.findall(
        r'"([a-z]+\.[a-zA-Z.]+)"', (ROOT / "slack_app/kit/slack.py").read_text(encoding="utf-8")
    )
    assert set(used) - set(SCOPES) == set(), "unknown here: add the method with its scopes"
    needed = set().union(*(SCOPES[name] for name in [*used, *events]))
    if told["features"].get("slash_commands") or told["features"].get("shortcuts"):
        needed.add("commands")
    assert set(told["oauth_config"]["scopes"]["bot"]) == needed


def test_every_button_and_form_that_is_shown_is_answered() -> None:
    table = routes()
    answered = {*table.presses, *table.submissions, *table.shortcuts}
    shown_names = {
        node.value.partition(":")[0]
        for room in ROOMS
        for path in modules(f"slack_app/{room}")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(rf"{room}\.[a-z_]+(:\S*)?", node.value)
    }
    assert shown_names - answered - ONLY_TO_READ - set(JOBS) == set()


# Modals without a button to send them in.
ONLY_TO_READ = {
    "answering.closed",
    "answering.counted",
    "authoring.closed",
    "authoring.launched",
    "home.raised",
    "polls.counted",
    "polls.results",
    "reports.nothing",
    "reports.on_its_way",
    "reports.withheld",
    "upkeep.jobs",
}


class Recorder:
    """Stands where Bolt's App would and keeps the functions it is given, whatever they are given for."""

    def __init__(self) -> None:
        self.kept: list[Callable[..., object]] = []

    def __getattr__(self, name: str) -> Callable[..., Callable[..., object]]:
        def take(*values: object, **_: object) -> Callable[..., object]:
            self.kept += [value for value in values if isfunction(value)]
            return keep

        def keep(function: Callable[..., object]) -> Callable[..., object]:
            self.kept.append(function)
            return function

        return take


def test_every_listener_asks_bolt_only_for_what_bolt_knows() -> None:
    """Bolt gives None for a name it does not know, and says so only in the log."""
    recorder = Recorder()
    attach(routes(), cast(App, recorder), cast(Tools, None))
    # "error" is given to what bolt.error() registers, and stands in no list.
    known = {*Args.__annotations__, *signature(Args.__init__).parameters, "error"}
    unknown = {name for function in recorder.kept for name in signature(function).parameters} - known
    assert len(recorder.kept) >= 5
    assert unknown == set()


def test_a_new_slash_command_is_two_places() -> None:
    """Its room's listeners.py and manifest.yml; elsewhere a command is only spoken of, in a sentence."""
    commands = {command["command"] for command in manifest()["features"]["slash_commands"]}
    places = {
        shown(path)
        for path in speaking()
        if path.name != "demo.py"  # its chips are examples to press
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in commands
    }
    assert places == {f"slack_app/{room}/listeners.py" for room in ROOMS if registered(room).commands}

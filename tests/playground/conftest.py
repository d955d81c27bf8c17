"""A playground with a tiny app behind it, and a client for its Web API."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from slack_app.playground.server import Playground
from tests.playground.tiny_app import TinyApp

Api = Callable[..., dict[str, Any]]

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Palabre"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/poll", "description": "Ask a poll", "should_escape": False}],
        "shortcuts": [
            {"name": "Ask", "type": "global", "callback_id": "polls.ask", "description": "Ask a poll"},
            {"name": "Ask this", "type": "message", "callback_id": "polls.ask_this", "description": "Ask"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:join",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "mpim:write",
                "reactions:write",
                "team:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "member_joined_channel",
                "message.im",
                "tokens_revoked",
            ]
        }
    },
}


@pytest.fixture
def app() -> Iterator[TinyApp]:
    with TinyApp() as tiny:
        yield tiny


@pytest.fixture
def playground(app: TinyApp) -> Iterator[Playground]:
    with Playground(app.url, manifest=MANIFEST) as started:
        yield started


@pytest.fixture
def api(playground: Playground) -> Api:
    def call(method: str, **args: Any) -> dict[str, Any]:
        """Call a method with a JSON body; the answer also holds its HTTP status and headers."""
        return ask(playground, method, json.dumps(args).encode(), "application/json")

    return call


def ask(
    playground: Playground, method: str, body: bytes, content_type: str, token: str | None = None
) -> dict[str, Any]:
    headers = {"Content-Type": content_type}
    headers["Authorization"] = f"Bearer {playground.bot_token if token is None else token}"
    request = urllib.request.Request(playground.api_url + method, body, headers)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
            return dict(json.loads(answer.read())) | {"status": answer.status, "headers": answer.headers}
    except urllib.error.HTTPError as error:
        with error:
            return dict(json.loads(error.read())) | {"status": error.code, "headers": error.headers}

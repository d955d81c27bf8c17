"""What Slack sends, signed as Slack signs it: a command, a click, a form sent in."""

import hashlib
import hmac
import json
import time
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode

SECRET = "bench-signing-secret"  # noqa: S105 - made up, for a server of this run only
TEAM = "T0BENCH"
CHANNEL = "C0BENCH"

_numbers = count(1)


class Caller:
    """One connection to a server, kept open as Slack keeps its own."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, body: str) -> float:
        """Return the seconds until the answer was read; a refusal, which says something, stops the run."""
        headers = _signed(body)
        began = time.perf_counter()
        self._connection.request("POST", "/slack/events", body.encode(), headers)
        answer = self._connection.getresponse()
        said = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200 or said:
            raise SystemExit(f"The server answered {answer.status}: {said[:200]!r}")
        return took

    def close(self) -> None:
        self._connection.close()


def command(text: str, reply_url: str, user: str) -> str:
    fields = {
        "token": "unused",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": CHANNEL,
        "channel_name": "general",
        "user_id": user,
        "user_name": user.lower(),
        "command": "/poll",
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": reply_url,
        "trigger_id": _once(),
    }
    return urlencode(fields)


def click(action: str, value: str, reply_url: str, user: str) -> str:
    pressed = {
        "type": "button",
        "action_id": action,
        "block_id": "option:0",
        "value": value,
        "text": {"type": "plain_text", "text": "Vote", "emoji": True},
        "action_ts": _once(),
    }
    payload = {
        "type": "block_actions",
        **_person(user),
        "container": {
            "type": "message",
            "message_ts": "1700000000.000100",
            "channel_id": CHANNEL,
            "is_ephemeral": False,
        },
        "channel": {"id": CHANNEL, "name": "general"},
        "message": {"type": "message", "ts": "1700000000.000100", "text": "Poll", "blocks": []},
        "state": {"values": {}},
        "response_url": reply_url,
        "actions": [pressed],
    }
    return urlencode({"payload": json.dumps(payload)})


def submission(question: str, options: str, user: str) -> str:
    """The form of a bare /poll, filled in."""
    values = {
        "question": {"question": {"type": "plain_text_input", "value": question}},
        "options": {"options": {"type": "plain_text_input", "value": options}},
        "channel": {"channel": {"type": "conversations_select", "selected_conversation": CHANNEL}},
        "language": {
            "language": {
                "type": "radio_buttons",
                "selected_option": {"text": {"type": "plain_text", "text": "English"}, "value": "en"},
            }
        },
    }
    view = {
        "id": f"V{next(_numbers):08}",
        "team_id": TEAM,
        "type": "modal",
        "callback_id": "polls.ask",
        "private_metadata": "",
        "hash": "1700000000.abc",
        "title": {"type": "plain_text", "text": "New poll", "emoji": True},
        "blocks": [],
        "state": {"values": values},
    }
    payload = {"type": "view_submission", **_person(user), "view": view, "response_urls": []}
    return urlencode({"payload": json.dumps(payload)})


def _person(user: str) -> dict[str, object]:
    return {
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "unused",
        "trigger_id": _once(),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _once() -> str:
    return f"{int(time.time())}.{next(_numbers):06}"


def _signed(body: str) -> dict[str, str]:
    moment = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest}",
    }

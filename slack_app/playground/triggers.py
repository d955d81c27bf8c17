"""Trigger ids (good once, for 3 seconds) and response URLs (good 5 times, for 30 minutes)."""

import secrets
import threading
from dataclasses import dataclass

from slack_app.playground.clock import Clock
from slack_app.playground.refused import SlackError

TRIGGER_SECONDS = 3.0
REPLY_SECONDS = 30 * 60
REPLY_USES = 5


@dataclass(slots=True)
class Trigger:
    id: str
    user: str
    at: float
    channel: str | None = None
    view: str | None = None
    spent: bool = False


class Triggers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, Trigger] = {}

    def mint(self, user: str, channel: str | None = None, view: str | None = None) -> str:
        # Time is counted from the moment Slack sends it, so this is called right before a delivery.
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        with self._lock:
            self._known[name] = Trigger(name, user, self._clock.now(), channel, view)
        return name

    def spend(self, name: str) -> Trigger:
        with self._lock:
            trigger = self._known.get(name)
            if trigger is None:
                raise SlackError("invalid_trigger_id" if name else "invalid_arguments")
            if trigger.spent:
                raise SlackError("exchanged_trigger_id")
            if self._clock.now() - trigger.at > TRIGGER_SECONDS:
                raise SlackError("expired_trigger_id")
            trigger.spent = True
            return trigger


@dataclass(slots=True)
class Reply:
    """Where a response_url leads: a channel, the person who acted, the message acted on if any."""

    channel: str
    user: str
    until: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Replies:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, Reply] = {}

    def mint(
        self, channel: str, user: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._known[token] = Reply(
                channel, user, self._clock.now() + REPLY_SECONDS, message_ts, thread_ts
            )
        return token

    def spend(self, token: str) -> Reply:
        with self._lock:
            reply = self._known.get(token)
            if reply is None:
                raise SlackError("invalid_url")
            if self._clock.now() > reply.until:
                raise SlackError("expired_url")
            if reply.uses >= REPLY_USES:
                raise SlackError("used_url")
            reply.uses += 1
            return reply

"""Slack's rate limits by tier, as buckets that refill with the playground's clock.

Source: SLACK.md section 5 (apis/web-api/rate-limits); where sources differ the lower tier is taken.
"""

import math
import threading
from dataclasses import dataclass

from slack_app.playground.clock import Clock

_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
_TIERS = {
    "users.list": 2,
    "users.conversations": 2,
    "conversations.list": 2,
    "usergroups.list": 2,
    "pins.add": 2,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.scheduleMessage": 3,
    "chat.deleteScheduledMessage": 3,
    "chat.scheduledMessages.list": 3,
    "conversations.info": 3,
    "conversations.open": 3,
    "conversations.join": 3,
    "reactions.add": 3,
    "team.info": 3,
    "bots.info": 3,
    "conversations.history": 1,
    "apps.connections.open": 1,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "users.info": 4,
    "conversations.members": 4,
    "chat.postEphemeral": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
}
# "About one a second per channel, bursts tolerated": how large a burst is written nowhere.
_POST_BURST = 10
# "While also maintaining a workspace-wide limit", of several hundred messages a minute: how many is written
# nowhere, so it is the lowest that can be called so.
_POSTS_A_MINUTE = 300
# A reconnecting app opens several connections at once; tier 1 is "1+", so a burst stays allowed.
_BURSTS = {"apps.connections.open": 10}


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limits:
    """Counts calls per method (for chat.postMessage per channel, too)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, _Bucket] = {}
        self.on = True

    def spend(self, method: str, channel: str = "") -> int | None:
        """Count a call; return the seconds to wait when it is one too many."""
        if not self.on:
            return None
        if method == "chat.postMessage":
            wait = self._spend(f"{method} {channel}", _POST_BURST, 1.0)
            return wait or self._spend(method, _POSTS_A_MINUTE, _POSTS_A_MINUTE / 60)
        tier = _TIERS.get(method)
        if tier is None:
            return None
        most = _PER_MINUTE[tier]
        return self._spend(method, _BURSTS.get(method, most), most / 60)

    def _spend(self, name: str, most: int, per_second: float) -> int | None:
        now = self._clock.now()
        with self._lock:
            bucket = self._buckets.setdefault(name, _Bucket(most, now))
            bucket.left = min(most, bucket.left + (now - bucket.at) * per_second)
            bucket.at = now
            if bucket.left < 1:
                return max(1, math.ceil((1 - bucket.left) / per_second))
            bucket.left -= 1
            return None

    def hold(self, method: str, channel: str, seconds: float) -> None:
        """Take no such call for so long, as if there had been far too many; in one channel or, "", in all."""
        rate = 1.0 if channel else _per_second(method)
        with self._lock:
            self._buckets[f"{method} {channel}".rstrip()] = _Bucket(1 - seconds * rate, self._clock.now())

    def clear(self) -> None:
        with self._lock:
            self._buckets.clear()


def _per_second(method: str) -> float:
    return (_POSTS_A_MINUTE if method == "chat.postMessage" else _PER_MINUTE[_TIERS[method]]) / 60

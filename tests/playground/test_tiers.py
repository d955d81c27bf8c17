"""How many calls the pretend Slack takes, counted with its own clock."""

import pytest

from slack_app.playground.clock import Clock
from slack_app.playground.limits_by_tier import Limits


class Still(Clock):
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 1_000_000.0

    def now(self) -> float:
        return self._at

    def move(self, seconds: float) -> None:
        self._at += seconds


def test_a_workspace_takes_three_hundred_messages_a_minute_whatever_their_channels() -> None:
    clock = Still()
    limits = Limits(clock)
    assert [limits.spend("chat.postMessage", f"U{number}") for number in range(300)] == [None] * 300
    assert limits.spend("chat.postMessage", "U300") == 1
    clock.move(60)
    assert [limits.spend("chat.postMessage", f"U{number}") for number in range(300)] == [None] * 300
    assert limits.spend("chat.postMessage", "U301") == 1


@pytest.mark.parametrize(("method", "channel"), [("chat.postMessage", "U1"), ("chat.update", "")])
def test_a_held_call_is_refused_for_so_long(method: str, channel: str) -> None:
    clock = Still()
    limits = Limits(clock)
    limits.hold(method, channel, 60)
    assert limits.spend(method, channel) == 60
    clock.move(59)
    assert limits.spend(method, channel) is not None
    clock.move(2)
    assert limits.spend(method, channel) is None

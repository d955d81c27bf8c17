"""Slack's tiers, kept: so many calls at once, and so many more as time goes by."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slack_app.kit.budget import Budget

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_burst_is_taken_and_the_next_call_waits() -> None:
    budget = Budget(at_once=3, a_second=0.5)
    assert [budget.take("T1", NOON) for _ in range(4)] == [0, 0, 0, 2.0]


def test_workspaces_do_not_share_a_budget() -> None:
    budget = Budget(at_once=1, a_second=1)
    assert [budget.take(workspace, NOON) for workspace in ("T1", "T2")] == [0, 0]


def test_a_call_comes_back_after_its_time() -> None:
    budget = Budget(at_once=1, a_second=0.5)
    budget.take("T1", NOON)
    assert budget.take("T1", NOON + timedelta(seconds=2)) == 0


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=300))
def test_no_minute_holds_more_than_fifty_calls(pauses: list[float]) -> None:
    budget, now, taken = Budget(at_once=20, a_second=0.5), NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if budget.take("T1", now) == 0:
            taken.append(now)
    for first in taken:
        assert sum(first <= each < first + timedelta(seconds=60) for each in taken) <= 50

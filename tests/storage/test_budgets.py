"""However many processes ask, a workspace gets no more calls than Slack takes of it."""

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Database, Granted, Pace
from tests.storage.many_takes import TIER, take
from tests.storage.test_polls import NOON

NUMBERS = count()
SHARED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PACES = st.builds(Pace, st.integers(1, 8), st.sampled_from([0.1, 0.3, 0.5, 1.0, 7.0, 50 / 60]))
PAUSES = st.lists(st.floats(0, 8), min_size=1, max_size=12)
SECOND = timedelta(seconds=1)


def ask(
    database: Database,
    now: datetime,
    pace: Pace = TIER,
    most: int = 1,
    workspace: str = "T1",
    call: str = "chat.update",
) -> Granted:
    with database.begin() as store:
        return store.budgets.take(workspace, call, now, pace, most)


def hold(database: Database, until: datetime, workspace: str = "T1") -> None:
    with database.begin() as store:
        store.budgets.hold(workspace, "chat.update", until)


def moments(pauses: Sequence[float]) -> list[datetime]:
    return [NOON + timedelta(seconds=sum(pauses[: number + 1])) for number in range(len(pauses))]


def excess(taken: Sequence[tuple[datetime, int]], pace: Pace, spare_seconds: float = 0) -> float:
    """Return by how many calls the worst window exceeds what the pace allows; nothing over 0 is right."""
    return max(
        sum(calls for at, calls in taken if start <= at <= end)
        - pace.at_once
        - pace.a_second * ((end - start).total_seconds() + spare_seconds)
        for start, _ in taken
        for end, _ in taken
        if start <= end
    )


def test_a_burst_is_given_and_the_next_call_waits(database: Database) -> None:
    pace = Pace(at_once=3, a_second=0.5)
    granted = [ask(database, NOON, pace) for _ in range(4)]
    assert granted == [Granted(1, timedelta())] * 3 + [Granted(0, 2 * SECOND)]


def test_a_batch_takes_what_there_is_and_is_told_when_the_next_is_free(database: Database) -> None:
    assert ask(database, NOON, most=15) == Granted(15, timedelta())
    assert ask(database, NOON, most=15) == Granted(5, 2 * SECOND)
    assert ask(database, NOON + SECOND, most=15) == Granted(0, SECOND)
    assert ask(database, NOON + 11 * SECOND, most=15) == Granted(5, SECOND)


def test_a_long_rest_fills_no_more_than_the_bucket(database: Database) -> None:
    ask(database, NOON, most=20)
    assert ask(database, NOON + timedelta(days=30), most=100) == Granted(20, 2 * SECOND)


def test_asking_in_vain_costs_nothing(database: Database) -> None:
    pace = Pace(at_once=1, a_second=0.1)
    given_calls = [ask(database, NOON + seconds * SECOND, pace).calls for seconds in range(11)]
    assert given_calls == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_workspaces_and_kinds_of_call_do_not_share(database: Database) -> None:
    assert ask(database, NOON, most=20).calls == 20
    assert ask(database, NOON, most=20).calls == 0
    assert ask(database, NOON, most=20, workspace="T2").calls == 20
    assert ask(database, NOON, most=20, call="chat.postMessage").calls == 20


def test_what_an_undone_transaction_took_is_given_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as store:
        _ = store.budgets.take("T1", "chat.update", NOON, TIER, 20).calls / 0
    assert ask(database, NOON, most=20).calls == 20


def test_while_slack_says_wait_nothing_is_given_and_then_one(database: Database) -> None:
    ask(database, NOON, most=5)
    hold(database, NOON + 30 * SECOND)
    assert ask(database, NOON + 10 * SECOND, most=5) == Granted(0, 20 * SECOND)
    assert ask(database, NOON + 30 * SECOND, most=5) == Granted(1, 2 * SECOND)
    assert ask(database, NOON + 34 * SECOND, most=5) == Granted(2, 2 * SECOND)


def test_a_wait_holds_for_a_call_that_was_never_made(database: Database) -> None:
    hold(database, NOON + 30 * SECOND)
    assert ask(database, NOON) == Granted(0, 30 * SECOND)
    assert ask(database, NOON, workspace="T2") == Granted(1, timedelta())


def test_of_two_waits_the_longer_one_holds(database: Database) -> None:
    for seconds in (30, 90, 20):
        hold(database, NOON + seconds * SECOND)
    assert ask(database, NOON) == Granted(0, 90 * SECOND)


def test_a_wait_of_another_workspace_is_theirs(database: Database) -> None:
    ask(database, NOON, most=20)
    hold(database, NOON + 30 * SECOND, workspace="T2")
    assert ask(database, NOON + 2 * SECOND) == Granted(1, timedelta())


def test_a_clock_that_was_far_ahead_does_not_stop_the_calls_of_days(database: Database) -> None:
    ask(database, NOON + timedelta(days=7), most=20)
    assert ask(database, NOON) == Granted(0, 62 * SECOND)
    assert ask(database, NOON + 62 * SECOND) == Granted(1, timedelta())


def test_in_a_rush_there_are_spare_calls_and_a_minute_later_again(database: Database) -> None:
    pace = Pace(at_once=1, a_second=0.5, spare=3)
    assert ask(database, NOON, pace, most=9) == Granted(4, 2 * SECOND)
    assert ask(database, NOON + 58 * SECOND, pace) == Granted(1, timedelta())
    assert ask(database, NOON + 60 * SECOND, pace) == Granted(1, timedelta())
    assert ask(database, NOON + 60 * SECOND, pace) == Granted(0, SECOND / 5)
    assert ask(database, NOON + 61 * SECOND, pace, most=9) == Granted(3, SECOND)


def test_who_was_told_to_wait_has_no_spare_calls_for_a_minute(database: Database) -> None:
    pace = Pace(at_once=1, a_second=0.5, spare=3)
    hold(database, NOON)
    assert ask(database, NOON + 10 * SECOND, pace, most=9) == Granted(1, 2 * SECOND)
    assert ask(database, NOON + 61 * SECOND, pace, most=9) == Granted(4, 2 * SECOND)


@SHARED
@given(st.integers(1, 4), st.integers(1, 6), st.lists(st.floats(0, 40), min_size=1, max_size=12))
def test_spare_calls_or_not_no_minute_has_more_than_the_pace(
    database: Database, at_once: int, spare: int, pauses: list[float]
) -> None:
    pace, call = Pace(at_once, 0.1, spare), f"call {next(NUMBERS)}"
    taken = [(now, ask(database, now, pace, 5, call=call).calls) for now in moments(pauses)]
    for start, _ in taken:
        minute = sum(calls for at, calls in taken if start <= at <= start + 60 * SECOND)
        assert minute <= at_once + spare + 6


@SHARED
@given(PACES, PAUSES, st.integers(1, 5))
def test_two_threads_together_get_no_more_than_the_pace_in_any_window(
    database: Database, pace: Pace, pauses: list[float], most: int
) -> None:
    call, together = f"call {next(NUMBERS)}", threading.Barrier(2)

    def work(_: int) -> list[tuple[datetime, int]]:
        taken = []
        for now in moments(pauses):
            together.wait(20)
            taken.append((now, ask(database, now, pace, most, call=call).calls))
        return taken

    with ThreadPoolExecutor(2) as threads:
        taken = [each for thread in threads.map(work, range(2)) for each in thread]
    assert excess(taken, pace) <= 1e-6


@SHARED
@given(PACES, st.lists(st.tuples(st.floats(0, 8), st.floats(0, 20)), min_size=1, max_size=20))
def test_clocks_that_differ_give_no_more_than_what_they_differ_by(
    database: Database, pace: Pace, steps: list[tuple[float, float]]
) -> None:
    call = f"call {next(NUMBERS)}"
    taken = [
        (now, ask(database, now + timedelta(seconds=ahead), pace, 3, call=call).calls)
        for now, (_, ahead) in zip(moments([pause for pause, _ in steps]), steps, strict=True)
    ]
    assert excess(taken, pace, spare_seconds=20) <= 1e-6


@SHARED
@given(PACES, PAUSES)
def test_who_waits_as_long_as_was_said_gets_a_call(
    database: Database, pace: Pace, pauses: list[float]
) -> None:
    call = f"call {next(NUMBERS)}"
    for now in moments(pauses):
        ask(database, now, pace, 2, call=call)
    refused = ask(database, now, pace, 100, call=call)
    assert refused.wait > timedelta()
    assert ask(database, now + refused.wait, pace, call=call) == Granted(1, timedelta())


@SHARED
@given(PACES)
def test_whoever_always_asks_gets_all_that_the_pace_gives(database: Database, pace: Pace) -> None:
    call, now, given_calls = f"call {next(NUMBERS)}", NOON, 0
    while given_calls < pace.at_once + 10:
        granted = ask(database, now, pace, call=call)
        given_calls += granted.calls
        now += granted.wait
    allowed = timedelta(seconds=10 / pace.a_second)
    assert allowed <= now - NOON <= allowed + timedelta(milliseconds=1)


def test_two_processes_share_one_bucket(database: Database, database_url: str) -> None:
    taking = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.many_takes", database_url, "30"], stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    given_calls = [int(process.communicate(timeout=60)[0]) for process in taking]
    assert [process.returncode for process in taking] == [0, 0]
    assert sum(given_calls) == 20
    assert take(database, 1) == 0

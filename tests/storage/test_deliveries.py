"""Each recipient is asked once, by one sender at a time, as long as the delivery runs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from storage import Database, Delivery, Pace, Progress
from storage.deliveries import Tries
from tests.storage.test_polls import NOON
from tests.storage.test_surveys import ROUND, another, elsewhere, launch, rows

NUMBERS = count()
PEOPLE = ["UANA", "UBEN", "UCHLOE"]


def start(database: Database, *users: str, workspace: str = "T1") -> None:
    """Launch the round and have it asked by messages to these people."""
    launch(database, ROUND if workspace == "T1" else elsewhere())
    with database.begin() as store:
        assert store.deliveries.set_state(workspace, "r1", {None}, "running")
        store.deliveries.plan(workspace, "r1", users)


def sending(database: Database, user: str) -> bool:
    with database.begin() as store:
        return store.deliveries.sending("T1", "r1", user)


def sent(database: Database, user: str) -> None:
    with database.begin() as store:
        assert store.deliveries.sending("T1", "r1", user)
        store.deliveries.sent("T1", "r1", user, f"message to {user}")


def failed(database: Database, user: str, reason: str) -> None:
    with database.begin() as store:
        store.deliveries.failed("T1", "r1", user, reason)


def set_state(database: Database, *frm: str | None, to: str) -> bool:
    with database.begin() as store:
        return store.deliveries.set_state("T1", "r1", frm, to)


def batch(database: Database, most: int = 100) -> tuple[str, ...]:
    with database.begin() as store:
        return store.deliveries.batch("T1", "r1", most)


def progress(database: Database) -> Progress:
    with database.begin() as store:
        return store.deliveries.progress("T1", "r1")


def test_a_round_asked_in_its_channel_has_no_delivery(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        assert store.deliveries.find("T1", "r1") == Delivery(None)
        assert store.deliveries.find("T1", "r2") is None
    assert batch(database) == ()
    assert progress(database) == Progress(0, 0, {}, 0)


def test_people_are_asked_in_the_order_of_their_ids(database: Database) -> None:
    start(database, "UCHLOE", "UANA", "UBEN", "UANA")
    assert batch(database) == ("UANA", "UBEN", "UCHLOE")
    assert batch(database, most=2) == ("UANA", "UBEN")


def test_whoever_may_have_been_asked_when_a_process_died_comes_first(database: Database) -> None:
    start(database, *PEOPLE)
    assert sending(database, "UCHLOE")
    assert batch(database) == ("UCHLOE", "UANA", "UBEN")
    assert batch(database, most=1) == ("UCHLOE",)
    assert sending(database, "UCHLOE")


def test_whoever_was_asked_is_not_asked_again(database: Database) -> None:
    start(database, *PEOPLE)
    sent(database, "UANA")
    assert batch(database) == ("UBEN", "UCHLOE")
    assert not sending(database, "UANA")


def test_whom_slack_refuses_is_left_out_with_the_reason(database: Database) -> None:
    start(database, *PEOPLE, "UDAN")
    for user, reason in {
        "UANA": "account_inactive",
        "UDAN": "account_inactive",
        "UBEN": "user_not_found",
    }.items():
        failed(database, user, reason)
    assert batch(database) == ("UCHLOE",)
    assert not sending(database, "UANA")
    assert progress(database) == Progress(4, 0, {"account_inactive": 2, "user_not_found": 1}, 1)


def test_progress_counts_the_doubtful_one_among_those_left(database: Database) -> None:
    start(database, *PEOPLE)
    sent(database, "UANA")
    sending(database, "UBEN")
    assert progress(database) == Progress(asked=3, sent=1, failed={}, left=2)


def test_planning_again_adds_who_is_new_and_keeps_who_was_asked(database: Database) -> None:
    start(database, "UANA", "UBEN")
    sent(database, "UANA")
    with database.begin() as store:
        store.deliveries.plan("T1", "r1", PEOPLE)
        store.deliveries.plan("T1", "r1", [])
    assert progress(database) == Progress(3, 1, {}, 2)


def test_a_deleted_round_asks_nobody(database: Database, database_url: str) -> None:
    start(database, "UANA")
    with database.begin() as store:
        store.surveys.delete("T1", "r1")
        store.deliveries.plan("T1", "r1", ["UBEN"])
        assert not store.deliveries.sending("T1", "r1", "UANA")
        store.deliveries.sent("T1", "r1", "UANA", "17.1")
        assert not store.deliveries.set_state("T1", "r1", {"running"}, "done")
    assert rows(database_url) == {}


@pytest.mark.parametrize("state", ["paused", "cancelled", "done"])
def test_nobody_is_asked_while_the_delivery_does_not_run(database: Database, state: str) -> None:
    start(database, *PEOPLE)
    assert set_state(database, "running", to=state)
    assert not sending(database, "UANA")
    assert progress(database).left == 3


def test_a_paused_delivery_goes_on_where_it_was(database: Database) -> None:
    start(database, *PEOPLE)
    sent(database, "UANA")
    assert sending(database, "UBEN")
    set_state(database, "running", to="paused")
    assert not sending(database, "UBEN")
    set_state(database, "paused", to="running")
    assert batch(database) == ("UBEN", "UCHLOE")
    assert sending(database, "UBEN")


def test_a_message_on_its_way_when_the_delivery_is_cancelled_counts_as_sent(database: Database) -> None:
    start(database, *PEOPLE)
    sending(database, "UANA")
    set_state(database, "running", to="cancelled")
    with database.begin() as store:
        store.deliveries.sent("T1", "r1", "UANA", "17.1")
    assert progress(database) == Progress(3, 1, {}, 2)


def test_a_delivery_changes_only_from_the_states_named(database: Database) -> None:
    start(database, "UANA")
    assert not set_state(database, "paused", to="running")
    assert not set_state(database, None, to="running")
    assert not set_state(database, to="cancelled")
    assert set_state(database, "running", "paused", to="cancelled")
    assert not set_state(database, "running", "paused", to="done")
    with database.begin() as store:
        assert store.deliveries.find("T1", "r1") == Delivery("cancelled")


def test_where_the_owner_sees_progress_is_remembered(database: Database) -> None:
    start(database, "UANA")
    with database.begin() as store:
        store.deliveries.show_progress("T1", "r1", "D0ANA", "17.1")
        assert store.deliveries.find("T1", "r1") == Delivery("running", "D0ANA", "17.1")


def test_a_late_word_of_failure_does_not_undo_what_was_sent(database: Database) -> None:
    start(database, "UANA", "UBEN")
    sent(database, "UANA")
    failed(database, "UANA", "timeout")
    failed(database, "UBEN", "timeout")
    with database.begin() as store:
        store.deliveries.sent("T1", "r1", "UBEN", "17.2")
    assert progress(database) == Progress(2, 2, {}, 0)


def test_a_delivery_starts_for_one_of_two(database: Database) -> None:
    launch(database, ROUND)
    together = threading.Barrier(2)

    def begin(_: int) -> bool:
        together.wait(20)
        return set_state(database, None, to="running")

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(begin, range(2))) == [False, True]


def test_two_processes_that_plan_the_same_people_note_each_once(database: Database) -> None:
    start(database)
    people, together = [f"U{number}" for number in range(300)], threading.Barrier(4)

    def plan(number: int) -> None:
        together.wait(20)
        with database.begin() as store:
            store.deliveries.plan("T1", "r1", people[number * 50 : number * 50 + 150][:: (-1) ** number])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(plan, range(4)))
    assert progress(database) == Progress(300, 0, {}, 300)


def test_after_a_pause_is_kept_no_send_begins(database: Database) -> None:
    people = [f"U{number:03}" for number in range(200)]
    start(database, *people)
    paused, after = threading.Event(), []

    def deliver() -> None:
        for user in people:
            is_paused = paused.is_set()
            if sending(database, user) and is_paused:
                after.append(user)

    with ThreadPoolExecutor(1) as threads:
        delivering = threads.submit(deliver)
        set_state(database, "running", to="paused")
        paused.set()
        delivering.result(60)
    assert after == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sending", "sent", "failed", "plan", "pause", "go on"]), st.sampled_from(PEOPLE)
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_everybody_is_sent_failed_or_left(
    database: Database, steps: list[tuple[str, str]]
) -> None:
    name = f"round {next(NUMBERS)}"
    launch(database, another(name))
    done: set[str] = set()
    with database.begin() as store:
        store.deliveries.set_state("T1", name, {None}, "running")
        store.deliveries.plan("T1", name, PEOPLE)
        for step, user in steps:
            if step == "sending":
                state = store.deliveries.find("T1", name)
                is_sending = store.deliveries.sending("T1", name, user)
                assert is_sending == (state == Delivery("running") and user not in done)
            elif step == "sent":
                store.deliveries.sent("T1", name, user, "17.1")
                done.add(user)
            elif step == "failed":
                store.deliveries.failed("T1", name, user, "user_not_found")
                done.add(user)
            elif step == "plan":
                store.deliveries.plan("T1", name, [user])
            else:
                ends = ("running", "paused") if step == "pause" else ("paused", "running")
                store.deliveries.set_state("T1", name, ends[:1], ends[1])
            now = store.deliveries.progress("T1", name)
            assert now.asked == 3 == now.sent + sum(now.failed.values()) + now.left
            assert set(store.deliveries.batch("T1", name)) == set(PEOPLE) - done


def test_no_delivery_of_another_workspace_is_seen_or_changed(database: Database) -> None:
    start(database, *PEOPLE)
    start(database, "UZOE", workspace="T2")
    with database.begin() as store:
        assert store.deliveries.batch("T2", "r1") == ("UZOE",)
        assert not store.deliveries.sending("T2", "r1", "UANA")
        store.deliveries.sent("T2", "r1", "UANA", "17.1")
        store.deliveries.failed("T2", "r1", "UANA", "user_not_found")
        store.deliveries.show_progress("T2", "r1", "D0ZOE", "17.2")
        assert store.deliveries.set_state("T2", "r1", {"running"}, "cancelled")
        assert store.deliveries.find("T1", "r1") == Delivery("running")
        assert store.deliveries.progress("T2", "r1") == Progress(1, 0, {}, 1)
    assert progress(database) == Progress(3, 0, {}, 3)
    assert sending(database, "UANA")


def test_a_forgotten_workspace_keeps_neither_deliveries_nor_budgets(
    database: Database, database_url: str
) -> None:
    start(database, *PEOPLE)
    start(database, "UZOE", workspace="T2")
    with database.begin() as store:
        for workspace in ("T1", "T2"):
            store.budgets.take(workspace, "chat.update", NOON, Pace(20, 0.5))
            store.workspaces.remove(workspace, NOON)
    before = rows(database_url, "T2")
    with database.begin() as store:
        store.workspaces.forget("T1")
        assert not store.workspaces.is_removed("T1")
        assert store.workspaces.is_removed("T2")
    assert rows(database_url, "T1") == {}
    assert rows(database_url, "T2") == before
    assert before == {"budgets": 1, "deliveries": 1, "rounds": 1, "surveys": 1, "workspaces": 1}


def test_whoever_is_asked_is_invited(database: Database) -> None:
    start(database, *PEOPLE)
    sent(database, "UBEN")
    failed(database, "UCHLOE", "user_not_found")
    with database.begin() as store:
        assert store.surveys.invited("T1", "r1") == 1
        assert [each.id for each in store.surveys.asked("T1", "UBEN", "T1:UBEN", NOON)] == ["r1"]
        assert store.surveys.asked("T1", "UANA", "T1:UANA", NOON) == ()


def test_tries_that_came_to_nothing_are_counted_until_somebody_is_asked(database: Database) -> None:
    start(database, *PEOPLE)
    assert sending(database, "UBEN")
    with database.begin() as store:
        tries = [
            store.deliveries.put_off("T1", "r1", "UBEN", "no_answer", is_doubtful=is_doubtful)
            for is_doubtful in (False, True, False, True)
        ]
    assert tries == [Tries(1, 0), Tries(2, 1), Tries(3, 1), Tries(4, 2)]
    sent(database, "UBEN")
    with database.begin() as store:
        late = store.deliveries.put_off("T1", "r1", "UBEN", "no_answer", is_doubtful=True)
    assert late == Tries(0, 0)
    assert progress(database) == Progress(3, 1, {}, 2)


def test_tries_that_an_earlier_version_counted_are_counted_on(database: Database, database_url: str) -> None:
    start(database, "UBEN")
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("update deliveries set reason = 'http_500 3'"))
    engine.dispose()
    with database.begin() as store:
        tries = store.deliveries.put_off("T1", "r1", "UBEN", "no_answer", is_doubtful=True)
    assert tries == Tries(4, 1)


def test_each_change_has_a_number_of_its_own(database: Database) -> None:
    start(database, *PEOPLE)
    with database.begin() as store:
        numbers = [store.deliveries.changed("T1", "r1") for _ in range(2)]
        assert store.deliveries.changed("T1", "r2") is None
    assert numbers == [2, 3]


def test_how_far_several_rounds_have_come_is_asked_at_once(database: Database) -> None:
    start(database, *PEOPLE)
    sent(database, "UBEN")
    start(database, "UDAN", workspace="T2")
    with database.begin() as store:
        assert store.deliveries.progress_of("T1", ["r1", "r2"]) == {"r1": Progress(3, 1, {}, 2)}
        assert store.deliveries.progress_of("T1", []) == {}


def test_a_deleted_round_takes_no_note_of_who_was_asked(database: Database) -> None:
    start(database, *PEOPLE)
    assert sending(database, "UBEN")
    with database.begin() as store:
        assert store.surveys.delete("T1", "r1")
        store.deliveries.sent("T1", "r1", "UBEN", "message to UBEN")
    assert progress(database) == Progress(0, 0, {}, 0)

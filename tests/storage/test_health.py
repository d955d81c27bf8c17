"""How later work goes is said in numbers, of one workspace or all, whoever writes meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Update, update

from storage import Database, Executor, Unreachable, connect
from storage.tables import poll_options, polls
from tests.storage.test_polls import BEN, LUNCH, NOON, cast, keep

MINUTE = timedelta(minutes=1)


def later(
    database: Database, name: str, workspace: str, subject: str, after: timedelta = timedelta()
) -> None:
    with database.begin() as store:
        store.later(name, workspace, subject, after=after)


def waiting(database: Database, workspace: str | None = None) -> list[tuple[str, int]]:
    return [(each.name, each.jobs) for each in database.health(workspace).waiting]


def test_jobs_are_counted_by_name_and_what_is_due_first_comes_first(database: Database) -> None:
    later(database, "authoring.close", "T1", "r1", 2 * MINUTE)
    later(database, "authoring.close", "T1", "r2", MINUTE)
    later(database, "reports.score", "T1", "r1")
    assert waiting(database) == [("reports.score", 1), ("authoring.close", 2)]


def test_the_first_of_a_name_says_when_it_is_due_and_the_oldest_since_when_it_waits(
    database: Database,
) -> None:
    later(database, "authoring.close", "T1", "r1", 60 * MINUTE)
    (close,) = database.health().waiting
    assert abs(datetime.now(UTC) - close.since) < MINUTE
    assert 58 * MINUTE < close.due - close.since < 62 * MINUTE


def test_a_workspace_counts_its_own_jobs_alone(database: Database) -> None:
    later(database, "reports.score", "T1", "r1")
    later(database, "reports.score", "T12", "r1")
    assert waiting(database, "T1") == [("reports.score", 1)]
    assert waiting(database) == [("reports.score", 2)]


def test_messages_that_wait_to_be_redrawn_are_counted(database: Database) -> None:
    keep(database, LUNCH, replace(LUNCH, id="p2"))
    with database.begin() as store:
        store.polls.drawn("T1", "p2", 1, "1.2")
    assert database.health().stale == {"polls": 1, "rounds": 0}


def test_every_process_is_named_also_one_that_is_silent(database: Database) -> None:
    with database.begin() as store:
        store.executors.beat("w1", "work", NOON)
    assert database.health().executors == (Executor("w1", "work", NOON, NOON),)


def test_it_is_said_while_somebody_writes(database: Database) -> None:
    with database.begin() as store:
        store.polls.create(LUNCH, "trigger 1", None)
        assert database.health().stale == {"polls": 0, "rounds": 0}
        assert database.miscounted() == ()


def test_tallies_that_say_what_the_votes_say_are_no_fault(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 1)
    cast(database, "T1:UANA", 1)
    assert database.miscounted() == ()


@pytest.mark.parametrize("wrong", [update(poll_options).values(votes=7), update(polls).values(voters=7)])
def test_tallies_that_do_not_are_named(database: Database, wrong: Update) -> None:
    keep(database, LUNCH)
    cast(database, BEN, 1)
    with database._transaction() as connection:  # noqa: SLF001 - nothing of ours writes a wrong count
        connection.execute(wrong)
    assert database.miscounted() == (("T1", "p1"),)


def test_a_database_that_is_not_there_cannot_say() -> None:
    nowhere = connect("postgresql://ana@127.0.0.1:9/x")
    with pytest.raises(Unreachable):
        nowhere.health()
    nowhere.close()

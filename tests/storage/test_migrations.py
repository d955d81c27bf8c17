"""Migrations make the tables the code expects, from nothing, again, and two at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, select, text, update
from sqlalchemy.engine.interfaces import ReflectedIndex

from storage import Database, Delivery, connect
from storage.durable import TABLES_OF_DBOS, kept_by_dbos
from storage.migrations import upgrade
from storage.tables import metadata
from surveys.people import Member
from surveys.questions import Given
from surveys.schedule import Schedule
from surveys.survey import Round, Survey
from tests.storage.test_polls import LUNCH, NOON, cast, keep, tallies

# By which the ticker finds what is due in every workspace.
ACROSS_WORKSPACES = {"ix_schedules_due"}
# Its rows are processes: they serve every workspace.
OF_PROCESSES = {"executors", "masters"}

FIRST_VERSION = """
insert into workspaces values ('T1', 'fr', 'Europe/Paris', null);
insert into members (workspace_id, user_id, name) values ('T1', 'UBEN', 'Ben');
insert into polls (workspace_id, poll_id, owner, channel, question, language, asked_at, origin, voters)
    values ('T1', 'p1', 'UANA', 'C1', 'Lunch?', 'en', '2026-03-02 12:00:00.000000+00:00', 'trigger 1', 1);
insert into poll_options values ('T1', 'p1', 0, 'Soup', 0), ('T1', 'p1', 1, 'Salad', 1),
    ('T1', 'p1', 2, 'Pizza', 0);
insert into ballots values ('T1', 'p1', 'T1:UBEN', null, null, null);
insert into votes values ('T1', 'p1', 'T1:UBEN', 1)
"""
"""A poll with a vote, as the first version kept them."""

SECOND_VERSION = """
insert into surveys values ('T1', 's1', 'UANA', 'Our week', 'Two minutes.', 'en', '[]');
insert into rounds (workspace_id, round_id, survey_id, channel, asked_at, closes_at, origin, people, message)
    values ('T1', 'r1', 's1', 'C1', '2026-03-02 12:00:00.000000+00:00', '2026-03-09 12:00:00.000000+00:00',
    'view 1', 1, '17.1');
insert into invitations values ('T1', 'r1', 'UBEN'), ('T1', 'r1', 'UCHLOE');
insert into responses values ('T1', 'r1', 'T1:UBEN', '2026-03-02 12:00:00.000000+00:00', 1);
insert into answers values ('T1', 'r1', 'T1:UBEN', 'why', 0, null, null, null, 'Fine');
insert into schedules values ('T1', 'd1', 'C1', 'UANA', 'en', 'FREQ=WEEKLY', 'UTC',
    '2026-03-09 12:00:00.000000+00:00', null, 1)
"""
"""A round with an answer and a schedule, as the second version kept them."""


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    plain = create_engine(empty_url.replace("postgresql:", "postgresql+psycopg:"))
    yield plain
    plain.dispose()


def migrate(url: str) -> bool:
    with closing(connect(url, wait_seconds=20)) as database:
        database.migrate()
        return database.is_current()


def test_a_new_database_becomes_current(empty_url: str) -> None:
    with closing(connect(empty_url)) as database:
        assert not database.is_current()
        database.migrate()
        assert database.is_current()


def test_migrations_make_exactly_the_tables_of_the_code(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_the_keys_and_defaults_of_the_code(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    made = _drawn(engine)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    assert made == _drawn(engine)


def test_the_workspace_leads_every_key_and_index(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    look = inspect(engine)
    for table in metadata.tables.keys() - OF_PROCESSES:
        assert look.get_pk_constraint(table)["constrained_columns"][0] == "workspace_id", table
        for index in look.get_indexes(table):
            if index["name"] not in ACROSS_WORKSPACES:
                assert index["column_names"][0] == "workspace_id", index["name"]


def test_migrating_again_keeps_what_is_there(database: Database) -> None:
    keep(database, LUNCH)
    cast(database, "T1:UBEN", 1)
    database.migrate()
    assert tallies(database) == ((0, 1, 0), 1)


def test_polls_and_votes_of_the_first_version_survive(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection, to="0001")
        for statement in FIRST_VERSION.split(";"):
            connection.execute(text(statement))
    migrate(empty_url)
    with closing(connect(empty_url)) as database:
        assert tallies(database) == ((0, 1, 0), 1)
        with database.begin() as store:
            assert store.polls.find("T1", "p1") == LUNCH
            assert store.polls.ballot("T1", "p1", "T1:UBEN").chosen == (1,)
            assert store.workspaces.find("T1") == ("fr", "Europe/Paris")
            assert store.members.find("T1", "UBEN") == Member("UBEN", "Ben")


def test_surveys_and_schedules_of_the_second_version_survive(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection, to="0002")
        for statement in (FIRST_VERSION + ";" + SECOND_VERSION).split(";"):
            connection.execute(text(statement))
    migrate(empty_url)
    survey = Survey("s1", "T1", "UANA", "Our week", "Two minutes.", "en", ())
    week = timedelta(days=7)
    with closing(connect(empty_url)) as database, database.begin() as store:
        assert store.surveys.find("T1", "r1") == Round(
            "r1", survey, "C1", NOON, NOON + week, message="17.1", people=1
        )
        assert store.surveys.invited("T1", "r1") == 2
        assert store.responses.find("T1", "r1", "T1:UBEN").answers == {"why": (Given(text="Fine"),)}
        assert store.schedules.find("T1", "d1") == Schedule(
            "d1", "T1", "C1", "UANA", "en", "FREQ=WEEKLY", "UTC", NOON + week
        )
        assert store.polls.find("T1", "p1") == LUNCH
        assert not store.workspaces.is_removed("T1")
        assert store.deliveries.find("T1", "r1") == Delivery(None)
        assert store.deliveries.set_state("T1", "r1", {None}, "running")
        store.deliveries.plan("T1", "r1", ["UBEN"])
        assert store.deliveries.sending("T1", "r1", "UBEN")


def test_tables_of_others_are_left_alone(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table guests (name text)"))
        connection.execute(text("insert into guests values ('Zoé')"))
    migrate(empty_url)
    with engine.connect() as connection:
        assert connection.execute(text("select name from guests")).scalars().all() == ["Zoé"]


def test_a_migration_that_fails_leaves_nothing_half_made(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table votes (name text)"))
    with pytest.raises(Exception, match="already exists"):
        migrate(empty_url)
    assert inspect(engine).get_table_names() == ["votes"]


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(migrate, [empty_url] * 4)) == [True] * 4


def test_an_older_set_of_tables_for_jobs_is_not_current(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.begin() as connection:
        connection.execute(update(kept_by_dbos(connection)).values(version=TABLES_OF_DBOS - 1))
    with closing(connect(empty_url)) as database:
        assert not database.is_current()


def test_what_counts_as_current_is_the_newest_that_dbos_makes(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.connect() as connection:
        assert connection.execute(select(kept_by_dbos(connection))).scalar() == TABLES_OF_DBOS


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """DBOS's tables for jobs lie beside ours and are its own business."""
    return kind != "table" or name in metadata.tables


def _drawn(engine: Engine) -> dict[str, object]:
    look = inspect(engine)
    return {
        table: (
            look.get_pk_constraint(table),
            sorted(str(key) for key in look.get_foreign_keys(table)),
            sorted(str(key) for key in look.get_unique_constraints(table)),
            sorted(_index(index) for index in look.get_indexes(table)),
            sorted((c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)),
        )
        for table in metadata.tables
    }


def _index(index: ReflectedIndex) -> tuple[str, ...]:
    options = sorted(f"{name}: {value}" for name, value in index.get("dialect_options", {}).items())
    return (str(index["name"]), *map(str, index["column_names"]), *options)

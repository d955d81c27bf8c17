"""The master key is found again at every start, is never beside the database, and can be replaced."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from slack_app import secret_key
from slack_app.__main__ import main
from slack_app.settings import BadSettings, read
from storage import CannotOpen, Database, WrongMasterKey
from surveys.questions import Given
from tests.conftest import SECRET
from tests.sealing import answer, ask, close, count_all, vote

ANOTHER = "another master key, of tests and of nothing else"
HOW = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """An SQLite file without a master key in the settings."""
    return {
        "PALABRE_DATABASE_URL": f"sqlite:///{tmp_path / 'palabre.sqlite3'}",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }


@pytest.fixture
def given(database_url: str) -> dict[str, str]:
    """A database with a master key in the settings."""
    return {"PALABRE_DATABASE_URL": database_url, "PALABRE_SECRET_KEY": SECRET}


def run(environ: dict[str, str], *words: str) -> tuple[int, str]:
    nothing = dict.fromkeys(("PALABRE_SECRET_KEY", "PALABRE_NEW_SECRET_KEY"))
    answered = CliRunner(env=nothing | environ).invoke(main, list(words))
    return answered.exit_code, answered.output


def file_of(environ: dict[str, str]) -> Path:
    file = secret_key.kept_file(environ)
    assert file is not None
    return file


def start(environ: dict[str, str]) -> None:
    secret_key.opened(environ).close()


def key_of(environ: dict[str, str]) -> str:
    """The key as the next start finds it."""
    start(environ)
    found = secret_key.here(environ)
    assert found is not None
    return found


def ask_all(environ: dict[str, str]) -> None:
    """Ask, and let a person vote and answer."""
    database = secret_key.opened(environ)
    ask(database)
    vote(database, "T1:UBEN", 1)
    answer(database, "T1:UBEN", {"why": (Given(text="because"),)})
    database.close()


def counted(environ: dict[str, str]) -> tuple[tuple[int, ...], int]:
    """How the poll stands once it is closed and counted."""
    database = secret_key.opened(environ)
    close(database)
    count_all(database)
    with database.begin() as store:
        found = store.standings.tallies("T1", "p1")
    database.close()
    return found


# --- settings ---


def test_a_short_key_is_named_and_not_shown() -> None:
    with pytest.raises(BadSettings) as bad:
        read(GOOD | {"PALABRE_SECRET_KEY": "too short"})
    assert bad.value.faults == (f"PALABRE_SECRET_KEY should have at least 32 characters. {HOW}",)


def test_postgresql_needs_a_key_and_the_fault_says_how_to_make_one() -> None:
    postgres = GOOD | {"PALABRE_DATABASE_URL": "postgresql://ana@127.0.0.1/x"}
    with pytest.raises(BadSettings) as bad:
        read(postgres)
    assert bad.value.faults == (
        f"PALABRE_SECRET_KEY is missing: with PostgreSQL all processes need the same. {HOW}",
    )
    assert read(postgres | {"PALABRE_SECRET_KEY": SECRET}).secret_key == SECRET


def test_the_key_is_not_printed() -> None:
    assert SECRET not in repr(read(GOOD | {"PALABRE_SECRET_KEY": SECRET}))


# --- kept ---


def test_a_kept_key_is_made_once_for_its_owner_alone(kept: dict[str, str], tmp_path: Path) -> None:
    key = key_of(kept)
    assert len(key) >= 32
    assert key_of(kept) == key
    assert stat.S_IMODE(file_of(kept).stat().st_mode) == 0o600
    assert [path.name for path in file_of(kept).parent.iterdir()] == [file_of(kept).name]
    beside = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert not any(key.encode() in content for content in beside)


def test_each_database_has_a_key_of_its_own(kept: dict[str, str], tmp_path: Path) -> None:
    other = kept | {"PALABRE_DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}"}
    assert key_of(kept) != key_of(other)


def test_processes_that_start_at_once_have_the_same_key(kept: dict[str, str]) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = list(threads.map(lambda _: secret_key._kept(file_of(kept)), range(8)))  # noqa: SLF001 (that step alone)
    assert len(set(keys)) == 1
    assert secret_key.here(kept) == keys[0]


# --- the right one ---


@pytest.mark.parametrize("words", [("serve",), ("work",), ("rotate-key",)])
def test_a_wrong_key_stops_the_start_with_a_sentence(given: dict[str, str], words: tuple[str, ...]) -> None:
    start(given)
    code, said = run(given | GOOD | {"PALABRE_SECRET_KEY": ANOTHER, "PALABRE_NEW_SECRET_KEY": SECRET}, *words)
    assert code == 2
    assert said == (
        "Palabre cannot start:\n"
        "  PALABRE_SECRET_KEY is not the key that this database's anonymous answers are sealed with. "
        "Set it to the one the database had before.\n"
    )


def test_a_database_that_was_moved_needs_its_key_file(kept: dict[str, str], tmp_path: Path) -> None:
    start(kept)
    moved = kept | {"PALABRE_DATABASE_URL": f"sqlite:///{tmp_path / 'moved.sqlite3'}"}
    (tmp_path / "palabre.sqlite3").rename(tmp_path / "moved.sqlite3")
    code, said = run(moved | GOOD, "serve")
    assert code == 2
    assert f"The key in {file_of(moved)} is not the one" in said
    assert "Bring its key file along and give it that name, or set PALABRE_SECRET_KEY." in said
    file_of(kept).replace(file_of(moved))
    start(moved)


# --- another one ---


def test_what_was_sealed_before_a_rotation_is_counted_after_it(given: dict[str, str]) -> None:
    ask_all(given)
    code, said = run(given | {"PALABRE_NEW_SECRET_KEY": ANOTHER}, "rotate-key")
    assert code == 0
    assert said == (
        "The new master key is in place, for 2 open or uncounted polls and surveys.\n"
        "Set PALABRE_SECRET_KEY to the new key wherever Palabre runs, and take PALABRE_NEW_SECRET_KEY away. "
        "Start all processes again: those still running with the old key take no anonymous answers. "
        "Backups made before need the old key; destroy it when they are gone.\n"
    )
    with pytest.raises(WrongMasterKey):
        start(given)
    assert counted(given | {"PALABRE_SECRET_KEY": ANOTHER}) == ((0, 1, 0), 1)


def test_a_kept_key_is_replaced_by_a_fresh_one(kept: dict[str, str]) -> None:
    ask_all(kept)
    before = key_of(kept)
    code, said = run(kept, "rotate-key")
    after = key_of(kept)
    assert code == 0
    assert after != before
    assert before not in said
    assert after not in said
    assert stat.S_IMODE(file_of(kept).stat().st_mode) == 0o600
    assert counted(kept) == ((0, 1, 0), 1)


@pytest.mark.parametrize("new", [{}, {"PALABRE_NEW_SECRET_KEY": SECRET}])
def test_a_rotation_needs_a_new_key(given: dict[str, str], new: dict[str, str]) -> None:
    code, said = run(given | new, "rotate-key")
    assert code == 1
    assert "Set PALABRE_NEW_SECRET_KEY to the new key, another than before." in said
    start(given)


@pytest.mark.parametrize("killed_before", ["rotate_master", "_replace"])
def test_a_rotation_that_is_killed_leaves_a_key_that_fits(kept: dict[str, str], killed_before: str) -> None:
    ask_all(kept)
    where = "secret_key" if killed_before == "_replace" else "Database"
    killed = (
        "import os, signal; from slack_app import secret_key; from storage import Database\n"
        f"{where}.{killed_before} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"secret_key.rotate({kept!r}, secret_key.opened({kept!r}))"
    )
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    assert counted(kept) == ((0, 1, 0), 1)
    assert run(kept, "rotate-key")[0] == 0
    start(kept)


def test_a_process_with_the_old_key_asks_and_reads_nothing_more(
    given: dict[str, str], database: Database
) -> None:
    ask_all(given)
    assert run(given | {"PALABRE_NEW_SECRET_KEY": ANOTHER}, "rotate-key")[0] == 0
    with pytest.raises(CannotOpen), database.begin() as store:
        store.sealed.begin("T1", "p2")
    with pytest.raises(CannotOpen):
        vote(database, "T1:UCHLOE", 2)
    assert counted(given | {"PALABRE_SECRET_KEY": ANOTHER}) == ((0, 1, 0), 1)

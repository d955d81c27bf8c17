"""`palabre doctor` names what is in order and what is not, each fault with its mend."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from sqlalchemy import update

from slack_app import secret_key
from slack_app.__main__ import main
from slack_app.doctor import examine
from slack_app.playground.server import Playground
from slack_app.settings import MANIFEST
from storage import Database, connect
from storage.tables import polls
from tests.conftest import SECRET
from tests.sealing import ask, close
from tests.storage.test_polls import LUNCH, keep
from tests.stories.test_upkeep import give_up

Manifest = dict[str, Any]  # its shape is Slack's
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def manifest() -> Manifest:
    return deepcopy(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


@pytest.fixture
def playground(manifest: Manifest) -> Iterator[Playground]:
    """A small Slack, into which the app is installed with the test's manifest."""
    with Playground(None, manifest=manifest) as slack:
        yield slack


@pytest.fixture
def environ(playground: Playground, database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_SIGNING_SECRET": playground.signing_secret,
        "SLACK_API_URL": playground.api_url,
        "PALABRE_DATABASE_URL": database_url,
        "PALABRE_SECRET_KEY": SECRET,
    }


def real_now() -> datetime:
    return datetime.now(UTC)


def lines(environ: Mapping[str, str], now: Callable[[], datetime] = real_now, **how: bool) -> list[str]:
    return [str(finding) for finding in examine(environ, now, **how)]


def here(database_url: str, now: datetime | None = None) -> list[str]:
    """What is found of a database, without Slack."""
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "1",
        "PALABRE_DATABASE_URL": database_url,
        "PALABRE_SECRET_KEY": SECRET,
    }
    return lines(environ, lambda: now or real_now(), with_slack=False)


def faults(said: list[str]) -> list[str]:
    return [line for line in said if line.startswith("fault")]


# --- in order ---


def test_where_all_is_in_order_each_line_says_so(environ: dict[str, str]) -> None:
    said = lines(environ)
    assert faults(said) == []
    assert [line.split(":")[0] for line in said] == [
        "ok     settings",
        "ok     database",
        "ok     tables",
        "ok     processes",
        "ok     jobs",
        "ok     failures",
        "ok     messages",
        "ok     tallies",
        "ok     master key",
        "ok     sealed",
        "ok     token",
        "ok     scopes",
        "ok     clock",
    ]


def test_with_a_token_for_socket_mode_a_connection_is_asked_for(
    environ: dict[str, str], playground: Playground
) -> None:
    said = lines(environ | {"SLACK_APP_TOKEN": playground.app_token})
    assert said[-1] == "ok     socket mode: a connection is granted"


def test_processes_that_are_alive_are_named(database: Database, database_url: str) -> None:
    with database.begin() as store:
        store.executors.beat("w1", "work", NOW - timedelta(seconds=20))
    assert "ok     processes: 1 alive: w1 (work)" in here(database_url, NOW)


def test_what_waits_is_told_with_the_first_that_is_due(database: Database, database_url: str) -> None:
    with database.begin() as store:
        store.later("authoring.close", "T1", "r1", after=timedelta(hours=2))
    (said,) = [line for line in here(database_url) if "jobs:" in line]
    assert said.startswith("ok     jobs: 1 authoring.close wait; the first, authoring.close, is due 20")


# --- faults, each with its mend ---


def test_every_fault_of_the_settings_is_named() -> None:
    said = faults(lines({"PALABRE_DATABASE_URL": "mysql://x"}))
    assert any("SLACK_BOT_TOKEN is missing: copy" in line for line in said)
    assert any("PALABRE_DATABASE_URL should begin with" in line for line in said)


def test_a_database_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "palabre.sqlite3"
    assert f"fault  database: sqlite:///{path} is not there yet. Make it with: palabre migrate" in here(
        f"sqlite:///{path}"
    )
    assert not path.exists()


def test_a_database_that_cannot_be_opened_is_named_without_its_password() -> None:
    (said,) = faults(here("postgresql://ana:s3cret@127.0.0.1:9/x"))
    assert said.startswith("fault  database: postgresql+psycopg://ana:***@127.0.0.1:9/x cannot be opened")
    assert "Check PALABRE_DATABASE_URL." in said
    assert "s3cret" not in said


def test_tables_that_are_missing_wait_for_migrate(empty_url: str) -> None:
    fresh = connect(empty_url)
    fresh.outdated()  # makes the file where it is one
    fresh.close()
    assert faults(here(empty_url)) == [
        "fault  tables: those of palabre wait for: palabre migrate",
        "fault  tables: those of dbos wait for: palabre migrate",
    ]


def test_a_silent_process_is_named(database: Database, database_url: str) -> None:
    with database.begin() as store:
        store.executors.beat("w1", "work", NOW - timedelta(minutes=5))
    (said,) = faults(here(database_url, NOW))
    assert said == (
        "fault  processes: w1 (work) is silent since 2026-03-02 11:55:00 UTC. "
        "Start it again; the others do its work meanwhile."
    )


def test_work_that_is_due_with_nobody_to_do_it_is_a_fault(database: Database, database_url: str) -> None:
    with database.begin() as store:
        store.later("authoring.close", "T1", "r1")
    said = faults(here(database_url, real_now() + timedelta(hours=1)))
    assert said[0] == (
        "fault  processes: jobs are due and none is alive. Start: palabre serve, or palabre work"
    )
    assert said[1].endswith("Nobody does it: see processes, and the log.")


def test_what_failed_is_told_with_its_reason(database: Database, database_url: str) -> None:
    give_up(database, "reports.score", workspace="T1")
    (said,) = faults(here(database_url))
    assert said.startswith("fault  failures: reports.score in T1, 20")
    assert "chat.postMessage: is_archived, reference " in said
    assert said.endswith("An admin retries or drops it in Slack: /palabre jobs")


def test_tallies_that_are_wrong_are_named(database: Database, database_url: str) -> None:
    keep(database, LUNCH)
    with database._transaction() as connection:  # noqa: SLF001 - nothing of ours writes a wrong count
        connection.execute(update(polls).values(voters=7))
    (said,) = faults(here(database_url))
    assert said.startswith("fault  tallies: 1 polls say something else than a recount, such as p1 in T1.")


def test_a_token_that_slack_does_not_take_is_named(environ: dict[str, str]) -> None:
    (said,) = faults(lines(environ | {"SLACK_BOT_TOKEN": "xoxb-other"}))
    assert said == (
        "fault  token: Slack does not let us in (auth.test: invalid_auth). "
        "Check SLACK_BOT_TOKEN: the app's OAuth & Permissions."
    )


def test_a_slack_that_does_not_answer_is_named(environ: dict[str, str]) -> None:
    (said,) = faults(lines(environ | {"SLACK_API_URL": "http://127.0.0.1:9/api/"}))
    assert said.startswith("fault  token: http://127.0.0.1:9/api/ does not answer. Check the network")


def test_a_scope_that_is_not_granted_is_named(environ: dict[str, str], manifest: Manifest) -> None:
    manifest["oauth_config"]["scopes"]["bot"].remove("users:read")
    with Playground(None, manifest=manifest) as slack:
        (said,) = faults(
            lines(environ | {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url})
        )
    assert said == (
        "fault  scopes: users:read not granted. Give the app the manifest that palabre manifest prints, "
        "and install it again."
    )


@pytest.mark.parametrize("apart", [timedelta(minutes=-2), timedelta(minutes=2)])
def test_a_clock_that_is_wrong_is_named(environ: dict[str, str], apart: timedelta) -> None:
    (said,) = faults(lines(environ, lambda: real_now() + apart))
    assert "s from Slack's. Set this computer's clock" in said


def test_a_token_for_socket_mode_that_slack_does_not_take_is_named(environ: dict[str, str]) -> None:
    (said,) = faults(lines(environ | {"SLACK_APP_TOKEN": "xapp-other"}))
    assert said.startswith("fault  socket mode: Slack does not let us in (apps.connections.open: ")
    assert "Check SLACK_APP_TOKEN" in said


# --- what is sealed ---


def test_the_right_master_key_is_in_order(database: Database, database_url: str) -> None:
    database.check_master()
    assert "ok     master key: the one that this database is sealed with" in here(database_url)


def test_a_wrong_master_key_is_a_fault(database: Database, database_url: str) -> None:
    database.rotate_master("another master key, of tests and of nothing else")
    (said,) = faults(here(database_url))
    assert said == (
        "fault  master key: PALABRE_SECRET_KEY is not the key that this database's anonymous answers are "
        "sealed with. Set it to the one the database had before."
    )


def kept(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """The settings of an SQLite file whose master key was made and kept, and the file where it is."""
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "1",
        "PALABRE_DATABASE_URL": f"sqlite:///{tmp_path / 'palabre.sqlite3'}",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    secret_key.opened(environ).close()
    file = secret_key.kept_file(environ)
    assert file is not None
    return environ, file


def test_a_kept_key_that_others_can_read_is_a_fault(tmp_path: Path) -> None:
    environ, file = kept(tmp_path)
    assert faults(lines(environ, with_slack=False)) == []
    file.chmod(0o644)
    (said,) = faults(lines(environ, with_slack=False))
    assert said == f"fault  master key: {file} can be read by others. Close it: chmod 600 {file}"


def test_a_kept_key_that_is_gone_is_a_fault_and_none_is_made(tmp_path: Path) -> None:
    environ, file = kept(tmp_path)
    file.unlink()
    (said,) = faults(lines(environ, with_slack=False))
    assert said == (
        f"fault  master key: {file} is not there, and this database is sealed. "
        "Bring it back, or set PALABRE_SECRET_KEY."
    )
    assert not file.exists()


def test_keys_are_in_order_until_all_is_counted_and_a_fault_after_it(
    database: Database, database_url: str
) -> None:
    ask(database)
    close(database)
    assert faults(here(database_url)) == []
    with database.begin() as store:
        store.polls.counted("T1", "p1")
    (said,) = faults(here(database_url))
    assert said == (
        "fault  sealed: 1 polls or surveys that are gone or counted still have keys or boxes, "
        "such as p1 in T1. Please report this, with the log."
    )


# --- the command ---


def test_in_order_the_command_ends_well_and_with_a_fault_it_does_not(environ: dict[str, str]) -> None:
    well = CliRunner(env=environ).invoke(main, ["doctor"])
    ill = CliRunner(env=environ | {"SLACK_BOT_TOKEN": "xoxb-other"}).invoke(main, ["doctor"])
    assert (well.exit_code, ill.exit_code) == (0, 1)
    assert "fault" in ill.output
    assert "fault" not in well.output


def test_without_slack_it_looks_at_what_is_here(environ: dict[str, str]) -> None:
    env = environ | {"SLACK_API_URL": "http://127.0.0.1:9/api/"}
    answer = CliRunner(env=env).invoke(main, ["doctor", "--no-slack"])
    assert answer.exit_code == 0
    assert "token" not in answer.output

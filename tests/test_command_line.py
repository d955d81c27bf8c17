"""The command line says in a sentence what is wrong and what to do."""

from pathlib import Path

import yaml
from click.testing import CliRunner

from slack_app.__main__ import main


def run(*words: str, **environ: str) -> tuple[int, str]:
    answer = CliRunner(env=environ).invoke(main, list(words))
    return answer.exit_code, answer.output


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    code, said = run("migrate", PALABRE_DATABASE_URL=f"sqlite:///{tmp_path}/missing/palabre.sqlite3")
    assert code == 1
    assert "cannot be opened" in said
    assert "Check PALABRE_DATABASE_URL." in said


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    code, said = run("migrate", PALABRE_DATABASE_URL="postgresql://ana:s3cret@127.0.0.1:9/x")
    assert code == 1
    assert "cannot be opened" in said
    assert "s3cret" not in said


def test_migrate_makes_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "palabre.sqlite3"
    assert run("migrate", PALABRE_DATABASE_URL=f"sqlite:///{path}") == (
        0,
        f"sqlite:///{path} is up to date.\n",
    )


def test_serve_without_settings_names_each() -> None:
    code, said = run("serve", SLACK_BOT_TOKEN="", SLACK_SIGNING_SECRET="")
    assert code == 2
    assert "SLACK_BOT_TOKEN is missing" in said
    assert "SLACK_SIGNING_SECRET is missing" in said


def test_the_manifest_is_printed_whole() -> None:
    code, said = run("manifest")
    assert code == 0
    assert said == (Path(__file__).parent.parent / "manifest.yml").read_text(encoding="utf-8")


def test_the_manifest_for_socket_mode_asks_for_no_address() -> None:
    code, said = run("manifest", "--socket-mode")
    assert code == 0
    over_http, over_sockets = yaml.safe_load(run("manifest")[1]), yaml.safe_load(said)
    assert "url" not in said
    assert over_sockets["settings"]["socket_mode_enabled"] is True
    for command in over_http["features"]["slash_commands"]:
        del command["url"]
    for part in ("event_subscriptions", "interactivity"):
        del over_http["settings"][part]["request_url"]
    over_http["settings"]["socket_mode_enabled"] = True
    assert over_sockets == over_http

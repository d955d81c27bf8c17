"""The command line."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from slack_app import secret_key
from slack_app import settings as settings_module
from slack_app.secret_key import SameKey
from slack_app.settings import HOW_TO_MAKE_ONE, MANIFEST, NEW_SECRET_KEY, BadSettings, Settings
from storage import Database, NoMasterKey, Taken, Unreachable, WrongMasterKey, connect
from surveys.sentiment import LANGUAGES

if TYPE_CHECKING:
    from slack_app.app import Palabre
    from slack_app.socket_mode import SocketMode
    from slack_app.verify import Verdict

WAITRESS_THREADS = 16


@click.group()
def main() -> None:
    """Polls and surveys in Slack that a team can trust."""


@main.command()
@click.option("--port", default=8000, show_default=True, help="The port of the playground's page.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in a browser.")
def demo(port: int, no_browser: bool) -> None:
    """Open a small Slack on this computer and try Palabre in it. No account, no network."""
    from slack_app.demo import run

    _stop_cleanly_when_told()
    run(port, open_browser=not no_browser)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=3000, show_default=True)
@click.option("--no-worker", is_flag=True, help="Leave what happens later to a process that works.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Answer Slack over Socket Mode with SLACK_APP_TOKEN, else over HTTP at /slack/events."""
    address = f"http://{host}:{port}"
    with _running("serve") as (settings, palabre), _listening(palabre, settings, address) as sentence:
        if not no_worker:
            _start_worker(palabre)
        click.echo(sentence)
        _serve_web(palabre, host, port)


@main.command()
def work() -> None:
    """Do what happens later, beside processes that serve: redraws, deliveries, reports."""
    with _running("work") as (_, palabre):
        _start_worker(palabre)
        click.echo(f"Palabre works with {palabre.tools.database.url_shown}")
        threading.Event().wait()


@contextmanager
def _running(kind: str) -> "Iterator[tuple[Settings, Palabre]]":
    """Put the app together, and take it apart in order when the process is told to stop."""
    from slack_app.app import create_app
    from slack_app.kit.slack import SlackSaidNo
    from slack_app.worker_id import NowhereToKeep, executing

    environ = settings_module.environment()
    settings = _settings(environ)
    _log_at(settings.log_level)
    _stop_cleanly_when_told()
    database = _opened(environ)
    try:
        with executing(settings, kind) as me:
            palabre = create_app(settings, database, executing=me)
            try:
                yield settings, palabre
            finally:
                palabre.worker.stop()
                palabre.tools.later.close()
    except NowhereToKeep as fault:
        raise click.ClickException(str(fault)) from fault
    except SlackSaidNo as fault:
        raise click.ClickException(f"Slack does not let us in ({fault}). Check SLACK_BOT_TOKEN.") from fault
    finally:
        database.close()


def _start_worker(palabre: "Palabre") -> None:
    try:
        palabre.worker.start()
    except Taken as taken:
        raise click.ClickException(
            f"Another process works under the same name already ({taken}). An SQLite file has room for one "
            "that works: start the others with --no-worker, or use PostgreSQL, each with a PALABRE_WORKER_ID "
            "of its own, or none."
        ) from taken


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    environ = settings_module.environment()
    database = connect(settings_module.database_url(environ))
    try:
        database.migrate()
    except Unreachable as fault:
        raise _cannot_open(environ, fault) from fault
    click.echo(f"{database.url_shown} is up to date.")
    database.close()


@main.command("rotate-key")
def rotate_key() -> None:
    """Replace the master key: by PALABRE_NEW_SECRET_KEY or, where it is a kept one, by a fresh one."""
    environ = settings_module.environment()
    database = _opened(environ)
    try:
        changed = secret_key.rotate(environ, database)
    except (NoMasterKey, SameKey) as fault:
        raise click.ClickException(
            f"Set {NEW_SECRET_KEY} to the new key, another than before. {HOW_TO_MAKE_ONE}"
        ) from fault
    except Taken as taken:
        raise click.ClickException("Another process puts a new key in place just now.") from taken
    finally:
        database.close()
    click.echo(f"The new master key is in place, for {changed} open or uncounted polls and surveys.")
    click.echo(secret_key.next_step(environ))


@main.command()
@click.option("--no-slack", is_flag=True, help="Leave out what needs Slack.")
def doctor(no_slack: bool) -> None:
    """Look whether everything is in order, and say the mend for what is not."""
    from slack_app.doctor import examine

    findings = examine(settings_module.environment(), lambda: datetime.now(UTC), with_slack=not no_slack)
    is_ill = False
    for finding in findings:
        click.echo(str(finding))
        is_ill = is_ill or finding.is_fault
    sys.exit(1 if is_ill else 0)


@main.command()
@click.argument("file", required=False)
@click.argument("code", nargs=-1)
def verify(file: str | None, code: tuple[str, ...]) -> None:
    """Count the published ballots in FILE again, and find the one with CODE; "-" reads what is piped in.

    Without FILE: count the votes of all polls in the database again. Ends with 0 where all is well, with 1
    where something differs or no ballot has the code, with 2 where FILE holds no published ballots.
    """
    from slack_app import verify as verifying

    found = verifying.verify(file, " ".join(code)) if file is not None else _recounted()
    for line in found.lines:
        click.echo(line)
    sys.exit(found.exit_code)


def _recounted() -> "Verdict":
    from slack_app.verify import recounted

    environ = settings_module.environment()
    database = connect(settings_module.database_url(environ))
    try:
        if not database.is_current():
            raise click.ClickException("The tables are not up to date. Run: palabre migrate")
        return recounted(database.miscounted())
    except Unreachable as fault:
        raise _cannot_open(environ, fault) from fault
    finally:
        database.close()


@main.command()
@click.option("--socket-mode", is_flag=True, help="For Socket Mode: without addresses.")
def manifest(socket_mode: bool) -> None:
    """Print the manifest to create the Slack app from."""
    text = MANIFEST.read_text(encoding="utf-8")
    click.echo(_for_socket_mode(text) if socket_mode else text, nl=False)


@main.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="For texts too short to tell.",
)
def sentiment(file: TextIO, language: str) -> None:
    """Score each line of FILE, or of what is typed: a JSON object a line."""
    from surveys.sentiment import score

    for line in file:
        text = line.rstrip("\r\n")
        tone = asdict(score(text, language))
        click.echo(json.dumps({"text": text} | tone, ensure_ascii=False))


def _for_socket_mode(manifest: str) -> str:
    lines = manifest.splitlines(keepends=True)
    kept = (line for line in lines if not line.strip().startswith(("url:", "request_url:")))
    return "".join(kept).replace("socket_mode_enabled: false", "socket_mode_enabled: true")


@contextmanager
def _listening(palabre: "Palabre", settings: Settings, address: str) -> Iterator[str]:
    """Hear Slack in the way that the settings ask for; give the sentence that says so."""
    if not settings.app_token:
        yield f"Palabre listens on {address}/slack/events with {palabre.tools.database.url_shown}"
        return
    from slack_app.socket_mode import SocketMode

    line = SocketMode(palabre.bolt, palabre.tools.slack, settings.app_token)
    try:
        _open(line)
        yield (
            f"Palabre listens over Socket Mode with {palabre.tools.database.url_shown}; "
            f"{address}/healthz tells how it is"
        )
    finally:
        line.stop()


def _open(line: "SocketMode") -> None:
    from slack_app.kit.slack import SlackSaidNo

    try:
        line.start()
    except SlackSaidNo as fault:
        raise click.ClickException(
            f"Slack opens no connection for Socket Mode ({fault}). Check SLACK_APP_TOKEN: an app-level token "
            "with connections:write, and Socket Mode turned on for the app."
        ) from fault


def _serve_web(palabre: "Palabre", host: str, port: int) -> None:
    from waitress import serve as serve_web

    try:
        serve_web(palabre.web, host=host, port=port, threads=WAITRESS_THREADS, ident=None)
    except OSError as fault:
        raise click.ClickException(f"Port {port} cannot be used ({fault.strerror}). Try --port.") from fault


def _stop_cleanly_when_told() -> None:
    """Let SIGTERM end the process as an exception does: without this nothing after it is run."""

    def stop(_signal: int, _frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)


def _log_at(level: str) -> None:
    """Write our own lines from `level` on; slack_sdk's at DEBUG hold whole messages, so never those."""
    others = "INFO" if level == "DEBUG" else level
    logging.basicConfig(level=others, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("palabre").setLevel(level)


def _settings(environ: Mapping[str, str]) -> Settings:
    try:
        return settings_module.read(environ)
    except BadSettings as bad:
        _refuse(bad.faults)


def _opened(environ: Mapping[str, str]) -> Database:
    """Return the database, up to date and under the right master key."""
    if faults := settings_module.key_faults(environ):
        _refuse(faults)
    try:
        return secret_key.opened(environ)
    except WrongMasterKey:
        _refuse([secret_key.is_wrong(environ)])
    except Unreachable as fault:
        raise _cannot_open(environ, fault) from fault


def _cannot_open(environ: Mapping[str, str], fault: Unreachable) -> click.ClickException:
    shown = connect(settings_module.database_url(environ)).url_shown
    return click.ClickException(
        f"The database {shown} cannot be opened ({fault}). Check PALABRE_DATABASE_URL."
    )


def _refuse(faults: Iterable[str]) -> NoReturn:
    click.echo("Palabre cannot start:", err=True)
    for fault in faults:
        click.echo(f"  {fault}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()

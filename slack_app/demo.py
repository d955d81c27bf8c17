"""The demo: the real app and a small Slack beside it, on this computer alone."""

import logging
import os
import signal
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import yaml
from flask import Flask
from werkzeug.serving import make_server

from slack_app import secret_key
from slack_app.app import Palabre, create_app
from slack_app.kit.context import Tools
from slack_app.members.jobs import read_members
from slack_app.playground.server import Playground
from slack_app.settings import MANIFEST, Settings
from storage import connect

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy")
"""slack_sdk goes through a proxy even to this computer."""

CHIPS = (
    ("Ask a poll", '/poll "Where shall we meet?" "Café de la Paix" "The library" "Online"'),
    ("Yes or no?", "/poll Shall we start at nine?"),
    ("Use the form", "/poll"),
    ("Start a survey", "/survey"),
    ("Read a report", "/report"),
    ("En français", "/poll lang fr « Où se retrouve-t-on ? » « Café de la Paix » « En ligne »"),
)


def run(port: int, *, open_browser: bool) -> None:
    """Serve the demo until it is interrupted; everything in it is gone afterwards."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    for name in PROXIES:
        os.environ.pop(name, None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the folder would stay behind
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, playing(folder, port) as url:
            click.echo(f"Palabre's playground is at {url} (Ctrl+C stops it).")
            if open_browser:
                webbrowser.open(url)
            threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("\nStopped. Nothing is kept.")
    except OSError as fault:
        raise click.ClickException(
            f"Port {port} cannot be used ({fault.strerror}). Try another: --port {port + 1}"
        ) from fault


@contextmanager
def playing(folder: str, port: int) -> Iterator[str]:
    """Run the playground and the app, with its database in `folder`; give the page's address."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Playground(None, manifest=manifest, port=port, chips=CHIPS) as playground:
        settings = Settings(
            bot_token=playground.bot_token,
            signing_secret=playground.signing_secret,
            api_url=playground.api_url,
            database_url=f"sqlite:///{Path(folder, 'demo.sqlite3').as_posix()}",
        )
        with running(settings, clock_of(playground)) as palabre, serving(palabre.web) as app_url:
            playground.app_url = app_url
            follow(playground, palabre)
            yield playground.url


def clock_of(playground: Playground) -> Callable[[], datetime]:
    """Return the playground's clock, which people may move forward."""
    return lambda: datetime.fromtimestamp(playground.workspace.clock.now(), UTC)


def follow(playground: Playground, palabre: Palabre) -> None:
    """Have the app go along when the playground starts afresh or moves its clock."""
    playground.stage.after_reset = lambda: _forget(palabre.tools)
    playground.stage.after_move = lambda seconds: catch_up(palabre, seconds)


def catch_up(palabre: Palabre, seconds: float) -> None:
    """Let happen what was due in the time that the playground's clock was moved by."""
    palabre.tools.database.jobs.bring_forward(timedelta(seconds=seconds))
    palabre.worker.tick()


def _forget(tools: Tools) -> None:
    """Forget what was asked before the playground started afresh, and meet its members again."""
    tools.database.jobs.cancel(tools.workspace)
    with tools.database.begin() as store:
        store.workspaces.forget(tools.workspace)
    read_members(tools)


@contextmanager
def running(settings: Settings, now: Callable[[], datetime]) -> Iterator[Palabre]:
    """Run the app with its worker."""
    # Where the database is gone afterwards, so may be what it was sealed with.
    database = connect(settings.database_url, secret=settings.secret_key or secret_key.made())
    database.migrate()
    database.check_master()
    palabre = create_app(settings, database, now)
    palabre.worker.start()
    try:
        yield palabre
    finally:
        palabre.worker.stop()
        palabre.tools.later.close()
        database.close()


@contextmanager
def serving(web: Flask) -> Iterator[str]:
    """Serve on a free loopback port; give the address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, web, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="app", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

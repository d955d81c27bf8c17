"""What is in order in this set-up and what is not, each fault with its mend."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import yaml

from slack_app import secret_key
from slack_app import settings as settings_module
from slack_app.kit.slack import Slack, SlackSaidNo
from slack_app.settings import DATABASES, FILE, MANIFEST, SECRET_KEY, BadSettings, Settings
from storage import Busy, Database, Executor, Failure, Health, Unreachable, connect

CLOCKS_APART = timedelta(seconds=60)
"""Slack's signatures hold for five minutes; a clock that drifts so far is soon beyond them."""
OVERDUE = timedelta(minutes=15)
"""Tries of one job, with the pauses between them, take less."""
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. said: how it is; for a fault also the mend."""

    is_fault: bool
    what: str
    said: str

    def __str__(self) -> str:
        return f"{'fault' if self.is_fault else 'ok':<6} {self.what}: {self.said}"


def examine(
    environ: Mapping[str, str], now: Callable[[], datetime], *, with_slack: bool = True
) -> Iterator[Finding]:
    """Yield what is found, as it is found; Slack is asked twice at most."""
    settings = None
    try:
        settings = settings_module.read(environ)
    except BadSettings as bad:
        yield from (_fault("settings", fault) for fault in bad.faults)
    else:
        yield _ok("settings", "all that is needed is set")
    yield from _database(environ, now())
    if settings is not None and with_slack:
        yield from _slack(settings, now)


def _ok(what: str, said: str) -> Finding:
    return Finding(False, what, said)


def _fault(what: str, said: str) -> Finding:
    return Finding(True, what, said)


# --- the database, and later work in it ---


def _database(environ: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    url = settings_module.database_url(environ)
    if not url.startswith(DATABASES):
        return
    if url.startswith(FILE) and not Path(url.removeprefix(FILE).partition("?")[0]).exists():
        yield _fault("database", f"{url} is not there yet. Make it with: palabre migrate")
        return
    secret = secret_key.here(environ)
    database = connect(url, secret=secret or "")
    try:
        yield from _tables(database, now, lambda: _master(database, environ, is_there=bool(secret)))
    except Unreachable as fault:
        yield _fault(
            "database", f"{database.url_shown} cannot be opened ({fault}). Check PALABRE_DATABASE_URL."
        )
    except Busy as fault:
        yield _fault("database", f"{fault}. Look for what holds {database.url_shown}, and try again.")
    finally:
        database.close()


def _tables(database: Database, now: datetime, master: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    outdated = database.outdated()
    yield _ok("database", f"{database.url_shown} can be opened")
    for name in outdated:
        yield _fault("tables", f"those of {name} wait for: palabre migrate")
    if outdated:
        return
    yield _ok("tables", "those of palabre and of dbos are up to date")
    health = database.health()
    yield from _processes(health, now)
    yield _jobs(health, now)
    yield from _failures(database.jobs.failed())
    yield _ok("messages", f"{sum(health.stale.values())} wait to be redrawn")
    yield _tallies(database.miscounted())
    yield from master()
    yield _sealed(database.left_sealed())


def _processes(health: Health, now: datetime) -> Iterator[Finding]:
    alive = health.alive(now)
    if alive:
        yield _ok("processes", f"{len(alive)} alive: {', '.join(map(_named, alive))}")
    elif any(lot.due <= now for lot in health.waiting):
        yield _fault("processes", "jobs are due and none is alive. Start: palabre serve, or palabre work")
    else:
        yield _ok("processes", "none is alive, and nothing is due")
    for each in health.silent(now):
        yield _fault(
            "processes",
            f"{_named(each)} is silent since {_shown(each.seen_at)}. "
            "Start it again; the others do its work meanwhile.",
        )


def _named(executor: Executor) -> str:
    return f"{executor.worker_id} ({executor.kind})"


def _jobs(health: Health, now: datetime) -> Finding:
    if not health.waiting:
        return _ok("jobs", "none waits")
    lots = ", ".join(f"{lot.jobs} {lot.name}" for lot in health.waiting)
    first = health.waiting[0]
    said = f"{lots} wait; the first, {first.name}, is due {_shown(first.due)}"
    if now - first.due > OVERDUE:
        return _fault("jobs", f"{said}. Nobody does it: see processes, and the log.")
    oldest = min(lot.since for lot in health.waiting)
    return _ok("jobs", f"{said}; the oldest was added {_shown(oldest)}")


def _failures(failed: tuple[Failure, ...]) -> Iterator[Finding]:
    if not failed:
        yield _ok("failures", "none")
        return
    for each in failed[::-1][:MOST_SHOWN]:
        yield _fault(
            "failures",
            f"{each.name} in {each.workspace}, {_shown(each.at)}: {each.reason}. "
            "An admin retries or drops it in Slack: /palabre jobs",
        )
    if len(failed) > MOST_SHOWN:
        yield _fault("failures", f"and {len(failed) - MOST_SHOWN} before these")


def _tallies(miscounted: tuple[tuple[str, str], ...]) -> Finding:
    if not miscounted:
        return _ok("tallies", "all polls say what a recount says")
    named = ", ".join(f"{poll} in {workspace}" for workspace, poll in miscounted[:MOST_SHOWN])
    return _fault(
        "tallies",
        f"{len(miscounted)} polls say something else than a recount, such as {named}. "
        "The votes themselves are kept: please report this, with the log.",
    )


def _master(database: Database, environ: Mapping[str, str], *, is_there: bool) -> Iterator[Finding]:
    if not is_there:
        yield _no_master(database, environ)
    elif database.fits_master() is False:
        yield _fault("master key", secret_key.is_wrong(environ))
    else:
        yield _ok("master key", "the one that this database is sealed with")
    if is_open := secret_key.readable_by_others(environ):
        yield _fault("master key", f"{is_open} can be read by others. Close it: chmod 600 {is_open}")


def _no_master(database: Database, environ: Mapping[str, str]) -> Finding:
    file = secret_key.kept_file(environ)
    if file is None:
        return _fault("master key", "none is set, see settings")
    if database.has_master():
        return _fault(
            "master key",
            f"{file} is not there, and this database is sealed. Bring it back, or set {SECRET_KEY}.",
        )
    return _ok("master key", f"made at the first start, and kept in {file}")


def _sealed(left: tuple[tuple[str, str], ...]) -> Finding:
    if not left:
        return _ok("sealed", "keys and boxes are of what is open or being counted, and of nothing else")
    named = ", ".join(f"{subject} in {workspace}" for workspace, subject in left[:MOST_SHOWN])
    return _fault(
        "sealed",
        f"{len(left)} polls or surveys that are gone or counted still have keys or boxes, such as {named}. "
        "Please report this, with the log.",
    )


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


# --- Slack ---


def _slack(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    slack = Slack(settings.bot_token, settings.api_url)
    try:
        me = slack.who_am_i()
    except SlackSaidNo as fault:
        yield _fault(
            "token", f"{_why(fault, settings)} Check SLACK_BOT_TOKEN: the app's OAuth & Permissions."
        )
    else:
        yield _ok("token", f"taken by {me.get('team', me['team_id'])}")
        yield _scopes(str(me["scopes"]))
        yield _clock(str(me["date"]), now())
    if settings.app_token:
        yield _socket_mode(slack, settings)


def _why(fault: SlackSaidNo, settings: Settings) -> str:
    if fault.error == "no_answer":
        return f"{settings.api_url} does not answer. Check the network, and SLACK_API_URL if it is set."
    return f"Slack does not let us in ({fault})."


def _scopes(granted: str) -> Finding:
    wanted = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    missing = sorted(set(wanted) - {scope.strip() for scope in granted.split(",")})
    if not missing:
        return _ok("scopes", "all that the manifest asks for")
    return _fault(
        "scopes",
        f"{', '.join(missing)} not granted. Give the app the manifest that palabre manifest prints, "
        "and install it again.",
    )


def _clock(date: str, now: datetime) -> Finding:
    try:
        apart = abs(now - parsedate_to_datetime(date))
    except (TypeError, ValueError):  # no date, or one without a zone
        return _ok("clock", "Slack did not say what time it is")
    seconds = f"{apart.total_seconds():.0f} s"
    if apart > CLOCKS_APART:
        return _fault(
            "clock",
            f"{seconds} from Slack's. Set this computer's clock, by NTP best: "
            "Slack's signatures hold for five minutes.",
        )
    return _ok("clock", f"{seconds} from Slack's")


def _socket_mode(slack: Slack, settings: Settings) -> Finding:
    try:
        slack.open_connection(settings.app_token)
    except SlackSaidNo as fault:
        return _fault(
            "socket mode",
            f"{_why(fault, settings)} Check SLACK_APP_TOKEN: an app-level token with connections:write, "
            "and Socket Mode turned on for the app.",
        )
    return _ok("socket mode", "a connection is granted")

"""The one place where the parts are put together."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from slack_app.answering import listeners as answering_listeners
from slack_app.authoring import listeners as authoring_listeners
from slack_app.delivery import listeners as delivery_listeners
from slack_app.home import listeners as home_listeners
from slack_app.installing import listeners as installing_listeners
from slack_app.installing import service as installing
from slack_app.kit.context import Afterwards, Tools
from slack_app.kit.routing import Routes, attach
from slack_app.kit.slack import Slack, client_for_bolt
from slack_app.members import listeners as member_listeners
from slack_app.polls import listeners as poll_listeners
from slack_app.reports import listeners as report_listeners
from slack_app.settings import Settings
from slack_app.upkeep import listeners as upkeep_listeners
from slack_app.web import create_web
from slack_app.worker import Worker
from storage import ALONE, Database, Executing

ROOMS = (
    poll_listeners,
    authoring_listeners,
    delivery_listeners,
    answering_listeners,
    report_listeners,
    member_listeners,
    installing_listeners,
    upkeep_listeners,
    home_listeners,
)
"""The last may take a name over from an earlier one."""


@dataclass(frozen=True, slots=True)
class Palabre:
    """The parts of one process."""

    tools: Tools
    bolt: App
    web: Flask
    worker: Worker


def create_app(
    settings: Settings,
    database: Database,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    executing: Executing = ALONE,
) -> Palabre:
    """Put the app together for the one workspace whose token the settings hold; asks Slack who we are."""
    database.jobs.prepare()
    me = Slack(settings.bot_token, settings.api_url).who_am_i()
    workspace = str(me["team_id"])
    installing.welcome(database, workspace)

    def when_dead(error: str) -> None:
        installing.find_dead(database, workspace, now(), error)

    slack = Slack(settings.bot_token, settings.api_url, when_dead)
    tools = Tools(database, slack, now, workspace, threading.Event(), Afterwards(), me=str(me["user_id"]))
    bolt = _bolt(settings, me["bot_id"], me["user_id"], me["team_id"])
    attach(routes(), bolt, tools, lambda: installing.come_back(tools))
    return Palabre(tools, bolt, create_web(bolt, tools, settings.signing_secret), Worker(tools, executing))


def routes() -> Routes:
    """Return the table of all names that rooms answer to."""
    table = Routes()
    for room in ROOMS:
        room.register(table)
    return table


def _bolt(settings: Settings, bot_id: str, bot_user: str, team: str) -> App:
    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team,
            bot_id=bot_id,
            bot_user_id=bot_user,
            bot_token=settings.bot_token,
        )

    return App(
        name="palabre",
        client=client_for_bolt(settings.api_url),
        signing_secret=settings.signing_secret,
        authorize=authorize,
        process_before_response=True,
        # web.py verifies the signature on the raw body before it is parsed.
        request_verification_enabled=False,
    )

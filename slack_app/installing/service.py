"""Leaving a workspace and coming back to it. What people asked and answered is kept, until it is erased."""

import logging
from datetime import datetime

from slack_app.kit.context import Tools
from slack_app.kit.slack import SlackSaidNo
from storage import Busy, Database

log = logging.getLogger("palabre")


def leave(database: Database, workspace: str, now: datetime) -> None:
    """Stop all that is done for a workspace that took Palabre out; harmless when repeated."""
    with database.begin() as store:
        is_news = not store.workspaces.is_removed(workspace)
        store.workspaces.remove(workspace, now)
    database.jobs.cancel(workspace)
    if is_news:
        log.warning("palabre was taken out of %s: nothing is sent there from now on", workspace)


def find_dead(database: Database, workspace: str, now: datetime, error: str) -> None:
    """Leave a workspace whose token Slack does not take any more."""
    log.warning("slack does not take the token: %s", error)
    try:
        leave(database, workspace, now)
    except Busy:
        log.warning("the database is busy; the next call says again that the token is dead")


def come_back(tools: Tools) -> None:
    """Go on in a workspace that was left, if Slack takes our token again."""
    if not _has_left(tools.database, tools.workspace):
        return
    try:
        tools.slack.who_am_i()
    except SlackSaidNo as fault:
        log.info("still out of %s: %s", tools.workspace, fault)
    else:
        welcome(tools.database, tools.workspace)
        tools.redraw_due.set()


def welcome(database: Database, workspace: str) -> None:
    """Take up what was dropped when the workspace was left, each for the moment it was meant for."""
    if not _has_left(database, workspace):
        return
    dropped = database.jobs.cancelled(workspace)
    with database.begin() as store:
        store.workspaces.welcome(workspace)
        store.again(dropped)
    log.warning("palabre is in %s again, and goes on with what was dropped", workspace)


def _has_left(database: Database, workspace: str) -> bool:
    with database.begin() as store:
        return store.workspaces.is_removed(workspace)

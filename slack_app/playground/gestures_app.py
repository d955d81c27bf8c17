"""The app itself: an admin takes it out of the workspace, or puts it in again."""

import secrets
from typing import Any

from slack_app.playground.gestures_answer import Answer, CannotDo
from slack_app.playground.stage import Stage
from slack_app.playground.workspace import BOT_USER


def uninstall(stage: Stage, user: str, tokens_first: bool | None = None) -> Answer:
    """Take the app out: its token is dead before it hears of it, by two events in either order.

    tokens_first: whether tokens_revoked comes before app_uninstalled; None for either, as with Slack.
    The bot leaves every channel. Source: the pages of app_uninstalled and auth.revoke.
    """
    _need_admin(stage, user)
    workspace = stage.workspace
    with workspace.lock:
        if not workspace.app_installed:
            raise CannotDo(f"{stage.manifest.name} is not in this workspace.")
        workspace.app_installed = False
        workspace.homes.clear()
        _leave_everywhere(stage)
        workspace.touch()
    workspace.note("gesture", f"{stage.name(user)} took {stage.manifest.name} out of the workspace")
    if tokens_first is None:
        tokens_first = bool(secrets.randbelow(2))
    events: list[dict[str, Any]] = [
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}},
        {"type": "app_uninstalled"},
    ]
    for event in events if tokens_first else reversed(events):
        stage.delivery.last_word(event | {"event_ts": workspace.new_ts()})
    return Answer(True)


def install(stage: Stage, user: str) -> Answer:
    """Put the app in again; it has to be invited to its channels anew.

    The token is the one from before, as if somebody had copied Slack's new one into the settings and started
    the app again: until that is done, a real app is refused with invalid_auth.
    """
    _need_admin(stage, user)
    with stage.workspace.lock:
        if stage.workspace.app_installed and not stage.bot_revoked:
            raise CannotDo(f"{stage.manifest.name} is in this workspace already.")
        stage.workspace.app_installed = True
        stage.workspace.users[BOT_USER].deleted = False
        stage.bot_revoked = False
        stage.workspace.touch()
    stage.workspace.note("gesture", f"{stage.name(user)} put {stage.manifest.name} into the workspace")
    return Answer(True)


def _need_admin(stage: Stage, user: str) -> None:
    if not stage.person(user).is_admin:
        raise CannotDo("Only an admin can do that.")


def _leave_everywhere(stage: Stage) -> None:
    stage.workspace.users[BOT_USER].deleted = True
    for channel in stage.workspace.channels.values():
        if channel.kind in ("public", "private"):
            channel.members.discard(BOT_USER)

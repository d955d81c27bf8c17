"""What happens later with rounds: their message follows them, and their channel's people are invited."""

import logging
from collections.abc import Sequence

from slack_app.delivery import blocks
from slack_app.kit import drawing
from slack_app.kit.context import Tools
from slack_app.kit.drawing import Drawing
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import words
from storage import Claim, Farewell, Store
from surveys.survey import Round

log = logging.getLogger("palabre")


def draw(claim: Claim[Round], tools: Tools) -> float:
    """Bring one round's message up to date; return the seconds that Slack asks to wait after it."""
    with tools.database.begin() as store:
        asked = store.surveys.find(claim.asked.workspace, claim.asked.id)
    if asked is None:
        return 0.0
    shown = asked
    return drawing.draw(
        claim,
        tools,
        Drawing(
            drawer=lambda store: store.surveys,
            asked=shown,
            is_open=shown.is_open(tools.now()),
            note=blocks.survey_message(shown, words(shown.survey.language)),
            not_posted=lambda reason, say: blocks.not_posted(shown, reason, say),
            when_posted=lambda store, message: _posted(store, claim, shown, message),
        ),
    )


def _posted(store: Store, claim: Claim[Round], asked: Round, message: str) -> None:
    """Have the channel's people invited; the message of a survey deleted meanwhile is withdrawn."""
    if store.surveys.find(asked.workspace, asked.id) is not None:
        store.later("delivery.invite", asked.workspace, asked.id, revision=claim.revision)
        return
    said = Farewell(asked.channel, message, asked.survey.language)
    store.surveys.keep_farewell(asked.workspace, asked.id, said)
    store.later("delivery.withdraw", asked.workspace, asked.id)


def withdraw(workspace: str, subject: str, tools: Tools) -> None:
    """Let the message of a deleted round say so; where Slack refuses that for good, it stays as it is.

    subject: the round's id.
    """
    with tools.database.begin() as store:
        said = store.surveys.farewell(workspace, subject)
    if said is None:
        return
    try:
        tools.slack.update(said.channel, said.message, blocks.deleted_message(words(said.language)))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("deleted round %s not withdrawn: %s", subject, fault)
    with tools.database.begin() as store:
        store.surveys.farewell_said(workspace, subject)


def invite(workspace: str, subject: str, tools: Tools) -> None:
    """Note which people of its channel a round asks; whoever joins later may answer all the same.

    subject: the round's id.
    """
    with tools.database.begin() as store:
        asked = store.surveys.find(workspace, subject)
    if asked is None or not asked.is_open(tools.now()):
        return
    try:
        own = str(tools.slack.who_am_i()["user_id"])
        for users in tools.slack.channel_members(asked.channel):
            _invite(asked, [user for user in users if user != own], tools)
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("round %s invites nobody: %s", asked.id, fault)


def _invite(asked: Round, users: Sequence[str], tools: Tools) -> None:
    """Invite one page of a channel's members; those not known yet are people until we hear otherwise."""
    with tools.database.begin() as store:
        known = store.members.find_all(asked.workspace, users)
        silent = {member.id for member in known if member.is_bot or member.has_left}
        store.surveys.invite(asked.workspace, asked.id, [user for user in users if user not in silent])

"""What happens later with polls: the message follows the votes, or the owner learns why it cannot."""

import logging
from datetime import timedelta

from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import words
from slack_app.polls import blocks, service
from storage import Busy, Claim
from surveys.polls import Poll

log = logging.getLogger("palabre")

NEXT_TRY = timedelta(seconds=5)
RECORD_TRIES = 5
"""Each waits two seconds for a busy database, and all of them end before the claim does."""


def draw(claim: Claim[Poll], tools: Tools) -> float:
    """Bring one poll's message up to date: post it the first time, update it after that.

    Returns the seconds that Slack asks to wait before the next such call, most often 0.
    """
    poll, standing = service.results(tools.database, claim.asked.workspace, claim.asked.id)
    note = blocks.poll_message(poll, standing, words(poll.language))
    if poll.message is None and not poll.is_open:
        _give_up(claim, tools, "closed")
        return 0.0
    try:
        message = _send(poll, tools, note)
    except SlackSaidNo as fault:
        _failed(claim, tools, fault)
        return fault.wait_seconds
    _record(claim, tools, message)
    return 0.0


def _record(claim: Claim[Poll], tools: Tools, message: str) -> None:
    """Keep which message shows the poll; one that is forgotten would be posted a second time."""
    for tries_left in reversed(range(RECORD_TRIES)):
        try:
            with tools.database.begin() as store:
                store.polls.drawn(claim.asked.workspace, claim.asked.id, claim.revision, message)
        except Busy:
            if not tries_left:
                raise
        else:
            return


def _send(poll: Poll, tools: Tools, note: Note) -> str:
    if poll.message is None:
        return tools.slack.post(poll.channel, note)
    tools.slack.update(poll.channel, poll.message, note)
    return poll.message


def _failed(claim: Claim[Poll], tools: Tools, fault: SlackSaidNo) -> None:
    """Try again where that helps; a post that may have arrived is never repeated by itself."""
    log.warning("poll %s not drawn: %s", claim.asked.id, fault)
    unposted = claim.asked.message is None
    if fault.is_permanent or (unposted and fault.is_doubtful):
        reason = "doubtful" if fault.is_doubtful else fault.error
        _give_up(claim, tools, reason)
        if unposted:
            _tell_owner(claim, tools, reason)
        return
    wait = max(NEXT_TRY, timedelta(seconds=fault.wait_seconds))
    with tools.database.begin() as store:
        store.polls.release(claim.asked.workspace, claim.asked.id, tools.now() + wait)


def _give_up(claim: Claim[Poll], tools: Tools, reason: str) -> None:
    with tools.database.begin() as store:
        store.polls.undrawable(claim.asked.workspace, claim.asked.id, claim.revision, reason)


def _tell_owner(claim: Claim[Poll], tools: Tools, reason: str) -> None:
    """Tell the asker where they asked, or by direct message; the draft is kept either way."""
    poll = claim.asked
    with tools.database.begin() as store:
        say = words_of(store, poll.workspace, poll.owner)
    note = blocks.not_posted(poll, blocks.reason_not_posted(reason, poll.channel, say), say)
    tools.whisper(poll.owner, claim.reply_url, note)

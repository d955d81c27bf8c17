"""The message that tells a survey's owner how far its direct messages have come, and lets them stop it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from slack_app.delivery import blocks
from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.drawing import HasTurn, look
from slack_app.kit.slack import SlackSaidNo
from storage import Busy, Claim, Store
from surveys.survey import Round

log = logging.getLogger("palabre")

NEXT_TRY = timedelta(seconds=5)
RECORD_TRIES = 5
"""Each waits two seconds for a busy database."""

Kept = TypeVar("Kept")


def draw(claim: Claim[Round], asked: Round, tools: Tools, has_turn: HasTurn) -> float:
    """Bring it up to date; return the seconds that Slack asks to wait after it.

    One that may have arrived is posted again: two are better than none.
    """
    with tools.database.begin() as store:
        so_far = store.deliveries.progress(asked.workspace, asked.id)
        say = words_of(store, asked.workspace, asked.owner)
    if asked.delivery in {"running", "held"} and not so_far.asked:  # its audience is read, or too small
        keep(tools, lambda store: store.surveys.drawn(asked.workspace, asked.id, claim.revision, None))
        return 0.0
    note = blocks.progress_message(asked, so_far, say)
    if _is_shown(asked, note, tools):
        keep(
            tools,
            lambda store: store.surveys.drawn(asked.workspace, asked.id, claim.revision, None, look(note)),
        )
        return 0.0
    if not has_turn():
        return 0.0
    try:
        place = _send(asked, note, tools)
    except SlackSaidNo as fault:
        _failed(claim, asked, fault, tools)
        return fault.wait_seconds
    keep(tools, lambda store: _drawn(store, claim, asked, note, place))
    return 0.0


def _is_shown(asked: Round, note: Note, tools: Tools) -> bool:
    """Tell whether it says so already: an answer makes the round stale, and changes nothing here."""
    with tools.database.begin() as store:
        return asked.message is not None and store.surveys.shows(asked.workspace, asked.id, look(note))


def _send(asked: Round, note: Note, tools: Tools) -> tuple[str, str]:
    if asked.message is None or asked.shown_in is None:
        return tools.slack.post_directly(asked.owner, note)
    tools.slack.update(asked.shown_in, asked.message, note)
    return asked.shown_in, asked.message


def _drawn(store: Store, claim: Claim[Round], asked: Round, note: Note, place: tuple[str, str]) -> None:
    store.surveys.drawn(asked.workspace, asked.id, claim.revision, None, look(note))
    store.deliveries.show_progress(asked.workspace, asked.id, *place)


def _failed(claim: Claim[Round], asked: Round, fault: SlackSaidNo, tools: Tools) -> None:
    log.warning("progress of round %s not shown: %s", asked.id, fault)
    with tools.database.begin() as store:
        if fault.is_permanent:
            store.surveys.undrawable(asked.workspace, asked.id, claim.revision, fault.error)
            return
        wait = max(NEXT_TRY, timedelta(seconds=fault.wait_seconds))
        store.surveys.release(asked.workspace, asked.id, tools.now() + wait)


def keep(tools: Tools, record: Callable[[Store], Kept]) -> Kept:
    """Keep what Slack has done, however busy the database is: what is forgotten would be done again."""
    for _ in range(RECORD_TRIES - 1):
        with suppress(Busy), tools.database.begin() as store:
            return record(store)
    with tools.database.begin() as store:
        return record(store)

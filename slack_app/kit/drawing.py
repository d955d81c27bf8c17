"""A message and what it shows: posted once, updated after that, or its owner learns why it cannot be."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Generic, TypeVar

from slack_app.kit import audience
from slack_app.kit.audience import Asked
from slack_app.kit.blocks import REFUSED_BLOCKS, Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import Words
from storage import Busy, Claim, Drawings, Store

log = logging.getLogger("palabre")

NEXT_TRY = timedelta(seconds=5)
COUNTED_WITHIN = timedelta(seconds=2)
"""A claim leaves time to post after so short a count; after a longer one, another drawing posts."""
RECORD_TRIES = 5
"""Each waits two seconds for a busy database, and all of them end before the claim does."""


T = TypeVar("T", bound=Asked)
Telling = Callable[[Words], Note]
"""Makes what somebody is told, in their words."""
HasTurn = Callable[[], bool]
"""Tells whether Slack takes a call now, and spends it; where not, what is claimed waits for its turn."""


@dataclass(frozen=True, slots=True)
class Drawing(Generic[T]):
    """How a claimed thing is to be shown.

    drawer: where it is kept; note: its message; not_posted: what its owner is told, given Slack's error.
    held: what they are told where so few people can answer that it is not posted yet.
    when_posted: what else is to be kept in the same transaction as its new message.
    thread: the message below which it is posted.
    otherwise: simpler messages, for where Slack refuses a block of one that is posted already.
    again: makes this anew, once who could answer is counted at the close; None where that is not told.
    """

    drawer: Callable[[Store], Drawings[T]]
    asked: T
    is_open: bool
    note: Note
    not_posted: Callable[[str, Words], Note]
    held: Callable[[int, Words], Note]
    when_posted: Callable[[Store, str], None] = lambda _store, _message: None
    thread: str | None = None
    otherwise: Sequence[Callable[[], Note]] = ()
    again: Callable[[], "Drawing[T]"] | None = None


def draw(claim: Claim[T], tools: Tools, drawing: Drawing[T], has_turn: HasTurn) -> float:
    """Post the message the first time, update it after that; nothing is spent on one that looks right.

    Returns the seconds that Slack asks to wait before the next such call, most often 0.
    """
    if drawing.asked.message is None and not drawing.is_open:
        _give_up(claim, tools, drawing, "closed")
        return 0.0
    if _is_shown(drawing, tools):
        _record(claim, tools, drawing, None)
        return 0.0
    if not has_turn():
        return 0.0
    if audience.is_unknown(drawing.asked):
        return _count_first(claim, tools, drawing)
    if drawing.again is not None and audience.is_left_uncounted(drawing.asked, is_open=drawing.is_open):
        return _count_at_close(claim, tools, drawing, drawing.again)
    return _show(claim, tools, drawing)


def _count_first(claim: Claim[T], tools: Tools, drawing: Drawing[T]) -> float:
    """Count who can answer what is anonymous, and post it; where they are too few, its owner decides."""
    asked, since = drawing.asked, tools.now()
    try:
        people = audience.count(asked, tools)
    except SlackSaidNo as fault:
        _failed(claim, tools, drawing, fault)
        return fault.wait_seconds
    if not _keep_audience(claim, tools, drawing, people):
        return 0.0
    if audience.is_too_small(people, asked.privacy):
        _tell_owner(claim, tools, drawing, lambda say: drawing.held(people, say))
        return 0.0
    if tools.now() - since > COUNTED_WITHIN:
        _release(tools, drawing, timedelta())
        tools.redraw_due.set()
        return 0.0
    return _show(claim, tools, drawing)


def _count_at_close(
    claim: Claim[T], tools: Tools, drawing: Drawing[T], again: Callable[[], Drawing[T]]
) -> float:
    """Count who could answer what is closed, and show it; where Slack won't tell, it is shown without."""
    asked, since = drawing.asked, tools.now()
    try:
        people = audience.count(asked, tools)
    except SlackSaidNo as fault:
        if fault.wait_seconds:
            _release(tools, drawing, timedelta(seconds=fault.wait_seconds))
            return fault.wait_seconds
        log.info("%s %s: audience not counted: %s", type(asked).__name__.lower(), asked.id, fault)
        return _show(claim, tools, drawing)
    with tools.database.begin() as store:
        drawing.drawer(store).count_audience_late(asked.workspace, asked.id, people)
    if tools.now() - since > COUNTED_WITHIN:
        _release(tools, drawing, timedelta())
        tools.redraw_due.set()
        return 0.0
    return _show(claim, tools, again())


def _keep_audience(claim: Claim[T], tools: Tools, drawing: Drawing[T], people: int) -> bool:
    """Keep how many can answer; False where another worker did, or it is to be posted elsewhere by now."""
    asked = drawing.asked
    with tools.database.begin() as store:
        drawer = drawing.drawer(store)
        if not drawer.count_audience(asked.workspace, asked.id, asked.channel, people):
            return False
        if audience.is_too_small(people, asked.privacy):
            drawer.undrawable(asked.workspace, asked.id, claim.revision, audience.HELD)
    return True


def _show(claim: Claim[T], tools: Tools, drawing: Drawing[T]) -> float:
    try:
        message = _send(drawing, tools)
    except SlackSaidNo as fault:
        _failed(claim, tools, drawing, fault)
        return fault.wait_seconds
    _record(claim, tools, drawing, message)
    return 0.0


def _is_shown(drawing: Drawing[T], tools: Tools) -> bool:
    """Tell whether a message looks right as it is: votes that were taken back change nothing."""
    asked = drawing.asked
    if asked.message is None:
        return False
    with tools.database.begin() as store:
        return drawing.drawer(store).shows(asked.workspace, asked.id, look(drawing.note))


def look(note: Note) -> str:
    """Return a mark of what a message looks like: another one for whatever looks different."""
    return sha256(json.dumps([note.text, note.blocks]).encode()).hexdigest()


def _send(drawing: Drawing[T], tools: Tools) -> str:
    """Post or update; what is posted already becomes simpler rather than stay behind."""
    asked, note = drawing.asked, drawing.note
    if asked.message is None:
        return tools.slack.post(asked.channel, note, drawing.thread)
    try:
        tools.slack.update(asked.channel, asked.message, note)
    except SlackSaidNo as fault:
        if fault.error not in REFUSED_BLOCKS or not drawing.otherwise:
            raise
        simpler, *others = drawing.otherwise
        return _send(replace(drawing, note=simpler(), otherwise=others), tools)
    return asked.message


def _record(claim: Claim[T], tools: Tools, drawing: Drawing[T], message: str | None) -> None:
    """Keep which message shows it; one that is forgotten would be posted a second time."""
    asked = drawing.asked
    for tries_left in reversed(range(RECORD_TRIES)):
        try:
            with tools.database.begin() as store:
                drawing.drawer(store).drawn(
                    asked.workspace, asked.id, claim.revision, message, look(drawing.note)
                )
                if asked.message is None and message is not None:
                    drawing.when_posted(store, message)
        except Busy:
            if not tries_left:
                raise
        else:
            return


def _failed(claim: Claim[T], tools: Tools, drawing: Drawing[T], fault: SlackSaidNo) -> None:
    """Try again where that helps; a post that may have arrived is never repeated by itself."""
    asked = drawing.asked
    log.warning("%s %s not drawn: %s", type(asked).__name__.lower(), asked.id, fault)
    unposted = asked.message is None
    if fault.is_permanent or (unposted and fault.may_stand_twice):
        reason = "doubtful" if fault.is_doubtful else fault.error
        _give_up(claim, tools, drawing, reason)
        if unposted:
            _tell_owner(claim, tools, drawing, lambda say: drawing.not_posted(reason, say))
        return
    _release(tools, drawing, max(NEXT_TRY, timedelta(seconds=fault.wait_seconds)))


def _release(tools: Tools, drawing: Drawing[T], wait: timedelta) -> None:
    asked = drawing.asked
    with tools.database.begin() as store:
        drawing.drawer(store).release(asked.workspace, asked.id, tools.now() + wait)


def _give_up(claim: Claim[T], tools: Tools, drawing: Drawing[T], reason: str) -> None:
    asked = drawing.asked
    with tools.database.begin() as store:
        drawing.drawer(store).undrawable(asked.workspace, asked.id, claim.revision, reason)


def _tell_owner(claim: Claim[T], tools: Tools, drawing: Drawing[T], note: Telling) -> None:
    """Tell the asker where they asked, or by direct message; what they asked is kept either way."""
    asked = drawing.asked
    with tools.database.begin() as store:
        say = words_of(store, asked.workspace, asked.owner)
    tools.whisper(asked.owner, claim.reply_url, note(say))

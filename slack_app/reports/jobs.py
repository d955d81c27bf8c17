"""What happens later with reports: comments are scored, reports posted, and those that are due ordered."""

import logging
from collections.abc import Callable

from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.not_posted import reason_not_posted
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import words
from slack_app.reports import blocks, recurring, service
from slack_app.reports.blocks import Comes, Manner
from surveys.reports import Order
from surveys.schedule import still_known
from surveys.sentiment import score as feeling
from surveys.survey import Round

log = logging.getLogger("palabre")

REFUSED_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_arguments"})


def score(workspace: str, subject: str, tools: Tools) -> None:
    """Score the comments of a round that have no tone yet.

    subject: the round's id.
    """
    asked = service.start_scoring(tools.database, workspace, subject)
    if asked is not None:
        _score_left(asked, tools)


def _score_left(asked: Round, tools: Tools) -> None:
    """Score batch by batch, outside the transactions: reading takes longer than keeping."""
    before = None
    while (batch := service.unscored(tools.database, asked)) and batch != before:
        tones = [(comment, feeling(comment.text, asked.survey.language)) for comment in batch]
        service.keep_tones(tools.database, asked, tones)
        before = batch


def post(workspace: str, subject: str, tools: Tools) -> None:
    """Post a report that was ordered, unless it is posted already; where Slack refuses, tell its owner.

    subject: the report's id. A post that may have arrived is sent again: two reports are better than none.
    """
    wanted = service.waiting(tools.database, workspace, subject)
    if wanted is None:
        return
    note = _note(wanted, tools)
    if note is None:
        return
    try:
        message = _with_charts_or_without(note, lambda drawn: tools.slack.post(wanted.channel, drawn))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        _tell_owner(wanted, tools, note, fault.error)
        service.failed(tools.database, wanted, fault.error)
    else:
        service.posted(tools.database, wanted, message)


Drawn = Callable[[bool], Note]
"""A report's message, with charts or without."""


def _note(wanted: Order, tools: Tools) -> Drawn | None:
    """Return how an order's message is drawn; None where its survey is gone."""
    asked = service.rounds_of(tools.database, wanted)
    for each in asked:
        _score_left(each, tools)
    found = tuple(made for each in asked if (made := service.made(tools.database, each)))
    say = words(wanted.language)
    manner = Manner(comes=_comes(wanted, tools), is_late=wanted.is_late)
    if wanted.round_id is None:
        digest = service.digest(tools.database, wanted, found)
        return lambda charts: blocks.digest_note(digest, say, manner if charts else manner.without_charts())
    if not found:
        return None
    return lambda charts: blocks.report_note(found[0], say, manner if charts else manner.without_charts())


def _comes(wanted: Order, tools: Tools) -> Comes | None:
    if wanted.schedule_id is None:
        return None
    wish = service.wish(tools.database, wanted.workspace, wanted.schedule_id)
    return Comes(wish.next_run, still_known(wish.zone)) if wish else Comes()


def _with_charts_or_without(note: Drawn, send: Callable[[Note], str]) -> str:
    """Charts are young: a Slack that refuses them gets the same in text."""
    try:
        return send(note(True))
    except SlackSaidNo as fault:
        if fault.error not in REFUSED_BLOCKS:
            raise
        log.warning("charts refused: %s", fault)
        return send(note(False))


def _tell_owner(wanted: Order, tools: Tools, note: Drawn, error: str) -> None:
    with tools.database.begin() as store:
        say = words_of(store, wanted.workspace, wanted.owner)
    reason = reason_not_posted(error, wanted.channel, say)
    is_theirs = service.is_all_theirs(tools.database, wanted)
    try:
        _with_charts_or_without(
            lambda charts: blocks.not_posted(note(charts) if is_theirs else None, reason, wanted.id, say),
            lambda drawn: tools.slack.post(wanted.owner, drawn),
        )
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("owner of report %s not told: %s", wanted.id, fault)


def check(workspace: str, subject: str, tools: Tools) -> None:
    """Tell at once whoever has reports come to a channel where we may not post.

    subject: the schedule's id.
    """
    wish = service.wish(tools.database, workspace, subject)
    if wish is None:
        return
    try:
        if not tools.slack.is_in(wish.channel):
            with tools.database.begin() as store:
                say = words_of(store, workspace, wish.owner)
            tools.slack.post(wish.owner, recurring.not_in_note(wish.channel, say))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("schedule %s not checked: %s", wish.id, fault)


def tick(tools: Tools) -> None:
    """Order the digests whose hour has come, each in a transaction of its own."""
    while service.run_due(tools.database, tools.now()):
        pass

"""What happens later with reports: comments are scored, reports posted, and those that are due ordered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from slack_app.kit.blocks import REFUSED_BLOCKS, Note
from slack_app.kit.context import Tools, words_of
from slack_app.kit.not_posted import reason_not_posted
from slack_app.kit.slack import SlackSaidNo
from slack_app.kit.words import Words, words
from slack_app.reports import blocks, coming, digests, making, recurring
from slack_app.reports.blocks import Comes, Manner, Part
from surveys.reports import Digest, Order, Report
from surveys.schedule import still_known
from surveys.sentiment import score as feeling
from surveys.survey import Round

log = logging.getLogger("palabre")


def score(workspace: str, subject: str, tools: Tools) -> None:
    """Score the comments of a round that have no tone yet.

    subject: the round's id.
    """
    asked = making.start_scoring(tools.database, workspace, subject)
    if asked is not None:
        _score_left(asked, tools)


def _score_left(asked: Round, tools: Tools) -> None:
    """Score batch by batch, outside the transactions: reading takes longer than keeping."""
    before = None
    if not making.may_be_scored(asked):
        return
    while (batch := making.unscored(tools.database, asked)) and batch != before:
        tones = [(comment, feeling(comment.text, asked.survey.language)) for comment in batch]
        making.keep_tones(tools.database, asked, tones)
        before = batch


def post(workspace: str, subject: str, tools: Tools) -> None:
    """Post a report that was ordered, unless it is posted already; where Slack refuses, tell its owner.

    subject: the report's id. A post that may have arrived is sent again: two reports are better than none.
    """
    wanted = making.waiting(tools.database, workspace, subject)
    if wanted is None:
        return
    telling = _telling(wanted, tools)
    if telling is None:
        return
    going_on = wanted if wanted.message else _post_first(wanted, telling, tools)
    while going_on.told is not None:
        going_on = _post_more(going_on, going_on.told, telling, tools)


def _post_first(wanted: Order, telling: "Telling", tools: Tools) -> Order:
    """Post a report's message; return its order as it is then."""
    try:
        message, told = _with_charts_or_without(
            telling.first, lambda note: tools.slack.post(wanted.channel, note)
        )
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        _tell_owner(wanted, tools, telling, fault.error)
        making.failed(tools.database, wanted, fault.error)
        return wanted
    return making.posted(tools.database, wanted, message, told)


def _post_more(wanted: Order, told: int, telling: "Telling", tools: Tools) -> Order:
    """Post what comes after so many questions or surveys below the message, and keep how far that is."""
    if told >= telling.total:
        return making.followed(tools.database, wanted, None)
    _, by_now = _with_charts_or_without(
        lambda charts: telling.more(charts, told),
        lambda note: tools.slack.post(wanted.channel, note, wanted.message),
    )
    return making.followed(tools.database, wanted, by_now)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a report is told: with charts or without, from its first message on."""

    found: Report | Digest
    words: Words
    manner: Manner

    def first(self, charts: bool) -> Part:
        manner = replace(self.manner, has_charts=charts)
        if isinstance(self.found, Digest):
            return digests.digest_part(self.found, self.words, manner)
        return blocks.report_part(self.found, self.words, manner)

    def more(self, charts: bool, told: int) -> Part:
        manner = replace(self.manner, has_charts=charts)
        if isinstance(self.found, Digest):
            return digests.digest_more(self.found, self.words, manner, told)
        return blocks.report_more(self.found, self.words, manner, told)

    @property
    def total(self) -> int:
        """How many questions there are to tell of, or surveys."""
        if isinstance(self.found, Report):
            return len(self.found.sections)
        only, *others = self.found.reports or (None,)
        is_whole = only and not others and not self.found.left_out
        return len(only.sections) if only and is_whole else len(self.found.reports)


def _telling(wanted: Order, tools: Tools) -> Telling | None:
    """Return how an order is told; None where its survey is gone."""
    asked = making.rounds_of(tools.database, wanted)
    for each in asked:
        _score_left(each, tools)
    found = tuple(made for each in asked if (made := making.made(tools.database, each, wanted.channel)))
    manner = Manner(comes=_comes(wanted, tools), is_late=wanted.is_late)
    if wanted.round_id is None:
        return Telling(making.digest(wanted, found), words(wanted.language), manner)
    return Telling(found[0], words(wanted.language), manner) if found else None


def _comes(wanted: Order, tools: Tools) -> Comes | None:
    if wanted.schedule_id is None:
        return None
    wish = coming.wish(tools.database, wanted.workspace, wanted.schedule_id)
    return Comes(wish.next_run, still_known(wish.zone)) if wish else Comes()


def _with_charts_or_without(
    draw: Callable[[bool], Part], send: Callable[[Note], str]
) -> tuple[str, int | None]:
    """Send a part of a report; return its message, and how much is told by then.

    Charts are young: a Slack that refuses them gets the same in text.
    """
    part = draw(True)
    try:
        return send(part.note), part.told
    except SlackSaidNo as fault:
        if fault.error not in REFUSED_BLOCKS:
            raise
        log.warning("charts refused: %s", fault)
    part = draw(False)
    return send(part.note), part.told


def _tell_owner(wanted: Order, tools: Tools, telling: Telling, error: str) -> None:
    with tools.database.begin() as store:
        say = words_of(store, wanted.workspace, wanted.owner)
    reason = reason_not_posted(error, wanted.channel, say)
    alone = replace(telling, manner=replace(telling.manner, goes_on=False))
    is_theirs = making.is_all_theirs(tools.database, wanted)

    def refused(charts: bool) -> Part:
        shown = alone.first(charts).note if is_theirs else None
        return Part(blocks.not_posted(shown, reason, wanted.id, say), None)

    try:
        _with_charts_or_without(refused, lambda note: tools.slack.post(wanted.owner, note))
    except SlackSaidNo as fault:
        if not fault.is_permanent:
            raise
        log.warning("owner of report %s not told: %s", wanted.id, fault)


def check(workspace: str, subject: str, tools: Tools) -> None:
    """Tell at once whoever has reports come to a channel where we may not post.

    subject: the schedule's id.
    """
    wish = coming.wish(tools.database, workspace, subject)
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
    """Have the digests made whose hour has come."""
    coming.order_runs(tools.database, tools.now())


def run(workspace: str, subject: str, tools: Tools) -> None:
    """Order the digest of a schedule whose hour has come.

    subject: the schedule's id.
    """
    coming.run(tools.database, workspace, subject, tools.now())

"""What people see of reports: values in, blocks out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.text import Mrkdwn, cut, date_time, mention
from slack_app.kit.words import Words
from slack_app.reports import charts
from slack_app.reports.headline import headline
from surveys.anonymity import gate
from surveys.reports import Report
from surveys.sections import Section
from surveys.survey import Round

MOST_CHARTS = 2
"""Slack takes no more in one message."""
ROOM, ROOM_BLOCKS = blocks.ALL_TEXT - 2500, blocks.MESSAGE_BLOCKS - 12
"""What the questions may take: the rest is for the head, the foot, and what an owner is told above them."""


@dataclass(frozen=True, slots=True)
class Comes:
    """When the next report comes by itself, in an IANA zone; None after the last."""

    following: datetime | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report is shown. has_charts: False where Slack would not take them.

    comes: when the next one comes by itself, for those that do; is_late: its hour was missed.
    goes_on: what does not fit into the message follows in its thread.
    """

    has_charts: bool = True
    comes: Comes | None = None
    is_late: bool = False
    goes_on: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a report. told: how many questions or surveys are said by then, None where all are."""

    note: Note
    told: int | None


def report_part(report: Report, words: Words, manner: Manner = Manner()) -> Part:
    """One round's results for its channel, or as much of them as a message holds."""
    shown = fitting(_drawn(report.sections, words, manner))
    said, left = report.sections[: len(shown)], len(report.sections) - len(shown)
    more = _more_questions(left, words, manner)
    parts = [
        blocks.header(cut(words.plain("Report: {title}", title=report.asked.survey.title), blocks.HEADER)),
        blocks.section(headline(report, words)),
        *(block for group in shown for block in group),
        *map(blocks.context, more),
        blocks.divider(),
        blocks.context(*_foot(report, words, manner)),
    ]
    text = [
        words("Report: {title}", title=report.asked.survey.title),
        headline(report, words),
        *_foot(report, words, manner),
        *(line for section in said for line in charts.spoken(section, words)),
        *more,
    ]
    return Part(blocks.message(Mrkdwn("\n".join(text)), parts), len(shown) if left else None)


def report_more(report: Report, words: Words, manner: Manner, told: int) -> Part:
    """What follows in the thread after so many questions."""
    shown = fitting(_drawn(report.sections[told:], words, manner))
    said = told + len(shown)
    text = [line for section in report.sections[told:said] for line in charts.spoken(section, words)]
    note = blocks.message(Mrkdwn("\n".join(text)), [block for group in shown for block in group])
    return Part(note, said if said < len(report.sections) else None)


def _drawn(sections: Sequence[Section], words: Words, manner: Manner) -> Iterator[list[Block]]:
    left = MOST_CHARTS if manner.has_charts else 0
    for section in sections:
        if left and charts.fits_a_chart(section):
            left -= 1
            yield charts.charted(section, words)
        else:
            yield charts.drawn(section, words)


def fitting(groups: Iterable[list[Block]]) -> list[list[Block]]:
    """Return the questions or surveys, from the first, that one message holds: one of them at least."""
    shown: list[list[Block]] = []
    room, room_blocks = ROOM, ROOM_BLOCKS
    for group in groups:
        room -= blocks.text_size(group)
        room_blocks -= len(group)
        if shown and (room < 0 or room_blocks < 0):
            break
        shown.append(group)
    return shown


def _more_questions(count: int, words: Words, manner: Manner) -> list[Mrkdwn]:
    if not count:
        return []
    if manner.goes_on:
        return [
            words.count(
                "{number} more question follows in the thread.",
                "{number} more questions follow in the thread.",
                count,
            )
        ]
    return [
        words.count(
            "{number} more question does not fit into one message.",
            "{number} more questions do not fit into one message.",
            count,
        )
    ]


def _foot(report: Report, words: Words, manner: Manner) -> list[Mrkdwn]:
    asked = report.asked
    told = [
        words("Survey by {owner}", owner=mention(asked.owner)),
        words("asked {moment}", moment=date_time(asked.asked_at, "UTC")),
        open_until(asked, words),
    ]
    lines = [Mrkdwn(" · ".join(told))]
    tones = report.tones.value
    if any(each.read for each in tones):
        lines.append(words("Feelings are read from the words alone, and some are read wrong."))
    unread = sum(each.unread for each in tones)
    if unread:
        lines.append(
            words.count("{number} comment is not read yet.", "{number} comments are not read yet.", unread)
        )
    return [*lines, *_not_compared(report, words), *how_it_comes(words, manner)]


def _not_compared(report: Report, words: Words) -> Iterator[Mrkdwn]:
    if report.not_compared is not None:
        yield words(
            "Not told by “{question}”: that takes two groups of {fewest} people at least.",
            question=cut(report.not_compared.text, charts.LONGEST_LABEL),
            fewest=gate(report.asked).fewest,
        )


def open_until(asked: Round, words: Words) -> Mrkdwn:
    if asked.closed_at is None:
        return words("open until {moment}", moment=date_time(asked.closes_at, "UTC"))
    return words("closed {moment}", moment=date_time(asked.closed_at, "UTC"))


def how_it_comes(words: Words, manner: Manner) -> Iterator[Mrkdwn]:
    if manner.is_late:
        yield words("This report is late: Palabre was not running at its hour.")
    if manner.comes is None:
        return
    if manner.comes.following is None:
        yield words("This is the last one: no more come by themselves.")
        return
    yield words(
        "The next one comes {moment}. Write {stop} here to stop it.",
        moment=date_time(manner.comes.following, manner.comes.zone),
        stop=Mrkdwn("`/report stop`"),
    )


def not_posted(note: Note | None, reason: Mrkdwn, order_id: str, words: Words) -> Note:
    """A report that Slack would not take: why, what to press next, and the report where it may be read."""
    told = (
        words("A report could not be posted. Here it is.") if note else words("A report is not posted yet.")
    )
    kept = kept_note(told, reason, "reports.post_again", "reports.post_in", order_id, words)
    if note is None:
        return kept
    return blocks.message(
        Mrkdwn(f"{kept.text}\n\n{note.text}"), [*kept.blocks, blocks.divider(), *note.blocks]
    )

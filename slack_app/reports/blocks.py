"""What people see of reports: values in, blocks out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from babel.dates import format_date

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time, mention
from slack_app.kit.words import Words
from slack_app.reports import charts
from slack_app.reports.headline import headline
from surveys.reports import Digest, Report
from surveys.sections import Section
from surveys.shapes import Tones
from surveys.survey import Round
from surveys.text import length

MOST_CHARTS = 2
"""Slack takes no more in one message."""
MOST_IN_DIGEST, MOST_SHORT = 8, 6
"""So many surveys of a week are told, and so many questions of each."""
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
    """

    has_charts: bool = True
    comes: Comes | None = None
    is_late: bool = False

    def without_charts(self) -> "Manner":
        return replace(self, has_charts=False)


def report_note(report: Report, words: Words, manner: Manner = Manner()) -> Note:
    """One round's results for its channel."""
    shown = _fitting(_drawn(report.sections, words, manner))
    parts = [
        blocks.header(cut(words.plain("Report: {title}", title=report.asked.survey.title), blocks.HEADER)),
        blocks.section(headline(report, words)),
        *(block for group in shown for block in group),
        *_left_out(len(report.sections) - len(shown), words),
        blocks.divider(),
        blocks.context(*_foot(report, words, manner)),
    ]
    return blocks.message(spoken(report, words, manner), parts)


def spoken(report: Report, words: Words, manner: Manner = Manner()) -> Mrkdwn:
    """All that the message says, as text: screen readers and notifications have nothing else."""
    lines = [
        words("Report: {title}", title=report.asked.survey.title),
        headline(report, words),
        *_foot(report, words, manner),
    ]
    for section in report.sections:
        lines += charts.spoken(section, words)
    return Mrkdwn("\n".join(lines))


def _drawn(sections: Sequence[Section], words: Words, manner: Manner) -> Iterator[list[Block]]:
    left = MOST_CHARTS if manner.has_charts else 0
    for section in sections:
        if left and charts.fits_a_chart(section):
            left -= 1
            yield charts.charted(section, words)
        else:
            yield charts.drawn(section, words)


def _fitting(groups: Iterable[list[Block]]) -> list[list[Block]]:
    """Return the questions or surveys, from the first, that one message holds."""
    shown: list[list[Block]] = []
    room, room_blocks = ROOM, ROOM_BLOCKS
    for group in groups:
        room -= blocks.text_size(group)
        room_blocks -= len(group)
        if room < 0 or room_blocks < 0:
            break
        shown.append(group)
    return shown


def _left_out(count: int, words: Words) -> Iterator[Block]:
    if count:
        yield blocks.context(
            words.count(
                "{number} more question does not fit into one message.",
                "{number} more questions do not fit into one message.",
                count,
            )
        )


def _foot(report: Report, words: Words, manner: Manner) -> list[Mrkdwn]:
    asked = report.asked
    told = [
        words("Survey by {owner}", owner=mention(asked.owner)),
        words("asked {moment}", moment=date_time(asked.asked_at, "UTC")),
        _until(asked, words),
    ]
    lines = [Mrkdwn(" · ".join(told))]
    if any(isinstance(shape, Tones) and shape.read for part in report.sections for shape in part.shapes):
        lines.append(words("Feelings are read from the words alone, and some are read wrong."))
    if report.unread:
        lines.append(
            words.count(
                "{number} comment is not read yet.", "{number} comments are not read yet.", report.unread
            )
        )
    return [*lines, *_manner(words, manner)]


def _until(asked: Round, words: Words) -> Mrkdwn:
    if asked.closed_at is None:
        return words("open until {moment}", moment=date_time(asked.closes_at, "UTC"))
    return words("closed {moment}", moment=date_time(asked.closed_at, "UTC"))


def _manner(words: Words, manner: Manner) -> Iterator[Mrkdwn]:
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


def digest_note(digest: Digest, words: Words, manner: Manner) -> Note:
    """What a channel was asked of late: the whole report of its one survey, or what each of several found."""
    if len(digest.reports) == 1:
        return report_note(digest.reports[0], words, manner)
    title = _digest_title(digest, words)
    told = [_in_short(report, words) for report in digest.reports] or [_none_open(digest, words)]
    shown = _fitting([blocks.divider(), blocks.section(text)] for text in told[:MOST_IN_DIGEST])
    left = _more_surveys(len(told) - len(shown), words)
    foot = [words("Since {moment}", moment=date_time(digest.since, "UTC")), *_manner(words, manner)]
    return blocks.message(
        Mrkdwn("\n\n".join([title, *told[: len(shown)], *left, *foot])),
        [
            blocks.section(bold(title)),
            *(block for group in shown for block in group),
            *(blocks.context(text) for text in [*left, *foot]),
        ],
    )


def _digest_title(digest: Digest, words: Words) -> Mrkdwn:
    channel = channel_link(digest.channel)
    if digest.is_a_week:
        return words("This week's surveys in {channel}", channel=channel)
    return words("The latest surveys in {channel}", channel=channel)


def _none_open(digest: Digest, words: Words) -> Mrkdwn:
    begin = Mrkdwn("`/survey`")
    if digest.is_a_week:
        return words("No survey was open here this week. {survey} begins one.", survey=begin)
    return words("No survey was open here in that time. {survey} begins one.", survey=begin)


def _more_surveys(count: int, words: Words) -> Iterator[Mrkdwn]:
    if count:
        yield words.count("and {number} more survey", "and {number} more surveys", count)


def _in_short(report: Report, words: Words) -> Mrkdwn:
    """A survey among others: its title, headline, and each question's numbers in a line."""
    lines = [bold(report.asked.survey.title), headline(report, words)]
    lines += [line for section in report.sections[:MOST_SHORT] for line in charts.short(section, words)]
    until = _until(report.asked, words)
    while length("\n".join([*lines, until])) > blocks.SECTION:
        lines.pop()
    return Mrkdwn("\n".join([*lines, until]))


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


def choose_modal(rounds: Sequence[Round], chosen: str, channel: str | None, words: Words) -> Block:
    """Which survey to report on, and where."""
    if not rounds:
        return _nothing_modal(words)
    choices = {asked.id: _choice(asked, words) for asked in rounds}
    first = choices.get(chosen) or next(iter(choices.values()))
    fields = [
        blocks.field(
            "survey", words.plain("Which survey?"),
            blocks.menu("survey", list(choices.values()), words.plain("Choose a survey"), first),
        ),
        blocks.field("channel", words.plain("Where to post"), blocks.channel_field("channel", channel)),
    ]  # fmt: skip
    return blocks.modal(
        "reports.post", words.plain("Report"), fields,
        submit=words.plain("Post"), close=words.plain("Cancel"),
    )  # fmt: skip


def _choice(asked: Round, words: Words) -> Block:
    date = str(format_date(asked.asked_at, "medium", locale=words.language))
    people = words.count("{number} answer", "{number} answers", asked.people)
    return blocks.choice(cut(asked.survey.title, blocks.OPTION), asked.id, f"{date} · {people}")


def _nothing_modal(words: Words) -> Block:
    told = words(
        "You have no survey to report on yet. Begin one with {survey}; its report is posted when it closes.",
        survey=Mrkdwn("`/survey`"),
    )
    return blocks.modal(
        "reports.nothing", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )


def on_its_way_modal(title: str, channel: str, words: Words) -> Block:
    told = words(
        "The report on “{title}” is on its way to {channel}.", title=title, channel=channel_link(channel)
    )
    return blocks.modal(
        "reports.on_its_way", words.plain("Report"), [blocks.section(told)], close=words.plain("Close")
    )

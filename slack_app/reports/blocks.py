"""What people see of reports: values in, blocks out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time, mention
from slack_app.kit.words import Words
from slack_app.reports import charts
from surveys.honest import response_rate
from surveys.reports import Average, Digest, Favourite, Mood, Report
from surveys.schedule import Schedule, days_of, left_out_within, time_of
from surveys.sections import Section
from surveys.survey import Round

MOST_CHARTS = 2
"""Slack takes no more in one message."""
EXAMPLE = "`/report weekly monday 9:00`"
ROOM, ROOM_BLOCKS = blocks.ALL_TEXT - 2500, blocks.MESSAGE_BLOCKS - 12
"""What the questions may take: the rest is for the head, the foot, and what an owner is told above them."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report is shown. has_charts: False where Slack would not take them.

    is_weekly: it comes by itself, so it says how to stop that; is_late: its hour was missed.
    """

    has_charts: bool = True
    is_weekly: bool = False
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


def headline(report: Report, words: Words) -> Mrkdwn:
    """The whole report in a line: how many answered, what they said, how they feel."""
    if not report.asked.people:
        return _nobody(report, words)
    told = [_answered(report, words)]
    if report.is_few:
        told.append(words("That is too few to say more than the counts."))
    if report.leading is not None:
        told.append(_leading(report.leading, words))
    if report.mood is not None:
        told.append(_mood(report.mood, words))
    return Mrkdwn(" ".join(told))


def _nobody(report: Report, words: Words) -> Mrkdwn:
    told = words("Nobody answered.") if report.asked.closed_at else words("Nobody has answered yet.")
    if not report.invited:
        return told
    asked = words.count("{number} person was asked.", "{number} people were asked.", report.invited)
    return Mrkdwn(f"{told} {asked}")


def _answered(report: Report, words: Words) -> Mrkdwn:
    people, invited = report.asked.people, report.invited
    rate = response_rate(people, invited)
    if rate is None:
        return words.count("{number} person answered.", "{number} people answered.", people)
    if report.is_few:
        return words.count(
            "{number} of {invited} people answered.", "{number} of {invited} people answered.", people,
            invited=invited,
        )  # fmt: skip
    return words.count(
        "{number} of {invited} people answered ({share}).",
        "{number} of {invited} people answered ({share}).",
        people,
        invited=invited,
        share=words.percent(rate),
    )


def _leading(leading: Average | Favourite, words: Words) -> Mrkdwn:
    match leading:
        case Average(mean=mean, high=high):
            return words(
                "On average they gave {mean} out of {most}.", mean=charts.average(mean, words), most=high
            )
        case Favourite(choice=choice, is_most=True):
            return words("Most chose “{choice}”.", choice=cut(choice, 75))
        case Favourite(choice=choice):
            return words("“{choice}” was chosen most often.", choice=cut(choice, 75))


def _mood(mood: Mood, words: Words) -> Mrkdwn:
    match mood:
        case Mood.POSITIVE:
            return words("The comments are mostly positive.")
        case Mood.NEGATIVE:
            return words("The comments are mostly negative.")
        case Mood.CALM:
            return words("Most comments show no clear feeling.")
        case Mood.BOTH:
            return words("The comments go both ways.")


def _drawn(sections: Sequence[Section], words: Words, manner: Manner) -> Iterator[list[Block]]:
    left = MOST_CHARTS if manner.has_charts else 0
    for section in sections:
        if left and charts.fits_a_chart(section):
            left -= 1
            yield charts.charted(section, words)
        else:
            yield charts.drawn(section, words)


def _fitting(groups: Iterator[list[Block]]) -> list[list[Block]]:
    """Return the questions, from the first, that one message holds."""
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
    if any(section.shapes and section.question.kind == "open_text" for section in report.sections):
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
    if manner.is_weekly:
        yield words("It comes each week. Write {stop} here to stop it.", stop=Mrkdwn("`/report stop`"))


def digest_note(digest: Digest, words: Words, manner: Manner) -> Note:
    """A channel's week: the whole report of its one survey, or what each of several found."""
    if len(digest.reports) == 1:
        return report_note(digest.reports[0], words, manner)
    title = words("This week's surveys in {channel}", channel=channel_link(digest.channel))
    told = [_in_short(report, words) for report in digest.reports] or [
        words("No survey was open here this week. {survey} begins one.", survey=Mrkdwn("`/survey`"))
    ]
    shown = told[:MOST_IN_DIGEST]
    left = _more_surveys(len(told) - len(shown), words)
    foot = list(_manner(words, manner))
    return blocks.message(
        Mrkdwn("\n\n".join([title, *shown, *left, *foot])),
        [
            blocks.section(bold(title)),
            *(block for text in shown for block in (blocks.divider(), blocks.section(text))),
            *(blocks.context(text) for text in [*left, *foot]),
        ],
    )


MOST_IN_DIGEST = 8


def _more_surveys(count: int, words: Words) -> Iterator[Mrkdwn]:
    if count:
        yield words.count("and {number} more survey", "and {number} more surveys", count)


def _in_short(report: Report, words: Words) -> Mrkdwn:
    """A survey among others: its title, headline, and each question's numbers in a line."""
    lines = [bold(report.asked.survey.title), headline(report, words)]
    lines += [line for section in report.sections[:MOST_SHORT] for line in charts.short(section, words)]
    return Mrkdwn("\n".join([*lines, _until(report.asked, words)]))


MOST_SHORT = 6


def not_posted(note: Note, reason: Mrkdwn, order_id: str, words: Words) -> Note:
    """A report that Slack would not take: why, what to press next, and the report itself below."""
    told = words("A report could not be posted. Here it is.")
    kept = kept_note(told, reason, "reports.post_again", "reports.post_in", order_id, words)
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


def read_back(kept: Schedule, now: datetime, words: Words) -> Mrkdwn:
    """When a channel's digest comes, in words, so that whoever asked sees what was understood."""
    told = [
        words(
            "Every {days} at {time} ({zone}) I post here what this channel's surveys found.",
            days=_days(kept, words),
            time=_time(kept, words),
            zone=kept.zone,
        ),
        words("The next one comes {moment}.", moment=date_time(kept.next_run, kept.zone)),
    ]
    if left_out_within(kept.rule, kept.zone, now, timedelta(days=366)):
        told.append(words("On nights when that hour is left out, it comes right after."))
    told.append(words("Anybody here may stop it with {stop}.", stop=Mrkdwn("`/report stop`")))
    return Mrkdwn(" ".join(told))


def _days(kept: Schedule, words: Words) -> str:
    names = get_day_names("wide", locale=words.language)
    return str(format_list([names[day] for day in days_of(kept.rule)], locale=words.language))


def _time(kept: Schedule, words: Words) -> str:
    return str(format_time(time_of(kept.rule), "HH:mm", locale=words.language))


def no_weekly(words: Words) -> Mrkdwn:
    return words("No weekly report comes here. {example} has one come.", example=words(EXAMPLE))


def stopped(words: Words, *, was_there: bool) -> Mrkdwn:
    if was_there:
        return words(
            "No weekly report comes here any more. {example} has it come again.", example=words(EXAMPLE)
        )
    return no_weekly(words)


def help_note(words: Words) -> Note:
    """What can be written after the command, each with an example."""
    lines = [
        words("*See what a survey found:* {report} chooses one and posts it.", report=Mrkdwn("`/report`")),
        words("{example} posts this channel's week by itself.", example=words(EXAMPLE)),
        words(
            "{show} says when the next one comes, {stop} stops it.",
            show=Mrkdwn("`/report show`"),
            stop=Mrkdwn("`/report stop`"),
        ),
    ]
    told = Mrkdwn("\n".join(lines))
    return blocks.message(told, [blocks.section(told)])

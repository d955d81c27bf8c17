"""What a digest says of several surveys: each one's headline and numbers, in as many messages as it takes."""

from collections.abc import Iterator, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn, bold, channel_link, date_time
from slack_app.kit.words import Words
from slack_app.reports import charts
from slack_app.reports.blocks import Manner, Part, fitting, how_it_comes, open_until, report_more, report_part
from slack_app.reports.headline import headline
from surveys.reports import Digest, Report
from surveys.text import length

MOST_IN_DIGEST, MOST_SHORT = 8, 6
"""So many surveys of a week are told, and so many questions of each."""


def digest_part(digest: Digest, words: Words, manner: Manner) -> Part:
    """What a channel was asked of late: the whole report of its one survey, or what each of several found."""
    if len(digest.reports) == 1 and not digest.left_out:
        return report_part(digest.reports[0], words, manner)
    title = _digest_title(digest, words)
    told = [_in_short(report, words) for report in digest.reports]
    if not told and not digest.left_out:
        told = [_none_open(digest, words)]
    shown = fitting(_apart(told[:MOST_IN_DIGEST]))
    left = len(told) - len(shown)
    more = [*_more_surveys(left, words, manner), *_left_out(digest, words)]
    foot = [words("Since {moment}", moment=date_time(digest.since, "UTC")), *how_it_comes(words, manner)]
    note = blocks.message(
        Mrkdwn("\n\n".join([title, *told[: len(shown)], *more, *foot])),
        [
            blocks.section(bold(title)),
            *(block for group in shown for block in group),
            *map(blocks.context, [*more, *foot]),
        ],
    )
    return Part(note, len(shown) if left else None)


def digest_more(digest: Digest, words: Words, manner: Manner, told: int) -> Part:
    """What follows in the thread after so many surveys, or questions of the only one."""
    if len(digest.reports) == 1 and not digest.left_out:
        return report_more(digest.reports[0], words, manner, told)
    texts = [_in_short(report, words) for report in digest.reports[told:]]
    shown = fitting(_apart(texts[:MOST_IN_DIGEST]))
    note = blocks.message(
        Mrkdwn("\n\n".join(texts[: len(shown)])), [block for group in shown for block in group]
    )
    return Part(note, told + len(shown) if len(shown) < len(texts) else None)


def _apart(texts: Sequence[Mrkdwn]) -> Iterator[list[Block]]:
    return ([blocks.divider(), blocks.section(text)] for text in texts)


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


def _more_surveys(count: int, words: Words, manner: Manner) -> list[Mrkdwn]:
    if not count:
        return []
    if manner.goes_on:
        return [
            words.count(
                "and {number} more survey, in the thread", "and {number} more surveys, in the thread", count
            )
        ]
    return [words.count("and {number} more survey", "and {number} more surveys", count)]


def _left_out(digest: Digest, words: Words) -> Iterator[Mrkdwn]:
    if digest.left_out:
        yield words.count(
            "{number} anonymous survey is left out: its results go to whoever asked alone.",
            "{number} anonymous surveys are left out: their results go to whoever asked alone.",
            digest.left_out,
        )


def _in_short(report: Report, words: Words) -> Mrkdwn:
    """A survey among others: its title, headline, and each question's numbers in a line."""
    lines = [bold(report.asked.survey.title), headline(report, words)]
    lines += [line for section in report.sections[:MOST_SHORT] for line in charts.short(section, words)]
    until = open_until(report.asked, words)
    while length("\n".join([*lines, until])) > blocks.SECTION:
        lines.pop()
    return Mrkdwn("\n".join([*lines, until]))

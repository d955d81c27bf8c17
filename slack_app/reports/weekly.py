"""What people are told of weekly reports: when they come, how to stop them, and what the command takes."""

from datetime import datetime, timedelta

from babel.dates import format_time, get_day_names
from babel.lists import format_list

from slack_app.kit import blocks
from slack_app.kit.blocks import Note
from slack_app.kit.text import Mrkdwn, date_time
from slack_app.kit.words import Words
from surveys.schedule import Schedule, days_of, left_out_within, still_known, time_of

EXAMPLE = "`/report weekly monday 9:00`"


def read_back(kept: Schedule, now: datetime, words: Words) -> Mrkdwn:
    """When a channel's digest comes, in words, so that whoever asked sees what was understood."""
    zone = still_known(kept.zone)
    told = [
        words(
            "Every {days} at {time} ({zone}) I post here what this channel's surveys found.",
            days=_days(kept, words),
            time=_time(kept, words),
            zone=zone,
        ),
        words("The next one comes {moment}.", moment=date_time(kept.next_run, zone)),
    ]
    if left_out_within(kept.rule, zone, now, timedelta(days=366)):
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

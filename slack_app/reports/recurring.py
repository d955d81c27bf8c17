"""What people are told of reports that come by themselves: when, how to stop them, what the command takes."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list

from slack_app.kit import blocks
from slack_app.kit.blocks import Note
from slack_app.kit.text import Mrkdwn, channel_link, date_time
from slack_app.kit.words import Words
from surveys.recurring import LAST, Monthly, Recurring, Weekly, Yearly, last_day, read, time_of
from surveys.schedule import Schedule, left_out_within, still_known

EXAMPLE = "`/report weekly monday 9:00`"
MORE_EXAMPLES = "`/report monthly 1 9:00`, `/report every 2 weeks monday 9:00 until 31 december`"


def read_back(kept: Schedule, now: datetime, words: Words) -> Mrkdwn:
    """When a channel's digest comes, in words, so that whoever asked sees what was understood."""
    zone, wish = still_known(kept.zone), read(kept.rule)
    told = [
        words(
            "{when} at {time} ({zone}) I post here what this channel's surveys found.",
            when=_when(wish, words),
            time=str(format_time(time_of(kept.rule), "HH:mm", locale=words.language)),
            zone=zone,
        ),
        *_month_ends(wish, words),
        words("The next one comes {moment}.", moment=date_time(kept.next_run, zone)),
        *_end(kept, words),
    ]
    if left_out_within(kept.rule, zone, now, timedelta(days=366)):
        told.append(words("On nights when that hour is left out, it comes right after."))
    told.append(words("Anybody here may stop it with {stop}.", stop=Mrkdwn("`/report stop`")))
    return Mrkdwn(" ".join(told))


def _when(wish: Recurring, words: Words) -> Mrkdwn:
    match wish:
        case Weekly():
            return _weeks(wish, words)
        case Monthly():
            return _months(wish, words)
        case Yearly():
            return _years(wish, words)


def _weeks(wish: Weekly, words: Words) -> Mrkdwn:
    names = get_day_names("wide", locale=words.language)
    days = str(format_list([names[day] for day in wish.days], locale=words.language))
    if wish.every == 1:
        return words("Every {days}", days=days)
    return words("Every {number} weeks, on {days},", number=wish.every, days=days)


def _months(wish: Monthly, words: Words) -> Mrkdwn:
    if wish.day == LAST:
        if wish.every == 1:
            return words("On the last day of every month")
        return words("Every {number} months, on the last day,", number=wish.every)
    if wish.every == 1:
        return words("Every month, on day {day},", day=wish.day)
    return words("Every {number} months, on day {day},", number=wish.every, day=wish.day)


def _years(wish: Yearly, words: Words) -> Mrkdwn:
    # 2028 has every day there is.
    day = str(format_skeleton("MMMMd", date(2028, wish.month, wish.day), locale=words.language))
    if wish.every == 1:
        return words("Every year, on {day},", day=day)
    return words("Every {number} years, on {day},", number=wish.every, day=day)


def _month_ends(wish: Recurring, words: Words) -> list[Mrkdwn]:
    """Say what happens in months and years that lack the day."""
    match wish:
        case Monthly(day=day) if day > 28:
            return [words("Where a month has no day {day}, it comes on the month's last day.", day=day)]
        case Yearly(month=2, day=29):
            return [words("Where a year has no 29 February, it comes on the 28th.")]
        case _:
            return []


def _end(kept: Schedule, words: Words) -> list[Mrkdwn]:
    last = last_day(kept.rule)
    if last is None:
        return []
    return [words("After {day} none comes any more.", day=format_date(last, "long", locale=words.language))]


def none_comes(words: Words) -> Mrkdwn:
    return words("No report comes here by itself. {example} has one come.", example=words(EXAMPLE))


def stopped(words: Words, *, was_there: bool) -> Mrkdwn:
    if was_there:
        return words(
            "No report comes here by itself any more. {example} has it come again.", example=words(EXAMPLE)
        )
    return none_comes(words)


def not_in_note(channel: str, words: Words) -> Note:
    """To whoever has reports come to a channel where the app may not post."""
    told = words(
        "I am not in {channel}, so its reports can't be posted there. Write /invite @Palabre in it.",
        channel=channel_link(channel),
    )
    return blocks.message(told, [blocks.section(told)])


def help_note(words: Words) -> Note:
    """What can be written after the command, each with an example."""
    lines = [
        words("*See what a survey found:* {report} chooses one and posts it.", report=Mrkdwn("`/report`")),
        words("{example} posts this channel's week by itself.", example=words(EXAMPLE)),
        words("Other rhythms: {examples}.", examples=words(MORE_EXAMPLES)),
        words(
            "{show} says when the next one comes, {stop} stops it.",
            show=Mrkdwn("`/report show`"),
            stop=Mrkdwn("`/report stop`"),
        ),
    ]
    told = Mrkdwn("\n".join(lines))
    return blocks.message(told, [blocks.section(told)])

"""Dates and moments written out, in a reader's language and time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words


def written_day(day: date, words: Words) -> str:
    """Return a day such as "Friday, December 4, 2026"."""
    return format_date(day, "full", locale=words.language)


def written(moment: datetime, zone: str, words: Words) -> str:
    """Return a moment such as "Friday, December 4, 2026 6:00 PM", as a wall clock in a zone shows it."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{written_day(there, words)} {format_time(there.time(), 'short', locale=words.language)}"


def told(moment: datetime, words: Words) -> Mrkdwn:
    """Return a moment that Slack writes out in the reader's own zone; in UTC where it can't."""
    shown, seconds = "{date_long} {time}", int(moment.timestamp())
    return Mrkdwn(f"<!date^{seconds}^{shown}|{written(moment, 'UTC', words)} UTC>")

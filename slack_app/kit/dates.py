"""Moments written out for their reader: in a zone of theirs, or by Slack itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words


def written(moment: datetime, zone: str, words: Words) -> str:
    """Return a moment as a wall clock in a zone shows it, such as "Friday, December 4, 2026 6:00 PM"."""
    return words.moment(moment.astimezone(ZoneInfo(zone)))


def told(moment: datetime, words: Words) -> Mrkdwn:
    """Return a moment that Slack writes out in the reader's own zone; in UTC where it can't."""
    shown, seconds = "{date_long} {time}", int(moment.timestamp())
    return Mrkdwn(f"<!date^{seconds}^{shown}|{written(moment, 'UTC', words)} UTC>")

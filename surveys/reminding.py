"""Reminding who has not answered a survey: at most twice, never soon after the launch or each other."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from surveys.errors import Refused
from surveys.survey import Round

MOST = 2
AFTER_LAUNCH = timedelta(hours=1)
BETWEEN = timedelta(hours=24)


class ClosedAlready(Refused):
    sentence = "This survey is closed, so nobody is reminded of it any more."


class NobodyKnown(Refused):
    sentence = "It is not known yet who is asked, so nobody can be reminded. Try again in a minute."


class RemindedEnough(Refused):
    sentence = "People were reminded of this survey twice already, and nobody is reminded more often."


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of a round. number: the first or the second; click: a mark of the press that began it.

    begun_at: of a sealed round the end of that day, since nothing finer is kept beside it.

    reminded, had_answered: how many got a message, and how many needed none; both stay 0 in a sealed round,
    where the one would tell the other. left: of how many it is not decided yet.
    """

    number: int
    begun_at: datetime
    click: str
    reminded: int = 0
    had_answered: int = 0
    left: int = 0


def begun(asked: Round, last: Reminder | None, click: str, now: datetime) -> Reminder:
    """Return the reminder that a press begins. click: Slack's id of it, which would tell the moment."""
    number = 1 if last is None else last.number + 1
    return Reminder(number, _end_of_day(now) if asked.privacy.is_sealed else now, mark(click))


def mark(click: str) -> str:
    return sha256(click.encode()).hexdigest()[:16]


def _end_of_day(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def next_from(asked: Round, last: Reminder | None) -> datetime:
    """Return the moment from which on people may be reminded, for the first time or again."""
    return asked.asked_at + AFTER_LAUNCH if last is None else last.begun_at + BETWEEN


def check(asked: Round, last: Reminder | None, people: int, now: datetime) -> None:
    """Refuse what no waiting would allow; see `next_from`. people: how many are asked."""
    if not asked.is_open(now):
        raise ClosedAlready
    if last is not None and last.number >= MOST:
        raise RemindedEnough
    if not people:
        raise NobodyKnown

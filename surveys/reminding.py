"""Reminding who has not answered a survey: at most twice, never soon after the launch or each other."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
    """One reminder of a round. number: the first or the second; click: Slack's id of what began it.

    reminded, had_answered: how many got a message, and how many needed none; both stay 0 in a sealed round,
    where the one would tell the other. left: of how many it is not decided yet.
    """

    number: int
    begun_at: datetime
    click: str
    reminded: int = 0
    had_answered: int = 0
    left: int = 0


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

"""Moments as people write them, and which instant each means in their own time zone."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveys.errors import Refused
from surveys.recurring import End, day_of
from surveys.schedule import first_moment, still_known

DAY_ENDS = time(23, 59)
"""When a day is over that was named without a time."""


class PastMoment(Refused):
    sentence = "{wanted} is past. The next such moment is {next}; write that, or another one to come."


@dataclass(frozen=True, slots=True)
class In:
    """So long from now. days: by the calendar, so that the wall clock shows the same hour again."""

    days: int = 0
    rest: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many days after today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """The next such day of the week, from 0, Monday; today as long as the time is still to come."""

    day: int


@dataclass(frozen=True, slots=True)
class At:
    """A day and a time of it; day: None for the next one with such a time; at: None for the day's end.

    A time with an offset from UTC is not of the reader's zone.
    """

    day: Ahead | Weekday | End | None = None
    at: time | None = None


When = In | At


def closing(closes: When, now: datetime, zone: str) -> datetime:
    """Return the instant, in UTC, that a moment means to somebody in a zone; refuse one that is past.

    An hour that a clock change leaves out is the first moment after it; one that comes twice, the first
    that is still to come.
    """
    place = ZoneInfo(still_known(zone))
    if isinstance(closes, In):
        return _later(now.astimezone(place), closes, place)
    day, at = closes.day, closes.at or DAY_ENDS
    here = now.astimezone(at.tzinfo or place)
    first = _first_day(day, here.date())
    found = _instant(first, at, place, now)
    if found > now:
        return found
    following = _following(day, first, at, here)
    if isinstance(day, Ahead) or (isinstance(day, End) and day.year):
        raise PastMoment(wanted=_shown(first, at), next=_shown(following, at))
    return _instant(following, at, place, now)


def _later(here: datetime, closes: In, place: ZoneInfo) -> datetime:
    if not closes.days:
        return here.astimezone(UTC) + closes.rest
    wall = here.replace(tzinfo=None) + timedelta(days=closes.days)
    return first_moment(wall, place) + closes.rest


def _first_day(day: Ahead | Weekday | End | None, today: date) -> date:
    match day:
        case None:
            return today
        case Ahead(days=days):
            return today + timedelta(days=days)
        case Weekday(day=wanted):
            return today + timedelta(days=(wanted - today.weekday()) % 7)
        case End():
            return day_of(day, today)


def _following(day: Ahead | Weekday | End | None, first: date, at: time, here: datetime) -> date:
    """Return the next day that is like one whose moment is past."""
    today = here.date()
    if isinstance(day, Weekday):
        return first + timedelta(days=7)
    if not isinstance(day, End):
        return first + timedelta(days=1)
    start = today if at.replace(tzinfo=None) > here.time() else today + timedelta(days=1)
    return day_of(End(day.month, day.day), start)


def _instant(day: date, at: time, place: ZoneInfo, now: datetime) -> datetime:
    wall = datetime.combine(day, at)
    if at.tzinfo is not None:
        return wall.astimezone(UTC)
    first = first_moment(wall, place)
    again = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    return again if first <= now < again else first


def _shown(day: date, at: time) -> str:
    return f"{day.isoformat()} {at.isoformat('minutes')}"


def is_day(day: int, month: int, year: int | None) -> bool:
    """Say whether there is such a day; without a year, in any year."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]

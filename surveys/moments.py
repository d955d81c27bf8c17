"""Moments as people write them, and which instant each means in their own time zone."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveys.date_words import ENGLISH, date_in_words
from surveys.errors import Refused
from surveys.recurring import End, day_of
from surveys.schedule import first_moment, still_known
from surveys.vocabulary import is_french

DAY_ENDS = time(23, 59)
"""When a day is over that was named without a time."""


class PastMoment(Refused):
    """wanted, next: a day, or a moment as a wall clock shows it."""

    sentence = "{wanted} is past. The next such moment is {next}; write that, or another one to come."


class OtherWeekday(Refused):
    """day: the date that was written."""

    sentence = "The weekday and the date don't go together: that date is {day}. Leave one of the two out."


class TwoDates(Refused):
    sentence = (
        "“{typed}” may be {one} or {other}. Write the month as a word, as in {example}, or the date as {iso}."
    )


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
class Figures:
    """A date in figures that may begin with the day or the month; which, depends on the language."""

    first: int
    second: int
    year: int | None = None

    @property
    def day_first(self) -> End:
        return End(self.second, self.first, self.year)

    @property
    def month_first(self) -> End:
        return End(self.first, self.second, self.year)


Day = Ahead | Weekday | End | Figures


@dataclass(frozen=True, slots=True)
class At:
    """A day and a time of it; day: None for the next one with such a time; at: None for the day's end.

    A time with an offset from UTC is not of the reader's zone, nor one with a zone, an IANA name.
    weekday: written beside a date, with which it must go together.
    """

    day: Day | None = None
    at: time | None = None
    zone: str | None = None
    weekday: int | None = None


When = In | At


def closing(closes: When, now: datetime, zone: str, language: str = "en") -> datetime:
    """Return the instant, in UTC, that a moment means to somebody in a zone; refuse one that is past.

    An hour that a clock change leaves out is the first moment after it; one that comes twice, the first
    that is still to come. language: in French, a date in figures begins with the day.
    """
    if isinstance(closes, In):
        return _later(now.astimezone(_place(zone)), closes, _place(zone))
    if isinstance(closes.day, Figures):
        closes = replace(closes, day=_in_order(closes.day, now, zone, is_french(language)))
    place = _place(closes.zone or zone)
    day, at = closes.day, closes.at or DAY_ENDS
    here = now.astimezone(at.tzinfo or place)
    first = _first_day(day, here.date())
    if closes.weekday not in (None, first.weekday()):
        raise OtherWeekday(day=first)
    found = _instant(first, at, place, now)
    if found > now:
        return found
    following = _following(day, first, at, here)
    if isinstance(day, Ahead) or (isinstance(day, End) and day.year):
        raise PastMoment(wanted=_shown(first, closes.at), next=_shown(following, closes.at))
    return _instant(following, at, place, now)


def _place(zone: str) -> ZoneInfo:
    return ZoneInfo(still_known(zone))


def _in_order(day: Figures, now: datetime, zone: str, is_day_first: bool) -> End:
    """Return the date that figures mean; in English they may mean two."""
    if is_day_first:
        return day.day_first
    today = now.astimezone(_place(zone)).date()
    one, other = day_of(day.month_first, today), day_of(day.day_first, today)
    raise TwoDates(
        typed="/".join(str(each) for each in (day.first, day.second, day.year) if each),
        one=one,
        other=other,
        example=date_in_words(one.day, one.month, ENGLISH[one.month - 1]),
        iso=one.isoformat(),
    )


def _later(here: datetime, closes: In, place: ZoneInfo) -> datetime:
    if not closes.days:
        return here.astimezone(UTC) + closes.rest
    wall = here.replace(tzinfo=None) + timedelta(days=closes.days)
    return first_moment(wall, place) + closes.rest


def _first_day(day: Day | None, today: date) -> date:
    match day:
        case None:
            return today
        case Ahead(days=days):
            return today + timedelta(days=days)
        case Weekday(day=wanted):
            return today + timedelta(days=(wanted - today.weekday()) % 7)
        case End():
            return day_of(day, today)
        case Figures():
            return day_of(day.day_first, today)


def _following(day: Day | None, first: date, at: time, here: datetime) -> date:
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


def _shown(day: date, at: time | None) -> date:
    return day if at is None else datetime.combine(day, at.replace(tzinfo=None))


def is_day(day: int, month: int, year: int | None) -> bool:
    """Say whether there is such a day; without a year, in any year."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]

"""The options of a poll that looks for a date: moments or whole days, in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveys import moment_words
from surveys.errors import Refused
from surveys.moments import At, closing
from surveys.options import MOST_OPTIONS, Option, Options, TooManyOptions
from surveys.schedule import still_known

NOON = time(12)
"""When a whole day is kept to be, in UTC."""
DAY_ENDS_WITHIN = timedelta(hours=24)
"""From its noon in UTC: twelve hours behind it is still the same day."""


class TooFewDates(Refused):
    sentence = 'Between which dates? Give at least two, as in /poll dates "When?" "friday 18:00" "saturday".'


class NoDate(Refused):
    sentence = (
        "I don't know the date “{option}”. "
        "Write it as friday 18:00, saturday, 12 december 14:00 or 2026-12-31 18:00."
    )


class SameDateTwice(Refused):
    sentence = "One of the dates is there twice. Keep it once."


class DatePast(Refused):
    sentence = "One of the dates is past. Choose a later one, or take it away."


def read(texts: Iterable[str], now: datetime, zone: str, language: str) -> Options:
    """Return the dates that some texts name to somebody in a zone; refuse what is none, or past."""
    return in_order([_read(text, now, zone, language) for text in texts])


def _read(text: str, now: datetime, zone: str, language: str) -> Option:
    words = text.split()
    try:
        when, count = moment_words.read(words)
    except moment_words.UnknownMoment as unknown:
        raise NoDate(option=text) from unknown
    if count != len(words):
        raise NoDate(option=text)
    moment = closing(when, now, zone, language)
    if not isinstance(when, At) or when.at is not None:
        return Option("", moment=moment)
    day = moment.astimezone(ZoneInfo(still_known(zone))).date()
    return Option("", moment=datetime.combine(day, NOON, UTC), is_day=True)


def in_order(dates: Iterable[Option]) -> Options:
    """Return dates in the order in which they come, a whole day before its hours; refuse one that is twice.

    Their texts say them so that they mean the same to everybody, such as “2026-12-04 17:00 UTC”.
    """
    kept = sorted((_Dated(each.moment, each) for each in dates if each.moment is not None), key=_when)
    if len(kept) < 2:
        raise TooFewDates
    if len(kept) > MOST_OPTIONS:
        raise TooManyOptions(count=len(kept), most=MOST_OPTIONS)
    if len(set(map(_when, kept))) < len(kept):
        raise SameDateTwice
    return tuple(replace(each.date, text=_text(each)) for each in kept)


def check_ahead(dates: Sequence[Option], now: datetime) -> None:
    """Refuse dates that are past; a whole day is, once it is over everywhere."""
    for each in dates:
        if each.moment is not None and each.moment + (DAY_ENDS_WITHIN if each.is_day else timedelta()) <= now:
            raise DatePast


@dataclass(frozen=True, slots=True)
class _Dated:
    moment: datetime
    date: Option


def _when(dated: _Dated) -> tuple[datetime, bool]:
    if dated.date.is_day:
        return dated.moment.replace(hour=0), False
    return dated.moment, True


def _text(dated: _Dated) -> str:
    return dated.moment.strftime("%Y-%m-%d" if dated.date.is_day else "%Y-%m-%d %H:%M UTC")

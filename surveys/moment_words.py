"""The words of a moment, English and French, into its value."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta, timezone

from surveys.date_words import month_of
from surveys.errors import Refused
from surveys.moments import Ahead, At, Figures, In, Weekday, When, is_day
from surveys.recurring import End
from surveys.report_words import DAY_NAMES, NoSuchTime
from surveys.schedule import zone_named


class UnknownMoment(Refused):
    sentence = (
        "I don't know the moment “{words}”. "
        "Write it as 18:00, friday 17:00, tomorrow 9:00, in 2 days, 25 december 9:00 or 2026-12-31 18:00."
    )


class NoSuchDay(Refused):
    sentence = "There is no {wanted}: the last day of that month is {last}."


DAYS_AHEAD = {
    "today": 0, "aujourd'hui": 0, "aujourd’hui": 0, "tomorrow": 1, "demain": 1,
    "after tomorrow": 2, "the day after tomorrow": 2, "après-demain": 2, "apres-demain": 2,
}  # fmt: skip
_NAMED_TIMES = {"noon": time(12), "midi": time(12), "midnight": time(), "minuit": time()}
_WEEKDAYS = {name: day for day, names in enumerate(DAY_NAMES) for name in names}
_DAYS_IN = {"w": 7, "s": 7, "d": 1, "j": 1}
_BEFORE = re.compile(r"(?:(?:at|on|by|le|à|a|next|this|ce|,)\s+)*")
_PREFIX = re.compile(r"(?:in|dans|within|d['’]ici)\s+")
_WEEKS_OR_DAYS = r"weeks?|w|semaines?|sem|days?|d|jours?|j"
_MINUTES = r"minutes?|mins?|mn|m"
_LONG = re.compile(rf"(\d{{1,4}})\s*({_WEEKS_OR_DAYS}|hours?|hrs?|heures?|h|{_MINUTES})(?![^\W\d_])\s*")
_LONG_ALONE = re.compile(rf"(\d{{1,4}})\s*({_WEEKS_OR_DAYS}|hours?|hrs?|{_MINUTES})(?!\w)\s*")
_HOURS_AND = re.compile(r"(\d{1,4})\s*h\s*(\d{2})(?!\w)\s*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\w)|(\d{4})-(\d\d)-(\d\d)(?=t\d)")
_FIGURES = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\w/])")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?\s+(?:of\s+|de\s+)?([^\W\d_]+)\b\.?(?:,?\s+(\d{4})\b(?!\s*[:.h]))?"
)
_MONTH_FIRST = re.compile(
    r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\w:.])(?!\s*(?:h\b|[ap]\.?m))(?:,?\s+(\d{4})\b(?!\s*[:.h]))?"
)
_TIME = re.compile(
    r"(?:t|(?:at|à|a|,)\s+)?(?P<shown>(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d{2})(?::00)?(?:\s?(?P<half>[ap])\.?m\b\.?)?|\s?h(?:eures?\b|\s?(?P<after>\d{2})\b|\b)"
    r"|\s?(?P<whole>[ap])\.?m\b\.?))(?P<offset>z\b|[+-]\d\d:?\d\d\b)?(?![\w:])"
)

_ZONE = re.compile(r"\s+(?:\((?=[^()]*\)))?(utc|gmt|[a-z]+(?:/[a-z][\w+-]*)+)(?:\)|\b)(?![\w/])")
"""A zone after a time, in brackets perhaps: Europe/Paris, UTC."""
_BETWEEN = re.compile(r"(?:,?\s+)(?:the\s+|le\s+)?")


def read(words: Sequence[str]) -> tuple[When, int]:
    """Return the moment that some words begin with, and how many of them say it; refuse an unknown one."""
    text = " ".join(words).casefold()
    at = _BEFORE.match(text)
    start = at.end() if at else 0
    found = _length(text, start) or _day_then_time(text, start) or _time_then_day(text, start)
    if found is not None:
        found = _with_zone(text, *found)
    if found is None or text[found[1] :].strip() == text.strip():
        raise UnknownMoment(words=_cut(" ".join(words[:6])))
    when, end = found
    # A moment that ends inside a word is none: “18:00pm”.
    if text[end : end + 1].strip() and not text[:end].endswith(" "):
        raise UnknownMoment(words=_cut(" ".join(words[:6])))
    return when, len(text[:end].split())


def _with_zone(text: str, when: When, at: int) -> tuple[When, int]:
    """Return a moment with the zone written after its time, if there is one."""
    named = _ZONE.match(text, at)
    if named is None or not isinstance(when, At) or when.at is None or when.at.tzinfo is not None:
        return when, at
    return replace(when, zone=zone_named(named[1]).key), named.end()


def _length(text: str, start: int) -> tuple[When, int] | None:
    prefix = _PREFIX.match(text, start)
    at = prefix.end() if prefix else start
    days, rest, first = 0, timedelta(), at
    while (step := _step(text, at, is_alone=prefix is None)) is not None:
        more, length, at = step
        days, rest = days + more, rest + length
    if at == first or (not days and not rest):
        return None
    hour = _time(text, at) if days and not rest else None
    if hour is not None:
        return At(Ahead(days), hour[0]), hour[1]
    return In(days, rest), at


def _step(text: str, at: int, *, is_alone: bool) -> tuple[int, timedelta, int] | None:
    """Return the days and the rest that one number and its unit say, and where they end.

    Without “in”, 18h and 18h30 are times of the day.
    """
    both = None if is_alone else _HOURS_AND.match(text, at)
    if both:
        return 0, timedelta(hours=int(both[1]), minutes=int(both[2])), both.end()
    found = (_LONG_ALONE if is_alone else _LONG).match(text, at)
    if found is None:
        return None
    number, unit = int(found[1]), found[2][0]
    if unit in _DAYS_IN:
        return number * _DAYS_IN[unit], timedelta(), found.end()
    return 0, timedelta(hours=number) if unit == "h" else timedelta(minutes=number), found.end()


def _day_then_time(text: str, start: int) -> tuple[When, int] | None:
    found = _day(text, start)
    if found is None:
        return None
    day, at = found
    hour = _time(text, _blank(text, at))
    if hour is None:
        return day, at
    # The midnight of a named day is the one that ends it.
    is_midnight = text[: hour[1]].endswith(("midnight", "minuit"))
    return replace(day, at=None if is_midnight else hour[0]), hour[1]


def _time_then_day(text: str, start: int) -> tuple[When, int] | None:
    hour = _time(text, start)
    if hour is None:
        return None
    at = _blank(text, hour[1])
    link = _BEFORE.match(text, at)
    day = _day(text, link.end() if link else at)
    return (replace(day[0], at=hour[0]), day[1]) if day else (At(None, hour[0]), hour[1])


def _blank(text: str, at: int) -> int:
    return at + (text[at : at + 1] == " ")


def _day(text: str, start: int) -> tuple[At, int] | None:
    for name, days in sorted(DAYS_AHEAD.items(), key=lambda item: -len(item[0])):
        if re.compile(rf"{name}(?!\w)").match(text, start):
            return At(Ahead(days)), start + len(name)
    word = re.compile(r"[^\W\d_]+").match(text, start)
    if word and word[0] in _WEEKDAYS:
        return _weekday(text, _WEEKDAYS[word[0]], word.end())
    found = _date(text, start)
    return (At(found[0]), found[1]) if found else None


def _weekday(text: str, weekday: int, end: int) -> tuple[At, int]:
    """Return the day of the week, or the date after it, which it must go together with."""
    link = _BETWEEN.match(text, end)
    dated = _date(text, link.end()) if link else None
    return (At(dated[0], weekday=weekday), dated[1]) if dated else (At(Weekday(weekday)), end)


def _date(text: str, start: int) -> tuple[End | Figures, int] | None:
    if iso := _ISO.match(text, start):
        year, month, day = (int(number) for number in iso.groups() if number)
        return _checked(day, month, year, iso[0]), iso.end()
    if figures := _FIGURES.match(text, start):
        return _in_figures(figures), figures.end()
    for pattern, day_at, month_at in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        found = pattern.match(text, start)
        named = month_of(found[month_at]) if found else None
        if found and named:
            end = int(found[3]) if found[3] else None
            return _checked(int(found[day_at]), named, end, found[0]), found.end()
    return None


def _in_figures(found: re.Match[str]) -> End | Figures:
    """Return 25/12 or 12/25 as the one date it can be; 5/6 can be two."""
    first, second, year = int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    if second > 12 >= first:
        return _checked(second, first, year, found[0])
    day = _checked(first, second, year, found[0])
    return day if first > 12 or first == second else Figures(first, second, year)


def _checked(day: int, month: int, year: int | None, typed: str) -> End:
    if not 1 <= month <= 12 or (year is not None and not 2000 <= year <= 2999):
        raise UnknownMoment(words=typed)
    if not is_day(day, month, year):
        raise NoSuchDay(wanted=typed, last=monthrange(year or 2000, month)[1])
    return End(month, day, year)


def _time(text: str, start: int) -> tuple[time, int] | None:
    for name, named in _NAMED_TIMES.items():
        found = re.compile(rf"(?:(?:at|à|a)\s+)?{name}(?!\w)").match(text, start)
        if found:
            return named, found.end()
    match = _TIME.match(text, start)
    return (_read_time(match), match.end()) if match else None


def _read_time(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or found["after"] or 0)
    half = found["half"] or found["whole"]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise NoSuchTime(time=found["shown"])
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, tzinfo=_offset(found["offset"]))


def _offset(typed: str | None) -> timezone | None:
    if typed is None:
        return None
    digits = typed.strip("z+-").replace(":", "") or "0000"
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise NoSuchTime(time=typed)
    return timezone((-1 if typed[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _cut(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"

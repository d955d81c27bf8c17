"""Moments and dates back into the words that say them, English or French."""

from datetime import timedelta

from surveys.date_words import ENGLISH, FRENCH
from surveys.moments import Ahead, Day, Figures, In, Weekday, When
from surveys.recurring import End
from surveys.report_words import DAY_NAMES
from surveys.vocabulary import is_french


def printed(when: When, language: str) -> str:
    """Return the words that `moment_words.read` takes for this moment."""
    in_french = is_french(language)
    if isinstance(when, In):
        return _printed_length(when, in_french=in_french)
    day = _printed_day(when.day, in_french=in_french)
    if when.weekday is not None:
        day = f"{_weekday_name(when.weekday, in_french=in_french)} {day}"
    if when.at is None:
        return day
    return " ".join(filter(None, (day, when.at.isoformat("minutes"), when.zone)))


def _printed_length(when: In, *, in_french: bool) -> str:
    minutes = when.rest // timedelta(minutes=1)
    days, hours = ("j", "h") if in_french else ("d", "h")
    said = ((when.days, days), (minutes // 60, hours), (minutes % 60, "min"))
    return " ".join(["dans" if in_french else "in", *(f"{number}{unit}" for number, unit in said if number)])


def _printed_day(day: Day | None, *, in_french: bool) -> str:
    match day:
        case None:
            return ""
        case Ahead(days=days) if days < 3:
            names = ("aujourd'hui", "demain", "après-demain") if in_french else (
                "today", "tomorrow", "after tomorrow")  # fmt: skip
            return names[days]
        case Ahead(days=days):
            return f"dans {days}j" if in_french else f"in {days}d"
        case Weekday(day=number):
            return _weekday_name(number, in_french=in_french)
        case Figures(first=first, second=second, year=year):
            return "/".join(str(each) for each in (first, second, year) if each)
        case End(month=month, day=number, year=None):
            return f"{number} {(FRENCH if in_french else ENGLISH)[month - 1]}"
        case End(month=month, day=number, year=year):
            return f"{year:04}-{month:02}-{number:02}"


def _weekday_name(number: int, *, in_french: bool) -> str:
    if not in_french:
        return DAY_NAMES[number][0]
    return next(name for name in DAY_NAMES[number] if name.endswith(("di", "manche")))

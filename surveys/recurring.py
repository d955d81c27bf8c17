"""What is wished to come again each week, month or year: as values, and as the RRULE that is kept."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
"""The last day of a month, whichever it is."""
MOST_EVERY = 52
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class End:
    """The last day on which something may come. year: None for the next such day."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """Each week, or every few. days: from 0, Monday, in order; zone: as written, None where it was not."""

    days: tuple[int, ...]
    hour: int
    minute: int
    zone: str | None = None
    every: int = 1
    end: End | None = None


@dataclass(frozen=True, slots=True)
class Monthly:
    """Each month, or every few. day: from 1, the month's last where it has fewer; or LAST."""

    day: int
    hour: int
    minute: int
    zone: str | None = None
    every: int = 1
    end: End | None = None


@dataclass(frozen=True, slots=True)
class Yearly:
    """Each year, or every few. 29 February is the 28th in other years."""

    month: int
    day: int
    hour: int
    minute: int
    zone: str | None = None
    every: int = 1
    end: End | None = None


Recurring = Weekly | Monthly | Yearly


def weekly(days: Iterable[int], hour: int, minute: int) -> str:
    """Return the rule of what happens on some days of each week. days: from 0, Monday."""
    return rule_of(Weekly(tuple(sorted(set(days))), hour, minute))


def rule_of(wish: Recurring, first: date | None = None, last: date | None = None) -> str:
    """Return the RRULE of a wish, in wall time.

    first: the day from which every second week, month or year is counted; last: the last day it may come.
    """
    parts = [_freq(wish)]
    if wish.every > 1:
        parts.append(f"INTERVAL={wish.every}")
    parts += [*_on(wish), f"BYHOUR={wish.hour};BYMINUTE={wish.minute};BYSECOND=0"]
    if last is not None:
        parts.append(f"UNTIL={_written(last)}T235959")
    rule = ";".join(parts)
    return f"DTSTART:{_written(first)}T000000\nRRULE:{rule}" if first else rule


def _written(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _freq(wish: Recurring) -> str:
    match wish:
        case Weekly():
            return "FREQ=WEEKLY"
        case Monthly():
            return "FREQ=MONTHLY"
        case Yearly():
            return "FREQ=YEARLY"


def _on(wish: Recurring) -> list[str]:
    match wish:
        case Weekly(days=days):
            return ["BYDAY=" + ",".join(DAYS[day] for day in days)]
        case Monthly(day=day):
            return _month_day(day, 28)
        case Yearly(month=month, day=day):
            return [f"BYMONTH={month}", *_month_day(day, 28 if month == 2 else 31)]


def _month_day(day: int, shortest: int) -> list[str]:
    """Return a day of a month; beyond its shortest length, the latest day there is up to that one."""
    if day <= shortest:
        return [f"BYMONTHDAY={day}"]
    return ["BYMONTHDAY=" + ",".join(map(str, range(shortest, day + 1))), "BYSETPOS=-1"]


def read(rule: str) -> Recurring:
    """Return what a rule says, but for its end and zone."""
    parts, at = parts_of(rule), time_of(rule)
    every = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "WEEKLY":
        return Weekly(days_of(rule), at.hour, at.minute, every=every)
    day = int(parts["BYMONTHDAY"].split(",")[-1])
    if parts["FREQ"] == "MONTHLY":
        return Monthly(day, at.hour, at.minute, every=every)
    return Yearly(int(parts["BYMONTH"]), day, at.hour, at.minute, every=every)


def days_of(rule: str) -> tuple[int, ...]:
    """Return the days that a weekly rule names, from 0, Monday."""
    return tuple(DAYS.index(day) for day in parts_of(rule)["BYDAY"].split(","))


def time_of(rule: str) -> time:
    parts = parts_of(rule)
    return time(int(parts["BYHOUR"]), int(parts["BYMINUTE"]))


def last_day(rule: str) -> date | None:
    """Return the last day on which a rule may still name a moment; None where it never ends."""
    until = parts_of(rule).get("UNTIL")
    return date.fromisoformat(until[:8]) if until else None


def period(rule: str) -> timedelta:
    """Return about how long it is from one run to the same day's next."""
    parts = parts_of(rule)
    days = {"WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[parts["FREQ"]]
    return timedelta(days=days * int(parts.get("INTERVAL", "1")))


def parts_of(rule: str) -> dict[str, str]:
    wished = rule.rpartition("RRULE:")[2]
    return dict(part.split("=", 1) for part in wished.split(";"))


def day_of(end: End, today: date) -> date:
    """Return the day that an end means: without a year, the next one from today."""
    year = end.year or next(year for year in range(today.year, today.year + 9) if _is_ahead(end, year, today))
    return date(year, end.month, end.day)


def _is_ahead(end: End, year: int, today: date) -> bool:
    return end.day <= monthrange(year, end.month)[1] and date(year, end.month, end.day) >= today

"""Moments as people write them, and which instant each means in their own time zone."""

from dataclasses import dataclass
from datetime import time, timedelta

from surveys.recurring import End


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
    """The next such day of the week, from 0, Monday."""

    day: int


@dataclass(frozen=True, slots=True)
class At:
    """A day and a time of it; day: None for the next one with such a time; at: None for the day's end.

    A time with an offset from UTC is not of the reader's zone.
    """

    day: Ahead | Weekday | End | None = None
    at: time | None = None


When = In | At

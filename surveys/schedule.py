"""Schedules: the next moment of a recurring wish, in the time zone of whoever wished it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """A digest that a channel asked for.

    rule: an RRULE without DTSTART, in wall time; zone: an IANA name.
    revision: grows with each change, so that a run of an earlier wish is no run of this one.
    """

    id: str
    workspace: str
    channel: str
    owner: str
    language: str
    rule: str
    zone: str
    next_run: datetime
    last_run: datetime | None = None
    revision: int = 1

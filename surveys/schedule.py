"""Schedules: the next moment of a recurring wish, in the time zone of whoever wished it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from itertools import chain, pairwise, takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from dateutil.rrule import rrulestr

from surveys.errors import Refused


class UnknownZone(Refused):
    sentence = (
        "I don't know the time zone “{zone}”. "
        "Write it as Europe/Paris or America/New_York, or leave it out for your own."
    )


class MisspeltZone(Refused):
    sentence = "I don't know the time zone “{zone}”. Did you mean {known}?"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A digest that a channel asked for.

    rule: an RRULE in wall time, after a DTSTART where every second week or so is counted from a day.
    zone: an IANA name.
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


def next_run(rule: str, zone: str, after: datetime) -> datetime | None:
    """Return the first moment after `after` that a rule names, in UTC; the wall clock of `zone` decides.

    None where the rule has ended. An hour that does not exist, on a night when clocks go forward, is run at
    the first moment after it. One that comes twice, when they go back, is run the first time.
    """
    return next((moment for _, moment in runs_after(rule, zone, after)), None)


def runs_after(rule: str, zone: str, after: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give what a rule names after a moment: the wall time, and the moment when it is run."""
    place = ZoneInfo(still_known(zone))
    # Two days back: a whole day was left out where a country changed its side of the date line.
    start = after.astimezone(place).replace(tzinfo=None) - timedelta(days=2)
    start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    walls = _walls(rule, start)
    moments = ((wall, first_moment(wall, place)) for wall in walls)
    for (wall, moment), (_, following) in pairwise(chain(moments, [(start, _NEVER)])):
        # Where a day was left out, its run would come on the next one's day: that day's own is enough.
        if moment > after and _day(moment, place) != _day(following, place):
            yield wall, moment


_NEVER = datetime.max.replace(tzinfo=UTC)


def _day(moment: datetime, place: ZoneInfo) -> date | None:
    return None if moment is _NEVER else moment.astimezone(place).date()


def _walls(rule: str, start: datetime) -> Iterator[datetime]:
    return iter(rrulestr(rule, dtstart=start))


def first_moment(wall: datetime, place: ZoneInfo) -> datetime:
    """Return when a wall clock first shows a time, or, where it leaves that out, what comes right after."""
    later, earlier = (wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if later <= earlier:
        return later
    # Left out: read by the offset before the change it is late, by the one after it early.
    before = earlier.astimezone(place).utcoffset()
    while later - earlier > timedelta(seconds=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == before:
            earlier = middle
        else:
            later = middle
    return later


def is_left_out(wall: datetime, place: ZoneInfo) -> bool:
    """Say whether a wall clock never shows this time, because clocks went forward over it."""
    shown = first_moment(wall, place).astimezone(place).replace(tzinfo=None)
    return shown != wall


def left_out_within(rule: str, zone: str, after: datetime, ahead: timedelta) -> bool:
    """Say whether a rule names an hour, within so long, that does not exist on its night."""
    place = ZoneInfo(still_known(zone))
    start = after.astimezone(place).replace(tzinfo=None)
    walls = takewhile(lambda wall: wall <= start + ahead, _walls(rule, start))
    return any(is_left_out(wall, place) for wall in walls)


def still_known(zone: str) -> str:
    """Return a zone's name; UTC where our time zone data does not have it, or not any more."""
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone by its name, large or small letters alike; refuse one that there is not."""
    known, asked = _zones(), name.strip().replace(" ", "_").casefold()
    if asked in known:
        return ZoneInfo(known[asked])
    nearest = _by_city(asked) or get_close_matches(asked, sorted(known), n=1, cutoff=0.7)
    if nearest:
        raise MisspeltZone(zone=_shown(name), known=known[nearest[0]])
    raise UnknownZone(zone=_shown(name))


def _by_city(asked: str) -> list[str]:
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(_zones(), reverse=True)}
    found = get_close_matches(asked, sorted(cities), n=1, cutoff=0.8)
    return [cities[city] for city in found]


def _shown(name: str) -> str:
    return name if len(name) <= 60 else name[:59] + "…"


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}

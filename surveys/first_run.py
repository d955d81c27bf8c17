"""From a wish to what is kept: its rule and its first run, or a refusal that offers the next possible."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from surveys.errors import Refused
from surveys.recurring import Recurring, day_of, rule_of
from surveys.schedule import runs_after


class EndPassed(Refused):
    sentence = "{end} is past. The next report would come on {first}; end it then or later: until {first}"


class EndsTooSoon(Refused):
    sentence = (
        "No report would come by {end}: the first one comes on {first}. End it then or later: until {first}"
    )


def settled(wish: Recurring, zone: str, now: datetime) -> tuple[str, datetime]:
    """Return the rule of a wish and its first run after now; refuse an end before that.

    Every second week, month or year is counted from the first run.
    """
    wall, moment = next(runs_after(rule_of(replace(wish, every=1)), zone, now))
    first = wall.date()
    today = now.astimezone(ZoneInfo(zone)).date()
    last = day_of(wish.end, today) if wish.end else None
    if last is not None and last < first:
        refusal = EndPassed if last < today else EndsTooSoon
        raise refusal(end=last.isoformat(), first=first.isoformat())
    return rule_of(wish, first if wish.every > 1 else None, last), moment

"""The words after the report command, English and French, into what the person asks for."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from surveys.errors import Refused
from surveys.quotes import tidy
from surveys.vocabulary import HELP_WORDS

EXAMPLE = "/report weekly monday 9:00"


class UnknownWords(Refused):
    sentence = (
        "I don't know “{words}”. Write /report alone to post one, "
        "or /report weekly monday 9:00 for one each week."
    )


class MisspeltWord(Refused):
    sentence = "I don't know “{word}”. Did you mean “{known}”? For example: /report weekly monday 9:00"


class NoDay(Refused):
    sentence = "On which day? For example: /report weekly monday 9:00"


class NoTime(Refused):
    sentence = "At what time? For example: /report weekly monday 9:00"


class NoSuchTime(Refused):
    sentence = "“{time}” is no time of a day. Write it as 9:00, 18:30, 9h30 or 6pm."


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form in which a survey is chosen."""


@dataclass(frozen=True, slots=True)
class Help:
    """The list of what can be written."""


@dataclass(frozen=True, slots=True)
class Stop:
    """No more weekly reports here."""


@dataclass(frozen=True, slots=True)
class Show:
    """When the next weekly report comes here."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """A report each week. days: from 0, Monday, in order; zone: as written, None where it was not."""

    days: tuple[int, ...]
    hour: int
    minute: int
    zone: str | None = None


Request = OpenForm | Help | Stop | Show | Weekly

# fmt: off
DAY_NAMES = (
    ("monday", "mon", "lundi", "lun"), ("tuesday", "tue", "tues", "mardi", "mar"),
    ("wednesday", "wed", "mercredi", "mer"), ("thursday", "thu", "thur", "thurs", "jeudi", "jeu"),
    ("friday", "fri", "vendredi", "ven"), ("saturday", "sat", "samedi", "sam"),
    ("sunday", "sun", "dimanche", "dim"),
)
STOP_WORDS = (
    "stop", "off", "end", "cancel", "arrêter", "arreter", "arrête", "arrete", "fin", "stopper", "annuler",
    "stop weekly", "weekly stop", "weekly off", "hebdo stop", "hebdo off",
)
SHOW_WORDS = ("show", "list", "when", "next", "weekly show", "voir", "montrer", "liste", "quand")
WEEKLY_WORDS = (
    "weekly", "every", "each", "week", "hebdo", "hebdomadaire", "hebdomadairement", "chaque", "semaine",
    "tous", "toutes",
)
LINKS = frozenset((
    *WEEKLY_WORDS, "on", "at", "and", "&", "le", "la", "les", "à", "a", "et", "de", "du", "report", "rapport",
    ",", "by", "par",
))
# fmt: on
_DAYS: dict[str, int] = {
    form: day for day, names in enumerate(DAY_NAMES) for name in names for form in (name, f"{name}s")
}
_VERBS: dict[str, Request] = {
    "": OpenForm(),
    **dict.fromkeys(HELP_WORDS, Help()),
    **dict.fromkeys(STOP_WORDS, Stop()),
    **dict.fromkeys(SHOW_WORDS, Show()),
}
_TIME = re.compile(
    r"(?P<time>(?P<hour>\d+)(?:(?P<colon>\s*[:.]\s*)(?P<minute>\d*)|\s*h(?:eures?|\b|(?=\d))\s*(?P<after>\d*))?"
    r"(?:\s*(?P<half>[ap])\.?m\.?\b\.?)?)",
    re.IGNORECASE,
)
_NAMED_TIMES = {"noon": (12, 0), "midi": (12, 0), "midnight": (0, 0), "minuit": (0, 0)}
_KNOWN = sorted({*WEEKLY_WORDS, *_DAYS, *(word for word in _VERBS if word.isalpha()), *_NAMED_TIMES})


def parse(text: str) -> Request:
    """Return what the text of a command asks for; refuse what can't be understood."""
    words = tidy(text)
    verb = _VERBS.get(words.casefold().rstrip("."))
    if verb is not None:
        return verb
    if not _begins_a_week(words):
        _refuse(words)
    return _weekly(words)


def print_command(wish: Weekly) -> str:
    """Return the command's text that `parse` reads as this wish again."""
    days = " ".join(DAY_NAMES[day][0] for day in wish.days)
    zone = f" {wish.zone}" if wish.zone else ""
    return f"weekly {days} {wish.hour}:{wish.minute:02}{zone}"


def _begins_a_week(words: str) -> bool:
    first = _bare(words.split()[0])
    return first in _DAYS or first in LINKS


def _bare(word: str) -> str:
    return word.strip(",;.-–—").casefold()


def _weekly(words: str) -> Weekly:
    days, rest = _days(words)
    if not days:
        raise NoDay
    if not rest:
        raise NoTime
    (hour, minute), rest = _time(rest)
    return Weekly(days, hour, minute, _zone(rest))


def _days(words: str) -> tuple[tuple[int, ...], str]:
    """Return the days named at the head of a text, and what follows them."""
    days: set[int] = set()
    left = words.split()
    while left and not left[0][0].isdecimal():
        word = _bare(left[0])
        if word in _DAYS:
            days.add(_DAYS[word])
        elif word in _NAMED_TIMES:
            break
        elif word and word not in LINKS and left[0] not in LINKS:
            _refuse(left[0])
        left.pop(0)
    return tuple(sorted(days)), " ".join(left)


def _time(text: str) -> tuple[tuple[int, int], str]:
    """Return the hour and minute at the head of a text, and what follows them."""
    first, _, rest = text.partition(" ")
    if _bare(first) in _NAMED_TIMES:
        return _NAMED_TIMES[_bare(first)], rest
    found = _TIME.match(text)
    if found is None:
        raise NoTime
    return _read_time(found), text[found.end() :]


def _read_time(found: re.Match[str]) -> tuple[int, int]:
    minutes = found["minute"] if found["colon"] else found["after"] or "00"
    hour, half = int(found["hour"][:4]), (found["half"] or "").casefold()
    if len(minutes) != 2 or int(minutes) > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise NoSuchTime(time=_shown(found["time"].strip()))
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(minutes)


def _zone(text: str) -> str | None:
    """Return the zone that a text names; its words, such as “(New York)”, are checked elsewhere."""
    named = text.strip(" ,;()[]")
    first, _, rest = named.partition(" ")
    if first.casefold() in {"in", "à", "en", "zone", "time"} and rest:
        named = rest
    return named or None


def _refuse(words: str) -> NoReturn:
    first = words.split()[0]
    nearest = get_close_matches(_bare(first), _KNOWN, n=1, cutoff=0.7)
    if nearest:
        raise MisspeltWord(word=_shown(first), known=nearest[0])
    raise UnknownWords(words=_shown(words))


def _shown(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"

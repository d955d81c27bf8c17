"""The words after the report command, English and French, into what the person asks for."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from surveys.date_words import MONTH_NAMES, cut_end, date_in_words, month_of
from surveys.errors import Refused
from surveys.quotes import tidy
from surveys.recurring import (
    LAST,
    LONGEST_MONTHS,
    MOST_EVERY,
    End,
    Monthly,
    Recurring,
    Weekly,
    Yearly,
)
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


class NoDayOfMonth(Refused):
    sentence = (
        "On which day of the month? For example: /report monthly 1 9:00, or /report monthly last day 9:00"
    )


class NoSuchDay(Refused):
    sentence = "No month has a day {day}. Write 1 to 31, or: /report monthly last day {time}"


class NoDate(Refused):
    sentence = "On which date? For example: /report yearly 29 february 9:00"


class NoSuchDate(Refused):
    sentence = "There is no {wanted}. The nearest is {nearest}: /report yearly {nearest} {time}"


class NoSuchInterval(Refused):
    sentence = "Every {number} is not possible: write 1 to 52. For example: /report every 2 weeks monday 9:00"


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


Request = OpenForm | Help | Stop | Show | Recurring

# fmt: off
DAY_NAMES = (
    ("monday", "mon", "lundi", "lun"), ("tuesday", "tue", "tues", "mardi", "mar"),
    ("wednesday", "wed", "mercredi", "mer"), ("thursday", "thu", "thur", "thurs", "jeudi", "jeu"),
    ("friday", "fri", "vendredi", "ven"), ("saturday", "sat", "samedi", "sam"),
    ("sunday", "sun", "dimanche", "dim"),
)
STOP_WORDS = (
    "stop", "off", "end", "cancel", "arrêter", "arreter", "arrête", "arrete", "fin", "stopper", "annuler",
    "stop weekly", "weekly stop", "weekly off", "hebdo stop", "hebdo off", "monthly stop", "yearly stop",
    "mensuel stop", "annuel stop",
)
SHOW_WORDS = ("show", "list", "when", "next", "weekly show", "voir", "montrer", "liste", "quand")
EVERY_WORDS = ("every", "each", "chaque", "tous", "toutes")
WEEK_WORDS = ("weekly", "week", "weeks", "hebdo", "hebdomadaire", "hebdomadairement", "semaine", "semaines")
MONTH_WORDS = ("monthly", "month", "months", "mensuel", "mensuelle", "mensuellement", "mois")
YEAR_WORDS = (
    "yearly", "annually", "year", "years", "annuel", "annuelle", "annuellement", "an", "ans", "année",
    "annee", "années", "annees",
)
LAST_WORDS = ("last", "dernier")
LINKS = frozenset((
    *EVERY_WORDS, *WEEK_WORDS, *MONTH_WORDS, *YEAR_WORDS, "on", "at", "and", "&", "the", "of", "le", "la",
    "les", "à", "a", "et", "de", "du", "report", "rapport", ",", "by", "par",
))
DATE_LINKS = LINKS | {"day", "jour", "its", "in", "en"}
NUMBERS = {"other": 2, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4}
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
_KNOWN = sorted({
    *EVERY_WORDS, *WEEK_WORDS, *MONTH_WORDS, *YEAR_WORDS, *LAST_WORDS, *MONTH_NAMES, *_DAYS, *_NAMED_TIMES,
    *(word for word in _VERBS if word.isalpha()),
})  # fmt: skip
_UNITS = "|".join((*WEEK_WORDS, *MONTH_WORDS, *YEAR_WORDS))
_EVERY = re.compile(rf"\b(?P<number>\d+|{'|'.join(NUMBERS)})\s+(?P<unit>{_UNITS})\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th|er|ère|e|ème)?", re.IGNORECASE)


def parse(text: str) -> Request:
    """Return what the text of a command asks for; refuse what can't be understood."""
    words = tidy(text)
    verb = _VERBS.get(words.casefold().rstrip("."))
    if verb is not None:
        return verb
    end, wish = cut_end(words)
    if not wish or not _begins(wish):
        _refuse(words)
    return _recurring(wish, end)


def print_command(wish: Recurring) -> str:
    """Return the command's text that `parse` reads as this wish again."""
    every = f"every {wish.every} "
    match wish:
        case Weekly():
            unit, on = "week", " ".join(DAY_NAMES[day][0] for day in wish.days)
        case Monthly():
            unit, on = "month", "last day" if wish.day == LAST else str(wish.day)
        case Yearly():
            unit, on = "year", f"{wish.day} {MONTH_NAMES[wish.month - 1]}"
    rhythm = f"{unit}ly" if wish.every == 1 else f"{every}{unit}s"
    zone = f" {wish.zone}" if wish.zone else ""
    return f"{rhythm} {on} {wish.hour}:{wish.minute:02}{zone}{_until(wish.end)}"


def _until(end: End | None) -> str:
    if end is None:
        return ""
    if end.year:
        return f" until {end.year:04}-{end.month:02}-{end.day:02}"
    return f" until {end.day} {MONTH_NAMES[end.month - 1]}"


def _begins(words: str) -> bool:
    first = _bare(words.split()[0])
    return first in _DAYS or first in LINKS or first in LAST_WORDS or month_of(first) is not None


def _bare(word: str) -> str:
    return word.strip(",;.-–—").casefold()


def _recurring(words: str, end: End | None) -> Recurring:
    every, words = _every(words)
    named = [_bare(word) for word in words.split()]
    if any(word in YEAR_WORDS or month_of(word) for word in named):
        return _yearly(words, every, end)
    if any(word in MONTH_WORDS or word in LAST_WORDS for word in named):
        return _monthly(words, every, end)
    return _weekly(words, every, end)


def _every(words: str) -> tuple[int, str]:
    """Return the number before “weeks” and the like, and the words without it."""
    found = _EVERY.search(words)
    if found is None:
        return 1, words
    number = NUMBERS.get(found["number"].casefold()) or int(found["number"][:4])
    if not 1 <= number <= MOST_EVERY:
        raise NoSuchInterval(number=_shown(f"{found['number']} {found['unit']}"))
    return number, f"{words[: found.start()]}{found['unit']}{words[found.end() :]}"


def _weekly(words: str, every: int, end: End | None) -> Weekly:
    days, rest = _days(words)
    if not days:
        raise NoDay
    (hour, minute), zone = _time_and_zone(rest)
    return Weekly(days, hour, minute, zone, every, end)


def _monthly(words: str, every: int, end: End | None) -> Monthly:
    day, _, rest = _date(words, NoDayOfMonth())
    if day is None:
        raise NoDayOfMonth
    (hour, minute), zone = _time_and_zone(rest)
    if day != LAST and not 1 <= day <= 31:
        raise NoSuchDay(day=day, time=_shown(rest))
    return Monthly(day, hour, minute, zone, every, end)


def _yearly(words: str, every: int, end: End | None) -> Yearly:
    day, word, rest = _date(words, NoDate())
    month = month_of(word)
    if day is None or month is None:
        raise NoDate
    (hour, minute), zone = _time_and_zone(rest)
    most = LONGEST_MONTHS[month - 1]
    if day != LAST and not 1 <= day <= most:
        # The 28th is in every year.
        nearest = date_in_words(1 if day < 1 else min(most, 28 if month == 2 else most), month, word)
        raise NoSuchDate(wanted=date_in_words(day, month, word), nearest=nearest, time=_shown(rest))
    return Yearly(month, most if day == LAST else day, hour, minute, zone, every, end)


def _date(words: str, missing: Refused) -> tuple[int | None, str, str]:
    """Return the day at the head of a text, its month's name or "", and what follows them."""
    day, month, left = None, "", words.split()
    while left:
        word = _bare(left[0])
        number = _ORDINAL.fullmatch(word)
        if word in _NAMED_TIMES or (left[0][0].isdecimal() and not (number and day is None)):
            break
        if number:
            day = int(number[1])
        elif word in LAST_WORDS:
            day = LAST
        elif month_of(word):
            month = word
        elif word in _DAYS:
            raise missing
        elif word and word not in DATE_LINKS and left[0] not in DATE_LINKS:
            _refuse(left[0])
        left.pop(0)
    return day, month, " ".join(left)


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


def _time_and_zone(text: str) -> tuple[tuple[int, int], str | None]:
    if not text:
        raise NoTime
    at, rest = _time(text)
    return at, _zone(rest)


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

"""Dates in English and French words: months by their names, and the end that a wish names."""

import re
import unicodedata
from calendar import monthrange
from datetime import MAXYEAR

from surveys.errors import Refused
from surveys.recurring import LONGEST_MONTHS, End


class NoEndDate(Refused):
    sentence = "Until which day? Write it as until 2026-12-31 or until 31 december."


class NoSuchEnd(Refused):
    sentence = "There is no {wanted}. The nearest is {nearest}. Write: until {nearest}"


# fmt: off
ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)
SHORT = (
    ("jan", "janv"), ("feb", "févr", "fevr", "fev"), (), ("apr", "avr"), (), ("jun",),
    ("jul", "juil"), ("aug",), ("sep", "sept"), ("oct",), ("nov",), ("dec", "déc"),
)
# fmt: on


def _plain(word: str) -> str:
    """Return a word without its accents, as it is often typed."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_MONTHS = {
    _plain(form): number
    for number, names in enumerate(zip(ENGLISH, FRENCH, SHORT, strict=True), 1)
    for form in (names[0], names[1], *names[2])
}
MONTH_NAMES = (*ENGLISH, *FRENCH)
_UNTIL = re.compile(
    r"[\s,;]*\b(?:until|till|through|jusqu(?:e\s+|\s?['’]\s?)(?:au|à|a|en)?)(?:\s+(?:the|le)\b)?\s*",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b")
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b(?!\s*[:.h]))?"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]+)\b\.?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>[^\W\d_]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[:.h]){_YEAR}", re.IGNORECASE
)


def month_of(word: str) -> int | None:
    """Return the month, from 1, that a word names in either language."""
    return _MONTHS.get(_plain(word))


def date_in_words(day: int, month: int, word: str) -> str:
    """Return a day of a month in the language of the word by which the month was named."""
    english, french = ENGLISH[month - 1], FRENCH[month - 1]
    is_english = english.startswith(_plain(word))
    return f"{day} {english.capitalize() if is_english else french}"


def cut_end(text: str) -> tuple[End | None, str]:
    """Return the end that a text names, and the text without it."""
    said = _UNTIL.search(text)
    if said is None:
        return None, text
    found = next((m for p in (_ISO, _DAY_FIRST, _MONTH_FIRST) if (m := p.match(text, said.end()))), None)
    if found is None:
        raise NoEndDate
    return _end(found), f"{text[: said.start()]} {text[found.end() :]}".strip()


def _end(found: re.Match[str]) -> End:
    named = found.groupdict()
    word = named.get("month") or ""
    month, day = int(named.get("number") or month_of(word) or 0), int(named["day"])
    year = int(named["year"]) if named["year"] else None
    if not 1 <= month <= 12 or day < 1 or (year is not None and not 1 <= year <= MAXYEAR):
        raise NoEndDate
    most = monthrange(year, month)[1] if year else LONGEST_MONTHS[month - 1]
    if day > most:
        raise NoSuchEnd(wanted=found[0], nearest=_nearest(word, year, month, most))
    return End(month, day, year)


def _nearest(word: str, year: int | None, month: int, day: int) -> str:
    if not word:
        return f"{year:04}-{month:02}-{day:02}"
    # 29 February without a year may be years away.
    sure = day if year else min(day, 28 if month == 2 else day)
    return date_in_words(sure, month, word) + (f" {year}" if year else "")

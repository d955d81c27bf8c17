"""The words of a wish beside a poll's question, English and French, into its value and back."""

import re
from collections.abc import Callable, Sequence

from surveys import moment_said, moment_words
from surveys.anonymity import Level
from surveys.errors import Refused
from surveys.moment_words import UnknownMoment
from surveys.options import MOST_OPTIONS, Adding
from surveys.seeing import PollKind, Seeing
from surveys.vocabulary import (
    LANGUAGES,
    LATER_WISHES,
    MOMENTS,
    SURE,
    SURE_MOMENT,
    WISH_WORDS,
    WISHES,
    is_french,
)
from surveys.wishes import Wish, Wishes


class NotYet(Refused):
    sentence = (
        "“{word}” can't be asked for yet, so nothing was posted. Take it out and send the command again; "
        "if it is part of your question, put the question in quotes."
    )


class UnknownLanguage(Refused):
    sentence = "I don't speak “{language}”. Write lang en or lang fr, or leave it out."


class NoNumber(Refused):
    sentence = "How many choices? Write {word} 2, or another whole number from 1 to 100."


_MARKS = re.compile(r"[?!,;…؟？]+")
_PLAIN = {
    "anonymous": Wishes(Level.ANONYMOUS),
    "named": Wishes(Level.NAMED),
    "names-hidden": Wishes(Level.HIDDEN),
    "live": Wishes(seeing=Seeing.LIVE),
    "after-vote": Wishes(seeing=Seeing.AFTER_VOTE),
    "after-close": Wishes(seeing=Seeing.AFTER_CLOSE),
    "owners": Wishes(seeing=Seeing.OWNERS),
    "multi": Wishes(most=0),
    "add-choice": Wishes(adding=Adding.ANYONE),
    "add-approved": Wishes(adding=Adding.APPROVED),
    "other": Wishes(has_other=True),
    "shuffle": Wishes(is_shuffled=True),
    "ranking": Wishes(kind=PollKind.RANKING),
    "rating": Wishes(kind=PollKind.RATING),
    "dates": Wishes(kind=PollKind.DATES),
    "quiz": Wishes(kind=PollKind.QUIZ),
}
_NUMBERED: dict[str, Callable[[int], Wishes]] = {
    "limit": lambda number: Wishes(most=number),
    "exactly": lambda number: Wishes(least=number, most=number),
    "at-least": lambda number: Wishes(least=number),
}
FRENCH = {
    "anonymous": "anonyme", "named": "nominatif", "names-hidden": "noms-masqués", "live": "direct",
    "after-vote": "après-vote", "after-close": "après-clôture", "owners": "responsables", "limit": "limite",
    "exactly": "exactement", "at-least": "au moins", "multi": "plusieurs", "add-choice": "ajout",
    "add-approved": "ajout validé", "other": "autre",
    "shuffle": "mélanger", "ranking": "classement", "rating": "note", "dates": "quand", "close": "fin",
    "on": "le", "lang": "langue",
}  # fmt: skip


def named(words: Sequence[str]) -> tuple[str | None, int]:
    """Return the name of the wish that some words begin with, and how many words name it."""
    for size in (3, 2, 1):
        name = WISHES.get("-".join(words[:size]).casefold())
        if name and len(words) >= size:
            return name, size
    return None, 0


def read(words: Sequence[str]) -> Wish | None:
    """Return the wish that some words begin with, or None; refuse one of later, or without its value."""
    name, size = named(words)
    if name is None:
        return None
    word = " ".join(words[:size])
    if name in LATER_WISHES:
        raise NotYet(word=word)
    wishes, count = _PLAIN.get(name), size
    if wishes is None:
        wishes, more = _with_value(name, word, words[size:])
        count += more
    return Wish(name, word, wishes, count)


def _with_value(name: str, word: str, rest: Sequence[str]) -> tuple[Wishes, int]:
    if name in _NUMBERED:
        return _NUMBERED[name](_number(word, rest)), 1
    if name == "lang":
        return Wishes(language=_language(rest[0] if rest else word)), 1
    when, count = moment_words.read(rest)
    return (Wishes(closes=when) if name == "close" else Wishes(posts=when)), count


def _number(word: str, rest: Sequence[str]) -> int:
    is_number = bool(rest) and rest[0].isdecimal() and len(rest[0]) < 5
    if not is_number or not 1 <= int(rest[0]) <= MOST_OPTIONS:
        raise NoNumber(word=word)
    return int(rest[0])


def _language(word: str) -> str:
    language = LANGUAGES.get(word.casefold())
    if language is None:
        raise UnknownLanguage(language=word)
    return language


def run(words: Sequence[str]) -> list[Wish]:
    """Return the wishes that some words begin with, one after the other."""
    return _run(words, is_sure_only=False)


def sure_run(words: Sequence[str]) -> list[Wish]:
    """Return the wishes at the head of a question without quotes, which might be part of it."""
    return _run(words, is_sure_only=True)


def _run(words: Sequence[str], *, is_sure_only: bool) -> list[Wish]:
    found: list[Wish] = []
    at = 0
    while at < len(words) and (not is_sure_only or _is_sure(words[at:])):
        wish = read(words[at:])
        if wish is None:
            break
        found.append(wish)
        at += wish.count
    return found


def _is_sure(words: Sequence[str]) -> bool:
    """Say whether a text without quotes begins with a wish: “limit 2 …”, “close 18:00 …”."""
    name, size = named(words)
    value = words[size].casefold() if len(words) > size else ""
    if name == "limit":
        return value.isdecimal() or not value
    if name == "lang":
        return value in LANGUAGES or len(value) == 2
    if name in SURE or (_begins_like_moment(words) and _goes_on_after_moment(words[size:])):
        return True
    return words[0] not in ("when", "quand", "every", "chaque") and _is_before_capital(words)


def _is_before_capital(words: Sequence[str]) -> bool:
    """Say whether a wish in small letters stands before a capital; a moment may stand alone.

    “ranking Where? | Here | There”, “on friday Lunch?”, “close friday”.
    """
    try:
        wish = read(words) if words[0].islower() else None
    except Refused:
        return False
    rest = words[wish.count :] if wish else ()
    if wish and not rest:
        return wish.name in MOMENTS
    return bool(rest) and (rest[0][0].isupper() or _is_sure(rest))


def _begins_like_moment(words: Sequence[str]) -> bool:
    return SURE_MOMENT.match(" ".join(words).casefold()) is not None


def _goes_on_after_moment(words: Sequence[str]) -> bool:
    """Say whether there is more after a moment than the mark of a question, as in “On 3 March ?”."""
    try:
        _, count = moment_words.read(words)
    except UnknownMoment:
        return False
    return count == len(words) or any(char.isalnum() for char in "".join(words[count:]))


def may_be_moment(words: Sequence[str]) -> bool:
    """Say whether a question without quotes begins like a wish, but with no moment that we know.

    “On 3 March?” and “On 3 March, shall we?” are plain questions.
    """
    if not _begins_like_moment(words):
        return False
    try:
        moment_words.read(_MARKS.sub(" ", " ".join(words[1:])).split())
    except UnknownMoment:
        return True
    return False


def printed(wishes: Wishes, language: str) -> list[str]:
    """Return the words that `run` takes for these wishes.

    “on” comes before “close”, since “close 18:00 on friday” is one moment.
    """
    words = [_word(name, language) for name, plain in _PLAIN.items() if _has(wishes, plain)]
    least, most = wishes.least, wishes.most
    if least and least == most:
        words.append(f"{_word('exactly', language)} {least}")
    else:
        words += [f"{_word('at-least', language)} {least}"] if least else []
        words += [f"{_word('limit', language)} {most}"] if most else []
    for name, when in (("on", wishes.posts), ("close", wishes.closes)):
        words += [f"{_word(name, language)} {moment_said.printed(when, language)}"] if when else []
    return words + ([f"{_word('lang', language)} {wishes.language}"] if wishes.language else [])


def _has(wishes: Wishes, plain: Wishes) -> bool:
    """Say whether these wishes have the one thing that a plain word wishes."""
    return (
        (plain.level is not None and plain.level is wishes.level)
        or (plain.seeing is not None and plain.seeing is wishes.seeing)
        or (plain.kind is not None and plain.kind is wishes.kind)
        or (plain.most == 0 and wishes.most == 0)
        or (plain.adding is not None and plain.adding is wishes.adding)
        or (plain.has_other and wishes.has_other)
        or (plain.is_shuffled and wishes.is_shuffled)
    )


def _word(name: str, language: str) -> str:
    return FRENCH.get(name, name) if is_french(language) else WISH_WORDS[name][0]

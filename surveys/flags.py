"""The flags of the poll command, such as --limit=2: what they wish, and the parts without them."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import takewhile

from surveys import wish_words
from surveys.errors import Refused
from surveys.quotes import Kind, Part
from surveys.vocabulary import LANGUAGE_WORDS, SURE_WORDS, WISH_SPELLINGS, WISHES
from surveys.wishes import Wish


class UnknownWord(Refused):
    sentence = (
        "I don't know “{word}”. Write /poll help for the list; "
        "if it is part of your question, put the question in quotes."
    )


class MisspeltWord(Refused):
    sentence = (
        "I don't know “{word}”. Did you mean “{known}”? Write /poll help for the list; "
        "if it is part of your question, put the question in quotes."
    )


class UnknownValue(Refused):
    sentence = "I don't understand “{value}” after “{word}”. Write /poll help for the list."


_FLAG = re.compile(r"(?P<dashes>--|[-–—])(?P<name>[^\W\d_][\w-]*)(?:=(?P<value>.*))?", re.DOTALL)


def check_spelling(word: str, known: Sequence[str], dashes: str = "", cutoff: float = 0.75) -> None:
    """Refuse a word that is nearly one of those, but none of them."""
    nearest = get_close_matches(word.casefold(), known, n=1, cutoff=cutoff)
    if nearest and nearest[0] != word.casefold():
        raise MisspeltWord(word=dashes + word, known=dashes + nearest[0])


def taken(parts: Sequence[Part]) -> tuple[list[Wish], list[Part]]:
    """Return what the flags wish for, and the parts that are none of them."""
    wishes: list[Wish] = []
    kept: list[Part] = []
    at = 0
    while at < len(parts):
        flag = _flag(parts[at])
        if flag is None:
            kept.append(parts[at])
            at += 1
            continue
        wish, count = _wish(flag, parts[at + 1 :])
        wishes.append(wish)
        at += count
    return wishes, kept


def _flag(part: Part) -> re.Match[str] | None:
    """Return the flag that a part is; None where it is none; refuse one that is not known.

    Slack's clients turn -- into a dash, so a dash before a known word is a flag too.
    """
    match = _FLAG.fullmatch(part.text) if part.kind is Kind.WORD else None
    if match is None:
        return None
    name, dashes = match["name"].casefold(), match["dashes"]
    is_known = name in WISHES or wish_words.named(name.split("-"))[0] is not None
    if dashes == "--":
        if not is_known:
            check_spelling(match["name"], WISH_SPELLINGS, dashes)
            raise UnknownWord(word=part.text)
        return match
    is_flag = name in WISHES if dashes != "-" else name in SURE_WORDS or name in LANGUAGE_WORDS
    return match if is_flag else None


def _wish(flag: re.Match[str], after: Sequence[Part]) -> tuple[Wish, int]:
    """Return the wish of a flag, and how many parts it takes, its own included."""
    typed = flag["dashes"] + flag["name"]
    value = flag["value"] and flag["value"].rstrip(",;")
    if value == "" and after and after[0].kind is Kind.QUOTED and not after[0].gap:
        return _quoted_value(flag, typed, after[0].text), 2
    values = [value] if value else []
    words = takewhile(lambda part: part.kind is Kind.WORD and _FLAG.fullmatch(part.text) is None, after)
    wish = wish_words.read([flag["name"], *values, *(part.text for part in words)])
    if wish is None:
        raise UnknownWord(word=typed)
    if values and wish.count < 2:
        raise UnknownValue(value=value, word=typed)
    return Wish(wish.name, typed, wish.wishes, wish.count), wish.count - len(values)


def _quoted_value(flag: re.Match[str], typed: str, text: str) -> Wish:
    words = [flag["name"], *text.split()]
    wish = wish_words.read(words)
    if wish is None or wish.count != len(words):
        raise UnknownValue(value=text, word=typed)
    return Wish(wish.name, typed, wish.wishes, wish.count)

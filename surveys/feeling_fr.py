"""How French feels: an engine of VADER's kind, with French negation, boosters and phrases."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import copysign
from unicodedata import combining, normalize

from surveys import phrases
from surveys.emoji_tones import EMOJI
from surveys.tone import Reason

CAPITALS = 0.733
NEGATED = -0.74
"""VADER's own numbers: what capitals add, and what a negation multiplies by."""

BEFORE = 3
"""How many words a booster may stand before what it boosts."""
REACH = 6
"""How many words a negation reaches: "pas du tout été très bien accueillis"."""

BOOSTERS = dict(phrases.read("boosters_fr.txt"))
FAINT = 0.5
"""Words that the other list has as fainter are mostly there by mistake ("sous", "exposés")."""
SHORTEST_BEGINNING = 3
NEGATIONS = frozenset(("pas", "jamais", "rien", "aucun", "aucune", "sans", "ni", "nullement", "guère"))
NE = frozenset(("ne", "n'"))
TURNS = frozenset(("mais", "cependant", "toutefois", "pourtant", "néanmoins"))
BREAKS = frozenset(".!?;,:()") | TURNS | frozenset(("car", "donc", "parce", "puisque"))

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|\.{2,}|[^\w\s]")
_LONG = re.compile(r"(\w)\1{2,}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """values: by word as it should be written; bare: by word without accents; beginnings: the same, cut."""

    values: dict[str, float]
    bare: dict[str, float]
    beginnings: dict[str, float]
    phrases: phrases.Phrases

    def value(self, word: str, bare: str) -> float:
        """Return what a word says; bare: the word without its accents, as quick fingers type it."""
        if word in self.values:
            return self.values[word]
        if bare in self.bare:
            return self.bare[bare]
        starts = (bare[:size] for size in range(len(bare), SHORTEST_BEGINNING - 1, -1))
        return next((self.beginnings[start] for start in starts if start in self.beginnings), 0.0)


def without_accents(word: str) -> str:
    return word if word.isascii() else "".join(sign for sign in normalize("NFD", word) if not combining(sign))


@cache
def lexicon() -> Lexicon:
    """What our list says of a word counts before what the other says."""
    own = dict(phrases.read("own_fr.txt"))
    words = {word: value for word, value in own.items() if " " not in word}
    whole = {word: value for word, value in words.items() if not word.endswith("*")}
    beginnings = {without_accents(word[:-1]): words[word] for word in words.keys() - whole.keys()}
    theirs = {word: value for word, value in _vader() if not _begins(word, beginnings)}
    values = theirs | dict.fromkeys(BOOSTERS, 0.0) | whole | EMOJI
    bare = {without_accents(word): value for word, value in values.items() if word[0].isalpha()}
    return Lexicon(
        values,
        bare,
        beginnings,
        phrases.collect((" ".join(_bare(phrase)), value) for phrase, value in own.items()),
    )


def _begins(word: str, beginnings: Container[str]) -> bool:
    bare = without_accents(word)
    return any(bare[:size] in beginnings for size in range(SHORTEST_BEGINNING, len(bare) + 1))


def _vader() -> Iterator[tuple[str, float]]:
    for line in (files("surveys") / "lexicons" / "vader_fr.txt").read_text(encoding="utf-8").splitlines():
        word, arrow, value = line.rpartition("->")
        if arrow and abs(float(value)) >= FAINT:
            yield word.strip(), float(value)


def _bare(phrase: str) -> list[str]:
    return [without_accents(word) for word in _WORDS.findall(phrase)]


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a phrase as one: value is None where nobody has an opinion of it."""

    written: str
    lower: str
    value: float | None


def words_of(text: str) -> tuple[Word, ...]:
    """Split into words and signs, phrases joined: "l'" is a word, an emoticon is one too."""
    known = lexicon()
    written = [piece for chunk in text.split() for piece in _pieces(chunk, known)]
    lower = [_LONG.sub(r"\1\1", word.lower()) for word in written]
    bare = [without_accents(word) for word in lower]
    return tuple(_joined(known, written, lower, bare))


def _pieces(chunk: str, known: Lexicon) -> list[str]:
    return [chunk] if chunk in known.values else _WORDS.findall(chunk)


def _joined(
    known: Lexicon, written: Sequence[str], lower: Sequence[str], bare: Sequence[str]
) -> Iterator[Word]:
    at = 0
    while at < len(written):
        found = known.phrases.find(bare, at)
        if found is None:
            yield Word(written[at], lower[at], known.value(lower[at], bare[at]) or None)
            at += 1
            continue
        phrase, value = found
        size = len(phrase)
        yield Word(" ".join(written[at : at + size]).replace("' ", "'"), " ".join(phrase), value or None)
        at += size


def feeling(text: str) -> tuple[Reason, ...]:
    """Return what counts in a clean French text, and how much, on VADER's scale of -4 to 4 a word."""
    words = words_of(text)
    turn = max((place for place, word in enumerate(words) if word.lower in TURNS), default=None)
    calm = all(word.written.isupper() for word in words) or not any(word.written.isupper() for word in words)
    return tuple(
        _weighed(words, place, word.value, calm, turn)
        for place, word in enumerate(words)
        if word.value is not None
    )


def _weighed(words: Sequence[Word], place: int, value: float, calm: bool, turn: int | None) -> Reason:
    word = words[place]
    part = value + copysign(_boost(words, place), value) if _boost(words, place) else value
    if not calm and len(word.written) > 1 and word.written.isupper():
        part += copysign(CAPITALS, value)
    negated = _negated_before(words, place) or _negated_after(words, place)
    note = (
        "negated" if negated else "stronger" if abs(part) > abs(value) else "weaker" if part != value else ""
    )
    part *= NEGATED if negated else 1.0
    part *= 1.0 if turn is None else 0.5 if place < turn else 1.5
    return Reason(word.written, round(part, 2), note)


def _before(words: Sequence[Word], place: int, most: int) -> Iterator[tuple[int, str]]:
    """Yield the words before that one, nearest first, as far as the clause goes."""
    for at in range(place - 1, max(place - 1 - most, -1), -1):
        if words[at].lower in BREAKS:
            return
        yield at, words[at].lower


def _boost(words: Sequence[Word], place: int) -> float:
    """Return what the words before add in size: less from further away, as VADER has it."""
    return sum(
        BOOSTERS.get(word, 0.0) * (1.05 - 0.05 * (place - at))
        for at, word in _before(words, place, BEFORE)
        if words[at].value is None
    )


def _negated_before(words: Sequence[Word], place: int) -> bool:
    return any(_negates(words, at) for at, _ in _before(words, place, REACH))


def _negates(words: Sequence[Word], at: int) -> bool:
    """ "plus" says "more" as well as "no more": it is the "ne" before that tells."""
    word = words[at].lower
    return word in NEGATIONS or (word == "plus" and _has_ne(words, at))


def _has_ne(words: Sequence[Word], place: int) -> bool:
    return any(word in NE for _, word in _before(words, place, BEFORE))


def _negated_after(words: Sequence[Word], place: int) -> bool:
    """A verb stands before its "pas": "je n'aime vraiment pas", and said quickly "j'aime pas"."""
    reach = BEFORE if _has_ne(words, place) else 1
    for at in range(place + 1, min(place + 1 + reach, len(words))):
        if words[at].lower in BREAKS:
            return False
        if _negates(words, at):
            return words[at].lower not in ("sans", "ni")
    return False

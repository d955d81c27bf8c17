"""Phrases that feel otherwise than their words, found in a text and made one word of it."""

import re
from collections.abc import Iterable, Sequence
from importlib.resources import files

ANY = "*"
"""In a phrase: any one word."""

_CHOICE = re.compile(r"\(([^()]*)\)")

Phrases = dict[str, list[tuple[tuple[str, ...], float]]]
"""By the first word; the longest first."""


def read(name: str) -> Iterable[tuple[str, float]]:
    """Yield each entry of one of our word lists with its value: a value and a tab, then the phrase.

    "(a|b)" in a phrase stands for either; "()" or an empty side for nothing.
    """
    for line in (files("surveys") / "lexicons" / name).read_text(encoding="utf-8").splitlines():
        value, tab, pattern = line.partition("\t")
        if tab and not line.startswith("#"):
            for phrase in expand(pattern):
                yield phrase, float(value)


def expand(pattern: str) -> Iterable[str]:
    """Yield the phrases that a pattern stands for: one inner choice is made at a time."""
    choice = _CHOICE.search(pattern)
    if choice is None:
        yield " ".join(pattern.split())
        return
    for side in choice[1].split("|"):
        yield from expand(pattern[: choice.start()] + side + pattern[choice.end() :])


def by_first_word(entries: Iterable[tuple[str, float]]) -> Phrases:
    phrases: Phrases = {}
    for phrase, value in entries:
        words = tuple(phrase.split())
        phrases.setdefault(words[0], []).append((words, value))
    for same_start in phrases.values():
        same_start.sort(key=lambda entry: (-len(entry[0]), entry[0].count(ANY)))
    return phrases


def find(phrases: Phrases, words: Sequence[str], at: int) -> tuple[tuple[str, ...], float] | None:
    """Return the longest phrase that starts there, and its value."""
    for phrase, value in phrases.get(words[at], ()):
        if fits(phrase, words, at):
            return phrase, value
    return None


def fits(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(word in (ANY, words[at + step]) for step, word in enumerate(phrase))

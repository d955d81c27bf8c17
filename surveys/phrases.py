"""Phrases that feel otherwise than their words, found in a text and made one word of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

ANY = "*"
"""In a phrase: any one word."""


Found = tuple[tuple[str, ...], float]
"""A phrase and its value."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """exact: by all words; sizes: by first word, how many words its phrases have, most first.

    loose: by first word, those with any word in them.

    There are some 40,000: a text asks the dictionary, it does not go through them.
    """

    exact: Mapping[tuple[str, ...], float]
    sizes: Mapping[str, tuple[int, ...]]
    loose: Mapping[str, tuple[Found, ...]]

    def find(self, words: Sequence[str], at: int) -> Found | None:
        """Return the longest phrase that starts there; an exact one before one with any word in it."""
        for size in self.sizes.get(words[at], ()):
            here = tuple(words[at : at + size])
            if here in self.exact:
                return here, self.exact[here]
        return next((loose for loose in self.loose.get(words[at], ()) if fits(loose[0], words, at)), None)


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
    """Yield the phrases that a pattern stands for; a choice may hold choices."""
    for phrase in _expand(pattern):
        yield " ".join(phrase.split())


def _expand(pattern: str) -> Iterator[str]:
    before, opened, rest = pattern.partition("(")
    if not opened:
        yield before
        return
    sides, after = _choice(rest)
    for end in _expand(after):
        for side in sides:
            for inner in _expand(side):
                yield before + inner + end


def _choice(rest: str) -> tuple[list[str], str]:
    """Return the sides of the choice that was just opened, and what follows it."""
    sides, depth = [""], 1
    for place, sign in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if not depth:
            return sides, rest[place + 1 :]
        if sign == "|" and depth == 1:
            sides.append("")
        else:
            sides[-1] += sign
    raise ValueError(f"A choice is not closed: ({rest}")


def collect(entries: Iterable[tuple[str, float]]) -> Phrases:
    """Return those of the entries that have several words, ready to be looked for."""
    several = [(tuple(phrase.split()), value) for phrase, value in entries if " " in phrase]
    exact = {phrase: value for phrase, value in several if ANY not in phrase}
    sizes: dict[str, set[int]] = {}
    for phrase in exact:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    loose: dict[str, tuple[Found, ...]] = {}
    for found in sorted(several, key=lambda entry: -len(entry[0])):
        if ANY in found[0]:
            loose[found[0][0]] = (*loose.get(found[0][0], ()), found)
    return Phrases(exact, {first: tuple(sorted(each, reverse=True)) for first, each in sizes.items()}, loose)


def fits(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(word in (ANY, words[at + step]) for step, word in enumerate(phrase))

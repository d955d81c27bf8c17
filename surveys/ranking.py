"""Ranking: which option a community prefers, by the method of Markus Schulze; the standard library alone.

Each two options are compared by themselves: how many voters put one before the other. An option stands before
another when its strongest chain of won comparisons is stronger than the chain back; a chain is as strong as
its weakest link. Whoever wins every comparison comes first, and options much alike do each other no harm.
Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method", Social Choice and Welfare 36 (2011), 267-303.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_PLACES = 10
"""Nobody puts more in order with care; and each place is a menu of its own."""

Places = tuple[tuple[int, ...], ...]
"""Options by place, the first first; those of one place are level."""
Cast = tuple[Sequence[int], int]
"""A ballot, options with the most wanted first, and how many voters cast one like it."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What came of a ranking, of options named by their numbers.

    firsts: how many voters put each one first; before: how many put one before another, by those two.
    """

    places: Places
    firsts: Mapping[int, int]
    before: Mapping[tuple[int, int], int]

    @property
    def standing(self) -> tuple[tuple[int, int], ...]:
        """Each option with its place, in order."""
        return numbered(self.places)

    @property
    def winner(self) -> int | None:
        """The option that comes first alone."""
        return self.places[0][0] if len(self.places[0]) == 1 else None

    def beats_all(self, option: int) -> bool:
        """Say whether more voters prefer it to each other one than the other way round."""
        return all(won > lost for won, lost in self.duels(option))

    def duels(self, option: int) -> Iterator[tuple[int, int]]:
        """Yield, for each other option, how many prefer this one, and how many the other."""
        for _, other in self.standing:
            if other != option:
                yield self.before[option, other], self.before[other, option]


def numbered(places: Places) -> tuple[tuple[int, int], ...]:
    """Return each option with its place from 1, in order; where three share the second, the next is fifth."""
    found, place = [], 1
    for level in places:
        found += [(place, option) for option in level]
        place += len(level)
    return tuple(found)


def ranked(cast: Iterable[Cast], options: Sequence[int]) -> Ranked:
    """Count a ranking of these options; any other one on a ballot is passed over."""
    at = {option: index for index, option in enumerate(options)}
    kept = [(tuple(at[option] for option in ballot if option in at), voters) for ballot, voters in cast]
    before, size = preferences(kept, len(options)), range(len(options))
    firsts = [0] * len(options)
    for ballot, voters in kept:
        for first in ballot[:1]:
            firsts[first] += voters
    places = tuple(tuple(options[index] for index in place) for place in _ordered(_strongest(before)))
    pairs = {(options[a], options[b]): before[a][b] for a in size for b in size if a != b}
    return Ranked(places, dict(zip(options, firsts, strict=True)), pairs)


def preferences(cast: Iterable[Cast], options: int) -> list[list[int]]:
    """Return how many voters put each option (row) before each other one (column).

    What a voter left out comes level after all they named.
    """
    named, both = [0] * options, [[0] * options for _ in range(options)]
    for ballot, voters in cast:
        for place, option in enumerate(ballot):
            named[option] += voters
            wins = both[option]
            for other in ballot[place + 1 :]:
                wins[other] += voters
    # Whoever named an option put it before another, unless they put that one before it.
    return [[named[a] - both[b][a] if a != b else 0 for b in range(options)] for a in range(options)]


def _strongest(before: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strength of the strongest chain from each option to each other one, by winning votes."""
    count = len(before)
    strength = [
        [before[a][b] if before[a][b] > before[b][a] else 0 for b in range(count)] for a in range(count)
    ]
    for middle in range(count):
        to_others = strength[middle]
        for row in strength:
            first = row[middle]
            if first:
                row[:] = [
                    max(known, min(first, second)) for known, second in zip(row, to_others, strict=True)
                ]
    return strength


def _ordered(strength: Sequence[Sequence[int]]) -> Places:
    """Return the options place by place: next come those that none of the others left stands before."""
    left, places = set(range(len(strength))), []
    while left:
        best = tuple(
            option
            for option in sorted(left)
            if not any(strength[other][option] > strength[option][other] for other in left)
        )
        places.append(best)
        left -= set(best)
    return tuple(places)

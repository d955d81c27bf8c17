"""Ranking: which option a community prefers, by the method of Markus Schulze.

Each two options are compared by themselves: how many voters put one before the other. An option stands
before another when its strongest chain of won comparisons is stronger than the chain back; a chain is as
strong as its weakest link. Whoever wins every comparison comes first, and options much alike do each other
no harm.
Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method", Social Choice and Welfare 36 (2011), 267-303.
"""

from collections.abc import Iterable, Sequence

Places = tuple[tuple[int, ...], ...]
"""Options by place, the first first; those of one place are level."""


def preferences(ballots: Iterable[Sequence[int]], options: int) -> list[list[int]]:
    """Return how many voters put each option (row) before each other one (column).

    ballots: option numbers, the most wanted first; what a voter left out comes level after all they named.
    """
    before = [[0] * options for _ in range(options)]
    for ballot in ballots:
        left = set(range(options))
        for option in ballot:
            left.discard(option)
            for other in left:
                before[option][other] += 1
    return before


def schulze(ballots: Iterable[Sequence[int]], options: int) -> Places:
    """Return the options in the order that the voters prefer; without a ballot all are level."""
    return _ordered(_strongest(preferences(ballots, options)))


def is_condorcet_winner(option: int, before: Sequence[Sequence[int]]) -> bool:
    """Say whether more voters prefer this option to each other one than the other way round."""
    others = (other for other in range(len(before)) if other != option)
    return all(before[option][other] > before[other][option] for other in others)


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

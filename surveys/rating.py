"""Rating: a poll whose options are a scale, from low to high; what the votes on it come to."""

import math
from collections.abc import Sequence

from surveys.errors import Refused
from surveys.honest import NORMAL_95, is_few, left_to_chance
from surveys.options import Adding, Option

LONGEST_SCALE = 10
"""Each place is a button in the message; more of them are no longer seen at a glance."""


class ScaleTooLong(Refused):
    sentence = "The scale has {count} places; {most} is the most. Please take some away."


class OneRatingEach(Refused):
    sentence = "Each person gives one rating. Leave out how many options are chosen, or ask without “rating”."


class ScaleInOrder(Refused):
    sentence = (
        "A scale goes from low to high, the same for everybody: it can't be shuffled, and voters can't add "
        "to it. Leave that out, or ask without “rating”."
    )


def check(options: Sequence[Option], most: int, *, is_shuffled: bool, adding: Adding) -> None:
    """Refuse what can't be a scale. most: how many options a voter chooses."""
    if len(options) > LONGEST_SCALE:
        raise ScaleTooLong(count=len(options), most=LONGEST_SCALE)
    if most != 1:
        raise OneRatingEach
    if is_shuffled or adding is not Adding.NO:
        raise ScaleInOrder


def is_numbered(options: Sequence[Option]) -> bool:
    """Say whether the scale is of whole numbers; on any other each option counts by its place."""
    return all(option.text.isdecimal() and not option.emoji for option in options)


def values(options: Sequence[Option]) -> tuple[int, ...]:
    """Return what each option counts: its own number, or its place, the lowest 1."""
    if is_numbered(options):
        return tuple(int(option.text) for option in options)
    return tuple(range(1, len(options) + 1))


def mean(scale: Sequence[int], votes: Sequence[int]) -> float | None:
    """Return the mean of all votes; None where nobody voted. votes: the count of each option."""
    people = sum(votes)
    if not people:
        return None
    return sum(value * count for value, count in zip(scale, votes, strict=True)) / people


def nearest(scale: Sequence[int], middle: float) -> int:
    """Return the index of the option nearest to a mean, the higher of two as near."""
    return min(range(len(scale)), key=lambda at: (abs(scale[at] - middle), -scale[at]))


def interval(
    scale: Sequence[int], votes: Sequence[int], audience: int | None = None
) -> tuple[float, float] | None:
    """Return between which numbers the mean of all who could vote may be, in 95 of 100 polls like this one.

    None where too few voted, or where all did. As two voters more at each end of the scale would have it:
    on a scale of two this is the interval of A. Agresti and B. A. Coull, "Approximate is better than exact"
    (The American Statistician 52, 1998), which is not fooled where all so far agree.
    """
    people, middle = sum(votes), mean(scale, votes)
    share = left_to_chance(people, audience)
    if middle is None or is_few(people) or not share:
        return None
    low, high = min(scale), max(scale)
    seen = [*zip(scale, votes, strict=True), (low, 2), (high, 2)]
    centre = sum(value * count for value, count in seen) / (people + 4)
    variance = sum(count * (value - centre) ** 2 for value, count in seen) / (people + 4)
    half = NORMAL_95 * math.sqrt(variance / (people + 4) * share)
    # What those said who voted stays; only what the others would say is drawn to the middle of the scale.
    likely = middle + (centre - middle) * share
    return max(low, min(middle, likely - half)), min(high, max(middle, likely + half))

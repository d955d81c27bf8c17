"""What may be said of numbers: which part of those asked answered, and when they are too few to say more."""

import math

MOST_COUNTED = 1000
"""An audience is counted so far: that many means that many or more."""
FEWEST = 5
"""Below so many answers a report gives counts: a percentage or an average of them would say too much."""


def is_few(people: int) -> bool:
    """Say whether so few answered that only their counts may be told."""
    return people < FEWEST


def response_rate(people: int, invited: int) -> float | None:
    """Return which part of those asked has answered, from 0 to 1.

    None where nobody is known to be asked, or where more answered: then others did too.
    """
    return people / invited if invited > 0 and people <= invited else None


NORMAL_95 = 1.96
"""So many standard errors to each side hold 95 of 100 samples."""


def is_too_close(first: int, second: int, people: int, audience: int | None = None) -> bool:
    """Say whether the lead of one option over the next may be chance, taking the voters for a sample.

    Each voter is for the first option alone, for the second alone, or tells nothing of the two. It is too
    close where the 95% interval of the difference of the two shares holds 0; where voters choose several
    options and how many chose both is not known, as if as few as possible had. audience: all who could vote;
    the more of them did, the less is left to chance, and nothing where all did.
    Source: A. Agresti and Y. Min, "Simple improved confidence intervals for comparing matched proportions",
    Statistics in Medicine 24 (2005), which adds half a voter to each of the four kinds; for the finite
    population W. G. Cochran, "Sampling Techniques" (1977), section 2.6.
    """
    if not people:
        return False
    voters = people + 2
    lead = (first - second) / voters
    differing = (min(first + second, 2 * people - first - second) + 1) / voters
    variance = (differing - lead**2) / voters * left_to_chance(people, audience)
    return lead <= NORMAL_95 * math.sqrt(variance)


def left_to_chance(people: int, audience: int | None) -> float:
    """Return by how much a variance shrinks when so many of an audience are in the sample: 1 to 0."""
    if audience is None or audience >= MOST_COUNTED or people > audience:
        return 1.0
    return (audience - people) / max(audience - 1, 1)

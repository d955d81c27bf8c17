"""What may be said of numbers: which part of those asked answered, and when they are too few to say more."""

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

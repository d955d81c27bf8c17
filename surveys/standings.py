"""How a poll stands: the votes of each option, and what of them may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.anonymity import Shown, Turnout, Withheld, gate
from surveys.polls import Poll


@dataclass(frozen=True, slots=True)
class Line:
    """One option as it stands: votes, and their share of the voters from 0 to 1 (0 when nobody voted)."""

    option: str
    votes: int
    share: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How a poll stands: a line an option, in the order asked, and the people who voted."""

    lines: tuple[Line, ...]
    voters: int

    @property
    def is_unanimous(self) -> bool:
        """Whether several people voted, all for the same option."""
        return self.voters > 1 and any(line.votes == self.voters for line in self.lines)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a poll stands, as far as the gate lets it be seen."""

    poll: Poll
    turnout: Shown[Turnout]
    standing: Shown[Standing] | Withheld


def standing(poll: Poll, votes: Sequence[int], voters: int) -> Standing:
    """Return how the poll stands; votes: the count of each option, in the order asked."""
    lines = (
        Line(option, count, count / voters if voters else 0.0)
        for option, count in zip(poll.options, votes, strict=True)
    )
    return Standing(tuple(lines), voters)


def outcome(
    poll: Poll, votes: Sequence[int], voters: int, *, is_for_owner: bool = False, has_voted: bool = False
) -> Outcome:
    """Return what may be seen of how a poll stands: by everybody there, its owner or a voter alone."""
    passing = gate(poll, is_for_owner=is_for_owner, has_voted=has_voted)
    return Outcome(poll, passing.turnout(voters), passing.table(voters, standing(poll, votes, voters)))

"""How a poll stands: the votes of each option, and what of them may be seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from surveys import quiz
from surveys.anonymity import Gate, Level, Shown, Turnout, Withheld, gate
from surveys.honest import is_few, is_too_close
from surveys.options import Option
from surveys.polls import Poll
from surveys.ranking import Ranked
from surveys.seeing import PollKind


@dataclass(frozen=True, slots=True)
class Line:
    """One option as it stands: votes, and their share of the voters from 0 to 1 (0 when nobody voted).

    number: the option's; names: the ids of those who chose it, or of the first of them; none but where
    names are shown; written: what they wrote themselves, in no order.
    """

    number: int
    option: Option
    votes: int
    share: float
    names: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """What some kinds of polls tell beside the votes of each option.

    ranked: of a ranking, what came of it; right: of a quiz, how many voters chose
    what is right, None before that is told; written: what voters wrote under "Other…", in no order.
    """

    ranked: Ranked | None = None
    right: int | None = None
    written: tuple[str, ...] = ()


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a poll stands: a line an option, in the order asked, and the people who voted.

    is_close: whether the lead of the first option may be chance; of so few voters that is not said.
    """

    lines: tuple[Line, ...]
    voters: int
    is_close: bool = False
    details: Details = NO_DETAILS

    @property
    def leaders(self) -> tuple[Line, ...]:
        """The option with the most votes, or several that have as many; none before anybody has voted.

        Of a ranking the option in the first place, or several that share it.
        """
        ranked = self.details.ranked
        if ranked is not None:
            return tuple(line for line in self.lines if self.voters and line.number in ranked.places[0])
        most = max(line.votes for line in self.lines)
        return tuple(line for line in self.lines if line.votes == most > 0)

    @property
    def is_unanimous(self) -> bool:
        """Whether several people voted, all for the same option; of a ranking, all put the same one first."""
        ranked = self.details.ranked
        votes = ranked.firsts.values() if ranked is not None else (line.votes for line in self.lines)
        return self.voters > 1 and self.voters in votes


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a poll stands, as far as the gate lets it be seen."""

    poll: Poll
    turnout: Shown[Turnout]
    standing: Shown[Standing] | Withheld


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at it, alone: whether they asked it, and whether they have voted."""

    is_owner: bool = False
    has_voted: bool = False


ALL = Reader()
OWNER = Reader(is_owner=True)


Names = Mapping[int, tuple[str, ...]]
"""Who chose an option, by its index: the ids of all, or of the first."""
NOBODY: Names = {}


def standing(
    poll: Poll, votes: Sequence[int], voters: int, names: Names = NOBODY, details: Details = NO_DETAILS
) -> Standing:
    """Return how the poll stands; votes: the count of each option, in the order asked."""
    told = names if poll.privacy.level is Level.NAMED else NOBODY
    lines = (
        Line(
            number,
            poll.options[number],
            votes[number],
            votes[number] / voters if voters else 0.0,
            told.get(number, ()),
            details.written if number == poll.other else (),
        )
        for number in poll.shown
    )
    leads = _leads(votes, details)
    is_close = not is_few(voters) and any(is_too_close(*lead, voters, poll.audience) for lead in leads)
    return Standing(tuple(lines), voters, is_close, details)


def _leads(votes: Sequence[int], details: Details) -> Iterable[tuple[int, int]]:
    """Return what the first option has, beside what another has: of a ranking, beside each other one."""
    ranked = details.ranked
    if ranked is None:
        first, second, *_ = sorted((*votes, 0), reverse=True)
        return [(first, second)]
    return ranked.duels(ranked.winner) if ranked.winner is not None else ()


def is_shown(poll: Poll, voters: int, reader: Reader = ALL) -> bool:
    """Say whether the gate lets this reader see how a poll stands."""
    return isinstance(_gate(poll, reader).table(voters, None), Shown)


def _gate(poll: Poll, reader: Reader) -> Gate:
    return gate(poll, is_for_owner=reader.is_owner, has_voted=reader.has_voted)


def outcome(
    poll: Poll,
    votes: Sequence[int],
    voters: int,
    names: Names = NOBODY,
    details: Details = NO_DETAILS,
    *,
    reader: Reader = ALL,
) -> Outcome:
    """Return what may be seen of how a poll stands: by everybody there, or by one reader alone."""
    passing, seen = _gate(poll, reader), _as_told(poll, reader)
    stands = standing(seen, votes, voters, names, details)
    return Outcome(seen, passing.turnout(voters), passing.table(voters, stands))


def _as_told(poll: Poll, reader: Reader) -> Poll:
    """Return a quiz as far as this reader may know it: nothing in it says what is right too early."""
    if poll.kind is not PollKind.QUIZ:
        return poll
    if quiz.is_told(poll):
        return replace(poll, options=quiz.marked(poll.options))
    if quiz.is_final(poll) and reader.has_voted:
        return poll
    return replace(poll, options=quiz.untold(poll.options), explanation="")

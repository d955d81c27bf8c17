"""Anonymity: who may see what was answered, one-way tokens, and the gate that hides what is too small.

Only the gate makes a `Shown` value, and what leaves the app takes nothing else: messages, reports, charts.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum, auto
from typing import Final, Generic, Protocol, TypeVar, final

from surveys.errors import Refused
from surveys.honest import FEWEST
from surveys.seeing import Seeing

MOST_FEWEST = 50
"""The highest threshold a workspace may set: beyond it small communities would never see a result."""
USUALLY_SEALED = timedelta(days=7)
LONGEST_SEALED = timedelta(days=90)
RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that is taken for another when read aloud or copied by hand."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


class OnlyHigher(Refused):
    sentence = "This can only be raised: choose a whole number from {fewest} to {most}."


class NobodyToHideAmong(Refused):
    sentence = (
        "Nobody but one person could answer here, so an anonymous answer would not be one. "
        "Choose a channel with more people, or ask with names."
    )


class Level(StrEnum):
    """Who may learn who answered what, by the names they are stored under."""

    NAMED = "named"
    """Names shown."""
    HIDDEN = "hidden"
    """Names hidden: the app keeps them and shows them to nobody."""
    ANONYMOUS = "anonymous"
    """Sealed: from the close on nobody can tell, the app included."""


class ResultsTo(StrEnum):
    """Who sees the results, fixed at launch."""

    ALL = "all"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Privacy:
    """What was promised at launch and never changes. fewest: the smallest group whose results are shown.

    has_receipts: whether each voter gets a code with which to find their ballot among those published.
    """

    level: Level
    fewest: int = FEWEST
    results_to: ResultsTo = ResultsTo.ALL
    has_receipts: bool = False

    @property
    def is_sealed(self) -> bool:
        return self.level is Level.ANONYMOUS


NAMED: Final = Privacy(Level.NAMED)
HIDDEN: Final = Privacy(Level.HIDDEN)


class Stage(Enum):
    """How far a poll or round is."""

    OPEN = auto()
    COUNTING = auto()
    """Closed, and its sealed answers are being mixed and counted."""
    COUNTED = auto()


class Asked(Protocol):
    """What a poll and a round have in common here."""

    @property
    def privacy(self) -> Privacy: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def seeing(self) -> Seeing: ...


_PASS: Final = object()


@final
@dataclass(frozen=True, slots=True, init=False)
class Shown(Generic[T_co]):
    """A value that the gate let pass."""

    value: T_co

    def __init__(self, value: T_co, passed: object) -> None:
        if passed is not _PASS:
            raise TypeError("Only the gate lets a value pass.")
        object.__setattr__(self, "value", value)

    def then(self, make: "Callable[[T_co], U]") -> "Shown[U]":
        """Return what follows from a value that passed, and from nothing else: it passes too."""
        return Shown(make(self.value), _PASS)


def together(passed: Iterable[Shown[T]]) -> Shown[tuple[T, ...]]:
    """Return several values that passed as one."""
    return Shown(tuple(each.value for each in passed), _PASS)


class Why(Enum):
    """Why the gate shows nothing."""

    OPEN = auto()
    COUNTING = auto()
    TOO_FEW = auto()
    OWNERS_ONLY = auto()


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing to show, and why; fewest: the smallest group whose results are shown."""

    why: Why
    fewest: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people took part; is_about: a multiple of the smallest group, which so many have reached."""

    people: int
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What one poll or round shows. is_for_owner: to whoever asked, in private; has_voted: to a voter alone.

    seeing: from when on, and by whom, where it is not sealed; a sealed one is seen after its close only.
    """

    privacy: Privacy
    stage: Stage
    is_for_owner: bool = False
    seeing: Seeing = Seeing.LIVE
    has_voted: bool = False

    def turnout(self, people: int) -> Shown[Turnout]:
        """Return how many took part; of a sealed one that is open or small, only in steps."""
        if not self.privacy.is_sealed or self._is_counted(people):
            return Shown(Turnout(people), _PASS)
        return Shown(Turnout(people - people % self.privacy.fewest, is_about=True), _PASS)

    def table(self, people: int, value: T) -> Shown[T] | Withheld:
        """Let the numbers of so many people pass, or say why not. people: those in the table's base."""
        why = self._why_not(people)
        return Shown(value, _PASS) if why is None else Withheld(why, self.privacy.fewest)

    def comments(self, comments: int, value: T) -> Shown[T] | Withheld:
        """Let what so many people wrote pass: of named ones too, only where no single writer stands out."""
        return self._of_enough(comments, value)

    def comparison(self, smallest: int, value: T) -> Shown[T] | Withheld:
        """Let a table by groups pass, or all of it be held back; smallest: the people in its smallest group.

        One group alone can't be held back: the whole, which is shown as well, less the others would tell it.
        """
        return self._of_enough(smallest, value)

    @property
    def fewest(self) -> int:
        """The smallest group that is told apart, of named ones too."""
        return max(self.privacy.fewest, FEWEST)

    def _of_enough(self, people: int, value: T) -> Shown[T] | Withheld:
        why = self._why_not(people) or (Why.TOO_FEW if people < self.fewest else None)
        return Shown(value, _PASS) if why is None else Withheld(why, self.fewest)

    def _is_counted(self, people: int) -> bool:
        return self.stage is Stage.COUNTED and people >= self.privacy.fewest

    def _why_not(self, people: int) -> Why | None:
        if not self.privacy.is_sealed:
            return self._why_not_yet()
        if self.stage is not Stage.COUNTED:
            return Why.OPEN if self.stage is Stage.OPEN else Why.COUNTING
        if self.privacy.results_to is ResultsTo.OWNERS and not self.is_for_owner:
            return Why.OWNERS_ONLY
        return Why.TOO_FEW if people < self.privacy.fewest else None

    def _why_not_yet(self) -> Why | None:
        """Return why one that is not sealed shows nothing to whoever looks."""
        is_open = self.stage is Stage.OPEN
        match self.seeing:
            case Seeing.LIVE:
                return None
            case Seeing.AFTER_VOTE:
                return Why.OPEN if is_open and not self.has_voted else None
            case Seeing.AFTER_CLOSE:
                return Why.OPEN if is_open else None
            case Seeing.OWNERS:
                return None if self.is_for_owner else Why.OWNERS_ONLY


def gate(asked: Asked, *, is_for_owner: bool = False, has_voted: bool = False) -> Gate:
    return Gate(asked.privacy, asked.stage, is_for_owner, asked.seeing, has_voted)


def is_new_step(people: int, privacy: Privacy) -> bool:
    """Say whether the person who just came in changes what an open one's message shows."""
    return not privacy.is_sealed or people % privacy.fewest == 0


def raised(before: int, wanted: int) -> int:
    """Return a workspace's new threshold; it never becomes lower than it was."""
    if not before <= wanted <= MOST_FEWEST:
        raise OnlyHigher(fewest=before, most=MOST_FEWEST)
    return wanted


def merged(sizes: Mapping[str, int], fewest: int) -> tuple[tuple[str, ...], ...]:
    """Return the groups in which segments are shown: small ones together, so that none is below `fewest`.

    sizes: people by segment. One group alone says no more than the whole, so there are two at least, or none.
    """
    named = [name for name, people in sizes.items() if people >= fewest]
    small = [name for name, people in sizes.items() if 0 < people < fewest]
    by_size = sorted(named, key=lambda name: sizes[name], reverse=True)
    while small and by_size and sum(sizes[name] for name in small) < fewest:
        small.append(by_size.pop())
    groups: list[tuple[str, ...]] = [(name,) for name in sizes if name in by_size]
    if small:
        groups.append(tuple(name for name in sizes if name in small))
    return tuple(groups) if len(groups) > 1 else ()


def token(key: bytes, workspace: str, person: str) -> str:
    """Return who somebody is in one sealed poll or round, without their name: 64 hexadecimal digits.

    key: its own, 32 random bytes, gone at the close; person: "team:user".
    """
    return hmac.new(key, f"{len(workspace)}:{workspace}{person}".encode(), hashlib.sha256).hexdigest()


def receipt(key: bytes, voter_token: str) -> str:
    """Return a voter's code, as "K7QF2-M9XTB": the same however often they change their vote."""
    digest = hmac.new(key, f"receipt {voter_token}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8])
    letters = "".join(RECEIPT_LETTERS[number // 30**place % 30] for place in range(10))
    return f"{letters[:5]}-{letters[5:]}"

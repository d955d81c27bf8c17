"""What the option words and flags of the poll command ask for."""

from dataclasses import dataclass
from typing import Final

from surveys.anonymity import Level
from surveys.moments import When
from surveys.seeing import PollKind, Seeing

DONE: Final = frozenset(("anonymous", "lang"))
"""The wishes that polls can grant yet, by their first English word; any other is refused as not yet."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for beside question and options; None: not said.

    least, most: how many options a voter chooses, most 0 for as many as there are.
    is_ambiguous: whether it is read back before it is posted.
    """

    level: Level | None = None
    seeing: Seeing | None = None
    least: int | None = None
    most: int | None = None
    kind: PollKind | None = None
    closes: When | None = None
    posts: When | None = None
    is_shuffled: bool = False
    may_add: bool = False
    language: str | None = None
    is_ambiguous: bool = False


NO_WISHES: Final = Wishes()

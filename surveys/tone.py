"""How a comment feels: a label, a score, and the reasons for both."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    MIXED = "mixed"
    NEGATIVE = "negative"
    NONE = "none"
    """No word or sign of feeling was found."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A word, phrase or emoji that counted; part: what it added; note: such as "negated" or "stronger"."""

    word: str
    part: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tone:
    """score: -1 to 1; language: the one it was read in; version: of the scorer, so that a newer one shows."""

    label: Label
    score: float
    language: str
    reasons: tuple[Reason, ...] = ()
    version: str = ""

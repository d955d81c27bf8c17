"""How a comment feels, in English or French: its label, its score and the reasons for both.

Nothing heavy is imported before the first comment is scored: TextBlob takes 0.4 seconds and 30 MB.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from surveys.cleaning import clean
from surveys.tone import Label, Reason, Tone

VERSION = "1"
"""Of words, rules and numbers together: it changes whenever a comment may be scored otherwise."""

LANGUAGES = ("en", "fr")
FEWEST_WORDS = 3
"""Shorter texts say too little of their language: then the survey's own decides."""
SURE_FROM = 0.75
"""Names and cries ("LOL", "congrats Damien") look like either language, each with less than this."""

SQUARED_SPREAD = 15
"""VADER's number: a sum of 4 is a score of .72."""
MARK = 0.292
MOST_MARKS = 4

CLEAR_FROM = 0.05


@dataclass(frozen=True, slots=True)
class Sides:
    """What the lesser side of a mixed comment must come to: in itself, and beside the greater side."""

    least: float
    share: float


PLAIN = Sides(least=1.5, share=0.5)
TURNED = Sides(least=0.5, share=0.3)
"""Where a "but" announces the other side; it has also halved the one before it."""
_TURN = re.compile(
    r"\b(but|though|although|however|yet|even if|while|unfortunately|except|shame|pity|cons"
    r"|mais|par contre|cependant|toutefois|pourtant|même si|malgré|sauf|dommage|en revanche|bémol"
    r"|points? faibles?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")

Feeling = Callable[[str], tuple[Reason, ...]]


def score(text: str, usual_language: str) -> Tone:
    """Return how `text`, as Slack keeps it, feels; usual_language is that of its survey."""
    words = clean(text)
    language = language_of(words, usual_language)
    reasons = with_marks(_feeling(language)(words), words)
    total = sum(reason.part for reason in reasons)
    normal = round(total / sqrt(total * total + SQUARED_SPREAD), 4)
    label = label_of(reasons, normal, TURNED if _TURN.search(words) else PLAIN)
    return Tone(label, normal, language, together(reasons), VERSION)


def together(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Name each word once, however often it counted: 3,000 emoji are one reason."""
    counted: dict[tuple[str, str], list[float]] = {}
    for reason in reasons:
        counted.setdefault((reason.word, reason.note), []).append(reason.part)
    return tuple(Reason(word, round(sum(parts), 2), note) for (word, note), parts in counted.items())


def label_of(reasons: Sequence[Reason], score: float, sides: Sides) -> Label:
    """Mixed is a comment with two sides, neither of which is small beside the other."""
    if not reasons:
        return Label.NONE
    up = sum(reason.part for reason in reasons if reason.part > 0)
    down = -sum(reason.part for reason in reasons if reason.part < 0)
    if min(up, down) >= max(sides.least, sides.share * max(up, down)):
        return Label.MIXED
    if abs(score) < CLEAR_FROM:
        return Label.NEUTRAL
    return Label.POSITIVE if score > 0 else Label.NEGATIVE


def with_marks(reasons: tuple[Reason, ...], text: str) -> tuple[Reason, ...]:
    """Exclamation marks say more of what the words say."""
    marks = min(text.count("!"), MOST_MARKS)
    total = sum(reason.part for reason in reasons)
    if not marks or not total:
        return reasons
    part = round(MARK * marks * (1 if total > 0 else -1), 2)
    return (*reasons, Reason("!" * marks, part, "stronger"))


def language_of(text: str, usual_language: str) -> str:
    """Return "en" or "fr": what the words say where there are enough, else the usual one."""
    usual = usual_language if usual_language in LANGUAGES else LANGUAGES[0]
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return usual
    found, sureness = _classify()(" ".join(words))
    return found if sureness >= SURE_FROM else usual


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify


@cache
def _feeling(language: str) -> Feeling:
    if language == "fr":
        from surveys.feeling_fr import feeling

        return feeling
    from surveys.feeling_en import feeling as feeling_en

    return feeling_en

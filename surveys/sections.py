"""The parts of a report: one function each, a question and what was found in, a shape out.

A new part of a report is a function here and its place in PARTS; whatever draws shapes draws it. What such a
function returns goes through the gate before it is part of anything.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys import questions
from surveys.anonymity import Gate, Shown, Why, Withheld, gate
from surveys.cleaning import clean, legible
from surveys.comparing import Split, compared
from surveys.questions import Kind, Question, Tally
from surveys.shapes import Compared, Quotes, Shape, Tones
from surveys.survey import Round
from surveys.tone import Label

MOST_QUOTES = 3
SHORTEST_QUOTE, LONGEST_QUOTE = 30, 160
"""Long enough to say something, short enough for a line or two; others only where these are missing."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a round's report is made of.

    invited: how many people are asked, 0 where that is not known.
    tallies, labels, comments: by question id; comments: the texts whose tone is known.
    split: the tallies by the choice made in the question that the round compares by, None for none made.
    is_for_owner: the report goes to whoever asked, in private.
    """

    asked: Round
    invited: int
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    labels: Mapping[str, Mapping[Label, int]] = field(default_factory=dict)
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    split: Split = field(default_factory=dict)
    is_for_owner: bool = False

    @property
    def gate(self) -> Gate:
        return gate(self.asked, is_for_owner=self.is_for_owner)

    def tally(self, question: Question) -> Tally:
        return self.tallies.get(question.id, Tally())


@dataclass(frozen=True, slots=True)
class Section:
    """What a report says of one question; compared: by groups, None where it is not."""

    question: Question
    shapes: tuple[Shown[Shape] | Withheld, ...]
    compared: Shown[Compared] | Withheld | None = None


Part = Callable[[Question, Findings], Shape | None]


def counted(question: Question, found: Findings) -> Shape | None:
    """How often each answer was given."""
    return questions.shape(question, found.tally(question))


def felt(question: Question, found: Findings) -> Shape | None:
    """How the comments feel."""
    if question.kind is not Kind.OPEN_TEXT:
        return None
    labels = found.labels.get(question.id, {})
    counts = tuple((label, labels[label]) for label in Label if labels.get(label))
    return Tones(counts, max(0, found.tally(question).people - sum(labels.values())))


def quoted(question: Question, found: Findings) -> Shape | None:
    """A few comments."""
    if question.kind is not Kind.OPEN_TEXT:
        return None
    texts = _chosen(found.comments.get(question.id, ()), f"{found.asked.id} {question.id} ")
    return Quotes(texts, max(0, found.tally(question).people - len(texts))) if texts else None


PARTS: tuple[Part, ...] = (counted, felt, quoted)
"""In the order in which they stand below their question."""


def sections(found: Findings, parts: Sequence[Part] = PARTS) -> tuple[Section, ...]:
    """Return what there is to say of each question, in the survey's order."""
    return tuple(
        Section(question, shapes, _compared(question, found))
        for question in found.asked.survey.questions
        if (shapes := tuple(_shapes(question, found, parts)))
    )


def _shapes(question: Question, found: Findings, parts: Sequence[Part]) -> Iterator[Shown[Shape] | Withheld]:
    for part in parts:
        shape = part(question, found)
        if shape is not None:
            yield _passed(shape, found)


def _passed(shape: Shape, found: Findings) -> Shown[Shape] | Withheld:
    match shape:
        case Quotes():
            return found.gate.comments(shape.base, shape)
        case Tones() if shape.unread and found.asked.privacy.is_sealed:
            # The same comments told twice, once without the last few, would tell how those few feel.
            return Withheld(Why.COUNTING, found.gate.fewest)
        case _:
            return found.gate.table(shape.base, shape)


def _compared(question: Question, found: Findings) -> Shown[Compared] | Withheld | None:
    table = compared(found.asked, question, found.tallies, found.split)
    return found.gate.comparison(table.smallest, table) if table else None


def _chosen(comments: Sequence[str], salt: str) -> tuple[str, ...]:
    """Return a few comments by lot, the same each time: none twice, those of a good length before others."""
    texts = sorted(text for text in map(legible, comments) if len(text.split()) > 1)
    different = {clean(text.casefold()): text for text in texts}
    by_lot = sorted(different.values(), key=lambda text: hashlib.sha256(f"{salt}{text}".encode()).digest())
    by_fit = sorted(by_lot, key=lambda text: not SHORTEST_QUOTE <= len(text) <= LONGEST_QUOTE)
    return tuple(_shortened(text) for text in by_fit[:MOST_QUOTES])


def _shortened(text: str) -> str:
    """Return a text that fits a line or two, cut between words where there are any."""
    if len(text) <= LONGEST_QUOTE:
        return text
    kept = text[: LONGEST_QUOTE - 1]
    whole_words = kept.rpartition(" ")[0]
    return (whole_words if len(whole_words) > LONGEST_QUOTE // 2 else kept).rstrip() + "…"

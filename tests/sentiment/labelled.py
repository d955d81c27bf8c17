"""Comments that people labelled, and how well a scorer does on those that it was not tuned on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from surveys.tone import Label

HERE = Path(__file__).parent
CLASSES = (Label.POSITIVE, Label.NEUTRAL, Label.MIXED, Label.NEGATIVE)
OPPOSITES = (frozenset((Label.POSITIVE, Label.NEGATIVE)),)


@dataclass(frozen=True, slots=True)
class Comment:
    label: Label
    text: str

    @property
    def is_held_out(self) -> bool:
        """Half of them, by a hash of the text: words and numbers were chosen on the other half only."""
        return sha256(self.text.encode()).digest()[0] % 2 == 1


def comments(language: str) -> tuple[Comment, ...]:
    return tuple(_read(HERE / f"comments_{language}.tsv"))


def held_out(language: str) -> tuple[Comment, ...]:
    return tuple(comment for comment in comments(language) if comment.is_held_out)


def _read(path: Path) -> Iterator[Comment]:
    for line in path.read_text(encoding="utf-8").splitlines():
        label, _, text = line.partition("\t")
        yield Comment(Label(label), text)


@dataclass(frozen=True, slots=True)
class Result:
    """confusion: how often a comment of the first label was given the second."""

    confusion: Counter[tuple[Label, Label]]

    @property
    def macro_f1(self) -> float:
        """Return the mean over the labels of F1, from 0 to 1."""
        return sum(map(self.f1, CLASSES)) / len(CLASSES)

    def f1(self, label: Label) -> float:
        right = self.confusion[label, label]
        wrong = sum(times for pair, times in self.confusion.items() if label in pair) - right
        return 2 * right / (2 * right + wrong) if right else 0.0

    @property
    def flips(self) -> int:
        """Return how many positive comments were called negative, or the other way round."""
        return sum(times for pair, times in self.confusion.items() if frozenset(pair) in OPPOSITES)

    @property
    def error(self) -> float:
        """Return the share of comments with another label than theirs."""
        right = sum(times for (label, given), times in self.confusion.items() if label == given)
        return 1 - right / self.confusion.total()


def judge(told: Sequence[Comment], label: Callable[[str], Label]) -> Result:
    """Label each comment and compare. One in which nothing was found counts as called neutral."""
    pairs = ((comment.label, label(comment.text)) for comment in told)
    return Result(Counter((own, Label.NEUTRAL if given == Label.NONE else given) for own, given in pairs))

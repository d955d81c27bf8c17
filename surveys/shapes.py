"""The forms a result can take, whatever draws it: a chart, a table, or lines of text."""

from dataclasses import dataclass

from surveys.tone import Label


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts side by side.

    people: how many answered, which is less than the sum where one person may choose several.
    mean: of the numbers chosen, where the labels are numbers.
    """

    bars: tuple[Bar, ...]
    people: int
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Tones:
    """How comments feel: how many there are of each label, and how many are not read yet."""

    counts: tuple[tuple[Label, int], ...]
    unread: int = 0

    @property
    def read(self) -> int:
        return sum(comments for _, comments in self.counts)


@dataclass(frozen=True, slots=True)
class Quotes:
    """A few of the comments, in no order that tells who wrote first; left_out: how many more there are."""

    texts: tuple[str, ...]
    left_out: int = 0


Shape = Bars | Tones | Quotes

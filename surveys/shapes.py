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

    @property
    def base(self) -> int:
        return self.people

    @property
    def is_unanimous(self) -> bool:
        """Whether all of several people answered the same: then everybody knows what each of them said."""
        return self.people > 1 and all(bar.people in {0, self.people} for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Tones:
    """How comments feel: how many there are of each label, and how many are not read yet."""

    counts: tuple[tuple[Label, int], ...]
    unread: int = 0

    @property
    def read(self) -> int:
        return sum(comments for _, comments in self.counts)

    @property
    def base(self) -> int:
        return self.read + self.unread


@dataclass(frozen=True, slots=True)
class Quotes:
    """A few of the comments, in no order that tells who wrote first; left_out: how many more there are."""

    texts: tuple[str, ...]
    left_out: int = 0

    @property
    def base(self) -> int:
        return len(self.texts) + self.left_out


Shape = Bars | Tones | Quotes
"""`base` is in each the number of people it tells of: by it the gate lets a shape pass."""


@dataclass(frozen=True, slots=True)
class Group:
    """How some of the people answered a question: those who made one of these choices in another one.

    has_silent: those too who made none.
    """

    choices: tuple[str, ...]
    has_silent: bool
    bars: Bars


@dataclass(frozen=True, slots=True)
class Compared:
    """One question's answers by the choices made in another one."""

    by: str
    groups: tuple[Group, ...]

    @property
    def smallest(self) -> int:
        return min(group.bars.people for group in self.groups)

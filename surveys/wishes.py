"""What the option words and flags of the poll command ask for."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from surveys.anonymity import Level
from surveys.errors import Refused
from surveys.moments import When
from surveys.options import Adding
from surveys.seeing import PollKind, Seeing


class TwoWishes(Refused):
    sentence = "“{first}” and “{second}” can't go together. Keep one of them."


class LimitTooHigh(Refused):
    sentence = (
        "You ask for {count} choices, but there are {options} options. "
        "Write {options} or fewer, or add options."
    )


class LeastAboveMost(Refused):
    sentence = (
        "At least {least} choices and at most {most} can't go together. Lower the first or raise the second."
    )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for beside question and options; None: not said.

    least, most: how many options a voter chooses, most 0 for as many as there are.
    has_other: whether “Other…” comes last; is_ambiguous: whether it is read back before it is posted.
    """

    level: Level | None = None
    seeing: Seeing | None = None
    least: int | None = None
    most: int | None = None
    kind: PollKind | None = None
    closes: When | None = None
    posts: When | None = None
    is_shuffled: bool = False
    adding: Adding | None = None
    has_other: bool = False
    language: str | None = None
    is_ambiguous: bool = False


NO_WISHES: Final = Wishes()


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish as it was found. name: in `WISH_WORDS`; word: as typed; count: how many words say it."""

    name: str
    word: str
    wishes: Wishes
    count: int


def joined(found: Sequence[Wish], *, is_ambiguous: bool = False) -> Wishes:
    """Return all that was wished; refuse two that contradict each other. What is dated is read back."""
    said: dict[str, tuple[str, object]] = {}
    whole = NO_WISHES
    for wish in found:
        for name, value in _said(wish.wishes).items():
            first, before = said.setdefault(name, (wish.word, value))
            if before != value:
                raise TwoWishes(first=first, second=wish.word)
        whole = _with(whole, wish.wishes)
    if whole.least and whole.most and whole.least > whole.most:
        raise LeastAboveMost(least=whole.least, most=whole.most)
    if whole.has_other and whole.kind not in (None, PollKind.CHOICE):
        raise TwoWishes(first=said["kind"][0], second=said["has_other"][0])
    is_dated = whole.closes is not None or whole.posts is not None or whole.kind is PollKind.DATES
    return replace(whole, is_ambiguous=is_ambiguous or is_dated)


def _said(wishes: Wishes) -> dict[str, object]:
    values = {field.name: getattr(wishes, field.name) for field in fields(Wishes)}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def _with(one: Wishes, other: Wishes) -> Wishes:
    """Return what either says."""
    return Wishes(
        level=one.level or other.level,
        seeing=one.seeing or other.seeing,
        least=one.least or other.least,
        most=other.most if one.most is None else one.most,
        kind=one.kind or other.kind,
        closes=one.closes or other.closes,
        posts=one.posts or other.posts,
        is_shuffled=one.is_shuffled or other.is_shuffled,
        adding=one.adding or other.adding,
        has_other=one.has_other or other.has_other,
        language=one.language or other.language,
    )


def check_limits(wishes: Wishes, options: int) -> None:
    """Refuse a wish for more choices than there are options, unless voters may add some."""
    count, options = max(wishes.least or 0, wishes.most or 0), options + wishes.has_other
    if count > options and not wishes.adding:
        raise LimitTooHigh(count=count, options=options)

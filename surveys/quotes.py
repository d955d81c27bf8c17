"""The parts of a command's text: texts in any school of quote marks, words, and separators."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from surveys.errors import Refused

_FAMILY = {mark: family for family in ('"“”„‟″＂', "«»", "‹›") for mark in family}
_ALWAYS_OPENS = "«‹„‟"
_NEVER_OPENS = "»›”"
_OPENS_AFTER = "|｜([:,;="
_BARS = "|｜"
_ESCAPABLE = frozenset(_FAMILY) | frozenset(_BARS) | {"\\"}
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction and of no width, which phones and right-to-left keyboards put before a quote."""


class UnclosedQuote(Refused):
    sentence = (
        "The quote that begins at “{start}” is never closed. Close it, as in "
        '/poll "Question" "Option" "Option"; a quote mark inside a text is written \\".'
    )


class Kind(Enum):
    """What a part of the text is."""

    QUOTED = auto()
    WORD = auto()
    BAR = auto()
    LINE = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a command's text.

    text: without quotes and escapes; raw: as typed; gap: the white space typed before it.
    """

    kind: Kind
    text: str
    raw: str
    gap: str = ""


def tidy(text: str) -> str:
    """Return the text with every run of white space, no-break ones too, as one space."""
    return " ".join(text.split())


def quote(text: str) -> str:
    """Return the text in straight quotes, so that `read` gives it back as one part."""
    return '"' + "".join("\\" + char if char in _ESCAPABLE else char for char in text) + '"'


def unescape(text: str) -> str:
    """Return the text with the backslash before a quote mark, a bar or a backslash taken away."""
    kept: list[str] = []
    at = 0
    while at < len(text):
        at += _is_escape(text, at)
        kept.append(text[at])
        at += 1
    return "".join(kept)


def read(source: str) -> tuple[Part, ...]:
    """Return the parts of a command's text, in order; refuse a quote that is never closed."""
    return tuple(_parts(source))


def _parts(source: str) -> Iterator[Part]:
    at = gap_from = 0
    while at < len(source):
        if _is_blank(source[at]):
            if source[at] == "\n":
                yield Part(Kind.LINE, "\n", "\n")
            at += 1
            continue
        part, gap = _part(source, at), source[gap_from:at]
        yield Part(part.kind, part.text, part.raw, gap)
        at = gap_from = at + len(part.raw)


def _part(source: str, at: int) -> Part:
    if source[at] in _BARS:
        return Part(Kind.BAR, source[at], source[at])
    if _opens(source, at):
        end = _end_of_quote(source, at)
        if end is not None:
            raw = source[at:end]
            return Part(Kind.QUOTED, tidy(unescape(raw[1:-1])), raw)
        if not _is_lone_mark(source, at):
            raise UnclosedQuote(start=source[at : at + 20])
    raw = source[at : _end_of_word(source, at)]
    return Part(Kind.WORD, unescape(raw), raw)


def _is_blank(char: str) -> bool:
    return char.isspace() or char in _INVISIBLE


def _is_escape(source: str, at: int) -> bool:
    return source[at] == "\\" and source[at + 1 : at + 2] in _ESCAPABLE and at + 1 < len(source)


def _opens(source: str, at: int) -> bool:
    """Say whether the mark here begins a quoted text: not in the middle of a word, as in 27" screen."""
    if source[at] not in _FAMILY:
        return False
    before = source[at - 1] if at else " "
    return source[at] in _ALWAYS_OPENS or _is_blank(before) or before in _OPENS_AFTER or before in _FAMILY


def _is_lone_mark(source: str, at: int) -> bool:
    """Say whether this is the text's only mark and not its beginning: then it is no quote at all."""
    return at > 0 and sum(char in _FAMILY for char in source) == 1


def _end_of_word(source: str, at: int) -> int:
    end = at + 1 + _is_escape(source, at)
    while end < len(source) and not _is_blank(source[end]) and source[end] not in _BARS:
        if _opens(source, end):
            break
        end += 1 + _is_escape(source, end)
    return end


def _end_of_quote(source: str, start: int) -> int | None:
    """Return where the quoted text that begins at `start` is over, its mark included; None if nowhere.

    Quotes inside quotes count, so « le mot "fin" » and "he said “no”" are one text each.
    """
    opened = [source[start]]
    at = start + 1
    while at < len(source):
        if _is_escape(source, at):
            at += 2
            continue
        if source[at] in _FAMILY:
            _meet(source, at, opened)
            if not opened:
                return at + 1
        at += 1
    return None


def _meet(source: str, at: int, opened: list[str]) -> None:
    """Let the mark at `at` open a quote inside the ones that are open, close one, or be a mere sign."""
    mark = source[at]
    if _opens_inside(source, at, opened[-1]):
        opened.append(mark)
        return
    families = [_FAMILY[other] for other in opened]
    if _FAMILY[mark] in families:
        last = len(families) - 1 - families[::-1].index(_FAMILY[mark])
        del opened[last:]


def _opens_inside(source: str, at: int, outer: str) -> bool:
    mark = source[at]
    same = _FAMILY[mark] == _FAMILY[outer]
    if same and outer in _NEVER_OPENS:  # ”Swedish” and »German« texts, which begin with a closing mark
        return False
    if mark in _NEVER_OPENS:
        return False
    if mark in "«‹":
        return True
    before, after = source[at - 1], source[at + 1 : at + 2]
    starts_word = bool(after) and not (_is_blank(after) or after in _FAMILY or after in _BARS)
    return starts_word and (_is_blank(before) or before in "([")

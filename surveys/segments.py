"""The question and the options of a command: quoted texts, or what stands between bars or lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.errors import Refused
from surveys.quotes import Kind, Part, tidy, unescape


class WordsOutsideQuotes(Refused):
    sentence = (
        "I found “{words}” outside the quotes. Put the question and each option in quotes, as in "
        '/poll "Question" "Option" "Option", or part them with |.'
    )


@dataclass(frozen=True, slots=True)
class Item:
    """A question or an option, and the emoji typed before it, or ""."""

    text: str
    emoji: str = ""

    @property
    def whole(self) -> str:
        return f"{self.emoji} {self.text}" if self.emoji else self.text


_EMOJI = re.compile(r":[\w+'-]+:(?::skin-tone-\d:)?|[^\w\s.,;:!?()\[\]{}<>/\\'’\"&|*%$€£#@^~`_+=–—-]+")
_BULLETS = ("-", "–", "—", "•", "*", "·")
_BETWEEN_QUOTES = (",", ";", ":", *_BULLETS)


def segments(parts: Iterable[Part]) -> list[list[Part]]:
    """Return the parts between separators: bars, or line breaks where there are no bars."""
    every = list(parts)
    separator = Kind.BAR if any(part.kind is Kind.BAR for part in every) else Kind.LINE
    found: list[list[Part]] = [[]]
    for part in every:
        if part.kind is separator:
            found.append([])
        elif part.kind is not Kind.LINE:
            found[-1].append(part)
    return found


def items(found: Sequence[list[Part]]) -> list[Item]:
    """Return the question and the options; refuse words that are left over beside quotes."""
    strict = len(found) == 1 or begins_quoted(found[0])
    texts = _texts(found[0], strict=strict)
    for segment in found[1:]:
        texts += _texts(_without_bullet(segment), strict=strict)
    return texts


def has_quoted(segment: Iterable[Part]) -> bool:
    return any(part.kind is Kind.QUOTED for part in segment)


def begins_quoted(segment: Sequence[Part]) -> bool:
    first = next((part for part in segment if not is_emoji(part)), None)
    return first is not None and first.kind is Kind.QUOTED


def only_cites(segment: Sequence[Part]) -> bool:
    """Say whether this is a plain sentence around one quoted name: “Keep the name « Palabre » ?”."""
    quoted = [part for part in segment if part.kind is Kind.QUOTED]
    return len(quoted) == 1 and _is_stray(segment[0]) and _is_stray(segment[-1])


def is_emoji(part: Part) -> bool:
    return part.kind is Kind.WORD and is_one_emoji(part.text)


def is_one_emoji(text: str) -> bool:
    return _EMOJI.fullmatch(text) is not None


def _is_stray(part: Part) -> bool:
    return part.kind is Kind.WORD and not is_emoji(part) and part.text not in _BETWEEN_QUOTES


def _without_bullet(segment: list[Part]) -> list[Part]:
    return segment[1:] if len(segment) > 1 and segment[0].text in _BULLETS else segment


def _texts(segment: Sequence[Part], *, strict: bool) -> list[Item]:
    if not has_quoted(segment):
        return [_typed(segment)]
    strays = [part.text for part in segment if _is_stray(part)]
    if not strays and segment[-1].kind is Kind.WORD and is_emoji(segment[-1]):
        strays = [segment[-1].text]
    if not strays:
        return _quoted_texts(segment)
    if strict and not only_cites(segment):
        raise WordsOutsideQuotes(words=_shortened(" ".join(strays)))
    return [_typed(segment)]


def _quoted_texts(segment: Iterable[Part]) -> list[Item]:
    texts: list[Item] = []
    emojis: list[str] = []
    for part in segment:
        if is_emoji(part):
            emojis.append(part.text)
        elif part.kind is Kind.QUOTED:
            texts.append(_item(emojis, part.text))
            emojis = []
    return texts


def _item(emojis: Sequence[str], text: str) -> Item:
    if len(emojis) == 1 and text:
        return Item(text, emojis[0])
    return Item(" ".join([*emojis, text]) if text else "")


def _typed(segment: Sequence[Part]) -> Item:
    """Return the segment's text as it was typed, without escapes."""
    has_emoji = len(segment) > 1 and is_emoji(segment[0])
    text = tidy(unescape("".join(part.gap + part.raw for part in segment[has_emoji:])))
    return _item([segment[0].text] if has_emoji else [], text)


def _shortened(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"

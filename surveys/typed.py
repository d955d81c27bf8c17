"""Options as people type them in a form, one a line, and as they are shown there again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from surveys.options import Option, Options, tidy
from surveys.rating import LONGEST_SCALE
from surveys.seeing import PollKind
from surveys.segments import is_one_emoji

STEPS = 5
"""So many steps has a rating of which nothing else is said."""

_STAR = re.compile(r"\\+\*|\*")


def read(text: str, kind: PollKind) -> Options:
    """Return the options of a text; () where it holds none and the kind has no usual ones."""
    lines = [line for line in map(tidy, text.splitlines()) if line]
    match kind:
        case PollKind.RATING:
            return _scale(lines)
        case PollKind.QUIZ:
            return tuple(map(_answer, lines))
        case _:
            return tuple(headed(Option(line)) for line in lines)


def written(options: Sequence[Option], kind: PollKind) -> list[str]:
    """Return the lines that `read` takes for these options."""
    match kind:
        case PollKind.RATING:
            return _written_scale(options)
        case PollKind.QUIZ:
            return [_written_answer(option) for option in options]
        case _:
            return [_whole(option.emoji, option.text) for option in options]


def headed(option: Option) -> Option:
    """Return an option with the emoji at the head of its text kept apart, where it has one there."""
    head, _, rest = option.text.partition(" ")
    if option.emoji or not rest.strip() or not is_one_emoji(head):
        return option
    return replace(option, emoji=head, text=rest.strip())


def _whole(emoji: str, text: str) -> str:
    return f"{emoji} {text}".strip()


def _answer(line: str) -> Option:
    """Return an answer of a quiz: a star before its text or its emoji makes it a right one."""
    if _is_starred(line):
        return replace(headed(Option(line[1:].strip())), is_right=True)
    option = headed(Option(line))
    if _is_starred(option.text):
        return replace(option, text=option.text[1:].strip(), is_right=True)
    is_escaped = option.text.startswith("\\") and _STAR.match(option.text)
    return replace(option, text=option.text[1:]) if is_escaped else option


def _is_starred(text: str) -> bool:
    return text.startswith("*") and bool(text[1:].strip())


def _written_answer(option: Option) -> str:
    if option.is_right:
        return "*" + _whole(option.emoji, option.text)
    return _whole(option.emoji, "\\" + option.text if _STAR.match(option.text) else option.text)


def _scale(lines: Sequence[str]) -> Options:
    """Return the steps of a rating, low to high: so many, the emojis of one line, or one a line."""
    if not lines:
        return _steps(STEPS)
    words = lines[0].split()
    if len(lines) == 1 and re.fullmatch(r"[1-9][0-9]?", lines[0]) and 2 <= int(lines[0]) <= LONGEST_SCALE:
        return _steps(int(lines[0]))
    if len(lines) == 1 and all(map(is_one_emoji, words)):
        return tuple(map(Option, words))
    return tuple(headed(Option(line)) for line in lines)


def _steps(count: int) -> Options:
    return tuple(Option(str(step)) for step in range(1, count + 1))


def _written_scale(options: Sequence[Option]) -> list[str]:
    texts = [_whole(option.emoji, option.text) for option in options]
    if tuple(options) == _steps(len(options)):
        return [] if len(options) == STEPS else [str(len(options))]
    return [" ".join(texts)] if all(map(is_one_emoji, texts)) else texts

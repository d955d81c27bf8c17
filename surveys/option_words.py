"""The option words around a question and its options: what they wish, and the parts without them."""

from collections.abc import Sequence
from itertools import takewhile

from surveys import wish_words
from surveys.errors import Refused
from surveys.flags import check_spelling
from surveys.quotes import Kind, Part
from surveys.segments import begins_quoted, has_quoted, is_emoji, only_cites
from surveys.vocabulary import PROMISED_WORDS, SURE_WORDS, WISH_SPELLINGS
from surveys.wishes import Wish


def _words(segment: Sequence[Part]) -> list[str]:
    """Return the words at the head of a segment."""
    return [part.text for part in takewhile(lambda part: part.kind is Kind.WORD, segment)]


def _words_at_the_end(segment: Sequence[Part]) -> list[str]:
    """Return the words after the last quoted text, or after the emojis of a scale that follow it."""
    words = takewhile(lambda part: part.kind is Kind.WORD and not is_emoji(part), reversed(segment))
    return [part.text for part in words][::-1]


def _bare(words: Sequence[str]) -> list[str]:
    """Return words without the commas and colons between wishes: “anonymous, limit 2: …”."""
    return [word.rstrip(",;:") for word in words]


def without_leading(parted: list[list[Part]]) -> tuple[list[Wish], list[list[Part]], bool]:
    """Return what is wished before the question, the segments from it on, and whether it is ambiguous."""
    found = _wished_on_a_line(parted)
    if found:
        parted = parted[1:]
    segment = parted[0]
    words = _words(segment)
    if not words:
        return found, parted, False
    is_plain = not has_quoted(segment)
    more = _run_at_the_head(words) if is_plain else _run_before_quotes(segment, _bare(words))
    rest = segment[sum(wish.count for wish in more) :]
    if is_plain and rest:
        check_spelling(_bare(_words(rest))[0], PROMISED_WORDS, cutoff=0.85)
    if not is_plain and not begins_quoted(rest) and not only_cites(rest):
        check_spelling(rest[0].text, WISH_SPELLINGS)
    is_said = any(wish.name != "lang" for wish in more)
    is_ambiguous = is_said and bool(rest) and not begins_quoted(rest)
    is_ambiguous = is_ambiguous or (is_plain and wish_words.may_be_moment(_words(rest)))
    return [*found, *more], [rest, *parted[1:]], is_ambiguous


def _wished_on_a_line(parted: Sequence[list[Part]]) -> list[Wish]:
    """Return what a first line of wishes says, above a question in quotes."""
    if len(parted) < 2 or not begins_quoted(parted[1]) or has_quoted(parted[0]):
        return []
    words = [part.text for part in parted[0]]
    found = wish_words.run(words)
    return found if sum(wish.count for wish in found) == len(words) else []


def _run_at_the_head(words: Sequence[str]) -> list[Wish]:
    """Return the sure wishes of a text without quotes.

    “On 3 March, shall we?” is a question, “anonymous, limit 2 Where?” is none.
    """
    bare = _bare(words)
    return wish_words.sure_run(bare if bare[0].casefold() in SURE_WORDS else words)


def _run_before_quotes(segment: Sequence[Part], words: Sequence[str]) -> list[Wish]:
    """Return the wishes that lead up to a quoted question; only sure ones where a sentence cites a name."""
    try:
        found = wish_words.run(words)
    except Refused:
        if only_cites(segment):
            return wish_words.sure_run(words)
        raise
    rest = segment[sum(wish.count for wish in found) :]
    return wish_words.sure_run(words) if rest and only_cites(rest) else found


def without_trailing(parted: list[list[Part]]) -> tuple[list[Wish], list[list[Part]]]:
    """Return what is wished after the last quoted text, and the segments without it."""
    last = parted[-1]
    if not begins_quoted(parted[0]) or not (has_quoted(last) or len(parted) > 1):
        return [], parted
    words = _words_at_the_end(last)
    if not words or (not has_quoted(last) and not begins_quoted(parted[-2])):
        return [], parted
    said = [word for word in _bare(words) if word]
    found = wish_words.run(said)
    if sum(wish.count for wish in found) != len(said):
        return [], parted
    rest = last[: len(last) - len(words)]
    return found, [*parted[:-1], rest] if rest else parted[:-1]

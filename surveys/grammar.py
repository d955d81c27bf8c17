"""The words of the poll command, English and French, into what the person asks for."""

import re
from collections.abc import Sequence
from dataclasses import replace

from surveys import flags, wish_words
from surveys.errors import Refused
from surveys.flags import MisspeltWord, UnknownWord, check_spelling
from surveys.moments import closing
from surveys.option_words import without_leading, without_trailing
from surveys.options import MOST_OPTIONS
from surveys.quiz import NoRightAnswer
from surveys.quotes import Kind, Part, quote, read, tidy
from surveys.requests import Ask, Close, Help, Listed, OpenForm, Request, Results
from surveys.seeing import PollKind
from surveys.segments import Item, WordsOutsideQuotes, has_quoted, is_emoji, items, segments
from surveys.vocabulary import (
    CLOSE_WORDS,
    HELP_WORDS,
    LATER_VERBS,
    LIST_WORDS,
    RESULTS_WORDS,
    VERB_WORDS,
    YES_NO,
    YES_NO_IN_FRENCH,
    is_french,
)
from surveys.wish_words import NotYet, UnknownLanguage
from surveys.wishes import Wishes, check_limits, joined

__all__ = [
    "Ask",
    "Close",
    "Help",
    "Listed",
    "MisspeltWord",
    "NoRightAnswer",
    "NotYet",
    "OpenForm",
    "Request",
    "Results",
    "UnknownLanguage",
    "UnknownWord",
    "WordsOutsideQuotes",
    "closing",
    "parse",
    "printed",
]


class QuestionFirst(Refused):
    sentence = (
        "There are options, but the question before them is empty. "
        'Begin with the question, as in /poll "Question" "Option" "Option".'
    )


class VerbNotYet(Refused):
    sentence = (
        "“{word}” can't be done yet, so nothing was changed. Write /poll help for what can; "
        "if it is your question, put it in quotes."
    )


class OnWhen(Refused):
    sentence = (
        "A poll is posted later with “on” and a moment, as in "
        '/poll on friday 9:00 "Question" "Option" "Option". Nothing was posted yet.'
    )


class SingleQuotes(Refused):
    sentence = (
        "Single quotes don't part the options, because an apostrophe looks the same. "
        'Use double ones, as in /poll "Question" "Option" "Option".'
    )


QUESTION_MARKS = "?？؟"
RATINGS = ("1", "2", "3", "4", "5")

_KINDS = {kind.value: kind for kind in PollKind}
"""Kinds of polls, by the names of their wishes; such a word alone is hardly a question."""
_VERBS: dict[str, Request] = {
    **dict.fromkeys(HELP_WORDS, Help()),
    **dict.fromkeys(CLOSE_WORDS, Close()),
    **dict.fromkeys(RESULTS_WORDS, Results()),
    **dict.fromkeys(LIST_WORDS, Listed()),
}
_SINGLE_QUOTED = re.compile(r"['‘‚](?!\s).+['’‘]\s+['‘‚](?!\s).+['’‘]", re.DOTALL)
_LATER = re.compile(r"(\w+)(?:\s+(?:[\"“”„«»‹].*|[^\W_]*\d\w*))?", re.DOTALL)
"""A verb alone, or before a quoted text or the number of a poll."""
_SCHEDULED = re.compile(
    r"(?:schedule|programmer|planifier)(?:\s[^\"“”„«»‹›]*[\"“”„«‹].*[\"“”»›])?", re.DOTALL | re.IGNORECASE
)
"""A verb of other apps, alone or before quoted texts with nothing behind them."""
_STAR = re.compile(r"\\+\*|\*")
_DOUBLED = re.compile(r"/?(?:poll|sondage)\s+(?=[\"“”„«»‹›＂])", re.IGNORECASE)
"""The command once more, at the head of a line that was copied from elsewhere."""
_MARKS = " ?!.…"
_ASKED: dict[str, Request] = {word: verb for word, verb in _VERBS.items() if not isinstance(verb, Close)}
"""Verbs that are taken with a mark behind them too: they change nothing."""


def parse(text: str, language: str) -> Request:
    """Return what the text of a command asks for; language: the asker's, for the usual options.

    Refuses what can't be understood, and wishes of later; how long is not its affair (see polls.draft).
    """
    source = _DOUBLED.sub("", text.strip(), count=1)
    alone = tidy(source).casefold()
    verb = _VERBS.get(alone) or _ASKED.get(alone.rstrip(_MARKS))
    if verb is not None:
        return verb
    _check_alone(source)
    kind = _KINDS.get(wish_words.named([source])[0] or "")
    if kind is not None:
        return OpenForm(Wishes(kind=kind))
    flagged, parts = flags.taken(read(source))
    leading, parted, is_ambiguous = without_leading(segments(parts))
    trailing, parted = without_trailing(parted)
    is_ambiguous = is_ambiguous or _is_hardly_asked(parted)
    wishes = joined([*leading, *trailing, *flagged], is_ambiguous=is_ambiguous)
    return _request(items(_as_rated(parted, wishes)), wishes, language)


def printed(ask: Ask, language: str) -> str:
    """Return the command's text, in words of a language, that `parse` reads as this poll again."""
    words = [*wish_words.printed(ask.wishes, language), quote(ask.question)]
    for at, option in enumerate(ask.options):
        words += [ask.emojis[at]] if ask.emojis and ask.emojis[at] else []
        words.append(quote(_with_star(option, at in ask.right) if _is_quiz(ask.wishes) else option))
    return " ".join(words)


def usual_options(language: str) -> tuple[str, ...]:
    """Return the options of a poll for which none were given."""
    return YES_NO_IN_FRENCH if is_french(language) else YES_NO


def _request(texts: Sequence[Item], wishes: Wishes, language: str) -> Request:
    question, *given = texts or (Item(""),)
    options = [option for option in given if option.text]
    if not question.text and options:
        raise QuestionFirst
    if not question.text:
        return OpenForm(wishes)
    if not options:
        options = [Item(text) for text in _usual(wishes, language)]
    check_limits(wishes, len(options) or MOST_OPTIONS)
    emojis = tuple(option.emoji for option in options) if any(option.emoji for option in options) else ()
    right, said = _marked(options, wishes)
    return Ask(question.whole, said, wishes, emojis, right)


def _is_hardly_asked(parted: Sequence[Sequence[Part]]) -> bool:
    """Say whether a text may be no question at all: nothing quoted, nothing to choose from, no question mark.

    “close the poll”, “results please”, “delete”; and “close?”, a verb that changes something.
    """
    [first, *others] = parted
    if others or has_quoted(first) or not first:
        return False
    text = tidy("".join(part.gap + part.raw for part in first))
    is_asked = any(mark in text for mark in QUESTION_MARKS)
    return not is_asked or text.casefold().rstrip(_MARKS) in _VERBS


def _usual(wishes: Wishes, language: str) -> tuple[str, ...]:
    """Return the options that a kind of poll has where none were given; () where some must be."""
    if wishes.kind is PollKind.RATING:
        return RATINGS
    return usual_options(wishes.language or language) if wishes.kind in (None, PollKind.CHOICE) else ()


def _is_quiz(wishes: Wishes) -> bool:
    return wishes.kind is PollKind.QUIZ


def _marked(options: Sequence[Item], wishes: Wishes) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the indexes of a quiz's right answers, and the options without the stars that mark them."""
    texts = [option.text for option in options]
    if not _is_quiz(wishes):
        return (), tuple(texts)
    right = tuple(at for at, text in enumerate(texts) if text.startswith("*") and text[1:].strip())
    if not right:
        raise NoRightAnswer
    return right, tuple(_without_star(text, at in right) for at, text in enumerate(texts))


def _without_star(text: str, is_right: bool) -> str:
    if is_right:
        return text[1:].strip()
    return text[1:] if text.startswith("\\") and _STAR.match(text) else text


def _with_star(text: str, is_right: bool) -> str:
    if is_right:
        return "*" + text
    return "\\" + text if _STAR.match(text) else text


def _as_rated(parted: list[list[Part]], wishes: Wishes) -> list[list[Part]]:
    """Return the parts with the emojis after a rating's question as options, where it has no other ones."""
    question, *scale = [part for segment in parted for part in segment] or [Part(Kind.LINE, "", "")]
    is_scale = wishes.kind is PollKind.RATING and len(scale) > 1 and all(map(is_emoji, scale))
    if not is_scale or question.kind is not Kind.QUOTED:
        return parted
    return [[question, *(replace(part, kind=Kind.QUOTED) for part in scale)]]


def _check_alone(source: str) -> None:
    """Refuse a lone word that is a verb of later or nearly one of ours, and texts in single quotes."""
    if _SCHEDULED.fullmatch(source):
        raise OnWhen
    later = _LATER.fullmatch(source)
    if later is not None and later[1].casefold() in LATER_VERBS:
        raise VerbNotYet(word=later[1])
    if source.isalpha() and wish_words.named([source])[0] is None:
        check_spelling(source, VERB_WORDS)
    if _SINGLE_QUOTED.fullmatch(source):
        raise SingleQuotes

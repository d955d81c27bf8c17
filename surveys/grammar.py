"""The words of the poll command, English and French, into what the person asks for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from surveys.anonymity import Level
from surveys.errors import Refused
from surveys.quotes import Kind, Part, quote, read, tidy, unescape
from surveys.vocabulary import (
    ANONYMOUS_WORDS,
    CLOSE_WORDS,
    HELP_WORDS,
    KNOWN_WORDS,
    LANGUAGE_WORDS,
    LANGUAGES,
    LATER_ALONE,
    LATER_BESIDE_QUOTES,
    LATER_MOMENT,
    LATER_WORDS,
    RESULTS_WORDS,
    VERB_WORDS,
)
from surveys.wishes import NO_WISHES, Wishes


class WordsOutsideQuotes(Refused):
    sentence = (
        "I found “{words}” outside the quotes. Put the question and each option in quotes, as in "
        '/poll "Question" "Option" "Option", or part them with |.'
    )


class QuestionFirst(Refused):
    sentence = (
        "There are options, but the question before them is empty. "
        'Begin with the question, as in /poll "Question" "Option" "Option".'
    )


class UnknownWord(Refused):
    sentence = (
        "I don't know “{word}”. Write /poll help for the list; "
        "if it is part of your question, put the question in quotes."
    )


class MisspeltWord(Refused):
    sentence = (
        "I don't know “{word}”. Did you mean “{known}”? Write /poll help for the list; "
        "if it is part of your question, put the question in quotes."
    )


class NotYet(Refused):
    sentence = (
        "“{word}” can't be asked for yet, so nothing was posted. Take it out and send the command again; "
        "if it is part of your question, put the question in quotes."
    )


class UnknownLanguage(Refused):
    sentence = "I don't speak “{language}”. Write lang en or lang fr, or leave it out."


class SingleQuotes(Refused):
    sentence = (
        "Single quotes don't part the options, because an apostrophe looks the same. "
        'Use double ones, as in /poll "Question" "Option" "Option".'
    )


@dataclass(frozen=True, slots=True)
class Ask:
    """A poll to be posted.

    emojis: one an option, or "" where it has none; () where none has.
    """

    question: str
    options: tuple[str, ...]
    wishes: Wishes = NO_WISHES
    emojis: tuple[str, ...] = ()

    @property
    def language(self) -> str | None:
        """The poll's language, None where the command named none."""
        return self.wishes.language


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form in which a poll is written."""


@dataclass(frozen=True, slots=True)
class Help:
    """The list of what can be written."""


@dataclass(frozen=True, slots=True)
class Close:
    """The person's latest open poll here, to be closed."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results of the person's latest poll here."""


Request = Ask | OpenForm | Help | Close | Results

USUAL_OPTIONS = {"en": ("Yes", "No", "Abstain"), "fr": ("Oui", "Non", "Abstention")}

_VERBS: dict[str, Request] = {
    **dict.fromkeys(HELP_WORDS, Help()),
    **dict.fromkeys(CLOSE_WORDS, Close()),
    **dict.fromkeys(RESULTS_WORDS, Results()),
}
_FLAG = re.compile(r"(?P<dashes>--|[-–—])(?P<name>[^\W\d_][\w-]*)(?:=(?P<value>.*))?", re.DOTALL)
_EMOJI = re.compile(r":[\w+'-]+:(?::skin-tone-\d:)?|[^\w\s.,;:!?()\[\]{}<>/\\'’\"&|*%$€£#@^~`_+=–—-]+")
_SINGLE_QUOTED = re.compile(r"['‘‚](?!\s).+['’‘]\s+['‘‚](?!\s).+['’‘]", re.DOTALL)
_BULLETS = ("-", "–", "—", "•", "*", "·")
_BETWEEN_QUOTES = (",", ";", *_BULLETS)


def parse(text: str, language: str) -> Request:
    """Return what the text of a command asks for; language: the asker's, for the usual options.

    Refuses what can't be understood; how long or how many is not its affair (see polls.draft).
    """
    source = text.strip()
    verb = _VERBS.get(tidy(source).casefold())
    if verb is not None:
        return verb
    _check_alone(source)
    flagged, parts = _without_flags(read(source))
    segments = _segments(parts)
    spoken, segments[0] = _without_leading_words(segments[0])
    wishes = Wishes(level=spoken.level or flagged.level, language=spoken.language or flagged.language)
    return _request(_items(segments), wishes, language)


def print_command(ask: Ask) -> str:
    """Return the command's text that `parse` reads as this poll again."""
    leading = ["lang", ask.language] if ask.language else []
    leading += ["anonymous"] if ask.wishes.level is Level.ANONYMOUS else []
    return " ".join([*leading, *(quote(text) for text in (ask.question, *ask.options))])


def usual_options(language: str) -> tuple[str, ...]:
    """Return the options of a poll for which none were given."""
    return USUAL_OPTIONS["fr" if language.casefold().startswith("fr") else "en"]


def _request(items: Sequence[str], wishes: Wishes, language: str) -> Request:
    question, *given = items or ("",)
    options = tuple(option for option in given if option)
    if question:
        named = wishes.language
        return Ask(question, options or usual_options(named or language), wishes)
    if options:
        raise QuestionFirst
    return OpenForm()


def _check_alone(source: str) -> None:
    """Refuse a lone word that is a verb of later or nearly one of ours, and texts in single quotes."""
    word = source.casefold()
    if word in LATER_ALONE:
        raise NotYet(word=source)
    if word.isalpha():
        _check_spelling(source, VERB_WORDS)
    if _SINGLE_QUOTED.fullmatch(source):
        raise SingleQuotes


def _check_spelling(word: str, known: Sequence[str], dashes: str = "") -> None:
    nearest = get_close_matches(word.casefold(), known, n=1, cutoff=0.75)
    if nearest:
        raise MisspeltWord(word=dashes + word, known=dashes + nearest[0])


def _without_flags(parts: Sequence[Part]) -> tuple[Wishes, list[Part]]:
    """Return what the flags ask for, and the parts that are no flags."""
    wishes = Wishes()
    kept: list[Part] = []
    rest = list(parts)
    while rest:
        part = rest.pop(0)
        flag = _flag(part)
        if flag is None:
            kept.append(part)
            continue
        value = flag["value"]
        if flag["name"].casefold() in ANONYMOUS_WORDS:
            wishes = replace(wishes, level=Level.ANONYMOUS)
            continue
        if value is None and rest and rest[0].kind is Kind.WORD:
            value = rest.pop(0).text
        wishes = replace(wishes, language=_language(value or part.text))
    return wishes, kept


def _flag(part: Part) -> re.Match[str] | None:
    """Return the flag that names a language; None where the part is no flag; refuse any other flag.

    Slack's clients turn -- into a dash, so a dash before a known word is a flag too.
    """
    match = _FLAG.fullmatch(part.text) if part.kind is Kind.WORD else None
    if match is None:
        return None
    name = match["name"].casefold()
    if name in LANGUAGE_WORDS or (name in ANONYMOUS_WORDS and match["value"] is None):
        return match
    if name in LATER_BESIDE_QUOTES and (match["dashes"] != "-" or name in LATER_WORDS):
        raise NotYet(word=part.text)
    if match["dashes"] != "--":
        return None
    _check_spelling(match["name"], KNOWN_WORDS, match["dashes"])
    raise UnknownWord(word=part.text)


def _language(word: str) -> str:
    language = LANGUAGES.get(word.casefold())
    if language is None:
        raise UnknownLanguage(language=word)
    return language


def _segments(parts: Iterable[Part]) -> list[list[Part]]:
    """Return the parts between separators: bars, or line breaks where there are no bars."""
    every = list(parts)
    separator = Kind.BAR if any(part.kind is Kind.BAR for part in every) else Kind.LINE
    segments: list[list[Part]] = [[]]
    for part in every:
        if part.kind is separator:
            segments.append([])
        elif part.kind is not Kind.LINE:
            segments[-1].append(part)
    return segments


def _without_leading_words(segment: list[Part]) -> tuple[Wishes, list[Part]]:
    """Return what is asked for before the question, and the segment that begins with the question."""
    wishes = Wishes()
    while True:
        if _names_language(segment):
            wishes = replace(wishes, language=_language(segment[1].text))
            segment = segment[2:]
        elif (
            len(segment) > 1
            and segment[0].text.casefold() in ANONYMOUS_WORDS
            and segment[0].kind is Kind.WORD
        ):
            wishes = replace(wishes, level=Level.ANONYMOUS)
            segment = segment[1:]
        else:
            break
    if segment and segment[0].kind is Kind.WORD:
        _check_leading(segment)
    return wishes, segment


def _names_language(segment: Sequence[Part]) -> bool:
    words = [part.text.casefold() for part in segment[:2] if part.kind is Kind.WORD]
    if len(words) < 2 or words[0] not in LANGUAGE_WORDS:
        return False
    return _has_quoted(segment) or words[1] in LANGUAGES or len(words[1]) == 2


def _check_leading(segment: Sequence[Part]) -> None:
    word = segment[0].text
    before_quotes = _has_quoted(segment) and not _only_cites(segment)
    if _is_for_later(segment) or (before_quotes and word.casefold() in LATER_BESIDE_QUOTES):
        raise NotYet(word=word)
    if _has_quoted(segment):
        _check_spelling(word, KNOWN_WORDS if before_quotes else sorted(LATER_WORDS))


def _is_for_later(segment: Sequence[Part]) -> bool:
    """Say whether a text without quotes begins with a wish for later: “limit 2 …”, “close 18:00 …”."""
    word = segment[0].text.casefold()
    if word in ("limit", "limite", "votes"):
        return len(segment) == 1 or segment[1].text.isdecimal()
    return word in LATER_WORDS or LATER_MOMENT.match(_typed(segment).casefold()) is not None


def _has_quoted(segment: Iterable[Part]) -> bool:
    return any(part.kind is Kind.QUOTED for part in segment)


def _items(segments: Sequence[list[Part]]) -> list[str]:
    """Return the question and the options: quoted texts, or what stands between separators."""
    strict = len(segments) == 1 or _begins_quoted(segments[0])
    items = _texts(segments[0], strict)
    for segment in segments[1:]:
        items += _texts(_without_bullet(segment), strict)
    return items


def _begins_quoted(segment: Sequence[Part]) -> bool:
    first = next((part for part in segment if not _is_emoji(part)), None)
    return first is not None and first.kind is Kind.QUOTED


def _without_bullet(segment: list[Part]) -> list[Part]:
    return segment[1:] if len(segment) > 1 and segment[0].text in _BULLETS else segment


def _texts(segment: Sequence[Part], strict: bool) -> list[str]:
    if not _has_quoted(segment):
        return [_typed(segment)]
    strays = [part.text for part in segment if _is_stray(part)]
    if not strays and segment[-1].kind is Kind.WORD and _is_emoji(segment[-1]):
        strays = [segment[-1].text]
    if not strays:
        return _quoted_texts(segment)
    if strict and strays[0].casefold() in LATER_WORDS:
        raise NotYet(word=strays[0])
    if strict and not _only_cites(segment):
        raise WordsOutsideQuotes(words=_shortened(" ".join(strays)))
    return [_typed(segment)]


def _only_cites(segment: Sequence[Part]) -> bool:
    """Say whether this is a plain sentence around one quoted name: “Keep the name « Palabre » ?”."""
    quoted = [part for part in segment if part.kind is Kind.QUOTED]
    return len(quoted) == 1 and _is_stray(segment[0]) and _is_stray(segment[-1])


def _is_emoji(part: Part) -> bool:
    return part.kind is Kind.WORD and _EMOJI.fullmatch(part.text) is not None


def _is_stray(part: Part) -> bool:
    return part.kind is Kind.WORD and not _is_emoji(part) and part.text not in _BETWEEN_QUOTES


def _quoted_texts(segment: Iterable[Part]) -> list[str]:
    """Return each quoted text, with the emoji typed before it."""
    texts: list[str] = []
    emoji: list[str] = []
    for part in segment:
        if _is_emoji(part):
            emoji.append(part.text)
        elif part.kind is Kind.QUOTED:
            texts.append(" ".join([*emoji, part.text]) if part.text else "")
            emoji = []
    return texts


def _typed(segment: Sequence[Part]) -> str:
    """Return the segment's text as it was typed, without escapes."""
    return tidy(unescape("".join(part.gap + part.raw for part in segment)))


def _shortened(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"

"""The words after the survey command, English and French, into what the person asks for."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NoReturn

from surveys.errors import Refused
from surveys.quotes import tidy
from surveys.vocabulary import CLOSE_WORDS, HELP_WORDS, RESULTS_WORDS


class NoSuchSurvey(Refused):
    sentence = (
        "I don't know a survey “{word}”. Write /survey satisfaction, /survey event or /survey retro, "
        "or /survey alone to choose."
    )


class MisspeltSurvey(Refused):
    sentence = "I don't know “{word}”. Did you mean /survey {known}? Write /survey alone to choose."


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """The window in which a survey is chosen."""

    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class LookOver:
    """A ready-made survey, to be looked over at once."""

    template: str
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """The list of what can be written."""


@dataclass(frozen=True, slots=True)
class Close:
    """The person's latest open survey here, to be closed."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a survey, which another command posts."""


Request = OpenChoice | LookOver | Help | Close | Results

# fmt: off
TEMPLATE_WORDS: dict[str, str] = {
    **dict.fromkeys((
        "satisfaction", "community", "community satisfaction", "communauté", "communaute",
        "satisfaction de la communauté", "community_satisfaction",
    ), "community_satisfaction"),
    **dict.fromkeys((
        "event", "event feedback", "feedback", "événement", "évènement", "evenement", "retour",
        "retour sur un événement", "event_feedback",
    ), "event_feedback"),
    **dict.fromkeys((
        "retro", "rétro", "retrospective", "rétrospective",
    ), "retrospective"),
}
ANONYMOUS_WORDS = frozenset((
    "anonymous", "anonymously", "anon", "secret", "hidden", "anonyme", "anonymes", "anonymement", "secrète",
    "secrete", "caché", "cachée", "masqué", "masquée",
))
# fmt: on
_VERBS: dict[str, Request] = {
    "": OpenChoice(),
    **dict.fromkeys(HELP_WORDS, Help()),
    **dict.fromkeys(CLOSE_WORDS, Close()),
    **dict.fromkeys(RESULTS_WORDS, Results()),
    **{word: LookOver(name) for word, name in TEMPLATE_WORDS.items()},
}
_SHORT = tuple(word for word in (*_VERBS, *sorted(ANONYMOUS_WORDS)) if word.isalpha())


def parse(text: str) -> Request:
    """Return what the text of a command asks for; refuse what can't be understood."""
    words = tidy(text)
    kept = " ".join(word for word in words.split() if _bare(word) not in ANONYMOUS_WORDS)
    request = _VERBS.get(kept.casefold()) or _VERBS.get(_bare(kept))
    if request is None:
        _refuse(kept)
    if kept == words:
        return request
    if isinstance(request, OpenChoice | LookOver):
        return replace(request, is_anonymous=True)
    raise NoSuchSurvey(word=words)


def _bare(word: str) -> str:
    """Return a word without the quotes or the dashes of a flag, which Slack's clients may have changed."""
    return word.strip("\"“”«»'’-–— ").casefold()


def _refuse(words: str) -> NoReturn:
    nearest = get_close_matches(_bare(words), _SHORT, n=1, cutoff=0.7)
    shown = words if len(words) <= 60 else words[:59] + "…"
    if not nearest:
        raise NoSuchSurvey(word=shown)
    raise MisspeltSurvey(word=shown, known=nearest[0])

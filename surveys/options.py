"""Options: what a poll offers to choose from, and what may be offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from unicodedata import category, normalize

from surveys.errors import Refused
from surveys.text import length

MOST_OPTIONS = 100
"""Slack's menus hold a hundred options; beyond that no vote could be cast."""
LONGEST_OPTION = 75
"""Slack's limit for the text of an option or a button."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


class TooFewOptions(Refused):
    sentence = "A poll needs at least two options. Add one more, or give none for Yes / No / Abstain."


class TooManyOptions(Refused):
    sentence = "That makes {count} options; {most} is the most. Please take some away."


class OptionTooLong(Refused):
    sentence = "The option “{option}” has {count} characters; {most} is the most. Please shorten it."


class SameOptionTwice(Refused):
    sentence = "The option “{option}” is there twice. Keep it once, or tell the two apart."


class NoDatesAdded(Refused):
    sentence = "Voters can't add dates to a poll yet. Leave out add-choice, or ask without dates."


class Adding(StrEnum):
    """Whether voters may add options, and whether the owner lets each one in."""

    NO = "no"
    ANYONE = "anyone"
    APPROVED = "approved"


class OptionState(StrEnum):
    """Whether an option can be chosen: it can where it was asked or let in."""

    ASKED = "asked"
    WAITING = "waiting"
    """Added by a voter; its owner has not let it in yet."""
    GONE = "gone"
    """Taken away again, with its votes; the number stays, so that the others keep theirs."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    emoji: shown before the text, "👍" or ":parrot:"; moment: of a date, the instant it begins, where is_day
    noon of that day in UTC; is_right: of a quiz; picture: an https address, alt: what is to be seen there;
    is_other: whoever chooses it writes something of their own; added_by: the voter who added it, as
    "team:user", "" where nobody keeps who did, None where it was asked.
    """

    text: str
    emoji: str = ""
    moment: datetime | None = None
    is_day: bool = False
    is_right: bool = False
    picture: str = ""
    alt: str = ""
    is_other: bool = False
    added_by: str | None = None
    state: OptionState = OptionState.ASKED

    @property
    def whole(self) -> str:
        """The text with the emoji before it."""
        return f"{self.emoji} {self.text}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it is shown and can be chosen."""
        return self.state is OptionState.ASKED

    @property
    def is_added(self) -> bool:
        """Whether a voter added it."""
        return self.added_by is not None


Options = tuple[Option, ...]
"""All options of a poll; each one's place is its number, which never changes."""


def asked(texts: Iterable[str]) -> Options:
    """Return options of which there is nothing to say but their texts."""
    return tuple(map(Option, texts))


def checked(options: Sequence[Option]) -> Options:
    """Return what may be offered, white space tidied, or refuse with the reason."""
    all_tidy = (replace(option, text=tidy(option.text)) for option in options)
    kept = tuple(option for option in all_tidy if option.text)
    if len(kept) < 2:
        raise TooFewOptions
    check_one_by_one(kept)
    return kept


def check_one_by_one(options: Sequence[Option]) -> None:
    """Refuse too many options, one too long, and two alike; those taken away don't count."""
    offered = [option for option in options if option.state is not OptionState.GONE]
    if len(options) > MOST_OPTIONS:
        raise TooManyOptions(count=len(options), most=MOST_OPTIONS)
    seen: set[str] = set()
    for option in offered:
        _check_text(option.whole, seen)
        seen.add(alike(option.whole))


def tidy(text: str) -> str:
    """Return the text on one line, single spaced; empty where nothing in it could be seen.

    Control characters go: PostgreSQL refuses NUL, and no message shows any. So do marks that turn the
    direction of writing: the votes that stand behind the text would be turned with it, 12 into 21.
    """
    words = ("".join(filter(_is_kept, word)) for word in text.split())
    joined = " ".join(word for word in words if word)
    return joined if any(category(char)[0] not in "CZ" for char in joined) else ""


def _is_kept(char: str) -> bool:
    return category(char) not in ("Cc", "Cs") and char not in _TURNING


def alike(text: str) -> str:
    """Return what two texts that look the same have in common: é is one character or two."""
    return normalize("NFC", normalize("NFC", text).casefold()).translate(_UNSEEN)


def _check_text(text: str, seen: set[str]) -> None:
    if length(text) > LONGEST_OPTION:
        raise OptionTooLong(option=text[:20] + "…", count=length(text), most=LONGEST_OPTION)
    if alike(text) in seen:
        raise SameOptionTwice(option=text)

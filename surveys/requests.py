"""What the text of a poll command asks for."""

from dataclasses import dataclass

from surveys.options import Option, Options
from surveys.typed import headed
from surveys.wishes import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True)
class Ask:
    """A poll to be posted.

    emojis: one an option, or "" where it has none; () where none has. right: of a quiz, the indexes.
    """

    question: str
    options: tuple[str, ...]
    wishes: Wishes = NO_WISHES
    emojis: tuple[str, ...] = ()
    right: tuple[int, ...] = ()

    @property
    def offered(self) -> Options:
        """What is to be chosen from; an emoji at the head of a quoted text is kept apart as well."""
        emojis = self.emojis or ("",) * len(self.options)
        each = zip(self.options, emojis, strict=True)
        return tuple(
            headed(Option(text, emoji, is_right=number in self.right))
            for number, (text, emoji) in enumerate(each)
        )

    @property
    def language(self) -> str | None:
        """The poll's language, None where the command named none."""
        return self.wishes.language


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form in which a poll is written."""

    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True)
class Help:
    """The list of what can be written."""


@dataclass(frozen=True, slots=True)
class Close:
    """The person's latest open poll here, to be closed."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results of the person's latest poll here."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The person's open polls, and those that wait to be posted."""


Request = Ask | OpenForm | Help | Close | Results | Listed

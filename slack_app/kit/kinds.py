"""What people call the question types, where a survey is described to them."""

from slack_app.kit.words import Words
from surveys.questions import Kind


def kind_name(kind: Kind, words: Words) -> str:
    """Return a type's name in words, for a place that shows text as it is."""
    match kind:
        case Kind.SINGLE_CHOICE:
            return words.plain("One choice")
        case Kind.SEVERAL_CHOICES:
            return words.plain("Several choices")
        case Kind.RATING:
            return words.plain("1 to 5")
        case Kind.ZERO_TO_TEN:
            return words.plain("0 to 10")
        case Kind.OPEN_TEXT:
            return words.plain("Comment")

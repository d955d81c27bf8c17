"""One form element for each question type, filled in with what was answered before."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import cut
from slack_app.kit.words import Words
from surveys.questions import LONGEST_COMMENT, Entry, Kind, Question, scale
from surveys.text import length

LABEL = 2000

Input = Callable[[Question, Entry, Words], Block]


def field(question: Question, entry: Entry, words: Words) -> Block:
    """The question as a form shows it; entry: what was answered before."""
    element = INPUTS[question.kind](question, entry, words)
    label, hint = cut(question.text, LABEL), cut(_hint(question), LABEL)
    return blocks.field(question.id, label, element, hint or None, optional=not question.is_required)


def _hint(question: Question) -> str:
    """Return the hint, and after it whole what the options could not show whole."""
    whole = (text for text, shown in _numbered(question) if length(text) > blocks.OPTION)
    return "\n".join(filter(None, [question.hint, *whole]))


def _numbered(question: Question) -> list[tuple[str, str]]:
    """Return each choice's whole text and the one its option shows, with numbers where some are too long."""
    texts = question.choices
    if any(length(text) > blocks.OPTION for text in texts):
        texts = tuple(f"{number}. {text}" for number, text in enumerate(texts, 1))
    return [(text, cut(text, blocks.OPTION)) for text in texts]


def _single_choice(question: Question, entry: Entry, words: Words) -> Block:
    options = _options(question)
    chosen = next(iter(_among(options, entry)), None)
    if len(options) <= blocks.RADIOS:
        return blocks.radios(question.id, options, chosen)
    return blocks.menu(question.id, options, words.plain("Choose an answer"), chosen)


def _several_choices(question: Question, entry: Entry, words: Words) -> Block:
    options = _options(question)
    chosen = _among(options, entry)
    if len(options) <= blocks.CHECKBOXES:
        return blocks.checkboxes(question.id, options, chosen)
    return blocks.many_menu(question.id, options, words.plain("Choose as many as you like"), chosen)


def _rating(question: Question, entry: Entry, _words: Words) -> Block:
    steps = _steps(question)
    return blocks.radios(question.id, steps, next(iter(_among(steps, entry)), None))


def _zero_to_ten(question: Question, entry: Entry, words: Words) -> Block:
    steps = _steps(question)
    chosen = next(iter(_among(steps, entry)), None)
    return blocks.menu(question.id, steps, words.plain("Choose a number"), chosen)


def _open_text(question: Question, entry: Entry, _words: Words) -> Block:
    written = "\n".join(entry)
    return blocks.text_field(question.id, most=LONGEST_COMMENT, lines=True, initial=written)


def _options(question: Question) -> list[Block]:
    shown = (shown for _, shown in _numbered(question))
    return [blocks.choice(text, str(number)) for number, text in enumerate(shown)]


def _steps(question: Question) -> list[Block]:
    """The numbers of a scale, its ends with their meaning beside them; no stars, for people who listen."""
    numbers = scale(question.kind)
    meaning = {numbers[0]: question.low, numbers[-1]: question.high}
    return [blocks.choice(_step(number, meaning.get(number, "")), str(number)) for number in numbers]


def _step(number: int, meaning: str) -> str:
    return cut(f"{number} – {meaning}", blocks.OPTION) if meaning else str(number)


def _among(options: Sequence[Block], entry: Iterable[str]) -> list[Block]:
    wanted = set(entry)
    return [option for option in options if option["value"] in wanted]


INPUTS: Mapping[Kind, Input] = {
    Kind.SINGLE_CHOICE: _single_choice,
    Kind.SEVERAL_CHOICES: _several_choices,
    Kind.RATING: _rating,
    Kind.ZERO_TO_TEN: _zero_to_ten,
    Kind.OPEN_TEXT: _open_text,
}

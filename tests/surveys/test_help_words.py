"""The help of the poll command tells each wish once, and all that it shows can be sent as it stands."""

import re

import pytest

from slack_app.kit.words import words
from slack_app.polls.help import help_note
from surveys import grammar, wish_words
from surveys.grammar import Ask
from surveys.vocabulary import LATER_WISHES, WISH_WORDS

LONGEST = 2000
"""About four screens of a phone."""
UNSAID = {"names-hidden"}
"""As usual, where nothing is said."""


def shown(language: str) -> list[str]:
    """What the help shows to be typed."""
    return re.findall("`([^`]+)`", help_note(words(language)).text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_line_shown_is_understood(language: str) -> None:
    lines = [
        text.removeprefix(start)
        for text in shown(language)
        for start in ("/poll", "@Palabre")
        if text.startswith(start)
    ]
    assert len(lines) == 8
    for line in lines:
        assert grammar.parse(line, language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_word_shown_is_a_wish_and_each_wish_is_shown_once(language: str) -> None:
    wished = [text for text in shown(language) if not text.startswith(("/poll", "@"))]
    told = [name for name, _ in map(wish_words.named, (text.split() for text in wished)) if name]
    assert set(told) == set(WISH_WORDS) - LATER_WISHES - UNSAID
    assert [name for name in told if told.count(name) > 1] == ["close", "close"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_wish_shown_is_understood_before_a_question(language: str) -> None:
    for text in shown(language):
        if wish_words.named(text.split())[0]:
            line = text if '"' in text or "«" in text else f'{text} "Where?" "*Here" "There"'
            assert isinstance(grammar.parse(line, language), Ask)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_help_stays_short(language: str) -> None:
    assert len(help_note(words(language)).text) < LONGEST

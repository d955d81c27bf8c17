"""Every sentence has its translation, whole and with the same values."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.hearing import heard
from tests.reading import ROOT, shown, speaking, tree


def catalogs() -> list[Path]:
    return sorted((ROOT / "slack_app/kit/locale").glob("*.po"))


def test_french_is_spoken_beside_english() -> None:
    assert [path.stem for path in catalogs()] == ["fr"]


def test_every_sentence_is_said_to_a_translator_as_it_stands() -> None:
    """A sentence put together from variables can't be looked up: name it whole where it is said."""
    unclear = [f"{shown(path)}:{line}" for path in speaking() for line in heard(path).unclear]
    assert unclear == []


@pytest.mark.parametrize("path", catalogs(), ids=lambda path: path.stem)
def test_every_sentence_is_in_the_catalog_and_the_catalog_holds_no_other(path: Path) -> None:
    said = set().union(*(heard(module).sentences for module in speaking()))
    written = {key for key, message in catalog(path).items() if key and not message.fuzzy}
    assert said - written == set(), "missing"
    assert written - said == set(), "no longer said"


@pytest.mark.parametrize("path", catalogs(), ids=lambda path: path.stem)
def test_a_translation_is_whole_and_fills_in_the_same_values(path: Path) -> None:
    wrong = [key for key, message in catalog(path).items() if key and not is_whole(message)]
    assert wrong == []


def catalog(path: Path) -> dict[str, Message]:
    with path.open("rb") as source:
        entries = read_po(source, locale=path.stem, abort_invalid=True)
    return {message.id if isinstance(message.id, str) else message.id[0]: message for message in entries}


def is_whole(message: Message) -> bool:
    keys = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    same_values = all(fields(form) == fields(keys[-1]) for form in forms)
    return len(forms) == len(keys) and all(forms) and same_values and not message.fuzzy


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


LANGUAGE_RULES = {
    "surveys/templates.py",  # the texts of ready-made surveys
    "surveys/grammar.py",  # the usual options of a poll
    "surveys/vocabulary.py",  # the words of a command, in each language that has its own
    "surveys/sentiment.py",  # each language has its own scorer
    "slack_app/kit/words.py",  # how each language writes a share
}


def test_a_new_language_is_one_catalog() -> None:
    spoken = {path.stem for path in catalogs()}
    named = {
        shown(path)
        for path in speaking()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in spoken
    }
    assert named - LANGUAGE_RULES == set()

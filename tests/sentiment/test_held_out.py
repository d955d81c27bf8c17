"""On comments that it was not tuned on, the scorer is right as often as we publish."""

import pytest

from surveys.sentiment import score
from surveys.tone import Label
from tests.sentiment.labelled import comments, held_out, judge

FLOOR = {"en": 0.80, "fr": 0.90}
"""Just below what was reached: .82 and .92."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_there_are_comments_of_each_label_in_both_halves(language: str) -> None:
    told = comments(language)
    assert len(told) >= 200
    assert len({comment.text for comment in told}) == len(told)
    for half in (True, False):
        labels = [comment.label for comment in told if comment.is_held_out is half]
        assert min(labels.count(label) for label in set(Label) - {Label.NONE}) >= 10


@pytest.mark.parametrize("language", ["en", "fr"])
def test_labels_are_right_as_often_as_published(language: str) -> None:
    result = judge(held_out(language), lambda text: score(text, language).label)
    assert result.macro_f1 >= FLOOR[language]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_praise_is_hardly_ever_taken_for_a_complaint(language: str) -> None:
    told = held_out(language)
    result = judge(told, lambda text: score(text, language).label)
    assert result.flips <= len(told) / 60


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_comment_is_read_in_its_own_language(language: str) -> None:
    assert {score(comment.text, language).language for comment in comments(language)} == {language}

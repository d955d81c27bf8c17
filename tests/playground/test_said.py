"""Slack's own words stand around an app's in the language of who looks."""

import pytest

from slack_app.playground.said import said


@pytest.mark.parametrize(
    ("locale", "shown"), [("fr-FR", "facultatif"), ("en-GB", "optional"), ("", "optional")]
)
def test_slacks_words_follow_the_reader(locale: str, shown: str) -> None:
    assert said("optional", locale) == shown


def test_words_without_a_translation_stay_english() -> None:
    assert said("pinned", "fr-FR") == "pinned"

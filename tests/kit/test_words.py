"""Each sentence in the reader's language."""

import pytest

from slack_app.kit.words import language_of, languages, own_name, words
from surveys.options import SameOptionTwice


def test_french_counts_zero_and_one_as_singular() -> None:
    say = words("fr")
    assert [say.count("{number} vote", "{number} votes", number) for number in (0, 1, 2)] == [
        "0 vote",
        "1 vote",
        "2 votes",
    ]


def test_english_counts_only_one_as_singular() -> None:
    say = words("en")
    assert [say.count("{number} vote", "{number} votes", number) for number in (0, 1, 2)] == [
        "0 votes",
        "1 vote",
        "2 votes",
    ]


def test_a_refusal_speaks_the_readers_language_and_escapes_what_was_typed() -> None:
    refused = SameOptionTwice(option="<!here>")
    assert words("fr").refusal(refused) == (
        "L’option «\N{NO-BREAK SPACE}&lt;!here&gt;\N{NO-BREAK SPACE}» apparaît deux fois. "
        "Gardez-la une fois, ou distinguez les deux."
    )


@pytest.mark.parametrize(
    ("locale", "language"), [("fr-CA", "fr"), ("en-GB", "en"), ("de-DE", "en"), (None, "fr"), ("", "fr")]
)
def test_a_slack_locale_chooses_the_language(locale: str | None, language: str) -> None:
    assert language_of(locale, "fr") == language


def test_percent_is_written_as_each_language_writes_it() -> None:
    assert words("en").percent(0.254) == "25%"
    assert words("fr").percent(0.254) == "25\N{NO-BREAK SPACE}%"


def test_large_numbers_are_written_as_each_language_writes_them() -> None:
    assert words("en").number(4980) == "4,980"
    assert words("fr").number(1_234_980) == "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}980"
    assert words("fr").number(312) == "312"


def test_languages_name_themselves() -> None:
    assert [own_name(each) for each in languages()] == ["English", "Français"]

"""A comment's tone: what counts, how much and why, in English and in French."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.sentiment import VERSION, score
from surveys.tone import Label, Reason


def label(text: str, language: str = "en") -> str:
    return str(score(text, language).label)


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("I love this club", "positive"),
        ("The food was awful", "negative"),
        ("The food was not good", "negative"),
        ("The food was not bad at all", "positive"),
        ("No complaints from me", "positive"),
        ("Nobody answers our questions", "negative"),
        ("We waited forty minutes", "negative"),
        ("The meeting is on Tuesday", "none"),
        ("It would be great to have the slides", "none"),
        ("Could you please add a vegetarian option?", "none"),
        ("Great talks but the room was awful", "mixed"),
        ("can't wait for the next one", "positive"),
    ],
)
def test_english_is_read_as_people_mean_it(text: str, tone: str) -> None:
    assert label(text) == tone


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("J'adore ce club", "positive"),
        ("Le repas était infect", "negative"),
        ("C'était pas terrible", "negative"),
        ("Ce n'est vraiment pas terrible", "negative"),
        ("Pas mal du tout !", "positive"),
        ("Je n'ai pas du tout été très bien accueilli", "negative"),
        ("je n'aime vraiment pas la cantine", "negative"),
        ("j'aime pas la cantine", "negative"),
        ("Je n'ai jamais été déçu", "positive"),
        ("Rien à redire", "positive"),
        ("Personne ne répond à mes messages", "negative"),
        ("La réunion est mardi à dix heures", "none"),
        ("Ce serait génial d'avoir les diapos", "none"),
        ("Merci de décaler la date à vendredi", "none"),
        ("Super conférences mais la salle était glaciale", "mixed"),
        ("tres decu, c'etait penible", "negative"),
    ],
)
def test_french_is_read_as_people_mean_it(text: str, tone: str) -> None:
    assert label(text, "fr") == tone


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("👍", "positive"),
        ("👍🏽", "positive"),
        (":+1:", "positive"),
        (":+1::skin-tone-3:", "positive"),
        ("❤️", "positive"),
        (":heart:", "positive"),
        ("👎", "negative"),
        (":rage:", "negative"),
        (":party_love:", "none"),
        (":thinking_face:", "none"),
    ],
)
def test_an_emoji_alone_says_it_in_either_language(text: str, tone: str, language: str) -> None:
    assert label(text, language) == tone
    assert score(text, language).language == language


def test_mark_up_says_nothing() -> None:
    for text in (
        "<@U0LOVE>",
        "<#C0GOOD|great-ideas>",
        "<!here>",
        "<https://example.org/awful>",
        "`bad good`",
    ):
        assert label(text) == "none"


def test_a_link_keeps_its_label() -> None:
    assert score("<https://example.org|awful> food", "en").reasons == (Reason("awful", -2.0),)


def test_each_reason_has_its_part_and_why() -> None:
    assert score("It was not beautiful", "en").reasons == (Reason("beautiful", -2.15, "negated"),)
    assert score("really good", "en").reasons == (Reason("good", 2.19, "stronger"),)
    assert score("The answer was fed up with", "en").reasons == (Reason("fed up", -2.0),)
    assert score("Je n'ai pas trouvé ça intéressant", "fr").reasons == (
        Reason("intéressant", -1.48, "negated"),
    )
    assert score("très agréable", "fr").reasons == (Reason("agréable", 2.29, "stronger"),)
    assert score("C'était pas terrible", "fr").reasons == (Reason("C'était pas terrible", -1.6),)


def test_a_word_that_comes_again_is_one_reason() -> None:
    assert score("👍 👍 👍", "en").reasons == (Reason("👍", 6.0),)


def test_boosters_and_exclamation_marks_say_more() -> None:
    for plain, more in (("good", "very good"), ("good", "good!!"), ("awful", "really awful")):
        assert abs(score(more, "en").score) > abs(score(plain, "en").score)
    for plain, more in (
        ("agréable", "très agréable"),
        ("agréable", "agréable !!"),
        ("pénible", "hyper pénible"),
    ):
        assert abs(score(more, "fr").score) > abs(score(plain, "fr").score)


def test_textblob_speaks_where_vader_is_silent() -> None:
    assert score("a masterful evening", "en").reasons == (Reason("masterful", 3.0, "TextBlob"),)


def test_a_comment_is_read_in_its_own_language_whatever_the_survey_speaks() -> None:
    assert score("Le repas était vraiment infect hier soir", "en").language == "fr"
    assert score("The food was really awful last night", "fr").language == "en"


def test_short_words_are_read_in_the_language_of_the_survey() -> None:
    assert score("super", "fr").language == "fr"
    assert score("super", "en").language == "en"
    assert score("super", "de").language == "en"


def test_a_tone_names_its_scorer() -> None:
    assert score("good", "en").version == VERSION


ODD = (
    *("", " ", "\0", "\ud800", "\u202eשלום עולם", "<@U1>" * 600, "&lt;" * 700),
    *("😀" * 3000, "a@" * 1500, "`" * 3001, ":" * 3000, ":a" * 1500, "not " * 750, "pas bien " * 333),
)


@pytest.mark.parametrize("text", ODD)
def test_nothing_is_too_odd_to_be_read(text: str) -> None:
    for language in ("en", "fr", "", "xx"):
        assert -1 <= score(text, language).score <= 1


@settings(deadline=None, max_examples=300)
@given(st.text(), st.sampled_from(["en", "fr"]))
def test_any_text_has_a_label_and_a_score(text: str, language: str) -> None:
    tone = score(text, language)
    assert tone.label in Label
    assert -1 <= tone.score <= 1
    assert tone.language in ("en", "fr")


WORDS = (
    "not",
    "pas",
    "ne",
    "n'",
    "plus",
    "no",
    "never",
    "but",
    "mais",
    "good",
    "bien",
    "👍",
    "!",
    ":)",
    "<@U1>",
)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(WORDS)),
    st.sampled_from(["en", "fr"]),
)
def test_any_heap_of_words_can_be_read(words: list[str], language: str) -> None:
    tone = score(" ".join(words), language)
    assert (tone.label == Label.NONE) == (not tone.reasons)


def test_nothing_heavy_is_loaded_before_the_first_comment() -> None:
    heavy = "textblob nltk numpy py3langid vaderSentiment"
    asked = f"import sys, surveys.sentiment; print([name for name in {heavy.split()} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"

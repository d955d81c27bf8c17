"""The words after /survey, English and French, ask for what they say, or are refused with the nearest one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.errors import Refused
from surveys.survey_words import (
    Close,
    Help,
    LookOver,
    MisspeltSurvey,
    NoSuchSurvey,
    NotAnonymous,
    OpenChoice,
    Results,
    parse,
)


@pytest.mark.parametrize("text", ["", "   ", "\N{NO-BREAK SPACE}"])
def test_nothing_opens_the_choice(text: str) -> None:
    assert parse(text) == OpenChoice()


@pytest.mark.parametrize("text", ["help", "aide", "HELP", " Aide ", "?", "--help"])
def test_help_is_help(text: str) -> None:
    assert parse(text) == Help()


@pytest.mark.parametrize("text", ["close", "fermer", "clore", "Close"])
def test_close_closes(text: str) -> None:
    assert parse(text) == Close()


@pytest.mark.parametrize("text", ["results", "résultats", "resultats"])
def test_results_are_asked_for_elsewhere(text: str) -> None:
    assert parse(text) == Results()


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("satisfaction", "community_satisfaction"),
        ("Community satisfaction", "community_satisfaction"),
        ("communauté", "community_satisfaction"),
        ("community_satisfaction", "community_satisfaction"),
        ("event", "event_feedback"),
        ("event  feedback", "event_feedback"),
        ("événement", "event_feedback"),
        ("ÉVÉNEMENT", "event_feedback"),
        ("evenement", "event_feedback"),
        ("retro", "retrospective"),
        ("rétro", "retrospective"),
        ("« Rétrospective »", "retrospective"),
        ('"retrospective"', "retrospective"),
    ],
)
def test_a_name_opens_its_survey(text: str, template: str) -> None:
    assert parse(text) == LookOver(template)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("anonymous", "anonymous"),
        ("anonyme", "anonyme"),
        ("retro anonymous", "anonymous"),
        ("satisfaction --anonymous", "--anonymous"),
        ("satisfaction —anonyme", "—anonyme"),
        ("secret event", "secret"),
        ("anonymus", "anonymus"),
    ],
)
def test_anonymous_is_refused_for_now(text: str, word: str) -> None:
    with pytest.raises(NotAnonymous) as refusal:
        parse(text)
    assert str(refusal.value) == (
        f"Surveys come with names only for now, and each one says so; “{word}” can't be asked for yet, "
        "so nothing was sent."
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [("retrro", "retro"), ("satisfacton", "satisfaction"), ("evnt", "event"), ("clsoe", "close")],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest_word(text: str, known: str) -> None:
    with pytest.raises(MisspeltSurvey) as refusal:
        parse(text)
    assert refusal.value.values == {"word": text, "known": known}


def test_an_unknown_word_is_answered_with_what_there_is() -> None:
    with pytest.raises(NoSuchSurvey) as refusal:
        parse("horoscope for our dear team")
    assert str(refusal.value) == (
        "I don't know a survey “horoscope for our dear team”. "
        "Write /survey satisfaction, /survey event or /survey retro, or /survey alone to choose."
    )


def test_a_long_text_is_cited_in_short() -> None:
    with pytest.raises(NoSuchSurvey) as refusal:
        parse("z" * 3000)
    assert refusal.value.values["word"] == "z" * 59 + "…"


@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        request = parse(text)
    except Refused:
        return
    assert isinstance(request, OpenChoice | LookOver | Help | Close | Results)

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
    ("text", "asked"),
    [
        ("anonymous", OpenChoice(is_anonymous=True)),
        ("Anonyme", OpenChoice(is_anonymous=True)),
        ("--anon", OpenChoice(is_anonymous=True)),
        ("retro anonymous", LookOver("retrospective", is_anonymous=True)),
        ("satisfaction --anonymous", LookOver("community_satisfaction", is_anonymous=True)),
        ("satisfaction —anonyme", LookOver("community_satisfaction", is_anonymous=True)),
        ("secret event", LookOver("event_feedback", is_anonymous=True)),
    ],
)
def test_anonymous_can_be_asked_for(text: str, asked: OpenChoice | LookOver) -> None:
    assert parse(text) == asked


@pytest.mark.parametrize("text", ["close anonymous", "anonymous help", "anonymous results"])
def test_anonymous_is_said_of_a_new_survey_only(text: str) -> None:
    with pytest.raises(NoSuchSurvey) as refusal:
        parse(text)
    assert refusal.value.values == {"word": text}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("retrro", "retro"),
        ("satisfacton", "satisfaction"),
        ("evnt", "event"),
        ("clsoe", "close"),
        ("anonymus", "anonymous"),
    ],
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

"""The words after the report command, in English and French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.errors import Refused
from surveys.report_words import (
    Help,
    MisspeltWord,
    NoDay,
    NoSuchTime,
    NoTime,
    OpenForm,
    Request,
    Show,
    Stop,
    UnknownWords,
    Weekly,
    parse,
    print_command,
)

MONDAY, THURSDAY, SUNDAY = 0, 3, 6


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", OpenForm()),
        ("   ", OpenForm()),
        ("help", Help()),
        ("aide", Help()),
        ("stop", Stop()),
        ("OFF", Stop()),
        ("arrêter", Stop()),
        ("weekly stop", Stop()),
        ("show", Show()),
        ("list", Show()),
        ("liste", Show()),
    ],
)
def test_single_words(text: str, wanted: object) -> None:
    assert parse(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("weekly monday 9:00", Weekly((MONDAY,), 9, 0)),
        ("every monday 9:00", Weekly((MONDAY,), 9, 0)),
        ("Every Monday at 9", Weekly((MONDAY,), 9, 0)),
        ("mondays 9.30", Weekly((MONDAY,), 9, 30)),
        ("weekly on thu 6pm", Weekly((THURSDAY,), 18, 0)),
        ("weekly thursday 12:15 am", Weekly((THURSDAY,), 0, 15)),
        ("weekly thursday 12 p.m.", Weekly((THURSDAY,), 12, 0)),
        ("weekly monday noon", Weekly((MONDAY,), 12, 0)),
        ("weekly monday and thursday 18:05", Weekly((MONDAY, THURSDAY), 18, 5)),
        ("weekly thursday, monday 18:05", Weekly((MONDAY, THURSDAY), 18, 5)),
        ("chaque lundi 9h30", Weekly((MONDAY,), 9, 30)),
        ("chaque semaine le lundi à 9 h", Weekly((MONDAY,), 9, 0)),
        ("lundi 9 h", Weekly((MONDAY,), 9, 0)),
        ("hebdo dim. 18 h 05", Weekly((SUNDAY,), 18, 5)),
        ("tous les jeudis à 18 heures", Weekly((THURSDAY,), 18, 0)),
        ("hebdo lundi midi", Weekly((MONDAY,), 12, 0)),
        ("weekly monday 9:00 Europe/Paris", Weekly((MONDAY,), 9, 0, "Europe/Paris")),
        ("weekly monday 9:00 (America/New York)", Weekly((MONDAY,), 9, 0, "America/New York")),
        ("weekly monday 6pm in Europe/Pari", Weekly((MONDAY,), 18, 0, "Europe/Pari")),
        ("lundi 9 h Europe/Paris", Weekly((MONDAY,), 9, 0, "Europe/Paris")),
        ("chaque lundi 9h30 UTC", Weekly((MONDAY,), 9, 30, "UTC")),
    ],
)
def test_a_week_in_both_languages_and_both_hour_styles(text: str, wanted: Weekly) -> None:
    assert parse(text) == wanted


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("weekly monday 25:00", "25:00"),
        ("weekly monday 9:75", "9:75"),
        ("weekly monday 9:5", "9:5"),
        ("lundi 24h", "24h"),
        ("weekly monday 13pm", "13pm"),
        ("weekly monday 0 am", "0 am"),
        ("weekly monday 99999999999999999999:00", "99999999999999999999:00"),
    ],
)
def test_a_time_that_no_day_has_is_refused(text: str, time: str) -> None:
    with pytest.raises(NoSuchTime) as refused:
        parse(text)
    assert str(refused.value) == (f"“{time}” is no time of a day. Write it as 9:00, 18:30, 9h30 or 6pm.")


@pytest.mark.parametrize("text", ["weekly", "every week", "hebdo 9:00", "weekly at 9:00", "chaque semaine"])
def test_a_week_without_a_day_asks_for_one(text: str) -> None:
    with pytest.raises(NoDay) as refused:
        parse(text)
    assert str(refused.value) == "On which day? For example: /report weekly monday 9:00"


@pytest.mark.parametrize("text", ["weekly monday", "lundi", "every monday at"])
def test_a_week_without_a_time_asks_for_one(text: str) -> None:
    with pytest.raises(NoTime) as refused:
        parse(text)
    assert str(refused.value) == "At what time? For example: /report weekly monday 9:00"


@pytest.mark.parametrize(
    ("text", "word", "known"),
    [
        ("weekly mondya 9:00", "mondya", "monday"),
        ("chaque lunid 9h", "lunid", "lundi"),
        ("wekly monday 9:00", "wekly", "weekly"),
        ("stpo", "stpo", "stop"),
    ],
)
def test_a_misspelt_word_is_refused_with_the_nearest(text: str, word: str, known: str) -> None:
    with pytest.raises(MisspeltWord) as refused:
        parse(text)
    assert str(refused.value) == (
        f"I don't know “{word}”. Did you mean “{known}”? For example: /report weekly monday 9:00"
    )


def test_words_like_no_other_are_refused_with_an_example() -> None:
    with pytest.raises(UnknownWords) as refused:
        parse("bananas please")
    assert str(refused.value) == (
        "I don't know “bananas please”. Write /report alone to post one, "
        "or /report weekly monday 9:00 for one each week."
    )


WEEKS = st.builds(
    Weekly,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.integers(0, 23),
    st.integers(0, 59),
    st.none() | st.sampled_from(["Europe/Paris", "America/New_York", "UTC", "Etc/GMT+3"]),
)


def understood(text: str) -> Request | None:
    try:
        return parse(text)
    except Refused:
        return None


def refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        parse(text)
    return str(refused.value)


@given(WEEKS)
def test_a_week_that_is_written_down_is_read_the_same(wish: Weekly) -> None:
    assert parse(print_command(wish)) == wish


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    assert understood(text) or len(refusal(text)) < 250


@given(st.text("0123456789: hampmondayéà.-,", max_size=30))
def test_nearly_times_are_understood_or_refused(text: str) -> None:
    found = understood(f"weekly monday {text}")
    if found is None:
        assert len(refusal(f"weekly monday {text}")) < 250
    else:
        assert isinstance(found, Weekly)
        assert 0 <= found.hour < 24
        assert 0 <= found.minute < 60

"""The words after the report command, in English and French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.errors import Refused
from surveys.recurring import LAST, End, Monthly, Recurring, Weekly, Yearly
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


# --- months, years, every few weeks, and an end ---


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("monthly 1 9:00", Monthly(1, 9, 0)),
        ("every month on the 31st at 9:00", Monthly(31, 9, 0)),
        ("every month on the last day 18:30", Monthly(LAST, 18, 30)),
        ("last day of each month 9", Monthly(LAST, 9, 0)),
        ("monthly 1 noon Europe/Paris", Monthly(1, 12, 0, "Europe/Paris")),
        ("every 3 months on the 2nd 9pm", Monthly(2, 21, 0, every=3)),
        ("mensuel 1 9h", Monthly(1, 9, 0)),
        ("chaque mois le 31 à 9h30", Monthly(31, 9, 30)),
        ("tous les mois le 1er à 9 h", Monthly(1, 9, 0)),
        ("chaque mois le dernier jour 9h", Monthly(LAST, 9, 0)),
        ("le dernier jour du mois à midi", Monthly(LAST, 12, 0)),
        ("yearly 29 february 9:00", Yearly(2, 29, 9, 0)),
        ("every year on december 24 at 6pm", Yearly(12, 24, 18, 0)),
        ("yearly last day of february 9:00", Yearly(2, 29, 9, 0)),
        ("chaque année le 29 février 9h", Yearly(2, 29, 9, 0)),
        ("tous les ans le 1er aout à 9h", Yearly(8, 1, 9, 0)),
        ("every 2 weeks monday 9:00", Weekly((MONDAY,), 9, 0, every=2)),
        ("every other week on thursday 9", Weekly((THURSDAY,), 9, 0, every=2)),
        ("toutes les 2 semaines lundi 9h", Weekly((MONDAY,), 9, 0, every=2)),
        ("toutes les deux semaines le lundi à 9h", Weekly((MONDAY,), 9, 0, every=2)),
        ("weekly monday 9:00 until 2026-12-31", Weekly((MONDAY,), 9, 0, end=End(12, 31, 2026))),
        ("monday 9 until 31 december Europe/Paris", Weekly((MONDAY,), 9, 0, "Europe/Paris", end=End(12, 31))),
        ("every monday until december 31, 2027 at 9", Weekly((MONDAY,), 9, 0, end=End(12, 31, 2027))),
        ("chaque lundi 9h jusqu'au 31 décembre", Weekly((MONDAY,), 9, 0, end=End(12, 31))),
        ("chaque lundi jusqu’au 1er mai 2027 à 9h", Weekly((MONDAY,), 9, 0, end=End(5, 1, 2027))),
        ("mensuel 1 9h jusqu'au 2027-01-01", Monthly(1, 9, 0, end=End(1, 1, 2027))),
    ],
)
def test_other_rhythms_in_both_languages(text: str, wanted: Recurring) -> None:
    assert parse(text) == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "yearly 31 february 9:00",
            "There is no 31 February. The nearest is 28 February: /report yearly 28 February 9:00",
        ),
        (
            "yearly 30 feb 9:00",
            "There is no 30 February. The nearest is 28 February: /report yearly 28 February 9:00",
        ),
        (
            "every year on april 31 9 UTC",
            "There is no 31 April. The nearest is 30 April: /report yearly 30 April 9 UTC",
        ),
        ("monthly 32 9:00", "No month has a day 32. Write 1 to 31, or: /report monthly last day 9:00"),
        ("monthly 0 9:00", "No month has a day 0. Write 1 to 31, or: /report monthly last day 9:00"),
        ("monthly 31 25:00", "“25:00” is no time of a day. Write it as 9:00, 18:30, 9h30 or 6pm."),
        ("yearly 31 february 25:00", "“25:00” is no time of a day. Write it as 9:00, 18:30, 9h30 or 6pm."),
        ("every month on the 31st", "At what time? For example: /report weekly monday 9:00"),
        ("yearly 9:00", "On which date? For example: /report yearly 29 february 9:00"),
        ("yearly december 9:00", "On which date? For example: /report yearly 29 february 9:00"),
        (
            "monthly monday 9:00",
            (
                "On which day of the month? "
                "For example: /report monthly 1 9:00, or /report monthly last day 9:00"
            ),
        ),
        (
            "every 0 weeks monday 9:00",
            "Every 0 weeks is not possible: write 1 to 52. For example: /report every 2 weeks monday 9:00",
        ),
        (
            "monday 9:00 until 2027-02-29",
            "There is no 2027-02-29. The nearest is 2027-02-28. Write: until 2027-02-28",
        ),
        (
            "monday 9:00 until 31 april",
            "There is no 31 april. The nearest is 30 April. Write: until 30 April",
        ),
        ("monday 9:00 until soon", "Until which day? Write it as until 2026-12-31 or until 31 december."),
        ("monday 9 until 2026-13-01", "Until which day? Write it as until 2026-12-31 or until 31 december."),
    ],
)
def test_what_is_impossible_is_refused_with_the_nearest(text: str, told: str) -> None:
    assert refusal(text) == told


ZONES = st.none() | st.sampled_from(["Europe/Paris", "America/New_York", "UTC"])
HOURS, MINUTES, EVERY = st.integers(0, 23), st.integers(0, 59), st.integers(1, 52)
ENDS = st.none() | st.builds(End, st.integers(1, 12), st.integers(1, 28), st.none() | st.integers(1, 9999))
MONTHLY = st.builds(Monthly, st.sampled_from([LAST, *range(1, 32)]), HOURS, MINUTES, ZONES, EVERY, ENDS)
YEARLY = st.builds(Yearly, st.integers(1, 12), st.integers(1, 28), HOURS, MINUTES, ZONES, EVERY, ENDS)


@given(MONTHLY | YEARLY)
def test_any_rhythm_that_is_written_down_is_read_the_same(wish: Recurring) -> None:
    assert parse(print_command(wish)) == wish


@given(st.text("0123456789: st29thfebruaryuntildecembermonthlastday-.,", max_size=40))
def test_nearly_dates_are_understood_or_refused(text: str) -> None:
    for kind in ("monthly", "yearly", "monday 9:00 until"):
        assert understood(f"{kind} {text}") or len(refusal(f"{kind} {text}")) < 300

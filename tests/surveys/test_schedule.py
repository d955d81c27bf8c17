"""When a weekly report comes: at its hour on the wall, whatever the clocks do that night."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.schedule import (
    MisspeltZone,
    UnknownZone,
    days_of,
    left_out_within,
    next_run,
    time_of,
    weekly,
    zone_named,
)

MONDAY, SUNDAY = 0, 6
ZONES = st.sampled_from(sorted(available_timezones()))
MOMENTS = st.integers(150_000_000, 2_100_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
RULES = st.builds(weekly, st.sets(st.integers(0, 6), min_size=1), st.integers(0, 23), st.integers(0, 59))


def shown(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def runs(rule: str, zone: str, after: datetime, count: int) -> list[str]:
    found = []
    for _ in range(count):
        after = next_run(rule, zone, after)
        found.append(shown(after, zone))
    return found


def test_nine_stays_nine_when_clocks_change() -> None:
    rule = weekly([MONDAY], 9, 0)
    assert runs(rule, "Europe/Paris", datetime(2026, 10, 13, tzinfo=UTC), 3) == [
        "Mon 2026-10-19 09:00",
        "Mon 2026-10-26 09:00",
        "Mon 2026-11-02 09:00",
    ]
    assert next_run(rule, "Europe/Paris", datetime(2026, 10, 13, tzinfo=UTC)).hour == 7
    assert next_run(rule, "Europe/Paris", datetime(2026, 10, 26, tzinfo=UTC)).hour == 8


def test_an_hour_that_does_not_exist_runs_at_the_first_moment_after_it() -> None:
    rule = weekly([SUNDAY], 2, 30)
    assert runs(rule, "Europe/Paris", datetime(2027, 3, 22, tzinfo=UTC), 2) == [
        "Sun 2027-03-28 03:00",
        "Sun 2027-04-04 02:30",
    ]
    assert next_run(rule, "Europe/Paris", datetime(2027, 3, 22, tzinfo=UTC)) == datetime(
        2027, 3, 28, 1, 0, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_runs_once_the_first_time() -> None:
    rule = weekly([SUNDAY], 2, 30)
    first = next_run(rule, "Europe/Paris", datetime(2026, 10, 24, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert shown(next_run(rule, "Europe/Paris", first), "Europe/Paris") == "Sun 2026-11-01 02:30"


def test_a_day_that_a_country_left_out_runs_when_the_next_begins() -> None:
    rule = weekly([4], 9, 0)
    assert runs(rule, "Pacific/Apia", datetime(2011, 12, 25, tzinfo=UTC), 2) == [
        "Sat 2011-12-31 00:00",
        "Fri 2012-01-06 09:00",
    ]


def test_the_run_after_a_run_is_another_one() -> None:
    moment = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert next_run(weekly([MONDAY], 9, 0), "UTC", moment) == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


def test_several_days_come_in_turn() -> None:
    assert runs(weekly([3, 0], 18, 30), "Asia/Kolkata", datetime(2026, 11, 24, tzinfo=UTC), 3) == [
        "Thu 2026-11-26 18:30",
        "Mon 2026-11-30 18:30",
        "Thu 2026-12-03 18:30",
    ]


def test_a_rule_says_its_days_and_time() -> None:
    rule = weekly([4, 0, 4], 9, 5)
    assert rule == "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=9;BYMINUTE=5;BYSECOND=0"
    assert days_of(rule) == (0, 4)
    assert f"{time_of(rule):%H:%M}" == "09:05"


def test_a_night_without_the_hour_is_seen_a_year_ahead() -> None:
    now, year = datetime(2026, 11, 24, tzinfo=UTC), timedelta(days=366)
    assert left_out_within(weekly([SUNDAY], 2, 30), "Europe/Paris", now, year)
    assert not left_out_within(weekly([MONDAY], 2, 30), "Europe/Paris", now, year)
    assert not left_out_within(weekly([SUNDAY], 9, 0), "Europe/Paris", now, year)


@given(RULES, ZONES, MOMENTS)
def test_the_next_run_is_later_within_a_week_and_two_days_and_on_the_hour_or_after_a_gap(
    rule: str, zone: str, after: datetime
) -> None:
    run = next_run(rule, zone, after)
    assert after < run <= after + timedelta(days=9)
    local = run.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) != (time_of(rule).hour, time_of(rule).minute):
        assert (run - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset() != local.utcoffset()


@given(RULES, ZONES, MOMENTS)
def test_no_run_is_skipped_and_none_comes_twice(rule: str, zone: str, after: datetime) -> None:
    first = next_run(rule, zone, after)
    assert next_run(rule, zone, first - timedelta(seconds=1)) == first
    second = next_run(rule, zone, first)
    assert second > first
    middle = first + (second - first) / 2
    assume(middle > first)
    assert next_run(rule, zone, middle) == second


@pytest.mark.parametrize("name", ["Europe/Paris", "europe/paris", " EUROPE/PARIS "])
def test_a_zone_is_known_by_its_name_in_any_letters(name: str) -> None:
    assert zone_named(name).key == "Europe/Paris"


def test_a_zone_of_two_words_may_have_a_space() -> None:
    assert zone_named("America/New York").key == "America/New_York"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Europe/Pari", "Europe/Paris"),
        ("Paris", "Europe/Paris"),
        ("Lisboa", "Europe/Lisbon"),
        ("new york", "America/New_York"),
        ("Amerika/Lima", "America/Lima"),
    ],
)
def test_a_misspelt_zone_is_refused_with_the_nearest(name: str, known: str) -> None:
    with pytest.raises(MisspeltZone) as refused:
        zone_named(name)
    assert str(refused.value) == f"I don't know the time zone “{name}”. Did you mean {known}?"


@pytest.mark.parametrize("name", ["Mars/Olympus_Mons", "../etc/passwd", "", "x" * 300])
def test_a_zone_like_no_other_is_refused_with_an_example(name: str) -> None:
    with pytest.raises((UnknownZone, MisspeltZone)) as refused:
        zone_named(name)
    assert str(refused.value).startswith("I don't know the time zone")
    assert len(str(refused.value)) < 200


@given(st.text(max_size=40))
def test_any_text_is_a_zone_or_refused(name: str) -> None:
    with suppress(UnknownZone, MisspeltZone):
        assert zone_named(name).key in available_timezones()

"""When a weekly report comes: at its hour on the wall, whatever the clocks do that night."""

from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.first_run import EndPassed, EndsTooSoon, settled
from surveys.recurring import (
    LAST,
    End,
    Monthly,
    Recurring,
    Weekly,
    Yearly,
    days_of,
    last_day,
    read,
    rule_of,
    time_of,
    weekly,
)
from surveys.schedule import (
    MisspeltZone,
    UnknownZone,
    is_left_out,
    left_out_within,
    next_run,
    runs_after,
    zone_named,
)

MONDAY, SUNDAY = 0, 6
ZONES = st.sampled_from(sorted(available_timezones()))
MOMENTS = st.integers(150_000_000, 2_100_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
RULES = st.builds(weekly, st.sets(st.integers(0, 6), min_size=1), st.integers(0, 23), st.integers(0, 59))


def run_after(rule: str, zone: str, after: datetime) -> datetime:
    """The next run of a rule that has not ended."""
    run = next_run(rule, zone, after)
    assert run is not None
    return run


def shown(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def runs(rule: str, zone: str, after: datetime, count: int) -> list[str]:
    found = []
    for _ in range(count):
        after = run_after(rule, zone, after)
        found.append(shown(after, zone))
    return found


def test_nine_stays_nine_when_clocks_change() -> None:
    rule = weekly([MONDAY], 9, 0)
    assert runs(rule, "Europe/Paris", datetime(2026, 10, 13, tzinfo=UTC), 3) == [
        "Mon 2026-10-19 09:00",
        "Mon 2026-10-26 09:00",
        "Mon 2026-11-02 09:00",
    ]
    assert run_after(rule, "Europe/Paris", datetime(2026, 10, 13, tzinfo=UTC)).hour == 7
    assert run_after(rule, "Europe/Paris", datetime(2026, 10, 26, tzinfo=UTC)).hour == 8


def test_an_hour_that_does_not_exist_runs_at_the_first_moment_after_it() -> None:
    rule = weekly([SUNDAY], 2, 30)
    assert runs(rule, "Europe/Paris", datetime(2027, 3, 22, tzinfo=UTC), 2) == [
        "Sun 2027-03-28 03:00",
        "Sun 2027-04-04 02:30",
    ]
    assert run_after(rule, "Europe/Paris", datetime(2027, 3, 22, tzinfo=UTC)) == datetime(
        2027, 3, 28, 1, 0, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_runs_once_the_first_time() -> None:
    rule = weekly([SUNDAY], 2, 30)
    first = run_after(rule, "Europe/Paris", datetime(2026, 10, 24, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert shown(run_after(rule, "Europe/Paris", first), "Europe/Paris") == "Sun 2026-11-01 02:30"


def test_a_day_that_a_country_left_out_runs_when_the_next_begins() -> None:
    rule = weekly([4], 9, 0)
    assert runs(rule, "Pacific/Apia", datetime(2011, 12, 25, tzinfo=UTC), 2) == [
        "Sat 2011-12-31 00:00",
        "Fri 2012-01-06 09:00",
    ]


def test_the_run_after_a_run_is_another_one() -> None:
    moment = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert run_after(weekly([MONDAY], 9, 0), "UTC", moment) == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


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
    run = run_after(rule, zone, after)
    assert after < run <= after + timedelta(days=9)
    local = run.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) != (time_of(rule).hour, time_of(rule).minute):
        assert (run - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset() != local.utcoffset()


@given(RULES, ZONES, MOMENTS)
def test_no_run_is_skipped_and_none_comes_twice(rule: str, zone: str, after: datetime) -> None:
    first = run_after(rule, zone, after)
    assert run_after(rule, zone, first - timedelta(seconds=1)) == first
    second = run_after(rule, zone, first)
    assert second > first
    middle = first + (second - first) / 2
    assume(middle > first)
    assert run_after(rule, zone, middle) == second


# --- months, years, every few, and an end ---


def wished(wish: Recurring, zone: str, now: datetime, count: int) -> list[str]:
    """The first runs of what somebody wishes now."""
    rule, first = settled(wish, zone, now)
    moments = [moment for _, moment in islice(runs_after(rule, zone, now), count)]
    assert moments[0] == first
    return [shown(moment, zone) for moment in moments]


TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
PARIS = "Europe/Paris"


def test_the_31st_is_the_last_day_of_shorter_months() -> None:
    assert wished(Monthly(31, 9, 0), PARIS, TODAY, 5) == [
        "Mon 2026-11-30 09:00",
        "Thu 2026-12-31 09:00",
        "Sun 2027-01-31 09:00",
        "Sun 2027-02-28 09:00",
        "Wed 2027-03-31 09:00",
    ]


def test_the_last_day_of_every_month() -> None:
    assert wished(Monthly(LAST, 9, 0), PARIS, datetime(2028, 2, 1, tzinfo=UTC), 3) == [
        "Tue 2028-02-29 09:00",
        "Fri 2028-03-31 09:00",
        "Sun 2028-04-30 09:00",
    ]


def test_29_february_is_the_28th_in_other_years() -> None:
    assert wished(Yearly(2, 29, 9, 0), PARIS, TODAY, 3) == [
        "Sun 2027-02-28 09:00",
        "Tue 2028-02-29 09:00",
        "Wed 2029-02-28 09:00",
    ]


def test_every_second_week_is_counted_from_the_first_run_however_late_it_is_asked() -> None:
    wish = Weekly((MONDAY,), 9, 0, every=2)
    assert wished(wish, PARIS, TODAY, 3) == [
        "Mon 2026-11-30 09:00",
        "Mon 2026-12-14 09:00",
        "Mon 2026-12-28 09:00",
    ]
    rule, _ = settled(wish, PARIS, TODAY)
    assert shown(run_after(rule, PARIS, datetime(2026, 12, 8, tzinfo=UTC)), PARIS) == "Mon 2026-12-14 09:00"


def test_nothing_comes_after_the_end_and_the_end_itself_is_in() -> None:
    rule, first = settled(Weekly((MONDAY,), 9, 0, end=End(12, 7)), PARIS, TODAY)
    assert shown(first, PARIS) == "Mon 2026-11-30 09:00"
    last = run_after(rule, PARIS, first)
    assert shown(last, PARIS) == "Mon 2026-12-07 09:00"
    assert next_run(rule, PARIS, last) is None
    assert next_run(rule, PARIS, last + timedelta(days=4000)) is None


def test_an_end_that_is_past_is_refused_with_the_next_possible_day() -> None:
    with pytest.raises(EndPassed) as refused:
        settled(Weekly((MONDAY,), 9, 0, end=End(1, 1, 2026)), PARIS, TODAY)
    assert str(refused.value) == (
        "2026-01-01 is past. The next report would come on 2026-11-30; end it then or later: until 2026-11-30"
    )


def test_an_end_before_the_first_run_is_refused_with_its_day() -> None:
    with pytest.raises(EndsTooSoon) as refused:
        settled(Monthly(31, 9, 0, end=End(11, 25)), PARIS, TODAY)
    assert str(refused.value) == (
        "No report would come by 2026-11-25: the first one comes on 2026-11-30. "
        "End it then or later: until 2026-11-30"
    )


def test_an_end_without_a_year_is_the_next_such_day() -> None:
    rule, _ = settled(Weekly((MONDAY,), 9, 0, end=End(1, 31)), PARIS, TODAY)
    assert last_day(rule) == date(2027, 1, 31)


def test_two_runs_that_a_left_out_day_would_bring_on_one_day_are_one() -> None:
    rule = weekly([4, 5], 9, 0)
    assert runs(rule, "Pacific/Apia", datetime(2011, 12, 25, tzinfo=UTC), 2) == [
        "Sat 2011-12-31 09:00",
        "Fri 2012-01-06 09:00",
    ]


HOURS, MINUTES, EVERY = st.integers(0, 23), st.integers(0, 59), st.sampled_from([1, 1, 2, 3, 7])
WISHES = st.one_of(
    st.builds(
        Weekly,
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        HOURS,
        MINUTES,
        every=EVERY,
    ),
    st.builds(Monthly, st.sampled_from([LAST, *range(1, 32)]), HOURS, MINUTES, every=EVERY),
    st.builds(Yearly, st.just(2), st.integers(1, 29), HOURS, MINUTES, every=EVERY),
    st.builds(Yearly, st.integers(1, 12), st.integers(1, 30).filter(lambda day: day < 29), HOURS, MINUTES),
)


@given(WISHES, ZONES, MOMENTS)
def test_runs_only_go_forward_at_their_hour_and_never_twice_on_one_day(
    wish: Recurring, zone: str, now: datetime
) -> None:
    rule, first = settled(wish, zone, now)
    found = list(islice(runs_after(rule, zone, now), 30))
    moments = [moment for _, moment in found]
    assert moments[0] == first > now
    assert moments == sorted(set(moments))
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    assert days == sorted(set(days))
    for wall, moment in found:
        assert (wall.hour, wall.minute) == (wish.hour, wish.minute)
        if not is_left_out(wall, ZoneInfo(zone)):
            assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == wall


@given(WISHES, ZONES, MOMENTS)
def test_a_rule_says_what_was_wished(wish: Recurring, zone: str, now: datetime) -> None:
    rule, _ = settled(wish, zone, now)
    assert read(rule) == wish


@given(WISHES, ZONES, MOMENTS, st.integers(1, 400))
def test_a_machine_that_slept_goes_on_after_now_where_one_that_ticked_would(
    wish: Recurring, zone: str, now: datetime, days: int
) -> None:
    rule, first = settled(wish, zone, now)
    woken = first + timedelta(days=days)
    awake = first
    while awake <= woken:
        awake = run_after(rule, zone, awake)
    assert run_after(rule, zone, woken) == awake > woken


@given(WISHES, ZONES, MOMENTS, st.lists(st.integers(0, 59), min_size=8, max_size=8))
def test_a_ticker_of_every_minute_skips_none(
    wish: Recurring, zone: str, now: datetime, seconds: list[int]
) -> None:
    rule, due = settled(wish, zone, now)
    made = []
    for late in seconds:
        made.append(due)
        due = run_after(rule, zone, due + timedelta(seconds=late))
    assert made == [moment for _, moment in islice(runs_after(rule, zone, now), 8)]


@given(st.integers(1, 12), st.integers(2020, 2060))
def test_every_month_has_one_run_on_the_31st_or_its_last_day(month: int, year: int) -> None:
    start = datetime(year, month, 1, tzinfo=UTC) - timedelta(minutes=1)
    run = run_after(rule_of(Monthly(31, 0, 30)), "UTC", start)
    assert (run.year, run.month, run.day) == (year, month, monthrange(year, month)[1])


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

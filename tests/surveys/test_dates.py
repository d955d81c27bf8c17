"""Dates to choose from: read in their asker's zone, in their order, none twice, none past."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import dates
from surveys.options import MOST_OPTIONS, Option, TooManyOptions
from surveys.polls import Terms, draft
from surveys.seeing import PollKind

# Tuesday 24 November 2026, 17:00 in Paris.
NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)


def read(*texts: str, zone: str = "Europe/Paris") -> list[tuple[str, bool]]:
    return [(each.text, each.is_day) for each in dates.read(texts, NOW, zone, "en")]


def test_days_and_hours_are_put_in_their_order_a_day_before_its_hours() -> None:
    assert read("saturday", "friday 18:00", "friday", "saturday 9:00") == [
        ("2026-11-27", True),
        ("2026-11-27 17:00 UTC", False),
        ("2026-11-28", True),
        ("2026-11-28 08:00 UTC", False),
    ]


def test_the_same_words_mean_another_moment_in_another_zone_and_the_same_whole_day() -> None:
    assert read("friday 18:00", "saturday", zone="America/New_York") == [
        ("2026-11-27 23:00 UTC", False),
        ("2026-11-28", True),
    ]


def test_a_day_stays_that_day_where_it_begins_half_a_day_before_utc() -> None:
    assert read("friday", "saturday", zone="Pacific/Kiritimati") == [
        ("2026-11-27", True),
        ("2026-11-28", True),
    ]


def test_an_hour_written_for_another_zone_is_the_same_moment_twice() -> None:
    with pytest.raises(dates.SameDateTwice):
        read("friday 18:00", "friday 12:00 America/New_York")


def test_a_whole_day_is_past_once_it_is_over_everywhere() -> None:
    day = [Option("", moment=datetime(2026, 11, 24, 12, tzinfo=UTC), is_day=True)]
    dates.check_ahead(day, datetime(2026, 11, 25, 11, 59, tzinfo=UTC))
    with pytest.raises(dates.DatePast):
        dates.check_ahead(day, datetime(2026, 11, 25, 12, tzinfo=UTC))


def test_more_dates_than_a_menu_holds_are_refused() -> None:
    each = [Option("", moment=NOW + timedelta(hours=more)) for more in range(MOST_OPTIONS + 1)]
    with pytest.raises(TooManyOptions):
        dates.in_order(each)


def a_date(hours: int, *, is_day: bool) -> Option:
    moment = NOW + timedelta(hours=hours)
    return Option("", moment=moment.replace(hour=12) if is_day else moment, is_day=is_day)


MOMENTS = st.lists(
    st.builds(a_date, st.integers(1, 2000), is_day=st.booleans()),
    min_size=2,
    max_size=12,
    unique_by=lambda option: (option.moment, option.is_day),
)


@given(MOMENTS)
def test_any_dates_keep_their_moments_and_are_ordered_the_same_way_again(offered: list[Option]) -> None:
    drafted = draft("When?", offered, "en", Terms(kind=PollKind.DATES, most=0)).options
    assert {(each.moment, each.is_day) for each in drafted} == {
        (each.moment, each.is_day) for each in offered
    }
    assert dates.in_order(reversed(drafted)) == drafted
    assert len({each.text for each in drafted}) == len(drafted)

"""What may be said of numbers, and when they are too few."""

import pytest

from surveys.honest import is_few, is_too_close, response_rate


@pytest.mark.parametrize(("people", "few"), [(0, True), (1, True), (4, True), (5, False), (400, False)])
def test_fewer_than_five_are_few(people: int, few: bool) -> None:
    assert is_few(people) is few


def test_the_rate_is_the_part_of_those_asked() -> None:
    assert response_rate(30, 120) == 0.25
    assert response_rate(0, 120) == 0
    assert response_rate(12, 12) == 1


def test_there_is_no_rate_where_nobody_is_known_to_be_asked_or_others_answered_too() -> None:
    assert response_rate(3, 0) is None
    assert response_rate(13, 12) is None


@pytest.mark.parametrize(
    ("first", "second", "people", "audience", "is_close"),
    [
        (3, 2, 5, None, True),
        (55, 45, 100, None, True),
        (59, 41, 100, None, True),
        (60, 40, 100, None, False),
        (550, 450, 1000, None, False),
        (1, 0, 1, None, True),
        (2, 0, 2, None, True),
        (5, 0, 5, None, False),
        (10, 9, 10, None, True),
        (100, 60, 100, None, False),
        (55, 45, 100, 110, False),
        (3, 2, 5, 5, False),
        (3, 2, 5, 3, True),
        (0, 0, 0, None, False),
    ],
)
def test_a_lead_is_too_close_where_chance_could_make_it(
    first: int, second: int, people: int, audience: int | None, is_close: bool
) -> None:
    assert is_too_close(first, second, people, audience) is is_close

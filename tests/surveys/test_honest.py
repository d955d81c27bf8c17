"""What may be said of numbers, and when they are too few."""

import pytest

from surveys.honest import is_few, response_rate


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

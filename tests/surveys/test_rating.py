"""A rating: what its scale may be, its mean, and how far that can be trusted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import polls, rating
from surveys.errors import Refused
from surveys.options import Adding, Option, asked
from surveys.polls import Terms
from surveys.seeing import PollKind

FIVE = (1, 2, 3, 4, 5)
RATED = Terms(kind=PollKind.RATING)
PLACES = st.integers(2, 10)


@st.composite
def scales(draw: st.DrawFn) -> tuple[tuple[int, ...], list[int]]:
    """A scale, and how often each place of it was chosen."""
    scale = rating.values(
        asked(draw(st.sampled_from(["a{}", "{}", "🙂{}"])).format(n) for n in range(draw(PLACES)))
    )
    return scale, draw(st.lists(st.integers(0, 50), min_size=len(scale), max_size=len(scale)))


def test_the_mean_is_that_of_all_votes() -> None:
    assert rating.mean(FIVE, (0, 0, 1, 2, 1)) == 4.0


def test_nobody_voted_is_no_mean() -> None:
    assert rating.mean(FIVE, (0, 0, 0, 0, 0)) is None


@given(scales())
def test_a_mean_lies_within_the_scale_and_the_interval_around_it(
    case: tuple[tuple[int, ...], list[int]],
) -> None:
    scale, votes = case
    mean, between = rating.mean(scale, votes), rating.interval(scale, votes)
    assert (mean is None) == (sum(votes) == 0)
    assert (between is None) == (sum(votes) < 5)
    if mean is not None:
        assert min(scale) <= mean <= max(scale)
    if mean is not None and between is not None:
        assert min(scale) <= between[0] <= mean <= between[1] <= max(scale)


@given(scales(), st.integers(2, 4))
def test_more_votes_alike_never_widen_the_interval(
    case: tuple[tuple[int, ...], list[int]], times: int
) -> None:
    scale, votes = case
    few, many = rating.interval(scale, votes), rating.interval(scale, [count * times for count in votes])
    if few is not None and many is not None:
        assert many[1] - many[0] <= few[1] - few[0] + 1e-9


def test_all_alike_is_not_taken_for_certain() -> None:
    between = rating.interval(FIVE, (0, 0, 0, 0, 6))
    assert between is not None
    assert between[0] < 4.0
    assert between[1] == 5.0


def test_where_everybody_voted_nothing_is_left_to_chance() -> None:
    assert rating.interval(FIVE, (0, 0, 0, 5, 5), audience=10) is None
    assert rating.interval(FIVE, (0, 0, 0, 5, 5), audience=11) is not None


@pytest.mark.parametrize(
    ("texts", "counts"),
    [
        (("1", "2", "3"), (1, 2, 3)),
        (("0", "1", "2"), (0, 1, 2)),
        (("5", "3", "1"), (5, 3, 1)),
        (("😞", "😐", "😀"), (1, 2, 3)),
        (("1 bad", "2", "3 good"), (1, 2, 3)),
    ],
)
def test_numbers_count_as_such_and_anything_else_by_its_place(
    texts: tuple[str, ...], counts: tuple[int, ...]
) -> None:
    assert rating.values(asked(texts)) == counts


def test_the_nearest_place_is_the_higher_of_two_as_near() -> None:
    assert rating.nearest((1, 2, 3), 2.4) == 1
    assert rating.nearest((1, 2, 3), 2.5) == 2


@pytest.mark.parametrize(
    ("options", "terms", "said"),
    [
        (asked(map(str, range(11))), RATED, "11 places; 10 is the most"),
        (asked("ab"), replace(RATED, most=0), "Each person gives one rating"),
        (asked("ab"), replace(RATED, most=2), "Each person gives one rating"),
        (asked("ab"), replace(RATED, least=2, most=0), "Each person gives one rating"),
        (asked("ab"), replace(RATED, is_shuffled=True), "A scale goes from low to high"),
        (asked("ab"), replace(RATED, adding=Adding.ANYONE), "A scale goes from low to high"),
    ],
)
def test_what_is_no_scale_is_refused_with_a_sentence(
    options: tuple[Option, ...], terms: Terms, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        polls.draft("How was it?", options, "en", terms)
    assert said in str(refused.value.sentence.format(**refused.value.values))

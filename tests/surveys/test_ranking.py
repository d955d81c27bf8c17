"""Rankings are counted as Schulze's paper counts them."""

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.ranking import Cast, Places, ranked

A, B, C, D, E, F = range(6)
MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)
FIVE = (A, B, C, D, E)

FORTY_FIVE: tuple[Cast, ...] = (
    ((A, C, B, E, D), 5),
    ((A, D, E, C, B), 5),
    ((B, E, D, A, C), 8),
    ((C, A, B, E, D), 3),
    ((C, A, E, B, D), 7),
    ((C, B, A, D, E), 2),
    ((D, C, E, B, A), 7),
    ((E, B, A, D, C), 8),
)
"""45 voters and five options, as Wikipedia explains the method after Schulze's own examples."""

TWENTY_ONE: tuple[Cast, ...] = (
    ((A, C, D, B), 8),
    ((B, A, D, C), 2),
    ((C, D, B, A), 4),
    ((D, B, A, C), 4),
    ((D, C, B, A), 3),
)
"""Example 1 of the paper: 21 voters and four options, none of which wins every comparison."""

TENNESSEE: tuple[Cast, ...] = (
    ((MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE), 42),
    ((NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS), 26),
    ((CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS), 15),
    ((KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS), 17),
)
"""The capital of Tennessee, chosen from four towns: everybody prefers what is near."""

ballots = st.permutations(FIVE).flatmap(
    lambda whole: st.tuples(st.integers(0, 5).map(lambda most: tuple(whole[:most])), st.integers(1, 9))
)
rankings = st.lists(ballots, max_size=12)
whole_rankings = st.lists(st.tuples(st.permutations(FIVE).map(tuple), st.integers(1, 9)), max_size=12)


def places(cast: Sequence[Cast], options: Sequence[int] = FIVE) -> Places:
    return ranked(cast, options).places


def leader(cast: Sequence[Cast]) -> int:
    """Return who comes first alone; where nobody does there is nothing to show."""
    first = ranked(cast, FIVE).winner
    assume(first is not None)
    assert first is not None
    return first


# --- worked examples ---


def test_the_worked_example_with_five_options_comes_out_in_its_order() -> None:
    assert places(FORTY_FIVE) == ((E,), (A,), (C,), (B,), (D,))


def test_its_comparisons_of_two_are_those_of_the_example() -> None:
    before = ranked(FORTY_FIVE, FIVE).before
    assert [[before.get((one, other), 0) for other in FIVE] for one in FIVE] == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]


def test_the_first_example_of_the_paper_is_won_by_the_strongest_chains() -> None:
    found = ranked(TWENTY_ONE, (A, B, C, D))
    assert found.places == ((D,), (A,), (C,), (B,))
    assert not found.beats_all(D)


def test_the_town_that_wins_every_comparison_is_the_capital_of_tennessee() -> None:
    found = ranked(TENNESSEE, range(4))
    assert found.places == ((NASHVILLE,), (CHATTANOOGA,), (KNOXVILLE,), (MEMPHIS,))
    assert found.beats_all(NASHVILLE)
    assert found.firsts == {MEMPHIS: 42, NASHVILLE: 26, CHATTANOOGA: 15, KNOXVILLE: 17}
    assert list(found.duels(NASHVILLE)) == [(68, 32), (68, 32), (58, 42)]


# --- ties, and what is left out ---


def test_a_circle_leaves_all_three_level() -> None:
    circle: list[Cast] = [((A, B, C), 1), ((B, C, A), 1), ((C, A, B), 1)]
    found = ranked(circle, (A, B, C))
    assert found.places == ((A, B, C),)
    assert found.winner is None


def test_options_that_share_a_place_leave_the_next_ones_empty() -> None:
    assert ranked([((A, B), 1), ((A, C), 1)], (A, B, C, D)).standing == ((1, A), (2, B), (2, C), (4, D))


def test_what_a_voter_left_out_comes_last_and_level() -> None:
    assert places([((B,), 1)], (A, B, C)) == ((B,), (A, C))


def test_without_a_ballot_all_are_level() -> None:
    assert places([], (A, B, C)) == ((A, B, C),)


def test_an_option_that_is_gone_is_passed_over_and_the_next_one_is_first() -> None:
    found = ranked([((A, B), 2), ((C, A), 1)], (B, C))
    assert found.firsts == {B: 2, C: 1}
    assert found.places == ((B,), (C,))


# --- what Schulze proves of the method ---


@given(rankings)
def test_every_option_has_one_place(cast: list[Cast]) -> None:
    assert sorted(option for place in places(cast) for option in place) == [A, B, C, D, E]


@given(rankings)
def test_whoever_wins_every_comparison_comes_first_alone(cast: list[Cast]) -> None:
    found = ranked(cast, FIVE)
    assert all(found.places[0] == (option,) for option in FIVE if found.beats_all(option))


@given(rankings)
def test_whoever_loses_every_comparison_does_not_come_first_alone(cast: list[Cast]) -> None:
    found = ranked(cast, FIVE)
    losers = [option for option in FIVE if all(won < lost for won, lost in found.duels(option))]
    assert found.winner not in losers


@given(whole_rankings)
def test_turning_every_ballot_around_turns_a_single_winner_out_of_the_first_place(cast: list[Cast]) -> None:
    first = leader(cast)
    assert places([(ballot[::-1], voters) for ballot, voters in cast])[0] != (first,)


@given(whole_rankings, st.integers(0, 11), st.integers(1, 4))
def test_a_winner_whom_some_voters_put_higher_is_still_among_the_first(
    cast: list[Cast], which: int, by: int
) -> None:
    first = leader(cast)
    ballot, voters = cast[which % len(cast)]
    without = [option for option in ballot if option != first]
    without.insert(max(0, list(ballot).index(first) - by), first)
    raised = [*cast, (tuple(without), voters)]
    raised.remove((ballot, voters))
    assert first in places(raised)[0]


@given(whole_rankings, st.sampled_from(FIVE), st.lists(st.booleans(), min_size=12, max_size=12))
def test_an_option_much_like_another_takes_nothing_from_it(
    cast: list[Cast], cloned: int, is_before: list[bool]
) -> None:
    first = leader(cast)
    twins = [
        (tuple(twin for option in ballot for twin in _with_clone(option, cloned, before)), voters)
        for (ballot, voters), before in zip(cast, is_before, strict=False)
    ]
    best = ranked(twins, (*FIVE, F)).places[0]
    assert {cloned if option == F else option for option in best} == {first}


def _with_clone(option: int, cloned: int, is_before: bool) -> tuple[int, ...]:
    if option != cloned:
        return (option,)
    return (F, option) if is_before else (option, F)


@given(rankings)
def test_ballots_alike_count_the_same_together_as_one_by_one(cast: list[Cast]) -> None:
    one_by_one = [(ballot, 1) for ballot, voters in cast for _ in range(voters)]
    assert ranked(one_by_one, FIVE) == ranked(cast, FIVE)

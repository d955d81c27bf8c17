"""Rankings are counted as Schulze's paper counts them."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from surveys.ranking import is_condorcet_winner, preferences, schulze

A, B, C, D, E = range(5)
MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)


def votes(*groups: tuple[int, Sequence[int]]) -> list[Sequence[int]]:
    return [ballot for voters, ballot in groups for _ in range(voters)]


FORTY_FIVE = votes(
    (5, (A, C, B, E, D)),
    (5, (A, D, E, C, B)),
    (8, (B, E, D, A, C)),
    (3, (C, A, B, E, D)),
    (7, (C, A, E, B, D)),
    (2, (C, B, A, D, E)),
    (7, (D, C, E, B, A)),
    (8, (E, B, A, D, C)),
)
"""45 voters and five options, as the method is explained on Wikipedia after Schulze's own examples."""

TENNESSEE = votes(
    (42, (MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE)),
    (26, (NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS)),
    (15, (CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS)),
    (17, (KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS)),
)
"""The capital of Tennessee, chosen from four towns: everybody prefers what is near."""

rankings = st.lists(
    st.permutations(range(5)).flatmap(
        lambda all_of_them: st.integers(0, 5).map(lambda n: tuple(all_of_them[:n]))
    ),
    max_size=30,
)


def test_the_worked_example_with_five_options_comes_out_in_its_order() -> None:
    assert schulze(FORTY_FIVE, 5) == ((E,), (A,), (C,), (B,), (D,))


def test_its_comparisons_of_two_are_those_of_the_example() -> None:
    assert preferences(FORTY_FIVE, 5) == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]


def test_the_town_that_wins_every_comparison_is_the_capital_of_tennessee() -> None:
    assert schulze(TENNESSEE, 4) == ((NASHVILLE,), (CHATTANOOGA,), (KNOXVILLE,), (MEMPHIS,))
    assert is_condorcet_winner(NASHVILLE, preferences(TENNESSEE, 4))


def test_a_circle_leaves_all_three_level() -> None:
    circle = votes((1, (A, B, C)), (1, (B, C, A)), (1, (C, A, B)))
    assert schulze(circle, 3) == ((A, B, C),)


def test_what_a_voter_left_out_comes_last_and_level() -> None:
    assert schulze([(B,)], 3) == ((B,), (A, C))


def test_without_a_ballot_all_are_level() -> None:
    assert schulze([], 3) == ((A, B, C),)


@given(rankings)
def test_every_option_has_one_place(ballots: list[tuple[int, ...]]) -> None:
    assert sorted(option for place in schulze(ballots, 5) for option in place) == [A, B, C, D, E]


@given(rankings)
def test_whoever_wins_every_comparison_comes_first_alone(ballots: list[tuple[int, ...]]) -> None:
    before = preferences(ballots, 5)
    winners = [option for option in range(5) if is_condorcet_winner(option, before)]
    assert all(schulze(ballots, 5)[0] == (winner,) for winner in winners)


@given(rankings)
def test_turning_every_ballot_around_turns_a_single_winner_out_of_the_first_place(
    ballots: list[tuple[int, ...]],
) -> None:
    whole = [ballot for ballot in ballots if len(ballot) == 5]
    first, around = schulze(whole, 5)[0], schulze([ballot[::-1] for ballot in whole], 5)[0]
    assert len(first) > 1 or around != first

"""Published ballots can be counted again by anybody, and a voter finds their own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.anonymity import receipt
from surveys.published import NotPublished, Published, Recount, ballot, from_text, recount, to_text

LEADER = Published(
    "Who should lead?",
    ("Ana", "Ben"),
    votes=(2, 1),
    voters=3,
    ballots=(("A2345-6789B", (0,)), ("C2345-6789D", (1,)), ("E2345-6789F", (0,))),
)

LUNCH = Published(
    "Lunch?",
    ("Tacos", "Sushi", "Soup"),
    votes=(3, 2, 1),
    voters=3,
    ballots=(("A2345-6789B", (0, 1)), ("C2345-6789D", (1, 0)), ("E2345-6789F", (0, 2))),
    kind="ranking",
    firsts=(2, 1, 0),
    places=((0,), (1,), (2,)),
)

codes = st.binary(min_size=32, max_size=32).map(lambda key: receipt(key, "somebody"))
texts = st.text(st.characters(codec="utf-8"), max_size=20)


@st.composite
def published(draw: st.DrawFn) -> Published:
    options = tuple(draw(st.lists(texts, min_size=2, max_size=5)))
    chosen = st.lists(st.integers(0, len(options) - 1), unique=True, min_size=1).map(tuple)
    ballots = tuple(sorted(draw(st.dictionaries(codes, chosen, max_size=9)).items()))
    votes = tuple(sum(number in its for _, its in ballots) for number in range(len(options)))
    return Published(draw(texts), options, votes, len(ballots), ballots)


def test_the_file_reads_as_people_read() -> None:
    assert to_text(LEADER) == (
        "{\n"
        '  "format": "palabre-ballots-2",\n'
        '  "kind": "choice",\n'
        '  "question": "Who should lead?",\n'
        '  "options": ["Ana", "Ben"],\n'
        '  "votes": [2, 1],\n'
        '  "voters": 3,\n'
        '  "ballots": [\n'
        '    ["A2345-6789B", [0]],\n'
        '    ["C2345-6789D", [1]],\n'
        '    ["E2345-6789F", [0]]\n'
        "  ]\n"
        "}\n"
    )


@given(published())
def test_what_is_written_is_read_again_and_agrees(found: Published) -> None:
    assert from_text(to_text(found)) == found
    assert recount(found).agrees(found)


def test_the_file_of_a_ranking_keeps_each_order_with_the_first_ones_and_the_places() -> None:
    written = to_text(LUNCH)
    assert '  "kind": "ranking",\n' in written
    assert '  "firsts": [2, 1, 0],\n  "places": [[0], [1], [2]],\n' in written
    assert '    ["C2345-6789D", [1, 0]],\n' in written
    assert from_text(written) == LUNCH
    assert recount(LUNCH).agrees(LUNCH)
    assert ballot(LUNCH, "C2345-6789D") == ("Sushi", "Tacos")


def test_an_order_that_was_turned_around_does_not_agree() -> None:
    turned = from_text(to_text(LUNCH).replace('"E2345-6789F", [0, 2]', '"E2345-6789F", [2, 0]'))
    assert recount(turned).votes == LUNCH.votes
    assert recount(turned).firsts == (1, 1, 1)
    assert not recount(turned).agrees(turned)


def test_places_that_are_not_those_of_the_ballots_do_not_agree() -> None:
    other = from_text(to_text(LUNCH).replace("[[0], [1], [2]]", "[[1], [0], [2]]"))
    assert recount(other).places == ((0,), (1,), (2,))
    assert not recount(other).agrees(other)


def test_an_option_without_a_place_is_counted_where_a_ballot_names_it() -> None:
    hidden = from_text(to_text(LUNCH).replace("[[0], [1], [2]]", "[[0], [1]]"))
    assert recount(hidden).places == ((0,), (1,), (2,))
    assert not recount(hidden).agrees(hidden)


def test_a_file_that_was_published_before_there_were_kinds_is_read_as_a_choice() -> None:
    older = to_text(LEADER).replace("ballots-2", "ballots-1").replace('  "kind": "choice",\n', "")
    assert from_text(older) == LEADER


def test_a_voter_finds_their_ballot_however_they_type_the_code() -> None:
    assert ballot(LEADER, " c2345 6789d ") == ("Ben",)


def test_a_code_that_is_not_there_finds_nothing() -> None:
    assert ballot(LEADER, "C2345-6789E") is None


def test_a_vote_that_was_moved_does_not_agree() -> None:
    moved = from_text(to_text(LEADER).replace('"C2345-6789D", [1]', '"C2345-6789D", [0]'))
    assert recount(moved) == Recount((3, 0), 3, ())
    assert not recount(moved).agrees(moved)


def test_a_ballot_that_was_taken_out_does_not_agree() -> None:
    fewer = from_text(to_text(LEADER).replace('    ["C2345-6789D", [1]],\n', ""))
    assert not recount(fewer).agrees(fewer)


def test_a_code_that_is_there_twice_does_not_agree() -> None:
    twice = from_text(to_text(LEADER).replace("E2345-6789F", "A2345-6789B"))
    assert recount(twice).twice == ("A2345-6789B",)
    assert not recount(twice).agrees(twice)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is not JSON"),
        ("[]", "it does not say palabre-ballots-2"),
        ('{"format": "palabre-ballots-9"}', "it does not say palabre-ballots-2"),
        ('{"format": "palabre-ballots-2"}', "a part is missing or is of another kind"),
        (to_text(LEADER).replace("[2, 1]", "[2]"), "there are not as many counts as options"),
        (to_text(LEADER).replace("A2345-6789B", "<script>"), "“<script>” is no code"),
        (to_text(LEADER).replace("[1]]", "[2]]"), "the ballot C2345-6789D names an option that is not there"),
        (to_text(LEADER).replace("[1]]", "[1, 1]]"), "or one twice"),
        (to_text(LEADER).replace('"choice"', '"ranking"'), "there are not as many counts as options"),
        (to_text(LUNCH).replace("[[0], [1], [2]]", "[[0], [3]]"), "a place names an option that is not"),
        (to_text(LUNCH).replace("[[0], [1], [2]]", "[[0], [0]]"), "or one twice"),
        (to_text(LUNCH).replace('  "kind": "ranking",\n', ""), "a part is missing or is of another kind"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotPublished, match=reason):
        from_text(text)


@given(
    st.recursive(
        st.none() | st.integers() | texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)
    )
)
def test_no_file_breaks_it(kept: object) -> None:
    with pytest.raises(NotPublished):
        from_text(json.dumps({"format": "palabre-ballots-2", "ballots": kept, "question": kept}))

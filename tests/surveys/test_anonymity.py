"""The gate: what passes it, what undoes nothing of it, and that only it makes what is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.anonymity import (
    HIDDEN,
    MOST_FEWEST,
    NAMED,
    Gate,
    Level,
    OnlyHigher,
    Privacy,
    ResultsTo,
    Shown,
    Stage,
    Turnout,
    Why,
    Withheld,
    gate,
    is_new_step,
    merged,
    raised,
    receipt,
    together,
    token,
)
from surveys.questions import Counted, Kind, Question, Tally
from surveys.reports import Report, report
from surveys.sections import Findings, Section
from surveys.shapes import Bars, Compared, Quotes, Shape, Tones
from surveys.survey import Page, Round, Survey
from surveys.tone import Label

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SEALED = Privacy(Level.ANONYMOUS)
TO_OWNERS = replace(SEALED, results_to=ResultsTo.OWNERS)
TEAM = Question("team", Kind.SINGLE_CHOICE, "Which team?", ("Design", "Sales", "Support", "Board"))
BEST = Question("best", Kind.SINGLE_CHOICE, "What was best?", ("Talks", "People", "Cake"))
DAYS = Question("days", Kind.SEVERAL_CHOICES, "Which days?", ("Monday", "Tuesday"))
RATE = Question("rate", Kind.RATING, "How was it?")
WHY = Question("why", Kind.OPEN_TEXT, "Why?")


# --- what passes ---


def test_only_the_gate_makes_what_is_shown() -> None:
    with pytest.raises(TypeError, match="Only the gate"):
        Shown(12, object())
    passed = gate(asked(SEALED, 12)).table(12, "so many")
    assert isinstance(passed, Shown)
    assert passed.value == "so many"


@pytest.mark.parametrize("people", [0, 1, 4, 5, 12])
@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.COUNTING])
@pytest.mark.parametrize("is_for_owner", [False, True])
def test_before_it_is_counted_a_sealed_one_shows_nothing_to_anybody(
    people: int, stage: Stage, is_for_owner: bool
) -> None:
    why = Why.OPEN if stage is Stage.OPEN else Why.COUNTING
    for promised in (SEALED, TO_OWNERS):
        shut = Gate(promised, stage, is_for_owner)
        assert shut.table(people, "numbers") == Withheld(why, 5)
        assert shut.comments(people, "words") == Withheld(why, 5)
        assert shut.comparison(people, "groups") == Withheld(why, 5)
        assert shut.turnout(people).value == Turnout(people - people % 5, is_about=True)


@pytest.mark.parametrize(
    ("people", "fewest", "passes"), [(4, 5, False), (5, 5, True), (7, 8, False), (8, 8, True)]
)
def test_a_counted_one_shows_the_numbers_of_enough_people(people: int, fewest: int, passes: bool) -> None:
    open_now = Gate(replace(SEALED, fewest=fewest), Stage.COUNTED)
    found = (
        open_now.table(people, "numbers"),
        open_now.comments(people, "words"),
        open_now.comparison(people, "groups"),
    )
    assert [isinstance(each, Shown) for each in found] == [passes] * 3
    assert open_now.turnout(people).value.is_about is not passes


def test_results_for_the_owner_pass_for_the_owner_alone() -> None:
    assert Gate(TO_OWNERS, Stage.COUNTED).table(12, "numbers") == Withheld(Why.OWNERS_ONLY, 5)
    assert isinstance(Gate(TO_OWNERS, Stage.COUNTED, is_for_owner=True).table(12, "numbers"), Shown)
    assert Gate(TO_OWNERS, Stage.COUNTED, is_for_owner=True).table(4, "numbers") == Withheld(Why.TOO_FEW, 5)


@pytest.mark.parametrize("promised", [NAMED, HIDDEN])
def test_names_shown_or_hidden_let_counts_pass_but_no_few_comments_and_no_small_group(
    promised: Privacy,
) -> None:
    live = Gate(promised, Stage.OPEN)
    assert live.turnout(3).value == Turnout(3)
    assert isinstance(live.table(1, "numbers"), Shown)
    assert live.comments(4, "words") == Withheld(Why.TOO_FEW, 5)
    assert live.comparison(4, "groups") == Withheld(Why.TOO_FEW, 5)
    assert isinstance(live.comments(5, "words"), Shown)


def test_what_follows_from_shown_values_is_shown() -> None:
    live = Gate(NAMED, Stage.OPEN)
    assert together([live.turnout(3), live.turnout(4)]).then(len).value == 2


def test_the_message_of_an_open_one_changes_in_steps_only() -> None:
    assert [people for people in range(16) if is_new_step(people, SEALED)] == [0, 5, 10, 15]
    assert all(is_new_step(people, HIDDEN) for people in range(16))


# --- the threshold ---


def test_a_threshold_is_raised_and_never_lowered() -> None:
    assert raised(5, 8) == 8
    assert raised(8, 8) == 8
    for wanted in (7, 0, -1, MOST_FEWEST + 1):
        with pytest.raises(OnlyHigher):
            raised(8, wanted)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=12), st.integers(1, 12))
def test_no_group_is_small_none_stands_alone_and_all_are_told(sizes: dict[str, int], fewest: int) -> None:
    groups = merged(sizes, fewest)
    assert len(groups) != 1
    assert all(sum(sizes[name] for name in group) >= fewest for group in groups)
    told = [name for group in groups for name in group]
    assert len(told) == len(set(told))
    if groups:
        assert set(told) == {name for name, people in sizes.items() if people}


def test_small_groups_go_together_and_take_the_smallest_big_one_where_they_must() -> None:
    assert merged({"a": 9, "b": 3, "c": 2}, 5) == (("a",), ("b", "c"))
    assert merged({"a": 9, "b": 6, "c": 1}, 5) == (("a",), ("b", "c"))
    assert merged({"a": 9, "c": 1}, 5) == ()
    assert merged({"a": 9, "b": 0}, 5) == ()


# --- tokens and receipts ---


def test_somebody_is_another_in_every_poll_and_the_same_in_one() -> None:
    here, there = b"k" * 32, b"l" * 32
    assert token(here, "T0", "T0:U0BEN") == token(here, "T0", "T0:U0BEN")
    assert len({token(key, home, "T0:U0BEN") for key in (here, there) for home in ("T0", "T1")}) == 4
    # "T" with "0X" is not "T0" with "X".
    assert token(here, "T", "0X") != token(here, "T0", "X")


def test_a_receipt_can_be_read_aloud() -> None:
    code = receipt(b"k" * 32, token(b"k" * 32, "T0", "T0:U0BEN"))
    assert code == receipt(b"k" * 32, token(b"k" * 32, "T0", "T0:U0BEN"))
    assert len(code) == 11
    assert not set(code) & set("01ILOU")


# --- a round of people, and all that its report publishes ---

Person = Mapping[str, tuple[int, ...]]
"""What one person chose, by question id; a question they skipped is left out."""


def asked(promised: Privacy, people: int, stage: Stage = Stage.COUNTED, *questions: Question) -> Round:
    survey = Survey(
        "s", "T0", "U0ANA", "How are we?", "", "en", (Page("", questions or (TEAM, BEST, DAYS, RATE)),)
    )
    return Round(
        "r1",
        survey,
        "C0",
        NOW,
        NOW + timedelta(days=7),
        closed_at=None if stage is Stage.OPEN else NOW,
        people=people,
        privacy=promised,
        is_counted=stage is Stage.COUNTED,
        compare_by="team",
    )


def tallied(crowd: Sequence[Person]) -> dict[str, Tally]:
    """Add up what people chose, one person after the other."""
    found = {}
    for question in (TEAM, BEST, DAYS, RATE):
        given_here = [each[question.id] for each in crowd if question.id in each]
        chosen = sorted({choice for each in given_here for choice in each})
        counts = {choice: sum(choice in each for each in given_here) for choice in chosen}
        found[question.id] = Tally(
            len(given_here),
            tuple(
                Counted(people, number=choice) if question is RATE else Counted(people, choice=choice)
                for choice, people in counts.items()
            ),
        )
    return {name: tally for name, tally in found.items() if tally.people}


def findings(
    crowd: Sequence[Person], promised: Privacy, stage: Stage = Stage.COUNTED, *, is_for_owner: bool = False
) -> Findings:
    by_team: dict[int | None, list[Person]] = {}
    for each in crowd:
        by_team.setdefault(each["team"][0] if "team" in each else None, []).append(each)
    split = {team: tallied(its) for team, its in by_team.items()}
    return Findings(
        asked(promised, len(crowd), stage), 0, tallied(crowd), split=split, is_for_owner=is_for_owner
    )


@dataclass(frozen=True)
class Table:
    """A published table: whose answers it counts, by their place in the crowd, to which question."""

    question: str
    bars: Bars
    base: frozenset[int]


def published(crowd: Sequence[Person], told: Report) -> Iterator[Table]:
    for section in told.sections:
        name = section.question.id
        answered = frozenset(number for number, each in enumerate(crowd) if name in each)
        for shape in values(section):
            assert isinstance(shape, Bars)
            yield Table(name, shape, answered)
        if isinstance(section.compared, Shown):
            for group in section.compared.value.groups:
                chosen = {TEAM.choices.index(choice) for choice in group.choices}
                its = {
                    number
                    for number, each in enumerate(crowd)
                    if (each["team"][0] in chosen if "team" in each else group.has_silent)
                }
                yield Table(name, group.bars, answered & its)


def values(section: Section) -> list[Shape]:
    return [shape.value for shape in section.shapes if isinstance(shape, Shown)]


def people_of() -> st.SearchStrategy[Person]:
    one = st.integers(0, 2).map(lambda choice: (choice,))
    return st.fixed_dictionaries(
        {},
        optional={
            "team": st.sampled_from([0, 0, 0, 1, 1, 2, 3]).map(lambda choice: (choice,)),
            "best": one,
            "days": st.sampled_from([(0,), (1,), (0, 1)]),
            "rate": st.integers(1, 5).map(lambda number: (number,)),
        },
    )


def crowds() -> st.SearchStrategy[list[Person]]:
    return st.integers(0, 40).flatmap(lambda most: st.lists(people_of(), min_size=most, max_size=most))


@given(crowds(), st.integers(5, 9))
def test_no_difference_of_what_is_published_is_of_few_people(crowd: list[Person], fewest: int) -> None:
    told = report(findings(crowd, replace(SEALED, fewest=fewest)))
    tables = list(published(crowd, told))
    for table in tables:
        assert table.bars.people == len(table.base) >= fewest
    for name in {table.question for table in tables}:
        its = [table for table in tables if table.question == name]
        for first, second in combinations(its, 2):
            for left in (first.base - second.base, second.base - first.base):
                nested = first.base <= second.base or second.base <= first.base
                assert not nested or not 0 < len(left) < fewest


@given(crowds(), st.integers(5, 9))
def test_no_set_of_groups_taken_from_the_whole_leaves_few(crowd: list[Person], fewest: int) -> None:
    tables = list(published(crowd, report(findings(crowd, replace(SEALED, fewest=fewest)))))
    for name in {table.question for table in tables}:
        whole, *groups = [table.base for table in tables if table.question == name]
        assert frozenset().union(*groups) in {whole, frozenset()}
        for taken in range(len(groups) + 1):
            for some in combinations(groups, taken):
                left = whole.difference(*some)
                assert not 0 < len(left) < fewest


@given(crowds(), st.integers(5, 9), st.sampled_from([Stage.OPEN, Stage.COUNTING]), st.booleans())
def test_one_answer_more_is_never_told_from_one_less(
    crowd: list[Person], fewest: int, stage: Stage, is_for_owner: bool
) -> None:
    promised = replace(SEALED, fewest=fewest)
    told = report(findings(crowd, promised, stage, is_for_owner=is_for_owner))
    assert told.sections == ()
    assert (told.leading.value, told.mood.value) == (None, None)
    assert told.turnout.value.people % fewest == 0
    same_step = crowd[: len(crowd) - len(crowd) % fewest]
    assert report(findings(same_step, promised, stage)).turnout == told.turnout


@given(crowds())
def test_the_same_groups_stand_below_every_question(crowd: list[Person]) -> None:
    told = report(findings(crowd, SEALED))
    compared = [section.compared.value for section in told.sections if isinstance(section.compared, Shown)]
    assert len({tuple((group.choices, group.has_silent) for group in each.groups) for each in compared}) <= 1


# --- the list of attacks ---


def crowd_of(*teams: tuple[int | None, int]) -> list[Person]:
    """So many people of each team, who rate 4 and like the talks."""
    return [
        {"best": (0,), "rate": (4,)} | ({} if team is None else {"team": (team,)})
        for team, people in teams
        for _ in range(people)
    ]


def compared(told: Report, question: Question) -> Compared | Withheld | None:
    [section] = [each for each in told.sections if each.question == question]
    return section.compared.value if isinstance(section.compared, Shown) else section.compared


def test_below_the_threshold_nothing_is_told_to_the_creator_either() -> None:
    for is_for_owner in (False, True):
        told = report(findings(crowd_of((0, 4)), SEALED, is_for_owner=is_for_owner))
        assert told.withheld == Withheld(Why.TOO_FEW, 5)
        assert told.turnout.value == Turnout(0, is_about=True)
        assert told.sections == ()


def test_an_admin_sees_nothing_of_what_goes_to_the_owner() -> None:
    crowd = crowd_of((0, 12))
    assert report(findings(crowd, TO_OWNERS)).withheld == Withheld(Why.OWNERS_ONLY, 5)
    assert report(findings(crowd, TO_OWNERS)).sections == ()
    assert report(findings(crowd, TO_OWNERS, is_for_owner=True)).withheld is None


def test_a_question_that_few_answered_is_withheld_alone() -> None:
    crowd = [*crowd_of((0, 8)), {"days": (0,)}]
    told = report(findings(crowd, SEALED))
    shown = {section.question.id: values(section) for section in told.sections}
    assert shown["days"] == []
    assert shown["best"]


def test_two_segments_do_not_leave_a_third() -> None:
    told = report(findings(crowd_of((0, 9), (1, 6), (2, 1)), SEALED))
    found = compared(told, BEST)
    assert isinstance(found, Compared)
    assert [(group.choices, group.bars.people) for group in found.groups] == [
        (("Design",), 9),
        (("Sales", "Support"), 7),
    ]


def test_those_who_skipped_the_segment_are_a_group_merged_like_others() -> None:
    told = report(findings(crowd_of((0, 9), (1, 3), (None, 2)), SEALED))
    found = compared(told, BEST)
    assert isinstance(found, Compared)
    assert [(group.choices, group.has_silent) for group in found.groups] == [
        (("Design",), False),
        (("Sales",), True),
    ]


def test_one_small_group_takes_its_questions_whole_comparison_with_it() -> None:
    silent = [{"team": (1,), "best": (0,)}]
    told = report(findings([*crowd_of((0, 9), (1, 4)), *silent], SEALED))
    assert compared(told, RATE) == Withheld(Why.TOO_FEW, 5)
    assert isinstance(compared(told, BEST), Compared)
    named = report(findings([*crowd_of((0, 9), (1, 4)), *silent], NAMED))
    assert compared(named, RATE) == Withheld(Why.TOO_FEW, 5)


def test_a_question_is_not_compared_with_itself_nor_by_one_with_several_choices() -> None:
    found = findings(crowd_of((0, 9), (1, 9)), SEALED)
    assert compared(report(found), TEAM) is None
    by_days = replace(found, asked=replace(found.asked, compare_by="days"))
    assert compared(report(by_days), BEST) is None


def test_a_single_group_is_no_comparison_and_the_report_says_by_what_not() -> None:
    told = report(findings(crowd_of((0, 9), (1, 1)), SEALED))
    assert told.not_compared == TEAM
    assert compared(told, BEST) is None


def test_a_round_keeps_the_threshold_it_began_with() -> None:
    crowd = crowd_of((0, 6))
    assert report(findings(crowd, replace(SEALED, fewest=8))).withheld == Withheld(Why.TOO_FEW, 8)
    assert report(findings(crowd, SEALED)).withheld is None


def test_all_alike_is_said() -> None:
    told = report(findings(crowd_of((0, 9)), SEALED))
    [best] = [values(section) for section in told.sections if section.question == BEST]
    [bars] = best
    assert isinstance(bars, Bars)
    assert bars.is_unanimous


def test_comments_of_a_sealed_round_need_as_many_writers_and_all_of_them_read() -> None:
    def told(writers: int, read: int, people: int = 12) -> Section:
        texts = [f"I liked the talks very much, and everything else too, {number}." for number in range(read)]
        found = Findings(
            asked(SEALED, people, Stage.COUNTED, WHY),
            0,
            {"why": Tally(writers, (Counted(writers),))},
            {"why": {Label.POSITIVE: read}},
            {"why": texts},
        )
        [section] = report(found).sections
        return section

    assert values(told(4, 4)) == []
    assert [type(shape) for shape in values(told(5, 5))] == [Tones, Quotes]
    assert told(6, 5).shapes[0] == Withheld(Why.COUNTING, 5)

"""Answers are kept, changed, counted once, and added up as a recount would."""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from storage import Comment, Database
from surveys.questions import Answer, Counted, Given, Tally
from surveys.survey import Response
from surveys.tone import Label, Tone
from tests.storage.test_polls import NOON
from tests.storage.test_surveys import (
    BEN,
    CHLOE,
    FINE,
    ROUND,
    another,
    claim,
    elsewhere,
    found,
    launch,
    respond,
    statements,
)

MONDAY, TUESDAY, FRIDAY = (Given(choice=number) for number in range(3))
GOOD: Answer = (Given(number=4),)


def keep(database: Database, respondent: str, **answers: Answer) -> None:
    with database.begin() as store:
        store.responses.keep("T1", "r1", respondent, answers)


def response(database: Database, respondent: str) -> Response:
    with database.begin() as store:
        return store.responses.find("T1", "r1", respondent)


def tallies(database: Database) -> dict[str, Tally]:
    with database.begin() as store:
        return store.responses.tallies("T1", "r1")


def comments(database: Database) -> tuple[Comment, ...]:
    with database.begin() as store:
        return store.comments.unscored("T1", "r1")


def score(database: Database, *scored: Comment, label: Label = Label.POSITIVE) -> None:
    with database.begin() as store:
        store.comments.keep_tones("T1", "r1", [(one, Tone(label, 0.5, "en")) for one in scored])


def test_before_the_first_page_a_response_is_empty(database: Database) -> None:
    launch(database, ROUND)
    assert response(database, BEN) == Response()


def test_answers_come_back_as_they_were_given(database: Database) -> None:
    launch(database, ROUND)
    grid: Answer = (Given(item=0, choice=2), Given(item=1, choice=0, text="or\nso"))
    keep(database, BEN, mood=GOOD, days=(MONDAY, FRIDAY), why=(Given(text="« Été » 🌞"),), grid=grid)
    assert response(database, BEN) == Response(
        {"mood": GOOD, "days": (MONDAY, FRIDAY), "why": (Given(text="« Été » 🌞"),), "grid": grid}
    )


def test_the_longest_comment_of_emoji_is_kept_whole(database: Database) -> None:
    launch(database, ROUND)
    keep(database, BEN, why=(Given(text="👩🏽‍🚀" * 3000),))
    assert response(database, BEN).answers["why"] == (Given(text="👩🏽‍🚀" * 3000),)


def test_a_page_replaces_its_own_answers_only(database: Database) -> None:
    launch(database, ROUND)
    keep(database, BEN, mood=GOOD, days=(MONDAY, TUESDAY, FRIDAY))
    keep(database, BEN, why=FINE)
    keep(database, BEN, days=(FRIDAY,))
    assert response(database, BEN).answers == {"mood": GOOD, "days": (FRIDAY,), "why": FINE}


def test_an_answer_taken_back_is_gone(database: Database) -> None:
    launch(database, ROUND)
    keep(database, BEN, mood=GOOD, why=FINE)
    keep(database, BEN, mood=GOOD, why=())
    assert response(database, BEN).answers == {"mood": GOOD}


def test_a_page_left_empty_begins_a_response(database: Database) -> None:
    launch(database, ROUND)
    keep(database, BEN, why=())
    keep(database, BEN)
    assert response(database, BEN) == Response()
    respond(database, BEN)
    assert response(database, BEN) == Response({}, NOON)
    assert tallies(database) == {}


def test_the_same_answers_again_change_nothing(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, mood=GOOD, days=(MONDAY, FRIDAY), why=FINE)
    before = comments(database)
    keep(database, BEN, mood=GOOD, days=(MONDAY, FRIDAY), why=FINE)
    assert comments(database) == before
    keep(database, BEN, days=())
    assert comments(database) != before


def test_a_changed_comment_loses_its_tone_and_the_others_keep_theirs(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE, how=FINE)
    respond(database, CHLOE, why=FINE)
    score(database, *comments(database))
    keep(database, BEN, why=(Given(text="Less fine"),), how=FINE, mood=GOOD)
    waiting = [(one.respondent, one.question, one.text) for one in comments(database)]
    assert waiting == [(BEN, "why", "Less fine")]
    with database.begin() as store:
        assert store.comments.labels("T1", "r1") == {
            "how": {Label.POSITIVE: 1},
            "why": {Label.POSITIVE: 1},
        }


def test_a_response_is_counted_once(database: Database) -> None:
    launch(database, ROUND)
    later = NOON + timedelta(hours=1)
    keep(database, BEN, mood=GOOD)
    with database.begin() as store:
        assert store.responses.complete("T1", "r1", BEN, NOON)
        assert not store.responses.complete("T1", "r1", BEN, later)
    assert response(database, BEN) == Response({"mood": GOOD}, NOON)
    assert [(drawing.asked.people, drawing.revision) for drawing in claim(database)] == [(1, 2)]


def test_two_people_who_finish_at_once_are_both_counted(database: Database) -> None:
    launch(database, ROUND)
    together = threading.Barrier(2)

    def finish(respondent: str) -> bool:
        together.wait(20)
        with database.begin() as store:
            store.responses.keep("T1", "r1", respondent, {"mood": GOOD})
            return store.responses.complete("T1", "r1", respondent, NOON)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(finish, [BEN, CHLOE])) == [True, True]
    assert found(database) == replace(ROUND, people=2)


def test_one_person_finishing_in_many_windows_counts_once(database: Database) -> None:
    launch(database, ROUND)
    together = threading.Barrier(4)

    def finish(choice: int) -> bool:
        together.wait(20)
        with database.begin() as store:
            store.responses.keep("T1", "r1", BEN, {"days": (Given(choice=choice),)})
            return store.responses.complete("T1", "r1", BEN, NOON)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(finish, range(4))) == [False, False, False, True]
    assert found(database) == replace(ROUND, people=1)
    assert len(response(database, BEN).answers["days"]) == 1


def test_only_complete_responses_are_added_up(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, mood=GOOD)
    keep(database, CHLOE, mood=GOOD)
    assert tallies(database) == {"mood": Tally(1, (Counted(1, number=4),))}


def test_whoever_chose_several_is_one_person(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, days=(MONDAY, FRIDAY), mood=GOOD)
    respond(database, CHLOE, days=(FRIDAY,), mood=())
    assert tallies(database) == {
        "days": Tally(2, (Counted(1, choice=0), Counted(2, choice=2))),
        "mood": Tally(1, (Counted(1, number=4),)),
    }


def test_comments_are_counted_together_whatever_they_say(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    respond(database, CHLOE, why=(Given(text="Not so fine"),))
    assert tallies(database) == {"why": Tally(2, (Counted(2),))}


def test_rows_of_one_question_are_counted_each_and_its_people_once(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, grid=(Given(item=0, choice=1), Given(item=1, choice=1)))
    respond(database, CHLOE, grid=(Given(item=1, choice=1),))
    counts = (Counted(1, item=0, choice=1), Counted(2, item=1, choice=1))
    assert tallies(database) == {"grid": Tally(2, counts)}


def test_a_change_after_the_end_counts_at_once(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, days=(MONDAY, FRIDAY))
    keep(database, BEN, days=(TUESDAY,))
    assert tallies(database) == {"days": Tally(1, (Counted(1, choice=1),))}


def test_nothing_of_another_workspace_or_round_is_read_or_changed(database: Database) -> None:
    launch(database, ROUND, another("r2"), elsewhere())
    respond(database, BEN, mood=GOOD)
    with database.begin() as store:
        for workspace, round_id in (("T2", "r1"), ("T1", "r2"), ("T3", "r1")):
            assert store.responses.find(workspace, round_id, BEN) == Response()
            assert store.responses.tallies(workspace, round_id) == {}
        store.responses.keep("T2", "r1", BEN, {"mood": (), "why": FINE})
        assert store.responses.complete("T2", "r1", BEN, NOON)
        assert store.responses.find("T2", "r1", BEN) == Response({"why": FINE}, NOON)
    assert response(database, BEN) == Response({"mood": GOOD}, NOON)
    assert found(database) == replace(ROUND, people=1)


def test_an_answer_to_a_round_that_is_not_here_is_kept_out(database: Database) -> None:
    with pytest.raises(IntegrityError):
        keep(database, BEN, mood=GOOD)


def test_many_responses_are_added_up_in_one_statement(database: Database) -> None:
    launch(database, ROUND)
    with database.begin() as store:
        for number in range(400):
            answers = {"mood": (Given(number=number % 5 + 1),), "days": (MONDAY, FRIDAY)}
            store.responses.keep("T1", "r1", f"T1:U{number}", answers)
            store.responses.complete("T1", "r1", f"T1:U{number}", NOON)
    with database.begin() as store, statements() as sent:
        added_up = store.responses.tallies("T1", "r1")
    assert len(sent) == 1
    assert added_up == {
        "days": Tally(400, (Counted(400, choice=0), Counted(400, choice=2))),
        "mood": Tally(400, tuple(Counted(80, number=number) for number in range(1, 6))),
    }


def test_a_page_takes_the_same_few_statements_however_many_answers_it_has(database: Database) -> None:
    launch(database, ROUND)
    many = {f"q{number}": GOOD for number in range(20)}
    with database.begin() as store, statements() as sent:
        store.responses.keep("T1", "r1", BEN, many)
    assert len(sent) == 4
    with database.begin() as store, statements() as sent:
        store.responses.keep("T1", "r1", BEN, many)
    assert len(sent) == 2


NUMBERS = count()
ANSWERS = st.dictionaries(
    st.sampled_from(["days", "mood", "why", "grid"]),
    st.lists(
        st.builds(
            Given,
            item=st.none() | st.integers(0, 1),
            choice=st.none() | st.integers(0, 2),
            number=st.none() | st.integers(0, 2),
            text=st.none() | st.sampled_from(["Fine", "Less fine"]),
        ),
        max_size=3,
    ).map(tuple),
)
STEPS = st.lists(st.tuples(st.sampled_from([BEN, CHLOE, "T2:UZOE"]), ANSWERS, st.booleans()), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_tallies_are_what_a_recount_of_the_last_answers_says(
    database: Database, steps: list[tuple[str, dict[str, Answer], bool]]
) -> None:
    name = f"round {next(NUMBERS)}"
    last: dict[str, dict[str, Answer]] = {}
    with database.begin() as store:
        store.surveys.create(another(name), name, None)
        for person, answers, is_last in steps:
            store.responses.keep("T1", name, person, answers)
            last[person] = last.get(person, {}) | answers
            if is_last:
                store.responses.complete("T1", name, person, NOON)
        complete = {person for person, _, is_last in steps if is_last}
        said = store.responses.tallies("T1", name)
        whole = store.surveys.find("T1", name)
        kept = {person: store.responses.find("T1", name, person).answers for person in last}
    assert said == recount(last[person] for person in complete)
    assert whole == replace(another(name), people=len(complete))
    assert kept == {person: {q: a for q, a in answers.items() if a} for person, answers in last.items()}


def recount(complete: Iterable[Mapping[str, Answer]]) -> dict[str, Tally]:
    people: Counter[str] = Counter()
    parts: dict[str, Counter[tuple[int | None, int | None, int | None]]] = {}
    for answers in complete:
        for question, answer in answers.items():
            people[question] += bool(answer)
            each = {(given.item, given.choice, given.number) for given in answer}
            parts.setdefault(question, Counter()).update(each)
    return {
        question: Tally(people[question], tuple(Counted(counted[part], *part) for part in in_order(counted)))
        for question, counted in parts.items()
        if counted
    }


def in_order(
    parts: Iterable[tuple[int | None, int | None, int | None]],
) -> list[tuple[int | None, int | None, int | None]]:
    return sorted(parts, key=lambda part: [-1 if value is None else value for value in part])

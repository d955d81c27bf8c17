"""Comments are scored once each, for the state they are in, and quoted without a name or a time."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import Comment, Database, Said
from surveys.questions import Given
from surveys.tone import Label, Reason, Tone
from tests.storage.test_polls import NOON
from tests.storage.test_responses import comments, keep, score
from tests.storage.test_surveys import (
    BEN,
    CHLOE,
    FINE,
    ROUND,
    another,
    elsewhere,
    launch,
    respond,
    rows,
    statements,
)


def wanted(database: Database) -> int | None:
    with database.begin() as store:
        return store.comments.want_scores("T1", "r1")


def start(database: Database) -> None:
    with database.begin() as store:
        store.comments.start_scoring("T1", "r1")


def labels(database: Database) -> dict[str, dict[Label, int]]:
    with database.begin() as store:
        return store.comments.labels("T1", "r1")


def quotable(database: Database, question: str = "why", most: int = 500) -> tuple[Said, ...]:
    with database.begin() as store:
        return store.comments.quotable("T1", "r1", question, most)


def test_comments_of_complete_responses_wait_for_their_tone(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE, days=(Given(choice=1),), how=(Given(text="Slowly"),))
    keep(database, CHLOE, why=FINE)
    waiting = [(one.respondent, one.question, one.text) for one in comments(database)]
    assert waiting == [(BEN, "how", "Slowly"), (BEN, "why", "Fine")]


def test_comments_are_taken_in_batches_until_none_is_left(database: Database) -> None:
    launch(database, ROUND)
    for number in range(5):
        respond(database, f"T1:U{number}", why=FINE)
    with database.begin() as store:
        first = store.comments.unscored("T1", "r1", most=3)
    score(database, *first)
    assert len(first) == 3
    assert [one.respondent for one in comments(database)] == ["T1:U3", "T1:U4"]
    score(database, *comments(database))
    assert comments(database) == ()


def test_a_tone_is_counted_and_quoted(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    respond(database, CHLOE, why=(Given(text="Awful 😡"),))
    fine, awful = comments(database)
    reasons = (Reason("awful", -0.4), Reason("😡", -0.3, "stronger"))
    with database.begin() as store:
        tones = [(fine, Tone(Label.POSITIVE, 0.25, "en")), (awful, Tone(Label.NEGATIVE, -0.7, "en", reasons))]
        store.comments.keep_tones("T1", "r1", tones)
    assert labels(database) == {"why": {Label.NEGATIVE: 1, Label.POSITIVE: 1}}
    assert set(quotable(database)) == {
        Said("Fine", Label.POSITIVE, 0.25),
        Said("Awful 😡", Label.NEGATIVE, -0.7),
    }


def test_a_newer_tone_replaces_the_one_before(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    waiting = comments(database)
    score(database, *waiting)
    score(database, *waiting, label=Label.NEUTRAL)
    assert labels(database) == {"why": {Label.NEUTRAL: 1}}


def test_the_tone_of_a_comment_that_changed_meanwhile_is_not_kept(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    respond(database, CHLOE, why=FINE)
    stale = comments(database)
    keep(database, BEN, why=(Given(text="Awful"),))
    score(database, *stale)
    assert labels(database) == {"why": {Label.POSITIVE: 1}}
    assert [(one.respondent, one.text) for one in comments(database)] == [(BEN, "Awful")]


def test_the_tone_of_a_deleted_survey_is_not_kept(database: Database, database_url: str) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    waiting = comments(database)
    with database.begin() as store:
        store.surveys.delete("T1", "r1")
    score(database, *waiting)
    score(database)
    assert rows(database_url) == {}


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_a_tone_waits_for_a_change_that_has_begun_and_is_not_kept_then(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    stale = comments(database)
    with ThreadPoolExecutor(1) as threads:
        with database.begin() as store:
            store.responses.keep("T1", "r1", BEN, {"why": (Given(text="Awful"),)})
            scoring = threads.submit(score, database, *stale)
            with pytest.raises(TimeoutError):
                scoring.result(0.2)
        scoring.result(20)
    assert labels(database) == {}


def test_one_scoring_job_is_wanted_at_a_time_and_each_has_its_own_number(database: Database) -> None:
    launch(database, ROUND, another("r2"))
    assert [wanted(database), wanted(database)] == [1, None]
    start(database)
    assert [wanted(database), wanted(database)] == [2, None]
    with database.begin() as store:
        assert store.comments.want_scores("T1", "r2") == 1
        assert store.comments.want_scores("T1", "not there") is None


def test_of_many_comments_at_once_one_makes_the_job(database: Database) -> None:
    launch(database, ROUND)
    together = threading.Barrier(4)

    def want(_: int) -> int | None:
        together.wait(20)
        return wanted(database)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(want, range(4)), key=str) == [1, None, None, None]


def test_a_job_that_starts_while_a_comment_is_being_kept_sees_it(database: Database) -> None:
    launch(database, ROUND)
    wanted(database)

    def work() -> tuple[Comment, ...]:
        start(database)
        return comments(database)

    with ThreadPoolExecutor(1) as threads:
        with database.begin() as store:
            store.responses.keep("T1", "r1", BEN, {"why": FINE})
            store.responses.complete("T1", "r1", BEN, NOON)
            assert store.comments.want_scores("T1", "r1") is None
            working = threads.submit(work)
            with pytest.raises(TimeoutError):
                working.result(0.2)
        assert [one.text for one in working.result(20)] == ["Fine"]


def test_a_comment_kept_while_a_job_is_starting_makes_the_next_one(database: Database) -> None:
    launch(database, ROUND)
    wanted(database)
    with ThreadPoolExecutor(1) as threads:
        with database.begin() as store:
            store.comments.start_scoring("T1", "r1")
            wanting = threads.submit(wanted, database)
            with pytest.raises(TimeoutError):
                wanting.result(0.2)
        assert wanting.result(20) == 2


def test_a_job_that_failed_to_start_leaves_the_wish_as_it_was(database: Database) -> None:
    def fail() -> None:
        with database.begin() as store:
            store.comments.start_scoring("T1", "r1")
            raise ZeroDivisionError

    launch(database, ROUND)
    wanted(database)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert wanted(database) is None


def fill(*respondents: str) -> Callable[[Database], tuple[Said, ...]]:
    """Return what is quotable once they have answered in this order."""

    def quoted(database: Database) -> tuple[Said, ...]:
        for respondent in respondents:
            respond(database, respondent, why=(Given(text=f"Words of {respondent}"),))
        score(database, *comments(database))
        return quotable(database)

    return quoted


def test_the_order_of_comments_tells_neither_who_came_first_nor_the_alphabet(database: Database) -> None:
    people = [f"T1:U{letter}" for letter in "ABCDEFGH"]
    launch(database, ROUND)
    said = [said.text for said in fill(*people)(database)]
    in_turn = [f"Words of {person}" for person in people]
    assert sorted(said) == in_turn
    assert said not in (in_turn, in_turn[::-1])


def test_the_order_of_comments_is_the_same_whoever_came_first(database: Database) -> None:
    launch(database, ROUND)
    before = fill("T1:UA", "T1:UB", "T1:UC", "T1:UD")(database)
    with database.begin() as store:
        store.surveys.delete("T1", "r1")
    launch(database, ROUND)
    assert fill("T1:UD", "T1:UB", "T1:UC", "T1:UA")(database) == before
    assert quotable(database, most=2) == before[:2]


def test_an_incomplete_response_is_neither_labelled_nor_quoted(database: Database) -> None:
    launch(database, ROUND)
    keep(database, BEN, why=FINE)
    score(database, Comment(BEN, "why", "Fine", revision=2))
    assert labels(database) == {}
    assert quotable(database) == ()


def test_a_comment_without_a_tone_is_not_quoted_yet(database: Database) -> None:
    launch(database, ROUND)
    respond(database, BEN, why=FINE)
    assert quotable(database) == ()
    score(database, *comments(database))
    assert quotable(database) == (Said("Fine", Label.POSITIVE, 0.5),)
    assert quotable(database, "how") == ()


def test_nothing_of_another_workspace_or_round_is_read_or_changed(database: Database) -> None:
    launch(database, ROUND, another("r2"), elsewhere())
    respond(database, BEN, why=FINE)
    [waiting] = comments(database)
    with database.begin() as store:
        for workspace, round_id in (("T2", "r1"), ("T1", "r2")):
            store.comments.keep_tones(workspace, round_id, [(waiting, Tone(Label.MIXED, 0.0, "en"))])
            assert store.comments.unscored(workspace, round_id) == ()
            store.comments.want_scores(workspace, round_id)
            store.comments.start_scoring(workspace, round_id)
    assert comments(database) == (waiting,)
    assert wanted(database) == 1
    score(database, waiting)
    with database.begin() as store:
        for workspace, round_id in (("T2", "r1"), ("T1", "r2")):
            assert store.comments.labels(workspace, round_id) == {}
            assert store.comments.quotable(workspace, round_id, "why") == ()


def test_the_same_person_in_two_workspaces_is_scored_apart(database: Database) -> None:
    launch(database, ROUND, elsewhere())
    respond(database, BEN, why=FINE)
    respond(database, BEN, "T2", why=(Given(text="Awful"),))
    score(database, *comments(database))
    with database.begin() as store:
        assert [one.text for one in store.comments.unscored("T2", "r1")] == ["Awful"]
        assert store.comments.quotable("T2", "r1", "why") == ()


def test_many_comments_are_read_scored_and_quoted_in_a_few_statements(database: Database) -> None:
    launch(database, ROUND)
    for number in range(200):
        respond(database, f"T1:U{number:03}", why=(Given(text=f"Comment {number}"),))
    with statements() as sent:
        score(database, *comments(database))
        assert labels(database) == {"why": {Label.POSITIVE: 200}}
        assert len(quotable(database)) == 200
    queries = [one for one in sent if not one.startswith(("PRAGMA", "BEGIN"))]
    assert len(queries) == 5

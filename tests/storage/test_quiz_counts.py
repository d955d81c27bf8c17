"""How many answered a quiz right is what a recount of their ballots says."""

from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Database
from surveys.options import Option
from surveys.polls import Ballot
from surveys.quiz import is_right
from surveys.seeing import PollKind
from tests.storage.test_polls import LUNCH, NOON

NUMBERS = count()
ANSWERS = st.lists(st.sets(st.integers(0, 3)), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, right=st.sets(st.integers(0, 3), min_size=1, max_size=3), has_several=st.booleans())
def test_as_many_are_right_as_have_a_right_ballot(
    database: Database, answers: list[set[int]], right: set[int], has_several: bool
) -> None:
    options = tuple(Option(f"{number}", is_right=number in right) for number in range(4))
    quiz = replace(LUNCH, id=f"p{next(NUMBERS)}", kind=PollKind.QUIZ, options=options)
    cast = [tuple(sorted(each)) if has_several else tuple(sorted(each)[:1]) for each in answers]
    with database.begin() as store:
        store.polls.create(quiz, quiz.id, None)
        for voter, chosen in enumerate(cast):
            ballot = Ballot(chosen, NOON)
            store.polls.cast(quiz.workspace, quiz.id, f"T1:U{voter}", Ballot(), ballot)
        fewest = len(right) if has_several else 1
        counted = store.standings.answered_right(quiz.workspace, quiz.id, sorted(right), fewest)
    assert counted == sum(is_right(options, chosen, has_several=has_several) for chosen in cast)

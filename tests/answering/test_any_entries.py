"""Whatever a form hands back is kept as it is, or each fault is named beside its question."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slack_app.answering import service
from slack_app.answering.service import Place
from slack_app.kit.incoming import Who
from storage import Database
from surveys import questions
from surveys.questions import Entry, Kind, Question
from surveys.survey import BadEntries, Page, Response, Round, Survey
from surveys.text import length

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PAGE = Page(
    "",
    (
        Question("one", Kind.SINGLE_CHOICE, "One?", ("a", "b", "c")),
        Question("many", Kind.SEVERAL_CHOICES, "Which?", tuple("abcdefghijkl")),
        Question("rate", Kind.RATING, "How?", is_required=True),
        Question("again", Kind.ZERO_TO_TEN, "Again?"),
        Question("why", Kind.OPEN_TEXT, "Why?"),
    ),
)
NAMES = [question.id for question in PAGE.questions]
ROUND = Round(
    "r", Survey("s", "T0", "U0ANA", "Title", "", "en", (PAGE,)), "C0", NOW, NOW + timedelta(days=1), "1.2"
)

# What Slack can carry: no halves of characters and no NUL, which the kit mends before.
typed = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
chosen = st.integers(-1, 13).map(str)
long = st.tuples(st.sampled_from(["x", "🎉", "é", " "]), st.integers(1400, 3100)).map(
    lambda of: of[0] * of[1]
)
entry = st.lists(st.one_of(chosen, typed, long), max_size=4).map(tuple)
usual = st.fixed_dictionaries({"rate": st.integers(1, 5).map(lambda n: (str(n),))}, optional={"why": entry})
anything = st.dictionaries(st.sampled_from([*NAMES, "unknown"]), entry)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.one_of(usual, anything))
def test_any_entries_are_kept_exactly_or_every_fault_is_named(
    database: Database, entries: Mapping[str, Entry]
) -> None:
    with database.begin() as store:
        store.surveys.create(ROUND, "origin", None)
    who = Who("T0", "T0", str(hash(tuple(entries.items()))))
    wrong = {name for name in NAMES if not fits(name, entries.get(name, ()))}
    assert faults(database, who, entries) == wrong
    response = kept(database, who)
    assert response.is_complete is not bool(wrong)
    for question in PAGE.questions:
        again = questions.entry(question, response.answers.get(question.id, ()))
        assert again == (() if wrong else expected(question, entries.get(question.id, ())))


def faults(database: Database, who: Who, entries: Mapping[str, Entry]) -> set[str]:
    try:
        service.send(database, who, Place("r", 0), entries, NOW)
    except BadEntries as bad:
        return set(bad.faults)
    return set()


def kept(database: Database, who: Who) -> Response:
    with database.begin() as store:
        return store.responses.find("T0", "r", who.voter)


def fits(name: str, given_entry: Entry) -> bool:
    """Say once more, in other words, what each question takes."""
    filled = [part for part in given_entry if part.strip()]
    match name:
        case "rate":
            return len(filled) == 1 and filled[0] in {"1", "2", "3", "4", "5"}
        case "again":
            return not filled or (len(filled) == 1 and filled[0] in {str(n) for n in range(11)})
        case "one":
            return not filled or (len(filled) == 1 and filled[0] in {"0", "1", "2"})
        case "many":
            return set(filled) <= {str(n) for n in range(12)}
    return length("\n".join(filled).strip()) <= 3000


def expected(question: Question, given_entry: Entry) -> Entry:
    filled = [part for part in given_entry if part.strip()]
    if question.kind is Kind.SEVERAL_CHOICES:
        return tuple(sorted(set(filled), key=int))
    if question.kind is Kind.OPEN_TEXT and filled:
        return ("\n".join(filled).strip(),)
    return tuple(filled)

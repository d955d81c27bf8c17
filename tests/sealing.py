"""An anonymous poll and survey without Slack: asked, answered, closed and counted by storage calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

from slack_app.kit.context import Afterwards, Tools
from slack_app.kit.counting import count
from slack_app.kit.slack import Slack
from storage import Boxed, Database, Mixed, Store
from surveys.anonymity import Level, Privacy
from surveys.options import asked
from surveys.polls import Poll
from surveys.questions import Answer, Given, Kind, Question
from surveys.survey import Page, Round, Survey

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = datetime(2026, 3, 2, tzinfo=UTC)
SEALED = Privacy(Level.ANONYMOUS, has_receipts=True)
POLL = Poll(
    "p1",
    "T1",
    "UANA",
    "C1",
    "Lunch?",
    asked(("Soup", "Salad", "Pizza")),
    "en",
    NOON,
    privacy=SEALED,
    is_counted=False,
)
TEAM = Question("team", Kind.SINGLE_CHOICE, "Team?", choices=("Red", "Blue"))
WHY = Question("why", Kind.OPEN_TEXT, "Why?")
SURVEY = Survey("s1", "T1", "UANA", "How are we?", "", "en", (Page("", (TEAM, WHY)),))
ROUND = Round(
    "r1",
    SURVEY,
    "C1",
    NOON,
    NOON + timedelta(days=7),
    privacy=replace(SEALED, has_receipts=False),
    is_counted=False,
)


def tools_of(database: Database, rest: Callable[[float], None] = lambda _: None) -> Tools:
    slack = Slack("xoxb-nobody", "http://127.0.0.1:9/api/")
    return Tools(database, slack, lambda: NOON, "T1", Event(), Afterwards(), rest=rest)


def ask(database: Database) -> None:
    """Ask the poll and the survey."""
    with database.begin() as store:
        store.polls.create(POLL, "origin", None)
        store.surveys.create(ROUND, "origin", None)
        for subject in ("p1", "r1"):
            store.sealed.begin("T1", subject)


def vote(database: Database, person: str, choice: int) -> str:
    """Vote in the poll; return the receipt."""
    with database.begin() as store:
        token = store.sealed.token("T1", "p1", person)
        assert token is not None
        is_first = not store.sealed.find("T1", "p1", token).is_complete
        code = store.sealed.code("T1", "p1", token)
        store.sealed.keep("T1", "p1", token, Boxed({"": (Given(choice=choice),)}, is_complete=True), code)
        store.polls.count_voter("T1", "p1", int(is_first), is_new_look=False)
        return code


def answer(
    database: Database, person: str, answers: Mapping[str, Answer], *, is_complete: bool = True
) -> None:
    with database.begin() as store:
        token = store.sealed.token("T1", "r1", person)
        assert token is not None
        is_first = not store.sealed.find("T1", "r1", token).is_complete
        store.sealed.keep("T1", "r1", token, Boxed(answers, is_complete))
        if is_complete and is_first:
            store.surveys.count_person("T1", "r1", is_new_look=False)


def close(database: Database) -> None:
    with database.begin() as store:
        store.polls.close("T1", "p1", NOON)
        store.surveys.close("T1", "r1", NOON)
        for subject in ("p1", "r1"):
            store.sealed.close("T1", subject)


def put_ballots(store: Store, batch: Sequence[Mixed]) -> None:
    store.polls.put_ballots("T1", "p1", batch)


def put_responses(store: Store, batch: Sequence[Mixed]) -> None:
    store.responses.put("T1", "r1", batch, DAY)


def count_all(database: Database) -> None:
    count("T1", "p1", tools_of(database), put_ballots)
    count("T1", "r1", tools_of(database), put_responses)
    with database.begin() as store:
        store.polls.counted("T1", "p1")
        store.surveys.counted("T1", "r1")

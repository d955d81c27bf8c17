"""Anonymous surveys: launched, answered into sealed boxes, closed, mixed, counted and reported."""

import ast
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, MetaData, select

from slack_app.authoring import service as authoring
from slack_app.kit.incoming import Who
from slack_app.playground.payloads import view_submission
from slack_app.playground.workspace import TEAM_ID, Message, View
from storage import Mixed
from surveys.anonymity import Level, Privacy, ResultsTo
from surveys.questions import Given
from surveys.survey import Response, Round
from tests.reading import ROOT, tree
from tests.stories.every_row import rows
from tests.stories.test_bad_input import respond
from tests.stories.town import Town, text_of

PEOPLE = (
    "U0ANA", "U0BEN", "U0CHLOE", "U0DRISS", "U0EMI", "U0FARAH", "U0GIL", "U0HUGO", "U0INES", "U0JO", "U0KOFI",
    "U0MAYA",
)  # fmt: skip
"""All of #general."""
JSON = "application/json"
TITLE = "Looking back together"
NOBODY = "🔒 *Anonymous:* nobody can see who answered what, neither <@U0ANA> nor an admin."
FOR_ALL = "Results come after the close, for everybody here, and only if at least 5 people answered."
FOR_ANA = "Results come after the close, to <@U0ANA> alone, and only if at least 5 people answered."


# --- gestures ---


def look_over(town: Town, text: str = "retro anonymous", user: str = "U0ANA") -> str:
    town.say(user, f"/survey {text}")
    return text_of(town.modal(user).blocks)


def choose(town: Town, field: str, value: str, user: str = "U0ANA") -> str:
    """Choose names or readers, and return the look-over as it is drawn then."""
    surface = f"view:{town.modal(user).id}"
    assert town.playground.gestures.fill(user, surface, field, f"authoring.{field}", value).ok
    town.settle()
    return text_of(town.modal(user).blocks)


def launch(town: Town, text: str = "retro anonymous", results: str = "all", **entries: str) -> Round:
    look_over(town, text)
    choose(town, "results", results)
    town.fill("U0ANA", **entries)
    town.submit("U0ANA")
    town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
    return latest(town)


def latest(town: Town) -> Round:
    with town.database.begin() as store:
        return store.surveys.recent_of(TEAM_ID, "U0ANA")[0]


def message(town: Town) -> Message:
    return next(each for each in reversed(town.posted()) if each.text.startswith("Survey by"))


def begin(town: Town, user: str) -> View:
    assert town.press(user, message(town), "answering.open").ok
    return town.modal(user)


def answer(town: Town, user: str, went: str = "4", workload: str = "1", keep: str = "") -> str:
    """Answer from the message on, and return what the window says then."""
    begin(town, user)
    town.fill(user, went=went, workload=workload, keep=keep)
    town.submit(user)
    said = text_of(town.modal(user).blocks)
    town.playground.gestures.close(user, town.modal(user).id)
    return said


def all_answer(town: Town) -> None:
    """Twelve people answer; the first five say why."""
    for number, user in enumerate(PEOPLE):
        answer(
            town, user, str(1 + number % 5), str(number % 2), f"Because of {number}." if number < 5 else ""
        )


def close(town: Town) -> None:
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.close")


def close_uncounted(town: Town) -> Round:
    """Close, as a process does that dies before it counts."""
    now = datetime.fromtimestamp(town.playground.workspace.clock.now(), UTC)
    ana = Who(TEAM_ID, TEAM_ID, "U0ANA")
    authoring.close(town.database, town.palabre.tools.known(ana), ana, latest(town).id, now)
    return latest(town)


def sealed_token(town: Town, asked: Round, user: str) -> str | None:
    with town.database.begin() as store:
        return store.sealed.token(TEAM_ID, asked.id, f"{TEAM_ID}:{user}")


def boxed(town: Town, asked: Round, user: str) -> Response:
    token = sealed_token(town, asked, user)
    assert token
    with town.database.begin() as store:
        found = store.sealed.find(TEAM_ID, asked.id, token)
    return Response(found.answers, is_boxed=found.is_complete)


def holding(found: dict[str, list[str]], *words: str) -> set[str]:
    """The tables in which some row holds one of several words."""
    return {table for table, each in found.items() for row in each if any(word in row for word in words)}


# --- the form ---


def test_the_command_opens_the_choice_with_anonymous_set(town: Town) -> None:
    town.say("U0ANA", "/survey anonymous")
    assert "It will be anonymous; the next window says what that means." in text_of(
        town.modal("U0ANA").blocks
    )
    town.fill("U0ANA", template="retrospective", language="en")
    town.submit("U0ANA")
    shown = text_of(town.modal("U0ANA").blocks)
    assert f"{NOBODY} {FOR_ALL}" in shown
    assert "Anonymous\nNobody can see who answered what, you included." in shown
    assert "Results for\n" in shown


def test_names_are_the_usual_and_the_form_says_what_each_choice_means(town: Town) -> None:
    shown = look_over(town, "retro")
    assert "Names shown: your answers are kept with your name" in shown
    assert "Names shown\nAnswers are kept with names, and you may see them." in shown
    assert "Results for\n" not in shown


def test_the_card_follows_the_choice_and_nothing_filled_in_is_lost(town: Town) -> None:
    look_over(town, "retro")
    town.fill("U0ANA", title="How we work", channel="C0RANDOM", compare="workload")
    assert f"{NOBODY} {FOR_ALL}" in choose(town, "names", "anonymous")
    assert f"{NOBODY} {FOR_ANA}" in choose(town, "results", "owners")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "authoring.back")
    town.submit("U0ANA")
    assert f"{NOBODY} {FOR_ANA}" in text_of(town.modal("U0ANA").blocks)
    town.submit("U0ANA")
    asked = latest(town)
    assert asked.survey.title == "How we work"
    assert asked.channel == "C0RANDOM"
    assert asked.privacy == Privacy(Level.ANONYMOUS, 5, ResultsTo.OWNERS)
    assert asked.compare_by == "workload"


def test_names_may_be_chosen_after_all(town: Town) -> None:
    look_over(town)
    assert "Names shown: your answers are kept with your name" in choose(town, "names", "named")
    town.submit("U0ANA")
    assert latest(town).privacy.level is Level.NAMED


def test_only_a_survey_with_one_choice_questions_can_be_compared(town: Town) -> None:
    assert "Groups of fewer than 5 people are put together." in look_over(town)
    asked = launch(town, "satisfaction anonymous")
    assert asked.compare_by is None


@pytest.mark.parametrize(
    ("field", "element", "wrong"),
    [
        ("names", "authoring.names", "hidden"),
        ("results", "authoring.results", "admins"),
        ("compare", "compare", "keep"),
    ],
)
def test_a_forged_choice_is_refused_beside_its_field(
    town: Town, field: str, element: str, wrong: str
) -> None:
    look_over(town)
    town.modal("U0ANA").state[field] = {
        element: {"type": "radio_buttons", "selected_option": {"value": wrong}}
    }
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {
        field: "This can't be chosen here. Choose one of those that are offered."
    }


def test_how_it_is_kept_can_be_read_over_the_look_over(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", title="Half written")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "authoring.privacy")
    assert "*What this can't do:*" in text_of(town.modal("U0ANA").blocks)
    town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
    town.submit("U0ANA")
    assert latest(town).survey.title == "Half written"


def test_the_threshold_is_the_one_of_the_launch(town: Town) -> None:
    first = launch(town)
    with town.database.begin() as store:
        store.workspaces.raise_fewest(TEAM_ID, 8)
    second = launch(town)
    assert (latest_of(town, first).privacy.fewest, second.privacy.fewest) == (5, 8)


def latest_of(town: Town, asked: Round) -> Round:
    with town.database.begin() as store:
        found = store.surveys.find(TEAM_ID, asked.id)
    assert found
    return found


# --- while it is open ---


def test_the_message_says_what_is_promised_and_how_it_is_kept(town: Town) -> None:
    launch(town)
    posted = message(town)
    assert f"{NOBODY} {FOR_ALL}" in posted.text
    assert f"{NOBODY} {FOR_ALL}" in text_of(posted.blocks)
    town.press("U0BEN", posted, "answering.privacy")
    told = text_of(town.modal("U0BEN").blocks)
    assert "that key is destroyed, and the answers are mixed" in told
    assert "*What this can't do:*" in told
    assert "not by <@U0ANA>, not by an admin, not by a setting." in told


def test_a_direct_message_says_it_too(town: Town) -> None:
    launch(town, way="each")
    asked = next(each for each in town.direct("U0BEN") if "Survey by" in each.text)
    assert f"{NOBODY} {FOR_ALL}" in asked.text
    town.press("U0BEN", asked, "answering.privacy")
    assert "*What this can't do:*" in text_of(town.modal("U0BEN").blocks)


def test_the_first_page_says_it_and_comes_back_from_how_it_is_kept(town: Town) -> None:
    asked = launch(town)
    assert f"{NOBODY} {FOR_ALL}" in text_of(begin(town, "U0BEN").blocks)
    town.fill("U0BEN", went="2", workload="0")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.privacy")
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.submit("U0BEN")
    assert boxed(town, asked, "U0BEN").answers["went"] == (Given(number=2),)


def test_the_thanks_say_that_nobody_can_tell_later(town: Town) -> None:
    launch(town)
    said = answer(town, "U0BEN")
    assert "*Thank you, your answer counted.*" in said
    assert "After that nobody can tell what you answered, or whether you did" in said


def test_an_answer_is_changed_while_it_is_open(town: Town) -> None:
    asked = launch(town)
    answer(town, "U0BEN", went="2")
    assert "You have answered already. What you send now replaces it." in text_of(begin(town, "U0BEN").blocks)
    town.fill("U0BEN", went="5")
    town.submit("U0BEN")
    after = boxed(town, asked, "U0BEN")
    assert (after.answers["went"], after.is_complete) == ((Given(number=5),), True)
    assert latest(town).people == 1


def test_two_windows_at_once_keep_one_answer(town: Town) -> None:
    asked = launch(town)
    bodies = []
    for went in ("3", "4"):
        view = begin(town, "U0BEN")
        town.fill("U0BEN", went=went, workload="0")
        bodies.append(json.dumps(view_submission(town.playground.stage, view)))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda body: respond(town, body, content_type=JSON), bodies * 4))
    assert {each.status_code for each in answers} == {200}
    assert boxed(town, asked, "U0BEN").answers["went"] in {(Given(number=3),), (Given(number=4),)}
    assert latest(town).people == 1


def test_pages_are_kept_one_by_one_and_go_back(town: Town) -> None:
    asked = launch(town, "event anonymous")
    begin(town, "U0BEN")
    town.fill("U0BEN", presence="1", overall="4", length="1")
    town.submit("U0BEN")
    half = boxed(town, asked, "U0BEN")
    assert (set(half.answers) >= {"presence", "overall"}, half.is_complete) == (True, False)
    town.fill("U0BEN", liked="The talks.")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.back")
    town.submit("U0BEN")
    assert "The talks." in str(town.modal("U0BEN").blocks)
    assert latest(town).people == 0


def test_counts_come_in_steps_and_the_message_is_drawn_at_a_step_alone(town: Town, engine: Engine) -> None:
    launch(town)
    seen = []
    for user in PEOPLE[:7]:
        answer(town, user)
        said = re.search(r"(?:fewer|about|\d+) .*?answered", message(town).text)
        seen.append((said and said.group(), revision(engine)))
    first = seen[0][1]
    assert seen == [
        *[("fewer than 5 people have answered", first)] * 4,
        *[("about 5 people have answered", first + 1)] * 3,
    ]


def revision(engine: Engine) -> int:
    """What grows whenever the message has to be drawn anew."""
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection, only=["rounds"])
        return int(connection.execute(select(tables.tables["rounds"].c.revision)).scalar_one())


def test_home_counts_in_steps_too_and_lists_what_one_answered_oneself(town: Town) -> None:
    launch(town)
    assert f"*{TITLE}*\nIn <#C0GENERAL>, from <@U0ANA>" in text_of(town.home("U0BEN").blocks)
    answer(town, "U0BEN")
    ben, ana = text_of(town.home("U0BEN").blocks), text_of(town.home("U0ANA").blocks)
    assert "Nothing waits for your answer." in ben
    assert f"*{TITLE}*\nIn <#C0GENERAL> · answered anonymously · open until <!date^" in ben
    assert "fewer than 5 people have answered" in ana
    assert "1 of " not in ana


def test_while_open_no_row_holds_a_person_with_an_answer(town: Town, engine: Engine) -> None:
    launch(town)
    all_answer(town)
    found = rows(engine)
    assert [found[table] for table in ("responses", "answers", "tones", "ballots", "votes")] == [[]] * 5
    assert holding(found, *PEOPLE[1:]) == {"members", "invitations"}
    assert holding(found, "Because of") == set()
    assert len(found["boxes"]) == 12


def test_nothing_is_scored_while_it_is_open(town: Town) -> None:
    launch(town)
    answer(town, "U0BEN", keep="The people, always.")
    assert [job.name for job in town.database.jobs.waiting() if job.name == "reports.score"] == []


# --- from the close on ---


def test_twelve_people_answer_and_a_report_comes_that_names_nobody(town: Town) -> None:
    launch(town, compare="workload")
    all_answer(town)
    close(town)
    assert "12 people have answered · Survey closed" in message(town).text
    report = town.posted()[-1]
    assert "How did these weeks go for you?" in report.text
    assert not any(user in report.text for user in PEOPLE[1:])
    assert latest(town).people == 12
    asked = latest(town)
    with town.database.begin() as store:
        tallies = store.responses.tallies(TEAM_ID, asked.id)
    assert {count.choice: count.people for count in tallies["workload"].counts} == {0: 6, 1: 6}


def test_it_closes_by_itself_at_its_moment(town: Town) -> None:
    launch(town)
    all_answer(town)
    town.move(days=8)
    assert "12 people have answered · Survey closed" in message(town).text
    assert "How did these weeks go for you?" in town.posted()[-1].text


def test_after_the_close_no_row_tells_who_or_when(town: Town, engine: Engine) -> None:
    asked = launch(town)
    all_answer(town)
    tokens = [sealed_token(town, asked, user) for user in PEOPLE]
    close(town)
    found = rows(engine)
    assert (found["seals"], found["boxes"]) == ([], [])
    assert holding(found, *(token for token in tokens if token)) == set()
    assert holding(found, *PEOPLE[1:]) <= {"members", "invitations"}
    closed_at = latest(town).closed_at
    assert closed_at
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["responses"])
        responses = connection.execute(select(tables.tables["responses"])).all()
    assert all(re.fullmatch("[0-9a-f]{32}", row.respondent) for row in responses)
    moments = {row.answered_at.replace(tzinfo=row.answered_at.tzinfo or UTC) for row in responses}
    assert moments == {closed_at.replace(hour=0, minute=0, second=0, microsecond=0)}


def test_after_the_close_nobody_can_tell_one_their_answer(town: Town) -> None:
    launch(town, way="each")
    asked = next(each for each in town.direct("U0BEN") if "Survey by" in each.text)
    town.press("U0BEN", asked, "answering.open")
    town.fill("U0BEN", went="2", workload="0")
    town.submit("U0BEN")
    close(town)
    assert TITLE not in text_of(town.home("U0BEN").blocks)
    town.press("U0BEN", asked, "answering.open")
    said = text_of(town.modal("U0BEN").blocks)
    assert "since its close nobody can tell who answered what, so yours can't be shown." in said


def test_results_for_the_owner_alone_reach_nobody_else(town: Town) -> None:
    launch(town, results="owners")
    all_answer(town)
    close(town)
    assert "12 people have answered · Survey closed · <@U0ANA> alone has the results" in message(town).text
    assert "How did these weeks go for you?" not in "".join(each.text for each in town.posted())
    assert "How did these weeks go for you?" in town.direct("U0ANA")[-1].text


def test_too_few_are_never_shown(town: Town) -> None:
    launch(town)
    for user in PEOPLE[:4]:
        answer(town, user, keep="The people, always.")
    close(town)
    assert "fewer than 5 people have answered · Survey closed · Too few for results to be shown" in (
        message(town).text
    )
    said = "".join(each.text for each in town.posted())
    assert "The people, always." not in said
    assert "Far too heavy" not in said


def test_a_process_that_dies_before_counting_is_followed_by_one_that_counts(town: Town) -> None:
    asked = launch(town)
    all_answer(town)
    counting_now = close_uncounted(town)
    town.palabre.worker.redraw()
    assert "Its answers are being mixed and counted" in message(town).text
    assert sealed_token(town, asked, "U0BEN") is None
    town.settle()
    assert counting_now.people == 12
    assert (latest(town).people, latest(town).is_counted) == (12, True)
    assert len([each for each in town.posted() if "How did these weeks go for you?" in each.text]) == 1


def test_a_process_that_dies_while_counting_counts_nobody_twice(town: Town, engine: Engine) -> None:
    asked = launch(town)
    all_answer(town)
    closed = close_uncounted(town)
    with town.database.begin() as store:
        tokens = store.sealed.waiting(TEAM_ID, asked.id)[:7]
        opened = store.sealed.opened(TEAM_ID, asked.id, tokens)
        mixed = [Mixed(f"{number:032x}", box.answers) for number, box in enumerate(opened)]
        authoring.put_responses(store, closed, mixed)
        store.sealed.empty(TEAM_ID, asked.id, tokens)
    town.settle()
    found = rows(engine)
    assert (len(found["responses"]), found["boxes"], found["seals"]) == (12, [], [])
    assert latest(town).people == 12


def test_counting_again_changes_nothing(town: Town) -> None:
    asked = launch(town)
    all_answer(town)
    close(town)
    posted = [each.text for each in town.posted()]
    town.palabre.worker.perform("authoring.count", TEAM_ID, asked.id)
    town.settle()
    assert [each.text for each in town.posted()] == posted
    assert latest(town).people == 12


# --- deleting, and what never changes ---


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_deleted_one_leaves_no_key_and_no_box(town: Town, engine: Engine, is_closed: bool) -> None:
    launch(town)
    answer(town, "U0BEN")
    if is_closed:
        close_uncounted(town)
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.delete")
    found = rows(engine)
    assert [found[table] for table in ("seals", "boxes", "rounds", "surveys", "responses")] == [[]] * 5


def test_no_statement_changes_what_was_promised() -> None:
    """What the drawers change in rows that are there already, read from their sources."""
    promised = {"level", "fewest", "results_to", "has_receipts", "compare_by"}
    changed = {
        (path.name, word.arg)
        for path in (ROOT / "storage").glob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        for word in node.keywords
        if word.arg in promised
    }
    assert changed == {("workspaces.py", "fewest")}

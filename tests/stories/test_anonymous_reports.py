"""Reports on anonymous surveys: what they tell, to whom, from when on, and what nobody is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from slack_app.playground.workspace import TEAM_ID, Message
from surveys.anonymity import NAMED, Level, Privacy, ResultsTo, Stage
from surveys.questions import Answer, Given, Kind, Question
from surveys.reports import Order
from surveys.survey import Page, Round, Survey
from tests.stories.test_reports import LISBON, MONDAY, RANDOM, elsewhere, next_weekday, now, report_on, until
from tests.stories.town import GENERAL, Town, text_of

SEALED = Privacy(Level.ANONYMOUS)
TO_ANA = replace(SEALED, results_to=ResultsTo.OWNERS)
TEAM = Question("team", Kind.SINGLE_CHOICE, "Which team?", ("Design", "Sales", "Support"))
RATE = Question("rate", Kind.RATING, "How is it here?")
BEST = Question("best", Kind.SINGLE_CHOICE, "What is best?", ("Talks", "People"))
WHY = Question("why", Kind.OPEN_TEXT, "What should change?")
COMMENT = "I love the monthly meetings, they are wonderful and friendly, number {}."

Person = Mapping[str, Answer]


def person(team: int | None, rate: int = 4, best: int = 0, comment: str = "") -> Person:
    said: dict[str, Answer] = {"rate": (Given(number=rate),), "best": (Given(choice=best),)}
    said |= {"team": (Given(choice=team),)} if team is not None else {}
    return said | ({"why": (Given(text=comment),)} if comment else {})


TWELVE = [
    *(person(0, 5, comment=COMMENT.format(number)) for number in range(6)),
    *(person(1, 3, 1) for _ in range(5)),
    person(2, 2, 1),
]
"""Six of Design, five of Sales, one of Support."""


def asked(
    town: Town,
    crowd: Sequence[Person],
    promised: Privacy = SEALED,
    stage: Stage = Stage.COUNTED,
    *,
    name: str = "r1",
    language: str = "en",
    questions: tuple[Question, ...] = (TEAM, RATE, BEST, WHY),
) -> Round:
    """Let a crowd answer a survey of Ana's; what they said is there in plain, whatever the stage."""
    survey = Survey(f"s-{name}", TEAM_ID, "U0ANA", f"Survey {name}", "", language, (Page("", questions),))
    new = Round(
        name,
        survey,
        GENERAL,
        now(town),
        now(town) + timedelta(days=7),
        privacy=promised,
        is_counted=not promised.is_sealed,
        compare_by="team",
    )
    with town.database.begin() as store:
        assert store.surveys.create(new, f"origin-{name}", None)
    town.settle()
    with town.database.begin() as store:
        for number, said in enumerate(crowd):
            store.responses.keep(TEAM_ID, name, f"somebody {number}", said)
            store.responses.complete(TEAM_ID, name, f"somebody {number}", now(town))
        if stage is not Stage.OPEN:
            store.surveys.close(TEAM_ID, name, now(town))
        if stage is Stage.COUNTED:
            store.surveys.counted(TEAM_ID, name)
        found = store.surveys.find(TEAM_ID, name)
    town.settle()
    assert found
    return found


def reports(town: Town, channel: str = GENERAL) -> list[Message]:
    return [each for each in town.posted(channel) if each.text.startswith(("Report:", "Rapport"))]


def wish_report(town: Town, about: Round, user: str = "U0ANA") -> str:
    """Ask for a report by the form; return what its window says then."""
    town.say(user, "/report")
    town.fill(user, survey=about.id, channel=GENERAL)
    town.submit(user)
    return text_of(town.modal(user).blocks)


def make_admin(town: Town, user: str) -> None:
    with town.database.begin() as store:
        found = store.members.find(TEAM_ID, user)
        assert found
        store.members.keep(TEAM_ID, [replace(found, is_admin=True)])


# --- until it is counted ---


def test_while_it_is_open_the_form_says_why_and_when(town: Town) -> None:
    about = asked(town, TWELVE, stage=Stage.OPEN)
    closing = f"<!date^{int(about.closes_at.timestamp())}^"
    told = wish_report(town, about)
    assert f"This survey is anonymous: its results come when it closes, {closing}" in told
    assert reports(town) == []


def test_while_it_is_counted_the_form_says_so(town: Town) -> None:
    about = asked(town, TWELVE, stage=Stage.COUNTING)
    assert "its anonymous answers are being mixed and counted" in wish_report(town, about)
    assert reports(town) == []


@pytest.mark.parametrize(("people", "told"), [(4, "fewer than 5 answers"), (11, "about 10 answers")])
def test_the_forms_menu_counts_in_steps(town: Town, people: int, told: str) -> None:
    asked(town, [person(0)] * people, stage=Stage.OPEN)
    town.say("U0ANA", "/report")
    assert told in str(town.modal("U0ANA").blocks)


def test_a_week_tells_of_an_open_one_in_steps_only(town: Town) -> None:
    asked(town, TWELVE, stage=Stage.OPEN)
    town.say("U0ANA", "/report weekly monday 9:00")
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    [told] = reports(town)
    assert "About 10 people have answered so far. This survey is anonymous" in told.text
    assert "12" not in told.text.partition("<!date")[0]
    assert "Talks" not in text_of(told.blocks) + told.text


# --- counted ---


def test_a_counted_one_is_reported_with_its_comparison(town: Town) -> None:
    message = report_on(town, asked(town, TWELVE))
    shown = text_of(message.blocks)
    assert "12 of 12 people answered (100%). “Design” was chosen most often." in shown
    assert (
        "By “Which team?”:\n*Design*: 6 answers · average 5.0 out of 5 · all answered the same\n"
        "*Sales, Support*: 6 answers · average 2.8 out of 5"
    ) in shown
    assert "*Design*: 6 answers · all answered the same · Talks 100%\n*Sales, Support*: 6 answers" in shown
    assert sum(f"> “{COMMENT.format(number)}”" in shown for number in range(6)) == 3
    assert "• By “Which team?”:\n• *Design*: 6 answers · average 5.0 out of 5" in message.text


def test_the_comparison_is_there_without_charts_and_in_french(town: Town) -> None:
    about = asked(town, [person(0)] * 6 + [person(None)] * 5, language="fr")
    town.playground.gestures.show_charts(False)
    report_on(town, about)
    shown = text_of(reports(town)[-1].blocks)
    assert "Selon «\u00a0Which team?\u00a0»\u00a0:\n*Design*\u00a0: 6 réponses" in shown
    assert "*sans réponse*\u00a0: 5 réponses" in shown
    assert "toutes les réponses sont les mêmes" in shown


def test_everybody_alike_is_said(town: Town) -> None:
    message = report_on(town, asked(town, [person(0)] * 9))
    assert str(message.blocks).count("all answered the same") == 3
    assert message.text.count("all answered the same") == 3
    assert "Not told by “Which team?”: that takes two groups of 5 people at least." in message.text


@pytest.mark.parametrize("people", [0, 1, 4])
def test_too_few_are_told_nothing_but_that(town: Town, people: int) -> None:
    message = report_on(town, asked(town, [person(0, comment="Only I would say that.")] * people))
    told = message.text.splitlines()
    assert told[:2] == [
        "Report: Survey r1",
        "Fewer than 5 people answered. That is too few to show anything of an anonymous survey, to anybody.",
    ]
    assert len(told) == 3
    assert told[2].startswith("Survey by <@U0ANA>")
    assert "Only I" not in text_of(message.blocks)
    assert "How is it here?" not in text_of(message.blocks)


def test_a_question_few_answered_says_so_alone(town: Town) -> None:
    crowd = [person(0)] * 6 + [person(1, comment="Only I would say that.")] * 4
    message = report_on(town, asked(town, crowd))
    assert "*What should change?*\n_Too few people answered this to show it: fewer than 5._" in text_of(
        message.blocks
    )
    assert "What should change?\n• Too few people answered this to show it: fewer than 5." in message.text
    assert "Only I" not in text_of(message.blocks)


def test_a_question_with_one_small_group_is_told_as_a_whole_only(town: Town) -> None:
    crowd = [person(0)] * 6 + [person(1)] * 4 + [{"team": (Given(choice=1),), "best": (Given(choice=0),)}]
    shown = text_of(report_on(town, asked(town, crowd)).blocks)
    assert shown.count("Not told by groups: in one of them fewer than 5 people answered this.") == 1
    assert shown.count("By “Which team?”:") == 1


def test_named_surveys_are_compared_by_the_same_rule(town: Town) -> None:
    shown = text_of(report_on(town, asked(town, TWELVE, NAMED)).blocks)
    assert "*Sales, Support*: 6 answers · average 2.8 out of 5" in shown
    assert "*Support*" not in shown


def test_a_threshold_raised_later_changes_nothing_here(town: Town) -> None:
    about = asked(town, TWELVE)
    with town.database.begin() as store:
        store.workspaces.raise_fewest(TEAM_ID, 20)
    assert "12 of 12 people answered" in report_on(town, about).text
    town.playground.workspace.channels[GENERAL].members.add("U0LATE")
    stricter = asked(town, TWELVE, replace(SEALED, fewest=13), name="r2")
    assert "Fewer than 13 people answered." in report_on(town, stricter).text


# --- for the owner alone ---


def test_results_for_the_owner_come_to_her_alone(town: Town) -> None:
    about = asked(town, TWELVE, TO_ANA)
    told = wish_report(town, about)
    assert "The report on “Survey r1” comes to you as a direct message, and to nobody else" in told
    assert reports(town) == []
    assert "12 of 12 people answered (100%)." in town.direct("U0ANA")[-1].text


def test_an_admin_is_refused_what_goes_to_the_owner(town: Town) -> None:
    about = asked(town, TWELVE, TO_ANA)
    make_admin(town, "U0BEN")
    town.say("U0BEN", "/report")
    town.fill("U0BEN", survey=about.id, channel=GENERAL)
    town.submit("U0BEN")
    assert "The results of this survey go to whoever asked alone" in str(town.modal("U0BEN"))
    assert reports(town) == []
    assert town.direct("U0BEN") == []


def test_a_channel_that_gets_it_all_the_same_reads_who_has_it(town: Town) -> None:
    """As when a job that was written before means the channel."""
    about = asked(town, TWELVE, TO_ANA)
    order = Order("o1", TEAM_ID, GENERAL, "U0ANA", "en", now(town), round_id=about.id)
    with town.database.begin() as store:
        store.reports.order(order)
        store.later("reports.post", TEAM_ID, order.id)
    town.settle()
    [told] = reports(town)
    assert "12 of 12 people answered (100%). The results go to <@U0ANA> alone" in told.text
    assert "Talks" not in text_of(told.blocks) + told.text


def test_a_long_report_for_the_owner_goes_on_in_her_thread(town: Town) -> None:
    many = tuple(replace(BEST, id=f"q{number}", text=f"Question {number}?") for number in range(60))
    crowd = [{each.id: (Given(choice=0),) for each in many}] * 6
    wish_report(town, asked(town, crowd, TO_ANA, questions=many))
    first, *rest = town.direct("U0ANA")
    assert rest
    assert {each.thread_ts for each in rest} == {first.ts}
    assert "Question 59?" in rest[-1].text


def test_a_week_leaves_it_out_and_says_that_there_is_one(town: Town) -> None:
    asked(town, TWELVE, TO_ANA)
    asked(town, TWELVE, SEALED, name="r2")
    town.say("U0ANA", "/report weekly monday 9:00")
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    told = town.posted()[-1]
    for said in (told.text, text_of(told.blocks)):
        assert "1 anonymous survey is left out: its results go to whoever asked alone." in said
        assert "Survey r1" not in said
        assert "*Survey r2*\n12 of 12 people answered (100%)." in said


def test_a_week_with_nothing_else_says_only_that(town: Town) -> None:
    asked(town, TWELVE, TO_ANA)
    town.say("U0ANA", "/report weekly monday 9:00")
    until(town, next_weekday(town, MONDAY, 9, LISBON) + timedelta(minutes=1))
    told = town.posted()[-1].text
    assert "1 anonymous survey is left out" in told
    assert "No survey was open" not in told
    assert "answered" not in told


def test_what_could_not_be_sent_to_her_is_not_posted_elsewhere(town: Town) -> None:
    about = asked(town, TWELVE, TO_ANA)
    town.playground.stage.faults.next("chat.postMessage", "is_archived")
    wish_report(town, about)
    elsewhere(town, "U0ANA", town.direct("U0ANA")[-1], RANDOM)
    assert reports(town, RANDOM) == []

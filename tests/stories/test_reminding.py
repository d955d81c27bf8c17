"""Who has not answered is reminded, twice at most; of an anonymous survey nobody learns who that is."""

import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import Engine, MetaData, select

from slack_app.delivery import reminding
from slack_app.delivery.sending import CALL
from slack_app.kit.slack import SlackSaidNo
from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message
from storage.attempts import Stopping
from surveys.survey import Round
from tests.stories.every_row import rows
from tests.stories.test_bad_input import respond
from tests.stories.test_hostile import PRESS
from tests.stories.town import GENERAL, Town, element_in, text_of

SMALL = "C0SMALL"
FIVE = ("U0ANA", "U0BEN", "U0CHLOE", "U0DRISS", "U0GIL")
"""Gil is a guest."""
TITLE = "Looking back together"
STOPPED = "You get no more reminders of surveys here. You are still asked once."
NOBODY = "🔒 *Anonymous:* nobody can see who answered what, neither <@U0ANA> nor an admin."


@pytest.fixture
def small(town: Town) -> Town:
    """The town with a channel of five people, Zoé from elsewhere, an app, and Palabre."""
    channel = town.playground.workspace.channels[GENERAL]
    members = {*FIVE, "U0ZOE", "U0CLOCKBOT", BOT_USER}
    town.playground.workspace.channels[SMALL] = replace(channel, id=SMALL, name="small", members=members)
    return town


# --- gestures ---


def launch(town: Town, text: str = "retro", way: str = "channel", user: str = "U0ANA") -> Round:
    town.say(user, f"/survey {text}")
    town.fill(user, channel=SMALL, way=way)
    town.submit(user)
    town.playground.gestures.close(user, town.modal(user).id)
    with town.database.begin() as store:
        return store.surveys.recent_of(TEAM_ID, user)[0]


def answer(town: Town, *users: str) -> None:
    for user in users:
        town.press(user, town.posted(SMALL)[-1], "answering.open")
        town.fill(user, went="4", workload="1")
        town.submit(user)
        town.playground.gestures.close(user, town.modal(user).id)


def remind(town: Town, hours: float = 2, user: str = "U0ANA") -> None:
    """Let time pass and press Remind in Home."""
    town.move(hours=hours)
    town.press_in_view(user, town.home(user), "delivery.remind")


def planned(town: Town, asked: Round, hours: float = 2) -> str:
    """Press Remind in a process that dies before its jobs; return what the first job is about."""
    town.move(hours=hours)
    home = town.home("U0ANA")
    block_id, _ = element_in(home.blocks, "delivery.remind")
    town.playground.gestures.act("U0ANA", f"view:{home.id}", block_id, "delivery.remind", confirmed=True)
    subjects = [job.subject for job in town.database.jobs.waiting(TEAM_ID) if job.name == "delivery.remind"]
    assert f"{asked.id}:1" in subjects
    return f"{asked.id}:1"


def press_from_outside(town: Town, user: str, asked: Round, click: str) -> None:
    """Send a press of Remind with Slack's id of the click."""
    pressed = {
        "action_id": "delivery.remind",
        "block_id": "b",
        "type": "button",
        "value": asked.id,
        "action_ts": click,
    }
    body = {**PRESS, "user": {"id": user, "team_id": TEAM_ID}, "trigger_id": click, "actions": [pressed]}
    assert respond(town, json.dumps(body), content_type="application/json").status_code == 200


def reminders(town: Town, user: str) -> list[Message]:
    """The reminders that reached a person, who may have left."""
    conversation = town.playground.workspace.dm(user).id
    said = ("Reminder: ", "Rappel\N{NO-BREAK SPACE}: ")
    return [each for each in town.posted(conversation) if each.text.startswith(said)]


def reminded(town: Town) -> tuple[int, ...]:
    """How many reminders each of the five got."""
    return tuple(len(reminders(town, user)) for user in FIVE)


def home(town: Town, user: str = "U0ANA") -> str:
    return text_of(town.home(user).blocks)


def told(town: Town, user: str = "U0ANA") -> str:
    """What the person was told last."""
    return town.direct(user)[-1].text


# --- who is reminded ---


def test_only_who_has_not_answered_gets_a_message(small: Town) -> None:
    launch(small)
    answer(small, "U0BEN", "U0DRISS")
    remind(small)
    assert reminded(small) == (1, 0, 1, 0, 1)


def test_who_only_began_is_reminded_and_answers_from_the_message(small: Town) -> None:
    launch(small)
    remind(small)
    (message,) = reminders(small, "U0BEN")
    small.press("U0BEN", message, "answering.open")
    small.fill("U0BEN", went="4", workload="1")
    small.submit("U0BEN")
    assert "1 of 6 has answered" in home(small)


def test_the_message_says_what_it_is_who_asks_and_how_to_stop(small: Town) -> None:
    launch(small)
    remind(small)
    (message,) = reminders(small, "U0BEN")
    for shown in (message.text, text_of(message.blocks)):
        assert f"Reminder: “{TITLE}” waits for your answer." in shown
        assert "open until <!date^" in shown
        assert "<@U0ANA> asks each member of <#C0SMALL>." in shown
        assert "Names shown: your answers are kept with your name, and <@U0ANA> may see them." in shown
        assert (
            "You get at most two reminders of this survey. “Stop reminders” ends them for all surveys."
            in shown
        )
    assert "Nobody learns" not in message.text


def test_an_anonymous_one_is_reminded_with_its_card(small: Town) -> None:
    launch(small, "retro anonymous")
    answer(small, "U0BEN")
    remind(small)
    assert reminded(small) == (1, 0, 1, 1, 1)
    (message,) = reminders(small, "U0GIL")
    assert f"{NOBODY} Results come after the close" in message.text
    assert "Nobody learns who is reminded. You get at most two reminders" in message.text
    small.press("U0GIL", message, "answering.privacy")
    assert "*What this can't do:*" in text_of(small.modal("U0GIL").blocks)


def test_a_survey_in_french_is_reminded_in_french(small: Town) -> None:
    launch(small, user="U0CHLOE")
    remind(small, user="U0CHLOE")
    (message,) = reminders(small, "U0BEN")
    assert "» attend votre réponse." in message.text
    assert "Vous recevez au plus deux rappels de cette enquête." in message.text
    assert "5 personnes relancées, 0 avait répondu" in home(small, "U0CHLOE")


def test_a_guest_is_reminded_and_an_app_or_somebody_from_elsewhere_is_not(small: Town) -> None:
    launch(small)
    remind(small)
    assert len(reminders(small, "U0GIL")) == 1
    assert [reminders(small, user) for user in ("U0ZOE", "U0CLOCKBOT")] == [[], []]


def test_who_has_left_costs_no_call(small: Town) -> None:
    launch(small)
    small.playground.gestures.leave_workspace("U0BEN")
    remind(small)
    assert reminded(small) == (1, 0, 1, 1, 1)
    assert "4 reminded, 0 had answered" in home(small)
    assert not any("user_not_found" in each.summary for each in small.playground.workspace.happenings)


@pytest.mark.parametrize("text", ["retro", "retro anonymous"])
def test_whom_slack_refuses_for_good_is_passed_over(small: Town, text: str) -> None:
    asked = launch(small, text)
    small.playground.workspace.users["U0BEN"].deleted = True  # Slack tells us with its refusal
    remind(small)
    assert reminded(small) == (1, 0, 1, 1, 1)
    with small.database.begin() as store:
        assert store.reminders.batch(TEAM_ID, asked.id, 1, 9) == ()


def test_those_asked_by_direct_message_are_reminded_by_another(small: Town) -> None:
    launch(small, way="each")
    first = next(each for each in small.direct("U0BEN") if "Survey by" in each.text)
    small.press("U0BEN", first, "answering.open")
    small.fill("U0BEN", went="4", workload="1")
    small.submit("U0BEN")
    remind(small)
    assert reminded(small) == (1, 0, 1, 1, 1)


# --- stopping them ---


def test_one_tap_stops_the_reminders_of_every_survey(small: Town) -> None:
    launch(small)
    remind(small)
    small.press("U0BEN", reminders(small, "U0BEN")[0], "delivery.no_reminders")
    assert small.whispers("U0BEN", small.playground.gestures.open_dm("U0BEN")) == [STOPPED]
    launch(small, "retro anonymous", user="U0CHLOE")
    remind(small, user="U0CHLOE")
    assert reminded(small) == (2, 1, 2, 2, 2)
    remind(small, hours=24)
    assert reminded(small)[1] == 1


def test_one_tap_brings_them_back(small: Town) -> None:
    launch(small)
    remind(small)
    small.press("U0BEN", reminders(small, "U0BEN")[0], "delivery.no_reminders")
    conversation = small.playground.gestures.open_dm("U0BEN")
    said = next(each for each in small.playground.workspace.messages(conversation) if each.text == STOPPED)
    small.press("U0BEN", said, "delivery.reminders_again")
    remind(small, hours=25)
    assert reminded(small) == (2, 2, 2, 2, 2)


def test_whoever_got_none_may_stop_them_too_in_home(small: Town) -> None:
    launch(small)
    small.press_in_view("U0BEN", small.home("U0BEN"), "delivery.no_reminders")
    assert "You get no reminders of surveys." in home(small, "U0BEN")
    assert small.direct("U0BEN") == []
    remind(small)
    assert reminded(small) == (1, 0, 1, 1, 1)
    small.press_in_view("U0BEN", small.home("U0BEN"), "delivery.reminders_again")
    assert "You get reminders of surveys that wait for your answer" in home(small, "U0BEN")
    remind(small, hours=24)
    assert reminded(small) == (2, 1, 2, 2, 2)


def test_who_stopped_is_still_asked_a_new_survey(small: Town) -> None:
    launch(small)
    remind(small)
    small.press("U0BEN", reminders(small, "U0BEN")[0], "delivery.no_reminders")
    launch(small, way="each")
    assert any("Survey by" in each.text for each in small.direct("U0BEN"))


# --- what the owner may, and sees ---


def test_the_button_asks_first_and_says_how_many_are_asked(small: Town) -> None:
    launch(small)
    asks = home(small)
    assert "6 people are asked. Only those who have not answered get a message, at most twice in all." in asks
    assert "Nobody learns who they are" not in asks
    launch(small, "retro anonymous")
    assert "at most twice in all. Nobody learns who they are, you included." in home(small)


def test_the_owner_sees_numbers_where_names_are_shown(small: Town) -> None:
    launch(small)
    answer(small, "U0BEN", "U0DRISS")
    remind(small)
    assert "3 reminded, 2 had answered" in home(small)


def test_of_an_anonymous_one_the_owner_sees_no_number(small: Town) -> None:
    launch(small, "retro anonymous")
    answer(small, "U0BEN", "U0DRISS")
    before = home(small)
    remind(small)
    after = home(small)
    line = "Reminders went to those who had not answered and want them"
    assert (line in before, line in after) == (False, True)
    assert after.replace(f"\n{line}", "") == before
    assert not re.search(r"\d+ (reminded|had answered)", after)


def test_nobody_is_reminded_within_an_hour_of_the_launch(small: Town) -> None:
    launch(small)
    remind(small, hours=0.9)
    assert reminded(small) == (0, 0, 0, 0, 0)
    assert re.fullmatch(
        r"People can be reminded of this survey from <!date\^.*> on, not earlier\.", told(small)
    )


def test_twice_at_most_and_a_day_apart(small: Town) -> None:
    launch(small)
    remind(small)
    remind(small, hours=23)
    assert "not earlier." in told(small)
    assert reminded(small) == (1, 1, 1, 1, 1)
    answer(small, "U0BEN")
    remind(small, hours=2)
    assert reminded(small) == (2, 1, 2, 2, 2)
    remind(small, hours=48)
    assert told(small) == (
        "People were reminded of this survey twice already, and nobody is reminded more often."
    )
    assert reminded(small) == (2, 1, 2, 2, 2)


def test_a_closed_one_shows_no_button_and_refuses_the_press(small: Town) -> None:
    asked = launch(small)
    small.move(hours=2)
    small.press_in_view("U0ANA", small.home("U0ANA"), "authoring.close")
    assert "delivery.remind" not in str(small.home("U0ANA").blocks)
    press_from_outside(small, "U0ANA", asked, "1.1")
    small.settle()
    assert reminded(small) == (0, 0, 0, 0, 0)


def test_only_the_owner_or_an_admin_may(small: Town) -> None:
    asked = launch(small, user="U0CHLOE")
    small.move(hours=2)
    press_from_outside(small, "U0BEN", asked, "1.1")
    small.settle()
    assert reminded(small) == (0, 0, 0, 0, 0)
    press_from_outside(small, "U0ANA", asked, "1.2")
    small.settle()
    assert reminded(small) == (1, 1, 1, 1, 1)


def test_the_press_that_slack_sends_again_reminds_nobody_more_and_says_nothing(small: Town) -> None:
    asked = launch(small)
    small.move(hours=2)
    for _ in range(3):
        press_from_outside(small, "U0ANA", asked, "1.1")
        small.settle()
    assert reminded(small) == (1, 1, 1, 1, 1)
    assert small.direct("U0ANA") == reminders(small, "U0ANA")


def test_two_presses_at_once_remind_once(small: Town) -> None:
    asked = launch(small)
    small.move(hours=2)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda click: press_from_outside(small, "U0ANA", asked, f"1.{click}"), range(4)))
    small.settle()
    assert reminded(small) == (1, 1, 1, 1, 1)


# --- what goes wrong ---


@pytest.mark.parametrize("text", ["retro", "retro anonymous"])
def test_stopped_in_the_middle_it_goes_on_with_the_others(small: Town, text: str) -> None:
    asked = launch(small, text)
    answer(small, "U0BEN")
    subject = planned(small, asked)

    def rest(seconds: float) -> None:
        if not seconds and sum(reminded(small)) == 2:
            raise Stopping

    with pytest.raises(Stopping):
        reminding.remind(TEAM_ID, subject, replace(small.palabre.tools, rest=rest))
    assert reminded(small) == (1, 0, 1, 0, 0)
    small.settle()
    assert reminded(small) == (1, 0, 1, 1, 1)


def test_a_process_that_dies_while_slack_is_called_reminds_nobody_twice(small: Town) -> None:
    asked = launch(small)
    subject = planned(small, asked)
    with small.database.begin() as store:  # decided, and dead before or after Slack heard of it
        assert store.reminders.end(TEAM_ID, asked.id, 1, "U0ANA")
    reminding.remind(TEAM_ID, subject, small.palabre.tools)
    reminding.remind(TEAM_ID, subject, small.palabre.tools)
    assert reminded(small) == (0, 1, 1, 1, 1)


@pytest.mark.parametrize("text", ["retro", "retro anonymous"])
def test_two_processes_at_once_remind_each_once(small: Town, text: str) -> None:
    asked = launch(small, text)
    subject = planned(small, asked)
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: reminding.remind(TEAM_ID, subject, small.palabre.tools), range(3)))
    assert reminded(small) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize("text", ["retro", "retro anonymous"])
def test_while_slack_says_wait_it_waits_and_then_goes_on(small: Town, text: str) -> None:
    asked = launch(small, text)
    subject = planned(small, asked)
    small.playground.limits.hold(CALL, "U0BEN", 60)
    for _ in range(2):
        with pytest.raises(SlackSaidNo) as said:
            reminding.remind(TEAM_ID, subject, small.palabre.tools)
        assert said.value.wait_seconds > 50
    assert reminded(small) == (1, 0, 0, 0, 0)
    small.move(seconds=61)
    assert reminded(small) == (1, 1, 1, 1, 1)


def test_a_message_whose_answer_is_lost_is_not_sent_again(small: Town) -> None:
    asked = launch(small)
    subject = planned(small, asked)
    small.playground.faults.next(CALL, "lost")
    reminding.remind(TEAM_ID, subject, small.palabre.tools)
    small.settle()
    assert reminded(small) == (1, 1, 1, 1, 1)


def test_closed_in_the_middle_it_reminds_nobody_else(small: Town) -> None:
    asked = launch(small, "retro anonymous")
    subject = planned(small, asked)
    view = small.playground.workspace.homes["U0ANA"]
    block_id, _ = element_in(view.blocks, "authoring.close")
    rests = count()

    def rest(_seconds: float) -> None:
        if next(rests) == 4:  # two for each person
            small.playground.gestures.act(
                "U0ANA", f"view:{view.id}", block_id, "authoring.close", confirmed=True
            )

    reminding.remind(TEAM_ID, subject, replace(small.palabre.tools, rest=rest))
    small.settle()
    assert reminded(small) == (1, 1, 0, 0, 0)


def test_deleted_in_the_middle_it_reminds_nobody_else(small: Town) -> None:
    asked = launch(small)
    subject = planned(small, asked)
    with small.database.begin() as store:
        store.surveys.delete(TEAM_ID, asked.id)
    reminding.remind(TEAM_ID, subject, small.palabre.tools)
    assert reminded(small) == (0, 0, 0, 0, 0)


def test_more_people_than_one_job_takes_are_all_reminded(small: Town) -> None:
    asked = launch(small)
    others = [f"U1{number:03}" for number in range(50)]
    for user in others:
        template = small.playground.workspace.users["U0BEN"]
        small.playground.workspace.users[user] = replace(template, id=user, name=user.lower())
    with small.database.begin() as store:
        ben = store.members.find(TEAM_ID, "U0BEN")
        assert ben
        store.members.keep(TEAM_ID, [replace(ben, id=user) for user in others])
        store.surveys.invite(TEAM_ID, asked.id, others)
    remind(small)
    assert [len(reminders(small, user)) for user in others] == [1] * 50
    assert "55 reminded, 0 had answered" in home(small)


# --- nobody learns who ---


def test_no_row_no_log_and_no_job_tells_who_or_how_many_had_answered(
    small: Town, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "palabre")
    asked = launch(small, "retro anonymous")
    answer(small, "U0BEN", "U0DRISS")
    subject = planned(small, asked)
    before, caplog_before = rows(engine), len(caplog.records)
    reminding.remind(TEAM_ID, subject, small.palabre.tools)
    assert reminded(small) == (1, 0, 1, 0, 1)
    after = rows(engine)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"budgets", "reminders"}
    assert {re.sub(r"U0\w+", "somebody", row) for row in after["reminders"]} == {
        f"('{TEAM_ID}', '{asked.id}', 1, 'somebody', True)"
    }
    assert len(after["reminders"]) == 6
    logged = " ".join(record.getMessage() for record in caplog.records[caplog_before:])
    assert not any(user in logged for user in FIVE)
    assert asked.id not in logged


@pytest.mark.parametrize("people", [(), ("U0BEN", "U0CHLOE", "U0DRISS", "U0GIL"), FIVE])
def test_neither_clock_nor_budget_tells_how_many_had_answered(
    small: Town, engine: Engine, people: tuple[str, ...]
) -> None:
    asked = launch(small, "retro anonymous")
    answer(small, *people)
    subject, now = planned(small, asked), small.palabre.tools.now()
    rested: list[float] = []
    reminding.remind(TEAM_ID, subject, replace(small.palabre.tools, rest=rested.append, now=lambda: now))
    assert sum(reminded(small)) == 5 - len(people)
    assert rested == [0.0, 0.25, 0.0, 0.5, 0.0, 0.75, 0.0, 1.0, 0.0, 1.25, 0.0, 1.5]
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection, only=["budgets"])
        budgets = tables.tables["budgets"]
        left = connection.execute(select(budgets.c.left).where(budgets.c.call == CALL)).scalar_one()
    assert left == 290 - 6

"""Each member of a channel is asked by direct message, and the owner sees how far that is and can stop it."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from slack_app.delivery import jobs
from slack_app.delivery.sending import CALL
from slack_app.kit.slack import Slack
from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message
from storage import Waiting
from storage.attempts import Stopping
from surveys.survey import Round
from tests.stories.test_bad_input import respond
from tests.stories.test_hostile import PRESS
from tests.stories.test_launching import look_over
from tests.stories.town import GENERAL, Town, element_in, text_of

TITLE = "How are you doing in our community?"
SMALL = "C0SMALL"
THREE = ("U0ANA", "U0BEN", "U0CHLOE")


@pytest.fixture
def small(town: Town) -> Town:
    """The town with a channel of Ana, Ben and Chloé, an app, and Palabre."""
    channel = town.playground.workspace.channels[GENERAL]
    members = {*THREE, "U0CLOCKBOT", BOT_USER}
    town.playground.workspace.channels[SMALL] = replace(channel, id=SMALL, name="small", members=members)
    return town


def launch(town: Town, user: str = "U0ANA", channel: str = SMALL, **entries: str) -> None:
    """Launch a ready-made survey, to be asked of each member, and let everything happen that follows."""
    look_over(town, user)
    town.fill(user, channel=channel, way="each", **entries)
    town.submit(user)


def launch_held_at_ben(town: Town) -> None:
    """Launch it where Slack takes no message to Ben for a minute: Ana is asked, the others are not yet."""
    town.playground.limits.hold(CALL, "U0BEN", 60)
    launch(town)
    assert numbers_asked(town) == (1, 0, 0)


def asks(town: Town, user: str) -> list[Message]:
    """The messages that ask this person, who may have left."""
    conversation = town.playground.workspace.dm(user).id
    return [each for each in town.posted(conversation) if "Survey by" in each.text]


def numbers_asked(town: Town) -> tuple[int, ...]:
    """How often Ana, Ben and Chloé were asked."""
    return tuple(len(asks(town, user)) for user in THREE)


def progress(town: Town, user: str = "U0ANA") -> Message:
    """What tells the owner how far it is."""
    return next(each for each in town.direct(user) if "Survey by" not in each.text)


def asked(town: Town) -> Round:
    with town.database.begin() as store:
        return store.surveys.recent_of(TEAM_ID, "U0ANA")[0]


def press_from_outside(town: Town, user: str, action: str) -> None:
    """Send a press of a button this person never saw."""
    pressed = {"action_id": action, "block_id": "b", "type": "button", "value": asked(town).id}
    body = {**PRESS, "user": {"id": user, "team_id": TEAM_ID}, "actions": [pressed]}
    assert respond(town, json.dumps(body), content_type="application/json").status_code == 200
    town.settle()


def newest_job(town: Town) -> Waiting:
    """The one that asks the next people."""
    waiting = [job for job in town.database.jobs.waiting(TEAM_ID) if job.name == "delivery.send"]
    return max(waiting, key=lambda job: int(job.subject.rpartition(":")[2]))


def has_button(message: Message, action: str) -> bool:
    return action in str(message.blocks)


# --- the form ---


def test_the_form_offers_the_channel_first_and_says_what_direct_messages_mean(town: Town) -> None:
    shown = look_over(town)
    assert "How to ask\n" in shown
    assert (
        "A direct message to each member of the channel\nEach is asked by Palabre; the channel sees only"
        in shown
    )
    assert "You are shown how far they are, and can pause or cancel them." in shown
    (way,) = [block for block in town.modal("U0ANA").blocks if block.get("block_id") == "way"]
    assert way["element"]["initial_option"]["value"] == "channel"


def test_the_form_speaks_french(town: Town) -> None:
    shown = look_over(town, "U0CHLOE")
    assert "Comment poser la question\n" in shown
    assert "Un message direct à chaque membre du canal\nPalabre demande à chacun" in shown


def test_what_was_chosen_is_still_there_after_another_survey_was_looked_at(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", way="each")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "authoring.back")
    town.fill("U0ANA", template="retrospective")
    town.submit("U0ANA")
    (way,) = [block for block in town.modal("U0ANA").blocks if block.get("block_id") == "way"]
    assert way["element"]["initial_option"]["value"] == "each"


def test_a_form_of_an_earlier_version_asks_in_the_channel(small: Town) -> None:
    look_over(small)
    view = small.modal("U0ANA")
    view.payload["private_metadata"] = view.payload["private_metadata"].replace("channel|", "")
    view.payload["blocks"] = [each for each in view.blocks if each.get("block_id") != "way"]
    view.state.pop("way", None)
    small.fill("U0ANA", channel=SMALL)
    small.submit("U0ANA")
    assert "Survey by <@U0ANA>" in small.posted(SMALL)[0].text
    assert numbers_asked(small) == (0, 0, 0)


# --- asking ---


def test_each_member_is_asked_by_direct_message_and_no_app_is(small: Town) -> None:
    launch(small)
    assert numbers_asked(small) == (1, 1, 1)
    assert asks(small, "U0DRISS") == []
    assert small.posted(SMALL) == []


def test_the_owner_is_told_at_launch_where_to_look(small: Town) -> None:
    launch(small)
    told = text_of(small.modal("U0ANA").blocks)
    assert f"*“{TITLE}” is on its way to each member of <#C0SMALL>.*" in told
    assert "A direct message from Palabre shows you how far it is." in told


def test_the_message_says_who_asks_and_why_you(small: Town) -> None:
    launch(small)
    (message,) = asks(small, "U0BEN")
    for shown in (text_of(message.blocks), message.text):
        assert TITLE in shown
        assert "4 questions, about 2 minutes · open until <!date^" in shown
        assert "<@U0ANA> asks each member of <#C0SMALL>." in shown
        assert "Names shown: your answers are kept with your name, and <@U0ANA> may see them." in shown
    assert has_button(message, "answering.open")


def test_the_survey_keeps_its_own_language(small: Town) -> None:
    small.say("U0CHLOE", "/survey satisfaction")
    small.fill("U0CHLOE", channel=SMALL, way="each")
    small.submit("U0CHLOE")
    (message,) = asks_in_french(small, "U0BEN")
    assert "<@U0CHLOE> interroge chaque membre de <#C0SMALL>." in message.text
    told = next(each for each in small.direct("U0CHLOE") if "interroge chaque" not in each.text)
    assert "3 personnes ont été interrogées" in told.text


def asks_in_french(town: Town, user: str) -> list[Message]:
    return [each for each in town.direct(user) if "interroge chaque" in each.text]


def test_an_answer_by_direct_message_counts_and_the_report_says_of_how_many(small: Town) -> None:
    launch(small)
    small.press("U0BEN", asks(small, "U0BEN")[0], "answering.open")
    while small.modal("U0BEN").payload["callback_id"] == "answering.page":
        fill_page(small, "U0BEN")
        small.submit("U0BEN")
    small.press_in_view("U0ANA", small.home("U0ANA"), "authoring.close")
    assert "1 of 3 people answered" in small.posted(SMALL)[-1].text


def fill_page(town: Town, user: str) -> None:
    for block in town.modal(user).blocks:
        if block["type"] == "input" and "options" in (element := block["element"]):
            first = element["options"][0]["value"]
            entry: Any = [first] if element["type"] == "checkboxes" else first
            view = f"view:{town.modal(user).id}"
            town.playground.gestures.fill(user, view, block["block_id"], element["action_id"], entry)


def test_answer_says_that_it_is_closed_where_it_is(small: Town) -> None:
    launch(small)
    small.press_in_view("U0ANA", small.home("U0ANA"), "authoring.close")
    small.press("U0BEN", asks(small, "U0BEN")[0], "answering.open")
    assert "This survey is closed, so it takes no answers any more." in text_of(small.modal("U0BEN").blocks)


def test_home_shows_what_one_is_asked_and_what_is_under_way(small: Town) -> None:
    launch_held_at_ben(small)
    assert "1 of 3 asked" in text_of(small.home("U0ANA").blocks)
    small.move(minutes=2)
    assert f"*{TITLE}*\nIn <#C0SMALL>, from <@U0ANA>" in text_of(small.home("U0BEN").blocks)
    assert "1 of 3 asked" not in text_of(small.home("U0ANA").blocks)


def test_who_was_not_asked_yet_has_nothing_waiting(small: Town) -> None:
    launch_held_at_ben(small)
    assert TITLE not in text_of(small.home("U0CHLOE").blocks)


def test_the_same_form_sent_twice_asks_once(small: Town) -> None:
    look_over(small)
    small.fill("U0ANA", channel=SMALL, way="each")
    view = small.modal("U0ANA")
    small.submit("U0ANA")
    small.playground.workspace.stacks["U0ANA"] = [view]
    small.submit("U0ANA")
    assert numbers_asked(small) == (1, 1, 1)


# --- who cannot be asked ---


def test_who_has_left_is_told_to_the_owner_once_at_the_end(small: Town) -> None:
    small.playground.workspace.users["U0BEN"].deleted = True  # Slack tells us with its refusal
    launch(small)
    assert numbers_asked(small) == (1, 0, 1)
    assert progress(small).text.endswith("*2 people were asked*\n1 could not be: 1 left.")
    assert len(small.direct("U0ANA")) == 2


def test_who_leaves_while_others_are_asked_costs_no_call(small: Town) -> None:
    launch_held_at_ben(small)
    small.playground.gestures.leave_workspace("U0CHLOE")
    small.move(minutes=2)
    assert progress(small).text.endswith("*2 people were asked*\n1 could not be: 1 left.")
    assert refused(small) == Counter({"ratelimited": 1})


def refused(town: Town) -> Counter[str]:
    """The messages that Slack refused, by its word."""
    told = [
        each for each in town.playground.workspace.happenings if f"called {CALL}: refused" in each.summary
    ]
    return Counter(each.summary.rpartition(", ")[2] for each in told)


def test_where_messages_to_palabre_are_off_home_still_tells(small: Town) -> None:
    object.__setattr__(small.playground.stage.manifest, "messages_tab", False)
    launch(small)
    assert "0 people have answered" in text_of(small.home("U0ANA").blocks)
    assert asked(small).delivery == "done"


def test_a_channel_that_cannot_be_read_is_told_with_the_mend(small: Town) -> None:
    launch(small, channel="C0SECRET")
    told = small.direct("U0ANA")[-1]
    assert f"Your survey “{TITLE}” is kept, but nobody is asked yet.\nI am not in <#C0SECRET>." in told.text
    small.playground.gestures.invite_app("C0SECRET")
    small.press("U0ANA", told, "authoring.post_again")
    assert [len(asks(small, user)) for user in ("U0ANA", "U0BEN", "U0MAYA")] == [1, 1, 1]


def test_another_channel_may_be_asked_instead(small: Town) -> None:
    launch(small, channel="C0SECRET")
    told = small.direct("U0ANA")[-1]
    menu = f"authoring.post_in:{asked(small).id}"
    block_id, _ = element_in(told.blocks, menu)
    surface = f"message:{told.channel}:{told.ts}"
    small.playground.gestures.act("U0ANA", surface, block_id, menu, SMALL)
    small.settle()
    assert numbers_asked(small) == (1, 1, 1)


def test_a_channel_with_nobody_in_it_is_told(small: Town) -> None:
    small.playground.workspace.channels[SMALL].members = {BOT_USER, "U0CLOCKBOT"}
    launch(small)
    assert "There is nobody to ask in this channel." in progress(small).text


# --- what Slack puts off, and what goes wrong ---


def test_nothing_is_called_while_slack_says_wait(small: Town) -> None:
    launch_held_at_ben(small)
    small.move(seconds=5)
    small.move(seconds=50)
    assert numbers_asked(small) == (1, 0, 0)
    assert refused(small) == Counter({"ratelimited": 1})
    small.move(seconds=11)
    assert numbers_asked(small) == (1, 1, 1)


def test_who_was_being_asked_when_a_process_died_may_be_asked_twice_and_nobody_else(small: Town) -> None:
    launch_held_at_ben(small)
    round_id = asked(small).id
    with small.database.begin() as store:
        assert store.deliveries.sending(TEAM_ID, round_id, "U0BEN")
    small.playground.workspace.add(
        replace(asks(small, "U0ANA")[0], channel=small.playground.gestures.open_dm("U0BEN"))
    )  # Slack took the message, and the process died before that was noted
    small.move(minutes=2)
    assert numbers_asked(small) == (1, 2, 1)


def test_an_answer_that_is_lost_asks_one_person_twice(small: Town) -> None:
    launch_held_at_ben(small)
    small.playground.faults.next(CALL, "lost")
    small.move(minutes=2)
    assert numbers_asked(small) == (1, 1, 0)
    small.move(seconds=11)
    assert numbers_asked(small) == (1, 2, 1)
    assert "3 people were asked" in progress(small).text


@pytest.mark.parametrize(("fault", "copies"), [("lost", 2), ("drop", 0), ("500", 0)])
def test_who_may_have_been_asked_is_asked_once_more_and_then_told_to_the_owner(
    small: Town, fault: str, copies: int
) -> None:
    launch_held_at_ben(small)
    small.playground.faults.next(CALL, fault, times=2)
    for _ in range(5):
        small.move(minutes=3)
    assert numbers_asked(small) == (1, copies, 1)
    assert progress(small).text.endswith(
        "*2 people were asked*\n1 could not be: 1 since Slack did not answer."
    )


def test_whom_no_call_reached_is_asked_when_one_does(small: Town) -> None:
    launch_held_at_ben(small)
    unheard = replace(small.palabre.tools, slack=Slack("xoxb", "http://127.0.0.1:1/api/"))
    small.playground.clock.move(120)
    for _ in range(4):
        jobs.send(TEAM_ID, newest_job(small).subject, unheard)
    assert numbers_asked(small) == (1, 0, 0)
    small.move(minutes=5)
    assert numbers_asked(small) == (1, 1, 1)


def test_a_process_whose_work_another_one_has_leaves_before_it_asks_anybody(small: Town) -> None:
    launch_held_at_ben(small)
    small.playground.clock.move(120)
    so_far: list[tuple[int, ...]] = []

    def rest(_seconds: float) -> None:
        so_far.append(numbers_asked(small))
        if len(so_far) == 2:
            raise Stopping

    with pytest.raises(Stopping):
        jobs.send(TEAM_ID, newest_job(small).subject, replace(small.palabre.tools, rest=rest))
    assert so_far == [(1, 0, 0), (1, 1, 0)]
    assert numbers_asked(small) == (1, 1, 0)
    small.move(minutes=1)
    assert numbers_asked(small) == (1, 1, 1)


def test_taken_out_of_the_workspace_it_asks_nobody_and_goes_on_when_it_is_back(small: Town) -> None:
    launch_held_at_ben(small)
    small.playground.gestures.uninstall()
    small.move(minutes=5)
    assert numbers_asked(small) == (1, 0, 0)
    small.playground.gestures.install()
    small.home("U0ANA")
    small.say("U0BEN", "/palabre help", "C0NOAPP")
    small.move(minutes=5)
    assert numbers_asked(small) == (1, 1, 1)


# --- stopping it ---


def test_paused_it_asks_nobody_and_resumed_it_goes_on(small: Town) -> None:
    launch_held_at_ben(small)
    small.press("U0ANA", progress(small), "delivery.pause")
    small.move(minutes=10)
    assert numbers_asked(small) == (1, 0, 0)
    assert (
        f"“{TITLE}” is paused: nobody else in <#C0SMALL> is asked until you resume." in progress(small).text
    )
    assert "1 of 3 asked · paused" in text_of(small.home("U0ANA").blocks)
    assert not has_button(progress(small), "delivery.pause")
    small.press("U0ANA", progress(small), "delivery.resume")
    assert numbers_asked(small) == (1, 1, 1)
    assert "3 people were asked" in progress(small).text


def test_cancelled_it_asks_nobody_else_and_who_was_asked_can_answer(small: Town) -> None:
    launch_held_at_ben(small)
    small.press("U0ANA", progress(small), "delivery.cancel")
    small.move(minutes=10)
    assert numbers_asked(small) == (1, 0, 0)
    assert "1 of 3 asked" in progress(small).text
    assert not has_button(progress(small), "delivery.")
    small.press("U0ANA", asks(small, "U0ANA")[0], "answering.open")
    assert small.modal("U0ANA").payload["callback_id"] == "answering.page"


def test_a_press_that_slack_sends_again_changes_nothing_more(small: Town) -> None:
    launch_held_at_ben(small)
    press_from_outside(small, "U0ANA", "delivery.pause")
    press_from_outside(small, "U0ANA", "delivery.pause")
    assert "is paused" in progress(small).text
    assert len(small.direct("U0ANA")) == 2


def test_resumed_twice_it_asks_each_once(small: Town) -> None:
    launch_held_at_ben(small)
    small.press("U0ANA", progress(small), "delivery.pause")
    press_from_outside(small, "U0ANA", "delivery.resume")
    press_from_outside(small, "U0ANA", "delivery.resume")
    small.move(minutes=2)
    assert numbers_asked(small) == (1, 1, 1)


def test_paused_and_resumed_while_slack_says_wait_one_job_alone_goes_on(small: Town) -> None:
    launch_held_at_ben(small)
    older = newest_job(small)
    small.press("U0ANA", progress(small), "delivery.pause")
    small.press("U0ANA", progress(small), "delivery.resume")
    small.playground.clock.move(120)
    jobs.send(TEAM_ID, older.subject, small.palabre.tools)
    assert numbers_asked(small) == (1, 0, 0)
    jobs.send(TEAM_ID, newest_job(small).subject, small.palabre.tools)
    assert numbers_asked(small) == (1, 1, 1)


def test_a_job_of_an_earlier_version_goes_on_and_hands_over(small: Town) -> None:
    launch_held_at_ben(small)
    round_id = asked(small).id
    for job in small.database.jobs.waiting(TEAM_ID):
        if job.name == "delivery.send":
            small.database.jobs.client().delete_workflow(job.id)
    small.playground.clock.move(120)
    jobs.send(TEAM_ID, round_id, small.palabre.tools)
    assert numbers_asked(small) == (1, 1, 1)
    small.settle()
    assert "3 people were asked" in progress(small).text


def test_a_press_on_what_is_over_is_answered(small: Town) -> None:
    launch(small)
    press_from_outside(small, "U0ANA", "delivery.pause")
    assert small.direct("U0ANA")[-1].text == "Nobody else is being asked: this is over."


@pytest.mark.parametrize("action", ["delivery.pause", "delivery.resume", "delivery.cancel"])
def test_only_the_owner_or_an_admin_may(small: Town, action: str) -> None:
    launch_held_at_ben(small)
    press_from_outside(small, "U0CHLOE", action)
    assert (
        small.direct("U0CHLOE")[-1].text
        == "Seule la personne qui a posé la question, ou un admin, peut faire cela."
    )
    assert asked(small).delivery == "running"


def test_closing_the_survey_asks_nobody_else(small: Town) -> None:
    launch_held_at_ben(small)
    small.press_in_view("U0ANA", small.home("U0ANA"), "authoring.close")
    small.move(minutes=10)
    assert numbers_asked(small) == (1, 0, 0)
    assert "goes to nobody else in <#C0SMALL>" in progress(small).text
    assert not has_button(progress(small), "delivery.")
    assert "Nobody answered. 1 person was asked." in small.posted(SMALL)[-1].text


def test_at_its_moment_it_closes_and_asks_nobody_else(small: Town) -> None:
    launch_held_at_ben(small)
    small.press("U0ANA", progress(small), "delivery.pause")
    small.move(days=8)
    assert asked(small).delivery == "cancelled"
    press_from_outside(small, "U0ANA", "delivery.resume")
    assert numbers_asked(small) == (1, 0, 0)


def test_deleting_the_survey_asks_nobody_else_and_says_so(small: Town) -> None:
    launch_held_at_ben(small)
    told = progress(small)
    small.press_in_view("U0ANA", small.home("U0ANA"), "authoring.delete")
    small.move(minutes=10)
    assert numbers_asked(small) == (1, 0, 0)
    assert told.text == "This survey was deleted by its owner."
    small.press("U0ANA", asks(small, "U0ANA")[0], "answering.open")
    heard = small.whispers("U0ANA", small.playground.gestures.open_dm("U0ANA"))
    assert heard == ["This survey is not here any more: it was deleted."]

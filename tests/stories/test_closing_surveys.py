"""A survey's end: closed by its owner or at its moment, or deleted, and what Home says of it until then."""

from dataclasses import replace

import pytest

from slack_app.authoring.service import close, delete
from slack_app.delivery.jobs import draw
from slack_app.kit.blocks import Note
from slack_app.kit.incoming import Who
from slack_app.kit.slack import Slack
from slack_app.playground.workspace import Message, View
from surveys.people import Member
from surveys.reports import Order
from surveys.survey import Page
from tests.stories.rounds import RATE
from tests.stories.rounds import begin as begin_answering
from tests.stories.rounds import launch as launch_round
from tests.stories.test_launching import TITLE, launch, look_over, moment
from tests.stories.town import GENERAL, Town, text_of

ONE_QUESTION = (Page("", (RATE,)),)


def close_by_command(town: Town, user: str = "U0ANA", channel: str = GENERAL) -> None:
    town.say(user, "/survey close", channel)
    town.submit(user)


def orders(town: Town) -> list[Order]:
    """The reports that are ordered."""
    jobs = [job for job in town.database.jobs.waiting() if job.name == "reports.post"]
    with town.database.begin() as store:
        found = [store.reports.find(job.workspace, job.subject) for job in jobs]
    return [order for order in found if order]


def is_open(message: Message) -> bool:
    return "answering.open" in str(message.blocks)


def home_again(town: Town, user: str = "U0ANA") -> str:
    """What this person's Home shows without being opened anew."""
    return text_of(town.playground.workspace.homes[user].blocks)


# --- closing ---


def test_the_command_asks_before_it_closes(town: Town) -> None:
    message = launch(town)
    town.say("U0ANA", "/survey close")
    assert text_of(town.modal("U0ANA").blocks) == (
        f"“{TITLE}” takes no more answers after that, and its report is posted in <#C0GENERAL>. "
        "It cannot be opened again."
    )
    assert is_open(message)


def test_a_closed_survey_says_so_and_takes_no_answers(town: Town) -> None:
    message = launch(town)
    close_by_command(town)
    assert text_of(town.modal("U0ANA").blocks) == f"“{TITLE}” is closed."
    assert not is_open(message)
    assert "From <@U0ANA> · 0 people have answered · Survey closed" in message.text
    assert "From <@U0ANA> · 0 people have answered · Survey closed" in text_of(message.blocks)
    assert "open until" not in message.text


def test_closing_is_asked_in_french(town: Town) -> None:
    launch_round(town, channel="C0LYON", language="fr")
    town.say("U0ANA", "/survey fermer", "C0LYON")
    launch(town, "U0CHLOE", "C0LYON")
    town.say("U0CHLOE", "/survey fermer", "C0LYON")
    assert town.modal("U0CHLOE").payload["title"]["text"] == "Clore l’enquête"
    assert town.modal("U0CHLOE").payload["close"]["text"] == "La laisser ouverte"


def test_closing_orders_one_report_for_the_channel(town: Town) -> None:
    launch(town)
    close_by_command(town)
    [order] = orders(town)
    assert (order.channel, order.owner, order.language) == (GENERAL, "U0ANA", "en")


def test_an_answer_is_reported_though_the_message_was_never_written_down(town: Town) -> None:
    asked = launch_round(town, pages=ONE_QUESTION)
    with town.database.begin() as store:
        store.responses.complete(asked.workspace, asked.id, "T0PLAYGRD:U0BEN", asked.asked_at)
        store.surveys.post_again(asked.workspace, asked.id, asked.channel, None)
    member = Member("U0ANA", "Ana")
    close(town.database, member, Who(asked.workspace, asked.workspace, "U0ANA"), asked.id, asked.asked_at)
    assert [order.round_id for order in orders(town)] == [asked.id]


def test_closing_twice_is_told_and_orders_one_report(town: Town) -> None:
    launch(town)
    town.say("U0ANA", "/survey close")
    home = town.home("U0ANA")
    town.submit("U0ANA")
    town.press_in_view("U0ANA", home, "authoring.close")
    assert town.direct("U0ANA")[-1].text == "This survey is closed already."
    assert len(orders(town)) == 1


def test_home_closes_and_shows_it_at_once(town: Town) -> None:
    message = launch(town)
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.close")
    assert not is_open(message)
    assert f"*{TITLE}*\nIn <#C0GENERAL> · 0 of 12 have answered · closed <!date^" in home_again(town)
    assert "Close survey" not in home_again(town)


def test_it_closes_by_itself_at_its_moment(town: Town) -> None:
    message = launch(town, closes=moment(town, hours=2))
    town.move(hours=1)
    assert is_open(message)
    town.move(hours=1, minutes=1)
    assert not is_open(message)
    assert "Survey closed" in message.text
    assert len(orders(town)) == 1


def test_a_survey_closed_early_is_not_closed_again_at_its_moment(town: Town) -> None:
    launch(town, closes=moment(town, hours=2))
    close_by_command(town)
    town.move(hours=3)
    assert len(orders(town)) == 1


def test_a_survey_that_never_reached_its_channel_has_no_report(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", channel="C0NOAPP", closes=moment(town, hours=2))
    town.submit("U0ANA")
    town.move(hours=3)
    assert town.posted("C0NOAPP") == []
    assert orders(town) == []


@pytest.mark.parametrize("action", ["authoring.close", "authoring.delete"])
def test_only_the_owner_or_an_admin_ends_a_survey(town: Town, action: str) -> None:
    message = launch(town, "U0BEN")
    town.press_in_view("U0JO", taken_from(town, "U0BEN", "U0JO"), action)
    assert town.direct("U0JO")[-1].text == "Only the person who asked this, or an admin, can do that."
    assert is_open(message)
    town.press_in_view("U0ANA", taken_from(town, "U0BEN", "U0ANA"), action)
    assert not is_open(message)


def test_someone_of_another_organisation_ends_nothing(town: Town) -> None:
    message = launch(town, "U0BEN", "C0CONNECT")
    town.press_in_view("U0ZOE", taken_from(town, "U0BEN", "U0ZOE"), "authoring.delete")
    assert is_open(message)


def taken_from(town: Town, owner: str, user: str) -> View:
    """A Home of this person with the buttons of somebody else's, as a forged one would have."""
    mine, theirs = town.home(user), town.home(owner)
    mine.payload["blocks"] = [*theirs.blocks]
    return mine


def test_a_round_of_another_workspace_is_out_of_reach(town: Town) -> None:
    launch_round(town, workspace="T0ELSEWHERE", round_id="far")
    home = town.home("U0ANA")
    launch(town)
    home = town.home("U0ANA")
    for block in home.blocks:
        for element in block.get("elements", ()):
            if element.get("action_id") == "authoring.close":
                element["value"] = "far"
    town.press_in_view("U0ANA", home, "authoring.close")
    assert town.direct("U0ANA")[-1].text == "This survey is not here any more: it was deleted."


# --- deleting ---


def test_a_deleted_survey_is_gone_and_its_message_says_so(town: Town) -> None:
    message = launch(town)
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.delete")
    assert message.text == "This survey was deleted by its owner."
    assert text_of(message.blocks) == "This survey was deleted by its owner."
    assert TITLE not in home_again(town)


def test_deleting_warns_that_answers_go_too(town: Town) -> None:
    launch(town)
    shown = text_of(town.home("U0ANA").blocks)
    assert f"“{TITLE}” is deleted with all its answers and comments, and nothing brings them back." in shown


def test_a_message_that_slack_will_not_change_yet_says_so_later(town: Town) -> None:
    message = launch(town)
    home = town.home("U0ANA")
    town.playground.faults.next("chat.update", "500")
    town.press_in_view("U0ANA", home, "authoring.delete")
    assert is_open(message)
    town.settle()
    assert message.text == "This survey was deleted by its owner."


def test_a_message_that_is_gone_stops_nothing(town: Town) -> None:
    message = launch(town)
    home = town.home("U0ANA")
    message.deleted = True
    town.press_in_view("U0ANA", home, "authoring.delete")
    with town.database.begin() as store:
        assert store.surveys.recent_of("T0PLAYGRD", "U0ANA") == ()


class Hasty(Slack):
    """A Slack in which somebody deletes the owner's surveys while one is being posted."""

    def __init__(self, town: Town) -> None:
        super().__init__(town.playground.bot_token, town.playground.api_url)
        self._town = town

    def post(self, channel: str, note: Note, thread: str | None = None) -> str:
        ana, database = Who("T0PLAYGRD", "T0PLAYGRD", "U0ANA"), self._town.database
        with database.begin() as store:
            mine = store.surveys.recent_of("T0PLAYGRD", "U0ANA")
        for asked in mine:
            delete(database, Member("U0ANA", "ana"), ana, asked.id)
        return super().post(channel, note, thread)


def test_a_survey_deleted_while_it_is_being_posted_leaves_no_button(town: Town) -> None:
    town.playground.gestures.say("U0ANA", GENERAL, "/survey retro")
    town.playground.gestures.submit("U0ANA", town.modal("U0ANA").id)
    now = town.palabre.tools.now()
    with town.database.begin() as store:
        [claim] = store.surveys.claim_stale(now, now)
    draw(claim, replace(town.palabre.tools, slack=Hasty(town)), lambda: True)
    town.settle()
    assert [message.text for message in town.posted()] == ["This survey was deleted by its owner."]


def test_someone_answering_a_deleted_survey_is_told(town: Town) -> None:
    asked = launch_round(town, pages=ONE_QUESTION)
    begin_answering(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.press_in_view("U0ANA", town.home("U0ANA"), "authoring.delete")
    town.submit("U0BEN")
    assert "it was deleted" in str(town.modal("U0BEN").errors) + text_of(town.modal("U0BEN").blocks)


# --- Home ---


def test_home_begins_empty_and_says_how_to_begin(town: Town) -> None:
    shown = text_of(town.home("U0BEN").blocks)
    assert "Write `/poll` or `/survey` in any channel, or begin here." in shown
    assert "Nothing waits for your answer." in shown
    assert "You have no survey yet. Three come ready made." in shown
    assert "You answered" not in shown


def test_home_shows_what_waits_for_an_answer_until_it_is_given(town: Town) -> None:
    launch_round(town, pages=ONE_QUESTION)
    home = town.home("U0BEN")
    assert "*How are we doing?*\nIn <#C0GENERAL>, from <@U0ANA> · open until <!date^" in text_of(home.blocks)
    town.press_in_view("U0BEN", home, "answering.open")
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    shown = text_of(town.home("U0BEN").blocks)
    assert "Nothing waits for your answer." in shown
    assert "You answered\n*How are we doing?*\nIn <#C0GENERAL> · answered <!date^" in shown
    assert "Change" in shown


def test_home_reads_back_what_was_answered_once_it_is_closed(town: Town) -> None:
    asked = launch_round(town, pages=ONE_QUESTION)
    begin_answering(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    close_by_command(town)
    home = town.home("U0BEN")
    assert "Read" in text_of(home.blocks)
    assert "Change" not in text_of(home.blocks)


def test_home_says_how_many_have_answered(town: Town) -> None:
    asked = launch_round(town, pages=ONE_QUESTION)
    begin_answering(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    shown = text_of(town.home("U0ANA").blocks)
    assert "*How are we doing?*\nIn <#C0GENERAL> · 1 of 12 has answered · open until <!date^" in shown


def test_home_speaks_french_to_who_reads_french(town: Town) -> None:
    launch(town, "U0CHLOE", "C0LYON")
    shown = text_of(town.home("U0CHLOE").blocks)
    assert "En attente de votre réponse\n" in shown
    assert "Mes enquêtes\n" in shown
    assert "0 sur 4 a répondu · clôture\N{NO-BREAK SPACE}: <!date^" in shown


def test_home_posts_a_kept_survey_once_the_app_may(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", channel="C0NOAPP")
    town.submit("U0ANA")
    home = town.home("U0ANA")
    assert "Not posted in <#C0NOAPP> yet" in text_of(home.blocks)
    town.playground.gestures.invite_app("C0NOAPP")
    town.press_in_view("U0ANA", home, "authoring.post_again")
    assert town.posted("C0NOAPP")[-1].text.startswith(f"Survey by <@U0ANA>: {TITLE}")


def test_a_home_with_much_of_everything_fits(town: Town) -> None:
    for number in range(15):
        asked = launch_round(town, round_id=f"r{number}", pages=ONE_QUESTION, title=f"Survey {number}")
        town.move(minutes=1)
        if number < 12:
            begin_answering(town, "U0ANA", asked)
            town.fill("U0ANA", rate="4")
            town.submit("U0ANA")
            town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
    for number in range(20):
        town.ask(text=f"Question {number}?")
        town.move(minutes=1)
    shown = text_of(town.home("U0ANA").blocks)
    assert "Survey 14" in shown
    assert "Question 19?" in shown
    assert "Only your newest polls are shown here." in shown

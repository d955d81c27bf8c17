"""A survey answered page by page: whole, in both languages, changed, interrupted, and by many at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from surveys.questions import Answer, Given, Kind, Question
from surveys.survey import Page, Response, Round
from tests.stories.rounds import BEST, PAGES, RATE, WHY, begin, card, launch
from tests.stories.test_bad_input import respond
from tests.stories.town import Town, text_of

BEN = "T0PLAYGRD:U0BEN"
ONE_PAGE = (Page("", (RATE, BEST, WHY)),)


def kept(town: Town, asked: Round, respondent: str = BEN) -> Response:
    with town.database.begin() as store:
        return store.responses.find(asked.workspace, asked.id, respondent)


def people(town: Town, asked: Round) -> int:
    with town.database.begin() as store:
        found = store.surveys.find(asked.workspace, asked.id)
    return found.people if found else -1


def shown(town: Town, user: str = "U0BEN") -> str:
    return text_of(town.modal(user).blocks)


def answer_all(town: Town, user: str, asked: Round, why: str = "More light, please.") -> None:
    begin(town, user, asked)
    town.fill(user, rate="4", again="9")
    town.submit(user)
    town.fill(user, best="1", days=["0", "2"])
    town.submit(user)
    town.fill(user, why=why)
    town.submit(user)


def typed(text: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": text}


def chosen(value: str) -> dict[str, Any]:
    return {"type": "radio_buttons", "selected_option": {"value": value}}


def send(
    town: Town, memory: str, held: dict[str, dict[str, Any]], user: str = "U0BEN", team: str = "T0PLAYGRD"
) -> dict[str, Any]:
    """Send a page in as Slack would, past what its own client refuses; return what the window does."""
    values = {name: {name: value} for name, value in held.items()}
    view: dict[str, Any] = {"id": "V1", "type": "modal", "callback_id": "answering.page"}
    view |= {"private_metadata": memory, "state": {"values": values}}
    payload = {"type": "view_submission", "user": {"id": user, "team_id": team}, "view": view}
    answer = respond(town, json.dumps(payload), content_type="application/json")
    assert answer.status_code == 200
    answered: dict[str, Any] = answer.get_json()
    return answered


# --- the whole way ---


def test_ben_answers_all_pages_and_it_counts(town: Town) -> None:
    asked = launch(town)
    view = begin(town, "U0BEN", asked)
    assert view.payload["title"]["text"] == "How are we doing?"
    assert "Page 1 of 3" in shown(town)
    assert "Names shown: your answers are kept with your name, and <@U0ANA> may see them." in shown(town)
    town.fill("U0BEN", rate="4", again="9")
    town.submit("U0BEN")
    assert "Page 2 of 3\nThe evening" in shown(town)
    town.fill("U0BEN", best="2", days=["0", "2"])
    town.submit("U0BEN")
    assert "Page 3 of 3\nIn your words" in shown(town)
    assert town.modal("U0BEN").payload["submit"]["text"] == "Send"
    town.fill("U0BEN", why="More light, please.")
    town.submit("U0BEN")
    assert "*Thank you, your answer counted.*\nYou can change it until <!date^" in shown(town)
    assert "1 person has answered" in card(town, asked).text
    assert people(town, asked) == 1
    assert kept(town, asked).answers == {
        "rate": (Given(number=4),),
        "again": (Given(number=9),),
        "best": (Given(choice=2),),
        "days": (Given(choice=0), Given(choice=2)),
        "why": (Given(text="More light, please."),),
    }


def test_chloe_answers_in_french(town: Town) -> None:
    asked = launch(town, title="Comment allez-vous ?", language="fr")
    begin(town, "U0CHLOE", asked)
    assert "Page 1 sur 3" in shown(town, "U0CHLOE")
    assert "Noms visibles\N{NO-BREAK SPACE}: vos réponses sont gardées avec votre nom" in shown(
        town, "U0CHLOE"
    )
    assert town.modal("U0CHLOE").payload["submit"]["text"] == "Suivant"
    town.fill("U0CHLOE", rate="5")
    town.submit("U0CHLOE")
    town.submit("U0CHLOE")
    assert "Retour" in shown(town, "U0CHLOE")
    assert town.modal("U0CHLOE").payload["submit"]["text"] == "Envoyer"
    town.submit("U0CHLOE")
    assert "*Merci, votre réponse compte.*" in shown(town, "U0CHLOE")
    assert "Modifier" in shown(town, "U0CHLOE")


def test_a_survey_of_one_page_counts_no_pages(town: Town) -> None:
    begin(town, "U0BEN", launch(town, pages=ONE_PAGE))
    assert "Page" not in shown(town)
    assert town.modal("U0BEN").payload["submit"]["text"] == "Send"
    town.fill("U0BEN", rate="1")
    town.submit("U0BEN")
    assert "*Thank you, your answer counted.*" in shown(town)


def test_a_title_too_long_for_the_window_stands_whole_in_it(town: Town) -> None:
    title = "How was the summer evening at the old library?"
    view = begin(town, "U0BEN", launch(town, title=title))
    assert view.payload["title"]["text"] == "How was the summer even…"
    assert shown(town).startswith(title)


def test_whoever_returns_sees_what_they_sent_and_replaces_it(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="2", best="0", why="Too loud.")
    town.submit("U0BEN")
    begin(town, "U0BEN", asked)
    assert "You have answered already (<!date^" in shown(town)
    assert "What you send now replaces it." in shown(town)
    assert town.modal("U0BEN").state["why"]["why"]["value"] == "Too loud."
    town.fill("U0BEN", rate="5", why="")
    town.submit("U0BEN")
    assert people(town, asked) == 1
    assert kept(town, asked).answers == {"rate": (Given(number=5),), "best": (Given(choice=0),)}


def test_change_leads_back_to_the_first_page_with_all_that_was_sent(town: Town) -> None:
    asked = launch(town)
    answer_all(town, "U0BEN", asked)
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.change")
    view = town.modal("U0BEN")
    assert "Page 1 of 3" in shown(town)
    assert view.state["rate"]["rate"]["selected_option"]["value"] == "4"
    town.fill("U0BEN", rate="5")
    for _ in range(3):
        town.submit("U0BEN")
    assert "*Thank you, your answer counted.*" in shown(town)
    assert kept(town, asked).answers["rate"] == (Given(number=5),)
    assert kept(town, asked).answers["why"] == (Given(text="More light, please."),)
    assert people(town, asked) == 1


def test_back_keeps_what_was_typed(town: Town) -> None:
    asked = launch(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    town.fill("U0BEN", best="1", days=["1"])
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.back")
    assert "Page 1 of 3" in shown(town)
    assert town.modal("U0BEN").state["rate"]["rate"]["selected_option"]["value"] == "4"
    town.submit("U0BEN")
    state = town.modal("U0BEN").state
    assert state["best"]["best"]["selected_option"]["value"] == "1"
    assert [option["value"] for option in state["days"]["days"]["selected_options"]] == ["1"]
    assert people(town, asked) == 0


def test_a_required_answer_may_still_be_missing_on_the_way_back(town: Town) -> None:
    pages = (PAGES[1], Page("", (replace(WHY, is_required=True), RATE)))
    begin(town, "U0BEN", launch(town, pages=pages))
    town.submit("U0BEN")
    town.fill("U0BEN", rate="3")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.back")
    town.submit("U0BEN")
    assert town.modal("U0BEN").state["rate"]["rate"]["selected_option"]["value"] == "3"


def test_somebody_who_stopped_on_the_way_goes_on_with_what_was_kept(town: Town) -> None:
    asked = launch(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", again="10")
    town.submit("U0BEN")
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    begin(town, "U0BEN", asked)
    assert "You have answered" not in shown(town)
    assert town.modal("U0BEN").state["again"]["again"]["selected_option"]["value"] == "10"


@pytest.mark.parametrize("user", ["U0GIL", "U0ZOE"])
def test_guests_and_people_of_other_organisations_answer(town: Town, user: str) -> None:
    asked = launch(town, pages=ONE_PAGE, channel="C0CONNECT" if user == "U0ZOE" else "C0GENERAL")
    begin(town, user, asked)
    town.fill(user, rate="3")
    town.submit(user)
    assert "counted" in shown(town, user)
    assert people(town, asked) == 1


# --- what goes wrong ---


def test_a_required_question_left_empty_is_named_beside_it(town: Town) -> None:
    asked = launch(town)
    answer = send(town, f"{asked.id}:0", {"rate": {"type": "radio_buttons", "selected_option": None}})
    told = "Please answer this question; the others can wait for it."
    assert answer == {"response_action": "errors", "errors": {"rate": told}}
    assert kept(town, asked) == Response()


def test_every_bad_value_is_named_beside_its_question(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    held = {"rate": chosen("6"), "best": chosen("9" * 5000), "why": typed("x" * 3001)}
    assert send(town, f"{asked.id}:0", held)["errors"] == {
        "rate": "Please choose a whole number from 1 to 5.",
        "best": "This is not one of the choices. Please choose again.",
        "why": "This has 3001 characters as Slack counts them, and 3000 is the most. Please shorten it.",
    }
    assert kept(town, asked) == Response()


def test_bad_values_are_named_in_the_readers_language(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    errors = send(town, f"{asked.id}:0", {"rate": chosen("x")}, user="U0CHLOE")["errors"]
    assert errors == {"rate": "Choisissez un nombre entier de 1 à 5."}


def test_three_thousand_emoji_are_too_many_as_slack_counts(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    held = {"rate": chosen("4"), "why": typed("🎉" * 3000)}
    told = "This has 6000 characters as Slack counts them, and 3000 is the most. Please shorten it."
    assert send(town, f"{asked.id}:0", held) == {"response_action": "errors", "errors": {"why": told}}


def test_fifteen_hundred_emoji_are_kept_and_come_back(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", why="🎉" * 1500)
    town.submit("U0BEN")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.change")
    assert town.modal("U0BEN").state["why"]["why"]["value"] == "🎉" * 1500


def test_what_is_typed_comes_back_unharmed_and_pings_nobody(town: Town) -> None:
    written = "<!channel> *all* of you: « é » & <@U0ANA> `x` &amp; שלום\n> done"
    asked = launch(town, pages=ONE_PAGE)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", why=written)
    town.submit("U0BEN")
    assert "<!channel>" not in shown(town)
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.change")
    assert town.modal("U0BEN").state["why"]["why"]["value"] == written


def test_half_an_emoji_loses_nothing_else(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    send(town, f"{asked.id}:0", {"rate": chosen("4"), "why": typed("good \ud83d\x00day")})
    assert kept(town, asked).answers["why"] == (Given(text="good �day"),)


def test_a_page_sent_twice_shows_the_same_next_page_and_changes_nothing(town: Town) -> None:
    asked = launch(town)
    first, again = (send(town, f"{asked.id}:0", {"rate": chosen("4")}) for _ in range(2))
    assert first == again
    assert "Page 2 of 3" in text_of(first["view"]["blocks"])


def test_the_last_page_sent_twice_counts_once(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    first, again = (send(town, f"{asked.id}:0", {"rate": chosen("4")}) for _ in range(2))
    assert first == again
    assert "*Thank you, your answer counted.*" in text_of(first["view"]["blocks"])
    assert people(town, asked) == 1


def test_a_last_page_without_the_ones_before_leads_to_what_is_missing(town: Town) -> None:
    asked = launch(town)
    answer = send(town, f"{asked.id}:2", {"why": typed("Because")})
    text = text_of(answer["view"]["blocks"])
    assert text.startswith("Almost done: this page still lacks an answer that is needed.")
    assert "Page 1 of 3" in text
    assert kept(town, asked).answers["why"] == (Given(text="Because"),)
    assert people(town, asked) == 0


def close(town: Town, asked: Round) -> None:
    with town.database.begin() as store:
        assert store.surveys.close(asked.workspace, asked.id, town.palabre.tools.now())


def delete(town: Town, asked: Round) -> None:
    with town.database.begin() as store:
        assert store.surveys.delete(asked.workspace, asked.id)


def test_an_answer_after_close_stays_in_the_window_with_the_reason(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4", why="All I wanted to say")
    close(town, asked)
    town.submit("U0BEN")
    view = town.modal("U0BEN")
    assert view.errors == {
        "rate": "This survey is closed, so answers no longer count. "
        "What you wrote was not sent; copy it if you want to keep it."
    }
    assert view.state["why"]["why"]["value"] == "All I wanted to say"
    assert kept(town, asked) == Response()


def test_a_survey_past_its_moment_takes_no_answers_even_before_it_is_closed(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.playground.gestures.move_clock(7 * 86400)
    town.submit("U0BEN")
    assert "This survey is closed" in town.modal("U0BEN").errors["rate"]


def test_a_survey_deleted_meanwhile_leaves_what_was_typed(town: Town) -> None:
    asked = launch(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    town.fill("U0BEN", days=["1"])
    delete(town, asked)
    town.submit("U0BEN")
    view = town.modal("U0BEN")
    assert view.errors == {
        "best": "This survey is not here any more: it was deleted. "
        "What you wrote was not sent; copy it if you want to keep it."
    }
    assert view.state["days"]["days"]["selected_options"][0]["value"] == "1"


def test_back_in_a_closed_survey_says_so_and_keeps_what_was_typed(town: Town) -> None:
    asked = launch(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    town.fill("U0BEN", days=["1"])
    close(town, asked)
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.back")
    assert shown(town).startswith("This survey is closed, so answers no longer count.")
    assert town.modal("U0BEN").state["days"]["days"]["selected_options"][0]["value"] == "1"


def test_back_in_a_deleted_survey_is_told_and_leaves_the_window(town: Town) -> None:
    asked = launch(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    delete(town, asked)
    town.press_in_view("U0BEN", town.modal("U0BEN"), "answering.back")
    assert "This survey is not here any more: it was deleted." in town.direct("U0BEN")[-1].text
    assert "Page 2 of 3" in shown(town)


def test_a_closed_survey_shows_ones_own_answers(town: Town) -> None:
    asked = launch(town)
    answer_all(town, "U0BEN", asked, why="*More* light & <air>")
    close(town, asked)
    begin(town, "U0BEN", asked)
    assert shown(town) == (
        "This survey is closed, so it takes no answers any more.\n"
        "What you answered\n"
        "*How do you like it here?*\n4 / 5\n"
        "*Would you tell a friend?*\n9 / 10\n"
        "*What was best?*\nPeople\n"
        "*Which days suit you?*\nMonday\nFriday\n"
        "*What should change?*\n*More* light & <air>"
    )


def test_a_closed_survey_says_what_one_left_out(town: Town) -> None:
    asked = launch(town, pages=ONE_PAGE)
    begin(town, "U0CHLOE", asked)
    town.fill("U0CHLOE", rate="4")
    town.submit("U0CHLOE")
    close(town, asked)
    begin(town, "U0CHLOE", asked)
    assert shown(town, "U0CHLOE") == (
        "Cette enquête est close, elle ne prend donc plus de réponses.\n"
        "Ce que vous avez répondu\n"
        "*How do you like it here?*\n4 / 5\n"
        "*What was best?*\nSans réponse\n"
        "*What should change?*\nSans réponse"
    )


def test_a_closed_survey_shows_nothing_to_those_who_did_not_answer(town: Town) -> None:
    asked = launch(town)
    close(town, asked)
    begin(town, "U0BEN", asked)
    assert shown(town) == "This survey is closed, so it takes no answers any more."
    assert "submit" not in town.modal("U0BEN").payload


def test_a_button_of_a_survey_that_is_gone_says_so(town: Town) -> None:
    asked = launch(town)
    message = card(town, asked)
    delete(town, asked)
    town.press("U0BEN", message, "answering.open")
    assert town.whispers("U0BEN")[-1] == "This survey is not here any more: it was deleted."
    assert not town.has_modal("U0BEN")


def test_a_survey_of_another_workspace_is_not_here(town: Town) -> None:
    theirs = launch(town, workspace="T0ELSEWHERE")
    town.press("U0BEN", card(town, theirs), "answering.open")
    assert town.whispers("U0BEN")[-1] == "This survey is not here any more: it was deleted."
    told = send(town, f"{theirs.id}:0", {"rate": chosen("4")})["errors"]["rate"]
    assert "This survey is not here any more" in told


@pytest.mark.parametrize(
    "memory", ["r1:3", "r1:-1", "r1:x", "r1", "", ":", "r1:" + "9" * 5000, "r1:²", "r1:0:0"]
)
def test_a_window_that_remembers_nonsense_is_answered_with_a_sentence(town: Town, memory: str) -> None:
    launch(town)
    [told] = send(town, memory, {"rate": chosen("4")})["errors"].values()
    assert told.startswith(("This window does not belong to a page", "This survey is not here any more"))


def test_no_log_holds_what_people_wrote(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    asked = launch(town)
    answer_all(town, "U0BEN", asked, why="Something personal")
    send(town, f"{asked.id}:2", {"why": typed("Something personal" + "x" * 3000)})
    close(town, asked)
    send(town, f"{asked.id}:2", {"why": typed("Something personal")})
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("palabre")]
    assert logged
    assert not any("personal" in line for line in logged)


# --- many at once ---


def test_many_people_at_once_all_count(town: Town) -> None:
    asked = launch(town, pages=(Page("", (RATE,)), Page("", (BEST,))))

    def both_pages(number: int) -> str:
        user = f"U{number}"
        send(town, f"{asked.id}:0", {"rate": chosen(str(number % 5 + 1))}, user)
        return text_of(send(town, f"{asked.id}:1", {"best": chosen("1")}, user)["view"]["blocks"])

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(both_pages, range(24)))
    assert all("*Thank you, your answer counted.*" in each for each in told)
    assert people(town, asked) == 24
    with town.database.begin() as store:
        tallies = store.responses.tallies(asked.workspace, asked.id)
    assert tallies["rate"].people == tallies["best"].people == 24


def test_one_person_in_two_windows_at_once_counts_once(town: Town) -> None:
    asked = launch(town, pages=(Page("", (RATE, BEST)),))
    with ThreadPoolExecutor(8) as threads:
        list(
            threads.map(lambda n: send(town, f"{asked.id}:0", {"rate": chosen(str(n))}), [1, 2, 3, 4, 5] * 3)
        )
    assert people(town, asked) == 1
    answer: Answer = kept(town, asked).answers["rate"]
    assert len(answer) == 1


def test_forty_choices_are_answered_in_a_menu(town: Town) -> None:
    many = Question("which", Kind.SEVERAL_CHOICES, "Which?", tuple(f"Choice {n}" for n in range(40)))
    asked = launch(town, pages=(Page("", (many,)),))
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", which=["39", "3"])
    town.submit("U0BEN")
    assert kept(town, asked).answers["which"] == (Given(choice=3), Given(choice=39))


def test_back_with_something_that_cannot_be_kept_stays_and_says_why(town: Town) -> None:
    asked = launch(town)
    held = {"why": {"why": typed("x" * 3001)}}
    view = {"id": "V1", "hash": "1", "private_metadata": f"{asked.id}:2", "state": {"values": held}}
    begin(town, "U0BEN", asked)
    back(town, view | {"id": town.modal("U0BEN").id, "hash": town.modal("U0BEN").hash})
    assert shown(town).startswith("This has 3001 characters as Slack counts them")
    assert "Page 3 of 3" in shown(town)
    assert kept(town, asked) == Response()


@pytest.mark.parametrize("memory", ["r1:3", "r1:x", "", "r2:1"])
def test_back_from_a_window_that_remembers_nonsense_is_told(town: Town, memory: str) -> None:
    begin(town, "U0BEN", launch(town))
    back(town, {"id": town.modal("U0BEN").id, "private_metadata": memory})
    told = town.direct("U0BEN")[-1].text
    assert told.startswith(("This window does not belong to a page", "This survey is not here any more"))


def test_back_and_next_pressed_at_once_show_what_slack_saw_last(town: Town) -> None:
    asked = launch(town)
    begin(town, "U0BEN", asked)
    town.fill("U0BEN", rate="4")
    town.submit("U0BEN")
    before = town.modal("U0BEN").as_slack()
    town.submit("U0BEN")
    back(town, before | {"state": {"values": {}}})
    assert "Page 3 of 3" in shown(town)


def back(town: Town, view: dict[str, Any]) -> None:
    """Press Back in a window as it was when Slack sent the press."""
    payload = {
        "type": "block_actions",
        "user": {"id": "U0BEN", "team_id": "T0PLAYGRD"},
        "trigger_id": "1.2.3",
        "container": {"type": "view", "view_id": view["id"]},
        "view": {"type": "modal", "callback_id": "answering.page", **view},
        "actions": [{"type": "button", "action_id": "answering.back", "block_id": "back", "value": "r1"}],
    }
    assert respond(town, json.dumps(payload), content_type="application/json").status_code == 200
    town.settle()

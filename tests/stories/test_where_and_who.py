"""Polls where people are: shared channels, direct messages, guests, organisations, and many at once."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.stories.test_bad_input import post
from tests.stories.town import GENERAL, Town, text_of


def test_someone_of_another_organisation_votes_in_a_shared_channel(town: Town) -> None:
    message = town.ask("U0BEN", channel="C0CONNECT")
    town.press("U0ZOE", message, "polls.vote:1")
    assert "The library: 1 vote · 100%" in message.text


def test_the_same_id_in_two_organisations_is_two_voters(town: Town) -> None:
    message = town.ask()
    poll = message.blocks[1]["accessory"]["value"]
    for team in ("T0PLAYGRD", "T0ELSEWHERE"):
        assert post(town, json.dumps(click(poll, team)), content_type="application/json") == 200
    town.settle()
    assert "2 people have voted" in message.text


def test_a_click_whose_team_is_null_counts_for_the_workspace(town: Town) -> None:
    message = town.ask()
    poll = message.blocks[1]["accessory"]["value"]
    assert post(town, json.dumps(click(poll, None)), content_type="application/json") == 200
    town.settle()
    assert "Café de la Paix: 1 vote · 100%" in message.text


def test_the_same_click_sent_again_changes_nothing(town: Town) -> None:
    message = town.ask()
    body = json.dumps(click(message.blocks[1]["accessory"]["value"], "T0PLAYGRD"))
    post(town, body, content_type="application/json")
    town.playground.gestures.move_clock(10)
    post(town, body, content_type="application/json")
    town.settle()
    assert "Café de la Paix: 1 vote · 100%" in message.text


def test_a_guest_votes(town: Town) -> None:
    message = town.ask()
    town.press("U0GIL", message, "polls.vote:2")
    assert "Online: 1 vote · 100%" in message.text


def test_somebody_slack_does_not_describe_in_time_still_asks(town: Town) -> None:
    town.playground.faults.next("users.info", "500")
    body = COMMAND + "&user_id=U0NEW&text=Shall+we%3F"
    assert post(town, body) == 200
    town.settle()
    assert "Poll by <@U0NEW>" in town.posted()[-1].text


def test_a_payload_without_a_person_is_answered(town: Town) -> None:
    assert post(town, COMMAND) == 200
    assert town.posted() == []


def test_in_a_direct_message_with_palabre_a_poll_is_posted(town: Town) -> None:
    direct = town.playground.gestures.open_dm("U0BEN")
    town.say("U0BEN", "/poll Shall we?", direct)
    assert "Shall we?" in town.posted(direct)[-1].text


def test_a_private_channel_with_the_app_has_polls(town: Town) -> None:
    assert "Shall we?" in town.ask("U0ANA", "Shall we?", "C0CRAFT").text


def test_the_shortcut_opens_the_form(town: Town) -> None:
    town.playground.gestures.shortcut("U0CHLOE", "polls.ask")
    assert town.modal("U0CHLOE").payload["title"]["text"] == "Nouveau sondage"


def test_thirty_people_at_once_are_thirty_votes(town: Town) -> None:
    message = town.ask()
    poll = message.blocks[1]["accessory"]["value"]
    bodies = [json.dumps(click(poll, "T0PLAYGRD", f"U{number}", number % 3)) for number in range(30)]
    with ThreadPoolExecutor(8) as threads:
        statuses = set(threads.map(lambda body: post(town, body, content_type="application/json"), bodies))
    town.settle()
    assert statuses == {200}
    assert "Café de la Paix: 10 votes · 33%" in message.text
    assert "30 people have voted" in message.text


def test_what_changes_for_a_member_is_known_from_then_on(town: Town) -> None:
    event = {
        "type": "event_callback",
        "team_id": "T0PLAYGRD",
        "event_id": "Ev1",
        "event": {"type": "user_change", "user": {"id": "U0BEN", "name": "ben", "locale": "fr-FR"}},
    }
    assert post(town, json.dumps(event), content_type="application/json") == 200
    message = town.ask()
    town.press("U0BEN", message, "polls.my_vote")
    assert "Vous n’avez pas encore voté." in text_of(town.modal("U0BEN").blocks)


def test_a_poll_closed_before_it_is_posted_never_appears(town: Town) -> None:
    town.playground.gestures.say("U0ANA", GENERAL, "/poll Shall we?")
    town.say("U0ANA", "/poll close")
    assert town.posted() == []


def test_help_shows_how_to_ask_in_both_languages(town: Town) -> None:
    town.say("U0ANA", "/poll help")
    town.say("U0CHLOE", "/poll aide")
    town.say("U0CHLOE", "/palabre")
    assert "*Ask in a channel with one line.*" in town.whispers("U0ANA")[0]
    assert [each[:45] for each in town.whispers("U0CHLOE")] == [
        "*Posez une question dans un canal, en une lig"
    ] * 2


def test_home_with_fifty_polls_shows_the_newest_and_says_so(town: Town) -> None:
    for number in range(50):
        body = COMMAND.replace("1.2.new", f"1.2.{number}") + f"&user_id=U0BEN&text=Question+{number}%3F"
        assert post(town, body) == 200
    shown = text_of(town.home("U0BEN").blocks)
    assert "Question 49?" in shown
    assert "Question 0?" not in shown
    assert "Only your newest polls are shown here." in shown


def test_home_posts_a_kept_poll_once_the_app_may(town: Town) -> None:
    town.say("U0BEN", "/poll Shall we?", "C0NOAPP")
    home = town.home("U0BEN")
    assert "Not posted in <#C0NOAPP> yet" in text_of(home.blocks)
    town.playground.gestures.invite_app("C0NOAPP")
    town.press_in_view("U0BEN", home, "polls.post_again")
    assert "Shall we?" in town.posted("C0NOAPP")[-1].text


def test_the_server_says_that_it_is_well_and_ready(town: Town) -> None:
    client = town.palabre.web.test_client()
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]


COMMAND = (
    "command=%2Fpoll&team_id=T0PLAYGRD&channel_id=C0GENERAL&trigger_id=1.2.new"
    "&response_url=http%3A%2F%2F127.0.0.1%3A9%2Fgone"
)


def click(poll: str, team: str | None, user: str = "U0X", option: int = 0) -> dict[str, object]:
    """A click as Slack sends it; team: null for an installation in a whole organisation."""
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": team},
        "team": None if team is None else {"id": team},
        "trigger_id": "1.2.3",
        "container": {"type": "message", "message_ts": "1.2", "channel_id": GENERAL},
        "actions": [
            {
                "type": "button",
                "action_id": f"polls.vote:{option}",
                "block_id": "b",
                "value": poll,
                "action_ts": f"17.{user}",
            }
        ],
    }

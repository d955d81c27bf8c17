"""What goes wrong ends in a sentence, nothing is lost, and no second poll appears."""

import json
import time
from collections.abc import Iterator

import pytest
from slack_sdk.signature import SignatureVerifier
from werkzeug.test import TestResponse

from tests.stories.town import GENERAL, Town, text_of

AMPERSANDS = '"' + "&" * 300 + '" ' + " ".join(f'"{number} {"&" * 70}"' for number in range(20))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"Which?" "Only one"', "A poll needs at least two options."),
        ('"Which?" "Tea" "tea"', "The option “tea” is there twice."),
        ('"Which?" ' + '"x" '.join(map(str, range(2))) + '"', "outside the quotes"),
        ('"Which?" ' + " ".join(f'"{n}"' for n in range(101)), "That makes 101 options; 100 is the most."),
        ("x" * 3001, "The question has 3001 characters; 300 is the most."),
        ('--anonymus "Which?" "Tea" "Coffee"', "Did you mean “"),
        ('"Which?" "Tea" "' + "x" * 76 + '"', "has 76 characters; 75 is the most."),
    ],
)
def test_a_command_that_cannot_be_asked_is_refused_and_given_back(town: Town, text: str, told: str) -> None:
    town.say("U0BEN", f"/poll {text}")
    assert town.posted() == []
    [whisper] = town.whispers("U0BEN")
    assert told in whisper
    assert text[:40] in whisper.replace("&amp;", "&")


def test_nobody_is_pinged_by_what_people_type(town: Town) -> None:
    message = town.ask(text='"<!channel> & <@U0ANA>?" "<!here>" "R&D" "שלום" "🎉 party"')
    sent = message.text + "\n".join(read_for_marks(message.blocks))
    assert "<!channel>" not in sent
    assert "<!here>" not in sent
    assert "&lt;!channel&gt; &amp; &lt;@U0ANA&gt;?" in sent
    assert "R&amp;D" in sent
    assert "שלום" in sent


def read_for_marks(blocks: object) -> Iterator[str]:
    """The texts in which Slack looks for people, channels and links to draw; in plain text it does not."""
    if isinstance(blocks, dict):
        if blocks.get("type") == "mrkdwn":
            yield blocks["text"]
        blocks = list(blocks.values())
    if isinstance(blocks, list):
        for each in blocks:
            yield from read_for_marks(each)


def test_text_that_grows_when_escaped_still_fits(town: Town) -> None:
    assert "&amp;" in town.ask(text=AMPERSANDS).text


def test_an_option_of_emoji_is_measured_as_slack_may(town: Town) -> None:
    assert "🎉" in town.ask(text=f'"🎉?" "{"🎉" * 37}" "{"🥳" * 37}"').text
    town.say("U0BEN", f'/poll "🎉?" "{"🎉" * 38}" "no"')
    assert "has 76 characters; 75 is the most." in town.whispers("U0BEN")[-1]


def test_a_hundred_options_of_75_characters_fit(town: Town) -> None:
    options = " ".join(f'"{number:03} {"&" * 71}"' for number in range(100))
    message = town.ask(text=f'"Which?" {options}')
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option="99")
    town.submit("U0BEN")
    assert "1 person has voted" in text_of(message.blocks)


def test_a_question_with_the_word_payload_is_asked_like_any_other(town: Town) -> None:
    assert "What is the payload=?" in town.ask(text='"What is the payload=?" "Big" "Small"').text


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("C0NOAPP", "I am not in <#C0NOAPP>. Write /invite @Palabre there, then press Try again."),
        ("C0SECRET", "I am not in <#C0SECRET>. Write /invite @Palabre there, then press Try again."),
        ("C0NEWS", "I may not post in <#C0NEWS>. Ask an admin, or choose another channel."),
    ],
)
def test_where_the_app_may_not_post_the_draft_is_kept(town: Town, channel: str, told: str) -> None:
    town.say("U0ANA", "/poll Shall we?", channel)
    assert told in town.whispers("U0ANA", channel)[-1]
    whisper = [each for each in town.playground.workspace.messages(channel) if each.only_for == "U0ANA"][-1]
    town.playground.gestures.invite_app(channel)
    town.playground.workspace.channels[channel].read_only = False
    town.press("U0ANA", whisper, "polls.post_again")
    assert "Shall we?" in town.posted(channel)[-1].text


def test_an_archived_channel_chosen_in_the_form_is_told_by_direct_message(town: Town) -> None:
    town.say("U0BEN", "/poll")
    town.fill("U0BEN", question="Shall we?", channel="C0ATTIC")
    town.playground.workspace.channels["C0ATTIC"].archived = True
    town.submit("U0BEN")
    assert "<#C0ATTIC> is archived. Choose another channel." in town.direct("U0BEN")[-1].text


def test_a_button_that_names_no_poll_of_this_workspace_says_so(town: Town) -> None:
    message = town.ask()
    for block in message.blocks:
        if "accessory" in block:
            block["accessory"]["value"] = "poll-of-another-workspace"
    town.press("U0BEN", message, "polls.vote:0")
    assert town.whispers("U0BEN") == ["This poll is no longer here. Ask for a new one with /poll."]


def test_the_same_command_sent_twice_makes_one_poll(town: Town) -> None:
    body = (
        "command=%2Fpoll&text=Shall+we%3F&team_id=T0PLAYGRD&user_id=U0BEN&channel_id=C0GENERAL"
        "&trigger_id=1.2.same&response_url=http%3A%2F%2F127.0.0.1%3A9%2Fgone"
    )
    for _ in range(2):
        assert post(town, body) == 200
    town.settle()
    assert len(town.posted(GENERAL)) == 1


def test_a_forged_signature_is_refused(town: Town) -> None:
    assert post(town, "command=%2Fpoll", secret="somebody else's") == 401


def test_a_signature_six_minutes_old_is_refused(town: Town) -> None:
    assert post(town, "command=%2Fpoll", seconds_ago=360) == 401


@pytest.mark.parametrize("body", ["payload={", "payload=[]", "payload=%7B%22type%22%3A1%7D", "\x00", ""])
def test_a_malformed_payload_is_answered_without_a_trace_of_the_code(town: Town, body: str) -> None:
    answer = respond(town, body)
    assert answer.status_code in {200, 400, 404}
    assert "Traceback" not in answer.get_data(as_text=True)


def test_an_unknown_action_is_answered(town: Town) -> None:
    payload = {
        "type": "block_actions",
        "user": {"id": "U0BEN"},
        "team": None,
        "trigger_id": "1.2.3",
        "actions": [{"action_id": "polls.from_last_year", "block_id": "b", "type": "button"}],
        "container": {"type": "message"},
    }
    assert post(town, json.dumps(payload), content_type="application/json") == 200


def test_a_lost_answer_makes_no_second_poll(town: Town) -> None:
    town.playground.faults.next("chat.postMessage", "lost")
    town.say("U0BEN", "/poll Shall we?")
    town.playground.gestures.move_clock(120)
    town.settle()
    assert len(town.posted()) == 1
    assert "Slack did not say whether it arrived" in town.whispers("U0BEN")[-1]


def test_a_rate_limited_message_is_drawn_when_slack_allows(town: Town) -> None:
    message = town.ask()
    town.playground.faults.next("chat.update", "429:30")
    town.press("U0BEN", message, "polls.vote:0")
    assert "0 people have voted" in message.text
    town.playground.gestures.move_clock(31)
    town.settle()
    assert "1 person has voted" in message.text


FORM = "application/x-www-form-urlencoded"


def post(
    town: Town, body: str, secret: str | None = None, seconds_ago: int = 0, content_type: str = FORM
) -> int:
    """Send a signed body as Slack would, and return the status of the answer."""
    return respond(town, body, secret, seconds_ago, content_type).status_code


def respond(
    town: Town, body: str, secret: str | None = None, seconds_ago: int = 0, content_type: str = FORM
) -> TestResponse:
    stamp = str(int(time.time()) - seconds_ago)
    signer = SignatureVerifier(secret or town.playground.signing_secret)
    signature = signer.generate_signature(timestamp=stamp, body=body)
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}
    client = town.palabre.web.test_client()
    return client.post("/slack/events", data=body.encode(), headers=headers, content_type=content_type)

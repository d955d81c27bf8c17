"""Polls in direct and group messages: with Palabre they work, without it the draft finds another place."""

import pytest

from slack_app.playground.workspace import Message
from tests.stories.town import Town

ALONE = '"Where?" "Café" "Library"'


def test_in_a_group_conversation_with_palabre_polls_work(either_town: Town) -> None:
    town = either_town
    talk = town.playground.gestures.open_talk("U0ANA", ["U0BEN", "U0PALABRE"])
    message = town.ask("U0ANA", channel=talk)
    town.press("U0BEN", message, "polls.vote:1")
    assert "The library: 1 vote · 100%" in message.text
    town.say("U0BEN", "@Palabre results", talk)
    assert "You have no open poll in this channel." in town.whispers("U0BEN", talk)[-1]


def test_a_poll_between_two_people_is_kept_and_says_why(town: Town) -> None:
    note = kept(town, "U0BEN", "U0ANA")
    assert "Your poll “Where?” is kept, but it is not posted yet." in note.text
    assert "I can't be added to a conversation between two people." in note.text


def test_a_kept_poll_says_so_in_french(town: Town) -> None:
    note = kept(town, "U0CHLOE", "U0ANA")
    assert "On ne peut pas m’ajouter à une conversation entre deux personnes." in note.text


def test_a_kept_poll_is_posted_in_a_new_group_conversation(either_town: Town) -> None:
    town = either_town
    note = kept(town, "U0BEN", "U0ANA")
    town.choose("U0BEN", note, "polls.talk_with", ["U0ANA", "U0CHLOE"])
    town.press("U0BEN", note, "polls.begin_talk")
    talk = talk_of(town, "U0BEN", "U0ANA", "U0CHLOE")
    town.press("U0CHLOE", town.posted(talk)[-1], "polls.vote:1")
    assert "Library: 1 vote · 100%" in town.posted(talk)[-1].text
    told = town.whispers("U0BEN", note.channel)[-1]
    assert told == "“Where?” is on its way to your group conversation with <@U0ANA>, <@U0CHLOE>."


def test_a_second_press_posts_no_second_poll(town: Town) -> None:
    note = kept(town, "U0BEN", "U0ANA")
    town.choose("U0BEN", note, "polls.talk_with", ["U0ANA"])
    town.press("U0BEN", note, "polls.begin_talk")
    town.press("U0BEN", note, "polls.begin_talk")
    assert len(town.posted(talk_of(town, "U0BEN", "U0ANA"))) == 1
    assert "This poll is posted already" in town.whispers("U0BEN", note.channel)[-1]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([], "Choose at least one other person."),
        (["U0BEN"], "Choose at least one other person."),
        (["U0ANA", "U0CLOCKBOT"], "clockbot can't be in this conversation"),
        (["U0PALABRE"], "Choose at least one other person."),
        (["U0ANA", "U0ZOE"], "people of another organisation"),
    ],
)
def test_who_cannot_be_in_it_is_said(town: Town, people: list[str], told: str) -> None:
    note = kept(town, "U0BEN", "U0ANA")
    town.choose("U0BEN", note, "polls.talk_with", people)
    town.press("U0BEN", note, "polls.begin_talk")
    assert told in town.whispers("U0BEN", note.channel)[-1]


def test_when_slack_opens_no_conversation_that_is_said_and_the_poll_still_kept(town: Town) -> None:
    note = kept(town, "U0BEN", "U0ANA")
    town.choose("U0BEN", note, "polls.talk_with", ["U0ANA"])
    town.playground.faults.next("conversations.open", "500")
    town.press("U0BEN", note, "polls.begin_talk")
    assert "Slack refused it (http_500)." in town.whispers("U0BEN", note.channel)[-1]
    town.press("U0BEN", note, "polls.begin_talk")
    assert "Where?" in town.posted(talk_of(town, "U0BEN", "U0ANA"))[-1].text


def test_a_kept_poll_is_posted_in_a_channel_instead(town: Town) -> None:
    note = kept(town, "U0BEN", "U0ANA")
    town.choose("U0BEN", note, "polls.post_in", "C0RANDOM")
    assert "Where?" in town.posted("C0RANDOM")[-1].text


def test_no_second_try_is_offered_where_it_would_be_in_vain(town: Town) -> None:
    assert "polls.post_again" not in str(kept(town, "U0BEN", "U0ANA").blocks)


def test_a_group_conversation_without_palabre_keeps_the_poll(town: Town) -> None:
    talk = town.playground.gestures.open_talk("U0BEN", ["U0ANA", "U0CHLOE"])
    town.say("U0BEN", f"/poll {ALONE}", talk)
    assert "is kept, but it is not posted yet" in town.whispers("U0BEN", talk)[-1]


def kept(town: Town, user: str, other: str) -> Message:
    """The note about a poll asked between two people."""
    direct = town.playground.gestures.open_dm(user, other)
    town.say(user, f"/poll {ALONE}", direct)
    return [each for each in town.playground.workspace.messages(direct) if each.only_for == user][-1]


def talk_of(town: Town, *people: str) -> str:
    return town.playground.workspace.talk({*people, "U0PALABRE"}).id

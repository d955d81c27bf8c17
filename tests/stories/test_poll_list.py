"""`/poll list`: what one asked and what is still open, and the words that ask for what is not done yet."""

import pytest

from slack_app.playground.workspace import Message
from tests.stories.town import GENERAL, Town, text_of


def listed(town: Town, user: str = "U0ANA", word: str = "list", channel: str = GENERAL) -> Message:
    town.say(user, f"/poll {word}", channel)
    whispered = [each for each in town.playground.workspace.messages(channel) if each.only_for == user]
    return whispered[-1]


def test_the_list_shows_ones_own_open_polls_of_all_channels_to_oneself_the_newest_first(town: Town) -> None:
    town.say("U0BEN", "/poll Not mine?")
    town.say("U0ANA", "/poll Breakfast?")
    town.say("U0ANA", "/poll Lunch?", "C0LYON")
    message = listed(town)
    shown = text_of(message.blocks)
    assert shown.index("Lunch?") < shown.index("Breakfast?")
    assert "Not mine?" not in shown
    assert "Breakfast?" in message.text


def test_a_listed_poll_is_closed_there_and_leaves_the_list(town: Town) -> None:
    poll = town.ask(text="Breakfast?")
    town.press("U0ANA", listed(town), "polls.close")
    assert "Closed" in poll.text
    town.say("U0ANA", "/poll list")
    assert town.whispers("U0ANA")[-1].startswith("You have no open poll. Ask one with /poll.")


def test_a_listed_poll_shows_its_results(town: Town) -> None:
    poll = town.ask(text="Breakfast?")
    town.press("U0BEN", poll, "polls.vote:0")
    town.press("U0ANA", listed(town), "polls.results")
    assert "1 vote" in text_of(town.modal("U0ANA").blocks)


def test_twenty_polls_with_long_questions_are_listed_as_far_as_one_message_takes_them(town: Town) -> None:
    for number in range(20):
        town.playground.gestures.say("U0ANA", GENERAL, f"/poll {number} {'&' * 295}?")
    town.settle()
    message = listed(town)
    assert "19 &amp;" in message.text
    assert "Only your newest polls are shown here." in text_of(message.blocks)


def test_the_list_is_in_french_for_whoever_reads_it(town: Town) -> None:
    town.say("U0CHLOE", "/poll On y va ?", "C0LYON")
    assert listed(town, "U0CHLOE", "liste", "C0LYON").text.startswith("Vos sondages ouverts")


@pytest.mark.parametrize("word", ["edit", "export", "remind", "hold", "every"])
def test_what_is_not_done_yet_is_said_kindly(town: Town, word: str) -> None:
    town.say("U0ANA", f"/poll {word}")
    assert town.whispers("U0ANA")[-1].startswith(
        f"“{word}” can't be done yet, so nothing was changed. Write /poll help for what can; "
        "if it is your question, put it in quotes."
    )
    assert town.posted() == []


def test_other_is_the_last_option_and_its_voters_write(town: Town) -> None:
    message = town.ask(text='other "Lunch?" "Soup" "Salad"')
    town.press("U0BEN", message, "polls.other")
    town.fill("U0BEN", other="Pie")
    town.submit("U0BEN")
    assert "Other…: 1 vote · 100% · “Pie”" in message.text


def test_other_is_in_the_language_of_the_poll(town: Town) -> None:
    message = town.ask(text="« On mange quoi ? » « Soupe » « Salade » --autre --lang=fr")
    assert "Autre…" in message.text


def test_other_alone_opens_the_form_with_it(town: Town) -> None:
    town.say("U0ANA", "/poll --other")
    assert "other" in str(town.modal("U0ANA").blocks)
    town.fill("U0ANA", question="Lunch?", options="Soup\nSalad", channel=GENERAL)
    town.submit("U0ANA")
    assert "Other…" in town.posted()[-1].text


def test_what_voters_add_waits_for_the_owner_where_that_was_wished(town: Town) -> None:
    message = town.ask(text='add-choice approved "Lunch?" "Soup" "Salad"')
    town.press("U0BEN", message, "polls.add")
    assert "sees it first and lets it in, or not" in text_of(town.modal("U0BEN").blocks)

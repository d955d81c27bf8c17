"""Polls of many options: a menu in the message up to forty, a window that is searched beyond."""

import pytest

from slack_app.kit import blocks as kit
from slack_app.playground.workspace import Message
from surveys.anonymity import Level
from surveys.options import asked
from surveys.polls import Terms
from surveys.text import length
from tests.stories import drafts
from tests.stories.test_poll_names import vote_of_many
from tests.stories.town import Town, text_of


def long(town: Town, options: int, words: str = "") -> Message:
    listed = " ".join(f'"Choice {number}"' for number in range(options))
    return town.ask(text=f'{words} "Which?" {listed}')


def menu_of(message: Message) -> tuple[str, str]:
    """The block and the action of the message's menu."""
    [block] = [block for block in message.blocks if block.get("block_id") == "options"]
    return block["block_id"], block["elements"][0]["action_id"]


def choose(town: Town, user: str, message: Message, number: int) -> None:
    block, action = menu_of(message)
    surface = f"message:{message.channel}:{message.ts}"
    town.playground.gestures.act(user, surface, block, action, str(number))
    town.settle()


@pytest.mark.parametrize("options", [21, 40])
def test_one_tap_in_the_menu_votes(town: Town, options: int) -> None:
    message = long(town, options)
    choose(town, "U0BEN", message, options - 1)
    assert f"Choice {options - 1}: 1 vote · 100%" in message.text
    assert town.whispers("U0BEN")[-1] == (
        "Your vote counted. Press My vote to see it, change it or take it back until the poll closes."
    )
    assert f"and {options - 10} more options: all of them are in the menu" in text_of(message.blocks)
    assert "Choose in the menu; change it or take it back with My vote" in message.text


def test_another_choice_replaces_the_first_and_the_same_again_stays(town: Town) -> None:
    message = long(town, 30)
    for number in (3, 4, 4):
        choose(town, "U0BEN", message, number)
    assert "Choice 3: 0 votes · 0%\nChoice 4: 1 vote · 100%" in message.text


def test_what_the_menu_chose_is_taken_back_in_my_vote(town: Town) -> None:
    message = long(town, 30)
    choose(town, "U0BEN", message, 3)
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *Choice 3*." in text_of(town.modal("U0BEN").blocks)
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.take_back")
    assert "Choice 3: 0 votes · 0%" in message.text


def test_in_an_anonymous_poll_the_menu_votes_as_well(town: Town) -> None:
    message = long(town, 30, "anonymous")
    choose(town, "U0BEN", message, 7)
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *Choice 7*." in text_of(town.modal("U0BEN").blocks)


@pytest.mark.parametrize(("options", "words"), [(41, ""), (30, "limit 2"), (30, "shuffle")])
def test_beyond_forty_or_with_several_choices_one_votes_in_the_window(
    town: Town, options: int, words: str
) -> None:
    message = long(town, options, words)
    assert "static_select" not in str(message.blocks)
    assert f"and {options - 10} more options: press Vote to see them all" in text_of(message.blocks)


def test_a_choice_after_the_close_is_answered(town: Town) -> None:
    message = long(town, 30)
    before = [dict(block) for block in message.blocks]
    town.press("U0ANA", message, "polls.close")
    message.blocks = before
    choose(town, "U0BEN", message, 3)
    assert town.whispers("U0BEN")[-1].startswith("This poll is closed, so votes no longer change.")


@pytest.mark.parametrize("options", [20, 40, 100])
def test_long_options_with_three_hundred_names_fit_open_and_closed(town: Town, options: int) -> None:
    texts = [f"{number:03}{'&' * 72}" for number in range(options)]
    message = drafts.asked(town, asked(texts), "&" * 300, "fr", Terms(Level.NAMED, most=1))
    vote_of_many(town, 300, (options - 1,))
    for is_closed in (False, True):
        if is_closed:
            town.press("U0ANA", message, "polls.close")
        assert "300" in message.text
        assert length(message.text) <= kit.MESSAGE_TEXT
        assert sum(map(kit.text_size, message.blocks)) <= kit.ALL_TEXT
        assert f"{options - 1:03}&amp;" in text_of(message.blocks)
    assert "298 autres" in text_of(message.blocks)
    town.press("U0JO", message, "polls.who")
    assert text_of(town.modal("U0JO").blocks).count("<@U") == 300


def test_in_french_the_menu_is_named(town: Town) -> None:
    listed = " ".join(f"« Choix {number} »" for number in range(30))
    message = town.ask("U0CHLOE", f"« Lequel ? » {listed}", "C0LYON")
    assert "et 20 autres options\u00a0: toutes sont dans le menu" in text_of(message.blocks)

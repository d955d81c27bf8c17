"""A poll in which each person chooses several options, as those in the channel see it."""

import pytest

from slack_app.playground.workspace import Message
from tests.stories.test_anonymous_polls import FIVE
from tests.stories.town import GENERAL, Town, text_of

TOPPINGS = '"Which toppings?" "Olives" "Capers" "Basil" "Chilli"'
FEW = "You chose 1 of the options; 2 is the least here."
MANY = "You chose 4 options; 3 is the most here. Take 1 away."


def choose(town: Town, user: str, message: Message, *options: str) -> None:
    """Choose in "My vote" and send it."""
    town.press(user, message, "polls.my_vote")
    town.fill(user, option=list(options))
    town.submit(user)


def action_ids(message: Message) -> str:
    return str(message.blocks)


def test_each_click_adds_a_choice_and_percentages_are_of_the_voters(town: Town) -> None:
    message = town.ask(text=f"limit 2 {TOPPINGS}")
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0CHLOE", message, "polls.vote:1")
    assert message.text == (
        "Poll by <@U0ANA>: Which toppings?\n"
        "Olives: 1 vote · 50%\n"
        "Capers: 2 votes · 100%\n"
        "Basil: 0 votes · 0%\n"
        "Chilli: 0 votes · 0%\n"
        "Asked by <@U0ANA> · 2 people have voted · Choose up to 2 · "
        "Press Vote; press it again to take your vote back\n"
        "Palabre keeps who voted for what, but shows names to nobody."
    )
    assert town.whispers("U0BEN")[-1] == (
        "Your vote counted. Choose up to 2; "
        "press My vote to see it, or the same button again to take it back."
    )


def test_one_choice_too_many_is_refused_in_private_and_nothing_is_lost(town: Town) -> None:
    message = town.ask(text=f"limit 2 {TOPPINGS}")
    for option in (0, 1, 2):
        town.press("U0BEN", message, f"polls.vote:{option}")
    assert town.whispers("U0BEN")[-1] == (
        "You have chosen 2 options, as many as this poll takes, and they stay as they are. "
        "Take one back first: press My vote and choose there."
    )
    assert "Olives: 1 vote · 100%\nCapers: 1 vote · 100%\nBasil: 0 votes · 0%" in message.text


def test_the_same_button_again_takes_one_choice_back(town: Town) -> None:
    message = town.ask(text=f"multi {TOPPINGS}")
    for option in (0, 1, 2, 1):
        town.press("U0BEN", message, f"polls.vote:{option}")
    assert "Choose as many as you like" in message.text
    assert "Olives: 1 vote · 100%\nCapers: 0 votes · 0%\nBasil: 1 vote · 100%" in message.text


def test_my_vote_shows_every_choice_and_sets_them_anew(town: Town) -> None:
    message = town.ask(text=f"limit 3 {TOPPINGS}")
    choose(town, "U0BEN", message, "0", "3")
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press("U0BEN", message, "polls.my_vote")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "You voted for *Olives*, *Chilli*." in shown
    assert "Choose up to 3" in shown
    town.fill("U0BEN", option=["1"])
    town.submit("U0BEN")
    assert "Olives: 0 votes · 0%\nCapers: 1 vote · 100%\nBasil: 0 votes · 0%\nChilli: 0 votes" in message.text


def test_too_many_in_my_vote_is_said_beside_the_field(town: Town) -> None:
    message = town.ask(text=f"limit 2 {TOPPINGS}")
    choose(town, "U0BEN", message, "0", "1", "2")
    assert town.modal("U0BEN").errors == {"option": "You chose 3 options; 2 is the most here. Take 1 away."}
    assert "0 people have voted" in message.text


@pytest.mark.parametrize(
    ("wish", "told", "chosen", "error"),
    [
        ("exactly 2", "Choose exactly 2", "1", f"{FEW} Choose 1 more."),
        ("at least 2", "Choose at least 2", "1", f"{FEW} Choose 1 more."),
        ("exactly 2", "Choose exactly 2", "013", "You chose 3 options; 2 is the most here. Take 1 away."),
        ("at least 2 limit 3", "Choose from 2 to 3", "0123", MANY),
    ],
)
def test_choices_that_go_together_are_made_in_one_window(
    town: Town, wish: str, told: str, chosen: str, error: str
) -> None:
    message = town.ask(text=f"{wish} {TOPPINGS}")
    assert "polls.vote:" not in action_ids(message)
    assert (
        f"{told} · Press Vote to choose; press it again to change your vote or take it back" in message.text
    )
    choose(town, "U0BEN", message, *chosen)
    assert town.modal("U0BEN").errors == {"option": error}
    town.fill("U0BEN", option=["0", "2"])
    town.submit("U0BEN")
    assert "Olives: 1 vote · 100%\nCapers: 0 votes · 0%\nBasil: 1 vote · 100%" in message.text


def test_an_old_button_where_several_go_together_leads_to_vote(town: Town) -> None:
    alone = town.ask(text=TOPPINGS)
    together = town.ask(text=f"exactly 2 {TOPPINGS}")
    old = [dict(block) for block in alone.blocks]
    for block in old:
        if "accessory" in block:
            block["accessory"] = {**block["accessory"], "value": together.blocks[5]["elements"][0]["value"]}
    alone.blocks = old
    town.press("U0BEN", alone, "polls.vote:0")
    assert town.whispers("U0BEN") == [
        "In this poll 2 options or more are chosen together. Press Vote and choose them there."
    ]


def test_many_options_are_chosen_in_a_menu_that_knows_the_limit(town: Town) -> None:
    options = " ".join(f'"Choice {number}"' for number in range(40))
    message = town.ask(text=f'limit 3 "Which?" {options}')
    town.press("U0BEN", message, "polls.my_vote")
    field = next(block for block in town.modal("U0BEN").blocks if block.get("block_id") == "option")
    assert field["element"]["max_selected_items"] == 3
    town.fill("U0BEN", option=["3", "33", "39"])
    town.submit("U0BEN")
    assert "Choice 33: 1 vote · 100%" in message.text
    assert "Choice 39: 1 vote · 100%" in message.text


def test_the_form_asks_how_many_and_says_beside_the_field_what_cannot_be(town: Town) -> None:
    town.say("U0ANA", "/poll")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.more")
    town.fill("U0ANA", question="Which?", options="A\nB\nC", channel=GENERAL, limits="4-4")
    town.submit("U0ANA")
    assert list(town.modal("U0ANA").errors) == ["limits"]
    town.fill("U0ANA", limits="2-2")
    town.submit("U0ANA")
    assert "Choose exactly 2" in town.posted()[-1].text


def test_more_choices_than_options_is_refused_with_the_number(town: Town) -> None:
    town.say("U0ANA", f"/poll limit 5 {TOPPINGS}")
    assert town.whispers("U0ANA")[-1].startswith(
        "You ask for 5 choices, but there are 4 options. Write 4 or fewer, or add options."
    )
    assert town.posted() == []


def test_it_is_the_same_in_french(town: Town) -> None:
    message = town.ask("U0CHLOE", "limite 2 « Quoi ? » « Thé » « Café » « Eau »", "C0LYON")
    assert " · Choisissez-en jusqu’à 2 · " in message.text
    for option in (0, 1, 2):
        town.press("U0CHLOE", message, f"polls.vote:{option}")
    assert town.whispers("U0CHLOE", "C0LYON")[-1] == (
        "Vous avez choisi 2 options, autant que ce sondage en accepte, et elles restent telles quelles. "
        "Retirez-en d’abord une\u00a0: appuyez sur «\u00a0Mon vote\u00a0» et choisissez là."
    )


def test_sealed_choices_are_several_and_counted_after_the_close(town: Town) -> None:
    message = town.ask(text=f"anonymous limit 2 {TOPPINGS}")
    for person in FIVE:
        town.press(person, message, "polls.vote:0")
        town.press(person, message, "polls.vote:1")
    town.press("U0BEN", message, "polls.vote:2")
    assert town.whispers("U0BEN")[-1].startswith("You have chosen 2 options, as many as this poll takes")
    choose(town, "U0GIL", message, "3")
    town.press("U0ANA", message, "polls.close")
    town.settle()
    assert (
        "Olives: 4 votes · 80%\nCapers: 4 votes · 80%\nBasil: 0 votes · 0%\nChilli: 1 vote · 20%"
        in message.text
    )
    assert "5 people have voted" in message.text


def test_sealed_choices_that_go_together_never_count_half(town: Town) -> None:
    message = town.ask(text=f"anonymous exactly 2 {TOPPINGS}")
    choose(town, "U0BEN", message, "3")
    assert list(town.modal("U0BEN").errors) == ["option"]
    town.fill("U0BEN", option=["0", "1"])
    town.submit("U0BEN")
    assert "Your vote counted." in text_of(town.modal("U0BEN").blocks)


def test_options_written_from_right_to_left_keep_their_votes_behind_them(town: Town) -> None:
    message = town.ask(text='named "Which?" "שלום 24" "مرحبا" "Plain"')
    town.press("U0BEN", message, "polls.vote:0")
    assert "\n\u2068שלום 24\u2069: 1 vote · 100% · <@U0BEN>\n\u2068مرحبا\u2069: 0 votes" in message.text
    assert "\nPlain: 0 votes" in message.text
    assert "\u2068שלום 24\u2069\n██████████ 1 vote · 100%" in text_of(message.blocks)

"""Options that voters add to a poll, as those in the channel see it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from slack_app.playground.workspace import Message
from storage import Database
from tests.stories.test_anonymous_polls import FIVE
from tests.stories.town import GENERAL, Town, text_of

LUNCH = '"Lunch?" "Soup" "Salad"'
OPEN = f"add-choice {LUNCH}"


def add(town: Town, user: str, message: Message, text: str) -> None:
    """Add an option in its window."""
    town.press(user, message, "polls.add")
    town.fill(user, added=text)
    town.submit(user)


def whispered(town: Town, user: str) -> Message:
    return [each for each in town.playground.workspace.messages(GENERAL) if each.only_for == user][-1]


def poll_id(message: Message) -> str:
    """The id, from any button of the message."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    return next(str(each["value"]) for each in elements if each.get("action_id") == "polls.my_vote")


def with_approval(town: Town) -> Message:
    """Ask a poll into which the owner lets each option."""
    town.say("U0ANA", "/poll")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.more")
    town.fill("U0ANA", question="Lunch?", options="Soup\nSalad", channel=GENERAL, adding="approved")
    town.submit("U0ANA")
    return town.posted()[-1]


def counted(database: Database, message: Message) -> tuple[tuple[int, ...], int]:
    """The tallies, which are what the votes add up to."""
    with database.begin() as store:
        tallies = store.standings.tallies("T0PLAYGRD", poll_id(message))
        assert tallies == store.standings.recount("T0PLAYGRD", poll_id(message))
    return tallies


# --- adding ---


def test_an_added_option_appears_at_once_and_can_be_voted_for(town: Town) -> None:
    message = town.ask(text=OPEN)
    add(town, "U0BEN", message, "Ramen & <rice>")
    assert "Ramen &amp; &lt;rice&gt;: 0 votes · 0%" in message.text
    town.press("U0CHLOE", message, "polls.vote:2")
    assert "Ramen &amp; &lt;rice&gt;: 1 vote · 100%" in message.text
    assert town.whispers("U0BEN") == ["Your option “Ramen &amp; &lt;rice&gt;” is part of the poll now."]


def test_the_window_says_what_follows(town: Town) -> None:
    message = town.ask(text=OPEN)
    town.press("U0BEN", message, "polls.add")
    assert "Everybody can vote for it at once." in text_of(town.modal("U0BEN").blocks)


def test_a_poll_to_which_nobody_adds_has_no_button(town: Town) -> None:
    assert "Add an option" not in text_of(town.ask(text=LUNCH).blocks)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \u200b ", "Write the option you want to add."),
        ("SOUP", "The option “SOUP” is there twice. Keep it once, or tell the two apart."),
    ],
)
def test_what_cannot_be_added_is_said_beside_the_field(town: Town, text: str, told: str) -> None:
    message = town.ask(text=OPEN)
    add(town, "U0BEN", message, text)
    assert town.modal("U0BEN").errors == {"added": told}
    assert town.modal("U0BEN").state["added"]["added"]["value"] == text


def test_one_person_adds_five_options_at_most(town: Town) -> None:
    message = town.ask(text=OPEN)
    for dish in ("Rice", "Stew", "Pie", "Bread", "Cheese", "Fish"):
        add(town, "U0BEN", message, dish)
    assert town.modal("U0BEN").errors == {
        "added": "You have added 5 options to this poll, as many as one person may."
    }
    assert "Cheese: 0 votes" in message.text
    assert "Fish" not in message.text


def test_a_poll_closed_meanwhile_takes_no_more(town: Town) -> None:
    message = town.ask(text=OPEN)
    town.press("U0BEN", message, "polls.add")
    town.press("U0ANA", message, "polls.close")
    town.fill("U0BEN", added="Ramen")
    town.submit("U0BEN")
    assert town.modal("U0BEN").errors == {"added": "This poll is closed, so its options no longer change."}
    assert "Add an option" not in text_of(message.blocks)


def test_a_poll_of_a_hundred_options_is_full(town: Town) -> None:
    options = " ".join(f'"Dish {number}"' for number in range(99))
    message = town.ask(text=f'add-choice "Lunch?" {options}')
    town.press("U0CHLOE", message, "polls.add")
    add(town, "U0BEN", message, "Ramen")
    assert "Add an option" not in text_of(message.blocks)
    town.fill("U0CHLOE", added="Pizza")
    town.submit("U0CHLOE")
    assert town.modal("U0CHLOE").errors == {
        "added": "Ce sondage ne prend plus d’options\u00a0: 100 est le maximum, celles retirées comprises."
    }
    town.press("U0GIL", message, "polls.my_vote")
    town.fill("U0GIL", option="99")
    town.submit("U0GIL")
    assert "Ramen: 1 vote · 100%" in message.text


def test_two_people_who_add_the_same_at_once_add_it_once(town: Town) -> None:
    message = town.ask(text=OPEN)
    gestures = town.playground.gestures
    for user in ("U0BEN", "U0GIL"):
        town.press(user, message, "polls.add")
        town.fill(user, added="Ramen")
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda user: gestures.submit(user, town.modal(user).id), ("U0BEN", "U0GIL")))
    town.settle()
    assert message.text.count("Ramen") == 1
    errors = [town.modal(user).errors for user in ("U0BEN", "U0GIL") if town.has_modal(user)]
    assert errors == [{"added": "The option “Ramen” is there twice. Keep it once, or tell the two apart."}]


def test_of_two_added_at_once_only_the_hundredth_is_there(town: Town) -> None:
    options = " ".join(f'"Dish {number}"' for number in range(99))
    message = town.ask(text=f'add-choice "Lunch?" {options}')
    gestures = town.playground.gestures
    for user in ("U0BEN", "U0GIL"):
        town.press(user, message, "polls.add")
        town.fill(user, added=f"Dish of {user}")
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda user: gestures.submit(user, town.modal(user).id), ("U0BEN", "U0GIL")))
    town.settle()
    assert len(counted(town.database, message)[0]) == 100
    errors = [town.modal(user).errors for user in ("U0BEN", "U0GIL") if town.has_modal(user)]
    assert errors == [
        {"added": "This poll takes no more options: 100 is the most, those taken away included."}
    ]


def test_voters_cannot_add_dates(town: Town) -> None:
    town.say("U0ANA", '/poll dates add-choice "When?" "friday 18:00" "saturday"')
    assert town.whispers("U0ANA")[-1].startswith(
        "Voters can't add dates to a poll yet. Leave out add-choice, or ask without dates."
    )


# --- undo ---


def test_whoever_added_it_can_undo_that_with_their_own_vote(town: Town) -> None:
    message = town.ask(text=OPEN)
    add(town, "U0BEN", message, "Ramen")
    note = whispered(town, "U0BEN")
    town.press("U0BEN", message, "polls.vote:2")
    town.press("U0BEN", note, "polls.undo_add")
    assert "Ramen" not in message.text
    assert town.whispers("U0BEN")[-1] == "Your option “Ramen” is taken back."
    assert counted(town.database, message) == ((0, 0, 0), 0)


def test_nothing_is_undone_once_somebody_else_has_voted_for_it(town: Town) -> None:
    message = town.ask(text=OPEN)
    add(town, "U0BEN", message, "Ramen")
    note = whispered(town, "U0BEN")
    town.press("U0CHLOE", message, "polls.vote:2")
    town.press("U0BEN", note, "polls.undo_add")
    assert "Ramen: 1 vote" in message.text
    assert town.whispers("U0BEN")[-1] == (
        "Somebody else has voted for this option, so it stays. "
        "Ask the person who made the poll to take it away."
    )


# --- letting in ---


def test_an_option_that_waits_is_let_in_by_the_owner(town: Town) -> None:
    message = with_approval(town)
    add(town, "U0BEN", message, "Ramen")
    assert "Ramen" not in message.text
    assert town.whispers("U0BEN")[-1] == "Your option “Ramen” waits for <@U0ANA>."
    asked = town.direct("U0ANA")[-1]
    assert asked.text == (
        "Somebody would like to add an option to your poll “Lunch?” in <#C0GENERAL>: *Ramen*"
    )
    town.press("U0ANA", asked, "polls.let_in")
    assert "Ramen: 0 votes" in message.text
    assert asked.text.endswith("It is part of the poll now.")
    assert "Approve" not in text_of(asked.blocks)
    assert town.direct("U0BEN")[-1].text == "Your option “Ramen” is part of the poll “Lunch?” now."


def test_a_second_answer_changes_nothing(town: Town) -> None:
    message = with_approval(town)
    add(town, "U0BEN", message, "Ramen")
    asked = town.direct("U0ANA")[-1]
    blocks = asked.blocks
    town.press("U0ANA", asked, "polls.decline")
    assert asked.text.endswith("It is not part of the poll.")
    asked.blocks = blocks
    town.press("U0ANA", asked, "polls.let_in")
    assert asked.text.endswith("It is not part of the poll.")
    assert "Ramen" not in message.text
    told = [each.text for each in town.direct("U0BEN")]
    assert told == ["Your option “Ramen” was not let into the poll “Lunch?”."]


def test_an_answer_after_the_close_says_so(town: Town) -> None:
    message = with_approval(town)
    add(town, "U0BEN", message, "Ramen")
    town.press("U0ANA", message, "polls.close")
    asked = town.direct("U0ANA")[-1]
    town.press("U0ANA", asked, "polls.let_in")
    assert asked.text.endswith("The poll is closed meanwhile, so its options no longer change.")


def test_the_owner_adds_without_asking_anybody(town: Town) -> None:
    message = with_approval(town)
    add(town, "U0ANA", message, "Ramen")
    assert "Ramen: 0 votes" in message.text
    assert town.direct("U0ANA") == []


# --- taking away ---


def test_the_owner_takes_an_added_option_away_with_its_votes(town: Town) -> None:
    message = town.ask(text=f"multi {OPEN}")
    add(town, "U0BEN", message, "Ramen")
    town.press("U0BEN", message, "polls.vote:2")
    town.press("U0CHLOE", message, "polls.vote:2")
    town.press("U0CHLOE", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.manage")
    window = town.modal("U0ANA")
    assert "“Ramen” goes with its 2 votes, and nothing brings them back." in text_of(window.blocks)
    assert "Added by <@U0BEN>" in text_of(window.blocks)
    town.press_in_view("U0ANA", window, "polls.take_away:2")
    assert "No option was added, or all of them are taken away." in text_of(town.modal("U0ANA").blocks)
    assert "Soup: 1 vote · 100%\nSalad: 0 votes · 0%\nAsked by" in message.text
    assert counted(town.database, message) == ((1, 0, 0), 1)
    add(town, "U0GIL", message, "Ramen")
    assert "Ramen: 0 votes" in message.text


def test_nobody_else_manages_the_options(town: Town) -> None:
    message = town.ask(text=OPEN)
    add(town, "U0BEN", message, "Ramen")
    town.press("U0BEN", message, "polls.manage")
    assert town.whispers("U0BEN")[-1] == "Only the person who asked this, or an admin, can do that."


def test_home_leads_to_the_options_too(town: Town) -> None:
    add(town, "U0BEN", town.ask(text=OPEN), "Ramen")
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.manage")
    assert "Ramen" in text_of(town.modal("U0ANA").blocks)


def test_an_open_vote_window_names_the_option_that_is_gone(town: Town) -> None:
    message = town.ask(text=f"multi {OPEN}")
    add(town, "U0BEN", message, "Ramen")
    town.press("U0CHLOE", message, "polls.my_vote")
    town.press("U0GIL", message, "polls.my_vote")
    old = message.blocks
    town.press("U0ANA", message, "polls.manage")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.take_away:2")
    town.fill("U0GIL", option=["0", "2"])
    town.submit("U0GIL")
    assert town.modal("U0GIL").errors == {
        "option": "The option “Ramen” was taken away meanwhile. Choose another one; nothing else is lost."
    }
    town.fill("U0GIL", option=["0"])
    town.submit("U0GIL")
    assert "Soup: 1 vote · 100%" in message.text
    message.blocks = old
    town.press("U0BEN", message, "polls.vote:2")
    assert town.whispers("U0BEN")[-1] == (
        "This option is no longer part of the poll. Look at the newest message and vote there."
    )


# --- other ways to ask ---


def test_nobody_keeps_who_adds_to_an_anonymous_poll(town: Town) -> None:
    message = town.ask(text=f"anonymous {OPEN}")
    town.press("U0BEN", message, "polls.add")
    told = text_of(town.modal("U0BEN").blocks)
    assert "Nobody keeps who adds it, so you can't undo it: only <@U0ANA> can take it away." in told
    town.fill("U0BEN", added="Ramen")
    town.submit("U0BEN")
    assert "Undo" not in text_of(whispered(town, "U0BEN").blocks)
    with town.database.begin() as store:
        poll = store.polls.find("T0PLAYGRD", poll_id(message))
    assert poll is not None
    assert poll.options[2].added_by == ""
    town.press("U0ANA", message, "polls.manage")
    assert "Added by" not in text_of(town.modal("U0ANA").blocks)


def test_sealed_votes_for_an_option_taken_away_are_left_out_at_the_count(town: Town) -> None:
    message = town.ask(text=f"anonymous multi {OPEN}")
    add(town, "U0BEN", message, "Ramen")
    for person in (*FIVE, "U0JO"):
        town.press(person, message, "polls.vote:2")
    for person in FIVE:
        town.press(person, message, "polls.vote:0")
    assert "About 5 people have voted" in message.text
    town.press("U0ANA", message, "polls.manage")
    assert "“Ramen” goes with all votes for it" in text_of(town.modal("U0ANA").blocks)
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.take_away:2")
    assert "About 5 people have voted" in message.text
    town.press("U0JO", message, "polls.my_vote")
    assert "You have not voted yet." in text_of(town.modal("U0JO").blocks)
    town.press("U0ANA", message, "polls.close")
    assert "Soup: 5 votes · 100%\nSalad: 0 votes · 0%\n" in message.text
    assert counted(town.database, message) == ((5, 0, 0), 5)


def test_a_sealed_voter_whose_only_choice_is_gone_is_counted_once(town: Town) -> None:
    message = town.ask(text=f"anonymous {OPEN}")
    add(town, "U0BEN", message, "Ramen")
    for person in FIVE:
        town.press(person, message, "polls.vote:2")
    town.press("U0ANA", message, "polls.manage")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.take_away:2")
    for person in FIVE:
        town.press(person, message, "polls.vote:1")
    assert "About 5 people have voted" in message.text
    town.press("U0ANA", message, "polls.close")
    assert "Salad: 5 votes · 100%" in message.text


def test_a_ranking_takes_one_more_option(town: Town) -> None:
    message = town.ask(text=f"ranking {OPEN}")
    add(town, "U0BEN", message, "Ramen")
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", place_1="2", place_2="0")
    town.submit("U0BEN")
    assert "1. Ramen" in text_of(message.blocks)

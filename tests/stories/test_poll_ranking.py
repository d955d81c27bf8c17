"""A ranking, as those in the channel see it: options put in order, places, and how they are counted."""

import pytest

from slack_app.kit import blocks as kit
from slack_app.kit.incoming import Who
from slack_app.playground.workspace import Message
from slack_app.polls import service
from slack_app.polls.service import Place
from surveys.anonymity import Level
from surveys.options import asked
from surveys.polls import Terms, draft
from surveys.published import ballot, from_text, recount
from surveys.seeing import PollKind
from tests.stories.test_anonymous_polls import code_in
from tests.stories.test_poll_adding import add
from tests.stories.test_poll_names import vote_of_many
from tests.stories.test_receipts import shared, text_in
from tests.stories.town import GENERAL, Town, text_of

LUNCH = 'ranking "Lunch?" "Tacos" "Sushi" "Soup" "Pizza"'
FIVE = ("U0ANA", "U0BEN", "U0CHLOE", "U0DRISS", "U0GIL")
TACOS, SUSHI, SOUP, PIZZA = map(str, range(4))


def fill(town: Town, user: str, message: Message, *chosen: str) -> None:
    """Open "My vote" and choose an option for each place, "" for none."""
    town.press(user, message, "polls.my_vote")
    town.fill(user, **{f"place_{place}": option for place, option in enumerate(chosen, 1) if option})


def rank(town: Town, user: str, message: Message, *chosen: str) -> None:
    fill(town, user, message, *chosen)
    town.submit(user)
    town.playground.gestures.close(user, town.modal(user).id)


def ranked_by_five(town: Town, text: str = LUNCH) -> Message:
    message = town.ask(text=text)
    orders = ((TACOS, SUSHI, SOUP), (TACOS, SOUP), (TACOS, PIZZA), (SUSHI, TACOS), (SOUP, TACOS, SUSHI))
    for person, order in zip(FIVE, orders, strict=True):
        rank(town, person, message, *order)
    return message


def labels(town: Town, user: str) -> list[str]:
    return [each["label"]["text"] for each in town.modal(user).blocks if each["type"] == "input"]


def chosen(town: Town, user: str) -> list[str]:
    """The options that stand in the places as the window opens, "" where there is none."""
    fields = [each["element"] for each in town.modal(user).blocks if each["type"] == "input"]
    return [field.get("initial_option", {}).get("value", "") for field in fields]


# --- asking and voting ---


def test_the_message_asks_for_an_order_in_a_window(town: Town) -> None:
    message = town.ask(text=LUNCH)
    assert message.text == (
        "Poll by <@U0ANA>: Lunch?\n"
        "Tacos\nSushi\nSoup\nPizza\n"
        "Asked by <@U0ANA> · 0 people have voted · Put as many options in order as you like · "
        "Press Vote to choose; press it again to change your vote or take it back\n"
        "Palabre keeps who voted for what, but shows names to nobody."
    )
    assert "polls.vote" not in str(message.blocks)
    assert "'text': 'Vote'" in str(message.blocks)


def test_there_is_a_menu_a_place_and_only_the_first_is_needed(town: Town) -> None:
    message = town.ask(text=LUNCH)
    town.press("U0BEN", message, "polls.my_vote")
    assert labels(town, "U0BEN") == ["1st choice", "2nd choice", "3rd choice", "4th choice"]
    needed = [not each["optional"] for each in town.modal("U0BEN").blocks if each["type"] == "input"]
    assert needed == [True, False, False, False]


def test_a_limit_is_the_number_of_places(town: Town) -> None:
    message = town.ask(text=f"limit 3 {LUNCH}")
    assert "Put up to 3 options in order" in message.text
    town.press("U0BEN", message, "polls.my_vote")
    assert labels(town, "U0BEN") == ["1st choice", "2nd choice", "3rd choice"]


def test_more_than_ten_places_are_refused(town: Town) -> None:
    many = " ".join(f'"{number}"' for number in range(12))
    town.say("U0ANA", f'/poll ranking limit 11 "Which?" {many}')
    assert town.whispers("U0ANA")[-1].startswith(
        "Each person puts 10 options in order at most. Write limit 10 or less, or leave it out."
    )
    assert "Put up to 10 options in order" in town.ask(text=f'ranking "Which?" {many}').text


def test_my_vote_shows_the_order_and_it_can_be_changed(town: Town) -> None:
    message = town.ask(text=LUNCH)
    rank(town, "U0BEN", message, SOUP, TACOS)
    town.press("U0BEN", message, "polls.my_vote")
    assert "Your order: 1. *Soup*, 2. *Tacos*." in text_of(town.modal("U0BEN").blocks)
    assert chosen(town, "U0BEN") == [SOUP, TACOS, "", ""]
    town.fill("U0BEN", place_1=TACOS, place_2=SOUP)
    town.submit("U0BEN")
    assert text_of(town.modal("U0BEN").blocks) == "Your vote counted."
    assert "1. Tacos · first choice of 1 of 1\n2. Soup" in message.text


def test_a_place_can_be_emptied_again(town: Town) -> None:
    message = town.ask(text=LUNCH)
    rank(town, "U0BEN", message, SOUP, TACOS)
    fill(town, "U0BEN", message, SOUP, "none")
    town.submit("U0BEN")
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press("U0BEN", message, "polls.my_vote")
    assert chosen(town, "U0BEN") == [SOUP, "", "", ""]


def test_a_place_left_empty_in_between_is_closed_up(town: Town) -> None:
    message = town.ask(text=LUNCH)
    rank(town, "U0BEN", message, SOUP, "", "", TACOS)
    town.press("U0BEN", message, "polls.my_vote")
    assert chosen(town, "U0BEN") == [SOUP, TACOS, "", ""]


def test_the_same_option_twice_is_refused_beside_the_later_field_and_nothing_is_lost(town: Town) -> None:
    message = town.ask(text=LUNCH)
    fill(town, "U0BEN", message, SOUP, TACOS, SOUP, TACOS)
    town.submit("U0BEN")
    told = "This option has a place above already. Choose another one here, or none."
    assert town.modal("U0BEN").errors == {"place_3": told, "place_4": told}
    town.fill("U0BEN", place_3=PIZZA, place_4=SUSHI)
    town.submit("U0BEN")
    assert "1. Soup · first choice of 1 of 1\n2. Tacos · nobody's first choice\n3. Pizza" in message.text


def test_an_order_is_taken_back_whole(town: Town) -> None:
    message = town.ask(text=LUNCH)
    rank(town, "U0BEN", message, SOUP, TACOS)
    town.press("U0BEN", message, "polls.my_vote")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.take_back")
    assert "Tacos\nSushi\nSoup\nPizza\n" in message.text
    assert "0 people have voted" in message.text


def test_each_voter_has_the_options_in_an_order_of_their_own(town: Town) -> None:
    message = town.ask(text=f"shuffle {LUNCH}")
    seen = set()
    for person in FIVE:
        town.press(person, message, "polls.my_vote")
        [first, *_] = [each["element"] for each in town.modal(person).blocks if each["type"] == "input"]
        seen.add(tuple(option["value"] for option in first["options"]))
    assert len(seen) > 1
    assert {tuple(sorted(each)) for each in seen} == {(TACOS, SUSHI, SOUP, PIZZA)}


def test_an_option_taken_away_leaves_each_order_whole(town: Town) -> None:
    message = town.ask(text=f"add-choice {LUNCH}")
    add(town, "U0BEN", message, "Ramen")
    rank(town, "U0BEN", message, "4", SOUP, TACOS)
    town.press("U0ANA", message, "polls.manage")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.take_away:4")
    assert "1. Soup · first choice of 1 of 1\n2. Tacos" in message.text
    town.press("U0BEN", message, "polls.my_vote")
    assert chosen(town, "U0BEN") == [SOUP, TACOS, "", ""]
    town.fill("U0BEN", place_3=PIZZA)
    town.submit("U0BEN")
    assert "1. Soup · first choice of 1 of 1\n2. Tacos" in message.text
    assert "\n3. Pizza" in message.text


# --- places, and what came of it ---


def test_the_message_shows_the_options_by_place(town: Town) -> None:
    message = ranked_by_five(town)
    places = (
        "1. Tacos · first choice of 3 of 5\n"
        "2. Sushi · first choice of 1 of 5\n"
        "2. Soup · first choice of 1 of 5\n"
        "4. Pizza · nobody's first choice"
    )
    assert places in message.text
    assert places in text_of(message.blocks)


def test_the_close_says_whether_the_first_wins_every_comparison(town: Town) -> None:
    message = ranked_by_five(town)
    assert "comes first" not in message.text
    town.press("U0ANA", message, "polls.close")
    told = "*Tacos* comes first: more people prefer it to each other option than the other way round."
    assert told in message.text
    assert told in text_of(message.blocks)


def test_a_lead_that_may_be_chance_is_too_close_to_call(town: Town) -> None:
    message = town.ask(text='ranking "Lunch?" "Tacos" "Sushi"')
    for person, order in zip(
        (*FIVE, "U0JO", "U0EMI"), ("01", "01", "01", "01", "10", "10", "10"), strict=True
    ):
        rank(town, person, message, *order)
    town.press("U0ANA", message, "polls.close")
    assert (
        "*Tacos* comes first: more people prefer it to each other option than the other way round. "
        "Too close to call: among so few votes a lead as small as this one may be chance."
    ) in message.text


def test_where_no_option_wins_every_comparison_the_message_says_so(town: Town) -> None:
    message = town.ask(text='ranking "Lunch?" "Tacos" "Sushi" "Soup"')
    circle = ("012", "012", "120", "201")
    for person, order in zip(FIVE, circle, strict=False):
        rank(town, person, message, *order)
    town.press("U0ANA", message, "polls.close")
    assert (
        "*Tacos* comes first, though no option is preferred to every other one: "
        "the strongest chain of comparisons decides."
    ) in message.text


def test_options_that_are_level_are_all_named(town: Town) -> None:
    message = town.ask(text='ranking "Lunch?" "Tacos" "Sushi" "Soup"')
    rank(town, "U0BEN", message, "0", "1")
    rank(town, "U0JO", message, "1", "0")
    town.press("U0ANA", message, "polls.close")
    assert "1. Tacos · first choice of 1 of 2\n1. Sushi · first choice of 1 of 2\n3. Soup" in message.text
    assert "A tie between *Tacos* and *Sushi*." in message.text


def test_how_it_is_counted_is_explained_with_its_source_and_the_comparisons(town: Town) -> None:
    message = ranked_by_five(town)
    town.press("U0JO", message, "polls.method")
    shown = text_of(town.modal("U0JO").blocks)
    assert "*The Schulze method*" in shown
    assert "Each two options are compared by themselves" in shown
    assert "Social Choice and Welfare 36 (2011), 267–303." in shown
    assert (
        "*Tacos* before *Sushi*: 4 · the other way round: 1\n"
        "*Tacos* before *Soup*: 4 · the other way round: 1\n"
        "*Tacos* before *Pizza*: 5 · the other way round: 0\n"
        "*Sushi* before *Soup*: 2 · the other way round: 2\n"
        "*Sushi* before *Pizza*: 3 · the other way round: 1\n"
        "*Soup* before *Pizza*: 3 · the other way round: 1"
    ) in shown


# --- who sees it, and when ---


def test_places_wait_for_the_close_where_they_are_hidden(town: Town) -> None:
    message = ranked_by_five(town, f"hidden {LUNCH}")
    assert "first choice of" not in f"{message.text}{message.blocks}"
    town.press("U0JO", message, "polls.method")
    shown = text_of(town.modal("U0JO").blocks)
    assert "How it stands is shown when it closes." in shown
    assert "the other way round" not in shown
    town.press("U0ANA", message, "polls.close")
    assert "1. Tacos · first choice of 3 of 5" in message.text


def test_whoever_has_voted_sees_the_places_in_my_vote(town: Town) -> None:
    message = ranked_by_five(town, f"after-vote {LUNCH}")
    assert "first choice of" not in f"{message.text}{message.blocks}"
    town.press("U0BEN", message, "polls.my_vote")
    assert "1. Tacos · first choice of 3 of 5" in text_of(town.modal("U0BEN").blocks)
    town.press("U0JO", message, "polls.my_vote")
    assert "first choice of" not in text_of(town.modal("U0JO").blocks)


def test_the_owner_alone_sees_the_places_where_that_was_asked(town: Town) -> None:
    message = ranked_by_five(town, f"owners {LUNCH}")
    town.press("U0ANA", message, "polls.results")
    assert "1. Tacos · first choice of 3 of 5" in text_of(town.modal("U0ANA").blocks)
    town.press("U0BEN", message, "polls.results")
    assert "first choice of" not in text_of(town.modal("U0BEN").blocks)
    town.press("U0ANA", message, "polls.close")
    assert "1. Tacos · first choice of 3 of 5" in town.direct("U0ANA")[-1].text


def test_everybody_sees_whose_order_is_which_where_names_are_shown(town: Town) -> None:
    message = ranked_by_five(town, f"named {LUNCH}")
    assert "<@U0BEN>" not in message.text
    town.press("U0JO", message, "polls.who")
    shown = text_of(town.modal("U0JO").blocks)
    assert "<@U0ANA>: 1. Tacos, 2. Sushi, 3. Soup" in shown
    assert "<@U0BEN>: 1. Tacos, 2. Soup" in shown


def test_many_orders_are_listed_page_by_page(town: Town) -> None:
    message = town.ask(text=f"named {LUNCH}")
    vote_of_many(town, 60, (2, 0))
    town.press("U0JO", message, "polls.who")
    view = town.modal("U0JO")
    assert text_of(view.blocks).count("<@U") == 50
    menu = next(block for block in view.blocks if block["type"] == "actions")
    town.playground.gestures.act("U0JO", f"view:{view.id}", menu["block_id"], "polls.order_page", "1")
    town.settle()
    shown = text_of(town.modal("U0JO").blocks)
    assert shown.count("<@U") == 10
    assert "<@U0059>: 1. Soup, 2. Tacos" in shown


def test_one_persons_order_is_found_by_their_name(town: Town) -> None:
    message = ranked_by_five(town, f"named {LUNCH}")
    town.press("U0JO", message, "polls.who")
    for person, told in (
        ("U0GIL", "<@U0GIL>: 1. Soup, 2. Tacos, 3. Sushi"),
        ("U0JO", "<@U0JO> has not voted."),
    ):
        view = town.modal("U0JO")
        menu = next(block for block in view.blocks if block["type"] == "actions")
        town.playground.gestures.act("U0JO", f"view:{view.id}", menu["block_id"], "polls.order_of", person)
        town.settle()
        shown = text_of(town.modal("U0JO").blocks)
        assert told in shown
        assert "<@U0BEN>" not in shown


def test_an_anonymous_ranking_shows_its_places_after_the_close_and_keeps_the_orders(town: Town) -> None:
    message = ranked_by_five(town, f"anonymous {LUNCH}")
    town.press("U0BEN", message, "polls.my_vote")
    assert "Your order: 1. *Tacos*, 2. *Soup*." in text_of(town.modal("U0BEN").blocks)
    assert "first choice of" not in f"{message.text}{message.blocks}"
    town.press("U0ANA", message, "polls.close")
    assert "1. Tacos · first choice of 3 of 5\n2. Sushi · first choice of 1 of 5" in message.text


def test_of_an_anonymous_ranking_of_fewer_than_five_nothing_is_shown(town: Town) -> None:
    message = town.ask(text=f"anonymous {LUNCH}")
    for person in FIVE[:4]:
        rank(town, person, message, TACOS, SOUP)
    town.press("U0ANA", message, "polls.close")
    assert "Too few people voted to show results (fewer than 5)." in message.text
    town.press("U0ANA", message, "polls.method")
    assert "the other way round" not in text_of(town.modal("U0ANA").blocks)


def test_an_anonymous_ranking_in_which_all_put_the_same_first_says_so(town: Town) -> None:
    message = town.ask(text=f"anonymous {LUNCH}")
    for person, second in zip(FIVE, (SOUP, SUSHI, PIZZA, SOUP, SUSHI), strict=True):
        rank(town, person, message, TACOS, second)
    town.press("U0ANA", message, "polls.close")
    assert "Everybody who voted put the same option first." in message.text


def test_the_ballots_of_a_ranking_with_receipts_are_published_in_each_voters_order(town: Town) -> None:
    terms = Terms(Level.ANONYMOUS, has_receipts=True, most=0, kind=PollKind.RANKING)
    wanted = draft("Lunch?", asked(("Tacos", "Sushi", "Soup", "Pizza")), "en", terms)
    place = Place(GENERAL, "here")
    service.ask(
        town.database, Who("T0PLAYGRD", "T0PLAYGRD", "U0ANA"), wanted, place, town.palabre.tools.now()
    )
    town.settle()
    message = town.posted()[-1]
    codes = {}
    orders = (("0", "1"), ("0", "2"), ("1", "0"), ("2", "1", "0"), ("3",))
    for person, order in zip(FIVE, orders, strict=True):
        fill(town, person, message, *order)
        town.submit(person)
        codes[person] = code_in(text_of(town.modal(person).blocks))
        town.playground.gestures.close(person, town.modal(person).id)
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    assert "the numbers of the options in your order; 0 is “Tacos”." in said.text
    found = from_text(text_in(town, said))
    assert (found.kind, found.firsts, found.voters) == ("ranking", (2, 1, 1, 1), 5)
    assert recount(found).agrees(found)
    assert ballot(found, codes["U0DRISS"]) == ("Soup", "Sushi", "Tacos")


# --- what does not fit, and what is hostile ---


def test_forty_long_options_with_ten_places_fit_everywhere(town: Town) -> None:
    options = " ".join(f'"{number:02}{"&" * 73}"' for number in range(40))
    message = town.ask(text=f'named ranking "{"&" * 300}" {options}')
    town.press("U0BEN", message, "polls.my_vote")
    assert len(labels(town, "U0BEN")) == 10
    vote_of_many(town, 60, range(39, 29, -1))
    assert sum(map(kit.text_size, message.blocks)) <= kit.ALL_TEXT
    assert "1. 39" in message.text
    assert "and 30 more options" in text_of(message.blocks)
    town.press("U0JO", message, "polls.who")
    assert text_of(town.modal("U0JO").blocks).count("<@U") == 50
    town.press("U0ANA", message, "polls.close")
    town.press("U0ANA", message, "polls.results")
    assert "1. 39" in text_of(town.modal("U0ANA").blocks)


def test_a_hundred_options_that_take_most_room_fit_into_the_window_cut_short(town: Town) -> None:
    options = " ".join(f'"{number:02}{"é" * 73}"' for number in range(100))
    message = town.ask(text=f'ranking "Which?" {options}')
    town.press("U0BEN", message, "polls.my_vote")
    [first, *_] = [each["element"] for each in town.modal("U0BEN").blocks if each["type"] == "input"]
    assert first["options"][99]["text"]["text"] == f"99{'é' * 22}…"


def test_twenty_long_options_fit_into_the_message(town: Town) -> None:
    options = " ".join(f'"{number:02}{"&" * 73}"' for number in range(20))
    message = town.ask(text=f'ranking lang fr "{"&" * 300}" {options}')
    vote_of_many(town, 7, range(9, -1, -1))
    town.press("U0ANA", message, "polls.close")
    assert sum(map(kit.text_size, message.blocks)) <= kit.ALL_TEXT
    assert "1. 09" in message.text


def test_a_click_for_one_option_alone_is_answered_with_the_way_to_vote(town: Town) -> None:
    plain = town.ask(text='"Lunch?" "Tacos" "Sushi"')
    ranking = town.ask(text=LUNCH)
    poll = next(
        element["value"] for block in ranking.blocks for element in block.get("elements", ())
        if element.get("action_id") == "polls.my_vote"
    )  # fmt: skip
    plain.blocks[1]["accessory"]["value"] = poll
    town.press("U0BEN", plain, "polls.vote:0")
    assert town.whispers("U0BEN", GENERAL)[-1] == (
        "In this poll you put the options in order. Press Vote and do it there."
    )
    assert "0 people have voted" in ranking.text


@pytest.mark.parametrize("wish", ["classement", "--classement"])
def test_it_is_the_same_in_french(town: Town, wish: str) -> None:
    message = town.ask("U0CHLOE", f"{wish} « Midi ? » « Tacos » « Sushi »", "C0LYON")
    assert "Classez autant d’options que vous voulez" in message.text
    town.press("U0CHLOE", message, "polls.my_vote")
    assert labels(town, "U0CHLOE") == ["1er choix", "2e choix"]
    town.fill("U0CHLOE", place_1="1", place_2="1")
    town.submit("U0CHLOE")
    assert town.modal("U0CHLOE").errors == {
        "place_2": "Cette option a déjà une place plus haut. Choisissez-en une autre ici, ou aucune."
    }
    town.fill("U0CHLOE", place_2="0")
    town.submit("U0CHLOE")
    town.playground.gestures.close("U0CHLOE", town.modal("U0CHLOE").id)
    assert "1. Sushi · premier choix de 1 sur 1\n2. Tacos · premier choix de personne" in message.text
    town.press("U0CHLOE", message, "polls.close")
    assert "*Sushi* arrive en tête\u00a0: face à chaque autre option" in message.text
    town.press("U0CHLOE", message, "polls.method")
    assert town.modal("U0CHLOE").payload["title"]["text"] == "Comment c’est compté"

"""A poll whose options each voter sees in an order of their own."""

from slack_app.playground.workspace import Message
from tests.stories.test_anonymous_polls import form
from tests.stories.town import Town, text_of

LETTERS = '"Which?" "A" "B" "C" "D" "E" "F"'


def seen(town: Town, user: str, message: Message) -> list[str]:
    """Return the values of the options in the order this person sees."""
    town.press(user, message, "polls.my_vote")
    view = town.modal(user)
    field = next(block for block in view.blocks if block.get("block_id") == "option")
    town.playground.gestures.close(user, view.id)
    return [option["value"] for option in field["element"]["options"]]


def test_voters_see_the_options_in_different_orders_that_stay(town: Town) -> None:
    message = town.ask(text=f"shuffle {LETTERS}")
    orders = {tuple(seen(town, person, message)) for person in ("U0BEN", "U0CHLOE", "U0JO", "U0DRISS")}
    assert len(orders) > 1
    assert all(sorted(each) == list("012345") for each in orders)
    assert seen(town, "U0BEN", message) == seen(town, "U0BEN", message)


def test_the_vote_is_for_the_option_chosen_wherever_it_stood(town: Town) -> None:
    message = town.ask(text=f"shuffle limit 2 {LETTERS}")
    assert "polls.vote:" not in str(message.blocks)
    assert (
        "Choose up to 2 · Each voter sees the options in another order · Press Vote to choose" in message.text
    )
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option=["1", "4"])
    town.submit("U0BEN")
    assert "A: 0 votes · 0%\nB: 1 vote · 100%" in message.text
    assert "E: 1 vote · 100%" in message.text
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *B*, *E*." in text_of(town.modal("U0BEN").blocks)


def test_an_anonymous_poll_may_be_shuffled(town: Town) -> None:
    message = town.ask(text=f"anonymous shuffle {LETTERS}")
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option="3")
    town.submit("U0BEN")
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *D*." in text_of(town.modal("U0BEN").blocks)


def test_the_form_offers_it(town: Town) -> None:
    form(town, level="hidden", order=["shuffled"])
    town.submit("U0ANA")
    assert "Each voter sees the options in another order" in town.posted()[-1].text


def test_it_is_the_same_in_french(town: Town) -> None:
    message = town.ask("U0CHLOE", "mélanger « Quoi ? » « Thé » « Café »", "C0LYON")
    assert "Chaque personne voit les options dans un autre ordre" in message.text

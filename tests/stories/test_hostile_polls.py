"""What hostile people and odd moments do where the parts of polls meet: nothing told, doubled or lost."""

import pytest

from slack_app.kit.incoming import Who
from slack_app.polls import orders, service
from surveys.options import Adding, asked
from surveys.polls import Terms
from surveys.seeing import PollKind
from tests.stories import drafts
from tests.stories.test_poll_adding import add, poll_id
from tests.stories.town import Town, text_of

HOME = drafts.HOME


def who(user: str) -> Who:
    return Who(HOME, HOME, user)


# --- names ---


def test_nobodys_order_is_found_by_name_where_names_are_hidden(town: Town) -> None:
    message = drafts.asked(town, asked("ABC"), terms=Terms(kind=PollKind.RANKING, most=0))
    service.choose(town.database, who("U0BEN"), poll_id(message), (2, 0), town.palabre.tools.now())
    assert orders.of(town.database, who("U0JO"), poll_id(message), "U0BEN").listed == ()


# --- options that voters add ---


def test_more_choices_than_options_at_least_are_refused_though_voters_may_add(town: Town) -> None:
    town.say("U0ANA", '/poll at-least 3 add-choice "Lunch?" "Soup" "Salad"')
    assert town.posted() == []
    assert "You ask for 3 choices, but there are 2 options." in town.whispers("U0ANA")[-1]


@pytest.mark.parametrize("text", ["🍕 Pizza", "pizza", "Pizza\u200b", "\u202ePizza\u202c"])
def test_an_option_that_looks_like_another_is_not_added(town: Town, text: str) -> None:
    message = town.ask(text='add-choice "Lunch?" 🍕 "Pizza" "Soup"')
    add(town, "U0BEN", message, text)
    assert "is there twice" in town.modal("U0BEN").errors["added"]


def test_no_option_turns_the_direction_of_the_votes_behind_it(town: Town) -> None:
    terms = Terms(adding=Adding.ANYONE)
    message = drafts.asked(town, asked(["Soup\u202e", "Salad"]), "Lunch\u2067?", terms=terms)
    add(town, "U0BEN", message, "\u202eRamen")
    assert "Ramen: 0 votes" in message.text
    assert not {"\u202e", "\u2067"} & {*message.text, *text_of(message.blocks)}

"""What hostile people and odd moments do where the parts of polls meet: nothing told, doubled or lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from slack_app.kit.incoming import Who
from slack_app.kit.words import words
from slack_app.polls import names, outcomes, service
from slack_app.polls.adding import service as adding_service
from slack_app.polls.asking import mentions
from slack_app.polls.kinds import orders
from slack_app.polls.names import Asked
from surveys.anonymity import Level
from surveys.ballots import OptionTakenAway
from surveys.options import Adding, Option, asked
from surveys.polls import Terms, draft
from surveys.seeing import PollKind, Seeing
from tests.stories import drafts
from tests.stories.test_poll_adding import add, counted, poll_id
from tests.stories.town import Town, text_of

HOME = drafts.HOME


def who(user: str) -> Who:
    return Who(HOME, HOME, user)


# --- names ---


def test_nobodys_order_is_found_by_name_where_names_are_hidden(town: Town) -> None:
    message = drafts.asked(town, asked("ABC"), terms=Terms(kind=PollKind.RANKING, most=0))
    service.choose(town.database, who("U0BEN"), poll_id(message), (2, 0), town.palabre.tools.now())
    seen_by_jo = outcomes.results(town.database, HOME, poll_id(message), who("U0JO"))
    assert orders.of(town.database, seen_by_jo, "U0BEN").listed == ()


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


@pytest.mark.parametrize("kind", [PollKind.CHOICE, PollKind.RANKING])
def test_votes_for_options_that_are_taken_away_at_once_leave_the_tallies_right(
    town: Town, kind: PollKind
) -> None:
    terms = Terms(kind=kind, most=0, adding=Adding.ANYONE)
    message = drafts.asked(town, asked("AB"), terms=terms)
    poll, now, owner = poll_id(message), town.palabre.tools.now(), town.palabre.tools.known(who("U0ANA"))
    for number in range(2, 6):
        adding_service.add(town.database, who(f"U{number}"), poll, f"Dish {number}", now)

    def vote(turn: int) -> None:
        with suppress(OptionTakenAway):
            service.choose(town.database, who(f"U{turn}"), poll, (turn % 6, (turn + 1) % 6), now)

    def take_away(number: int) -> None:
        adding_service.take_away(town.database, owner, who("U0ANA"), poll, number, now)

    with ThreadPoolExecutor(6) as threads:
        done = [threads.submit(vote, turn) for turn in range(12)]
        done += [threads.submit(take_away, number) for number in range(2, 6)]
        done += [threads.submit(vote, turn) for turn in range(12)]
        for each in done:
            each.result()
    votes, _ = counted(town.database, message)
    assert votes[2:] == (0, 0, 0, 0)
    assert sum(votes[:2]) > 0


# --- more than fits ---


def many(count: int, letter: str) -> list[str]:
    return [f"{number:02}".ljust(75, letter) for number in range(count)]


@pytest.mark.parametrize(("count", "letter"), [(45, "x"), (100, "&")])
def test_whoever_chose_many_long_options_still_sees_and_changes_that(
    town: Town, count: int, letter: str
) -> None:
    terms = Terms(Level.NAMED, most=0)
    message = drafts.asked(town, asked(many(count, letter)), terms=terms)
    every = tuple(range(count))
    service.choose(town.database, who("U0BEN"), poll_id(message), every, town.palabre.tools.now())
    town.press("U0BEN", message, "polls.my_vote")
    told = text_of(town.modal("U0BEN").blocks)
    assert "*00" in told
    assert f"*{count - 1:02}" in told
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.take_back")
    assert "0 people have voted" in message.text


def test_somebody_who_chose_many_long_options_is_found_by_name(town: Town) -> None:
    message = drafts.asked(town, asked(many(100, "&")), terms=Terms(Level.NAMED, most=0))
    every = tuple(range(100))
    service.choose(town.database, who("U0BEN"), poll_id(message), every, town.palabre.tools.now())
    outcome = outcomes.who_voted(town.database, who("U0JO"), poll_id(message))
    view = names.who_modal(outcome, Asked(person="U0BEN"), words("fr"))
    assert text_of(view["blocks"]).count("<@U0BEN> a voté pour") > 1


def test_ten_places_of_options_that_take_most_room_are_seen_in_my_vote(town: Town) -> None:
    message = drafts.asked(town, asked(many(10, "&")), terms=Terms(kind=PollKind.RANKING, most=0))
    order = tuple(range(10))
    service.choose(town.database, who("U0BEN"), poll_id(message), order, town.palabre.tools.now())
    town.press("U0BEN", message, "polls.my_vote")
    assert "10. *09" in text_of(town.modal("U0BEN").blocks)


def test_the_longest_poll_is_read_back_to_whoever_wrote_it(town: Town) -> None:
    message = drafts.asked(town, asked("AB"))
    with town.database.begin() as store:
        poll = store.polls.find(HOME, poll_id(message))
    assert poll is not None
    longest = draft("&" * 300, asked(many(100, "&")), "fr")
    assert mentions.read_back(poll, longest, "Europe/Paris", words("fr")).text.endswith("\n…")


def test_the_results_of_the_longest_quiz_fit_into_their_window(town: Town) -> None:
    options = [Option(text, is_right=number < 10) for number, text in enumerate(many(100, "&"))]
    terms = Terms(kind=PollKind.QUIZ, most=0, explanation="&" * 500, seeing=Seeing.AFTER_CLOSE)
    message = drafts.asked(town, options, "&" * 300, terms=terms)
    service.choose(town.database, who("U0BEN"), poll_id(message), (0, 99), town.palabre.tools.now())
    town.press("U0ANA", message, "polls.close")
    town.press("U0BEN", message, "polls.results")
    assert "Right answers: *00" in text_of(town.modal("U0BEN").blocks)

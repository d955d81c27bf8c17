"""Who sees how a poll stands, and when: all along, after one's vote, after the close, or the asker alone."""

import pytest

from slack_app.playground.workspace import Message
from tests.stories.test_anonymous_polls import form
from tests.stories.town import Town, text_of

LUNCH = '"Lunch?" "Tacos" "Sushi"'


def my_vote(town: Town, user: str, message: Message) -> str:
    town.press(user, message, "polls.my_vote")
    return text_of(town.modal(user).blocks)


def results(town: Town, user: str, message: Message) -> str:
    town.press(user, message, "polls.results")
    return text_of(town.modal(user).blocks)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("after-vote", "Once you have voted, you see how it stands."),
        ("after-close", "How it stands is shown when it closes."),
        ("hidden", "How it stands is shown when it closes."),
        ("owners", "Results go to <@U0ANA>."),
    ],
)
def test_the_message_tells_how_many_have_voted_and_no_counts(town: Town, wish: str, told: str) -> None:
    message = town.ask(text=f"{wish} {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    assert message.text == (
        f"Poll by <@U0ANA>: Lunch?\nTacos\nSushi\n{told}\n"
        "Asked by <@U0ANA> · 1 person has voted · Press Vote; press it again to take your vote back\n"
        "Palabre keeps who voted for what, but shows names to nobody."
    )
    shown = text_of(message.blocks)
    assert told in shown
    assert "░" not in shown


def test_live_is_the_usual(town: Town) -> None:
    message = town.ask(text=f"live {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    assert "Sushi: 1 vote · 100%" in message.text


def test_after_vote_shows_the_counts_to_those_who_voted_alone(town: Town) -> None:
    message = town.ask(text=f"after-vote {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    assert "1 vote · 100%" in my_vote(town, "U0BEN", message)
    assert "1 vote" not in my_vote(town, "U0JO", message)
    town.say("U0ANA", "/poll results")
    assert "1 vote" not in town.whispers("U0ANA")[-1]


def test_after_vote_a_vote_taken_back_takes_the_counts_away(town: Town) -> None:
    message = town.ask(text=f"after-vote {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0JO", message, "polls.vote:1")
    town.playground.gestures.move_clock(5)
    town.press("U0BEN", message, "polls.vote:1")
    assert "1 vote" not in my_vote(town, "U0BEN", message)


@pytest.mark.parametrize("wish", ["after-vote", "after-close"])
def test_once_closed_everybody_sees_the_counts(town: Town, wish: str) -> None:
    message = town.ask(text=f"{wish} {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0ANA", message, "polls.close")
    assert "Tacos: 0 votes · 0%\nSushi: 1 vote · 100%" in message.text
    assert "shown when it closes" not in message.text


def test_until_the_close_nobody_sees_the_counts_the_asker_included(town: Town) -> None:
    message = town.ask(text=f"after-close {LUNCH}")
    town.press("U0ANA", message, "polls.vote:1")
    town.say("U0ANA", "/poll results")
    assert "How it stands is shown when it closes." in town.whispers("U0ANA")[-1]
    assert "1 vote" not in town.whispers("U0ANA")[-1]
    assert "1 vote" not in my_vote(town, "U0ANA", message)


def test_owners_see_the_counts_and_others_never_do(town: Town) -> None:
    message = town.ask(text=f"owners {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    assert "1 vote · 100%" in results(town, "U0ANA", message)
    assert "1 vote" not in results(town, "U0BEN", message)
    town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
    town.press("U0ANA", message, "polls.close")
    assert "Results go to <@U0ANA>." in message.text
    assert "1 vote" not in message.text
    told = town.direct("U0ANA")[-1].text
    assert "Its results go to you alone." in told
    assert "Sushi: 1 vote · 100%" in told
    assert "1 vote" not in my_vote(town, "U0JO", message)


def test_results_tell_how_it_stands_and_not_how_to_vote(town: Town) -> None:
    message = town.ask(text=f"owners {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    assert "Press Vote" in message.text
    assert results(town, "U0ANA", message).endswith("Asked by <@U0ANA> · 1 person has voted")
    town.say("U0ANA", "/poll results")
    assert town.whispers("U0ANA")[-1].endswith("Asked by <@U0ANA> · 1 person has voted")


def test_the_form_asks_who_sees_the_counts(town: Town) -> None:
    form(town, level="hidden", seeing="after_close")
    town.submit("U0ANA")
    assert "How it stands is shown when it closes." in town.posted()[-1].text


def test_the_form_opens_with_what_was_wished(town: Town) -> None:
    town.say("U0ANA", "/poll after-vote")
    assert town.modal("U0ANA").state["seeing"]["seeing"]["selected_option"]["value"] == "after_vote"


@pytest.mark.parametrize("wish", ["live", "after-vote"])
def test_what_is_anonymous_is_never_seen_before_its_close(town: Town, wish: str) -> None:
    town.say("U0ANA", f"/poll anonymous {wish} {LUNCH}")
    assert town.posted() == []
    assert town.whispers("U0ANA")[-1].startswith(
        "An anonymous poll shows no counts before it closes. Leave out what says when they are seen"
    )


def test_anonymous_results_for_owners_alone_may_be_wished(town: Town) -> None:
    message = town.ask(text=f"anonymous owners {LUNCH}")
    assert "Results come after the close, to <@U0ANA> alone" in message.text


def test_it_is_the_same_in_french(town: Town) -> None:
    message = town.ask("U0CHLOE", "après-vote « Midi ? » « Tacos » « Sushi »", "C0LYON")
    assert "Une fois que vous avez voté, vous voyez où en est le sondage." in message.text
    town.press("U0CHLOE", message, "polls.vote:0")
    assert "1 vote · 100\u00a0%" in my_vote(town, "U0CHLOE", message)


@pytest.mark.parametrize("words", ["", "anonymous "])
def test_a_hundred_long_options_leave_room_for_the_state_and_what_is_promised(town: Town, words: str) -> None:
    options = " ".join(f'"{number:03} {"&" * 71}"' for number in range(100))
    message = town.ask(text=f'{words}"Which?" {options}')
    assert "more options: press Vote to see them all" in message.text
    assert message.text.endswith(
        "only if at least 5 people answered."
        if words
        else "Palabre keeps who voted for what, but shows names to nobody."
    )
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.close")
    assert "more options: press Results to see them all" in message.text
    town.press("U0BEN", message, "polls.results")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "more, none chosen more often" in shown or "Too few people voted" in shown

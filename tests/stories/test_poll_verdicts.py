"""What came of a closed poll: the option that won, those that tie, what is too close, and the turnout."""

from dataclasses import replace
from datetime import UTC, datetime

from slack_app.kit.words import words
from slack_app.polls import blocks
from slack_app.polls.labels import other
from surveys.options import asked
from surveys.polls import Poll
from surveys.standings import outcome
from tests.stories.town import Town, text_of

LUNCH = '"Lunch?" "Tacos" "Sushi" "Soup"'
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CLOSED = Poll("p", "T1", "U0ANA", "C1", "Lunch?", asked(("Tacos", "Sushi")), "en", NOON, closed_at=NOON)
CLOSE = "Too close to call: among so few votes a lead as small as this one may be chance."


def told(poll: Poll, *votes: int) -> str:
    return blocks.poll_message(outcome(poll, votes, sum(votes)), words(poll.language)).text


def test_the_option_with_the_most_votes_is_named(town: Town) -> None:
    message = town.ask(text=LUNCH)
    for person in ("U0BEN", "U0CHLOE", "U0JO"):
        town.press(person, message, "polls.vote:1")
    assert "has the most votes" not in message.text
    town.press("U0ANA", message, "polls.close")
    assert "\n*Sushi* has the most votes.\n" in message.text
    assert "*Sushi* has the most votes." in text_of(message.blocks)


def test_options_that_tie_are_all_named(town: Town) -> None:
    message = town.ask(text=LUNCH)
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0CHLOE", message, "polls.vote:2")
    town.press("U0ANA", message, "polls.close")
    assert "A tie between *Sushi* and *Soup*." in message.text


def test_of_several_that_tie_the_last_has_an_and_and_the_other_one_no_dots() -> None:
    three = replace(CLOSED, options=(*asked(("Tacos", "Sushi")), other("en")))
    assert "A tie between *Tacos*, *Sushi* and *Other*." in told(three, 2, 2, 2)


def test_where_nobody_voted_nothing_is_named(town: Town) -> None:
    message = town.ask(text=LUNCH)
    town.press("U0ANA", message, "polls.close")
    assert "tie" not in message.text
    assert "most votes" not in message.text


def test_a_lead_that_may_be_chance_is_too_close_to_call() -> None:
    assert f"*Tacos* has the most votes. {CLOSE}" in told(CLOSED, 55, 45)
    assert CLOSE not in told(CLOSED, 70, 30)


def test_where_everybody_voted_nothing_is_left_to_chance() -> None:
    poll = replace(CLOSED, audience=100)
    assert CLOSE not in told(poll, 51, 49)
    assert "100 people have voted, of 100 who could (100%)" in told(poll, 51, 49)


def test_the_turnout_is_of_those_who_could_vote() -> None:
    assert "30 people have voted, of 120 who could (25%)" in told(replace(CLOSED, audience=120), 20, 10)
    assert "30 people have voted · Closed" in told(CLOSED, 20, 10)


def test_it_is_the_same_in_french() -> None:
    french = replace(CLOSED, language="fr", audience=200)
    assert "*Tacos* a le plus de voix. Trop serré pour trancher\u00a0: sur si peu de votes" in told(
        french, 11, 9
    )
    assert "20 personnes ont voté, sur 200 qui pouvaient (10\u00a0%)" in told(french, 11, 9)
    assert "Égalité entre *Tacos* et *Sushi*." in told(french, 10, 10)

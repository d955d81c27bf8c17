"""A closed poll as those in the channel see it: its chart, its numbers, and how many could have voted."""

from typing import Any

import pytest

from slack_app.playground.workspace import Message
from surveys.options import Option, asked
from tests.stories import drafts
from tests.stories.test_anonymous_polls import FIVE
from tests.stories.town import GENERAL, Town, text_of

LUNCH = '"Lunch?" "Tacos" "Sushi"'


def closed(town: Town, text: str = LUNCH) -> Message:
    """A poll for which two voted, Ben and Chloé, closed."""
    message = town.ask(text=text)
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0CHLOE", message, "polls.vote:1")
    town.press("U0ANA", message, "polls.close")
    return message


def chart_of(message: Message) -> dict[str, Any]:
    [chart] = [block for block in message.blocks if block["type"] == "data_visualization"]
    return dict(chart)


def test_a_chart_shows_the_votes_and_the_numbers_stay_beside_it(town: Town) -> None:
    message = closed(town)
    points = [{"label": "Tacos", "value": 0}, {"label": "Sushi", "value": 2}]
    assert chart_of(message)["chart"] == {
        "type": "bar",
        "series": [{"name": "Votes", "data": points}],
        "axis_config": {"categories": ["Tacos", "Sushi"]},
    }
    assert "Tacos: 0 votes · 0%\nSushi: 2 votes · 100%" in text_of(message.blocks)


def test_the_text_says_what_the_blocks_say(town: Town) -> None:
    assert closed(town).text == (
        "Poll by <@U0ANA>: Lunch?\n"
        "Tacos: 0 votes · 0%\n"
        "Sushi: 2 votes · 100%\n"
        "*Sushi* has the most votes.\n"
        "Asked by <@U0ANA> · 2 people have voted, of 12 who could (17%) · Closed\n"
        "Palabre keeps who voted for what, but shows names to nobody."
    )


def test_while_it_is_open_there_is_no_chart_and_nobody_is_counted(town: Town) -> None:
    message = town.ask(text=LUNCH)
    assert "data_visualization" not in str(message.blocks)
    assert "who could" not in message.text


def test_long_labels_stay_apart_in_the_chart(town: Town) -> None:
    message = closed(town, '"Lunch?" "The same long beginning, one" "The same long beginning, two"')
    labels = chart_of(message)["chart"]["axis_config"]["categories"]
    assert labels == ["The same long begin…", "2. The same long b…"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("anonymous " + LUNCH, "Too few people voted to show results"),
        ("owners " + LUNCH, "Results go to <@U0ANA>."),
    ],
)
def test_what_is_withheld_has_no_chart(town: Town, text: str, why: str) -> None:
    message = closed(town, text)
    assert "data_visualization" not in str(message.blocks)
    assert why in message.text


def test_where_nobody_voted_there_is_no_chart(town: Town) -> None:
    message = town.ask(text=LUNCH)
    town.press("U0ANA", message, "polls.close")
    assert "data_visualization" not in str(message.blocks)
    assert "0 people have voted, of" in message.text


def test_what_is_anonymous_is_charted_once_it_is_counted(town: Town) -> None:
    message = town.ask(text="anonymous " + LUNCH)
    for person in FIVE:
        town.press(person, message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    assert "data_visualization" in str(message.blocks)
    assert "Everybody who voted chose the same option." in message.text


def test_where_slack_draws_no_charts_the_numbers_are_bars_of_text(town: Town) -> None:
    town.playground.workspace.takes_charts = False
    message = closed(town)
    assert "Sushi\n██████████ 2 votes · 100%" in text_of(message.blocks)
    assert "*Sushi* has the most votes." in message.text


def test_where_slack_does_not_tell_who_is_there_the_poll_closes_all_the_same(town: Town) -> None:
    message = town.ask(text=LUNCH)
    town.press("U0BEN", message, "polls.vote:1")
    town.playground.faults.next("conversations.members", "missing_scope")
    town.press("U0ANA", message, "polls.close")
    assert "1 person has voted · Closed" in message.text


def test_of_very_many_people_the_part_who_voted_is_not_told(town: Town) -> None:
    town.playground.workspace.channels[GENERAL].members |= {f"U1{number:04}" for number in range(1200)}
    assert "2 people have voted · Closed" in closed(town).text


def test_more_voters_than_people_counted_are_no_part_of_them(town: Town) -> None:
    message = town.ask(text=LUNCH)
    for person in ("U0BEN", "U0CHLOE", "U0DRISS"):
        town.press(person, message, "polls.vote:1")
    town.playground.workspace.channels[GENERAL].members -= town.playground.workspace.users.keys() - {"U0ANA"}
    town.playground.workspace.channels[GENERAL].members |= {"U0PALABRE"}
    town.press("U0ANA", message, "polls.close")
    assert "3 people have voted · Closed" in message.text


def test_my_vote_says_after_the_close_what_one_voted(town: Town) -> None:
    message = closed(town)
    town.press("U0BEN", message, "polls.my_vote")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "You voted for *Sushi*." in shown
    assert "This poll is closed, so votes no longer change." in shown
    town.press("U0JO", message, "polls.my_vote")
    late = text_of(town.modal("U0JO").blocks)
    assert "You did not vote. This poll is closed." in late
    assert "no longer change" not in late


def test_a_late_press_is_answered(town: Town) -> None:
    message = town.ask(text=LUNCH)
    before = [dict(block) for block in message.blocks]
    town.press("U0ANA", message, "polls.close")
    message.blocks = before
    town.press("U0BEN", message, "polls.vote:1")
    assert town.whispers("U0BEN")[-1].startswith("This poll is closed, so votes no longer change.")


def test_it_is_the_same_in_french(town: Town) -> None:
    message = drafts.asked(town, asked(("Tacos", "Sushi")), "Midi ?", "fr")
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0ANA", message, "polls.close")
    assert chart_of(message)["title"] == "Répartition des voix"
    assert "*Sushi* a le plus de voix." in message.text
    assert "1 personne a voté, sur " in message.text


def test_twenty_long_options_that_tie_fit_into_the_closed_message(town: Town) -> None:
    options = [Option(f"{number:02}{'&' * 64}", ":parrot:") for number in range(20)]
    message = drafts.asked(town, options, "&" * 300)
    for number in range(5):
        person = FIVE[number]
        town.press(person, message, f"polls.vote:{number}")
    town.press("U0ANA", message, "polls.close")
    assert "Closed" in message.text
    assert "A tie between *:parrot: 00&amp;" in message.text

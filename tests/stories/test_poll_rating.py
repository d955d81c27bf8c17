"""A rating, as those in the channel see it: one press each, the mean, and how the votes lie on the scale."""

from typing import Any

import pytest

from slack_app.kit.words import words
from slack_app.playground.workspace import Message
from slack_app.polls import blocks
from surveys.options import asked
from surveys.polls import Poll
from surveys.seeing import PollKind
from surveys.standings import outcome
from tests.stories.test_poll_verdicts import CLOSED
from tests.stories.town import Town, text_of

FIVE = ("U0BEN", "U0CHLOE", "U0JO", "U0DRISS", "U0GIL")


def row(message: Message) -> list[dict[str, Any]]:
    """The buttons with which one rates."""
    return next(block["elements"] for block in message.blocks if block.get("block_id") == "rating")


def rate(town: Town, message: Message, *options: int) -> None:
    for person, option in zip(FIVE, options, strict=False):
        town.press(person, message, f"polls.vote:{option}")


def test_one_row_of_small_buttons_rates_from_one_to_five(town: Town) -> None:
    message = town.ask(text='rating "How was it?"')
    assert [button["text"]["text"] for button in row(message)] == ["1", "2", "3", "4", "5"]
    assert row(message)[3]["accessibility_label"] == "Rate 4 of 5"
    assert message.text == (
        "Poll by <@U0ANA>: How was it?\n"
        "1: 0 votes · 0%\n2: 0 votes · 0%\n3: 0 votes · 0%\n4: 0 votes · 0%\n5: 0 votes · 0%\n"
        "Asked by <@U0ANA> · 0 people have voted · Press your rating; press it again to take it back\n"
        "Palabre keeps who voted for what, but shows names to nobody."
    )


def test_the_message_tells_the_mean_and_how_the_votes_lie(town: Town) -> None:
    message = town.ask(text='rating "How was it?"')
    rate(town, message, 4, 3, 3)
    assert "\n*4.3 of 5*, 3 votes · too few to say much\n1: 0 votes · 0%\n" in message.text
    assert (
        "*4.3 of 5*, 3 votes · too few to say much\n"
        "░░░░░░░░░░ 1 · 0 votes · 0%\n"
        "░░░░░░░░░░ 2 · 0 votes · 0%\n"
        "░░░░░░░░░░ 3 · 0 votes · 0%\n"
        "███████░░░ 4 · 2 votes · 67%\n"
        "███░░░░░░░ 5 · 1 vote · 33%"
    ) in text_of(message.blocks)


def test_another_rating_replaces_the_first_and_the_same_again_takes_it_back(town: Town) -> None:
    message = town.ask(text='rating "How was it?"')
    town.press("U0BEN", message, "polls.vote:4")
    town.press("U0BEN", message, "polls.vote:1")
    assert "*2.0 of 5*, 1 vote" in message.text
    town.move(seconds=2)
    town.press("U0BEN", message, "polls.vote:1")
    assert " of 5" not in message.text


def test_once_closed_the_mean_is_what_came_of_it_and_nothing_has_won(town: Town) -> None:
    message = town.ask(text='rating "How was it?"')
    rate(town, message, 4, 4, 4, 3, 3)
    assert "*4.6 of 5*, 5 votes\n" in message.text
    town.press("U0ANA", message, "polls.close")
    assert "*4.6 of 5*, 5 votes · likely from 3.3 to 5.0, had everybody voted\n" in message.text
    assert "most votes" not in message.text
    assert "Closed" in message.text
    assert '"rating"' not in str(message.blocks)


def test_a_scale_of_emojis_tells_the_place_on_it_and_the_nearest_one(town: Town) -> None:
    message = town.ask(text='rating "How was it?" 😞 😐 😀')
    assert [button["text"]["text"] for button in row(message)] == ["😞", "😐", "😀"]
    assert row(message)[2]["accessibility_label"] == "Rate 3 of 3: 😀"
    rate(town, message, 2, 2, 1)
    assert "*2.7 of 3, nearest to 😀*, 3 votes" in message.text


def test_a_scale_may_have_words_that_say_what_its_ends_mean(town: Town) -> None:
    message = town.ask(text='rating "How was it?" "1 bad" "2" "3" "4" "5 good"')
    assert [button["text"]["text"] for button in row(message)] == ["1 bad", "2", "3", "4", "5 good"]
    rate(town, message, 4, 4, 3)
    assert "*4.7 of 5, nearest to 5 good*, 3 votes" in message.text


def test_my_vote_shows_and_changes_the_rating(town: Town) -> None:
    message = town.ask(text='rating "How was it?"')
    town.press("U0BEN", message, "polls.vote:3")
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *4*." in text_of(town.modal("U0BEN").blocks)
    town.fill("U0BEN", option="0")
    town.submit("U0BEN")
    assert "*1.0 of 5*, 1 vote" in message.text


def test_after_a_vote_the_mean_is_seen_by_the_voter_alone(town: Town) -> None:
    message = town.ask(text='rating after-vote "How was it?"')
    town.press("U0BEN", message, "polls.vote:3")
    assert " of 5" not in message.text
    assert "░" not in text_of(message.blocks)
    town.press("U0BEN", message, "polls.my_vote")
    assert "*4.0 of 5*, 1 vote" in text_of(town.modal("U0BEN").blocks)


def test_an_anonymous_rating_tells_its_mean_after_the_count(town: Town) -> None:
    message = town.ask(text='anonymous rating "How was it?"')
    rate(town, message, 4, 4, 4, 3, 3)
    assert " of 5" not in message.text
    assert "Press your rating; change it or take it back with My vote" in message.text
    town.press("U0ANA", message, "polls.close")
    town.settle()
    assert "*4.6 of 5*, 5 votes" in message.text


def test_too_few_anonymous_ratings_tell_no_mean(town: Town) -> None:
    message = town.ask(text='anonymous rating "How was it?"')
    rate(town, message, 4, 4)
    town.press("U0ANA", message, "polls.close")
    town.settle()
    assert " of 5" not in message.text
    assert "Too few people voted to show results" in message.text


def test_who_gave_which_rating_is_shown_where_names_are(town: Town) -> None:
    message = town.ask(text='named rating "How was it?"')
    town.press("U0BEN", message, "polls.vote:3")
    assert "4: 1 vote · 100% · <@U0BEN>" in message.text
    assert "██████████ 4 · 1 vote · 100%\n<@U0BEN>" in text_of(message.blocks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'rating limit 2 "How was it?"',
            "Each person gives one rating. Leave out how many options are chosen",
        ),
        ('multi rating "How was it?"', "Each person gives one rating. Leave out how many options are chosen"),
        ('shuffle rating "How was it?"', "A scale goes from low to high, the same for everybody"),
        (
            'rating "How?" "1" "2" "3" "4" "5" "6" "7" "8" "9" "10" "11"',
            "The scale has 11 places; 10 is the most. Please take some away.",
        ),
    ],
)
def test_what_no_scale_can_be_is_refused_in_a_sentence(town: Town, text: str, said: str) -> None:
    town.say("U0ANA", f"/poll {text}")
    assert town.posted() == []
    assert town.whispers("U0ANA")[-1].startswith(said)


def test_it_is_the_same_in_french(town: Town) -> None:
    message = town.ask("U0CHLOE", "note « C’était comment ? »", "C0LYON")
    town.press("U0CHLOE", message, "polls.vote:3")
    assert row(message)[3]["accessibility_label"] == "Donner la note 4 sur 5"
    assert "\n*4,0 sur 5*, 1 vote · trop peu pour en dire beaucoup\n" in message.text
    assert "Appuyez sur votre note\u202f; appuyez de nouveau pour la retirer" in message.text


def test_a_long_scale_in_words_fits_into_its_message() -> None:
    options = asked(f"{number:02}{'&' * 73}" for number in range(10))
    poll = Poll(
        "p",
        "T1",
        "U0ANA",
        "C1",
        "&" * 300,
        options,
        "fr",
        CLOSED.asked_at,
        kind=PollKind.RATING,
        audience=100,
    )
    note = blocks.poll_message(outcome(poll, (1,) * 10, 10), words("fr"))
    assert "*5,5 sur 10" in note.text
    assert "polls.vote:9" in str(note.blocks)

"""Options with an emoji or a picture, as those in the channel see them."""

from dataclasses import replace

import pytest

from slack_app.kit import blocks as kit
from slack_app.kit.incoming import Who
from slack_app.polls import pictures
from surveys.options import Option
from surveys.people import NotYours
from tests.stories.drafts import HOME, asked, put
from tests.stories.town import Town, text_of

OAK = Option("Oak", picture="https://pictures.example/oak.png", alt="A table of oak")
ASH = Option("Ash", picture="https://pictures.example/ash.png")
LOST = replace(ASH, picture="https://pictures.example/missing.png")
BOTH = (OAK, ASH, Option("None of them"))


def test_an_emoji_stands_before_its_option_wherever_it_is_shown(town: Town) -> None:
    message = asked(town, (Option("Yes", "👍"), Option("No", ":parrot:")))
    town.press("U0BEN", message, "polls.vote:1")
    assert "👍 Yes: 0 votes · 0%\n:parrot: No: 1 vote · 100%" in message.text
    assert ":parrot: No\n██████████ 1 vote · 100%" in text_of(message.blocks)
    town.press("U0BEN", message, "polls.my_vote")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "You voted for *:parrot: No*." in shown
    assert "\n👍 Yes\n" in shown


def test_a_picture_stands_beside_its_option_and_the_vote_below(town: Town) -> None:
    message = asked(town, BOTH)
    oak, button, ash, *_ = message.blocks[1:]
    assert oak["accessory"]["image_url"] == "https://pictures.example/oak.png"
    assert oak["accessory"]["alt_text"] == "A table of oak"
    assert ash["accessory"]["alt_text"] == "Ash"
    assert button["elements"][0]["action_id"] == "polls.vote:0"
    assert button["elements"][0]["accessibility_label"] == "Vote for Oak"


def test_one_votes_below_a_picture_and_beside_an_option_without(town: Town) -> None:
    message = asked(town, BOTH)
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0JO", message, "polls.vote:2")
    assert "Oak: 0 votes · 0%\nAsh: 1 vote · 50%\nNone of them: 1 vote · 50%" in message.text
    assert "My vote" in text_of(message.blocks)


def test_twenty_pictures_fit_into_a_message_open_and_closed(town: Town) -> None:
    message = asked(town, [replace(OAK, text=f"Table {number}") for number in range(20)])
    assert len(message.blocks) <= 50
    assert str(message.blocks).count("image_url") == 20
    town.press("U0BEN", message, "polls.vote:19")
    town.press("U0ANA", message, "polls.close")
    assert str(message.blocks).count("image_url") == 20
    assert "data_visualization" in str(message.blocks)


def test_of_more_than_twenty_options_the_pictures_stand_in_a_window(town: Town) -> None:
    message = asked(town, [replace(OAK, text=f"Table {number}") for number in range(100)])
    assert "image_url" not in str(message.blocks)
    town.press("U0BEN", message, "polls.pictures")
    view = town.modal("U0BEN")
    assert str(view.blocks).count("https://pictures.example/oak.png") == 100
    assert "*Table 99*" in text_of(view.blocks)


def test_the_window_opens_without_its_pictures_where_slack_cannot_load_one_any_more(town: Town) -> None:
    message = asked(town, [replace(OAK, text=f"Table {number}") for number in range(100)])
    town.playground.workspace.lost_pictures.add("https://pictures.example/oak.png")
    town.press("U0BEN", message, "polls.pictures")
    view = town.modal("U0BEN")
    assert "image_url" not in str(view.blocks)
    assert "*Table 99*" in text_of(view.blocks)


def test_where_slack_cannot_load_a_picture_the_poll_is_kept_and_posted_without(town: Town) -> None:
    put(town, (OAK, LOST))
    assert town.posted() == []
    [told] = town.direct("U0ANA")
    assert "is kept, but it is not posted yet." in told.text
    assert "Slack could not load one of its pictures" in told.text
    assert "Post it without pictures" in text_of(told.blocks)
    town.press("U0ANA", told, "polls.post_plain")
    [message] = town.posted()
    assert "Oak: 0 votes · 0%\nAsh: 0 votes · 0%" in message.text
    assert "image_url" not in str(message.blocks)


def test_nobody_but_its_asker_or_an_admin_posts_it_without(town: Town) -> None:
    put(town, (OAK, LOST))
    with town.database.begin() as store:
        [poll] = store.polls.open_of(HOME, "U0ANA")
    ben = Who(HOME, HOME, "U0BEN")
    with pytest.raises(NotYours):
        pictures.drop(town.database, town.palabre.tools.known(ben), ben, poll.id, None)


def test_a_picture_that_goes_later_keeps_no_vote_from_being_shown(town: Town) -> None:
    message = asked(town, (OAK, ASH))
    lose_the_pictures(town)
    town.press("U0BEN", message, "polls.vote:1")
    assert "Ash: 1 vote · 100%" in message.text
    assert "image_url" not in str(message.blocks)


def lose_the_pictures(town: Town) -> None:
    """Let the addresses lead nowhere, as of now."""
    town.playground.workspace.lost_pictures.add("https://pictures.example/ash.png")


def test_it_is_the_same_in_french(town: Town) -> None:
    message = asked(town, BOTH, "Quelle table ?", "fr")
    assert message.blocks[2]["elements"][0]["accessibility_label"] == "Voter pour Oak"
    assert sum(map(kit.text_size, message.blocks)) < kit.ALL_TEXT

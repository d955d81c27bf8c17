"""“Other…”: an option under which voters write what they mean."""

from slack_app.playground.workspace import Message
from tests.stories.test_anonymous_polls import FIVE
from tests.stories.test_receipts import shared, text_in
from tests.stories.town import GENERAL, Town, text_of


def ask(town: Town, **entries: object) -> Message:
    town.say("U0ANA", "/poll")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.more")
    town.fill("U0ANA", question="Lunch?", options="Soup\nSalad", channel=GENERAL, other=["other"], **entries)
    town.submit("U0ANA")
    return town.posted()[-1]


def write(town: Town, user: str, message: Message, text: str) -> None:
    town.press(user, message, "polls.other")
    town.fill(user, other=text)
    town.submit(user)


def test_what_a_voter_writes_stands_below_the_option_and_no_name_beside_it(town: Town) -> None:
    message = ask(town)
    write(town, "U0BEN", message, "A <big> pie")
    assert "Other…: 1 vote · 100% · “A &lt;big&gt; pie”" in message.text
    assert "U0BEN" not in message.text


def test_three_texts_stand_in_the_message_and_all_in_the_results(town: Town) -> None:
    message = ask(town)
    for person, dish in zip(FIVE, ("Pie", "Rice", "Stew", "Fish", "Bread"), strict=True):
        write(town, person, message, dish)
    assert message.text.count("“") == 3
    assert "and 2 more" in message.text
    town.say("U0ANA", "/poll results")
    shown = text_of(_last_whisper(town, "U0ANA").blocks)
    assert all(f"“{dish}”" in shown for dish in ("Pie", "Rice", "Stew", "Fish", "Bread"))


def _last_whisper(town: Town, user: str) -> Message:
    return [each for each in town.playground.workspace.messages(GENERAL) if each.only_for == user][-1]


def test_spaces_alone_are_refused_beside_the_field(town: Town) -> None:
    message = ask(town)
    write(town, "U0BEN", message, "  \u200b ")
    assert town.modal("U0BEN").errors == {"other": "Write what you mean by “Other…”."}
    assert "0 people have voted" in message.text


def test_my_vote_asks_for_the_text_and_keeps_it(town: Town) -> None:
    message = ask(town)
    town.press("U0BEN", message, "polls.my_vote")
    assert "Other: what?" in text_of(town.modal("U0BEN").blocks)
    town.fill("U0BEN", option="2")
    town.submit("U0BEN")
    assert town.modal("U0BEN").errors == {"other": "Write what you mean by “Other…”."}
    town.fill("U0BEN", other="Pie")
    town.submit("U0BEN")
    assert "“Pie”" in message.text
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *Other*.\nYou wrote: Pie" in text_of(town.modal("U0BEN").blocks)
    town.fill("U0BEN", option="0")
    town.submit("U0BEN")
    assert "Soup: 1 vote · 100%" in message.text
    assert "Pie" not in message.text


def test_a_text_beside_another_choice_is_not_lost_in_silence(town: Town) -> None:
    message = ask(town)
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option="0", other="Pie")
    town.submit("U0BEN")
    assert town.modal("U0BEN").errors == {
        "other": "You wrote something here but did not choose “Other…”. Choose it, or empty this field."
    }


def test_a_text_is_changed_and_taken_back(town: Town) -> None:
    message = ask(town)
    write(town, "U0BEN", message, "Pie")
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    write(town, "U0BEN", message, "Rice")
    assert "Other…: 1 vote · 100% · “Rice”" in message.text
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press("U0BEN", message, "polls.other")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.other_back")
    assert "Other…: 0 votes · 0%" in message.text
    assert "Rice" not in message.text


def test_other_counts_as_one_of_several_choices(town: Town) -> None:
    message = ask(town, limits="1-2")
    town.press("U0BEN", message, "polls.vote:0")
    write(town, "U0BEN", message, "Pie")
    town.press("U0BEN", message, "polls.vote:1")
    assert town.whispers("U0BEN")[-1].startswith("You have chosen 2 options, as many as this poll takes")
    town.press("U0BEN", message, "polls.vote:0")
    assert "Soup: 0 votes · 0%\nSalad: 0 votes · 0%\nOther…: 1 vote · 100% · “Pie”" in message.text


def test_an_option_that_is_added_stands_before_other(town: Town) -> None:
    message = ask(town, adding="anyone")
    town.press("U0BEN", message, "polls.add")
    town.fill("U0BEN", added="Ramen")
    town.submit("U0BEN")
    assert "Salad: 0 votes · 0%\nRamen: 0 votes · 0%\nOther…: 0 votes · 0%" in message.text
    town.press("U0BEN", message, "polls.vote:3")
    write(town, "U0CHLOE", message, "Pie")
    assert "Ramen: 1 vote · 50%\nOther…: 1 vote · 50% · “Pie”" in message.text


def anonymous(town: Town, **entries: object) -> Message:
    town.say("U0ANA", "/poll")
    town.press_in_view("U0ANA", town.modal("U0ANA"), "polls.more")
    town.fill("U0ANA", question="Lunch?", options="Soup\nSalad", channel=GENERAL, other=["other"])
    view = town.modal("U0ANA")
    town.playground.gestures.fill("U0ANA", f"view:{view.id}", "names", "polls.names", "anonymous")
    town.settle()
    town.fill("U0ANA", **entries)
    town.submit("U0ANA")
    return town.posted()[-1]


def test_sealed_texts_are_shown_after_the_count_where_enough_wrote_one(town: Town) -> None:
    message = anonymous(town)
    for person, dish in zip(FIVE, ("Pie", "Rice", "Stew", "Fish", "Bread"), strict=True):
        write(town, person, message, dish)
    assert not any(dish in message.text for dish in ("Pie", "Rice", "Stew", "Fish", "Bread"))
    town.press("U0ANA", message, "polls.close")
    assert "Other…: 5 votes · 100%" in message.text
    assert "and 2 more" in message.text


def test_sealed_texts_of_few_are_never_shown(town: Town) -> None:
    message = anonymous(town)
    for person in FIVE[:4]:
        write(town, person, message, "Pie")
    town.press("U0GIL", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    assert "Other…: 4 votes · 80%" in message.text
    assert "Pie" not in message.text
    assert "What they wrote is not shown: too few wrote something." in message.text


def test_published_ballots_carry_no_texts(town: Town) -> None:
    message = anonymous(town, receipts=["receipts"])
    for person in FIVE:
        write(town, person, message, "Pie")
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    assert "Pie" not in text_in(town, said)
    assert text_in(town, said).count("[2]") == 5


def test_other_and_what_is_added_are_the_same_in_french(town: Town) -> None:
    message = ask(town, adding="anyone")
    town.press("U0CHLOE", message, "polls.other")
    assert "Other\u00a0: quoi\u202f?" in text_of(town.modal("U0CHLOE").blocks)
    town.fill("U0CHLOE", other=" ")
    town.submit("U0CHLOE")
    assert town.modal("U0CHLOE").errors == {"other": "Écrivez ce que vous entendez par «\u00a0Other…\u00a0»."}

"""A poll that closes at a moment written in its command, read back before it is posted."""

from datetime import timedelta

import pytest

from tests.stories.town import GENERAL, Town, text_of

LUNCH = '"Lunch?" "Tacos" "Sushi"'


def epoch(town: Town, **ahead: float) -> int:
    return int((town.palabre.tools.now() + timedelta(**ahead)).timestamp())


def test_a_dated_poll_is_read_back_before_anybody_else_sees_it(town: Town) -> None:
    town.say("U0ANA", f"/poll close 2027-01-15 17:00 {LUNCH}")
    assert town.posted() == []
    view = town.modal("U0ANA")
    shown = text_of(view.blocks)
    assert (
        "Closes Friday, January 15, 2027 5:00\N{NARROW NO-BREAK SPACE}PM (Europe/Lisbon). Post it?" in shown
    )
    assert view.payload["submit"]["text"] == "Post it"
    assert view.payload["close"]["text"] == "Drop it"
    assert view.state["question"]["question"]["value"] == "Lunch?"
    assert view.state["options"]["options"]["value"] == "Tacos\nSushi"
    assert view.state["channel"]["channel"]["selected_conversation"] == GENERAL


def test_it_says_until_when_it_is_open_and_closes_by_itself(town: Town) -> None:
    town.say("U0ANA", f"/poll close in 2h {LUNCH}")
    closes = epoch(town, hours=2)
    town.submit("U0ANA")
    assert not town.has_modal("U0ANA")
    message = town.posted()[-1]
    assert abs(int(message.text.split("<!date^")[1].split("^")[0]) - closes) <= 5
    town.press("U0BEN", message, "polls.vote:1")
    town.move(hours=1)
    assert "Closed" not in message.text
    town.move(hours=1.1)
    assert "Sushi: 1 vote · 100%" in message.text
    assert "1 person has voted, of 12 who could (8%) · Closed" in message.text
    assert "polls.vote:" not in str(message.blocks)


def test_it_may_be_changed_before_it_is_posted(town: Town) -> None:
    town.say("U0ANA", f"/poll limit 2 close in 2h {LUNCH}")
    assert town.modal("U0ANA").state["limits"]["limits"]["selected_option"]["value"] == "1-2"
    town.fill("U0ANA", question="Dinner?", closes=epoch(town, days=1))
    town.submit("U0ANA")
    message = town.posted()[-1]
    assert message.text.startswith("Poll by <@U0ANA>: Dinner?\nTacos: 0 votes")
    assert "Choose up to 2" in message.text
    town.move(hours=3)
    assert "Closed" not in message.text


def test_it_may_be_dropped(town: Town) -> None:
    town.say("U0ANA", f"/poll close in 2h {LUNCH}")
    town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
    town.settle()
    assert town.posted() == []
    assert "You have no open poll" in text_of(town.home("U0ANA").blocks)


def test_an_anonymous_poll_closes_at_the_moment_written(town: Town) -> None:
    town.say("U0ANA", f"/poll anonymous close in 2d {LUNCH}")
    town.submit("U0ANA")
    message = town.posted()[-1]
    town.move(days=2.1)
    assert "Too few people voted to show results (fewer than 5)." in message.text


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (
            "close 2020-01-15 17:00",
            "Wednesday, January 15, 2020 5:00\N{NARROW NO-BREAK SPACE}PM is past. The next such moment is",
        ),
        ("close saturday 2027-01-15", "The weekday and the date don't go together: that date is Friday,"),
        ("close 5/6", "“5/6” may be"),
        ("close in 2 minutes", "This moment is past or only minutes away."),
        ("close in 100d", "A poll that closes by itself stays open for 90 days at most."),
    ],
)
def test_a_moment_that_cannot_be_is_refused_at_once(town: Town, wish: str, told: str) -> None:
    town.say("U0ANA", f"/poll {wish} {LUNCH}")
    assert town.whispers("U0ANA")[-1].startswith(told)
    assert not town.has_modal("U0ANA")


def test_words_that_may_be_a_wish_or_the_question_are_read_back(town: Town) -> None:
    town.say("U0ANA", "/poll anonymous Shall we start at nine?")
    assert "Some words could be a wish or part of the question. Is this what you mean?" in text_of(
        town.modal("U0ANA").blocks
    )
    assert town.modal("U0ANA").state["question"]["question"]["value"] == "Shall we start at nine?"
    town.submit("U0ANA")
    assert "🔒 *Anonymous:*" in town.posted()[-1].text


def test_wishes_without_a_question_open_the_form_with_them(town: Town) -> None:
    town.say("U0ANA", "/poll anonymous limit 3 lang fr")
    state = town.modal("U0ANA").state
    assert state["names"]["polls.names"]["selected_option"]["value"] == "anonymous"
    assert state["limits"]["limits"]["selected_option"]["value"] == "1-3"
    assert state["language"]["language"]["selected_option"]["value"] == "fr"


def test_a_choice_of_names_keeps_limits_that_only_a_command_can_wish(town: Town) -> None:
    town.say("U0ANA", '/poll at least 4 limit 5 close in 2d "Which?" "A" "B" "C" "D" "E" "F"')
    view = town.modal("U0ANA")
    town.playground.gestures.fill("U0ANA", f"view:{view.id}", "names", "polls.names", "anonymous")
    town.settle()
    town.submit("U0ANA")
    assert "Choose from 4 to 5" in town.posted()[-1].text


def test_more_options_than_a_field_holds_are_read_back_in_several(town: Town) -> None:
    options = [f"{number:02} {'x' * 72}" for number in range(60)]
    quoted = " ".join(f'"{option}"' for option in options)
    town.say("U0ANA", f'/poll close in 2d "Which?" {quoted}')
    view = town.modal("U0ANA")
    typed = (view.state[name][name]["value"] for name in ("options", "more_options"))
    assert "\n".join(typed).splitlines() == options
    town.submit("U0ANA")
    assert "and 50 more options" in text_of(town.posted()[-1].blocks)


def test_it_is_read_back_in_french(town: Town) -> None:
    town.say("U0CHLOE", "/poll fin 15 janvier 17h « Midi ? » « Tacos » « Sushi »", "C0LYON")
    assert "Clôture\u00a0: vendredi 15 janvier 2027 17:00 (Europe/Paris). Publier\u202f?" in text_of(
        town.modal("U0CHLOE").blocks
    )
    town.submit("U0CHLOE")
    assert "|2027-01-15 16:00 UTC>" in town.posted("C0LYON")[-1].text


def test_a_moment_that_is_past_is_told_as_the_french_write_it(town: Town) -> None:
    town.say("U0CHLOE", "/poll fin 15/01/2020 17h « Midi ? » « Tacos » « Sushi »", "C0LYON")
    assert town.whispers("U0CHLOE", "C0LYON")[-1].startswith(
        "Le mercredi 15 janvier 2020 17:00 est passé. Le prochain moment semblable est le vendredi 15 janvier"
    )


def test_the_help_tells_what_can_be_wished(town: Town) -> None:
    town.say("U0ANA", "/poll help")
    assert "`limit 2`, `exactly 2`, `at least 2`, `multi`: how many options" in town.whispers("U0ANA")[-1]
    town.say("U0CHLOE", "/poll aide", "C0LYON")
    told = town.whispers("U0CHLOE", "C0LYON")[-1]
    assert "`fin vendredi 17h`, `fin dans 2j`" in told
    assert "`/poll On mange quoi\u202f? | Tacos | Sushis`" in told

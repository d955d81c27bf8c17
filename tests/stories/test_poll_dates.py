"""A poll that looks for a date: written by its asker's clock, read by each reader's own."""

import pytest

from tests.stories.town import GENERAL, Town, text_of

NARROW = "\N{NARROW NO-BREAK SPACE}"
WHEN = '/poll dates "When can you come?" "2027-03-28 18:00" "saturday 27 march 2027" "27 march 2027 9:00"'


def asked(town: Town, text: str = WHEN, user: str = "U0ANA", channel: str = GENERAL) -> None:
    town.say(user, text, channel)
    town.submit(user)


def test_its_dates_are_read_back_in_their_order_before_anybody_else_sees_it(town: Town) -> None:
    town.say("U0ANA", WHEN)
    assert town.posted() == []
    assert text_of(town.modal("U0ANA").blocks).startswith(
        "These dates, by the clock of Europe/Lisbon; each reader sees them by their own:\n"
        "• Saturday, March 27, 2027\n"
        f"• Saturday, March 27, 2027 9:00{NARROW}AM\n"
        f"• Sunday, March 28, 2027 6:00{NARROW}PM"
    )


def test_the_message_leaves_each_hour_to_the_reader_s_own_clock(town: Town) -> None:
    asked(town)
    message = town.posted()[-1]
    # 18:00 in Lisbon, in summer time from that morning on.
    sunday = f"<!date^1806253200^{{date_long}} {{time}}|Sunday, March 28, 2027 5:00{NARROW}PM UTC>"
    assert sunday in message.text
    assert sunday in text_of(message.blocks)
    assert "Saturday, March 27, 2027: 0 votes" in message.text
    assert "Choose as many as you like" in message.text


def test_the_window_shows_the_hours_by_the_reader_s_clock_and_language(town: Town) -> None:
    asked(town)
    message = town.posted()[-1]
    town.press("U0BEN", message, "polls.my_vote")
    town.press("U0CHLOE", message, "polls.my_vote")
    ben, chloe = (text_of(town.modal(user).blocks) for user in ("U0BEN", "U0CHLOE"))
    assert "Hours are by your clock (" in ben
    assert "dimanche 28 mars 2027 19:00" in chloe
    assert "Les heures sont les vôtres (Europe/Paris)." in chloe


def test_who_can_come_is_looked_up_by_the_reader_s_clock(town: Town) -> None:
    hours = " ".join(f'"2027-01-{day:02} 18:00"' for day in range(1, 22))
    asked(town, f'/poll dates named "When can you come?" {hours}')
    town.press("U0CHLOE", town.posted()[-1], "polls.who")
    assert "vendredi 1 janvier 2027 19:00" in text_of(town.modal("U0CHLOE").blocks)


def test_the_close_names_the_date_that_suits_the_most(town: Town) -> None:
    asked(town)
    message = town.posted()[-1]
    for user in ("U0BEN", "U0ANA"):
        town.press(user, message, "polls.vote:2")
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    assert f"Sunday, March 28, 2027 5:00{NARROW}PM UTC>* suits the most: 2 of 2." in message.text


def test_dates_that_suit_as_many_are_all_named(town: Town) -> None:
    asked(town)
    message = town.posted()[-1]
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.vote:1")
    town.press("U0ANA", message, "polls.close")
    assert "These dates suit as many, 1 of 2: *Saturday, March 27, 2027* · *<!date^" in message.text


def test_an_hour_that_the_clocks_leave_out_is_the_first_moment_after_it(town: Town) -> None:
    town.say("U0CHLOE", "/poll quand « Quand ? » « 28/03/2027 2h30 » « 29/03/2027 »", "C0LYON")
    assert (
        "Ces dates, à l’heure de Europe/Paris\u202f; chacun les verra à la sienne\u00a0:\n"
        "• dimanche 28 mars 2027 03:00\n"
        "• lundi 29 mars 2027"
    ) in text_of(town.modal("U0CHLOE").blocks)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ('"friday 18:00" "whenever"', "I don't know the date “whenever”."),
        ('"friday 18:00" "friday at 6pm"', "One of the dates is there twice."),
        ('"friday 18:00" "2020-01-15 17:00"', "Wednesday, January 15, 2020 5:00"),
        ('"friday 18:00"', "Between which dates?"),
        ("", "Between which dates?"),
        ('"friday 18:00" "monday 25 december 2026"', "The weekday and the date don't go together"),
        ('"friday 18:00" "friday 18:00 or so"', "I don't know the date “friday 18:00 or so”."),
    ],
)
def test_what_is_no_date_to_come_is_refused_at_once(town: Town, options: str, told: str) -> None:
    town.say("U0ANA", f'/poll dates "When?" {options}')
    assert town.whispers("U0ANA")[-1].startswith(told)
    assert not town.has_modal("U0ANA")


def test_dates_that_pass_before_it_is_sent_are_refused(town: Town) -> None:
    town.say("U0ANA", '/poll dates "When?" "in 2 hours" "in 2 days"')
    town.playground.gestures.move_clock(3 * 3600)
    answer = town.submit("U0ANA")
    assert "One of the dates is past." in str(answer)
    assert town.posted() == []

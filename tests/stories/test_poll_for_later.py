"""A poll that is posted later: kept, shown in Home alone, and posted at its moment."""

import pytest

from slack_app.playground.ids import elements_of
from tests.stories.town import GENERAL, Town, text_of

NARROW = "\N{NARROW NO-BREAK SPACE}"


def asked(town: Town, text: str = '/poll on in 2h "Lunch?" "Tacos" "Sushi"', channel: str = GENERAL) -> None:
    town.say("U0ANA", text, channel)
    town.submit("U0ANA")


def test_its_asker_is_told_that_it_waits_and_where(town: Town) -> None:
    asked(town)
    told = town.direct("U0ANA")[-1].text
    assert told.startswith("“Lunch?” will be posted <!date^")
    assert "in <#C0GENERAL>. Until then it is in my Home, where you can post it now or drop it." in told


def test_one_that_is_asked_by_name_waits_as_well_once_it_is_meant(town: Town) -> None:
    town.say("U0ANA", '@Palabre on in 2h "Shall we start at nine?" "Yes" "No"')
    asked_of = [each for each in town.playground.workspace.messages(GENERAL) if each.only_for == "U0ANA"][-1]
    town.press("U0ANA", asked_of, "polls.post_again")
    assert town.posted() == []
    town.move(hours=2.1)
    assert "Shall we start at nine?" in town.posted()[-1].text


def test_it_is_read_back_with_its_close(town: Town) -> None:
    town.say("U0ANA", '/poll on 2026-12-04 9:00 close friday 17:00 "Lunch?" "Tacos" "Sushi"')
    assert (
        f"To be posted Friday, December 4, 2026 9:00{NARROW}AM (Europe/Lisbon), "
        f"and open until Friday, December 4, 2026 5:00{NARROW}PM. Is this right?"
    ) in text_of(town.modal("U0ANA").blocks)


def test_a_day_without_a_time_means_its_morning(town: Town) -> None:
    town.say("U0ANA", '/poll on 2027-01-15 "Lunch?" "Tacos" "Sushi"')
    assert f"To be posted Friday, January 15, 2027 9:00{NARROW}AM (Europe/Lisbon)" in text_of(
        town.modal("U0ANA").blocks
    )


def test_it_is_read_back_in_french(town: Town) -> None:
    town.say("U0CHLOE", "/poll le 24/12 9h fin dans 2j « Midi ? » « Tacos » « Sushi »", "C0LYON")
    assert (
        "Publication\u00a0: jeudi 24 décembre 2026 09:00 (Europe/Paris). "
        "Clôture\u00a0: samedi 26 décembre 2026 09:00. Est-ce bien cela\u202f?"
    ) in text_of(town.modal("U0CHLOE").blocks)


def test_nobody_sees_it_before_its_moment(town: Town) -> None:
    asked(town)
    town.move(hours=1.9)
    assert town.posted() == []
    town.move(hours=0.2)
    assert town.posted()[-1].text.startswith("Poll by <@U0ANA>: Lunch?")


def test_a_length_until_it_closes_counts_from_when_it_is_posted(town: Town) -> None:
    asked(town, '/poll on in 2h close in 1h "Lunch?" "Tacos" "Sushi"')
    town.move(hours=2.1)
    message = town.posted()[-1]
    assert "open until" in message.text
    town.move(hours=1)
    assert "Closed" in message.text


def test_home_shows_when_it_is_posted_and_posts_it_now(town: Town) -> None:
    asked(town)
    home = town.home("U0ANA")
    assert "*Lunch?*\nTo be posted <!date^" in text_of(home.blocks)
    town.press_in_view("U0ANA", home, "polls.post_now")
    assert town.posted()[-1].text.startswith("Poll by <@U0ANA>: Lunch?")
    assert "In <#C0GENERAL>" in text_of(town.home("U0ANA").blocks)
    town.move(hours=3)
    assert len(town.posted()) == 1


def test_home_drops_it_with_all_that_was_kept(town: Town) -> None:
    asked(town, '/poll anonymous on in 2h "Lunch?" "Tacos" "Sushi"')
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.drop")
    assert "You have no open poll" in text_of(town.home("U0ANA").blocks)
    town.move(hours=3)
    assert town.posted() == []


def test_it_is_not_yet_the_latest_poll_to_close_or_to_see(town: Town) -> None:
    first = town.ask()
    asked(town)
    town.say("U0ANA", "/poll close")
    assert town.whispers("U0ANA")[-1].startswith("“Where shall we meet?” is closed.")
    town.say("U0ANA", "/poll close")
    assert "no open poll" in town.whispers("U0ANA")[-1]
    assert "Closed" in first.text


def test_a_worker_that_was_down_posts_it_late(town: Town) -> None:
    asked(town)
    town.playground.gestures.move_clock(26 * 3600)
    assert len(town.posted()) <= 1
    town.settle()
    assert town.posted()[-1].text.startswith("Poll by <@U0ANA>: Lunch?")


def test_an_anonymous_one_counts_who_can_answer_when_it_is_due(town: Town) -> None:
    asked(town, '/poll anonymous on in 2h "Lunch?" "Tacos" "Sushi"')
    message_before = town.posted()
    town.move(hours=2.1)
    assert message_before == []
    assert "🔒 *Anonymous:*" in town.posted()[-1].text
    town.move(days=7)
    assert "Too few people voted" in town.posted()[-1].text


def test_its_owner_is_told_directly_where_slack_refuses_it_at_its_moment(town: Town) -> None:
    asked(town)
    town.playground.workspace.channels[GENERAL].archived = True
    town.move(hours=2.1)
    told = town.direct("U0ANA")[-1]
    assert "Your poll “Lunch?” is kept, but it is not posted yet." in told.text
    assert "is archived. Choose another channel." in told.text


def test_home_offers_no_close_of_a_poll_that_nobody_was_asked_yet(town: Town) -> None:
    asked(town)
    town.playground.workspace.channels[GENERAL].archived = True
    town.move(hours=2.1)
    buttons = {each.get("action_id") for block in town.home("U0ANA").blocks for each in elements_of(block)}
    assert {"polls.post_again", "polls.drop"} <= buttons
    assert "polls.close" not in buttons
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.drop")
    assert "Lunch?" not in text_of(town.home("U0ANA").blocks)


def test_home_says_of_which_poll_each_button_is(town: Town) -> None:
    town.ask()
    labels = [
        str(each["accessibility_label"])
        for block in town.home("U0ANA").blocks
        for each in elements_of(block)
        if each.get("action_id") in ("polls.results", "polls.close")
    ]
    assert labels == ["Results: Where shall we meet?", "Close poll: Where shall we meet?"]


def test_its_owner_is_told_where_its_close_came_before_it_could_be_posted(town: Town) -> None:
    asked(town, '/poll on in 2h close in 1h "Lunch?" "Tacos" "Sushi"')
    town.playground.workspace.channels[GENERAL].archived = True
    town.move(hours=2.1)
    town.move(hours=1)
    assert "was never posted in <#C0GENERAL>: its close came first." in town.direct("U0ANA")[-1].text


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("on 2020-01-15 9:00", "Wednesday, January 15, 2020 9:00"),
        ("on in 91d", "A poll waits 90 days at most until it is posted."),
        ("on in 2h close in 3min", "It would close before it is posted, or only minutes after."),
        ("on 2026-12-15 9:00 close 2026-12-14 9:00", "Monday, December 14, 2026 9:00"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_at_once(town: Town, wish: str, told: str) -> None:
    town.say("U0ANA", f'/poll {wish} "Lunch?" "Tacos" "Sushi"')
    assert town.whispers("U0ANA")[-1].startswith(told)
    assert not town.has_modal("U0ANA")

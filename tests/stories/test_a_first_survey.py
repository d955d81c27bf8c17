"""The whole way of a first survey, over HTTP and over Socket Mode: launched, answered, read, reported."""

from tests.stories.town import Town, text_of

THANKS = {"U0BEN": "*Thank you, your answer counted.*", "U0CHLOE": "*Merci, votre réponse compte.*"}


def test_a_survey_is_launched_answered_changed_closed_and_reported(either_town: Town) -> None:
    town = either_town
    launch(town)
    message = town.posted()[-1]
    assert message.text.startswith("Survey by <@U0ANA>: How was the event?\n")
    assert "Names shown: your answers are kept with your name, and <@U0ANA> may see them." in message.text

    town.press("U0BEN", message, "answering.open")
    town.submit("U0BEN")
    assert "presence" in town.modal("U0BEN").errors
    answer(town, "U0BEN", presence="1", overall="5", liked="The talks were wonderful, I loved them!")
    assert "1 person has answered" in town.posted()[-1].text

    town.press("U0CHLOE", message, "answering.open")
    answer(town, "U0CHLOE", presence="0", overall="2", liked="C'était nul, je suis vraiment déçue.")
    town.press_in_view("U0CHLOE", town.modal("U0CHLOE"), "answering.change")
    answer(town, "U0CHLOE", presence="0", overall="3", liked="C'était nul, je suis vraiment déçue.")

    assert "How was the event?" in text_of(town.home("U0BEN").blocks)
    home = town.home("U0ANA")
    assert "My surveys" in text_of(home.blocks)
    town.press_in_view("U0ANA", home, "authoring.close")

    survey, report = town.posted()[-2:]
    assert "Survey closed" in survey.text
    assert "2 of " in report.text
    assert "On site: 1" in report.text
    assert "Online: 1" in report.text


def test_a_channel_has_its_report_each_week(either_town: Town) -> None:
    town = either_town
    launch(town)
    town.press("U0BEN", town.posted()[-1], "answering.open")
    answer(town, "U0BEN", presence="1", overall="4", liked="Great people.")
    town.say("U0ANA", "/report weekly monday 9:00 Europe/Paris")
    assert "Europe/Paris" in town.whispers("U0ANA")[-1]
    before = len(town.posted())
    town.move(days=7)
    texts = [message.text for message in town.posted()[before:]]
    assert any("How was the event?" in text for text in texts)


def launch(town: Town) -> None:
    """Ana chooses, looks it over and launches."""
    town.say("U0ANA", "/survey")
    town.fill("U0ANA", template="event_feedback", language="en")
    town.submit("U0ANA")
    assert "How did you find its length?" in text_of(town.modal("U0ANA").blocks)
    town.submit("U0ANA")


def answer(town: Town, user: str, *, presence: str, overall: str, liked: str) -> None:
    """Fill both pages; the last one is followed by thanks."""
    town.fill(user, presence=presence, overall=overall, length="1")
    town.submit(user)
    town.fill(user, again="7", liked=liked)
    town.submit(user)
    assert THANKS[user] in text_of(town.modal(user).blocks)

"""Launching: a survey is chosen, looked over and sent, as its owner and the channel see it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from slack_app.playground.payloads import view_submission
from slack_app.playground.workspace import Message
from tests.stories.test_bad_input import respond
from tests.stories.town import GENERAL, Town, text_of

TITLE = "How are you doing in our community?"


def look_over(town: Town, user: str = "U0ANA", name: str = "satisfaction", channel: str = GENERAL) -> str:
    """Open a ready-made survey's look-over and return what it shows."""
    town.say(user, f"/survey {name}", channel)
    return text_of(town.modal(user).blocks)


def launch(town: Town, user: str = "U0ANA", channel: str = GENERAL, **entries: str) -> Message:
    """Launch a survey of the usual seven days and return its message."""
    look_over(town, user)
    town.fill(user, channel=channel, **entries)
    town.submit(user)
    town.playground.gestures.close(user, town.modal(user).id)
    return town.posted(channel)[-1]


def moment(town: Town, **ahead: float) -> str:
    """A moment as the form's field gives it back: whole seconds."""
    now = datetime.fromtimestamp(town.playground.workspace.clock.now(), UTC)
    return str(int((now + timedelta(**ahead)).timestamp()))


# --- the way ---


def test_the_choice_says_what_each_survey_asks(town: Town) -> None:
    town.say("U0ANA", "/survey")
    shown = text_of(town.modal("U0ANA").blocks)
    assert town.modal("U0ANA").payload["title"]["text"] == "New survey"
    assert "Community satisfaction\nHow people feel here, what they value, and what to change" in shown
    assert "Event feedback" in shown
    assert "Retrospective" in shown
    assert "Français" in shown


def test_the_choice_leads_to_the_look_over(town: Town) -> None:
    town.say("U0ANA", "/survey")
    town.fill("U0ANA", template="retrospective", language="en")
    town.submit("U0ANA")
    shown = text_of(town.modal("U0ANA").blocks)
    assert town.modal("U0ANA").payload["title"]["text"] == "Look it over"
    assert "How did these last weeks go for you?" in shown
    assert "*1. How did these weeks go for you?*\n_1 to 5, required_\n1 = Badly · 5 = Very well" in shown
    assert "*2. How was your workload?*\n_One choice, required_\n• Too light\n• About right" in shown
    assert "*3. What went well and should go on?*\n_Comment_" in shown


def test_the_look_over_says_who_will_see_the_answers(town: Town) -> None:
    assert "Names shown: your answers are kept with your name, and <@U0ANA> may see them." in look_over(town)


def test_nothing_is_sent_before_the_launch(town: Town) -> None:
    assert "Nothing is sent before you press Launch." in look_over(town)
    assert town.posted() == []


def test_the_survey_appears_in_its_channel(town: Town) -> None:
    shown = text_of(launch(town).blocks)
    assert f"*{TITLE}*" in shown
    assert "A few questions about how you feel here, what you value and what we could do better." in shown
    assert "4 questions, about 2 minutes · open until <!date^" in shown
    assert "From <@U0ANA> · 0 people have answered" in shown
    assert "Names shown: your answers are kept with your name, and <@U0ANA> may see them." in shown
    assert "Answer" in shown


def test_the_text_for_screen_readers_says_what_the_blocks_say(town: Town) -> None:
    first, intro, effort, state, privacy = launch(town).text.splitlines()
    assert first == f"Survey by <@U0ANA>: {TITLE}"
    assert intro == "A few questions about how you feel here, what you value and what we could do better."
    assert effort.startswith("4 questions, about 2 minutes · open until <!date^")
    assert state == "From <@U0ANA> · 0 people have answered"
    assert privacy.startswith("Names shown: ")


def test_the_owner_learns_what_happens_next(town: Town) -> None:
    look_over(town)
    town.submit("U0ANA")
    shown = text_of(town.modal("U0ANA").blocks)
    assert f"*“{TITLE}” is on its way to <#C0GENERAL>.* It closes <!date^" in shown
    assert "When it closes, a report is posted there by itself." in shown
    assert town.posted()[-1].text.startswith(f"Survey by <@U0ANA>: {TITLE}")


def test_the_title_the_channel_and_the_moment_can_be_chosen(town: Town) -> None:
    closes = moment(town, days=30)
    message = launch(town, channel="C0RANDOM", title="  Autumn   & you ", closes=closes)
    assert message.text.startswith("Survey by <@U0ANA>: Autumn &amp; you\n")
    assert f"open until <!date^{closes}^" in message.text


def test_french_from_the_choice_to_the_channel(town: Town) -> None:
    town.say("U0CHLOE", "/survey", "C0LYON")
    assert town.modal("U0CHLOE").payload["title"]["text"] == "Nouvelle enquête"
    town.submit("U0CHLOE")
    shown = text_of(town.modal("U0CHLOE").blocks)
    assert "_1 to 5" not in shown
    assert "Dans l’ensemble, êtes-vous satisfait(e) de notre communauté\N{NARROW NO-BREAK SPACE}?" in shown
    town.submit("U0CHLOE")
    assert "est en route vers <#C0LYON>" in text_of(town.modal("U0CHLOE").blocks)
    message = town.posted("C0LYON")[-1]
    assert message.text.startswith("Enquête de <@U0CHLOE>\N{NO-BREAK SPACE}: Comment vous sentez-vous")
    assert "4 questions, environ 2 minutes · clôture\N{NO-BREAK SPACE}: <!date^" in message.text
    assert "0 personne a répondu" in message.text
    assert "Noms visibles" in message.text


def test_an_english_survey_by_someone_who_reads_french(town: Town) -> None:
    town.say("U0CHLOE", "/survey", "C0LYON")
    town.fill("U0CHLOE", template="event_feedback", language="en")
    town.submit("U0CHLOE")
    assert "How was the event as a whole?" in text_of(town.modal("U0CHLOE").blocks)
    town.submit("U0CHLOE")
    assert town.posted("C0LYON")[-1].text.startswith("Survey by <@U0CHLOE>: How was the event?")


def test_the_shortcut_and_home_open_the_choice(town: Town) -> None:
    town.playground.gestures.shortcut("U0CHLOE", "authoring.new")
    assert town.modal("U0CHLOE").payload["title"]["text"] == "Nouvelle enquête"
    town.press_in_view("U0BEN", town.home("U0BEN"), "authoring.new")
    assert town.modal("U0BEN").payload["title"]["text"] == "New survey"


def test_palabre_leads_to_surveys_where_another_app_owns_the_short_name(town: Town) -> None:
    town.say("U0ANA", "/palabre survey retro")
    assert "How did these last weeks go for you?" in text_of(town.modal("U0ANA").blocks)


def test_back_to_the_choice_and_again_to_the_look_over_loses_nothing(town: Town) -> None:
    look_over(town)
    closes = moment(town, days=3)
    town.fill("U0ANA", title="Autumn", channel="C0RANDOM", closes=closes)
    town.press_in_view("U0ANA", town.modal("U0ANA"), "authoring.back")
    assert town.modal("U0ANA").payload["title"]["text"] == "New survey"
    town.submit("U0ANA")
    town.submit("U0ANA")
    message = town.posted("C0RANDOM")[-1]
    assert message.text.startswith("Survey by <@U0ANA>: Autumn\n")
    assert f"<!date^{closes}^" in message.text


def test_another_survey_comes_with_its_own_title(town: Town) -> None:
    look_over(town)
    town.press_in_view("U0ANA", town.modal("U0ANA"), "authoring.back")
    town.fill("U0ANA", template="event_feedback")
    town.submit("U0ANA")
    town.submit("U0ANA")
    assert town.posted()[-1].text.startswith("Survey by <@U0ANA>: How was the event?")


def test_everybody_in_the_channel_is_asked_but_bots_leavers_and_the_app(town: Town) -> None:
    message = launch(town, channel="C0LYON")
    with town.database.begin() as store:
        [asked] = store.surveys.recent_in("T0PLAYGRD", message.channel, None)
        assert store.surveys.invited("T0PLAYGRD", asked.id) == 4


def test_a_channel_of_many_pages_is_asked_whole_and_strangers_count_as_people(town: Town) -> None:
    town.playground.workspace.channels["C0LYON"].members |= {f"U1{number:04}" for number in range(450)}
    message = launch(town, channel="C0LYON")
    with town.database.begin() as store:
        [asked] = store.surveys.recent_in("T0PLAYGRD", message.channel, None)
        assert store.surveys.invited("T0PLAYGRD", asked.id) == 454


def test_people_are_invited_once_slack_allows(town: Town) -> None:
    town.playground.faults.next("conversations.members", "429:30")
    message = launch(town, channel="C0LYON")
    town.move(seconds=31)
    with town.database.begin() as store:
        [asked] = store.surveys.recent_in("T0PLAYGRD", message.channel, None)
        assert store.surveys.invited("T0PLAYGRD", asked.id) == 4


# --- what is wrong ---


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (
            {"minutes": -5},
            "This moment is past or only minutes away. Choose a later one, so that people can answer.",
        ),
        (
            {"minutes": 2},
            "This moment is past or only minutes away. Choose a later one, so that people can answer.",
        ),
        ({"days": 91}, "A survey stays open for 90 days at most. Choose an earlier moment."),
    ],
)
def test_a_moment_that_does_not_do_is_refused_beside_its_field(
    town: Town, ahead: dict[str, float], told: str
) -> None:
    look_over(town)
    town.fill("U0ANA", title="Autumn", closes=moment(town, **ahead))
    town.submit("U0ANA")
    view = town.modal("U0ANA")
    assert view.errors == {"closes": told}
    assert view.state["title"]["title"]["value"] == "Autumn"
    assert town.posted() == []


def test_all_that_is_wrong_is_said_at_once_in_the_reader_s_language(town: Town) -> None:
    look_over(town, "U0CHLOE", "rétro", "C0LYON")
    town.fill("U0CHLOE", title="   ", closes=moment(town, days=100))
    town.submit("U0CHLOE")
    assert town.modal("U0CHLOE").errors == {
        "title": "Un titre compte de 1 à 100 caractères\N{NARROW NO-BREAK SPACE}; celui-ci en a 0.",
        "closes": "Une enquête reste ouverte 90 jours au plus. Choisissez un moment plus proche.",
    }


def test_what_was_wrong_can_be_mended_and_launched(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", title="   ")
    town.submit("U0ANA")
    town.fill("U0ANA", title="Autumn")
    town.submit("U0ANA")
    assert [message.text.splitlines()[0] for message in town.posted()] == ["Survey by <@U0ANA>: Autumn"]


def test_a_title_of_emoji_is_measured_as_slack_may(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", title="🎉" * 51)
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {"title": "A title has 1 to 100 characters; this one has 102."}


def test_nobody_is_pinged_by_a_title(town: Town) -> None:
    message = launch(town, title="<!channel> & *all*")
    sent = message.text + text_of(message.blocks)
    assert "<!channel>" not in sent
    assert "&lt;!channel&gt; &amp; *all*" in message.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("anonymus", "I don't know “anonymus”. Did you mean /survey anonymous? Write /survey alone to"),
        ("retrro", "I don't know “retrro”. Did you mean /survey retro? Write /survey alone to choose."),
        ("horoscope", "I don't know a survey “horoscope”. Write /survey satisfaction, /survey event or"),
        ("results", "`/report` shows how your survey stands, here or in its channel."),
        ("help", "*Send a survey with `/survey`:* choose one, look it over, launch."),
        ("close", "You have no open survey in this channel. Begin one with /survey."),
    ],
)
def test_words_that_launch_nothing_are_answered(town: Town, text: str, told: str) -> None:
    town.say("U0BEN", f"/survey {text}")
    assert told in town.whispers("U0BEN")[-1]
    assert town.posted() == []
    assert not town.has_modal("U0BEN")


def test_words_are_answered_in_french(town: Town) -> None:
    town.say("U0CHLOE", "/survey aide")
    (told,) = town.whispers("U0CHLOE")
    assert told.startswith(
        "*Envoyez une enquête avec `/survey`\N{NO-BREAK SPACE}:* choisissez, relisez, lancez."
    )


# --- where Slack says no ---


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("C0NOAPP", "I am not in <#C0NOAPP>. Write /invite @Palabre there, then press Try again."),
        ("C0SECRET", "I am not in <#C0SECRET>. Write /invite @Palabre there, then press Try again."),
    ],
)
def test_where_the_app_is_not_the_survey_is_kept_with_the_mend(town: Town, channel: str, told: str) -> None:
    look_over(town)
    town.fill("U0ANA", channel=channel)
    town.submit("U0ANA")
    kept = town.direct("U0ANA")[-1]
    assert kept.text == f"Your survey “{TITLE}” is kept, but it is not posted yet.\n{told}"
    town.playground.gestures.invite_app(channel)
    town.press("U0ANA", kept, "authoring.post_again")
    assert town.posted(channel)[-1].text.startswith(f"Survey by <@U0ANA>: {TITLE}")
    with town.database.begin() as store:
        [asked] = store.surveys.recent_in("T0PLAYGRD", channel, None)
        assert store.surveys.invited("T0PLAYGRD", asked.id) > 0


def test_an_archived_channel_is_told_and_another_one_chosen(town: Town) -> None:
    look_over(town)
    town.fill("U0ANA", channel="C0RANDOM")
    town.playground.gestures.archive("C0RANDOM")
    town.submit("U0ANA")
    kept = town.direct("U0ANA")[-1]
    assert "<#C0RANDOM> is archived. Choose another channel." in kept.text
    elsewhere = next(
        element["action_id"]
        for block in kept.blocks
        for element in block.get("elements", ())
        if element["action_id"].startswith("authoring.post_in:")
    )
    actions = next(block["block_id"] for block in kept.blocks if block["type"] == "actions")
    surface = f"message:{kept.channel}:{kept.ts}"
    town.playground.gestures.act("U0ANA", surface, actions, elsewhere, "C0LYON")
    town.settle()
    assert town.posted("C0LYON")[-1].text.startswith(f"Survey by <@U0ANA>: {TITLE}")


def test_a_lost_answer_of_slack_makes_no_second_survey(town: Town) -> None:
    look_over(town)
    town.playground.faults.next("chat.postMessage", "lost")
    town.submit("U0ANA")
    town.move(minutes=3)
    assert len(town.posted()) == 1
    assert "Slack did not say whether it arrived" in town.direct("U0ANA")[-1].text


def test_the_same_form_sent_twice_launches_once(town: Town) -> None:
    look_over(town)
    body = json.dumps(view_submission(town.playground.stage, town.modal("U0ANA")))
    answers = [respond(town, body, content_type="application/json").get_json() for _ in range(2)]
    town.settle()
    assert [text_of(answer["view"]["blocks"])[:50] for answer in answers] == [
        "*“How are you doing in our community?” is on its w"
    ] * 2
    assert len(town.posted()) == 1


def test_a_window_that_an_earlier_version_opened_is_refused_in_words(town: Town) -> None:
    look_over(town)
    town.modal("U0ANA").payload["private_metadata"] = "retrospective"
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {
        "title": "This window is from an earlier version of Palabre. Close it and begin again with /survey."
    }
    assert town.posted() == []

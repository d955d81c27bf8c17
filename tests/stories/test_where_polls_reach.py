"""Every way to a poll: a message's shortcut, Palabre's name in a message, and the form behind both."""

import json
from typing import Any

from slack_app.playground.gestures import Answer
from slack_app.playground.workspace import Message
from tests.stories.test_bad_input import post
from tests.stories.town import GENERAL, Town, text_of

CONNECT = "C0CONNECT"


def test_a_message_becomes_the_question_of_a_poll(either_town: Town) -> None:
    town = either_town
    message = said(town, "U0BEN", "Shall we meet *at the library* with @chloe & bring <cake>?")
    poll_this(town, "U0BEN", message)
    assert question_in_form(town, "U0BEN") == "Shall we meet at the library with @chloe & bring <cake>?"
    town.submit("U0BEN")
    posted = town.posted()[-1]
    assert "with @chloe &amp; bring &lt;cake&gt;?" in posted.text
    assert (posted.channel, posted.thread_ts) == (GENERAL, None)


def test_the_form_on_a_message_speaks_the_language_of_who_opened_it(town: Town) -> None:
    poll_this(town, "U0CHLOE", said(town, "U0BEN", "The library?"))
    shown = text_of(town.modal("U0CHLOE").blocks)
    assert "Le publier dans le fil de ce message" in shown


def test_a_poll_on_a_message_is_posted_below_it_where_that_is_wanted(town: Town) -> None:
    message = said(town, "U0BEN", "The library?")
    poll_this(town, "U0BEN", message)
    town.fill("U0BEN", thread=["thread"])
    town.submit("U0BEN")
    assert town.posted()[-1].thread_ts == message.ts


def test_a_poll_on_a_reply_is_posted_in_its_thread_unless_that_is_taken_off(town: Town) -> None:
    root = said(town, "U0BEN", "Where?")
    reply = said(town, "U0CHLOE", "The library?", thread=root.ts)
    poll_this(town, "U0BEN", reply)
    town.submit("U0BEN")
    assert town.posted()[-1].thread_ts == root.ts
    poll_this(town, "U0BEN", reply)
    town.fill("U0BEN", thread=[])
    town.submit("U0BEN")
    assert town.posted()[-1].thread_ts is None


def test_votes_in_a_thread_are_shown_there(town: Town) -> None:
    root = said(town, "U0BEN", "Where?")
    poll_this(town, "U0BEN", said(town, "U0CHLOE", "The library?", thread=root.ts))
    town.submit("U0BEN")
    town.press("U0CHLOE", town.posted()[-1], "polls.vote:0")
    assert "Yes: 1 vote · 100%" in town.posted()[-1].text


def test_a_thread_of_another_channel_is_refused_beside_the_channel(town: Town) -> None:
    poll_this(town, "U0BEN", said(town, "U0BEN", "The library?"))
    town.fill("U0BEN", thread=["thread"], channel="C0RANDOM")
    town.submit("U0BEN")
    assert "another channel" in town.modal("U0BEN").errors["channel"]


def test_a_long_message_is_cut_and_the_form_says_so(town: Town) -> None:
    poll_this(town, "U0BEN", said(town, "U0BEN", "word " * 100))
    assert len(question_in_form(town, "U0BEN")) == 300 or question_in_form(town, "U0BEN").endswith("…")
    assert "its end is left out" in text_of(town.modal("U0BEN").blocks)


def test_a_poll_whose_message_is_gone_is_kept_and_posted_in_the_channel(town: Town) -> None:
    message = said(town, "U0BEN", "The library?")
    poll_this(town, "U0BEN", message)
    town.fill("U0BEN", thread=["thread"])
    message.deleted = True
    town.submit("U0BEN")
    note = town.direct("U0BEN")[-1]
    assert "The message it was to stand below is gone." in note.text
    town.choose("U0BEN", note, "polls.post_in", GENERAL)
    assert town.posted()[-1].thread_ts is None


def test_a_poll_on_a_message_where_palabre_is_not_keeps_its_thread_until_it_is_invited(town: Town) -> None:
    message = said(town, "U0BEN", "The library?", "C0NOAPP")
    poll_this(town, "U0BEN", message)
    town.fill("U0BEN", thread=["thread"])
    town.submit("U0BEN")
    note = town.direct("U0BEN")[-1]
    town.playground.gestures.invite_app("C0NOAPP")
    town.press("U0BEN", note, "polls.post_again")
    assert town.posted("C0NOAPP")[-1].thread_ts == message.ts


def test_a_guest_and_someone_of_another_organisation_vote_in_a_shared_channel(either_town: Town) -> None:
    town = either_town
    town.playground.workspace.channels[CONNECT].members.add("U0GIL")
    message = town.ask("U0BEN", channel=CONNECT)
    for voter in ("U0ZOE", "U0GIL"):
        town.press(voter, message, "polls.vote:1")
    assert "The library: 2 votes · 100%" in message.text
    town.press("U0ZOE", message, "polls.my_vote")
    assert "The library" in str(town.modal("U0ZOE").state)


def test_someone_of_another_organisation_votes_anonymously(town: Town) -> None:
    town.playground.workspace.channels[CONNECT].members.update({"U0CHLOE", "U0DRISS", "U0EMI"})
    message = town.ask("U0BEN", '--anonymous "Where?" "Café" "Library"', CONNECT)
    town.press("U0ZOE", message, "polls.vote:1")
    assert "Your vote counted." in town.whispers("U0ZOE", CONNECT)[-1]


def test_naming_palabre_with_a_whole_poll_asks_it_there(either_town: Town) -> None:
    town = either_town
    town.say("U0BEN", '@Palabre "Where?" "Café" "Library"')
    assert "Where?" in town.posted()[-1].text
    assert town.whispers("U0BEN") == []


def test_naming_palabre_in_a_thread_asks_in_the_thread(town: Town) -> None:
    root = said(town, "U0BEN", "Where?")
    said(town, "U0BEN", '@Palabre "Where?" "Café" "Library"', thread=root.ts)
    assert town.posted()[-1].thread_ts == root.ts


def test_naming_palabre_twice_in_a_retry_asks_once(town: Town) -> None:
    for text in ('<@U0PALABRE> "Where?" "Café" "Library"', "<@U0PALABRE> shall we?"):
        for event in ("Ev1", "Ev1", "Ev2"):
            assert mention(town, text, event_id=event, ts=f"17.{len(text)}") == 200
    town.settle()
    assert [len(town.posted()), len(town.whispers("U0BEN"))] == [1, 1]


def test_what_may_not_be_a_poll_is_read_back_privately(either_town: Town) -> None:
    town = either_town
    town.say("U0BEN", "@Palabre shall we start at nine?")
    assert town.posted() == []
    assert "shall we start at nine?" in town.whispers("U0BEN")[-1]
    press_whisper(town, "U0BEN", "polls.post_again")
    assert "shall we start at nine?" in town.posted()[-1].text


def test_a_poll_is_read_back_where_palabre_is_only_spoken_of(town: Town) -> None:
    town.say("U0BEN", "We could use @Palabre for it | or raise hands | or neither")
    assert town.posted() == []
    assert "• or raise hands" in town.whispers("U0BEN")[-1]


def test_a_quiz_whose_answer_stands_in_the_message_is_posted_once_its_author_was_told(town: Town) -> None:
    for user, asked, told in (
        ("U0BEN", '@Palabre quiz "Capital?" "*Paris" "Lyon"', "shows everybody here which answer is right"),
        ("U0CHLOE", '@Palabre quiz "Capitale ?" "*Paris" "Lyon"', "montre à tout le monde ici"),
    ):
        before = len(town.posted())
        town.say(user, asked)
        assert len(town.posted()) == before
        assert told in town.whispers(user)[-1]
        press_whisper(town, user, "polls.post_again")
        assert "*Paris" not in town.posted()[before].text


def test_a_quiz_in_a_direct_message_gives_nothing_away(town: Town) -> None:
    direct = town.playground.gestures.open_dm("U0BEN")
    town.say("U0BEN", 'quiz "Capital?" "*Paris" "Lyon"', direct)
    assert "Capital?" in town.posted(direct)[-1].text


def test_the_word_poll_may_stand_after_the_name(town: Town) -> None:
    town.say("U0BEN", '@Palabre poll "Where?" "Café" "Library"')
    town.say("U0CHLOE", "@Palabre sondage")
    assert "Where?" in town.posted()[-1].text
    assert "Que voulez-vous demander" in town.whispers("U0CHLOE")[-1]


def test_a_closing_moment_after_the_name_is_in_the_form(town: Town) -> None:
    town.say("U0BEN", "@Palabre anonymous close in 2d")
    note = last_whisper(town, "U0BEN")
    action = next(each["action_id"] for block in note.blocks for each in block.get("elements", ()))
    town.press("U0BEN", note, action)
    assert town.modal("U0BEN").state["sealed_closes"]["sealed_closes"]["selected_date_time"]


def test_what_is_read_back_can_be_looked_over_and_is_asked_once(town: Town) -> None:
    town.say("U0BEN", '@Palabre close friday 17:00 "Where?" "Café" "Library"')
    press_whisper(town, "U0BEN", "polls.look_over")
    town.fill("U0BEN", question="Where on Friday?")
    town.submit("U0BEN")
    assert "Where on Friday?" in town.posted()[-1].text
    press_whisper(town, "U0BEN", "polls.post_again")
    assert len(town.posted()) == 1
    assert "no longer here" in town.whispers("U0BEN")[-1]


def test_close_means_the_poll_that_is_posted_not_what_was_read_back(town: Town) -> None:
    town.ask("U0BEN")
    town.say("U0BEN", "@Palabre shall we?")
    town.say("U0BEN", "@Palabre close")
    assert "“Where shall we meet?” is closed." in town.whispers("U0BEN")[-1]


def test_what_is_read_back_can_be_dropped(town: Town) -> None:
    town.say("U0BEN", "@Palabre shall we?")
    press_whisper(town, "U0BEN", "polls.drop")
    assert "is dropped" in town.whispers("U0BEN")[-1]


def test_what_is_read_back_is_forgotten_after_a_day(town: Town) -> None:
    town.say("U0BEN", "@Palabre shall we?")
    assert "shall we?" not in text_of(town.home("U0BEN").blocks)
    town.move(hours=25)
    press_whisper(town, "U0BEN", "polls.post_again")
    assert town.posted() == []
    assert "This poll is no longer here." in town.whispers("U0BEN")[-1]


def test_naming_palabre_alone_offers_the_form(town: Town) -> None:
    root = said(town, "U0CHLOE", "Où ?")
    said(town, "U0CHLOE", "@Palabre anonyme", thread=root.ts)
    whisper = last_whisper(town, "U0CHLOE")
    assert whisper.thread_ts == root.ts
    assert "Que voulez-vous demander" in whisper.text
    press_whisper(town, "U0CHLOE", "polls.ask_here:anonymous")
    town.fill("U0CHLOE", question="Où ?")
    town.submit("U0CHLOE")
    assert "Où ?" in town.posted()[-1].text
    assert town.posted()[-1].thread_ts == root.ts


def test_thanking_palabre_makes_no_poll(town: Town) -> None:
    town.say("U0BEN", "Thanks @Palabre that helped a lot")
    assert town.posted() == []
    assert "What would you like to ask?" in town.whispers("U0BEN")[-1]
    assert "helped" not in text_of(town.home("U0BEN").blocks)


def test_what_is_refused_is_told_privately_with_what_was_written(town: Town) -> None:
    town.say("U0BEN", '@Palabre "Where?" "Café" "Café"')
    told = town.whispers("U0BEN")[-1]
    assert "Café" in told
    assert '"Where?"' in told
    assert town.posted() == []


def test_verbs_after_the_name_are_answered_privately(town: Town) -> None:
    town.ask("U0BEN")
    for verb in ("help", "results", "close"):
        town.say("U0BEN", f"@Palabre {verb}")
    assert "*Ask in a channel with one line.*" in town.whispers("U0BEN")[-3]
    assert "“Where shall we meet?” is closed." in town.whispers("U0BEN")[-1]
    assert town.whispers("U0ANA") == []


def test_bots_edits_and_palabre_itself_are_not_answered(town: Town) -> None:
    poll = '<@U0PALABRE> "Where?" "Café" "Library"'
    for odd in ({"bot_id": "B1"}, {"user": "U0PALABRE"}, {"edited": {"ts": "1"}}, {"subtype": "bot_message"}):
        assert mention(town, poll, **odd) == 200
    town.settle()
    assert town.posted() == []


def test_changed_and_deleted_messages_are_not_answered(town: Town) -> None:
    for subtype in ("message_changed", "message_deleted"):
        change: dict[str, Any] = {
            "type": "message",
            "subtype": subtype,
            "channel_type": "im",
            "message": {"text": "Shall we?"},
        }
        assert mention(town, "Shall we?", **change) == 200
    town.settle()
    assert town.posted() == []


def test_someone_of_another_organisation_is_told_that_they_may_vote(town: Town) -> None:
    town.say("U0ZOE", '@Palabre "Where?" "Café" "Library"', CONNECT)
    assert "You can vote in all of them." in town.whispers("U0ZOE", CONNECT)[-1]
    assert town.posted(CONNECT) == []


def test_a_direct_message_to_palabre_is_a_poll_there(town: Town) -> None:
    direct = town.playground.gestures.open_dm("U0BEN")
    town.say("U0BEN", '"Where?" "Café" "Library"', direct)
    assert "Where?" in town.posted(direct)[-1].text
    town.say("U0BEN", "hello", direct)
    assert "What would you like to ask?" in town.posted(direct)[-1].text
    town.say("U0BEN", "Shall we start?", direct)
    town.press("U0BEN", town.posted(direct)[-1], "polls.post_again")
    assert "Poll by <@U0BEN>" in town.posted(direct)[-1].text


def said(town: Town, user: str, text: str, channel: str = GENERAL, thread: str | None = None) -> Message:
    town.playground.gestures.say(user, channel, text, thread)
    own = [each for each in town.playground.workspace.messages(channel) if each.user == user]
    town.settle()
    return own[-1]


def poll_this(town: Town, user: str, message: Message) -> Answer:
    return town.playground.gestures.message_shortcut(user, "polls.ask_this", message.channel, message.ts)


def question_in_form(town: Town, user: str) -> str:
    state = town.modal(user).state["question"]["question"]
    return str(state["value"])


def last_whisper(town: Town, user: str, channel: str = GENERAL) -> Message:
    return [each for each in town.playground.workspace.messages(channel) if each.only_for == user][-1]


def press_whisper(town: Town, user: str, action: str) -> None:
    """Press a button of the newest private note that has it."""
    notes = [each for each in town.playground.workspace.messages(GENERAL) if each.only_for == user]
    note = next(each for each in reversed(notes) if f'"{action}"' in json.dumps(each.blocks))
    town.press(user, note, action)


def mention(town: Town, text: str, event_id: str = "Ev1", ts: str = "17.1", **odd: Any) -> int:
    event = {"type": "app_mention", "user": "U0BEN", "text": text, "ts": ts, "channel": GENERAL, **odd}
    body = {"type": "event_callback", "team_id": "T0PLAYGRD", "event_id": event_id, "event": event}
    return post(town, json.dumps(body), content_type="application/json")

"""A poll from the question to its close, as those in the channel see it."""

from tests.stories.town import GENERAL, Town, text_of


def test_a_poll_shows_its_question_options_counts_and_who_asked(town: Town) -> None:
    message = town.ask()
    shown = text_of(message.blocks)
    assert "*Where shall we meet?*" in shown
    assert "The library\n░░░░░░░░░░ 0 votes · 0%" in shown
    assert "Asked by <@U0ANA> · 0 people have voted" in shown
    assert "Palabre keeps who voted for what, but shows names to nobody." in shown


def test_the_text_for_screen_readers_says_what_the_blocks_say(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:1")
    assert message.text == (
        "Poll by <@U0ANA>: Where shall we meet?\n"
        "Café de la Paix: 0 votes · 0%\n"
        "The library: 1 vote · 100%\n"
        "Online: 0 votes · 0%\n"
        "Asked by <@U0ANA> · 1 person has voted · Press Vote; press it again to take your vote back\n"
        "Palabre keeps who voted for what, but shows names to nobody."
    )


def test_a_vote_counts_and_is_confirmed_to_the_voter_alone(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:0")
    assert "Café de la Paix: 1 vote · 100%" in message.text
    assert town.whispers("U0BEN") == [
        "Your vote counted. Press My vote to see it, or the same button again to take it back."
    ]


def test_another_option_replaces_the_vote(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0BEN", message, "polls.vote:2")
    assert "Café de la Paix: 0 votes · 0%" in message.text
    assert "Online: 1 vote · 100%" in message.text


def test_a_later_second_click_takes_the_vote_back(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:0")
    town.playground.gestures.move_clock(5)
    town.press("U0BEN", message, "polls.vote:0")
    assert "0 people have voted" in message.text


def test_a_hasty_second_click_does_not_undo_a_withdrawal(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:0")
    town.playground.gestures.move_clock(5)
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0BEN", message, "polls.vote:0")
    assert "0 people have voted" in message.text


def test_two_clicks_within_a_second_are_one_vote(town: Town) -> None:
    town.playground.clock.stand_still()
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0BEN", message, "polls.vote:0")
    assert "Café de la Paix: 1 vote · 100%" in message.text


def test_two_people_see_one_count(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0CHLOE", message, "polls.vote:1")
    assert "Café de la Paix: 1 vote · 50%" in message.text
    assert "2 people have voted" in message.text


def test_my_vote_shows_the_own_choice_and_changes_it(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0BEN", message, "polls.my_vote")
    assert "You voted for *The library*." in text_of(town.modal("U0BEN").blocks)
    town.fill("U0BEN", option="2")
    town.submit("U0BEN")
    assert "Your vote counted." in text_of(town.modal("U0BEN").blocks)
    assert "Online: 1 vote · 100%" in message.text


def test_my_vote_takes_the_vote_back(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0BEN", message, "polls.my_vote")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.take_back")
    assert "Your vote is taken back." in text_of(town.modal("U0BEN").blocks)
    assert "0 people have voted" in message.text


def test_my_vote_in_french_for_who_reads_french(town: Town) -> None:
    message = town.ask()
    town.press("U0CHLOE", message, "polls.my_vote")
    assert "Vous n’avez pas encore voté." in text_of(town.modal("U0CHLOE").blocks)


def test_a_closed_poll_takes_no_vote_and_says_why(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:1")
    stale = [dict(block) for block in message.blocks]
    town.press("U0ANA", message, "polls.close")
    assert "Closed" in message.text
    assert "polls.vote:1" not in str(message.blocks)
    message.blocks = stale
    town.press("U0CHLOE", message, "polls.vote:0")
    [told] = town.whispers("U0CHLOE")
    assert told.startswith("Ce sondage est clos, les votes ne changent donc plus.")
    assert "The library: 1 vote · 100%" in message.text


def test_only_the_asker_or_an_admin_closes(town: Town) -> None:
    message = town.ask("U0BEN")
    town.press("U0JO", message, "polls.close")
    assert town.whispers("U0JO") == ["Only the person who asked this, or an admin, can do that."]
    assert "Closed" not in message.text
    town.press("U0ANA", message, "polls.close")
    assert "Closed" in message.text


def test_the_form_asks_a_poll_in_the_channel_chosen(town: Town) -> None:
    town.say("U0BEN", "/poll")
    town.fill("U0BEN", question="Which day?", options="Monday\nFriday", channel="C0RANDOM")
    town.submit("U0BEN")
    assert not town.has_modal("U0BEN")
    assert "Poll by <@U0BEN>: Which day?\nMonday: 0 votes · 0%" in town.posted("C0RANDOM")[-1].text


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(town: Town) -> None:
    town.say("U0BEN", "/poll")
    town.fill("U0BEN", question="Which day?", options="Monday\nmonday", channel="C0RANDOM")
    town.submit("U0BEN")
    view = town.modal("U0BEN")
    assert view.errors == {
        "options": "The option “monday” is there twice. Keep it once, or tell the two apart."
    }
    assert view.state["question"]["question"]["value"] == "Which day?"


def test_french_command_french_poll(town: Town) -> None:
    message = town.ask("U0CHLOE", "« On y va ? » « Oui » « Plus tard »", "C0LYON")
    assert "Sondage de <@U0CHLOE>\N{NO-BREAK SPACE}: On y va ?" in message.text
    assert "0 personne a voté" in message.text


def test_home_lists_my_open_polls_with_results_and_close(town: Town) -> None:
    town.ask("U0BEN")
    home = town.home("U0BEN")
    assert "*Where shall we meet?*\nIn <#C0GENERAL> · 0 people have voted" in text_of(home.blocks)
    town.press_in_view("U0BEN", home, "polls.results")
    assert "Online\n░░░░░░░░░░ 0 votes · 0%" in text_of(town.modal("U0BEN").blocks)
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    town.press_in_view("U0BEN", home, "polls.close")
    assert "Closed" in town.posted()[-1].text
    assert "You have no open poll" in text_of(town.playground.workspace.homes["U0BEN"].blocks)


def test_home_asks_a_new_poll(town: Town) -> None:
    town.press_in_view("U0BEN", town.home("U0BEN"), "polls.ask")
    assert town.modal("U0BEN").payload["title"]["text"] == "New poll"


def test_close_and_results_need_no_id(town: Town) -> None:
    message = town.ask()
    town.press("U0BEN", message, "polls.vote:2")
    town.say("U0ANA", "/poll results")
    assert "Online: 1 vote · 100%" in town.whispers("U0ANA")[-1]
    town.say("U0ANA", "/poll close")
    assert town.whispers("U0ANA")[-1] == "“Where shall we meet?” is closed."
    assert "Closed" in town.posted(GENERAL)[-1].text


def test_palabre_leads_to_polls_where_another_app_owns_the_short_name(town: Town) -> None:
    town.say("U0ANA", "/palabre poll Shall we start at nine?")
    assert "Poll by <@U0ANA>: Shall we start at nine?\nYes: 0 votes · 0%" in town.posted()[-1].text


def test_more_than_forty_options_are_voted_in_a_window(town: Town) -> None:
    options = " ".join(f'"Choice {number}"' for number in range(41))
    message = town.ask(text=f'"Which?" {options}')
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option="33")
    town.submit("U0BEN")
    assert "Choice 33: 1 vote · 100%" in message.text
    assert "and 31 more options: press Vote to see them all" in text_of(message.blocks)


def test_a_poll_goes_its_whole_way_in_both_modes(either_town: Town) -> None:
    town = either_town
    town.say("U0ANA", "/poll")
    town.fill("U0ANA", question="Which day?", options="Monday", channel=GENERAL)
    town.submit("U0ANA")
    assert list(town.modal("U0ANA").errors) == ["options"]
    town.fill("U0ANA", options="Monday\nFriday")
    town.submit("U0ANA")
    message = town.posted()[-1]
    town.press("U0BEN", message, "polls.vote:1")
    assert "Friday: 1 vote · 100%" in message.text
    assert town.whispers("U0BEN")[-1].startswith("Your vote counted.")
    assert "*Which day?*" in text_of(town.home("U0ANA").blocks)
    town.say("U0ANA", "/poll close")
    assert town.whispers("U0ANA")[-1] == "“Which day?” is closed."
    assert "Closed" in message.text

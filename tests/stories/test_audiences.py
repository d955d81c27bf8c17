"""An anonymous poll or survey is not posted before it is known how many could answer it."""

import pytest

from slack_app.playground.workspace import BOT_USER, TEAM_ID, Message
from storage import Database
from surveys.survey import Round
from tests.stories.test_anonymous_polls import FIVE, LEADERS, QUI, have_voted, rows
from tests.stories.test_anonymous_surveys import choose, look_over
from tests.stories.town import GENERAL, Town, element_in

FOUR = ("U0ANA", "U0BEN", "U0CHLOE", "U0DRISS")
FEW = "C0LYON"
PAGES = 3
"""This small Slack gives one page short, one empty and one with the rest; Slack gives one, as a rule."""
KEPT = "Your poll “Who should lead?” is kept, but it is not posted yet."
TOO_FEW = (
    f"{KEPT}\nOnly 4 people can answer in <#{FEW}>. Results of an anonymous poll are shown from 5 people up, "
    "so these would never be shown."
)
ALONE = (
    f"{KEPT}\nNobody but one person could answer here, so an anonymous answer would not be one. "
    "Choose a channel with more people, or ask with names."
)
ANYWAY = f"polls.ask_all_the_same:{FEW}"


@pytest.fixture
def few(town: Town) -> Town:
    """The town with four people, three apps and Palabre in #café-lyon."""
    apps = {"U0CLOCKBOT", "USLACKBOT", BOT_USER}
    town.playground.workspace.channels[FEW].members = {*FOUR, "U0LEO", *apps}
    return town


def calls(town: Town, method: str) -> int:
    return sum(f"called {method}:" in each.summary for each in town.playground.workspace.happenings)


def told(town: Town, user: str = "U0ANA", channel: str = FEW) -> Message:
    """What only this person sees in a channel, the latest."""
    return [each for each in town.playground.workspace.messages(channel) if each.only_for == user][-1]


def ask(town: Town, channel: str = FEW, text: str = LEADERS, user: str = "U0ANA") -> Message:
    """Ask where it is held back; return what the asker is told."""
    town.say(user, f"/poll {text}", channel)
    return told(town, user, channel)


def names(message: Message) -> set[str]:
    """The names of a note's buttons and menu, without what follows the colon."""
    return {
        element["action_id"].partition(":")[0]
        for block in message.blocks
        for element in block.get("elements", ())
        if "action_id" in element
    }


def post_in(town: Town, note: Message, channel: str, room: str = "polls") -> None:
    """Choose another channel in a note's menu."""
    action = next(
        element["action_id"]
        for block in note.blocks
        for element in block.get("elements", ())
        if element.get("action_id", "").startswith(f"{room}.post_in:")
    )
    block_id, _ = element_in(note.blocks, action)
    surface = f"message:{note.channel}:{note.ts}"
    town.playground.gestures.act("U0ANA", surface, block_id, action, channel)
    town.settle()


# --- enough people ---


def test_where_enough_can_answer_it_is_posted_at_once_for_its_members_read_once(town: Town) -> None:
    before = calls(town, "auth.test")
    message = town.ask(text=LEADERS)
    assert message.text.startswith("Poll by <@U0ANA>: Who should lead?")
    assert town.whispers("U0ANA") == []
    assert calls(town, "conversations.members") == PAGES
    assert calls(town, "auth.test") == before


def test_nobody_is_counted_where_names_are_shown_or_hidden(few: Town) -> None:
    few.ask(channel=FEW)
    assert calls(few, "conversations.members") == 0


def test_people_in_their_thousands_are_counted_to_a_thousand(town: Town) -> None:
    town.playground.workspace.channels[GENERAL].members |= {f"U1{number:04}" for number in range(2500)}
    town.ask(text=LEADERS)
    assert calls(town, "conversations.members") == PAGES
    assert audience(town) == 1000


def audience(town: Town, channel: str = GENERAL) -> int | None:
    with town.database.begin() as store:
        poll = store.polls.latest_of(TEAM_ID, "U0ANA", channel)
    assert poll
    return poll.audience


def test_who_joins_or_leaves_later_changes_nothing(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.playground.workspace.channels[GENERAL].members = {*FIVE, "U0NEW", BOT_USER}
    have_voted(town, message, "00011")
    assert "About 5 people have voted" in message.text
    assert calls(town, "conversations.members") == PAGES
    assert audience(town) == 12


# --- below the smallest group ---


def test_four_people_and_three_apps_are_four(few: Town) -> None:
    note = ask(few)
    assert note.text == TOO_FEW
    assert names(note) == {"polls.post_in", "polls.ask_all_the_same", "polls.drop"}
    assert few.posted(FEW) == []
    assert audience(few, FEW) == 4


def test_the_french_asker_is_told_in_french(few: Town) -> None:
    note = ask(few, text=QUI, user="U0CHLOE")
    assert note.text == (
        "Votre sondage «\u00a0Qui doit mener ?\u00a0» est gardé, mais il n’est pas encore publié.\n"
        f"Seules 4 personnes peuvent répondre dans <#{FEW}>. Les résultats d’un sondage anonyme sont montrés "
        "à partir de 5 personnes, ceux-ci ne le seraient donc jamais."
    )


def test_asked_all_the_same_it_is_posted_and_its_results_are_never_shown(few: Town) -> None:
    note = ask(few)
    few.press("U0ANA", note, ANYWAY)
    [message] = few.posted(FEW)
    have_voted(few, message, "0001")
    few.press("U0ANA", message, "polls.close")
    assert "Too few people voted to show results (fewer than 5)." in message.text
    assert "votes ·" not in message.text


def test_asked_all_the_same_twice_it_is_posted_once(few: Town) -> None:
    note = ask(few)
    few.press("U0ANA", note, ANYWAY)
    few.press("U0ANA", note, ANYWAY)
    assert len(few.posted(FEW)) == 1
    assert few.whispers("U0ANA", FEW)[-1] == "This poll is posted already; look for it in its channel."


def test_nobody_but_its_asker_or_an_admin_decides(few: Town) -> None:
    note = ask(few, user="U0BEN")
    note.only_for = None  # a forged press needs no message to press on
    for action in (ANYWAY, "polls.drop"):
        few.press("U0CHLOE", note, action)
    assert few.posted(FEW) == [note]
    assert rows(few, "polls") == 1


def test_dropped_nothing_of_it_is_kept(few: Town) -> None:
    note = ask(few)
    few.press("U0ANA", note, "polls.drop")
    assert few.whispers("U0ANA", FEW)[-1] == "“Who should lead?” is dropped, and nothing of it is kept."
    assert [rows(few, table) for table in ("polls", "seals", "boxes", "farewells")] == [0, 0, 0, 0]


def test_what_is_dropped_can_be_neither_asked_nor_dropped_again(few: Town) -> None:
    note = ask(few)
    few.press("U0ANA", note, "polls.drop")
    few.press("U0ANA", note, ANYWAY)
    few.press("U0ANA", note, "polls.drop")
    assert few.posted(FEW) == []
    assert (
        few.whispers("U0ANA", FEW)[-2:] == ["This poll is no longer here. Ask for a new one with /poll."] * 2
    )


def test_what_is_posted_is_not_dropped_by_the_old_note(few: Town) -> None:
    note = ask(few)
    few.press("U0ANA", note, ANYWAY)
    few.press("U0ANA", note, "polls.drop")
    assert len(few.posted(FEW)) == 1
    assert rows(few, "polls") == 1


def test_in_another_channel_people_are_counted_anew(few: Town) -> None:
    note = ask(few)
    post_in(few, note, GENERAL)
    assert few.posted(GENERAL)[-1].text.startswith("Poll by <@U0ANA>: Who should lead?")
    assert audience(few) == 12


def test_the_old_note_does_not_decide_for_another_channel(few: Town) -> None:
    note = ask(few)
    few.playground.workspace.channels["C0CRAFT"].members = {*FOUR, BOT_USER}
    post_in(few, note, "C0CRAFT")
    few.press("U0ANA", note, ANYWAY)
    assert few.whispers("U0ANA", FEW)[-1] == "This is to be asked in another channel by now."
    assert few.posted("C0CRAFT") == []


def test_home_shows_it_as_not_posted_and_counts_again(few: Town) -> None:
    ask(few)
    few.playground.workspace.channels[FEW].members.add("U0EMI")
    few.press_in_view("U0ANA", few.home("U0ANA"), "polls.post_again")
    assert len(few.posted(FEW)) == 1


def test_held_back_it_closes_and_says_nothing_in_the_channel(few: Town) -> None:
    note = ask(few)
    few.move(days=7)
    few.press("U0ANA", note, ANYWAY)
    assert few.posted(FEW) == []
    assert rows(few, "seals") == 0


# --- nobody to hide among ---


def test_one_person_is_refused_with_another_channel_as_the_way_out(town: Town) -> None:
    town.playground.workspace.channels[FEW].members = {"U0ANA", "U0CLOCKBOT", BOT_USER}
    note = ask(town)
    assert note.text == ALONE
    assert names(note) == {"polls.post_in", "polls.drop"}
    post_in(town, note, GENERAL)
    assert len(town.posted(GENERAL)) == 1


def test_in_a_direct_message_with_the_app_there_is_nobody_else(town: Town) -> None:
    conversation = town.playground.gestures.open_dm("U0ANA")
    note = ask(town, conversation)
    assert note.text == ALONE
    assert town.posted(conversation) == []


def test_a_forged_press_does_not_ask_one_person(few: Town) -> None:
    note = ask(few)
    few.playground.workspace.channels[FEW].members = {"U0ANA", BOT_USER}
    few.press_in_view("U0ANA", few.home("U0ANA"), "polls.post_again")
    few.press("U0ANA", note, ANYWAY)
    assert few.posted(FEW) == []
    assert "Nobody but one person could answer here" in few.whispers("U0ANA", FEW)[-1]


# --- what goes wrong ---


def test_where_palabre_is_not_in_the_channel_it_is_told_as_ever(town: Town) -> None:
    note = ask(town, "C0SECRET")
    assert note.text == (
        f"{KEPT}\nI am not in <#C0SECRET>. Write /invite @Palabre there, then press Try again."
    )
    town.playground.workspace.channels["C0SECRET"].members |= {"U0CHLOE", "U0DRISS"}
    town.playground.gestures.invite_app("C0SECRET")
    town.press("U0ANA", note, "polls.post_again")
    assert len(town.posted("C0SECRET")) == 1


@pytest.mark.parametrize("fault", ["500", "429:5", "lost"])
def test_where_slack_fails_for_now_it_is_counted_again(town: Town, fault: str) -> None:
    town.playground.faults.next("conversations.members", fault)
    town.say("U0ANA", f"/poll {LEADERS}")
    assert (town.posted(), town.whispers("U0ANA")) == ([], [])
    town.move(minutes=2)
    assert len(town.posted()) == 1


def test_a_process_killed_between_counting_and_posting_posts_once(town: Town) -> None:
    town.playground.gestures.say("U0ANA", GENERAL, f"/poll {LEADERS}")
    with town.database.begin() as store:
        poll = store.polls.latest_of(TEAM_ID, "U0ANA", GENERAL)
        assert poll
        assert store.polls.count_audience(TEAM_ID, poll.id, GENERAL, 12)
    town.settle()
    town.move(minutes=1)
    assert len(town.posted()) == 1
    assert calls(town, "conversations.members") == 0


def test_after_a_long_count_another_drawing_posts(town: Town) -> None:
    """The claim may be over by then, and another worker have posted it."""
    town.playground.faults.next("conversations.members", "slow:2.1")
    town.say("U0ANA", f"/poll {LEADERS}")
    assert town.posted() == []
    town.settle()
    assert len(town.posted()) == 1
    assert calls(town, "conversations.members") == PAGES


# --- surveys ---


def launch(town: Town, channel: str = FEW, way: str = "channel") -> Round:
    look_over(town)
    choose(town, "results", "all")
    town.fill("U0ANA", channel=channel, way=way)
    town.submit("U0ANA")
    town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
    return latest(town.database)


def latest(database: Database) -> Round:
    with database.begin() as store:
        return store.surveys.recent_of(TEAM_ID, "U0ANA")[0]


SURVEY = (
    "Your survey “Looking back together” is kept, but {what} yet.\n"
    f"Only 4 people can answer in <#{FEW}>. Results of an anonymous survey are shown from 5 people up, "
    "so these would never be shown."
)
SURVEY_ANYWAY = f"authoring.ask_all_the_same:{FEW}"


def test_a_survey_that_too_few_can_answer_waits_for_its_owner(few: Town) -> None:
    launch(few)
    note = few.direct("U0ANA")[-1]
    assert note.text == SURVEY.format(what="it is not posted")
    assert few.posted(FEW) == []
    few.press("U0ANA", note, SURVEY_ANYWAY)
    few.press("U0ANA", note, SURVEY_ANYWAY)
    assert len(few.posted(FEW)) == 1


def test_a_survey_by_direct_message_asks_nobody_before_its_owner_decides(few: Town) -> None:
    launch(few, way="each")
    note = few.direct("U0ANA")[-1]
    assert note.text == SURVEY.format(what="nobody is asked")
    assert [len(few.direct(user)) for user in FOUR] == [1, 0, 0, 0]
    few.press("U0ANA", note, SURVEY_ANYWAY)
    few.press("U0ANA", note, SURVEY_ANYWAY)
    assert [asks(few, user) for user in FOUR] == [1, 1, 1, 1]


def asks(town: Town, user: str) -> int:
    return sum(each.text.startswith("Survey by") for each in town.direct(user))


def test_a_survey_by_direct_message_may_go_to_another_channel(few: Town) -> None:
    launch(few, way="each")
    post_in(few, few.direct("U0ANA")[-1], GENERAL, "authoring")
    assert latest(few.database).audience == 12
    assert asks(few, "U0KOFI") == 1


def test_a_survey_that_is_dropped_leaves_nothing(few: Town) -> None:
    launch(few, way="each")
    note = few.direct("U0ANA")[-1]
    few.press("U0ANA", note, "authoring.drop")
    few.press("U0ANA", note, SURVEY_ANYWAY)
    assert [rows(few, table) for table in ("rounds", "seals", "boxes", "deliveries")] == [0, 0, 0, 0]
    assert [asks(few, user) for user in FOUR] == [0, 0, 0, 0]


def test_a_survey_that_waits_is_shown_in_home_and_closes_in_silence(few: Town) -> None:
    launch(few, way="each")
    element_in(few.home("U0ANA").blocks, "authoring.post_again")
    few.move(days=30)
    assert few.posted(FEW) == []
    assert latest(few.database).is_counted


def test_a_process_killed_before_its_owner_was_told_tells_them(few: Town) -> None:
    asked = launch(few, way="each")
    few.palabre.worker.perform("delivery.invite", TEAM_ID, asked.id)
    assert few.direct("U0ANA")[-1].text == SURVEY.format(what="nobody is asked")
    assert [asks(few, user) for user in FOUR] == [0, 0, 0, 0]


def test_a_survey_of_one_person_can_only_go_elsewhere(town: Town) -> None:
    town.playground.workspace.channels[FEW].members = {"U0ANA", BOT_USER}
    launch(town, way="each")
    note = town.direct("U0ANA")[-1]
    assert "Nobody but one person could answer here" in note.text
    assert names(note) == {"authoring.post_in", "authoring.drop"}

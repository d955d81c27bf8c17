"""An anonymous poll from the question to its results, as those in the channel see it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from slack_app.playground.workspace import Message
from slack_app.polls import outcomes
from storage.tables import metadata
from surveys.anonymity import Shown, Why, Withheld
from tests.stories.test_bad_input import post
from tests.stories.test_where_and_who import click
from tests.stories.town import GENERAL, Town, text_of

LEADERS = 'anonymous "Who should lead?" "Ana" "Ben"'
QUI = "anonyme « Qui doit mener ? » « Ana » « Ben »"
FIVE = ("U0ANA", "U0BEN", "U0CHLOE", "U0DRISS", "U0GIL")
CARD = (
    "🔒 *Anonymous:* nobody can see who answered what, neither <@U0ANA> nor an admin. "
    "Results come after the close, for everybody here, and only if at least 5 people answered."
)


def have_voted(town: Town, message: Message, options: str) -> None:
    """Have one person an option vote, given as digits."""
    for person, option in zip(FIVE, options, strict=False):
        town.press(person, message, f"polls.vote:{option}")


def form(town: Town, user: str = "U0ANA", level: str = "anonymous", **entries: object) -> None:
    """Open the form, fill it in, and choose among the names."""
    town.say(user, "/poll")
    town.press_in_view(user, town.modal(user), "polls.more")
    town.fill(user, question="Who should lead?", options="Ana\nBen", channel=GENERAL)
    choose_names(town, level, user)
    town.fill(user, **entries)


def choose_names(town: Town, level: str, user: str = "U0ANA") -> None:
    view = town.modal(user)
    town.playground.gestures.fill(user, f"view:{view.id}", "names", "polls.names", level)
    town.settle()


def moment(town: Town, **ahead: float) -> int:
    return int(town.playground.workspace.clock.now() + timedelta(**ahead).total_seconds())


def poll_id(message: Message) -> str:
    return str(message.blocks[1]["accessory"]["value"])


def rows(town: Town, table: str) -> int:
    with town.database._engine.connect() as connection:  # noqa: SLF001 what the drawers never tell
        return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


# --- asking ---


def test_the_message_says_before_the_first_click_who_will_see_what(town: Town) -> None:
    earliest = moment(town, days=7)
    message = town.ask(text=LEADERS)
    before, _, dated = message.text.partition("<!date^")
    closes, _, after = dated.partition("^{date_short_pretty} {time}|")
    assert earliest <= int(closes) <= moment(town, days=7)
    assert before == (
        "Poll by <@U0ANA>: Who should lead?\n"
        "Ana\n"
        "Ben\n"
        "Asked by <@U0ANA> · Fewer than 5 people have voted so far · "
        "Press Vote; change it or take it back with My vote · open until "
    )
    assert after.endswith(f"\n{CARD}")
    assert CARD in text_of(message.blocks)
    assert "How is this kept?" in text_of(message.blocks)


def test_the_french_message_says_the_same(town: Town) -> None:
    message = town.ask("U0CHLOE", QUI)
    assert message.text.startswith(
        "Sondage de <@U0CHLOE>\u00a0: Qui doit mener ?\n"
        "Ana\n"
        "Ben\n"
        "Posé par <@U0CHLOE> · Moins de 5 personnes ont voté pour l’instant · "
        "Appuyez sur «\u00a0Voter\u00a0»\u202f; «\u00a0Mon vote\u00a0» permet de le changer ou de le retirer"
        " · "
    )
    assert "🔒 *Anonyme\u00a0:*" in message.text


def test_the_form_asks_for_what_an_anonymous_poll_needs_and_loses_nothing(town: Town) -> None:
    form(town)
    shown = text_of(town.modal("U0ANA").blocks)
    assert "Results for" in shown
    assert "a code proves a vote to whoever sees it" in shown
    state = town.modal("U0ANA").state
    assert state["question"]["question"]["value"] == "Who should lead?"
    chosen = state["sealed_closes"]["sealed_closes"]["selected_date_time"]
    assert moment(town, days=7) - chosen in range(60)
    town.submit("U0ANA")
    assert not town.has_modal("U0ANA")
    assert CARD in town.posted()[-1].text


def test_the_form_goes_back_to_hidden_names_with_the_moment_chosen(town: Town) -> None:
    form(town, sealed_closes=moment(town, days=2))
    choose_names(town, "hidden")
    assert "Results for" not in text_of(town.modal("U0ANA").blocks)
    town.submit("U0ANA")
    message = town.posted()[-1]
    assert "Ana: 0 votes · 0%" in message.text
    assert "Palabre keeps who voted for what, but shows names to nobody." in message.text
    town.move(days=2)
    assert "Closed" in message.text


def test_a_poll_with_hidden_names_stays_open_where_no_moment_is_chosen(town: Town) -> None:
    form(town, level="hidden")
    town.submit("U0ANA")
    town.move(days=91)
    assert "Press Vote" in town.posted()[-1].text


def test_a_moment_too_soon_or_too_late_is_said_beside_its_field(town: Town) -> None:
    form(town, sealed_closes=moment(town, minutes=1))
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {
        "sealed_closes": (
            "This moment is past or only minutes away. Choose a later one, so that people can vote."
        )
    }
    town.fill("U0ANA", sealed_closes=moment(town, days=91))
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {
        "sealed_closes": (
            "A poll that closes by itself stays open for 90 days at most. Choose an earlier moment."
        )
    }
    assert town.modal("U0ANA").state["question"]["question"]["value"] == "Who should lead?"
    assert town.posted() == []


def test_receipts_that_only_the_owner_could_look_up_are_refused(town: Town) -> None:
    form(town, results="owners", receipts=["receipts"])
    town.submit("U0ANA")
    assert town.modal("U0ANA").errors == {
        "receipts": (
            "With receipts all ballots are published for everybody to count again. "
            "Choose results for everybody, or leave the receipts out."
        )
    }


def test_the_same_form_sent_twice_asks_once(town: Town) -> None:
    form(town)
    view = town.modal("U0ANA")
    town.submit("U0ANA")
    town.playground.workspace.stacks["U0ANA"] = [view]
    town.submit("U0ANA")
    assert len(town.posted()) == 1
    assert rows(town, "seals") == 1


def test_a_higher_threshold_counts_for_polls_asked_from_then_on(town: Town) -> None:
    before = town.ask(text=LEADERS)
    with town.database.begin() as store:
        store.workspaces.raise_fewest("T0PLAYGRD", 8)
    after = town.ask(text='anonymous "And who cooks?" "Ana" "Ben"')
    assert "only if at least 5 people answered" in before.text
    assert "only if at least 8 people answered" in after.text
    have_voted(town, before, "00011")
    town.press("U0ANA", before, "polls.close")
    assert "Ana: 3 votes · 60%" in before.text


# --- voting ---


def test_the_message_tells_in_steps_how_many_have_voted(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "0001")
    assert "Fewer than 5 people have voted so far" in message.text
    town.press("U0GIL", message, "polls.vote:1")
    assert "About 5 people have voted" in message.text
    assert "Ana\nBen\nAsked by" in message.text
    town.press("U0JO", message, "polls.vote:1")
    assert "About 5 people have voted" in message.text


def test_no_vote_change_or_withdrawal_between_two_steps_touches_the_message(town: Town) -> None:
    message = town.ask(text=LEADERS)
    drawn = updates(town)
    have_voted(town, message, "000")
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0CHLOE", message, "polls.my_vote")
    town.press_in_view("U0CHLOE", town.modal("U0CHLOE"), "polls.take_back")
    assert updates(town) == drawn
    with town.database.begin() as store:
        [stale] = [store.polls.claim_stale(town.palabre.tools.now(), town.palabre.tools.now())]
    assert stale == ()


def updates(town: Town) -> int:
    return sum("called chat.update:" in each.summary for each in town.playground.workspace.happenings)


def test_a_vote_taken_back_below_a_step_is_seen(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.press("U0GIL", message, "polls.my_vote")
    town.press_in_view("U0GIL", town.modal("U0GIL"), "polls.take_back")
    assert "Your vote is taken back." in text_of(town.modal("U0GIL").blocks)
    assert "Fewer than 5 people have voted so far" in message.text


def test_voters_are_told_of_each_click_in_private_and_never_what_they_chose(town: Town) -> None:
    message = town.ask(text=LEADERS)
    for option in ("0", "1", "1"):
        town.press("U0BEN", message, f"polls.vote:{option}")
    assert town.whispers("U0BEN") == [
        "Your vote counted. Press My vote to see it, change it or take it back until the poll closes.",
        "Your vote is changed. Press My vote to see it, change it or take it back until the poll closes.",
        "This is your vote already; nothing changed.",
    ]


def test_voters_are_told_in_their_own_language(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.press("U0CHLOE", message, "polls.vote:0")
    [told] = town.whispers("U0CHLOE")
    assert told == (
        "Votre vote est compté. Jusqu’à la clôture, «\u00a0Mon vote\u00a0» permet de le voir, "
        "de le changer ou de le retirer."
    )


def test_the_same_click_again_never_takes_the_vote_back(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.move(minutes=1)
    have_voted(town, message, "00011")
    town.press("U0ANA", message, "polls.close")
    assert "Ana: 3 votes · 60%" in message.text


def test_my_vote_shows_and_changes_the_own_choice_while_the_poll_is_open(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00000")
    town.press("U0BEN", message, "polls.my_vote")
    shown = text_of(town.modal("U0BEN").blocks)
    assert "You voted for *Ana*." in shown
    assert CARD in shown
    town.fill("U0BEN", option="1")
    town.submit("U0BEN")
    assert text_of(town.modal("U0BEN").blocks) == "Your vote counted."
    town.press("U0ANA", message, "polls.close")
    assert "Ana: 4 votes · 80%\nBen: 1 vote · 20%" in message.text


def test_my_vote_tells_who_has_not_voted(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.press("U0BEN", message, "polls.my_vote")
    assert "You have not voted yet." in text_of(town.modal("U0BEN").blocks)


def test_after_the_close_nobody_can_tell_what_one_voted(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.press("U0ANA", message, "polls.close")
    town.press("U0BEN", message, "polls.my_vote")
    town.press("U0CHLOE", message, "polls.my_vote")
    assert (
        "This poll is closed. From the close on nobody can tell who voted for what, Palabre included: "
        "your vote can't be shown any more."
    ) in text_of(town.modal("U0BEN").blocks)
    assert "personne ne peut dire qui a voté quoi" in text_of(town.modal("U0CHLOE").blocks)


def test_while_it_is_open_no_table_holds_a_vote_that_can_be_read(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    assert (rows(town, "boxes"), rows(town, "ballots"), rows(town, "votes")) == (5, 0, 0)
    town.press("U0ANA", message, "polls.close")
    assert (rows(town, "boxes"), rows(town, "ballots"), rows(town, "votes")) == (0, 5, 5)
    assert rows(town, "seals") == 0


def test_someone_of_another_organisation_votes_once_and_sees_the_own_vote(town: Town) -> None:
    town.playground.workspace.channels["C0CONNECT"].members |= set(FIVE)
    message = town.ask("U0BEN", LEADERS, "C0CONNECT")
    town.press("U0ZOE", message, "polls.vote:1")
    town.press("U0ZOE", message, "polls.vote:0")
    town.press("U0ZOE", message, "polls.my_vote")
    assert "You voted for *Ana*." in text_of(town.modal("U0ZOE").blocks)
    assert rows(town, "boxes") == 1


def test_the_same_id_in_two_organisations_is_two_voters(town: Town) -> None:
    message = town.ask(text=LEADERS)
    for team in ("T0PLAYGRD", "T0ELSEWHERE"):
        clicked(town, click(poll_id(message), team))
    assert rows(town, "boxes") == 2


def clicked(town: Town, body: dict[str, object]) -> int:
    return post(town, json.dumps(body), content_type="application/json")


def test_a_click_that_slack_sends_again_is_one_vote(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "0001")
    for _ in range(3):
        assert clicked(town, click(poll_id(message), "T0PLAYGRD", option=1)) == 200
    town.settle()
    town.press("U0ANA", message, "polls.close")
    assert "Ana: 3 votes · 60%\nBen: 2 votes · 40%" in message.text


def test_twenty_people_who_vote_at_once_are_twenty_votes(town: Town) -> None:
    message = town.ask(text=LEADERS)
    poll = poll_id(message)
    bodies = [click(poll, "T0PLAYGRD", f"U{number % 20}", number % 2) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        statuses = set(threads.map(lambda body: clicked(town, body), bodies))
    town.settle()
    assert statuses == {200}
    assert "About 20 people have voted" in message.text
    town.press("U0ANA", message, "polls.close")
    assert "20 people have voted" in message.text


def test_a_poll_that_closes_while_people_vote_counts_each_vote_that_was_taken(town: Town) -> None:
    message = town.ask(text=LEADERS)
    poll, tools = poll_id(message), town.palabre.tools
    have_voted(town, message, "00011")
    bodies = [click(poll, "T0PLAYGRD", f"U{number}", 0) for number in range(16)]
    with ThreadPoolExecutor(8) as threads:
        voting = [threads.submit(clicked, town, body) for body in bodies]
        threads.submit(town.playground.gestures.say, "U0ANA", GENERAL, "/poll close").result()
    assert {each.result() for each in voting} == {200}
    kept = rows(town, "boxes")
    town.settle()
    assert kept >= 5
    outcome = outcomes.results(tools.database, "T0PLAYGRD", poll)
    assert isinstance(outcome.standing, Shown)
    assert outcome.standing.value.voters == kept
    assert (rows(town, "ballots"), rows(town, "boxes")) == (kept, 0)


# --- closing ---


def test_an_anonymous_poll_closes_by_itself_and_shows_its_results(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.move(days=7)
    assert message.text == (
        "Poll by <@U0ANA>: Who should lead?\n"
        "Ana: 3 votes · 60%\n"
        "Ben: 2 votes · 40%\n"
        "*Ana* has the most votes. "
        "Too close to call: among so few votes a lead as small as this one may be chance.\n"
        "Asked by <@U0ANA> · 5 people have voted, of 12 who could (42%) · Closed\n" + CARD
    )
    assert "Ana: 3 votes · 60%\nBen: 2 votes · 40%" in text_of(message.blocks)
    assert "data_visualization" in str(message.blocks)


def test_no_vote_counts_from_the_closing_moment_on(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.playground.stage.after_move = lambda _seconds: None  # the job that closes it is late
    town.playground.gestures.move_clock(timedelta(days=7).total_seconds())
    clicked(town, click(poll_id(message), "T0PLAYGRD"))
    assert rows(town, "boxes") == 0


def test_a_vote_after_the_close_is_refused_as_in_every_poll(town: Town) -> None:
    message = town.ask(text=LEADERS)
    stale = [dict(block) for block in message.blocks]
    town.press("U0ANA", message, "polls.close")
    message.blocks = stale
    town.press("U0BEN", message, "polls.vote:0")
    [told] = town.whispers("U0BEN")
    assert told.startswith("This poll is closed, so votes no longer change.")
    assert rows(town, "ballots") == 0


def test_only_the_asker_or_an_admin_closes_an_anonymous_poll(town: Town) -> None:
    message = town.ask("U0BEN", LEADERS)
    town.press("U0JO", message, "polls.close")
    assert town.whispers("U0JO") == ["Only the person who asked this, or an admin, can do that."]
    town.press("U0ANA", message, "polls.close")
    assert "Closed" in message.text


def test_below_five_votes_no_result_is_ever_shown(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "0001")
    town.press("U0ANA", message, "polls.close")
    assert (
        "Ana\nBen\nToo few people voted to show results (fewer than 5).\n"
        "Asked by <@U0ANA> · Fewer than 5 people have voted · Closed\n"
    ) in message.text
    assert "Too few people voted to show results (fewer than 5)." in text_of(message.blocks)


def test_below_five_votes_the_french_message_says_why(town: Town) -> None:
    message = town.ask("U0CHLOE", QUI)
    town.press("U0CHLOE", message, "polls.vote:0")
    town.press("U0CHLOE", message, "polls.close")
    assert "Trop peu de personnes ont voté pour montrer des résultats (moins de 5)." in message.text


def test_everybody_voting_alike_is_said(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00000")
    town.press("U0ANA", message, "polls.close")
    assert "Ben: 0 votes · 0%\nEverybody who voted chose the same option.\n" in message.text


def test_between_close_and_count_nothing_is_shown(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.playground.gestures.say("U0ANA", GENERAL, "/poll close")
    town.palabre.worker.redraw()
    assert (
        "Ana\nBen\nClosed; the votes are being mixed and counted.\n"
        "Asked by <@U0ANA> · About 5 people have voted\n"
    ) in message.text
    town.settle()
    assert "Ana: 3 votes · 60%" in message.text


def test_counting_again_changes_nothing(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    poll = poll_id(message)
    town.press("U0ANA", message, "polls.close")
    before = message.text
    for name in ("polls.count", "polls.close"):
        town.palabre.worker.perform(name, "T0PLAYGRD", poll)
    town.settle()
    assert message.text == before
    assert rows(town, "ballots") == 5


def test_while_it_is_open_its_owner_sees_no_more_than_the_others(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "0001")
    town.say("U0ANA", "/poll results")
    assert "Ana\nBen\nAsked by <@U0ANA> · Fewer than 5 people have voted so far" in town.whispers("U0ANA")[-1]
    home = town.home("U0ANA")
    assert "In <#C0GENERAL> · Fewer than 5 people have voted so far · open until" in text_of(home.blocks)
    town.press_in_view("U0ANA", home, "polls.results")
    shown = text_of(town.modal("U0ANA").blocks)
    assert "Fewer than 5 people have voted so far" in shown
    assert "%" not in shown


# --- results for the owner ---


def for_the_owner(town: Town, votes: str) -> Message:
    form(town, results="owners")
    town.submit("U0ANA")
    message = town.posted()[-1]
    have_voted(town, message, votes)
    town.press("U0ANA", message, "polls.close")
    return message


def test_results_for_the_owner_reach_the_owner_alone(town: Town) -> None:
    message = for_the_owner(town, "00011")
    assert (
        "Ana\nBen\nResults go to <@U0ANA>.\n"
        "Asked by <@U0ANA> · 5 people have voted, of 12 who could (42%) · Closed\n"
    ) in message.text
    assert "to <@U0ANA> alone" in message.text
    [told] = town.direct("U0ANA")
    assert "Your poll in <#C0GENERAL> is counted. Its results go to you alone." in told.text
    assert "Ana: 3 votes · 60%\nBen: 2 votes · 40%" in told.text


def test_results_for_the_owner_open_for_nobody_else_admins_included(town: Town) -> None:
    form(town, "U0BEN", results="owners")
    town.submit("U0BEN")
    message = town.posted()[-1]
    have_voted(town, message, "00011")
    town.press("U0BEN", message, "polls.close")
    for reader in ("U0ANA", "U0JO"):
        town.press(reader, message, "polls.results")
        shown = text_of(town.modal(reader).blocks)
        assert "Results go to <@U0BEN>." in shown
        assert "votes ·" not in shown
    town.press("U0BEN", message, "polls.results")
    assert "██████░░░░ 3 votes · 60%" in text_of(town.modal("U0BEN").blocks)


def test_below_five_votes_the_owner_learns_no_more(town: Town) -> None:
    message = for_the_owner(town, "0001")
    [told] = town.direct("U0ANA")
    assert "Too few people voted to show results (fewer than 5)." in told.text
    assert "votes ·" not in told.text
    assert "Results go to <@U0ANA>." in message.text


# --- receipts ---


def with_receipts(town: Town) -> Message:
    form(town, receipts=["receipts"])
    town.submit("U0ANA")
    return town.posted()[-1]


def code_in(told: str) -> str:
    return told.partition("`")[2].partition("`")[0]


def test_a_voter_gets_a_code_that_stays_the_same_and_finds_their_ballot(town: Town) -> None:
    message = with_receipts(town)
    poll = poll_id(message)
    have_voted(town, message, "00011")
    town.press("U0BEN", message, "polls.vote:1")
    first, changed = town.whispers("U0BEN")
    code = code_in(first)
    assert first == (
        "Your vote counted. Press My vote to see it, change it or take it back until the poll closes. "
        f"Your receipt: `{code}`. After the close it finds your ballot; show it to nobody."
    )
    assert code_in(changed) == code
    town.press("U0BEN", message, "polls.my_vote")
    assert f"Your receipt: `{code}`." in text_of(town.modal("U0BEN").blocks)
    town.press("U0ANA", message, "polls.close")
    published = outcomes.ballots(town.database, "T0PLAYGRD", poll)
    assert isinstance(published, Shown)
    assert dict(published.value)[code] == (1,)
    assert [one for one, _ in published.value] == sorted(one for one, _ in published.value)
    assert len(published.value) == 5


def test_ballots_with_codes_stay_hidden_while_open_and_below_five(town: Town) -> None:
    message = with_receipts(town)
    poll = poll_id(message)
    have_voted(town, message, "0001")
    assert outcomes.ballots(town.database, "T0PLAYGRD", poll) == Withheld(Why.OPEN, 5)
    town.press("U0ANA", message, "polls.close")
    assert outcomes.ballots(town.database, "T0PLAYGRD", poll) == Withheld(Why.TOO_FEW, 5)


def test_without_receipts_nobody_gets_a_code(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.press("U0BEN", message, "polls.vote:0")
    assert "receipt" not in town.whispers("U0BEN")[0]


# --- how it is kept, and deleting ---


def test_how_it_is_kept_is_told_in_full(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.press("U0BEN", message, "polls.privacy")
    shown = text_of(town.modal("U0BEN").blocks)
    assert CARD in shown
    assert "*What this can't do:* Slack and the running Palabre see your click when it happens." in shown
    town.press("U0CHLOE", message, "polls.privacy")
    assert "*Ce que cela ne peut pas" in text_of(town.modal("U0CHLOE").blocks)


def test_my_vote_comes_back_after_reading_how_it_is_kept(town: Town) -> None:
    message = town.ask(text=LEADERS)
    town.press("U0BEN", message, "polls.my_vote")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.privacy")
    assert town.modal("U0BEN").payload["title"]["text"] == "Anonymous"
    town.playground.gestures.close("U0BEN", town.modal("U0BEN").id)
    assert town.modal("U0BEN").payload["title"]["text"] == "My vote"


def test_a_deleted_poll_takes_its_keys_and_votes_along_and_says_so(town: Town) -> None:
    message = town.ask(text=LEADERS)
    have_voted(town, message, "00011")
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.delete")
    assert message.text == "This poll was deleted with all its votes."
    assert [rows(town, table) for table in ("polls", "seals", "boxes", "farewells")] == [0, 0, 0, 0]
    assert "You have no open poll" in text_of(town.playground.workspace.homes["U0ANA"].blocks)


def test_the_message_of_a_deleted_poll_says_so_once_slack_is_well_again(town: Town) -> None:
    message = town.ask("U0CHLOE", QUI)
    home = town.home("U0CHLOE")
    town.playground.faults.next("chat.update", "500")
    town.press_in_view("U0CHLOE", home, "polls.delete")
    town.settle()
    assert message.text == "Ce sondage a été supprimé avec tous ses votes."


def test_a_click_on_a_deleted_poll_is_answered(town: Town) -> None:
    message = town.ask(text=LEADERS)
    stale = [dict(block) for block in message.blocks]
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.delete")
    message.blocks = stale
    town.press("U0BEN", message, "polls.vote:0")
    assert town.whispers("U0BEN") == ["This poll is no longer here. Ask for a new one with /poll."]


def test_a_poll_deleted_before_it_closes_is_left_alone_by_its_job(town: Town) -> None:
    town.ask(text=LEADERS)
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.delete")
    town.move(days=7)
    assert town.posted()[-1].text == "This poll was deleted with all its votes."


def test_many_options_are_listed_and_voted_in_a_window(town: Town) -> None:
    options = " ".join(f'"Choice {number}"' for number in range(41))
    message = town.ask(text=f'anonymous "Which?" {options}')
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option="33")
    town.submit("U0BEN")
    shown = text_of(message.blocks)
    assert "Choice 9\n" in shown + "\n"
    assert "Choice 33" not in shown
    assert "and 31 more options: press Vote to see them all" in shown
    assert rows(town, "boxes") == 1

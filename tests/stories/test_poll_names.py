"""A poll that shows who voted for what, as those in the channel see it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from slack_app.kit import blocks as kit
from slack_app.kit.words import words
from slack_app.playground.check import check_view
from slack_app.polls.names import Asked, who_modal
from surveys.anonymity import NAMED
from surveys.polls import Ballot
from surveys.standings import outcome
from tests.stories.test_anonymous_polls import form
from tests.stories.test_poll_verdicts import CLOSED
from tests.stories.town import Town, text_of

LUNCH = '"Lunch?" "Tacos" "Sushi"'


def vote_of_many(town: Town, people: int, options: Sequence[int] = (0,)) -> None:
    """Have people whom nobody knows vote for some options of the newest poll."""
    with town.database.begin() as store:
        [poll] = store.polls.open_of("T0PLAYGRD", "U0ANA")
        for number in range(people):
            voter, at = f"T0PLAYGRD:U{number:04}", town.palabre.tools.now() + timedelta(seconds=number)
            before = store.polls.ballot("T0PLAYGRD", poll.id, voter)
            store.polls.cast("T0PLAYGRD", poll.id, voter, before, Ballot(tuple(options), at))
    town.settle()


def test_the_message_names_who_voted_for_what(town: Town) -> None:
    message = town.ask(text=f"named {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    town.playground.gestures.move_clock(2)
    town.press("U0CHLOE", message, "polls.vote:1")
    assert message.text == (
        "Poll by <@U0ANA>: Lunch?\n"
        "Tacos: 0 votes · 0%\n"
        "Sushi: 2 votes · 100% · <@U0BEN>, <@U0CHLOE>\n"
        "Asked by <@U0ANA> · 2 people have voted · Press Vote; press it again to take your vote back\n"
        "*Names shown:* everybody who sees this poll can see who voted for what."
    )
    shown = text_of(message.blocks)
    assert "██████████ 2 votes · 100%\n<@U0BEN>, <@U0CHLOE>" in shown
    assert "*Names shown:* everybody who sees this poll can see who voted for what." in shown


def test_a_vote_taken_back_takes_the_name_away(town: Town) -> None:
    message = town.ask(text=f"named {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    town.playground.gestures.move_clock(2)
    town.press("U0BEN", message, "polls.vote:1")
    assert "<@U0BEN>" not in message.text


def test_many_names_are_folded_and_all_stand_in_a_window(town: Town) -> None:
    message = town.ask(text=f"named {LUNCH}")
    vote_of_many(town, 219)
    folded = "<@U0000>, <@U0001>, <@U0002>, <@U0003>, <@U0004> and 214 others"
    assert f"Tacos: 219 votes · 100% · {folded}" in message.text
    assert folded in text_of(message.blocks)
    town.press("U0JO", message, "polls.who")
    shown = text_of(town.modal("U0JO").blocks)
    assert "*Tacos*: 219 people" in shown
    assert shown.count("<@U") == 219


def test_very_many_names_are_listed_one_option_at_a_time(town: Town) -> None:
    message = town.ask(text=f"named multi {LUNCH}")
    vote_of_many(town, 301)
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0JO", message, "polls.who")
    view = town.modal("U0JO")
    assert text_of(view.blocks).count("<@U") == 301
    menu = next(block for block in view.blocks if block["type"] == "actions")
    town.playground.gestures.act("U0JO", f"view:{view.id}", menu["block_id"], "polls.who_for", "1")
    town.settle()
    shown = text_of(town.modal("U0JO").blocks)
    assert "*Sushi*: 1 person\n<@U0BEN>" in shown
    assert "<@U0000>" not in shown


def find(town: Town, user: str, somebody: str) -> str:
    """Look for somebody in the window of those who voted."""
    view = town.modal(user)
    menu = next(block for block in view.blocks if block["type"] == "actions")
    town.playground.gestures.act(user, f"view:{view.id}", menu["block_id"], "polls.who_is", somebody)
    town.settle()
    return text_of(town.modal(user).blocks)


def test_one_finds_what_somebody_voted(town: Town) -> None:
    message = town.ask(text=f"named multi {LUNCH}")
    vote_of_many(town, 301)
    for number in (0, 1):
        town.press("U0BEN", message, f"polls.vote:{number}")
    town.press("U0JO", message, "polls.who")
    assert "<@U0BEN> voted for *Tacos*, *Sushi*." in find(town, "U0JO", "U0BEN")
    assert "<@U0CHLOE> has not voted." in find(town, "U0JO", "U0CHLOE")


def test_ten_thousand_names_are_read_page_by_page() -> None:
    with_names = {0: tuple(f"U{number:010}" for number in range(10_000))}
    poll = replace(CLOSED, privacy=NAMED)
    stands = outcome(poll, (10_000, 0), 10_000, with_names)
    view = who_modal(stands, Asked(option=0, page=4), words("en"))
    check_view(view)
    shown = text_of(view["blocks"])
    assert "*Tacos*: 10000 people\n<@U0000008000>, " in shown
    assert shown.endswith("<@U0000009999>")
    assert "8,001 to 10,000" in str(view["blocks"])


def test_names_are_never_told_where_they_are_hidden(town: Town) -> None:
    message = town.ask(text=f"names-hidden {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    assert "<@U0BEN>" not in f"{message.text}{message.blocks}"
    assert "polls.who" not in str(message.blocks)


def test_names_wait_for_the_close_where_the_counts_do(town: Town) -> None:
    message = town.ask(text=f"named hidden {LUNCH}")
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0JO", message, "polls.who")
    assert "<@U0BEN>" not in f"{message.text}{message.blocks}{town.modal('U0JO').blocks}"
    assert "How it stands is shown when it closes." in text_of(town.modal("U0JO").blocks)
    town.playground.gestures.close("U0JO", town.modal("U0JO").id)
    town.press("U0ANA", message, "polls.close")
    assert "Sushi: 1 vote · 100% · <@U0BEN>" in message.text


def test_the_form_asks_with_names_shown(town: Town) -> None:
    form(town, level="named")
    town.submit("U0ANA")
    assert "*Names shown:* everybody who sees this poll" in town.posted()[-1].text


def test_it_is_the_same_in_french(town: Town) -> None:
    message = town.ask("U0CHLOE", "nominatif « Midi ? » « Tacos » « Sushi »", "C0LYON")
    vote_of = "*Noms visibles\u00a0:* quiconque voit ce sondage peut voir qui a voté quoi."
    assert vote_of in message.text
    town.press("U0CHLOE", message, "polls.who")
    assert town.modal("U0CHLOE").payload["title"]["text"] == "Qui a voté"


def test_the_longest_poll_with_names_fits_into_a_message(town: Town) -> None:
    options = " ".join(f'"{number:02}{"&" * 73}"' for number in range(20))
    message = town.ask(text=f'named multi lang fr "{"&" * 300}" {options}')
    vote_of_many(town, 60, range(20))
    assert "<@U0000>, <@U0001> et 58 autres" in text_of(message.blocks)
    assert sum(map(kit.text_size, message.blocks)) <= kit.ALL_TEXT

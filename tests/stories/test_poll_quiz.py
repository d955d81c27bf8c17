"""A quiz: what is right is told when it may be, to whom it may be, and nowhere before."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from slack_app.kit import blocks as kit
from slack_app.kit.blocks import Note
from slack_app.kit.words import words
from slack_app.playground.workspace import Message
from slack_app.polls import blocks
from surveys.anonymity import Level, ResultsTo
from surveys.options import Option
from surveys.polls import Poll, Terms
from surveys.seeing import PollKind, Seeing
from surveys.standings import Details, outcome
from tests.stories.drafts import asked
from tests.stories.test_anonymous_polls import FIVE
from tests.stories.test_poll_verdicts import NOON
from tests.stories.town import Town, text_of

CAPITAL = 'quiz "Capital of France?" "*Paris" "Lyon"'
AT_ONCE = 'quiz after-vote "Capital of France?" "*Paris" "Lyon"'
WHY = "Clovis chose it."
FINAL = "Your first answer counts, and it stays as it is. My vote shows it, and what is right."
AFTER_CLOSE = Terms(kind=PollKind.QUIZ, explanation=WHY, seeing=Seeing.AFTER_CLOSE)


def cities(right: Sequence[str] = ("Paris",)) -> tuple[Option, ...]:
    return tuple(Option(name, is_right=name in right) for name in ("Paris", "Lyon", "Lille"))


def my_vote(town: Town, user: str, message: Message) -> str:
    town.press(user, message, "polls.my_vote")
    told = text_of(town.modal(user).blocks)
    town.playground.gestures.close(user, town.modal(user).id)
    return told


def sent(town: Town) -> str:
    """All that the app has sent so far, and all that stands somewhere: messages, windows, Home."""
    space = town.playground.workspace
    called = [each.detail for each in space.happenings if each.kind == "api"]
    messages = [each for channel in space.channels for each in space.messages(channel)]
    views = [view.payload for stack in space.stacks.values() for view in stack]
    homes = [view.payload for view in space.homes.values()]
    return f"{called}{messages}{views}{homes}"


def look_everywhere(town: Town, message: Message) -> None:
    """Vote, and open everything that can be opened of an open quiz, as its owner and as others."""
    town.press("U0BEN", message, "polls.vote:1")
    for user in ("U0ANA", "U0BEN", "U0JO"):
        town.press(user, message, "polls.my_vote")
        town.say(user, "/poll results")
        town.home(user)
        for action in ("polls.results", "polls.who"):
            if f'"{action}"' in json.dumps(message.blocks):
                town.press(user, message, action)


# --- told at the close ---


def test_the_right_answer_is_told_at_the_close_and_how_many_knew_it(town: Town) -> None:
    message = town.ask(text=CAPITAL)
    for person, option in zip(FIVE, (0, 0, 0, 1, 1), strict=True):
        town.press(person, message, f"polls.vote:{option}")
    assert "Which answer is right is told at the close" in message.text
    town.press("U0ANA", message, "polls.close")
    assert (
        "✅ Paris: 3 votes · 60%\nLyon: 2 votes · 40%\nRight answer: *Paris*. 3 of 5 answered right.\n"
    ) in message.text
    assert "✅ Paris" in text_of(message.blocks)
    assert "most votes" not in message.text


def test_the_close_tells_why_it_is_right(town: Town) -> None:
    message = asked(town, cities(), terms=AFTER_CLOSE)
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0ANA", message, "polls.close")
    assert f"Right answer: *Paris*. 0 of 1 answered right.\n{WHY}\n" in message.text
    assert WHY in text_of(message.blocks)


def test_until_the_close_an_answer_may_be_changed_and_taken_back(town: Town) -> None:
    message = town.ask(text=CAPITAL)
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    assert "1 of 1 answered right." in message.text
    told = my_vote(town, "U0BEN", message)
    assert "You voted for *✅ Paris*.\n✅ It is right.\nRight answer: *Paris*." in told


def test_where_nobody_answered_the_right_answer_is_told_all_the_same(town: Town) -> None:
    message = town.ask(text=CAPITAL)
    town.press("U0ANA", message, "polls.close")
    assert "Right answer: *Paris*." in message.text
    assert "answered right" not in message.text


@pytest.mark.parametrize(
    ("seeing", "level"),
    [
        (Seeing.LIVE, Level.HIDDEN),
        (Seeing.LIVE, Level.NAMED),
        (Seeing.OWNERS, Level.HIDDEN),
        (Seeing.AFTER_CLOSE, Level.NAMED),
        (Seeing.AFTER_VOTE, Level.HIDDEN),
    ],
)
def test_nothing_that_is_sent_before_the_close_says_what_is_right(
    town: Town, seeing: Seeing, level: Level
) -> None:
    terms = replace(AFTER_CLOSE, seeing=seeing, level=level)
    message = asked(town, cities(), terms=terms)
    if seeing is not Seeing.AFTER_VOTE:
        look_everywhere(town, message)
    seen = sent(town)
    assert "Clovis" not in seen
    assert "✅" not in seen
    assert "right" not in re.sub(
        "Which answer is right is told at the close|told at once whether it is right", "", seen
    )


def test_a_quiz_looks_the_same_whatever_is_right(town: Town) -> None:
    looks = []
    for right in ("Paris", "Lille"):
        message = asked(town, cities([right]), terms=replace(AFTER_CLOSE, seeing=Seeing.LIVE))
        town.press("U0BEN", message, "polls.vote:1")
        town.press("U0ANA", message, "polls.my_vote")
        both = json.dumps([message.text, message.blocks, town.modal("U0ANA").payload["blocks"]])
        [poll_id] = set(re.findall(r"[0-9a-f]{32}|[0-9a-f-]{36}", both))
        looks.append(re.sub(r'"block_id": "\w+"', "", both.replace(poll_id, "")))
        town.playground.gestures.close("U0ANA", town.modal("U0ANA").id)
        town.move(seconds=5)
    assert looks[0] == looks[1]


def test_counts_for_the_owner_alone_go_to_them_at_the_close_and_the_answer_to_all(town: Town) -> None:
    message = town.ask(text='quiz owners "Capital?" "*Paris" "Lyon"')
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    assert "✅ Paris\nLyon\nResults go to <@U0ANA>.\nRight answer: *Paris*.\n" in message.text
    assert "1 of 1" not in message.text
    assert "Right answer: *Paris*. 1 of 1 answered right." in town.direct("U0ANA")[-1].text


def test_who_was_right_is_marked_after_the_close_only(town: Town) -> None:
    message = town.ask(text='named live quiz "Capital?" "*Paris" "Lyon"')
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0JO", message, "polls.who")
    assert "*Paris*: 1 person\n<@U0BEN>" in text_of(town.modal("U0JO").blocks)
    town.playground.gestures.close("U0JO", town.modal("U0JO").id)
    town.press("U0ANA", message, "polls.close")
    town.press("U0JO", message, "polls.who")
    assert "*✅ Paris*: 1 person\n<@U0BEN>" in text_of(town.modal("U0JO").blocks)


# --- told at once ---


def test_each_voter_is_told_at_once_in_private_whether_they_are_right(town: Town) -> None:
    message = asked(town, cities(), terms=replace(AFTER_CLOSE, seeing=Seeing.AFTER_VOTE))
    assert "Your first answer counts, and you are told at once whether it is right" in message.text
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0JO", message, "polls.vote:2")
    right, wrong = town.whispers("U0BEN")[-1], town.whispers("U0JO")[-1]
    assert right == f"Your answer counted. ✅ It is right. Right answer: *Paris*.\n{WHY}"
    assert wrong == f"Your answer counted. ❌ It is not right. Right answer: *Paris*.\n{WHY}"
    assert "Clovis" not in f"{message.text}{message.blocks}"
    assert "✅" not in f"{message.text}{message.blocks}"


def test_the_answer_is_then_final_however_one_tries(town: Town) -> None:
    message = town.ask(text=AT_ONCE)
    town.press("U0BEN", message, "polls.vote:1")
    told = len(town.whispers("U0BEN"))
    town.press("U0BEN", message, "polls.vote:1")  # a hasty hand
    assert len(town.whispers("U0BEN")) == told
    town.press("U0BEN", message, "polls.vote:0")
    assert town.whispers("U0BEN")[-1].startswith(FINAL)
    town.move(seconds=5)
    town.press("U0BEN", message, "polls.vote:1")
    assert town.whispers("U0BEN")[-1].startswith(FINAL)
    assert "1 person has voted" in message.text
    town.press("U0ANA", message, "polls.close")
    assert "Lyon: 1 vote · 100%" in message.text


def test_my_vote_tells_whether_it_is_right_and_offers_no_change(town: Town) -> None:
    message = town.ask(text=AT_ONCE)
    before = my_vote(town, "U0BEN", message)
    assert "Your first answer counts, and you are told at once whether it is right." in before
    assert "Right answer" not in before
    town.press("U0BEN", message, "polls.vote:1")
    town.press("U0BEN", message, "polls.my_vote")
    view = town.modal("U0BEN")
    assert "You voted for *Lyon*.\n❌ It is not right.\nRight answer: *Paris*." in text_of(view.blocks)
    assert "1 vote · 100%" in text_of(view.blocks)
    assert "submit" not in view.payload
    assert "polls.take_back" not in str(view.blocks)


def test_a_window_opened_before_the_answer_changes_nothing_after_it(town: Town) -> None:
    message = town.ask(text=AT_ONCE)
    town.press("U0BEN", message, "polls.my_vote")
    town.press("U0BEN", message, "polls.vote:1")
    town.fill("U0BEN", option="0")
    answer = town.submit("U0BEN")
    assert "first answer counts" in f"{answer}{town.whispers('U0BEN')}{town.direct('U0BEN')}"
    town.press("U0ANA", message, "polls.close")
    assert "0 of 1 answered right." in message.text


def test_an_answer_sent_from_the_window_is_told_there(town: Town) -> None:
    message = town.ask(text=AT_ONCE)
    town.press("U0BEN", message, "polls.my_vote")
    town.fill("U0BEN", option="0")
    town.submit("U0BEN")
    told = text_of(town.modal("U0BEN").blocks)
    assert told == "Your answer counted. ✅ It is right. Right answer: *Paris*."


def test_several_right_answers_are_chosen_together_and_only_exactly_those_are_right(town: Town) -> None:
    message = town.ask(text='quiz after-vote multi "Primes?" "*2" "*3" "4"')
    assert "polls.vote:" not in str(message.blocks)
    for user, options in (("U0BEN", ["0", "1"]), ("U0JO", ["0"]), ("U0GIL", ["0", "1", "2"])):
        town.press(user, message, "polls.my_vote")
        town.fill(user, option=options)
        town.submit(user)
    assert "✅ It is right. Right answers: *2*, *3*." in text_of(town.modal("U0BEN").blocks)
    assert "❌ It is not right." in text_of(town.modal("U0JO").blocks)
    assert "❌ It is not right." in text_of(town.modal("U0GIL").blocks)
    town.press("U0ANA", message, "polls.close")
    assert "Right answers: *2*, *3*. 1 of 3 answered right." in message.text


def test_of_one_choice_any_right_answer_is_right(town: Town) -> None:
    message = town.ask(text='quiz "A prime?" "*2" "*3" "4"')
    for person, option in zip(FIVE, (0, 1, 2), strict=False):
        town.press(person, message, f"polls.vote:{option}")
    town.press("U0ANA", message, "polls.close")
    assert "Right answers: *2*, *3*. 2 of 3 answered right." in message.text


# --- sealed, refused, French, long ---


def test_a_sealed_quiz_is_told_once_it_is_counted(town: Town) -> None:
    message = town.ask(text=f"anonymous {CAPITAL}")
    for person, option in zip(FIVE, (0, 0, 0, 1, 1), strict=True):
        town.press(person, message, f"polls.vote:{option}")
    town.press("U0GIL", message, "polls.vote:0")
    assert "✅" not in sent(town)
    town.press("U0ANA", message, "polls.close")
    town.settle()
    assert "✅ Paris: 4 votes · 80%" in message.text
    assert "Right answer: *Paris*. 4 of 5 answered right." in message.text


def test_of_too_few_sealed_answers_only_what_is_right_is_told(town: Town) -> None:
    message = town.ask(text=f"anonymous {CAPITAL}")
    town.press("U0BEN", message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    town.settle()
    assert "Right answer: *Paris*." in message.text
    assert "answered right" not in message.text


def test_the_owner_of_sealed_results_is_told_how_many_knew_it(town: Town) -> None:
    terms = replace(AFTER_CLOSE, level=Level.ANONYMOUS, results_to=ResultsTo.OWNERS)
    message = asked(town, cities(), terms=terms)
    for person in FIVE:
        town.press(person, message, "polls.vote:0")
    town.press("U0ANA", message, "polls.close")
    town.settle()
    assert "5 of 5" not in message.text
    assert "5 of 5 answered right." in town.direct("U0ANA")[-1].text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('quiz "Capital?" "Paris" "Lyon"', "Which answer is right? Put a star before it"),
        ('quiz "Capital?" "*Paris" "*Lyon"', "All answers are marked as right"),
        ('quiz limit 2 "Primes?" "*2" "*3" "*5" "4"', "3 answers are right, but the number"),
        (f"anonymous {AT_ONCE}", "An anonymous poll shows no counts before it closes."),
    ],
)  # fmt: skip
def test_what_can_be_no_quiz_is_refused_in_a_sentence(town: Town, text: str, said: str) -> None:
    town.say("U0ANA", f"/poll {text}")
    assert town.posted() == []
    assert town.whispers("U0ANA")[-1].startswith(said)


def test_it_is_the_same_in_french(town: Town) -> None:
    message = town.ask("U0CHLOE", "quiz après-vote « La capitale ? » « *Paris » « Lyon »", "C0LYON")
    assert "Votre première réponse compte, et vous savez tout de suite si elle est bonne" in message.text
    town.press("U0CHLOE", message, "polls.vote:1")
    assert town.whispers("U0CHLOE", "C0LYON")[-1] == (
        "Votre réponse est prise en compte. ❌ Ce n’est pas cela. Bonne réponse\u00a0: *Paris*."
    )
    town.press("U0CHLOE", message, "polls.close")
    assert "Bonne réponse\u00a0: *Paris*. 0 personne sur 1 a répondu juste." in message.text


def longest(letter: str, why: str = "") -> Note:
    """The message of the longest quiz there can be, closed. why: what its explanation is made of."""
    options = tuple(Option(f"{number:02}{letter * 73}", is_right=number < 10) for number in range(20))
    quiz = Poll(
        "p", "T1", "U0ANA", "C1", letter * 300, options, "fr", NOON, closed_at=NOON, most=0,
        kind=PollKind.QUIZ, explanation=(why or letter) * 500,
    )  # fmt: skip
    return blocks.poll_message(outcome(quiz, (3,) * 20, 3, details=Details(right=1)), words("fr"))


@pytest.mark.parametrize("letter", ["é", "&"])
def test_the_longest_quiz_fits_into_its_message_once_closed(letter: str) -> None:
    assert sum(map(kit.text_size, longest(letter).blocks)) <= kit.ALL_TEXT


def test_the_longest_quiz_says_in_its_text_what_is_right_and_why() -> None:
    text = longest("é").text
    assert f"*09{'é' * 47}…*. 1 personne sur 3 a répondu juste.\n{'é' * 500}\n" in text
    assert text.endswith("Palabre garde qui a voté quoi, mais ne montre les noms à personne.")


def test_a_text_too_long_for_slack_keeps_the_state_and_what_is_promised() -> None:
    text = longest("&").text
    assert len(text) <= kit.MESSAGE_TEXT
    assert "3 personnes ont voté · Clos\n" in text
    assert text.endswith("Palabre garde qui a voté quoi, mais ne montre les noms à personne.")


def test_a_text_that_is_cut_names_no_button_that_is_not_there() -> None:
    note = longest("é", "&")
    assert "\net 17 de plus\n" in note.text
    assert "polls.results" not in str(note.blocks)


def test_a_text_that_is_cut_as_its_blocks_are_leads_to_the_results() -> None:
    note = longest("&")
    assert "et 15 autres options\u00a0: appuyez sur «\u00a0Résultats\u00a0»" in note.text
    assert "polls.results" in str(note.blocks)

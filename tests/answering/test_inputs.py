"""Each question type has a form element that Slack takes, filled in with what was answered."""

from dataclasses import replace

import pytest

from slack_app.answering.inputs import field
from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.words import words
from slack_app.playground.check import check_view
from surveys.questions import Entry, Kind, Question

BEST = Question("best", Kind.SINGLE_CHOICE, "What was best?", ("Talks", "People"), hint="The one thing.")
LONG = "An evening of talks in the old library, with people from all over the town and a "


def drawn(question: Question, entry: Entry = (), language: str = "en") -> Block:
    """The question's block, as Slack takes it."""
    block = field(question, entry, words(language))
    check_view(blocks.modal("x", "Title", [block], close="Close", submit="Send"))
    assert block["block_id"] == block["element"]["action_id"] == question.id
    return block


def texts(block: Block) -> list[str]:
    return [option["text"]["text"] for option in block["element"]["options"]]


@pytest.mark.parametrize(
    ("kind", "number", "element"),
    [
        (Kind.SINGLE_CHOICE, 10, "radio_buttons"),
        (Kind.SINGLE_CHOICE, 11, "static_select"),
        (Kind.SINGLE_CHOICE, 100, "static_select"),
        (Kind.SEVERAL_CHOICES, 10, "checkboxes"),
        (Kind.SEVERAL_CHOICES, 11, "multi_static_select"),
        (Kind.SEVERAL_CHOICES, 100, "multi_static_select"),
    ],
)
def test_up_to_ten_choices_are_all_in_sight_and_more_are_in_a_menu(
    kind: Kind, number: int, element: str
) -> None:
    choices = tuple(f"Choice {each}" for each in range(number))
    block = drawn(replace(BEST, kind=kind, choices=choices))
    assert block["element"]["type"] == element
    assert texts(block)[-1] == f"Choice {number - 1}"


def test_a_single_choice_shows_what_was_chosen() -> None:
    block = drawn(BEST, ("1",))
    assert block["element"]["initial_option"]["text"]["text"] == "People"
    assert block["label"]["text"] == "What was best?"
    assert block["hint"]["text"] == "The one thing."


def test_several_choices_show_what_was_chosen() -> None:
    question = replace(BEST, kind=Kind.SEVERAL_CHOICES, choices=tuple("ABCDEFGHIJKL"))
    chosen = drawn(question, ("0", "11"))["element"]["initial_options"]
    assert [option["value"] for option in chosen] == ["0", "11"]


def test_nothing_chosen_before_leaves_all_open() -> None:
    assert "initial_option" not in drawn(BEST)["element"]
    assert "initial_options" not in drawn(replace(BEST, kind=Kind.SEVERAL_CHOICES))["element"]


def test_a_rating_is_five_buttons_whose_ends_are_named() -> None:
    question = Question("rate", Kind.RATING, "How was it?", low="not good at all", high="very good")
    block = drawn(question, ("4",))
    assert block["element"]["type"] == "radio_buttons"
    assert texts(block) == ["1 – not good at all", "2", "3", "4", "5 – very good"]
    assert block["element"]["initial_option"]["value"] == "4"


def test_zero_to_ten_is_a_menu_of_eleven() -> None:
    question = Question("again", Kind.ZERO_TO_TEN, "Would you come again?", low="never", high="h" * 80)
    block = drawn(question, ("0",))
    assert block["element"]["type"] == "static_select"
    assert texts(block) == ["0 – never", *map(str, range(1, 10)), "10 – " + "h" * 69 + "…"]
    assert block["element"]["initial_option"]["value"] == "0"


def test_a_comment_has_lines_and_comes_back_as_written() -> None:
    element = drawn(Question("why", Kind.OPEN_TEXT, "Why?"), ("<!channel> *x*\n« é »",))["element"]
    assert element["multiline"] is True
    assert element["max_length"] == 3000
    assert element["initial_value"] == "<!channel> *x*\n« é »"


@pytest.mark.parametrize("is_required", [True, False])
def test_what_is_required_is_marked(*, is_required: bool) -> None:
    assert drawn(replace(BEST, is_required=is_required))["optional"] is not is_required


@pytest.mark.parametrize("kind", [Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES])
def test_choices_too_long_for_slack_are_told_apart_and_shown_whole_below(kind: Kind) -> None:
    choices = ("Short", LONG + "concert", LONG + "film")
    block = drawn(replace(BEST, kind=kind, choices=choices), ("2",))
    assert texts(block) == [
        "1. Short",
        "2. An evening of talks in the old library, with people from all over the t…",
        "3. An evening of talks in the old library, with people from all over the t…",
    ]
    assert block["hint"]["text"] == f"The one thing.\n2. {LONG}concert\n3. {LONG}film"


def test_a_choice_of_38_emoji_is_cut_as_slack_may_count() -> None:
    block = drawn(replace(BEST, choices=("🎉" * 38, "no")))
    assert texts(block) == ["1. " + "🎉" * 35 + "…", "2. no"]


def test_a_hundred_long_choices_still_make_a_form() -> None:
    assert len(texts(drawn(replace(BEST, choices=tuple(f"{LONG}{n}" for n in range(100)))))) == 100


def test_a_menu_invites_in_the_readers_language() -> None:
    question = Question("again", Kind.ZERO_TO_TEN, "Would you come again?")
    assert drawn(question, language="fr")["element"]["placeholder"]["text"] == "Choisissez un nombre"

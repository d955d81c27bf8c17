"""Blocks are refused before posting, with the number."""

from datetime import UTC, datetime

import pytest

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, DoesNotFit
from slack_app.kit.text import Mrkdwn
from slack_app.playground.check import check_message, check_view


def test_fifty_blocks_fit_and_fifty_one_do_not() -> None:
    note = blocks.message(Mrkdwn("x"), [blocks.divider()] * 50)
    check_message({"channel": "C0", "text": note.text, "blocks": list(note.blocks)})
    with pytest.raises(DoesNotFit, match="51"):
        blocks.message(Mrkdwn("x"), [blocks.divider()] * 51)


def test_a_message_keeps_below_the_text_slack_takes() -> None:
    part = blocks.section(Mrkdwn("x" * 2750))
    note = blocks.message(Mrkdwn("x"), [part] * 4)
    check_message({"channel": "C0", "text": note.text, "blocks": list(note.blocks)})
    with pytest.raises(DoesNotFit, match="13750"):
        blocks.message(Mrkdwn("x"), [part] * 5)


def test_a_long_text_is_cut_at_the_end_of_a_line() -> None:
    note = blocks.message(Mrkdwn("\n".join(["&amp;" * 100] * 20)), [blocks.divider()])
    assert len(note.text) <= 4000
    assert note.text.endswith("&amp;\n…")


def test_ten_radio_buttons_fit_and_eleven_do_not() -> None:
    choices = [blocks.choice(f"Option {number}", str(number)) for number in range(11)]
    field = blocks.field("option", "Which?", blocks.radios("option", choices[:10]))
    check_view(blocks.modal("x", "Title", [field], close="Close", submit="Send"))
    with pytest.raises(DoesNotFit, match="11"):
        blocks.radios("option", choices)


def test_a_title_of_25_characters_does_not_fit() -> None:
    check_view(blocks.modal("x", "t" * 24, [blocks.divider()], close="Close"))
    with pytest.raises(DoesNotFit, match="25"):
        blocks.modal("x", "t" * 25, [blocks.divider()], close="Close")


def test_what_is_typed_is_never_parsed_for_mentions() -> None:
    assert blocks.section(Mrkdwn("@here"))["text"]["verbatim"] is True


CHOICES = [blocks.choice(f"Option {number}", str(number), "what it means") for number in range(10)]


@pytest.mark.parametrize(
    "element",
    [
        blocks.checkboxes("options", CHOICES, CHOICES[3:5]),
        blocks.many_menu("options", CHOICES, "Choose", CHOICES[3:5]),
    ],
)
def test_several_can_be_chosen_beforehand(element: Block) -> None:
    check_view(
        blocks.modal("x", "Title", [blocks.field("options", "Which?", element)], close="C", submit="S")
    )
    assert element["initial_options"] == CHOICES[3:5]


def test_ten_checkboxes_fit_and_eleven_do_not() -> None:
    choices = [blocks.choice(f"Option {number}", str(number)) for number in range(11)]
    with pytest.raises(DoesNotFit, match="11"):
        blocks.checkboxes("options", choices)


def test_a_menu_takes_a_hundred_and_not_one_more() -> None:
    choices = [blocks.choice(f"Option {number}", str(number)) for number in range(101)]
    menu = blocks.many_menu("options", choices[:100], "Choose")
    check_view(blocks.modal("x", "Title", [blocks.field("o", "Which?", menu)], close="C", submit="S"))
    with pytest.raises(DoesNotFit, match="101"):
        blocks.many_menu("options", choices, "Choose")


def test_a_description_of_76_characters_does_not_fit() -> None:
    with pytest.raises(DoesNotFit, match="76"):
        blocks.choice("Tea", "0", "x" * 76)


@pytest.mark.parametrize("initial", [None, datetime(2026, 11, 24, 9, 30, 15, 999, tzinfo=UTC)])
def test_a_moment_is_asked_for_in_whole_seconds(initial: datetime | None) -> None:
    element = blocks.moment_field("closes", initial)
    check_view(blocks.modal("x", "Title", [blocks.field("closes", "Until?", element)], close="C", submit="S"))
    assert element.get("initial_date_time") == (1795512615 if initial else None)


def test_what_is_typed_is_shown_as_it_is() -> None:
    block = blocks.verbatim("<!channel> *bold* & “»")
    check_view(blocks.modal("x", "Title", [block], close="Close"))
    assert block["text"] == {"type": "plain_text", "text": "<!channel> *bold* & “»", "emoji": True}


def test_a_header_of_151_characters_does_not_fit() -> None:
    check_view(blocks.modal("x", "Title", [blocks.header("x" * 150)], close="Close"))
    with pytest.raises(DoesNotFit, match="151"):
        blocks.header("x" * 151)


def test_a_chart_cuts_what_is_long_and_tells_labels_apart() -> None:
    bars = [("Very much too long for a label", 3), ("Very much too long for this too", 0), ("Tea", 1)]
    chart = blocks.chart("t" * 60, bars, "Number of people who answered")
    check_message({"channel": "C0", "text": "x", "blocks": [chart]})
    assert chart["title"] == "t" * 49 + "…"
    assert chart["chart"]["series"] == [
        {
            "name": "Number of people wh…",
            "data": [
                {"label": "Very much too long…", "value": 3},
                {"label": "2. Very much too l…", "value": 0},
                {"label": "Tea", "value": 1},
            ],
        }
    ]


def test_a_chart_of_twenty_bars_fits_and_one_of_21_does_not() -> None:
    bars = [(f"The same long label {number}", number) for number in range(21)]
    check_message({"channel": "C0", "text": "x", "blocks": [blocks.chart("Title", bars[:20], "People")]})
    with pytest.raises(DoesNotFit, match="21"):
        blocks.chart("Title", bars, "People")


def test_the_text_in_a_chart_counts() -> None:
    assert blocks.text_size(blocks.chart("1234", [("12", 1), ("123", 2)], "12345")) == 4 + 2 * 5 + 5

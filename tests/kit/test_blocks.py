"""Blocks are refused before posting, with the number."""

import pytest

from slack_app.kit import blocks
from slack_app.kit.blocks import DoesNotFit
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

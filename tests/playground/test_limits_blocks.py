"""Every limit of the plain blocks: a payload exactly at it passes, one just past it does not."""

import pytest

from tests.playground.limits import (
    Row,
    assert_refused,
    knows_no,
    least,
    longest,
    longest_text,
    most,
    needs,
    row,
)
from tests.playground.payloads import (
    AT,
    DIVIDER,
    LETTER,
    TEXT_INPUT,
    Json,
    actions,
    asked,
    button,
    card,
    context,
    header,
    home,
    image,
    markdown,
    message,
    modal,
    mrkdwn,
    options,
    plain,
    rich,
    section,
    url,
    video,
    without,
    words,
)

EVERY = [
    longest("block_id", section(), "block_id", 255, f"must be less than 256 characters {AT}/block_id]"),
    least(
        "block_id empty",
        lambda n: message(section(block_id="x" * n)),
        1,
        f"must be more than 0 characters {AT}/block_id]",
    ),
    row("known blocks", message(DIVIDER), message({"type": "poll"}), f"unsupported type: poll {AT}/type]"),
    row("no file sent", message(DIVIDER), message({"type": "file"}), f"unsupported type: file {AT}/type]"),
    row("block with a type", message(DIVIDER), message({}), f"missing required field: type {AT}]"),
    *(knows_no("colour", block) for block in (section(), DIVIDER, header(), image(), rich(words(LETTER)))),
    knows_no("text", DIVIDER),
]

TEXTS = [
    longest_text("section text", section(), "text", 3000),
    least(
        "section text empty",
        lambda n: message(section(n)),
        1,
        f"must be more than 0 characters {AT}/text/text]",
    ),
    row(
        "section text more than spaces",
        message(section(" a")),
        message(section(" \n ")),
        f"must be more than 0 characters {AT}/text/text]",
    ),
    row(
        "section text or fields",
        message(section()),
        message({"type": "section"}),
        f"at least one of text, fields must be given {AT}]",
    ),
    most(
        "section fields",
        lambda n: message(section(fields=[plain("a")] * n)),
        10,
        f"no more than 10 items allowed {AT}/fields]",
    ),
    least(
        "section fields empty",
        lambda n: message(section(fields=[plain("a")] * n)),
        1,
        f"no fewer than 1 items allowed {AT}/fields]",
    ),
    most(
        "section field",
        lambda n: message(section(fields=[plain(n)])),
        2000,
        f"must be less than 2001 characters {AT}/fields/0/text]",
    ),
    row(
        "no type text",
        message(section()),
        message({"type": "section", "text": {"type": "text", "text": "a"}}),
        f"unsupported type: text {AT}/text/type]",
    ),
    row(
        "emoji on plain_text only",
        message(section(fields=[{**plain("a"), "emoji": True}])),
        message({"type": "section", "text": {**mrkdwn("a"), "emoji": True}}),
        f"invalid additional property: emoji {AT}/text]",
    ),
    row(
        "verbatim on mrkdwn only",
        message({"type": "section", "text": {**mrkdwn("a"), "verbatim": True}}),
        message({"type": "section", "text": {**plain("a"), "verbatim": True}}),
        f"invalid additional property: verbatim {AT}/text]",
    ),
    row(
        "text as a string",
        message(section()),
        message({"type": "section", "text": {"type": "plain_text", "text": 3}}),
        f"must provide a string {AT}/text/text]",
    ),
    row(
        "text as an object",
        message(section()),
        message({"type": "section", "text": "Lunch?"}),
        f"must provide an object {AT}/text]",
    ),
    row(
        "one accessory",
        message(section(accessory=button())),
        message(section(accessory=[button(), button()])),
        f"must provide an object {AT}/accessory]",
    ),
    longest_text("header", header(), "text", 150),
    row(
        "header plain",
        message(header()),
        message({"type": "header", "text": mrkdwn("a")}),
        f"unsupported type: mrkdwn {AT}/text/type]",
    ),
    most(
        "context",
        lambda n: message(context(*[mrkdwn("a")] * n)),
        10,
        f"no more than 10 items allowed {AT}/elements]",
    ),
    least(
        "context empty",
        lambda n: message(context(*[image()] * n)),
        1,
        f"no fewer than 1 items allowed {AT}/elements]",
    ),
    row(
        "context texts and images",
        message(context(mrkdwn("a"), plain("b"), image())),
        message(context(button())),
        f"unsupported type: button {AT}/elements/0/type]",
    ),
    # 11,001 to 12,000 would be too much for all block text together.
    row(
        "markdown in one block",
        message(markdown(11_000)),
        message(markdown(12_001)),
        f"must be less than 12001 characters {AT}/text]",
    ),
    row(
        "markdown over all blocks",
        message(markdown(5_000), markdown(6_000)),
        message(markdown(6_000), markdown(6_001)),
        "must be less than 12001 characters [json-pointer:/blocks/1/text]",
    ),
]

IMAGES = [
    longest("alt_text", image(), "alt_text", 2000, f"must be less than 2001 characters {AT}/alt_text]"),
    longest_text("image title", image(), "title", 2000),
    most(
        "image_url",
        lambda n: message(image(image_url=url(n))),
        3000,
        f"must be less than 3001 characters {AT}/image_url]",
    ),
    row(
        "image_url by https",
        message(image()),
        message(image(image_url="http://example.org/a.png")),
        f"must match the required format {AT}/image_url]",
    ),
    needs(image(), "alt_text"),
    row(
        "image_url or slack_file",
        message({**without(image(), "image_url"), "slack_file": {"id": "F1"}}),
        message(without(image(), "image_url")),
        f"exactly one of image_url, slack_file must be given {AT}]",
    ),
    row(
        "image_url without slack_file",
        message(image()),
        message(image(slack_file={"id": "F1"})),
        f"exactly one of image_url, slack_file must be given {AT}]",
    ),
    row(
        "slack_file by id or url",
        message({**without(image(), "image_url"), "slack_file": {"url": "https://files.example/1"}}),
        message({**without(image(), "image_url"), "slack_file": {}}),
        f"exactly one of id, url must be given {AT}/slack_file]",
    ),
    most(
        "video title under 200",
        lambda n: message(video(title=plain(n))),
        199,
        f"must be less than 200 characters {AT}/title/text]",
    ),
    longest(
        "video author under 50",
        video(),
        "author_name",
        49,
        f"must be less than 50 characters {AT}/author_name]",
    ),
    row(
        "video by https",
        message(video()),
        message(video(video_url="http://example.org/v")),
        f"must match the required format {AT}/video_url]",
    ),
    *(needs(video(), field) for field in ("alt_text", "title", "video_url", "thumbnail_url")),
]

FORMS = [
    most(
        "actions",
        lambda n: message(actions(*[button()] * n)),
        25,
        f"no more than 25 items allowed {AT}/elements]",
    ),
    least(
        "actions empty",
        lambda n: message(actions(*[button()] * n)),
        1,
        f"no fewer than 1 items allowed {AT}/elements]",
    ),
    longest_text("input label", asked(TEXT_INPUT), "label", 2000),
    longest_text("input hint", asked(TEXT_INPUT), "hint", 2000),
    row(
        "input label plain",
        message(asked(TEXT_INPUT)),
        message(asked(TEXT_INPUT, label=mrkdwn("a"))),
        f"unsupported type: mrkdwn {AT}/label/type]",
    ),
    row(
        "input hint plain",
        message(asked(TEXT_INPUT, hint=plain("a"))),
        message(asked(TEXT_INPUT, hint=mrkdwn("a"))),
        f"unsupported type: mrkdwn {AT}/hint/type]",
    ),
    *(needs(asked(TEXT_INPUT), field) for field in ("label", "element")),
    row(
        "input holds no button",
        message(asked({"type": "static_select", "options": options(1)})),
        message(asked(button())),
        f"unsupported type: button {AT}/element/type]",
    ),
]

ROWS = [*EVERY, *TEXTS, *IMAGES, *FORMS]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_block_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_a_block_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)


EVERYWHERE = [section(), header(), context(image()), actions(button()), image(), DIVIDER, video(), card()]


@pytest.mark.parametrize("block", EVERYWHERE, ids=lambda block: block["type"])
def test_the_plain_blocks_go_everywhere(block: Json) -> None:
    for way in (message, modal, home):
        way(block).check()

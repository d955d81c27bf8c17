"""What blocks, elements and texts look like as HTML."""

from typing import Any

import pytest
from markupsafe import Markup

from slack_app.playground.drawing import BLOCKS, ELEMENTS, Drawing
from slack_app.playground.mrkdwn import Reader, markdown, mrkdwn

READER = Reader(
    "U0ANA", {"U0ANA": "Ana Ribeiro", "U0BEN": "Ben Okafor"}, {"C0GENERAL": "general"}, "Europe/Paris"
)
OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("Yes", "No")]
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello <b>"}]}],
}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "polls.vote:0", "text": plain("Vote"), **more}


def draw(block: dict[str, Any], **about: Any) -> Markup:
    return Drawing(READER, "message:C0GENERAL:1.2", **about).block({"block_id": "b", **block})


def element(kind: str, **more: Any) -> str:
    return str(Drawing(READER, "view:V1").element({"type": kind, "action_id": "a", **more}, "b"))


SERIES = [{"name": "Votes", "data": [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 5}]}]
CARD = {"type": "card", "title": plain("Library"), "body": marked("*quiet*"), "actions": [button()]}
TASK = {"type": "task_card", "task_id": "t", "title": "Count", "status": "complete", "details": RICH}
SAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    "section": ({"text": marked("*Where?*"), "accessory": button()}, "<strong>Where?</strong>"),
    "header": ({"text": plain("Where?")}, "Where?</h2>"),
    "context": ({"elements": [marked("asked by <@U0BEN>")]}, "@Ben Okafor"),
    "actions": ({"elements": [button()]}, 'data-action="polls.vote:0"'),
    "input": (
        {"label": plain("Question"), "element": {"type": "plain_text_input", "action_id": "a"}},
        "<input",
    ),
    "image": ({"image_url": "https://example.org/a.png", "alt_text": "A tree"}, 'aria-label="A tree"'),
    "divider": ({}, "<hr>"),
    "rich_text": (RICH, "<p>Hello &lt;b&gt;</p>"),
    "markdown": ({"text": "**bold**\n- one"}, "<strong>bold</strong>"),
    "table": (
        {"rows": [[{"type": "raw_text", "text": "Place"}], [{"type": "raw_number", "text": "3"}]]},
        "<td",
    ),
    "data_table": (
        {
            "caption": plain("Votes"),
            "rows": [[{"type": "raw_text", "text": "Place"}], [{"type": "raw_text", "text": "x"}]],
        },
        "<caption>Votes</caption>",
    ),
    "data_visualization": ({"title": "Votes", "chart": {"type": "bar", "series": SERIES}}, "<rect"),
    "context_actions": (
        {
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "f",
                    "positive_button": {"text": plain("Good"), "value": "good"},
                    "negative_button": {"text": plain("Bad"), "value": "bad"},
                }
            ]
        },
        'data-choice="good"',
    ),
    "container": ({"title": plain("Box"), "child_blocks": [{"type": "divider"}]}, "<hr>"),
    "card": (CARD, "<strong>quiet</strong>"),
    "carousel": ({"elements": [CARD, CARD]}, "Library"),
    "alert": ({"text": plain("Careful"), "level": "warning"}, "Warning"),
    "plan": ({"title": "Plan", "tasks": [TASK]}, "Count"),
    "task_card": (TASK, "complete"),
    "video": ({"title": plain("Talk"), "alt_text": "A talk", "video_url": "https://example.org"}, "Talk"),
    "file": ({"external_id": "report.pdf"}, "report.pdf"),
}


def test_every_block_has_a_sample_here() -> None:
    assert sorted(SAMPLES) == sorted(BLOCKS)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_block_is_drawn(kind: str) -> None:
    block, expected = SAMPLES[kind]
    html = draw({"type": kind, **block})
    assert expected in html
    assert "can’t be drawn" not in html


@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_is_drawn_and_names_its_place(kind: str) -> None:
    feedback = {"positive_button": {"text": plain("Good")}, "negative_button": {"text": plain("Bad")}}
    html = element(kind, text=plain("Vote"), options=OPTIONS, icon="trash", alt_text="A tree", **feedback)
    assert "can’t be drawn" not in html
    assert kind == "image" or 'data-surface="view:V1" data-block="b" data-action="a"' in html


def test_an_unknown_block_is_a_placeholder_with_its_name() -> None:
    assert "“hologram” can’t be drawn here" in draw({"type": "hologram"})


def test_an_unknown_element_is_a_placeholder_with_its_name() -> None:
    assert "“lever” can’t be drawn here" in element("lever")


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_chart_carries_its_numbers_in_a_table(kind: str) -> None:
    html = draw({"type": "data_visualization", "title": "Votes", "chart": {"type": kind, "series": SERIES}})
    assert "<svg" in html
    assert '<th scope="row">Tue</th><td class="number">5</td>' in html


def test_long_names_under_a_chart_stand_askew_and_whole_in_its_table() -> None:
    labels = [f"Option number {number:02}" for number in range(20)]
    series = [{"name": "Votes", "data": [{"label": label, "value": 1} for label in labels]}]
    chart = {"type": "bar", "series": series, "axis_config": {"categories": labels}}
    html = draw({"type": "data_visualization", "title": "Which?", "chart": chart})
    assert html.count("rotate(-60") == 20
    assert "Option num…</text>" in html
    assert '<th scope="row">Option number 19</th>' in html


def test_a_pie_of_one_segment_is_a_whole_circle() -> None:
    chart = {"type": "pie", "segments": [{"label": "Yes", "value": 4}]}
    html = draw({"type": "data_visualization", "title": "Votes", "chart": chart})
    assert "Yes: 4 (100%)" in html
    assert "A100 100 0 1 1" in html


def test_a_chart_without_readable_numbers_is_a_placeholder() -> None:
    assert "can’t be drawn" in draw({"type": "data_visualization", "title": "x", "chart": {"type": "bar"}})


def test_an_image_from_outside_is_never_fetched() -> None:
    assert "<img" not in draw(
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A tree"}
    )
    assert "<img" not in draw({"type": "image", "image_url": "//example.org/a.png", "alt_text": "A tree"})
    assert '<img class="wide" src="/page/tree.png"' in draw(
        {"type": "image", "image_url": "/page/tree.png", "alt_text": "A tree"}
    )


def test_an_error_is_tied_to_its_field() -> None:
    block = {
        "type": "input",
        "label": plain("Question"),
        "element": {"type": "plain_text_input", "action_id": "a"},
    }
    html = draw(block, errors={"b": "Write a question."})
    error_id = html.split('class="error" id="')[1].split('"')[0]
    assert f'aria-describedby="{error_id}"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_filled_in_is_shown_rather_than_the_initial_value() -> None:
    block = {
        "type": "input",
        "label": plain("Question"),
        "element": {"type": "plain_text_input", "action_id": "a", "initial_value": "Before"},
    }
    assert 'value="Before"' in draw(block)
    assert 'value="After"' in draw(block, state={"b": {"a": {"type": "plain_text_input", "value": "After"}}})
    assert 'value=""' in draw(block, state={"b": {"a": {"type": "plain_text_input", "value": None}}})


def test_a_confirmation_travels_with_its_button() -> None:
    confirm = {
        "title": plain('Close "it"?'),
        "text": plain("Sure?"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    html = element("button", text=plain("Close"), confirm=confirm)
    assert "Close \\&#34;it\\&#34;?" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~no~ `code`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>code</code>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("```a\n *b*```", "<pre>a\n *b*</pre>"),
        ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("a\nb", "a<br>b"),
        ("&lt;b&gt; &amp; &quot;", "&lt;b&gt; &amp; &amp;quot;"),
        ("<@U0BEN>", '<span class="mention">@Ben Okafor</span>'),
        ("<@U0ANA>", '<span class="mention mine">@Ana Ribeiro</span>'),
        ("<#C0GENERAL>", '<span class="mention">#general</span>'),
        ("<!channel>", '<span class="mention mine">@channel</span>'),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        (":tada:", '<span class="emoji">🎉</span>'),
        (":no_such_sign:", ":no_such_sign:"),
        ("<!date^0^{date_num} {time_secs}|then>", None),
        ("<!date^soon^{date}|then>", "then"),
        ("\ue0000\ue001", "0"),
    ],
)
def test_mrkdwn_becomes_html(text: str, html: str | None) -> None:
    drawn = mrkdwn(text, READER)
    if html is None:
        assert "1970-01-01 1:00:00" in drawn
    else:
        assert drawn == html


def test_a_link_opens_elsewhere_and_tells_nobody() -> None:
    html = mrkdwn("<https://example.org/?a=1&amp;b=2|here>", READER)
    assert html == (
        '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">here</a>'
    )


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<https://x.org/"onmouseover="alert(1)|x>',
        "<@U1|<script>>",
        "```<script>alert(1)</script>```",
        "`<script>`",
        "*<script>*",
        '<!date^0^<script>^https://x.org/"onclick="x|<script>>',
    ],
)
def test_no_text_becomes_markup_of_its_own(evil: str) -> None:
    for html in (mrkdwn(evil, READER), markdown(evil), draw({"type": "header", "text": plain(evil)})):
        assert "<script" not in html
        assert "<img" not in html
        assert '"onmouseover' not in html
        assert '"onclick' not in html


def test_markdown_knows_headings_lists_and_links() -> None:
    html = markdown("# Title\n**bold** [here](https://example.org)\n- one\n- two\n\n> said")
    assert html == (
        '<p class="heading">Title</p><p><strong>bold</strong> '
        '<a href="https://example.org" target="_blank" rel="noopener noreferrer">here</a></p>'
        "<ul><li>one</li><li>two</li></ul><blockquote>said</blockquote>"
    )

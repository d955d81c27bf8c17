"""Every limit of rich text, tables and charts: a payload exactly at it passes, one just past it does not."""

import pytest

from tests.playground.limits import Row, assert_refused, least, longest, most, needs, row
from tests.playground.payloads import (
    AT,
    LETTER,
    Sent,
    bars,
    chart,
    data_table,
    many_lines,
    message,
    mrkdwn,
    pie,
    raw,
    rich,
    table,
    words,
)


def listed(**fields: object) -> Sent:
    return message(rich({**many_lines(1), **fields}))


def inline(**part: object) -> Sent:
    return message(rich(words(dict(part))))


IN_RICH = f"{AT}/elements/0"
PART = f"{IN_RICH}/elements/0"
RICH = [
    most("list indent", lambda n: listed(indent=n), 8, f"must be at most 8 {IN_RICH}/indent]"),
    least("list indent from 0", lambda n: listed(indent=n), 0, f"must be at least 0 {IN_RICH}/indent]"),
    row(
        "list style",
        listed(style="ordered"),
        listed(style="a"),
        f"must be a valid enum value {IN_RICH}/style]",
    ),
    row("list border", listed(border=1), listed(border=2), f"must be a valid enum value {IN_RICH}/border]"),
    row(
        "list of sections",
        listed(),
        listed(elements=[LETTER]),
        f"unsupported type: text {PART}/type]",
    ),
    row(
        "rich text sections",
        message(rich({"type": "rich_text_quote", "elements": [LETTER]})),
        message(rich(LETTER)),
        f"unsupported type: text {IN_RICH}/type]",
    ),
    row(
        "preformatted text and links",
        message(rich({"type": "rich_text_preformatted", "elements": [LETTER]})),
        message(rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U0ANA"}]})),
        f"unsupported type: user {PART}/type]",
    ),
    row(
        "style",
        inline(**LETTER, style={"bold": True}),
        inline(**LETTER, style={"big": True}),
        f"invalid additional property: big {PART}/style]",
    ),
    row("text", inline(type="text", text="a"), inline(type="text"), f"missing required field: text {PART}]"),
    row("text not mrkdwn", inline(**LETTER), inline(**mrkdwn("a")), f"unsupported type: mrkdwn {PART}/type]"),
    row(
        "link",
        inline(type="link", url="https://a.example"),
        inline(type="link"),
        f"missing required field: url {PART}]",
    ),
    row(
        "user",
        inline(type="user", user_id="U0ANA"),
        inline(type="user"),
        f"missing required field: user_id {PART}]",
    ),
    row(
        "usergroup",
        inline(type="usergroup", usergroup_id="S1"),
        inline(type="usergroup"),
        f"missing required field: usergroup_id {PART}]",
    ),
    row(
        "channel",
        inline(type="channel", channel_id="C1"),
        inline(type="channel"),
        f"missing required field: channel_id {PART}]",
    ),
    row(
        "team",
        inline(type="team", team_id="T1"),
        inline(type="team"),
        f"missing required field: team_id {PART}]",
    ),
    row(
        "emoji",
        inline(type="emoji", name="tada"),
        inline(type="emoji"),
        f"missing required field: name {PART}]",
    ),
    row(
        "date",
        inline(type="date", timestamp=1, format="{date}"),
        inline(type="date", timestamp=1),
        f"missing required field: format {PART}]",
    ),
    row(
        "broadcast",
        inline(type="broadcast", range="here"),
        inline(type="broadcast", range="all"),
        f"must be a valid enum value {PART}/range]",
    ),
    row(
        "color",
        inline(type="color", value="#ff0000"),
        inline(type="color", value="#ff000g"),
        f"must match the required format {PART}/value]",
    ),
]

NUMBER = {"type": "raw_number", "value": 3}
RICH_CELL = rich(words(LETTER))
TABLES = [
    most("table rows", lambda n: message(table(n)), 100, f"no more than 100 items allowed {AT}/rows]"),
    most("table cells", lambda n: message(table(1, n)), 20, f"no more than 20 items allowed {AT}/rows/0]"),
    most(
        "table column_settings",
        lambda n: message(table(column_settings=[{"align": "right"}] * n)),
        20,
        f"no more than 20 items allowed {AT}/column_settings]",
    ),
    row(
        "table align",
        message(table(column_settings=[None, {"align": "left"}])),
        message(table(column_settings=[{"align": "top"}])),
        f"must be a valid enum value {AT}/column_settings/0/align]",
    ),
    row(
        "table cell kinds",
        message(table(cell=NUMBER)),
        message(table(cell=mrkdwn("a"))),
        f"unsupported type: mrkdwn {AT}/rows/0/0/type]",
    ),
    row(
        "table rich_text cells",
        message(table(cell=RICH_CELL)),
        message(table(cell=rich())),
        f"no fewer than 1 items allowed {AT}/rows/0/0/elements]",
    ),
    row(
        "table numbers",
        message(table(cell=NUMBER)),
        message(table(cell={"type": "raw_number", "value": "3"})),
        f"must provide a number {AT}/rows/0/0/value]",
    ),
    most(
        "table characters",
        lambda n: message(table(cell=raw(n))),
        10_000,
        f"must be less than 10001 characters {AT}/rows]",
    ),
    most(
        "data_table rows", lambda n: message(data_table(n)), 101, f"no more than 101 items allowed {AT}/rows]"
    ),
    least(
        "data_table two rows",
        lambda n: message(data_table(n)),
        2,
        f"no fewer than 2 items allowed {AT}/rows]",
    ),
    most(
        "data_table page_size",
        lambda n: message(data_table(page_size=n)),
        100,
        f"must be at most 100 {AT}/page_size]",
    ),
    least(
        "data_table page_size from 1",
        lambda n: message(data_table(page_size=n)),
        1,
        f"must be at least 1 {AT}/page_size]",
    ),
    needs(data_table(), "caption"),
    row(
        "data_table columns",
        message(data_table(2, 20)),
        message({**data_table(), "rows": [[raw()] * 21] * 2}),
        f"no more than 20 items allowed {AT}/rows/0]",
    ),
    row(
        "data_table rows alike",
        message(data_table(2, 20)),
        message({**data_table(), "rows": [[raw()] * 2, [raw()]]}),
        f"all rows must have the same number of cells {AT}/rows]",
    ),
    row(
        "data_table header not rich_text",
        message({**data_table(), "rows": [[raw()], [RICH_CELL]]}),
        message({**data_table(), "rows": [[RICH_CELL], [raw()]]}),
        f"unsupported type: rich_text {AT}/rows/0/0/type]",
    ),
    most(
        "data_table characters",
        lambda n: message({**data_table(), "rows": [[raw()], [raw(n)]]}),
        9_999,
        f"must be less than 10001 characters {AT}/rows]",
    ),
]

CHART = f"{AT}/chart"


def named(name: str, label: str = "p0") -> Sent:
    series = {"name": name, "data": [{"label": label, "value": 1}]}
    return message(chart("line", series=[series], axis_config={"categories": [label]}))


CHARTS = [
    most(
        "series name", lambda n: named("x" * n), 20, f"must be less than 21 characters {CHART}/series/0/name]"
    ),
    most(
        "category label",
        lambda n: named("Votes", "x" * n),
        20,
        f"must be less than 21 characters {CHART}/series/0/data/0/label]",
    ),
    most(
        "points of a series",
        lambda n: message(bars(points=n)),
        20,
        f"no more than 20 items allowed {CHART}/series/0/data]",
    ),
    row(
        "series named apart",
        message(bars(2)),
        message({**bars(), "chart": {**bars()["chart"], "series": bars()["chart"]["series"] * 2}}),
        f"series names must be unique {CHART}/series/1/name]",
    ),
    row(
        "chart values as numbers",
        message(pie(1, value=2.5)),
        message(chart(segments=[{"label": "Soup", "value": "3"}])),
        f"must provide a number {CHART}/segments/0/value]",
    ),
    row(
        "axis for bars",
        message(bars()),
        message(chart("bar", series=bars()["chart"]["series"])),
        f"missing required field: axis_config {CHART}]",
    ),
    longest("chart title", pie(), "title", 50, f"must be less than 51 characters {AT}/title]"),
    most("pie segments", lambda n: message(pie(n)), 6, f"no more than 6 items allowed {CHART}/segments]"),
    least("pie empty", lambda n: message(pie(n)), 1, f"no fewer than 1 items allowed {CHART}/segments]"),
    most(
        "pie label",
        lambda n: message(pie(1, "x" * n)),
        20,
        f"must be less than 21 characters {CHART}/segments/0/label]",
    ),
    row(
        "pie value",
        message(pie(1, value=0.5)),
        message(pie(1, value=0)),
        f"must be more than 0 {CHART}/segments/0/value]",
    ),
    most("bar series", lambda n: message(bars(n)), 6, f"no more than 6 items allowed {CHART}/series]"),
    most(
        "x_label",
        lambda n: message(bars(x_label="x" * n)),
        50,
        f"must be less than 51 characters {CHART}/axis_config/x_label]",
    ),
    most(
        "y_label",
        lambda n: message(bars(y_label="x" * n)),
        50,
        f"must be less than 51 characters {CHART}/axis_config/y_label]",
    ),
    row(
        "chart points match",
        message(bars()),
        message(bars(categories=["p1", "p0"])),
        f"labels must match the categories {CHART}/series/0/data]",
    ),
    row("chart kinds", message(bars()), message(chart("radar")), f"unsupported type: radar {CHART}/type]"),
    needs(pie(), "title"),
    needs(pie(), "chart"),
]

ROWS = [*RICH, *TABLES, *CHARTS]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_data_at_the_limit_passes(case: Row) -> None:
    case.fits.check()


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_data_past_the_limit_is_refused(case: Row) -> None:
    assert_refused(case)

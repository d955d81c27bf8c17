"""Tables and charts as Slack takes them."""

from collections.abc import Mapping

from slack_app.playground.check_rich_text import rich_text_value
from slack_app.playground.check_shapes import (
    Findings,
    Rule,
    array,
    boolean,
    by_type,
    integer,
    is_list,
    is_object,
    items,
    number,
    one_of,
    record,
    string,
    typed,
)
from slack_app.playground.check_text import characters

# Over all tables of a message together; data_table pages say 10,000 and, newer, 20,000.
MOST_CELL_CHARACTERS = 10_000
# The stored page says 6 and a newer library 12: whoever keeps to 6 is right either way.
_MOST_SERIES = 6

_raw_text = typed("raw_text", {"text": string(least=1)}, {})
_raw_number = typed("raw_number", {"value": number}, {"text": string(least=1)})
_header_cell = by_type({"raw_text": _raw_text, "raw_number": _raw_number})
_cell = by_type({"raw_text": _raw_text, "raw_number": _raw_number, "rich_text": rich_text_value})


def _cells_are_short(table: object, at: str, findings: Findings) -> None:
    if not is_object(table):
        return
    findings.characters["cells"] += characters(table.get("rows"))
    if findings.characters["cells"] > MOST_CELL_CHARACTERS:
        findings.refuse(f"must be less than {MOST_CELL_CHARACTERS + 1} characters", f"{at}/rows")


_align = one_of("left", "center", "right")
_column = record({}, {"align": _align, "is_wrapped": boolean})


def _column_setting(value: object, at: str, findings: Findings) -> None:
    # A column is skipped with null.
    if value is not None:
        _column(value, at, findings)


def table(block_id: Rule) -> Rule:
    return typed(
        "table",
        {"rows": array(array(_cell, 20, 1), 100, 1)},
        {"block_id": block_id, "column_settings": array(_column_setting, 20)},
        _cells_are_short,
    )


def _rows_are_even(block: object, at: str, findings: Findings) -> None:
    rows = block.get("rows") if is_object(block) else None
    lengths = {len(row) for row in rows if is_list(row)} if is_list(rows) else set()
    if len(lengths) > 1:
        findings.refuse("all rows must have the same number of cells", f"{at}/rows")


def _header_is_plain(block: object, at: str, findings: Findings) -> None:
    rows = block.get("rows") if is_object(block) else None
    if is_list(rows) and rows:
        array(_header_cell)(rows[0], f"{at}/rows/0", findings)


def data_table(block_id: Rule) -> Rule:
    return typed(
        "data_table",
        {"caption": string(least=1), "rows": array(array(_cell, 20, 1), 101, 2)},
        {"block_id": block_id, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
        _rows_are_even,
        _header_is_plain,
        _cells_are_short,
    )


def _positive(value: object, at: str, findings: Findings) -> None:
    number(value, at, findings)
    if isinstance(value, int | float) and value <= 0:
        findings.refuse("must be more than 0", at)


_label = string(20, 1)
_axis_label = string(50, 1)
_segment = record({"label": _label, "value": _positive}, {})
_point = record({"label": _label, "value": number}, {})
_series = record({"name": _label, "data": array(_point, 20, 1)}, {})
_axis = record({"categories": array(_label, 20, 1)}, {"x_label": _axis_label, "y_label": _axis_label})


def _series_fit_the_axis(chart: object, at: str, findings: Findings) -> None:
    if not is_object(chart):
        return
    axis = chart.get("axis_config")
    categories = axis.get("categories") if is_object(axis) else None
    names: list[object] = []
    for index, one in enumerate(items(chart.get("series"))):
        labels = [point.get("label") for point in items(one.get("data"))]
        if is_list(categories) and labels != list(categories):
            findings.refuse("labels must match the categories", f"{at}/series/{index}/data")
        if one.get("name") in names:
            findings.refuse("series names must be unique", f"{at}/series/{index}/name")
        names.append(one.get("name"))


def _series_chart(name: str) -> Rule:
    return typed(
        name, {"series": array(_series, _MOST_SERIES, 1), "axis_config": _axis}, {}, _series_fit_the_axis
    )


_charts: Mapping[str, Rule] = {
    "pie": typed("pie", {"segments": array(_segment, _MOST_SERIES, 1)}, {}),
    **{name: _series_chart(name) for name in ("bar", "line", "area")},
}


def data_visualization(block_id: Rule) -> Rule:
    return typed(
        "data_visualization",
        {"title": string(50, 1), "chart": by_type(_charts)},
        {"block_id": block_id},
    )

"""The geometry of a data_visualization block: numbers in, SVG coordinates out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 480, 220, 44, 34, 10
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - 8, HEIGHT - BOTTOM - TOP
NAME_WIDTH, TILTED_LENGTH = 8, 11


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn thing: `kind` is rect, path or line; `tone` numbers its colour from 0."""

    kind: str
    tone: int
    label: str
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    path: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    shapes: tuple[Shape, ...]
    ticks: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]
    x_label: str
    y_label: str
    is_tilted: bool

    @property
    def room_for_names(self) -> int:
        """What tilted names need below the plot, beyond a line."""
        return 90 if self.is_tilted else 0

    @property
    def legend(self) -> tuple[str, ...]:
        return self.labels if self.kind == "pie" else tuple(s.name for s in self.series)


def chart(block: Mapping[str, Any]) -> Chart | None:
    """Return the drawing of a block, None when its numbers can't be read."""
    given = block.get("chart", block)
    kind = str(given.get("type", ""))
    title = block.get("title", "")
    title = str(title.get("text", "")) if isinstance(title, Mapping) else str(title)
    try:
        labels, series = _pie_numbers(given) if kind == "pie" else _series_numbers(given)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if kind not in DRAWERS or not labels:
        return None
    axis = given.get("axis_config") or {}
    low, high, step = _scale([v for s in series for v in s.values])
    shapes = DRAWERS[kind](labels, series, low, high)
    ticks = () if kind == "pie" else _ticks(low, high, step)
    is_tilted = kind != "pie" and max(map(len, labels)) * NAME_WIDTH > PLOT_WIDTH / len(labels)
    said = [_cut(label) for label in labels] if is_tilted else labels
    names = () if kind == "pie" else tuple((_middle(i, len(labels)), x) for i, x in enumerate(said))
    return Chart(
        title,
        kind,
        labels,
        series,
        tuple(shapes),
        ticks,
        names,
        str(axis.get("x_label") or ""),
        str(axis.get("y_label") or ""),
        is_tilted,
    )


def _cut(label: str) -> str:
    """A name short enough to stand askew; the table below has the whole of it."""
    return label if len(label) <= TILTED_LENGTH else label[: TILTED_LENGTH - 1] + "…"


def number(value: float) -> str:
    return f"{value:,.10g}"


def _pie_numbers(given: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    segments = given["segments"]
    return tuple(str(s["label"]) for s in segments), (
        Series("Value", tuple(float(s["value"]) for s in segments)),
    )


def _series_numbers(given: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    rows = given["series"]
    axis = given.get("axis_config") or {}
    labels = tuple(axis.get("categories") or [p["label"] for p in rows[0]["data"]])
    series = []
    for row in rows:
        points = {str(p["label"]): float(p["value"]) for p in row["data"]}
        series.append(Series(str(row["name"]), tuple(points.get(str(label), 0.0) for label in labels)))
    return tuple(map(str, labels)), tuple(series)


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    low, high = min([0.0, *values]), max([0.0, *values])
    if high == low:
        high = low + 1
    rough = (high - low) / 4
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * m for m in (1, 2, 5, 10) if size * m >= rough)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _ticks(low: float, high: float, step: float) -> tuple[tuple[float, str], ...]:
    count = round((high - low) / step)
    values = [low + i * step for i in range(count + 1)]
    return tuple((_y(v, low, high), number(round(v, 10))) for v in values)


def _y(value: float, low: float, high: float) -> float:
    return round(TOP + PLOT_HEIGHT * (high - value) / (high - low), 1)


def _middle(index: int, count: int) -> float:
    return round(LEFT + PLOT_WIDTH * (index + 0.5) / count, 1)


def _bars(labels: Sequence[str], series: Sequence[Series], low: float, high: float) -> list[Shape]:
    slot = PLOT_WIDTH / len(labels)
    width = min(slot * 0.76 / len(series), 48)
    shapes = []
    for tone, one in enumerate(series):
        for i, value in enumerate(one.values):
            x = _middle(i, len(labels)) + (tone - len(series) / 2) * width
            top, foot = sorted((_y(value, low, high), _y(0, low, high)))
            said = f"{one.name}, {labels[i]}: {number(value)}"
            shapes.append(
                Shape("rect", tone, said, (round(x, 1), top, round(width - 1, 1), round(foot - top, 1)))
            )
    return shapes


def _line_path(one: Series, low: float, high: float) -> str:
    points = (f"{_middle(i, len(one.values))} {_y(v, low, high)}" for i, v in enumerate(one.values))
    return "M" + " L".join(points)


def _lines(_labels: Sequence[str], series: Sequence[Series], low: float, high: float) -> list[Shape]:
    return [Shape("line", tone, one.name, path=_line_path(one, low, high)) for tone, one in enumerate(series)]


def _areas(labels: Sequence[str], series: Sequence[Series], low: float, high: float) -> list[Shape]:
    foot, first, last = _y(0, low, high), _middle(0, len(labels)), _middle(len(labels) - 1, len(labels))
    areas = [
        Shape("path", tone, one.name, path=f"{_line_path(one, low, high)} L{last} {foot} L{first} {foot}Z")
        for tone, one in enumerate(series)
    ]
    return areas + _lines(labels, series, low, high)


def _slices(labels: Sequence[str], series: Sequence[Series], _low: float, _high: float) -> list[Shape]:
    values = series[0].values
    total = sum(values) or 1.0
    shapes, start = [], 0.0
    for tone, (label, value) in enumerate(zip(labels, values, strict=True)):
        # A whole circle has the same first and last point and would vanish: stop just short of it.
        end = start + min(value / total, 0.9999)
        shapes.append(
            Shape("path", tone, f"{label}: {number(value)} ({value / total:.0%})", path=_slice(start, end))
        )
        start = end
    return shapes


def _slice(start: float, end: float) -> str:
    (x0, y0), (x1, y1) = (_on_circle(share) for share in (start, end))
    wide = 1 if end - start > 0.5 else 0
    return f"M110 110 L{x0} {y0} A100 100 0 {wide} 1 {x1} {y1}Z"


def _on_circle(share: float) -> tuple[float, float]:
    turn = 2 * math.pi * share
    return round(110 + 100 * math.sin(turn), 2), round(110 - 100 * math.cos(turn), 2)


DRAWERS = {"bar": _bars, "line": _lines, "area": _areas, "pie": _slices}

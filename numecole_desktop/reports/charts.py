"""Gauges and bars drawn as vectors; fullness shows the value, colour only repeats it."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, cos, radians, sin

from reportlab.pdfgen.pathobject import PDFPathObject

from numecole_desktop.domain.french import NBSP
from numecole_desktop.reports.palette import Ink, palette
from numecole_desktop.reports.structure import Box
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas

_GAP = 1.4  # degrees left blank on each side of a segment
_HOLE = 0.66  # inner radius, as a share of the outer one
_MOST_CELLS = 20
_LINES = 10  # hatchings are made by so many lines, so that few lengths of them are remembered
_LARGE = 60.0  # radius of a gauge that holds the largest figures


def gauge_size(radius: float) -> tuple[float, float]:
    """Width and height of a gauge, its graduations included."""
    return 2 * radius + 32, radius + 24


def draw_gauge(
    canvas: TaggedCanvas,
    centre: tuple[float, float],
    radius: float,
    value: int | None,
    highest: int,
) -> None:
    """Draw a half-circle gauge from 0 to ``highest``; dotted and « n.c. » when there is no value.

    ``centre`` is the middle of the flat side. The open tag is the figure.
    """
    ink, style = palette(), styles()
    figure = style.figure if radius >= _LARGE else style.tile
    x, y = centre
    code = [f"q 1 0 0 1 {x:.2f} {y:.2f} cm 0.9 w {ink.border.stroke} {ink.action.fill}"]
    if value is None:
        code.append("[2 2] 0 d")
    for step in range(highest):
        filled = value is not None and step < value
        code.append(f"{_segment(radius, step, highest)} {'f' if filled else 'S'}")
    code.append("Q")
    canvas.operators(code)
    for step in range(highest + 1):
        angle = radians(180 - 180 * step / highest)
        away = radius + 9
        reached = step == value
        canvas.write(
            x + away * cos(angle),
            y + away * sin(angle) - 2.5,
            str(step),
            style.strong if reached else style.muted,
            "centre",
        )
    if value is None:
        canvas.write(x, y + 6, "n.c.", style.title, "centre")
        return
    canvas.write(x, y + 8, str(value), figure, "centre")
    canvas.write(x, y - 5, f"sur{NBSP}{highest}", style.muted, "centre")


@lru_cache(maxsize=64)
def _segment(radius: float, step: int, steps: int) -> str:
    """The outline of one segment of a gauge centred on the origin, from the left."""
    start = 180 - 180 * step / steps - _GAP
    extent = -180 / steps + 2 * _GAP
    inner = radius * _HOLE
    path = PDFPathObject()
    path.moveTo(radius * cos(radians(start)), radius * sin(radians(start)))
    path.arcTo(-radius, -radius, radius, radius, start, extent)
    path.arcTo(-inner, -inner, inner, inner, start + extent, -extent)
    path.close()
    return str(path.getCode())


def draw_cells(canvas: TaggedCanvas, box: Box, filled: int | None, total: int | None) -> None:
    """Draw ``total`` cells side by side in a box, the first ``filled`` full; one bar if too many.

    A number that is not known gives a dotted outline.
    """
    x, y, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
    ink = palette()
    if filled is None or not total:
        canvas.operators(["q [2 2] 0 d"])
        canvas.outline_box(x, y, width, height, ink.border)
        canvas.operators(["Q"])
        return
    if total > _MOST_CELLS:
        canvas.fill_box(x, y, width * filled / total, height, ink.action)
        canvas.outline_box(x, y, width, height, ink.border)
        return
    gap = 2.0
    cell = (width - gap * (total - 1)) / total
    for number in range(total):
        left = x + number * (cell + gap)
        if number < filled:
            canvas.fill_box(left, y, cell, height, ink.action)
        canvas.outline_box(left, y, cell, height, ink.action if number < filled else ink.border)


def draw_bar(
    canvas: TaggedCanvas, box: Box, percent: int, ink: Ink, *, hatched: bool = False
) -> None:
    """Draw a percentage as a bar, full or hatched, in the box that 100 % would fill."""
    x, y, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
    filled = width * min(max(percent, 0), 100) / 100
    canvas.outline_box(x, y, width, height, palette().rule, 0.4)
    if not hatched:
        canvas.fill_box(x, y, filled, height, ink)
    else:
        hatch(canvas, (x, y, x + filled, y + height), ink)
        canvas.outline_box(x, y, filled, height, ink, 0.5)


def hatch(
    canvas: TaggedCanvas, box: Box, ink: Ink, every: float = 2.5, thickness: float = 0.5
) -> None:
    """Hatch a box with slanting lines ``every`` so many points."""
    x, y, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
    lines = _slanting(height, every, ceil((width + height) / (every * _LINES)) * _LINES)
    clip = f"1 0 0 1 {x:.2f} {y:.2f} cm 0 0 {width:.2f} {height:.2f} re W n"
    canvas.operators([f"q {clip} {ink.stroke} {thickness:g} w {lines} S Q"])


@lru_cache(maxsize=256)
def _slanting(height: float, every: float, count: int) -> str:
    """A path of slanting lines from the lower edge to the upper one, from the origin on."""
    starts = [number * every - height for number in range(count)]
    return " ".join(f"{at:.1f} 0 m {at + height:.1f} {height:.1f} l" for at in starts)

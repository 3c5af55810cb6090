"""Charts of territories, drawn as vectors: shape, hatching and words carry the value, not colour.

Each function draws inside the tag that the caller has opened: a figure, or an artifact when a table
beside it says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from numecole_desktop.reports.charts import hatch
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.structure import Box
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas

FILLS = ("blank", "sparse", "dense", "full", "dotted")
"""Ways to fill a part of a whole, told apart without colour; the last one is for « unknown »."""

_HATCHINGS = {"sparse": (6.0, 0.8), "dense": (3.0, 1.3)}
_MARK = 3.2  # half the height of a mark


def draw_fill(canvas: TaggedCanvas, box: Box, fill: str) -> None:
    """Fill a box in one of the ways of ``FILLS``."""
    x, y, right, top = box
    ink = palette()
    if fill == "full":
        canvas.fill_box(x, y, right - x, top - y, ink.action)
        return
    if fill == "dotted":
        canvas.operators(["q [2 2] 0 d"])
        canvas.outline_box(x, y, right - x, top - y, ink.border, 0.8)
        canvas.operators(["Q"])
        return
    if fill in _HATCHINGS:
        every, thickness = _HATCHINGS[fill]
        hatch(canvas, box, ink.action, every, thickness)
    canvas.outline_box(x, y, right - x, top - y, ink.action, 0.8)


def draw_stack(canvas: TaggedCanvas, box: Box, counts: Sequence[int], fills: Sequence[str]) -> None:
    """Draw the parts of a whole end to end, each as long as its count; the sum must not be 0."""
    x, y, right, top = box
    total = sum(counts)
    for count, fill in zip(counts, fills, strict=True):
        if count:
            end = x + (right - box[0]) * count / total
            draw_fill(canvas, (x + 0.8, y, max(end - 0.8, x + 1.2), top), fill)
            x = end


def draw_compared(
    canvas: TaggedCanvas, box: Box, percent: int | None, above: Sequence[int | None]
) -> None:
    """Draw a percentage as a bar in the box that 100 % would fill, the levels above as marks.

    The last of ``above``, the highest level, is a line across the bar, the one before a diamond,
    the one before that a triangle.
    """
    x, y, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
    ink, middle = palette(), y + height / 2
    frame = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    code = [f"{ink.rule.stroke} 0.4 w {frame} S"]
    if percent:
        filled = f"{x:.2f} {y:.2f} {width * _share(percent):.2f} {height:.2f} re"
        code.append(f"{ink.action.fill} {filled} f")
    code += [
        f"q 1 0 0 1 {x + width * _share(value):.2f} {middle:.2f} cm {mark} Q"
        for value, mark in zip(reversed(above), _marks(height), strict=False)
        if value is not None
    ]
    canvas.operators(code)


@cache
def _marks(height: float) -> tuple[str, ...]:
    """Paths on the origin: a line across a bar ``height`` high, a diamond, a triangle."""
    ink, m, reach = palette(), _MARK, height / 2 + 2.4
    line = (
        f"{ink.paper.fill} -1.6 {-reach:.2f} 3.2 {2 * reach:.2f} re f "
        f"{ink.text.fill} -0.8 {-reach:.2f} 1.6 {2 * reach:.2f} re f"
    )
    pen = f"{ink.paper.fill} {ink.text.stroke} 1 w"
    diamond = f"{pen} {-m} 0 m 0 {m} l {m} 0 l 0 {-m} l b"
    return line, diamond, f"{pen} {-m} {-m} m 0 {m} l {m} {-m} l b"


def _share(percent: int) -> float:
    return min(max(percent, 0), 100) / 100


def draw_curve(
    canvas: TaggedCanvas,
    box: Box,
    values: Sequence[int | None],
    labels: Sequence[str],
    highest: int,
) -> None:
    """Draw values from 0 to ``highest`` as a line with a dot for each; an unknown one has none.

    Labels stand over their dots, inside the box; an empty one is not drawn.
    """
    x, y, right, top = box
    ink, style = palette(), styles().small
    step = (right - x - 24) / max(len(values) - 1, 1)
    scale = (top - y - 16) / max(highest, 1)
    dots = [
        (x + 12 + n * step, y + 3 + value * scale, label)
        for n, (value, label) in enumerate(zip(values, labels, strict=True))
        if value is not None
    ]
    canvas.rule(x, y, right, ink.border, 0.6)
    if len(dots) > 1:
        (start_x, start_y, _), *others = dots
        line = " ".join(f"{a:.2f} {b:.2f} l" for a, b, _ in others)
        canvas.operators([f"{ink.action.stroke} 1.4 w {start_x:.2f} {start_y:.2f} m {line} S"])
    for dot_x, dot_y, label in dots:
        canvas.fill_box(dot_x - 2, dot_y - 2, 4, 4, ink.action)
        canvas.write(dot_x, dot_y + 5, label, style, "centre")


def draw_length(canvas: TaggedCanvas, box: Box, percent: int, *, hatched: bool = False) -> None:
    """Draw a percentage as a bar, full or hatched, in the box that 100 % would fill."""
    x, y, right, top = box
    canvas.fill_box(x, y, right - x, top - y, palette().surface)
    if percent > 0:
        filled = (x, y, x + (right - x) * _share(percent), top)
        draw_fill(canvas, filled, "dense" if hatched else "full")

"""Columns whose parts start at the same heights, so that they can be compared across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from numecole_desktop.domain.equipment import HIGHEST
from numecole_desktop.reports.blocks import item, item_lines, write_lines
from numecole_desktop.reports.cards import GUTTER, draw_card
from numecole_desktop.reports.charts import draw_cells, draw_gauge, gauge_size
from numecole_desktop.reports.layout import LEFT, WIDTH, Piece
from numecole_desktop.reports.structure import Role
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import TextStyle, wrap

DrawAt: TypeAlias = Callable[[TaggedCanvas, float, float], None]
"""Draws something whose left and upper edges are given."""

_MARGIN = 11.0
_CELLS = 8.0
_RADIUS = 44.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a column; an empty one keeps the place of those beside it."""

    height: float
    draw: DrawAt


def inner_width(columns: int) -> float:
    """Width of the text in each of so many columns."""
    return (WIDTH - GUTTER * (columns - 1)) / columns - 2 * _MARGIN


def columns_piece(columns: Sequence[Sequence[Part]], across: int = 0, before: float = 8.0) -> Piece:
    """Columns of as many parts each, on cards; read one column after the other.

    They are as wide as ``across`` of them on a line would be, by default as many as they are.
    """
    width = inner_width(across or len(columns)) + 2 * _MARGIN
    heights = [max(part.height for part in row) for row in zip(*columns, strict=True)]
    height = sum(heights) + 2 * _MARGIN - 6

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for number, column in enumerate(columns):
            x = LEFT + number * (width + GUTTER)
            draw_card(canvas, x, top, width, height)
            y = top - _MARGIN + 2
            for part, tall in zip(column, heights, strict=True):
                part.draw(canvas, x + _MARGIN, y)
                y -= tall

    return Piece(height, draw, before)


def stacked(parts: Sequence[Part]) -> Part:
    """Parts one under the other, whatever stands beside them; maybe none."""

    def draw(canvas: TaggedCanvas, x: float, top: float) -> None:
        for part in parts:
            part.draw(canvas, x, top)
            top -= part.height

    return Part(sum(part.height for part in parts), draw)


def text_part(
    text: str, style: TextStyle, width: float, after: float = 4.0, role: Role = "P"
) -> Part:
    """A title, or a paragraph; a line break in ``text`` is kept."""
    lines = [line for told in text.split("\n") for line in wrap(told, style, width)]

    def draw(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.tag(role):
            write_lines(canvas, x, top, lines, style)

    return Part(style.height(len(lines)) + after, draw)


def list_part(title: str, texts: Sequence[str], width: float) -> Part:
    """A short list under its title; nothing if the list is empty."""
    if not texts:
        return stacked(())
    style = styles()
    heading = wrap(title, style.strong, width) if title else ()
    items = [item_lines(text, style.compact, width) for text in texts]
    gap = 2.5
    height = style.strong.height(len(heading)) + 5
    height += sum(style.compact.height(len(lines)) + gap for lines in items)

    def draw(canvas: TaggedCanvas, x: float, top: float) -> None:
        if heading:
            with canvas.tag("P"):
                write_lines(canvas, x, top, heading, style.strong)
        y = top - style.strong.height(len(heading)) - 2
        with canvas.group("L"):
            for lines in items:
                item(canvas, x, y, ((style.compact, lines),))
                y -= style.compact.height(len(lines)) + gap

    return Part(height, draw)


def gauge_part(value: int | None, alternative: str, width: float) -> Part:
    """The gauge of an index, in the middle of its column."""
    wide, high = gauge_size(_RADIUS)

    def draw(canvas: TaggedCanvas, x: float, top: float) -> None:
        left = x + (width - wide) / 2
        box = (left, top - high, left + wide, top)
        with canvas.tag("Figure", alternative=alternative, box=box):
            draw_gauge(canvas, (left + wide / 2, top - _RADIUS - 14), _RADIUS, value, HIGHEST)

    return Part(high + 8, draw)


def cells_part(sentence: str, filled: int | None, total: int | None, width: float) -> Part:
    """A count in words over as many cells, the counted ones full."""
    style = styles()
    lines = wrap(sentence, style.strong, width)
    height = style.strong.height(len(lines)) + _CELLS + 10

    def draw(canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.tag("P"):
            write_lines(canvas, x, top, lines, style.strong)
        upper = top - style.strong.height(len(lines)) - 1.5
        with canvas.artifact():
            draw_cells(canvas, (x, upper - _CELLS, x + width, upper), filled, total)

    return Part(height, draw)

"""Widths of the columns of a table from what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.reports.layout import WIDTH
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import PADDING, Column
from numecole_desktop.reports.tagged import Align
from numecole_desktop.reports.text import TextStyle


def fitted_columns(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: TextStyle,
    width: float = WIDTH,
    *,
    lean: bool = False,
    aligned: Sequence[Align] | None = None,
) -> list[Column]:
    """Columns as wide as their cells; they fill ``width`` together.

    They are aligned as told, by default figures to the right and words to the left.

    Titles may wrap, cells only where there is too little room, the first column's first. What is
    left goes to all columns alike, to the first one alone if the others are to stay ``lean``.
    """
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(titles)
    needed = [
        max((style.width(cell) for cell in column), default=0.0) + 2 * PADDING for column in cells
    ]
    least = [
        max(_longest_word(title, styles().label), _longest_word(" ".join(column), style))
        + 2 * PADDING
        for title, column in zip(titles, cells, strict=True)
    ]
    widths = [max(pair) for pair in zip(needed, least, strict=True)]
    left = width - sum(widths)
    if left >= 0:
        share = 0.0 if lean else left / len(widths)
        widths = [each + share for each in widths]
        widths[0] += left - share * len(widths)
    else:
        widths = _squeezed(widths, least, width)
    if aligned is None:
        aligned = ["left", *map(_side, cells[1:])]
    return [
        Column(title, each, style, side)
        for title, each, side in zip(titles, widths, aligned, strict=True)
    ]


def _squeezed(widths: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Take from the widest columns down to their longest words, then from all in proportion."""
    too_much = sum(widths) - width
    slack = [have - need for have, need in zip(widths, least, strict=True)]
    if sum(slack) >= too_much:
        part = too_much / sum(slack)
        return [have - spare * part for have, spare in zip(widths, slack, strict=True)]
    return [need * width / sum(least) for need in least]


def _longest_word(text: str, style: TextStyle) -> float:
    return max((style.width(word) for word in text.split(" ")), default=0.0)


def _side(cells: Sequence[str]) -> Align:
    """Right for a column of figures, left for a column of words."""
    figures = [cell for cell in cells if cell]
    return "right" if all(cell[:1].isdigit() or cell == "n.c." for cell in figures) else "left"

"""Tables whose row heights are computed before drawing, with tagged headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeAlias

from numecole_desktop.reports.blocks import write_lines
from numecole_desktop.reports.layout import LEFT, Container, Draw, Piece, keep_ends
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Align, TaggedCanvas
from numecole_desktop.reports.text import TextStyle, bold, wrap
from numecole_desktop.reports.texts import Texts

PADDING = 4.0
"""Blank on each side of a cell, in points."""
SPACE = 2.6
"""Usual blank above and below the text of a row, in points."""
_MOST_LINES = 20
"""Lines of a row that stay together: a longer one goes on, on the next page if need be."""
_texts = Texts("common")
_Placed: TypeAlias = tuple[float, TextStyle, tuple[str, ...], Align]
"""Where the text of a cell is set, how, its lines, its alignment."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in points, how its cells are written."""

    title: str
    width: float
    style: TextStyle
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the first cell names it. ``code`` is a short code written before that name.

    ``decoration`` draws, on the line's background, what repeats a cell without words (a bar) or a
    box to write in. The line is at least ``least_height`` points high. ``missing`` says that the
    cell after the name has no value. A ``strong`` line is set in bold: a total.
    """

    cells: tuple[str, ...]
    code: str = ""
    decoration: Draw | None = None
    least_height: float = 0.0
    missing: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A line across the table that names the part that follows."""

    title: str


class Table:
    """Lays rows out under columns; one piece for each row, headings repeated after a page break.

    ``code_width`` is the room kept for the codes of rows, ``width`` the whole width when rows are
    decorated to the right of the columns, ``space`` the blank above and below the text of a row.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        code_width: float = 0.0,
        width: float = 0.0,
        space: float = SPACE,
    ) -> None:
        self._columns = columns
        self._space = space
        widths = [column.width for column in columns]
        self._lefts = list(accumulate(widths[:-1], initial=LEFT))
        self._right = LEFT + (width or sum(widths))
        style = styles().label
        self._titles = [wrap(c.title, style, c.width - 2 * PADDING) for c in columns]
        self._heading_height = style.height(max(map(len, self._titles))) + 6
        # Column, where its text is set, width of that text.
        self._cells = [
            (column, _side(column, left), column.width - 2 * PADDING)
            for column, left in zip(columns, self._lefts, strict=True)
        ]
        column, x, text_width = self._cells[0]
        self._cells[0] = (column, x + code_width, text_width - code_width)
        self._container = Container("Table", self._heading_height, self._draw_titles)

    def pieces(self, rows: Sequence[Row | Band]) -> list[Piece]:
        """The headings and the rows; a band stays with the row under it, no row is left alone."""
        head = Piece(
            self._heading_height,
            self._draw_heading,
            keep_with_next=True,
            container=self._container,
        )
        body: list[Piece] = []
        for row in rows:
            body += [self._band(row)] if isinstance(row, Band) else self._row(row)
        keep_ends(body)
        return [head, *body]

    def _draw_heading(self, canvas: TaggedCanvas, top: float) -> None:
        style = styles().label
        with canvas.artifact("Background"):
            self._draw_shade(canvas, top)
        with canvas.group("TR"):
            for column, left, lines in zip(self._columns, self._lefts, self._titles, strict=True):
                with canvas.tag("TH", scope="Column") if any(lines) else canvas.tag("TD"):
                    write_lines(canvas, _side(column, left), top - 3, lines, style, column.align)

    def _draw_titles(self, canvas: TaggedCanvas, top: float) -> None:
        self._draw_shade(canvas, top)
        for column, left, lines in zip(self._columns, self._lefts, self._titles, strict=True):
            x = _side(column, left)
            write_lines(canvas, x, top - 3, lines, styles().label, column.align)

    def _draw_shade(self, canvas: TaggedCanvas, top: float) -> None:
        height = self._heading_height
        canvas.fill_box(LEFT, top - height, self._right - LEFT, height, palette().surface)

    def _band(self, band: Band) -> Piece:
        style = styles().subheading
        lines = wrap(band.title, style, self._right - LEFT - 2 * PADDING)
        height = style.height(len(lines)) + 1.8 + 2 * self._space

        def draw(canvas: TaggedCanvas, top: float) -> None:
            with canvas.artifact():
                canvas.rule(LEFT, top - height, self._right, palette().border)
            with (
                canvas.group("TR"),
                canvas.tag("TH", scope="Column", columns=len(self._columns)),
            ):
                write_lines(canvas, LEFT + PADDING, top - 1 - 1.5 * self._space, lines, style)

        return Piece(height, draw, keep_with_next=True, container=self._container)

    def _row(self, row: Row) -> list[Piece]:
        """The row, in several pieces when its text is too high for one page."""
        placed: list[_Placed] = []
        highest = 0
        for text, (column, x, width) in zip(row.cells, self._cells, strict=True):
            face = bold(column.style) if row.strong else column.style
            if row.missing and len(placed) == 1:
                face = styles().missing
            lines = wrap(text, face, width)
            highest = max(highest, len(lines))
            placed.append((x, face, lines, column.align))
        if highest <= _MOST_LINES:
            return [self._part(row, placed)]
        continued = replace(row, code="", decoration=None, least_height=0.0)
        return [
            self._part(
                continued if start else row,
                _cut(placed, start),
                ends=start + _MOST_LINES >= highest,
            )
            for start in range(0, highest, _MOST_LINES)
        ]

    def _part(self, row: Row, placed: Sequence[_Placed], *, ends: bool = True) -> Piece:
        text_height = max(face.leading * len(lines) for _, face, lines, _ in placed)
        height = max(text_height + 2 * self._space, row.least_height)
        above = (height - text_height) / 2
        single = [(x, face, lines[0], align) for x, face, lines, align in placed if len(lines) == 1]
        plain = len(single) == len(placed) and not row.code

        def draw(canvas: TaggedCanvas, top: float) -> None:
            with canvas.artifact():
                if ends:
                    canvas.rule(LEFT, top - height, self._right, palette().rule, 0.5)
                if row.decoration:
                    row.decoration(canvas, top)
            top -= above
            with canvas.group("TR"):
                if plain:
                    canvas.write_row(top, single)
                    return
                (x, face, lines, _), *others = placed
                with canvas.tag("TH", scope="Row"):
                    if row.code:
                        write_lines(canvas, LEFT + PADDING, top, (row.code,), styles().muted)
                    write_lines(canvas, x, top, lines, face)
                for x, face, lines, align in others:
                    with canvas.tag("TD"):
                        write_lines(canvas, x, top, lines, face, align)

        return Piece(height, draw, container=self._container)


def _cut(placed: Sequence[_Placed], start: int) -> list[_Placed]:
    """The lines from ``start`` that one piece holds; a name that is whole is said to go on."""
    parts = [
        (x, face, lines[start : start + _MOST_LINES] or ("",), align)
        for x, face, lines, align in placed
    ]
    x, face, lines, align = parts[0]
    return [(x, face, lines if any(lines) else (_texts("continued"),), align), *parts[1:]]


def _side(column: Column, left: float) -> float:
    """Where the text of a column starts, ends or has its middle, as it is aligned."""
    if column.align == "right":
        return left + column.width - PADDING
    if column.align == "centre":
        return left + column.width / 2
    return left + PADDING

"""Tables whose row heights are computed before drawing, with tagged headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from numecole_desktop.reports.blocks import write_lines
from numecole_desktop.reports.layout import LEFT, Container, Draw, Piece, keep_ends
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Align, TaggedCanvas
from numecole_desktop.reports.text import TextStyle, bold, wrap

PADDING = 4.0
"""Blank on each side of a cell, in points."""
SPACE = 2.6
"""Usual blank above and below the text of a row, in points."""


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
        self._code_width = code_width
        widths = [column.width for column in columns]
        self._lefts = list(accumulate(widths[:-1], initial=LEFT))
        self._right = LEFT + (width or sum(widths))
        style = styles().label
        self._titles = [wrap(c.title, style, c.width - 2 * PADDING) for c in columns]
        self._heading_height = style.height(max(map(len, self._titles))) + 6
        self._container = Container("Table", self._heading_height, self._draw_titles)

    def pieces(self, rows: Sequence[Row | Band]) -> list[Piece]:
        """The headings and the rows; a band stays with the row under it, no row is left alone."""
        head = Piece(
            self._heading_height,
            self._draw_heading,
            keep_with_next=True,
            container=self._container,
        )
        body = [self._band(r) if isinstance(r, Band) else self._row(r) for r in rows]
        keep_ends(body)
        return [head, *body]

    def _draw_heading(self, canvas: TaggedCanvas, top: float) -> None:
        style = styles().label
        with canvas.artifact("Background"):
            self._draw_shade(canvas, top)
        with canvas.group("TR"):
            for column, left, lines in zip(self._columns, self._lefts, self._titles, strict=True):
                with canvas.tag("TH", scope="Column"):
                    _write(canvas, column, left, top - 3, lines, style)

    def _draw_titles(self, canvas: TaggedCanvas, top: float) -> None:
        self._draw_shade(canvas, top)
        for column, left, lines in zip(self._columns, self._lefts, self._titles, strict=True):
            _write(canvas, column, left, top - 3, lines, styles().label)

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

    def _row(self, row: Row) -> Piece:
        faces = [bold(column.style) if row.strong else column.style for column in self._columns]
        if row.missing:
            faces[1] = styles().missing
        cells = [
            wrap(text, face, column.width - 2 * PADDING - (0 if i else self._code_width))
            for i, (text, face, column) in enumerate(
                zip(row.cells, faces, self._columns, strict=True)
            )
        ]
        text_height = max(face.height(len(lines)) for face, lines in zip(faces, cells, strict=True))
        height = max(text_height + 2 * self._space, row.least_height)
        above = (height - text_height) / 2
        first, *others = zip(self._columns, self._lefts, cells, faces, strict=True)

        def draw(canvas: TaggedCanvas, top: float) -> None:
            with canvas.artifact():
                canvas.rule(LEFT, top - height, self._right, palette().rule, 0.5)
                if row.decoration:
                    row.decoration(canvas, top)
            top -= above
            with canvas.group("TR"):
                with canvas.tag("TH", scope="Row"):
                    if row.code:
                        write_lines(canvas, LEFT + PADDING, top, (row.code,), styles().muted)
                    column, left, lines, face = first
                    _write(canvas, column, left + self._code_width, top, lines, face)
                for column, left, lines, face in others:
                    with canvas.tag("TD"):
                        _write(canvas, column, left, top, lines, face)

        return Piece(height, draw, container=self._container)


def _write(
    canvas: TaggedCanvas,
    column: Column,
    left: float,
    top: float,
    lines: Sequence[str],
    style: TextStyle,
) -> None:
    x = left + PADDING
    if column.align == "right":
        x = left + column.width - PADDING
    elif column.align == "centre":
        x = left + column.width / 2
    write_lines(canvas, x, top, lines, style, column.align)

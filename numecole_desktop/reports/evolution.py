"""Figures over the years: a small curve for each, then the table that says the same in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numecole_desktop.domain.french import whole
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory_profile import Evolution
from numecole_desktop.reports.blocks import paragraph, write_lines
from numecole_desktop.reports.figures import Density, count_and_share, percent, roomy
from numecole_desktop.reports.layout import LEFT, WIDTH, Piece
from numecole_desktop.reports.plots import draw_curve
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Column, Row, Table
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")
_CURVE = 58.0
_GAP = 12.0
_MOST_BESIDE = 3
_MOST_LABELS = 5
_MOST_YEARS = 5
_LABEL = 176.0


@dataclass(frozen=True, slots=True)
class _Plot:
    """A curve ready to be drawn."""

    title: tuple[str, ...]
    values: Sequence[int | None]
    labels: Sequence[str]
    years: tuple[str, str]
    highest: int
    alternative: str


def evolution_pieces(evolution: Sequence[Evolution], density: Density | None = None) -> list[Piece]:
    """Curves (if there are years to compare) and a table of every point; may be empty."""
    known = [line for line in evolution if line.points]
    if not known:
        return []
    tables = _tables(known, density or roomy())
    curves = curves_pieces(known, _MOST_BESIDE)
    if not curves:
        style = styles().body
        return [paragraph(_texts("single", "evolution"), style, 0, after=4, keep=True), *tables]
    scale = paragraph(_texts("scale", "evolution"), styles().small, keep=True)
    tables[0].before = 4.0
    return [*curves, scale, *tables]


def curves_pieces(evolution: Sequence[Evolution], most: int) -> list[Piece]:
    """A curve for each figure known for years to compare, up to ``most`` on a line.

    Years stand under the curves where there is room.
    """
    drawn = [line for line in evolution if sum(value is not None for value in _values(line)) > 1]
    lines = -(-len(drawn) // most)
    per_line = -(-len(drawn) // max(lines, 1))
    return [_curves(drawn[n * per_line : (n + 1) * per_line], per_line) for n in range(lines)]


def _curves(lines: Sequence[Evolution], per_line: int) -> Piece:
    style = styles()
    width = (WIDTH - _GAP * (per_line - 1)) / per_line
    plots = [_plot(line, width) for line in lines]
    title_height = style.compact_strong.height(max(len(plot.title) for plot in plots))
    dated = per_line <= _MOST_BESIDE
    height = title_height + _CURVE + (style.label.leading + 4 if dated else 0)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for number, plot in enumerate(plots):
            x = LEFT + number * (width + _GAP)
            with canvas.tag("P"):
                write_lines(canvas, x, top, plot.title, style.compact_strong)
            lower = top - title_height - _CURVE
            box = (x, lower, x + width, top - title_height)
            with canvas.tag("Figure", alternative=plot.alternative, box=box):
                draw_curve(canvas, box, plot.values, plot.labels, plot.highest)
            if dated:
                with canvas.artifact():
                    first, last = plot.years
                    write_lines(canvas, x, lower - 2, (first,), style.label)
                    write_lines(canvas, x + width, lower - 2, (last,), style.label, "right")

    return Piece(height, draw, before=6)


def _plot(line: Evolution, width: float) -> _Plot:
    values = _values(line)
    shared = any(share is not None for _, _, share in line.points)
    labels = [
        "" if value is None else percent(value) if shared else whole(value) for value in values
    ]
    told = ", ".join(
        _texts("point", "evolution", value=count_and_share(whole(count), share), year=year)
        for year, count, share in line.points
    )
    if len(labels) > _MOST_LABELS:
        labels[1:-1] = [""] * (len(labels) - 2)
    return _Plot(
        wrap(line.label, styles().compact_strong, width),
        values,
        labels,
        (str(line.points[0][0]), str(line.points[-1][0])),
        100 if shared else max(count for _, count, _ in line.points),
        _texts("alternative", "evolution", label=line.label, points=told),
    )


def _values(line: Evolution) -> list[int | None]:
    """The percentages of a figure, its counts if it has none; a missing one stays missing."""
    shares = [share for _, _, share in line.points]
    if all(share is None for share in shares):
        return [count for _, count, _ in line.points]
    return shares


def _tables(lines: Sequence[Evolution], density: Density) -> list[Piece]:
    """One table for each few years, oldest first: no column is squeezed."""
    years = sorted({year for line in lines for year, _, _ in line.points})
    pieces: list[Piece] = []
    for start in range(0, len(years), _MOST_YEARS):
        table = _table(lines, years[start : start + _MOST_YEARS], density)
        if pieces:
            table[0].before = 8.0
        pieces += table
    return pieces


def _table(
    lines: Sequence[Evolution], years: Sequence[SchoolYear], density: Density
) -> list[Piece]:
    width = (WIDTH - _LABEL) / max(len(years), 3)
    columns = [
        Column(_texts("figure", "evolution"), WIDTH - width * len(years), density.plain),
        *(Column(str(year), width, density.plain, "right") for year in years),
    ]
    rows = []
    for line in lines:
        points = {year: (count, share) for year, count, share in line.points}
        rows.append(Row((line.label, *(_cell(points.get(year)) for year in years))))
    return Table(columns, space=density.space).pieces(rows)


def _cell(point: tuple[int, int | None] | None) -> str:
    if point is None:
        return ""
    count, share = point
    return count_and_share(whole(count), share)

"""Chapters of the yearly report on the whole académie: key figures, charts, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from numecole_desktop.domain.territory_profile import ReportChapter, ReportTable
from numecole_desktop.reports.blocks import paragraph, subheading, write_lines
from numecole_desktop.reports.cards import Tile, tiles_piece
from numecole_desktop.reports.columns import fitted_columns
from numecole_desktop.reports.distribution import distribution_piece
from numecole_desktop.reports.evolution import evolution_pieces
from numecole_desktop.reports.layout import (
    LEFT,
    RIGHT,
    WIDTH,
    Block,
    Frame,
    Piece,
    Section,
    accompanied,
    set_out,
)
from numecole_desktop.reports.plots import draw_length
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Row, Table
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import shorten
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_common = Texts("common")
_texts = Texts("yearly_report")
_TILES = 4
_PITCHES = (24.0, 19.0, 15.0)
_BAR = 0.6  # of the height of a line of a chart
_WIDEST_LABEL = WIDTH / 3
_VALUE = 36.0


def chapter_section(
    chapter: ReportChapter, head: tuple[str, str], key: str, last: Block, frame: Frame
) -> Section:
    """A chapter and the block ``last`` after it, its bars as wide apart as costs no page.

    ``head`` is what stands over and under its title; ``key`` names its place for links.
    """
    ways = []
    for pitch in _PITCHES:
        blocks = accompanied([*_blocks(chapter, head, key, pitch)], last)
        ways.append(set_out(blocks, frame, fill=True))
        if ways[-1].pages == 1:
            break
    return min(ways, key=lambda section: section.pages)


def _blocks(
    chapter: ReportChapter, head: tuple[str, str], key: str, pitch: float
) -> Iterator[Block]:
    """The parts of a chapter in reading order."""
    kicker, under = head
    title = title_piece(kicker, chapter.title, under, role="H2", key=key)
    tiles = [Tile(value, label) for label, value in chapter.key_figures]
    lines = -(-len(tiles) // _TILES)
    across = -(-len(tiles) // max(lines, 1))
    yield Block([title, *(tiles_piece(tiles[n * across : (n + 1) * across]) for n in range(lines))])
    if chapter.distribution:
        heading = subheading(_texts("distribution"), 16.0, 1)
        yield Block([heading, distribution_piece(chapter.distribution)])
    curves = evolution_pieces(chapter.evolution)
    if curves:
        # A chapter on evolution alone has said so in its title.
        titled = [subheading(_texts("evolution"), 16.0, 1)] if chapter.tables else []
        yield Block([*titled, *curves])
    for table in chapter.tables:
        yield _table_block(table, pitch)


def _table_block(table: ReportTable, pitch: float) -> Block:
    style = styles()
    pieces = [subheading(table.title, 16.0, 1)]
    if table.sentence:
        pieces.append(paragraph(table.sentence, style.body, before=0, after=4, keep=True))
    if table.shares:
        pieces.append(_chart(table.title, table.shares, pitch))
    if table.rows:
        columns = fitted_columns(table.columns, table.rows, style.body)
        totals = _texts.table("charts")["totals"]
        rows = [Row(cells, strong=cells[0] in totals) for cells in table.rows]
        lines = Table(columns).pieces(rows)
        lines[0].before = 6.0 if table.shares else 0.0
        pieces += lines
    return Block(pieces)


def _chart(title: str, shares: Sequence[tuple[str, int]], pitch: float) -> Piece:
    """Percentages as bars, each with its name and its value."""
    style = styles()
    label_width = min(max(style.body.width(label) for label, _ in shares) + 8, _WIDEST_LABEL)
    height = pitch * len(shares) + 2
    totals = _texts.table("charts")["totals"]
    parts = [_texts("chart_part", label=label, percent=percent) for label, percent in shares]
    alternative = _texts("chart", title=title, parts=", ".join(parts))
    left, right, bar = LEFT + label_width, RIGHT - _VALUE, _BAR * pitch

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.tag("Figure", alternative=alternative, box=(LEFT, top - height, RIGHT, top)):
            for number, (label, percent) in enumerate(shares):
                middle = top - (number + 0.5) * pitch
                line = middle + style.body.leading / 2
                name = shorten(label, style.body, label_width - 4)
                write_lines(canvas, LEFT, line, (name,), style.body)
                box = (left, middle - bar / 2, right, middle + bar / 2)
                draw_length(canvas, box, percent, hatched=label in totals)
                value = _common("percent", percent=percent)
                write_lines(canvas, RIGHT, line, (value,), style.strong, "right")

    return Piece(height, draw, before=4, keep_with_next=True)

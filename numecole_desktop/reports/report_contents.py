"""Cover and table of contents of the yearly report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from numecole_desktop.domain.french import Counted, long_date, of_place
from numecole_desktop.domain.territory_profile import YearlyReport
from numecole_desktop.reports.blocks import heading, notice, subheading, write_lines
from numecole_desktop.reports.cards import Tile, tiles_piece
from numecole_desktop.reports.distribution import distribution_piece
from numecole_desktop.reports.layout import LEFT, WIDTH, Block, Piece
from numecole_desktop.reports.logo import HEIGHT as LOGO_HEIGHT
from numecole_desktop.reports.logo import draw_logo, logo_size
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.structure import Role
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import TextStyle, shorten, wrap
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_texts = Texts("yearly_report")
_BAND_PADDING = 34.0
_COLUMNS = 2
_GUTTER = 26.0
_LINE = 15.0
_MOST_LINES = 40
_NUMBER = 22.0


@dataclass(slots=True)
class Entry:
    """A line of the contents: title, name of the place, and its page once it is known."""

    title: str
    key: str
    page: int = 0


def cover_blocks(report: YearlyReport, logo: bytes | None) -> list[Block]:
    """The first page: what, where, when, and the first figure of each chapter.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    if logo:
        logo_size(logo)
    most = _texts.table("cover")["figures"]
    firsts = [chapter.key_figures[0] for chapter in report.chapters if chapter.key_figures]
    tiles = [Tile(value, label) for label, value in firsts[:most]]
    pieces = [_band(report, logo)]
    if tiles:
        pieces.append(tiles_piece(tiles, before=30))
    shares = next((c.distribution for c in report.chapters if c.distribution), ())
    if shares:
        title = heading(_texts("distribution"), before=30, level=None)
        pieces += [title, distribution_piece(shares)]
    return [Block([*pieces, *(notice(note, before=20) for note in report.notes)])]


def _band(report: YearlyReport, logo: bytes | None) -> Piece:
    style = styles()
    inner = WIDTH - 2 * _BAND_PADDING
    academy = wrap(_texts("academy", academy=of_place(report.academy)), style.cover_name, inner)
    scope = _texts(
        "cover_scope",
        schools=Counted(sum(page.schools for page in report.circonscriptions)),
        circonscriptions=Counted(len(report.circonscriptions)),
    )
    lines: list[tuple[Role, Sequence[str], TextStyle, float]] = [
        ("H1", (_texts("cover_title"),), style.cover_title, 0),
        ("P", (_texts("cover_under"),), style.cover_name, 0),
        ("P", academy, style.cover_name, 84),
        ("P", (_common("year", year=report.year),), style.cover_name, 4),
        ("P", (scope,), style.cover_line, 50),
        ("P", (_texts("cover_date", date=long_date(report.issued_on)),), style.cover_line, 2),
    ]
    height = 2 * _BAND_PADDING + sum(
        face.height(len(told)) + before for _, told, face, before in lines
    )
    above = LOGO_HEIGHT + 48

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if logo:
            draw_logo(canvas, LEFT, top, logo, _common("logo"))
        upper = top - above
        with canvas.artifact("Background"):
            canvas.fill_box(0, upper - height, A4[0], height, palette().action)
        canvas.bookmark(_texts("cover_title"), 0, top)
        y = upper - _BAND_PADDING
        for role, told, face, before in lines:
            y -= before
            with canvas.tag(role):
                write_lines(canvas, LEFT, y, told, face)
            y -= face.height(len(told))

    return Piece(above + height, draw)


def contents_blocks(
    report: YearlyReport, chapters: Sequence[Entry], groups: Sequence[tuple[str, Sequence[Entry]]]
) -> list[Block]:
    """The contents: chapters, then circonscriptions by département, each a link to its page."""
    pieces = [heading(_texts("contents"))]
    if not chapters and not groups:
        pieces.append(notice(_texts("contents_none", year=report.year)))
        return [Block(pieces)]
    blocks = [Block([*pieces, _entries(chapters, 1)])]
    for number, (department, entries) in enumerate(groups):
        for start in range(0, len(entries), _COLUMNS * _MOST_LINES):
            part = entries[start : start + _COLUMNS * _MOST_LINES]
            titled = [] if start else [subheading(department)]
            if not number and not start:
                titled.insert(0, heading(_texts("circonscriptions"), level=None))
            blocks.append(Block([*titled, _entries(part, _COLUMNS)]))
    return blocks


def _entries(entries: Sequence[Entry], columns: int) -> Piece:
    """Lines of the contents, down one column after the other."""
    width = (WIDTH - _GUTTER * (columns - 1)) / columns
    lines = -(-len(entries) // columns)
    face = styles().strong if columns == 1 else styles().body

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.group("TOC"):
            for number, entry in enumerate(entries):
                column, line = divmod(number, lines)
                x = LEFT + column * (width + _GUTTER)
                _draw_entry(canvas, entry, (x, top - line * _LINE), width, face)

    return Piece(lines * _LINE, draw, before=4)


def _draw_entry(
    canvas: TaggedCanvas, entry: Entry, place: tuple[float, float], width: float, face: TextStyle
) -> None:
    x, top = place
    right = x + width
    box = (x, top - _LINE, right, top)
    title = shorten(entry.title, face, width - _NUMBER - 12)
    contents = _texts("link", title=entry.title, page=entry.page)
    with canvas.artifact():
        start, y = x + face.width(title) + 6, top - 11
        canvas.operators(["q [0.8 3] 0 d"])
        canvas.rule(start, y, right - _NUMBER, palette().border, 0.8)
        canvas.operators(["Q"])
    with canvas.group("TOCI"), canvas.group("Reference"), canvas.link(entry.key, contents, box):
        write_lines(canvas, x, top - 1.5, (f"{title} ",), face)
        write_lines(canvas, right, top - 1.5, (str(entry.page),), face, "right")

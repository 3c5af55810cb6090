"""Page layout: pieces that a page break cannot cut, stacked in blocks, set out on framed pages.

A template makes blocks of pieces; ``set_out`` places them, so that the number of pages is known
before the first is drawn, then ``draw_sections`` draws each page in its frame. Measures are points;
``top`` is the upper edge of a piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TypeAlias

from reportlab.lib.pagesizes import A4

from numecole_desktop.domain.french import NBSP
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.structure import Element, Role
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import shorten

Draw: TypeAlias = Callable[[TaggedCanvas, float], None]
"""Draws something whose upper edge is at the height given."""

LEFT = 48.0
RIGHT: float = A4[0] - 48.0
WIDTH = RIGHT - LEFT
TOP: float = A4[1] - 36.0
BOTTOM = 56.0
_LOWEST = BOTTOM - 28.0
_BANNER = 28.0
_RUNNING_HEAD = 26.0
_WIDE_BLANK = 14.0
_MOST_SPREAD = 12.0
_COMPANY = 80.0  # height of what goes with a block that may not stand alone


@dataclass(eq=False, slots=True)
class Container:
    """A table or a list whose rows are pieces of their own.

    ``draw_heading`` redraws the column headings, ``heading_height`` high, on each further page.
    """

    role: Role
    heading_height: float = 0.0
    draw_heading: Draw | None = None
    element: Element | None = None


@dataclass(eq=False, slots=True)
class Piece:
    """Something that stays in one part; ``before`` is the blank above it, except atop a page.

    ``key`` names its place for links.
    """

    height: float
    draw: Draw
    before: float = 0.0
    keep_with_next: bool = False
    container: Container | None = None
    key: str = ""


def keep_ends(pieces: Sequence[Piece], few: int = 2) -> None:
    """Keep the first ``few`` pieces together, and the last ones: no page gets a lone one."""
    for piece in (*pieces[: few - 1], *pieces[-few:-1]):
        piece.keep_with_next = True


@dataclass(eq=False, slots=True)
class Block:
    """Pieces that belong together: ``whole`` ones are not parted if a page can hold them."""

    pieces: list[Piece]
    whole: bool = True


def height(pieces: Sequence[Piece]) -> float:
    """Height of pieces one under the other, the blank above the first included."""
    return sum(piece.before + piece.height for piece in pieces)


def accompanied(blocks: Sequence[Block], last: Block, *, whole: bool = False) -> list[Block]:
    """The blocks and a short ``last`` one, which never stands alone on a page.

    The end of what comes before goes with it to the next page if it must; all of it if ``whole``.
    """
    if not blocks or not last.pieces:
        return [*blocks, last]
    *others, before = blocks
    carried = 0.0
    for piece in reversed(before.pieces):
        piece.keep_with_next = True
        carried += piece.before + piece.height
        if carried >= _COMPANY:
            break
    for piece in last.pieces[:-1]:
        piece.keep_with_next = True
    return [*others, Block([*before.pieces, *last.pieces], whole)]


@dataclass(frozen=True, slots=True)
class Frame:
    """What each page shows around its content, cut short if need be.

    ``head`` (left, right) runs atop every page of a section but its first; ``foot`` stands beside
    the page number, over the ``service`` that prints; ``banner`` is a warning repeated atop every
    page.
    """

    head: tuple[str, str]
    foot: str
    banner: str = ""
    service: str = ""

    def room(self) -> float:
        """Height of what the first page of a section can hold."""
        return self.content_top(1) - BOTTOM

    def content_top(self, number: int) -> float:
        """Height where the content of page ``number`` of a section (from 1) starts."""
        return TOP - (_BANNER if self.banner else 0.0) - (_RUNNING_HEAD if number > 1 else 0.0)


@dataclass(slots=True)
class _Page:
    """Pieces with their upper edges; the content goes down to ``cursor``."""

    cursor: float
    placed: list[tuple[Piece, float]] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        if self.placed:
            self.cursor -= piece.before
        self.placed.append((piece, self.cursor))
        self.cursor -= piece.height

    def holds(self, pieces: Sequence[Piece]) -> bool:
        needed = height(pieces)
        if pieces and not self.placed:
            needed -= pieces[0].before
        return self.cursor - needed >= BOTTOM

    def spread(self) -> None:
        """Share out what is left at the bottom among the wide blanks, within reason."""
        wide = sum(piece.before >= _WIDE_BLANK for piece, _ in self.placed[1:])
        if not wide:
            return
        more = min((self.cursor - BOTTOM) / wide, _MOST_SPREAD)
        down = 0.0
        for number, (piece, top) in enumerate(self.placed):
            if number and piece.before >= _WIDE_BLANK:
                down += more
            self.placed[number] = (piece, top - down)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that starts on a page of its own, set out in its frame."""

    frame: Frame
    laid: Sequence[_Page]

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.laid)

    def places(self) -> dict[str, int]:
        """Page (from 0) of each piece that has a name."""
        return {
            piece.key: number
            for number, page in enumerate(self.laid)
            for piece, _ in page.placed
            if piece.key
        }


def set_out(blocks: Iterable[Block], frame: Frame, *, fill: bool = False) -> Section:
    """Place the blocks on pages; ``fill`` spreads the last page like the others."""
    pages = _paginate(blocks, frame)
    for page in pages if fill else pages[:-1]:
        page.spread()
    return Section(frame, pages)


def draw_sections(canvas: TaggedCanvas, sections: Sequence[Section]) -> int:
    """Draw sections one after the other, pages numbered throughout; gives the number of pages."""
    total = sum(section.pages for section in sections)
    for section in sections:
        with canvas.group("Sect") if len(sections) > 1 else nullcontext():
            for number, page in enumerate(section.laid, start=1):
                _draw_head(canvas, section.frame, number)
                for piece, top in page.placed:
                    _draw_piece(canvas, piece, top)
                _draw_foot(canvas, section.frame, total)
                canvas.showPage()
    return total


def _paginate(blocks: Iterable[Block], frame: Frame) -> list[_Page]:
    pages = [_Page(frame.content_top(1))]

    def turn() -> None:
        pages.append(_Page(frame.content_top(len(pages) + 1)))

    whole_page = _Page(frame.content_top(2))
    for block in blocks:
        if pages[-1].holds(block.pieces):
            for piece in block.pieces:
                pages[-1].add(piece)
            continue
        fits_alone = whole_page.holds(block.pieces)
        if block.whole and fits_alone:
            turn()
        for run in _runs(block.pieces):
            for together in [run] if fits_alone or whole_page.holds(run) else [[p] for p in run]:
                if pages[-1].placed and not pages[-1].holds(together):
                    last = pages[-1].placed[-1][0]
                    turn()
                    _repeat_heading(pages[-1], last, together[0])
                for piece in together:
                    pages[-1].add(piece)
    return pages


def _runs(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    """Pieces grouped with those that must follow them on the same page."""
    run: list[Piece] = []
    for piece in pieces:
        run.append(piece)
        if not piece.keep_with_next:
            yield run
            run = []
    if run:
        yield run


def _repeat_heading(page: _Page, last: Piece, following: Piece) -> None:
    """Repeat the column headings of a table that goes on, as an artifact: they were read once."""
    container = following.container
    if container is None or container is not last.container or container.draw_heading is None:
        return
    draw_heading = container.draw_heading

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.artifact("Pagination"):
            draw_heading(canvas, top)

    page.add(Piece(container.heading_height, draw))


def _draw_piece(canvas: TaggedCanvas, piece: Piece, top: float) -> None:
    container = piece.container
    if container is None:
        piece.draw(canvas, top)
        return
    with canvas.group(container.element or container.role) as container.element:
        piece.draw(canvas, top)


def _draw_head(canvas: TaggedCanvas, frame: Frame, number: int) -> None:
    ink, style = palette(), styles()
    top = TOP
    if frame.banner:
        with canvas.artifact("Background"):
            canvas.fill_box(LEFT, TOP - 20, WIDTH, 20, ink.surface_warning)
            canvas.outline_box(LEFT, TOP - 20, WIDTH, 20, ink.warning)
        with canvas.artifact("Pagination") if canvas.pages else canvas.tag("P"):
            canvas.write((LEFT + RIGHT) / 2, TOP - 13.5, frame.banner, style.warning, "centre")
        top -= _BANNER
    if number > 1:
        with canvas.artifact("Pagination"):
            left, right = frame.head
            room = WIDTH - style.small.width(right) - 12
            canvas.write(LEFT, top - 8, shorten(left, style.small, room), style.small)
            canvas.write(RIGHT, top - 8, right, style.small, "right")
            canvas.rule(LEFT, top - 14, RIGHT, ink.rule)


def _draw_foot(canvas: TaggedCanvas, frame: Frame, total: int) -> None:
    style = styles().small
    with canvas.artifact("Pagination"):
        count = f"Page{NBSP}{canvas.pages + 1} sur{NBSP}{total}"
        room = WIDTH - style.width(count) - 12
        line = BOTTOM - 26
        if frame.service:
            canvas.write(LEFT, _LOWEST, shorten(frame.service, style, WIDTH), style)
            line = _LOWEST + style.leading
        canvas.rule(LEFT, line + 12, RIGHT, palette().rule)
        canvas.write(LEFT, line, shorten(frame.foot, style, room), style)
        canvas.write(RIGHT, line, count, style, "right")

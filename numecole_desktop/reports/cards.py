"""Cards set side by side: short lists under a title, key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numecole_desktop.reports.blocks import item, item_lines, write_lines
from numecole_desktop.reports.layout import LEFT, WIDTH, Piece
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import TextStyle, wrap

GUTTER = 16.0
"""Blank between two cards, in points."""
_TILE_GUTTER = 10.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure: its value in large, what it counts, a line under it that may be empty."""

    value: str
    label: str
    under: str = ""


def cards_piece(
    cards: Sequence[tuple[str, Sequence[str]]],
    before: float = 14.0,
    style: TextStyle | None = None,
) -> Piece:
    """Lists of sentences, each under its title, in cards of the same height.

    ``style`` is that of the sentences, by default that of running text.
    """
    face, title_face = style or styles().body, styles().subheading
    width = (WIDTH - GUTTER * (len(cards) - 1)) / len(cards)
    inner = width - 24
    laid = [
        (wrap(title, title_face, inner), [item_lines(text, face, inner) for text in texts])
        for title, texts in cards
    ]
    height = 16 + max(
        title_face.height(len(title)) + sum(face.height(len(lines)) + 3 for lines in items)
        for title, items in laid
    )

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for number, (title, items) in enumerate(laid):
            x = LEFT + number * (width + GUTTER)
            draw_card(canvas, x, top, width, height)
            y = top - 8
            with canvas.tag("H3"):
                write_lines(canvas, x + 14, y, title, title_face)
            y -= title_face.height(len(title)) + 2
            with canvas.group("L"):
                for lines in items:
                    item(canvas, x + 14, y, ((face, lines),))
                    y -= face.height(len(lines)) + 3

    return Piece(height, draw, before)


def draw_card(canvas: TaggedCanvas, x: float, top: float, width: float, height: float) -> None:
    """The ground of a card, with a bar on its left."""
    with canvas.artifact("Background"):
        canvas.fill_box(x, top - height, width, height, palette().surface)
        canvas.fill_box(x, top - height, 3, height, palette().action)


def tiles_piece(tiles: Sequence[Tile], before: float = 12.0) -> Piece:
    """Key figures side by side, as a list."""
    style = styles()
    width = (WIDTH - _TILE_GUTTER * (len(tiles) - 1)) / len(tiles)
    inner = width - 18
    widest = max(style.tile.width(tile.value) for tile in tiles)
    faces = (style.tile if widest <= inner else style.long_title, style.strong, style.label)
    laid = [
        [
            wrap(text, face, inner) if text else ()
            for text, face in zip((tile.value, tile.label, tile.under), faces, strict=True)
        ]
        for tile in tiles
    ]
    height = 12 + max(
        sum(face.height(len(lines)) for face, lines in zip(faces, parts, strict=True))
        for parts in laid
    )

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for number in range(len(laid)):
            draw_card(canvas, LEFT + number * (width + _TILE_GUTTER), top, width, height)
        with canvas.group("L"):
            for number, parts in enumerate(laid):
                y = top - 5
                with canvas.group("LI"), canvas.tag("LBody"):
                    for face, lines in zip(faces, parts, strict=True):
                        x = LEFT + number * (width + _TILE_GUTTER) + 11
                        write_lines(canvas, x, y, lines, face)
                        y -= face.height(len(lines))

    return Piece(height, draw, before)

"""Head of a document: logo, kind of document, name, place and year."""

from __future__ import annotations

from numecole_desktop.reports.blocks import write_lines
from numecole_desktop.reports.layout import LEFT, RIGHT, Piece
from numecole_desktop.reports.logo import HEIGHT as LOGO_HEIGHT
from numecole_desktop.reports.logo import draw_logo, logo_size
from numecole_desktop.reports.structure import Role
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")
_TITLE_LINES = 2


def title_piece(
    kicker: str,
    title: str,
    under: str,
    logo: bytes | None = None,
    *,
    role: Role = "H1",
    level: int = 0,
    key: str = "",
) -> Piece:
    """The title of a document or of a chapter, under its kind and over its place.

    It is a line of the reader's outline at ``level``; ``key`` names the place for links.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    style = styles()
    left = LEFT + (logo_size(logo)[0] + 14 if logo else 0.0)
    title_style = style.title
    lines = wrap(title, title_style, RIGHT - left)
    if len(lines) > _TITLE_LINES:
        title_style = style.long_title
        lines = wrap(title, title_style, RIGHT - left)
    under_lines = wrap(under, style.body, RIGHT - left)
    under_kicker = style.kicker.leading + 2
    under_title = under_kicker + title_style.height(len(lines)) + 2
    height = under_title + style.body.height(len(under_lines))

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if logo:
            draw_logo(canvas, LEFT, top, logo, _texts("logo"))
        with canvas.tag("P"):
            write_lines(canvas, left, top, (kicker,), style.kicker)
        canvas.bookmark(title, level, top, key)
        with canvas.tag(role):
            write_lines(canvas, left, top - under_kicker, lines, title_style)
        with canvas.tag("P"):
            write_lines(canvas, left, top - under_title, under_lines, style.body)

    return Piece(max(height, LOGO_HEIGHT if logo else 0.0), draw, key=key)

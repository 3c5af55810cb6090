"""Ready-made pieces of a report: headings, paragraphs, lists."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.reports.layout import LEFT, WIDTH, Container, Piece
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Align, TaggedCanvas
from numecole_desktop.reports.text import TextStyle, wrap

_BULLET = 10.0


def write_lines(
    canvas: TaggedCanvas,
    x: float,
    top: float,
    lines: Sequence[str],
    style: TextStyle,
    align: Align = "left",
) -> None:
    """Write lines from the upper edge ``top`` on, capitals centred in each line's height.

    A line that goes on ends with a space, so that readers do not glue words together.
    """
    y = top - style.base
    last = len(lines) - 1
    for number, line in enumerate(lines):
        going_on = number < last and align == "left"
        canvas.write(x, y, f"{line} " if going_on else line, style, align)
        y -= style.leading


def heading(text: str, before: float = 16.0, level: int | None = 0, key: str = "") -> Piece:
    """A second-level title, also a line of the reader's outline if it has a ``level`` there.

    ``key`` names the place for links.
    """
    style = styles().heading
    lines = wrap(text, style, WIDTH)
    height = style.height(len(lines)) + 7

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if level is not None:
            canvas.bookmark(text, level, top, key)
        with canvas.tag("H2"):
            write_lines(canvas, LEFT, top, lines, style)
        with canvas.artifact():
            canvas.rule(LEFT, top - height + 4, LEFT + WIDTH, palette().action, 0.8)

    return Piece(height, draw, before, keep_with_next=True, key=key)


def subheading(text: str, before: float = 12.0, level: int | None = None) -> Piece:
    """A third-level title, a line of the reader's outline if it has a ``level`` there."""
    style = styles().subheading
    lines = wrap(text, style, WIDTH)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        if level is not None:
            canvas.bookmark(text, level, top)
        with canvas.tag("H3"):
            write_lines(canvas, LEFT, top, lines, style)

    return Piece(style.height(len(lines)) + 3, draw, before, keep_with_next=True)


def paragraph(
    text: str, style: TextStyle, before: float = 3.0, after: float = 0.0, keep: bool = False
) -> Piece:
    """A paragraph over the whole width; ``keep`` keeps it with what follows."""
    lines = wrap(text, style, WIDTH)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.tag("P"):
            write_lines(canvas, LEFT, top, lines, style)

    return Piece(style.height(len(lines)) + after, draw, before, keep_with_next=keep)


def notice(text: str, before: float = 8.0) -> Piece:
    """A paragraph set off by a bar on its left: something to know before reading on."""
    style = styles().body
    lines = wrap(text, style, WIDTH - 20)
    height = style.height(len(lines)) + 10

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.artifact("Background"):
            canvas.fill_box(LEFT, top - height, WIDTH, height, palette().surface)
            canvas.fill_box(LEFT, top - height, 3, height, palette().action)
        with canvas.tag("P"):
            write_lines(canvas, LEFT + 12, top - 5, lines, style)

    return Piece(height, draw, before)


def item(
    canvas: TaggedCanvas,
    x: float,
    top: float,
    parts: Sequence[tuple[TextStyle, Sequence[str]]],
) -> None:
    """Draw one item of a list: a bullet and texts one under the other; the list is the open group.

    The first text gives the bullet its style.
    """
    with canvas.group("LI"):
        with canvas.tag("Lbl"):
            write_lines(canvas, x, top, ("•",), parts[0][0])
        with canvas.tag("LBody"):
            for style, lines in parts:
                write_lines(canvas, x + _BULLET, top, lines, style)
                top -= style.height(len(lines))


def item_lines(text: str, style: TextStyle, width: float) -> tuple[str, ...]:
    """The lines of one item of a list ``width`` wide, bullet included."""
    return wrap(text, style, width - _BULLET)


def bullets(texts: Sequence[str], style: TextStyle, before: float = 3.0) -> list[Piece]:
    """A list over the whole width, one piece for each item."""
    container = Container("L")

    def piece(text: str) -> Piece:
        lines = item_lines(text, style, WIDTH)

        def draw(canvas: TaggedCanvas, top: float) -> None:
            item(canvas, LEFT, top, ((style, lines),))

        return Piece(style.height(len(lines)), draw, before, container=container)

    return [piece(text) for text in texts]

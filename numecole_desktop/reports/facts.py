"""Short facts under their labels, several on a line: who or what a document is about."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.reports.blocks import write_lines
from numecole_desktop.reports.layout import LEFT, RIGHT, WIDTH, Piece
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts

_common = Texts("common")


def facts_piece(facts: Sequence[tuple[str, str]], per_line: int = 4, before: float = 10.0) -> Piece:
    """A list of labels and values in columns, between two rules; an empty value is « n.c. »."""
    style = styles()
    width = WIDTH / per_line
    told = [
        (
            wrap(label, style.label, width - 10),
            wrap(value or _common("unknown"), style.strong, width - 10),
        )
        for label, value in facts
    ]
    lines = [told[i : i + per_line] for i in range(0, len(told), per_line)]
    heights = [
        max(
            style.label.height(len(label)) + style.strong.height(len(value))
            for label, value in line
        )
        + 5
        for line in lines
    ]
    total = sum(heights) + 13

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.artifact():
            canvas.rule(LEFT, top, RIGHT, palette().rule)
            canvas.rule(LEFT, top - total, RIGHT, palette().rule)
        y = top - 8
        with canvas.group("L"):
            for line, height in zip(lines, heights, strict=True):
                for column, (label, value) in enumerate(line):
                    _draw_fact(canvas, LEFT + column * width, y, label, value)
                y -= height

    return Piece(total, draw, before)


def _draw_fact(
    canvas: TaggedCanvas, x: float, top: float, label: Sequence[str], value: Sequence[str]
) -> None:
    style = styles()
    with canvas.group("LI"):
        with canvas.tag("Lbl"):
            write_lines(canvas, x, top, label, style.label)
        with canvas.tag("LBody"):
            write_lines(canvas, x, top - style.label.height(len(label)), value, style.strong)

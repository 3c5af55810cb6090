"""Boxes to sign in, side by side: what is known is printed, the rest is left to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numecole_desktop.reports.blocks import write_lines
from numecole_desktop.reports.cards import GUTTER
from numecole_desktop.reports.layout import LEFT, WIDTH, Piece
from numecole_desktop.reports.palette import palette
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_MARGIN = 12.0
_TO_SIGN = 40.0  # height left under « Signature »
_GAP = 4.0


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Who signs: a title, then (label, value) lines; an empty value is a line to write on."""

    title: str
    lines: tuple[tuple[str, str], ...]


def signatures_piece(boxes: Sequence[SignatureBox], signature: str, before: float = 6.0) -> Piece:
    """Boxes of the same height; ``signature`` is the word over the blank to sign in."""
    style = styles()
    width = (WIDTH - GUTTER * (len(boxes) - 1)) / len(boxes)
    inner = width - 2 * _MARGIN
    laid = [
        [
            (wrap(_common("labelled", label=label, value=value), style.body, inner), not value)
            for label, value in box.lines
        ]
        for box in boxes
    ]
    lines = max(
        sum(style.body.height(len(told)) + (_GAP if told else 0.0) for told, _ in box)
        for box in laid
    )
    sign_at = _MARGIN + style.subheading.leading + 4 + lines
    height = sign_at + style.body.leading + _TO_SIGN

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for number, (box, told) in enumerate(zip(boxes, laid, strict=True)):
            left = LEFT + number * (width + GUTTER)
            with canvas.artifact():
                canvas.outline_box(left, top - height, width, height, palette().border)
            x, y = left + _MARGIN, top - _MARGIN + 2
            with canvas.tag("H3"):
                write_lines(canvas, x, y, (box.title,), style.subheading)
            y -= style.subheading.leading + 4
            for text, to_write in told:
                with canvas.tag("P"):
                    write_lines(canvas, x, y, text, style.body)
                if to_write:
                    start = x + style.body.width(text[-1]) + 4
                    with canvas.artifact():
                        canvas.rule(start, y - style.body.leading + 1, x + inner, palette().border)
                y -= style.body.height(len(text)) + _GAP
            with canvas.tag("P"):
                write_lines(canvas, x, top - sign_at, (signature,), style.body)

    return Piece(height, draw, before)

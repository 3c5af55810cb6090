"""Pages of a document on a printer's sheets, as asked in the dialog of printing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.screens.pdf_pages import POINTS_PER_INCH

_BLANK = 25.0
"""Points that our pages leave empty at each edge: a printer that needs less shrinks nothing."""
_REFUSED = (
    f"L’impression n’a pas commencé{NBSP}: vérifiez que l’imprimante est allumée, ou que le "
    f"fichier choisi n’est pas ouvert ailleurs, puis recommencez."
)


def print_pages(printer: QPrinter, pages: Sequence[QImage]) -> int:
    """Print the pages that the person chose, in that order, whole on each sheet; how many sheets.

    Copies are repeated here for a printer that makes none itself; a page is turned when the sheet
    lies the other way.

    Raises:
        Problem: no page is in the range asked for, or the printer refuses.
    """
    sheets = _sheets(printer, len(pages))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Problem(_REFUSED)
    try:
        for done, number in enumerate(sheets):
            if done and not printer.newPage():
                raise Problem(_REFUSED)
            _draw(painter, _room(printer), pages[number])
    finally:
        painter.end()
    return len(sheets)


def _sheets(printer: QPrinter, count: int) -> list[int]:
    """Places of the pages to print, from 0, one for each sheet."""
    numbers = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        asked = printer.pageRanges()
        numbers = [n for n in numbers if asked.isEmpty() or asked.contains(n + 1)]
    if not numbers:
        raise Problem(
            f"Aucune page ne porte ces numéros{NBSP}: le document va de la page 1 à la page "
            f"{count}."
        )
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return numbers * copies
    return [n for n in numbers for _ in range(copies)]


def _room(printer: QPrinter) -> QRectF:
    """What of the sheet a page may fill: all of it, unless the printer cannot reach our edges."""
    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Point)
    needed = layout.minimumMargins()
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    if max(needed.left(), needed.top(), needed.right(), needed.bottom()) <= _BLANK:
        return sheet
    return sheet.marginsRemoved(needed * (printer.resolution() / POINTS_PER_INCH))


def _draw(painter: QPainter, room: QRectF, page: QImage) -> None:
    painter.save()
    painter.translate(room.center())
    width, height = room.width(), room.height()
    if (page.width() < page.height()) != (width < height):
        painter.rotate(90)
        width, height = height, width
    scale = min(width / page.width(), height / page.height())
    wide, high = page.width() * scale, page.height() * scale
    painter.drawImage(QRectF(-wide / 2, -high / 2, wide, high), page)
    painter.restore()

"""The equipment index drawn by hand: gauge of three steps, bar of one cell per class."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from numecole_desktop.ui.roles import GRAPHIC
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.text import sized

HIGHEST = 3
_MOST_CELLS = 24


class IndexGauge(QWidget):
    """The index as a large number and rising steps; « n.c. » when it is not known.

    ``compact`` draws it on the height of two lines.
    """

    said_as = GRAPHIC

    def __init__(self, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self._compact = compact
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(fixed, fixed)
        self.show_index(None)

    def show_index(self, value: int | None, explanation: str = "") -> None:
        """Show an index; ``explanation`` is read aloud and shown as a tooltip."""
        self._value = value
        words = (
            "Indice d’équipement non calculé"
            if value is None
            else (f"Indice d’équipement {value} sur {HIGHEST}")
        )
        self.setAccessibleName(words)
        self.setAccessibleDescription(explanation)
        self.setToolTip(explanation or words)
        self.update()

    def sizeHint(self) -> QSize:
        size = QSize(128, 44) if self._compact else QSize(176, 104)
        return QSize(scaled(size.width()), scaled(size.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        known = self._value is not None
        big = sized(self.font(), 14 if self._compact else 34, bold=True)
        if not known:
            big = sized(self.font(), 4 if self._compact else 10, bold=True)
        painter.setFont(big)
        painter.setPen(theme.action if known else theme.muted)
        number = str(self._value) if known else "n.c."
        height = self.height()
        width = painter.fontMetrics().horizontalAdvance(number)
        left = Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            QRectF(0, 0, width + 4, height), Qt.AlignmentFlag.AlignVCenter | left, number
        )
        if known:
            painter.setFont(sized(self.font(), 0 if self._compact else 3))
            painter.setPen(theme.muted)
            base = height / 2 + _half_digit(big)
            painter.drawText(width + 3, round(base), f"/{HIGHEST}")
        self._draw_steps(painter)

    def _draw_steps(self, painter: QPainter) -> None:
        theme = colours()
        step, gap = map(scaled, (16, 4) if self._compact else (24, 6))
        start = self.width() - HIGHEST * step - (HIGHEST - 1) * gap - 1
        bottom = self.height() - (6 if self._compact else 14)
        tallest = bottom - (6 if self._compact else 14)
        for place in range(1, HIGHEST + 1):
            tall = tallest * (0.34 + 0.22 * place)
            box = QRectF(start + (place - 1) * (step + gap), bottom - tall, step, tall)
            filled = self._value is not None and place <= self._value
            pen = QPen(theme.action if filled else theme.border, 1.4)
            if self._value is None:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(theme.action if filled else theme.base)
            painter.drawRoundedRect(box, 3, 3)


def _half_digit(font: QFont) -> float:
    return QFontMetricsF(font).capHeight() / 2


class ClassBar(QWidget):
    """Equipped classes among all: one cell by class (a plain bar above 24), a mark at the step."""

    said_as = GRAPHIC

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count: int | None = None
        self._total = 0
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int | None, total: int | None, step: int, words: str) -> None:
        """Show ``count`` of ``total`` classes and the mark after ``step`` of them."""
        self._count, self._total, self._step = count, total or 0, step
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, 3.5, self.width() - 1, self.height() - 7)
        cells = self._total if 0 < self._total <= _MOST_CELLS else 1
        width = box.width() / cells
        for place in range(cells):
            cell = QRectF(box.left() + place * width, box.top(), width, box.height())
            cell.adjust(0, 0, -3 if cells > 1 and place < cells - 1 else 0, 0)
            pen = QPen(theme.border, 1)
            if self._count is None:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(theme.base)
            painter.drawRoundedRect(cell, 2, 2)
            share = self._share_of(place, cells)
            if share:
                cell.setWidth(cell.width() * share)
                painter.setPen(QPen(theme.action, 1))
                painter.setBrush(theme.action)
                painter.drawRoundedRect(cell, 2, 2)
        if self._total and 0 < self._step < self._total:
            x = box.left() + box.width() * self._step / self._total - (1.5 if cells > 1 else 0)
            painter.setPen(QPen(theme.text, 1.6))
            painter.drawLine(round(x), 0, round(x), self.height())

    def _share_of(self, place: int, cells: int) -> float:
        if not self._count:
            return 0.0
        return float(place < self._count) if cells > 1 else self._count / self._total

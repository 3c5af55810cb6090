"""Two shares of a hundred, one above the other."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import Text

_MOST = 240


class PairBar(Text):
    """The school's share (filled) above the reference's (hatched), each in percent."""

    def __init__(self, name: str, school: int, reference: int) -> None:
        super().__init__()
        self._shares = (school, reference)
        words = f"{name}{NBSP}: école {school}{NBSP}%, académie {reference}{NBSP}%"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        width = min(self.width() - 2, _MOST)
        for place, share in enumerate(self._shares):
            box = QRectF(0.5, 2.5 + 9 * place, width, 7)
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(theme.base)
            painter.drawRect(box)
            box.setWidth(width * min(share, 100) / 100)
            painter.setPen(QPen(theme.action, 1))
            painter.setBrush(theme.action if place == 0 else Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            if place:
                painter.fillRect(box, _hatched())


def _hatched() -> object:
    from PySide6.QtGui import QBrush

    return QBrush(colours().action, Qt.BrushStyle.BDiagPattern)

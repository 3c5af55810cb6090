"""The status of a declaration as a sign and words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from numecole_desktop.ui.models.schools import STATUS_LABELS
from numecole_desktop.ui.roles import STATUS
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.signs import draw_status, status_colour


class StatusChip(QWidget):
    """« À déclarer », « Brouillon » or « Validée », with the year it speaks of."""

    said_as = STATUS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = ""
        self._year = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, status: str, year: str) -> None:
        """Show the status of the declaration of ``year``."""
        self._status, self._year = status, year
        self.setAccessibleName(f"Déclaration {year}\u00a0: {STATUS_LABELS[status]}")
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = max(
            metrics.horizontalAdvance(STATUS_LABELS[self._status]) + 17,
            metrics.horizontalAdvance(self._year),
        )
        return QSize(words + 6, 2 * metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.height() / 2
        painter.setPen(colours().muted)
        painter.drawText(QRectF(0, 0, self.width(), half), 0, self._year)
        draw_status(painter, QRectF(1, half * 1.5 - 5, 10, 10), self._status)
        painter.setPen(status_colour(self._status))
        words = QRectF(17, half, self.width() - 17, half)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, STATUS_LABELS[self._status])

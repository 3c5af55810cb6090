"""Where one is in a sequence of steps: numbered discs, the present one filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.roles import STATUS
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import sized

_DISC = 26
_GAP = 10


class StepBar(QWidget):
    """Names of steps from left to right; those done bear a check mark."""

    said_as = STATUS

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._step = 1
        self.show_step(1)

    def show_step(self, number: int) -> None:
        """Show the step ``number``, from 1."""
        self._step = number
        name = self._names[number - 1]
        self.setAccessibleName(f"Étape {number} sur {len(self._names)}\u00a0: {name}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(3 * 150, max(_DISC, self.fontMetrics().height()) + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 1.0, self.height() / 2
        for number, name in enumerate(self._names, start=1):
            here, done = number == self._step, number < self._step
            disc = QRectF(left, middle - _DISC / 2, _DISC, _DISC)
            painter.setPen(QPen(theme.action if here or done else theme.border, 1.5))
            painter.setBrush(theme.action if here else theme.base)
            painter.drawEllipse(disc)
            font = sized(self.font(), 0, bold=here)
            painter.setFont(font)
            painter.setPen(theme.on_action if here else theme.action if done else theme.muted)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "✓" if done else str(number))
            painter.setPen(theme.text if here else theme.muted)
            width = painter.fontMetrics().horizontalAdvance(name)
            place = QRectF(disc.right() + _GAP, 0, width + 2, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            left = place.right() + 2 * _GAP
            if number < len(self._names):
                painter.setPen(QPen(theme.border, 1))
                painter.drawLine(round(left), round(middle), round(left) + 3 * _GAP, round(middle))
                left += 5 * _GAP

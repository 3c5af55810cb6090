"""Where one is in a sequence of steps: numbered discs, the present one filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.roles import STATUS
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import sized

_DISC = 26
_GAP, _LINE = 10, 28


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
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width(named=True), self._disc() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(named=False), self._disc() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, size = colours(), self._disc()
        named = self._width(named=True) <= self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 1.0, self.height() / 2
        for number, name in enumerate(self._names, start=1):
            here, done = number == self._step, number < self._step
            disc = QRectF(left, middle - size / 2, size, size)
            painter.setPen(QPen(theme.action if here or done else theme.border, 1.5))
            painter.setBrush(theme.action if here else theme.base)
            painter.drawEllipse(disc)
            painter.setFont(sized(self.font(), 0, bold=here))
            painter.setPen(theme.on_action if here else theme.action if done else theme.muted)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "✓" if done else str(number))
            left = disc.right() + _GAP
            if named or here:
                painter.setPen(theme.text if here else theme.muted)
                place = QRectF(left, 0, self._room(name), self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
                left = place.right() + _GAP
            if number < len(self._names):
                painter.setPen(QPen(theme.border, 1))
                painter.drawLine(round(left), round(middle), round(left) + _LINE, round(middle))
                left += _LINE + _GAP

    def _disc(self) -> int:
        return max(_DISC, self.fontMetrics().height() + 8)

    def _room(self, name: str) -> int:
        bold = QFontMetrics(sized(self.font(), 0, bold=True))
        return bold.horizontalAdvance(name) + 2

    def _width(self, *, named: bool) -> int:
        """Width with every name, or with that of the present step alone."""
        names = self._names if named else self._names[self._step - 1 : self._step]
        lines = (len(self._names) - 1) * (_LINE + _GAP)
        discs = len(self._names) * (self._disc() + _GAP)
        return 2 + discs + lines + sum(self._room(name) + _GAP for name in names)

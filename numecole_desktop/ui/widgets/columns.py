"""Columns of numbers with their value above: small charts whose columns can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.roles import GRAPHIC
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.text import SMALL, sized

_ABOVE = 20
_BELOW = 22
_WIDEST = 46
_LEAST_STEP = 58


Column = tuple[str, int | None, str, str]


class ColumnsChart(QWidget):
    """One column by (label, height, text above it, words); a height of None is shown as « n.c. ».

    Heights are on the scale from 0 to ``highest`` (the largest of them when 0). ``opened`` carries
    the place of a column clicked, or chosen with the arrows and Enter, where ``clickable``.
    """

    said_as = GRAPHIC

    opened = Signal(int)

    def __init__(
        self, name: str, *, clickable: bool = False, highest: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns: Sequence[Column] = ()
        self._current = 0
        self._highest = highest
        self._clickable = clickable
        self.set_name(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_name(self, name: str) -> None:
        """Say what the columns are; the one chosen by the arrows is said after it."""
        self._name = name
        self.setAccessibleName(name)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self._columns = columns
        self._current = max(0, len(columns) - 1)
        said = [f"{label}{NBSP}: {words}" for label, _, _, words in columns]
        self.setAccessibleDescription(", ".join(said))
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(1, len(self._columns)) * scaled(_LEAST_STEP), scaled(128))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, scaled(128))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self._columns and self._clickable and event.key() in steps:
            place = self._current + steps[Qt.Key(event.key())]
            self._current = min(max(place, 0), max(0, len(self._columns) - 1))
            label, _, _, words = self._columns[self._current]
            self.setAccessibleName(f"{self._name}, {label}{NBSP}: {words}")
            self.update()
        elif self._clickable and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._clickable and self._columns:
            self._open(int(event.position().x() // self._step()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor = self.height() - scaled(_BELOW)
        room = floor - scaled(_ABOVE)
        heights = [height for _, height, _, _ in self._columns if height is not None]
        top = self._highest or max([*heights, 1])
        step = self._step()
        wide = min(_WIDEST, step * 0.6)
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(QPointF(0, floor + 0.5), QPointF(step * len(self._columns), floor + 0.5))
        for place, (label, height, text, _) in enumerate(self._columns):
            middle = place * step + step / 2
            tall = room * (height or 0) / top
            painter.fillRect(QRectF(middle - wide / 2, floor - tall, wide, tall), theme.action)
            centre = Qt.AlignmentFlag.AlignCenter
            painter.setFont(sized(self.font(), 0, bold=True))
            painter.setPen(theme.muted if height is None else theme.text)
            cell = QRectF(place * step, floor - tall - scaled(_ABOVE), step, scaled(_ABOVE))
            painter.drawText(cell, centre, text if height is not None else "n.c.")
            painter.setFont(sized(self.font(), SMALL))
            painter.setPen(theme.muted)
            painter.drawText(
                QRectF(place * step, floor + 3, step, scaled(_BELOW) - 3), centre, label
            )
        if self.hasFocus() and self._columns:
            painter.setPen(QPen(theme.action, 1.6))
            frame = QRectF(self._current * step + 2, 2, step - 4, self.height() - 4)
            painter.drawRoundedRect(frame, 4, 4)

    def _step(self) -> float:
        count = max(1, len(self._columns))
        return min(self.width() / count, 2 * scaled(_LEAST_STEP))

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._columns):
            self._current = place
            self.update()
            self.opened.emit(place)

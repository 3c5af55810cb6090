"""Scroll bars that are seen in every palette: a flat handle on the ground of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from numecole_desktop.ui.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_WIDTH = 12
_LEAST_HANDLE = 28


class ScrollBar(QScrollBar):
    """A handle without arrows, to drag; a click beside it goes one page that way."""

    _held: float | None = None

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.window)
        if self.maximum() <= self.minimum():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.action if self._held is not None else theme.border)
        start, length = self._handle()
        box = QRectF(0, start, self.width(), length)
        if not self._upright:
            box = QRectF(start, 0, length, self.height())
        painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        start, length = self._handle()
        where = self._along(event)
        if start <= where <= start + length:
            self._held = where - start
        else:
            step = self.pageStep()
            self.setValue(self.value() + (step if where > start else -step))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        room = self._length - self._handle()[1]
        share = (self._along(event) - self._held) / room if room > 0 else 0.0
        self.setValue(self.minimum() + round(share * (self.maximum() - self.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.update()

    @property
    def _upright(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical

    @property
    def _length(self) -> int:
        return self.height() if self._upright else self.width()

    def _along(self, event: QMouseEvent) -> float:
        return event.position().y() if self._upright else event.position().x()

    def _handle(self) -> tuple[float, float]:
        """Start and length of the handle."""
        span = max(1, self.maximum() - self.minimum())
        length = max(_LEAST_HANDLE, self._length * self.pageStep() / (span + self.pageStep()))
        return (self._length - length) * (self.value() - self.minimum()) / span, length


def dress_bars(area: QAbstractScrollArea) -> None:
    """Give both bars of ``area`` this look."""
    area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
    area.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, area))

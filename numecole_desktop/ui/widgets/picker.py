"""A drop-down list of named choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QWidget

from numecole_desktop.ui.icons import pixmap
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.entry import HEIGHT, draw_edge

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

_PADDING = 10
_ARROW = 14


class Picker(QComboBox):
    """Choices by code; ``chosen`` carries the code when a person chooses.

    The wheel does nothing while the list is closed: scrolling a page must not change an answer.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_options(options)
        self.activated.connect(self._tell)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the choices; the chosen one stays if it is still there."""
        kept = self.value()
        self.clear()
        for code, label in options:
            self.addItem(label, code)
        self.set_value(kept)

    def value(self) -> str | None:
        """Code of the choice; None when the list is empty."""
        code = self.currentData()
        return code if isinstance(code, str) else None

    def set_value(self, code: str | None) -> None:
        """Show a choice without telling anyone; a code not in the list changes nothing."""
        place = self.findData(code) if code is not None else -1
        if place >= 0:
            self.setCurrentIndex(place)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(
            (metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0
        )
        return QSize(widest + 2 * _PADDING + _ARROW + 10, max(HEIGHT, metrics.height() + 10))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.base if self.isEnabled() else theme.window)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        room = QRectF(self.rect()).adjusted(_PADDING, 0, -_PADDING - _ARROW - 4, 0)
        shown = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.setPen(theme.text if self.isEnabled() else theme.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        top = round((self.height() - _ARROW) / 2)
        arrow = pixmap("down", theme.muted, _ARROW)
        painter.drawPixmap(self.width() - _PADDING - _ARROW, top, arrow)
        painter.end()
        draw_edge(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self) -> None:
        self.chosen.emit(self.value() or "")

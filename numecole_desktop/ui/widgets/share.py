"""A distribution as a row of buttons: each value with its count, its share and a bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from numecole_desktop.domain.french import NBSP, plural, whole
from numecole_desktop.ui.roles import GROUP
from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.buttons import entered
from numecole_desktop.ui.widgets.gauge import HIGHEST
from numecole_desktop.ui.widgets.text import SMALL, sized

_HEIGHT, _LOW_HEIGHT = 62, 42
_NARROW = 150
_STEP = 7


class ShareButton(QAbstractButton):
    """One value: its steps, its words, how many schools and what share of all."""

    def __init__(self, steps: int | None) -> None:
        super().__init__()
        self._steps = steps
        self._count = 0
        self._low = False
        self._percent = 0
        self.code = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_share(self, code: str, label: str, count: int, percent: int | None) -> None:
        """Show another count."""
        self.code = code
        self.setText(label)
        self._count = count
        self._percent = percent or 0
        shown = "" if percent is None else f", {percent}{NBSP}%"
        self.setAccessibleName(f"{label}{NBSP}: {plural(count, 'école')}{shown}")
        self.setToolTip(f"{self.accessibleName()}. Cliquez pour voir la liste des écoles.")
        self.setEnabled(count > 0)
        self.update()

    def set_low(self, low: bool) -> None:
        """Leave the bar out, where the window is small."""
        if low != self._low:
            self._low = low
            self.updateGeometry()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not entered(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(120, scaled(_LOW_HEIGHT if self._low else _HEIGHT))

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focus = self.hasFocus()
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setPen(QPen(theme.action if focus or hot else theme.line, 2 if focus else 1))
        painter.setBrush(theme.action_surface if hot else theme.base)
        painter.drawRoundedRect(box, 6, 6)
        inside = box.adjusted(11, 3, -11, -2) if self._low else box.adjusted(11, 7, -11, -9)
        self._draw_label(painter, inside)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(sized(self.font(), 0, bold=True))
        painter.setPen(theme.text if self.isEnabled() else theme.muted)
        line = QRectF(inside.left(), inside.top() + scaled(18), inside.width(), scaled(18))
        words, share = self._words(), f"{self._percent}{NBSP}%"
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), words)
        taken = painter.fontMetrics().horizontalAdvance(f"{words}{NBSP}{share}")
        if (
            taken <= line.width()
        ):  # else the count alone: the share is in what is pointed at or read
            painter.setFont(sized(self.font(), 0))
            painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), share)
        if self._low:
            return
        bar = QRectF(inside.left(), inside.bottom() - 5, inside.width(), 5)
        painter.fillRect(bar, theme.surface)
        bar.setWidth(bar.width() * min(self._percent, 100) / 100)
        painter.fillRect(bar, theme.border if self._steps is None else theme.action)

    def _words(self) -> str:
        return (
            whole(self._count) if self.width() < scaled(_NARROW) else plural(self._count, "école")
        )

    def _draw_label(self, painter: QPainter, inside: QRectF) -> None:
        theme = colours()
        left = inside.left()
        if self._steps is not None:
            for step in range(1, HIGHEST + 1):
                tall = 3 + 3 * step
                box = QRectF(left, inside.top() + scaled(13) - tall, _STEP - 2, tall)
                painter.setPen(QPen(theme.action if step <= self._steps else theme.border, 1))
                painter.setBrush(theme.action if step <= self._steps else Qt.BrushStyle.NoBrush)
                painter.drawRect(box)
                left += _STEP
            left += 6
        painter.setFont(sized(self.font(), SMALL))
        painter.setPen(theme.muted)
        room = QRectF(left, inside.top(), inside.right() - left, scaled(16))
        words = self.label_in(painter.fontMetrics(), int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    def label_in(self, metrics: QFontMetrics, width: int) -> str:
        """What is written in ``width`` pixels: « Indice 3 », or « 3 » alone."""
        words = self.text()
        if metrics.horizontalAdvance(words) > width:
            words = words.rpartition(" ")[2]
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


class Distribution(QWidget):
    """The index of the schools of a territory; ``chosen`` carries the figure of a value."""

    said_as = GROUP

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Répartition de l’indice d’équipement")
        self.buttons = [ShareButton(steps) for steps in (*range(HIGHEST, -1, -1), None)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in self.buttons:
            row.addWidget(button)
            button.clicked.connect(self._clicked)

    def show_shares(self, shares: Sequence[tuple[str, str, int, int | None]]) -> None:
        """Show (figure, label, schools, percentage), highest index first, unknown last."""
        for button, share in zip(self.buttons, shares, strict=True):
            button.show_share(*share)

    def set_low(self, low: bool) -> None:
        """Leave the bars out, where the window is small."""
        for button in self.buttons:
            button.set_low(low)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ShareButton):
            self.chosen.emit(button.code)

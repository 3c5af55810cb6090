"""A choice that needs several lines: a number to press, a value, what supports it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import HEADING, Text, sized

_BADGE = 28


class OptionCard(QAbstractButton):
    """Exclusive with those beside it; ``body`` takes more parts."""

    def __init__(
        self, number: int, value: str, lines: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.number = number
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"Choix {number}\u00a0: {', '.join((value, *lines))}")
        self.body = QVBoxLayout()
        self.body.setSpacing(2)
        self.body.addWidget(Text(value, size=HEADING + 1, bold=True, wrap=True))
        for line in lines:
            self.body.addWidget(Text(line, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(14 + _BADGE + 14, 10, 14, 10)
        row.addLayout(self.body, 1)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        lit = chosen or self.underMouse()
        strong = chosen or self.hasFocus()
        painter.setPen(QPen(theme.action if strong else theme.border, 2 if strong else 1))
        painter.setBrush(theme.action_surface if lit else theme.base)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        badge = QRectF(14, 12, _BADGE, _BADGE)
        painter.setPen(QPen(theme.action if strong else theme.border, 1.4))
        painter.setBrush(theme.action if chosen else theme.base)
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(theme.on_action if chosen else theme.text)
        painter.setFont(sized(self.font(), HEADING, bold=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self.number))

"""Tabs over a stack of pages; the present one is bold and underlined."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.widgets.stack import Stack
from numecole_desktop.ui.widgets.text import sized


class TabRow(QTabBar):
    """A row of words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def tabSizeHint(self, index: int) -> QSize:
        bold = sized(self.font(), 0, bold=True)
        from PySide6.QtGui import QFontMetrics

        return QSize(QFontMetrics(bold).horizontalAdvance(self.tabText(index)) + 28, scaled(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for place in range(self.count()):
            box = QRectF(self.tabRect(place))
            chosen = place == self.currentIndex()
            painter.setFont(sized(self.font(), 0, bold=chosen))
            painter.setPen(theme.action if chosen else theme.text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tabText(place))
            if chosen:
                bar = QRectF(box.left() + 10, box.bottom() - 3, box.width() - 20, 3)
                painter.fillRect(bar, theme.action)
                if self.hasFocus():
                    painter.setPen(QPen(theme.action, 1.5))
                    painter.drawRoundedRect(box.adjusted(3, 4, -3, -5), 4, 4)


class Tabs(QWidget):
    """Pages by tab; ``row.currentChanged`` tells which is shown."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = TabRow(name, self)
        self.pages = Stack(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.pages, 1)
        self.row.currentChanged.connect(self.pages.setCurrentIndex)

    def add(self, text: str, page: QWidget) -> None:
        """One more page."""
        self.pages.addWidget(page)
        self.row.addTab(text)

    def show_tab(self, place: int) -> None:
        """Show the tab at ``place``, from 0."""
        self.row.setCurrentIndex(place)

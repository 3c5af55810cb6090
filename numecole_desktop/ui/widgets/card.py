"""Grounds on which a page lays its parts: cards, notices, a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from numecole_desktop.ui.icons import pixmap
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.text import HEADING, Text

_RADIUS = 8
_TONES = {
    "action": "Information",
    "warning": "Attention",
    "error": "Erreur",
    "success": "Fait",
}
_ICONS = {"action": "info", "warning": "warning", "error": "error", "success": "check"}


class Card(QFrame):
    """A rounded ground with a heading; parts are added to ``body``."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        self.heading = Text(heading, size=HEADING, bold=True, wrap=True)
        if not heading:
            self.heading.hide()
        self.body.addWidget(self.heading)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(theme.base)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)


class Notice(QFrame):
    """A sentence that must not be missed, with the sign and the colour of its tone.

    ``tone`` is « action », « warning », « error » or « success ».
    """

    def __init__(self, text: str = "", tone: str = "action", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._picture = Text()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text = Text(wrap=True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(10, 7, 12, 7)
        self.row.setSpacing(8)
        self.row.addWidget(self._picture)
        self.row.addWidget(self.text, 1)
        self._fill(text)
        if not text:
            self.hide()

    def say(self, text: str, tone: str = "") -> None:
        """Show ``text``, and nothing at all when it is empty."""
        self._tone = tone or self._tone
        self._fill(text)
        self.setVisible(bool(text))

    def _fill(self, text: str) -> None:
        self.text.setText(text)
        self._draw_picture()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_picture()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.named(self._tone), 1))
        painter.setBrush(theme.named(f"{self._tone}_surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 6, 6)

    def _draw_picture(self) -> None:
        if hasattr(self, "_picture"):
            ink = colours().named(self._tone)
            self._picture.setPixmap(pixmap(_ICONS[self._tone], ink, 18))
            self._picture.setAccessibleName(_TONES[self._tone])


class Page(QScrollArea):
    """A column of parts that scrolls; ``column`` receives them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._inside = QWidget()
        self._inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(14, 10, 14, 14)
        self.column.setSpacing(10)
        self.setWidget(self._inside)
        dress_bars(self)
        self.verticalScrollBar().setSingleStep(24)

"""Texts in the sizes and tones of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from numecole_desktop.ui.theme import colours

TITLE, HEADING, BODY, SMALL = 6.0, 1.5, 0.0, -1.0
"""Differences from the application's font size, in points."""

_ROLES = {
    "text": QPalette.ColorRole.WindowText,
    "muted": QPalette.ColorRole.PlaceholderText,
    "action": QPalette.ColorRole.Link,
}
"""Tones that the palette of the window holds: a text in one of them follows it by itself."""


class Text(QLabel):
    """A text; ``tone`` is a colour name of the theme, ``size`` a difference in points."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "text",
        size: float = BODY,
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self._own_palette = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if size or bold:
            self.setFont(sized(self.font(), size, bold))
        self.colour()

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.colour()

    def say(self, text: str) -> None:
        """Show ``text``, and nothing at all when it is empty."""
        self.setText(text)
        self.setVisible(bool(text))

    def colour(self) -> None:
        """Take the colour of the tone in the palette of the theme."""
        role = _ROLES.get(self._tone, QPalette.ColorRole.WindowText)
        if self.foregroundRole() != role:
            self.setForegroundRole(role)
        if self._tone in _ROLES and not self._own_palette:
            return  # a page has hundreds of such texts: no palette of their own
        wanted = colours().named(self._tone)
        palette = self.palette()
        if palette.color(role) != wanted:
            palette.setColor(role, wanted)
            self.setPalette(palette)
        if not self._own_palette:
            self._own_palette = True
            self.installEventFilter(_follower())


class _Follower(QObject):
    """Tells texts that have a palette of their own when that of the window changes.

    Not an override in ``Text``: Python would be asked five times for each text of a page.
    """

    def eventFilter(self, text: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange and isinstance(text, Text):
            text.colour()
        return False


@cache
def _follower() -> _Follower:
    return _Follower()


class ElidedText(Text):
    """A one-line text that ends with « … » where it lacks room; its tooltip says it whole."""

    def __init__(
        self, text: str = "", *, tone: str = "text", size: float = BODY, bold: bool = False
    ) -> None:
        super().__init__(text, tone=tone, size=size, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), self.alignment(), shown)

    def _tip(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")


def sized(font: QFont, difference: float, bold: bool = False) -> QFont:
    """``font`` larger by ``difference`` points."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() + difference)
    result.setBold(bold)
    return result

"""Push buttons of the window, painted flat: plain or primary, with an icon of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from numecole_desktop.ui.icons import icon, icon_size, pixmap
from numecole_desktop.ui.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent

_HEIGHT = 30
_PADDING = 13
_ICON = 18
_GAP = 7


class Button(QPushButton):
    """A button with words; the ``primary`` one of a screen is filled, ``left`` aligns its words.

    ``pressed_code`` carries ``code`` when it is clicked.
    """

    pressed_code = Signal(str)

    def __init__(
        self,
        text: str,
        *,
        icon_name: str = "",
        code: str = "",
        primary: bool = False,
        tip: str = "",
        left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon_name
        self._primary = primary
        self._code = code
        self._left = left
        self.setToolTip(tip)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not entered(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text())
        picture = _ICON + _GAP if self._icon else 0
        height = max(_HEIGHT, metrics.height() + 10)
        return QSize(words.width() + picture + 2 * _PADDING, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        enabled = self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill, ink, edge = theme.base, theme.text, theme.border
        if self._primary and enabled:
            fill, ink, edge = theme.action, theme.on_action, theme.action
        elif not enabled:
            fill, ink, edge = theme.window, theme.muted, theme.line
        if enabled and (self.isDown() or self.underMouse()):
            away = 118 if theme.dark or not self._primary else 88
            fill = theme.action_surface if not self._primary else fill.lighter(away)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.on_action if self._primary else theme.action, 1.6))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4)
        self._draw_words(painter, ink)

    def _draw_words(self, painter: QPainter, ink: QColor) -> None:
        metrics = self.fontMetrics()
        words = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        picture = _ICON + _GAP if self._icon else 0
        left = _PADDING if self._left else (self.width() - words - picture) / 2
        if self._icon:
            top = (self.height() - _ICON) / 2
            drawn = pixmap(self._icon, ink, _ICON)
            painter.drawPixmap(round(left), round(top), drawn)
        painter.setPen(ink)
        place = QRectF(left + picture - 2, 0, words + 8, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(place, int(flags), self.text())

    def _tell(self) -> None:
        self.pressed_code.emit(self._code)


class IconButton(QToolButton):
    """A button with an icon alone; its name is read aloud and shown as a tooltip."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self.setAutoRaise(True)
        self.setIconSize(icon_size())
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not entered(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self.setIcon(icon(self._icon, colours().text))


def entered(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Whether ``event`` is Enter alone, which then clicks ``button`` as Space does.

    Qt leaves Enter to the default button of a dialog, even when another one has the keyboard.
    """
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in keys and plain:
        button.click()
        return True
    return False

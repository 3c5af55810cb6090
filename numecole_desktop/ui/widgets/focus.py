"""Where the keyboard goes: the order of Tab, parts that pass it on, the frame of what has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGraphicsView,
    QListWidget,
    QScrollArea,
    QTableView,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from numecole_desktop.ui.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Through(QWidget):
    """A part that passes the keyboard on to a widget inside, without being a stop of Tab itself.

    Not a focus proxy: Qt takes a part that has one for a stop, so that Tab jumps over what stands
    before the proxy, and comes back to it from wherever the part was left in the order.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._through: QWidget | None = None

    def pass_to(self, stop: QWidget) -> None:
        """Give ``stop`` the keyboard whenever the part is given it."""
        self._through = stop
        if self.hasFocus():
            stop.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._through is not None:
            self._through.setFocus(event.reason())


def stops(part: QWidget) -> Sequence[QWidget]:
    """What takes the keyboard inside a part, in the order in which it was made."""
    inside = [part, *part.findChildren(QWidget)]
    return [
        widget
        for widget in inside
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.window() is part.window()
    ]


def order(parts: Iterable[Sequence[QWidget]]) -> None:
    """Go through the stops of each part in turn."""
    chain = dict.fromkeys(widget for part in parts for widget in part)
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


class FocusRing(QWidget):
    """The frame of what has the keyboard, over the widgets that Qt draws without one."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)
        self.resize(around.size())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours().action, 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


_FRAMELESS = (QCheckBox, QGraphicsView, QListWidget, QScrollArea, QTextBrowser, QToolButton)


def _frameless(widget: QWidget) -> bool:
    if isinstance(widget, QTableView):
        return not widget.model().rowCount()  # else the row of its cursor is seen
    return isinstance(widget, _FRAMELESS)


class FocusFrames(QObject):
    """Keeps a ring where the keyboard is, for as long as it is there."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = FocusRing(now) if now is not None and _frameless(now) else None

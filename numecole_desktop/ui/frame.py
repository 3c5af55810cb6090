"""The empty window, painted before anything else is even imported.

It draws the ground on which the shell (``window.py``) will come, so that nothing flashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from numecole_desktop.ui.theme import colours, scaled
from numecole_desktop.ui.turns import OwnTurn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

RAIL_WIDTH = 148
_START_SIZE = (1240, 760)
_LEAST_SIZE = (800, 390)
_TITLE = 32
_MAXIMIZED, _FULL = Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen


class Frame(QMainWindow):
    """The top-level window, painted in a turn of the event loop of its own.

    Laying out what an answer brought and painting it would together hold the window for more than
    a frame, where each alone does not: what was typed meanwhile comes in between.

    ``may_close`` is asked before it closes. Signals: ``painted`` after its first paint, ``dropped``
    with the paths of the files dropped on it, separated by line breaks.
    """

    painted = Signal()
    dropped = Signal(str)

    def __init__(self, title: str, geometry: QByteArray) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(*_LEAST_SIZE)
        self.setAcceptDrops(True)
        self._restored = not geometry.isEmpty() and self.restoreGeometry(geometry)
        if not self._restored:
            self.resize(*_START_SIZE)
        self._first = True
        self._painting_turn = OwnTurn(self._paint, self)
        self._painting = False
        self.may_close: Callable[[], bool] = _always

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and not self._painting:
            self._painting_turn.ask()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.centralWidget() is None:
            from PySide6.QtGui import QPainter

            painter = QPainter(self)
            painter.fillRect(0, 0, scaled(RAIL_WIDTH), self.height(), colours().surface)
            painter.end()
        if self._first:
            self._first = False
            self.painted.emit()

    def _paint(self) -> None:
        self._painting = True
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.UpdateRequest))
        self._painting = False

    def keep_on_screens(self) -> None:
        """A screen may be small, or have been unplugged since the last session."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        wanted = placed(self.geometry(), screens)
        if not self._restored:
            self.resize(wanted.size())  # where it goes is the system's choice
        elif not self.windowState() & (_MAXIMIZED | _FULL):
            self.setGeometry(wanted)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit("\n".join(files))


def placed(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """``wanted``, no larger than a screen and inside the one that shows most of it.

    ``screens`` are the parts that windows may use; above it, each leaves room for a title.
    """

    def seen(screen: QRect) -> int:
        part = screen.intersected(wanted)
        return part.width() * part.height() if part.isValid() else 0

    ground = max(screens, key=seen).adjusted(0, _TITLE, 0, 0)
    width, height = min(wanted.width(), ground.width()), min(wanted.height(), ground.height())
    left = max(ground.left(), min(wanted.left(), ground.left() + ground.width() - width))
    top = max(ground.top(), min(wanted.top(), ground.top() + ground.height() - height))
    return QRect(left, top, width, height)


def _always() -> bool:
    return True

"""The sign that one waits for the base: a thin moving bar under the search, and words below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from numecole_desktop.ui.theme import colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from numecole_desktop.ui.status import StatusLine
    from numecole_desktop.ui.tasks import Tasks

PATIENCE = 150
"""Milliseconds of wait that need no sign."""
LEAST = 300
"""Milliseconds during which the sign stays once shown: shorter, it would flicker."""
_HEIGHT = 3
_STEP = 40
_ROUND = 1200
_SHARE = 0.3


class BusyBar(QProgressBar):
    """Shown over the top of ``under`` while the base's thread has not answered for a while.

    Args:
        tasks: the base's thread.
        status: where the words of the wait are shown.
        under: the widget whose top edge the bar covers; nothing is laid out anew.
        parent: the common parent of ``under``.
    """

    def __init__(self, tasks: Tasks, status: StatusLine, under: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = under
        self._status = status
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setAccessibleName("Lecture en cours")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below is painted again
        self.hide()
        self._shown = QElapsedTimer()
        self._late = _timer(self, PATIENCE, self._show)
        self._enough = _timer(self, LEAST, self._hide)
        self._move = QTimer(self)
        self._move.setInterval(_STEP)
        self._move.timeout.connect(self._moved)
        tasks.busy_changed.connect(self._changed)
        self._changed(tasks.busy)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().action_surface)
        length = self.width() * _SHARE
        place = (self._shown.elapsed() % _ROUND) / _ROUND * (self.width() + length) - length
        painter.fillRect(QRectF(place, 0, length, self.height()), colours().action)

    def _changed(self, busy: bool) -> None:
        if not busy:
            self._late.stop()
            if self.isVisible():
                self._enough.start(max(0, LEAST - self._shown.elapsed()))
            return
        self._enough.stop()
        if self.isHidden():
            self._late.start()

    def _show(self) -> None:
        self._shown.start()
        self._status.show_wait(shown=True)
        self._moved()
        self.show()
        self.raise_()
        self._move.start()

    def _hide(self) -> None:
        self._move.stop()
        self._status.show_wait(shown=False)
        self.hide()

    def _moved(self) -> None:
        place = self._under.geometry()
        place.setHeight(_HEIGHT)
        self.setGeometry(place)
        self.update()


def _timer(owner: BusyBar, delay: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(delay)
    timer.timeout.connect(then)
    return timer

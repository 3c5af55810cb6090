"""Remembers the window as it is used, so that a killed process finds it again as a closed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from numecole_desktop.ui.screens.registry import PLACES

if TYPE_CHECKING:
    from numecole_desktop.ui.window import Shell

_PAUSE = 400
"""Milliseconds without a change before it is kept: a window that is dragged is not written on
disk at each step."""

PLACE = "window/place"
FIRST_PLACE = "home"
"""Where a window that remembers nothing begins."""

_CHANGES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange)


class Memory(QObject):
    """Keeps size and position of the window, the place shown, filters of the list."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.keep)
        shell.frame.installEventFilter(self)
        shell.moved.connect(self._moved)
        shell.schools.arranged.connect(self._timer.start)

    def go_back(self) -> None:
        """Show the place where the former session was.

        The first one where there is no school, or where the first start goes on.
        """
        session = self._shell.session
        wanted = session.state.text(PLACE, FIRST_PLACE)
        known = {place.name for place in PLACES}
        if wanted not in known or session.setting_up or not self._shell.schools.model.total:
            wanted = FIRST_PLACE
        if self._shell.current() is not self._shell.place(wanted):
            self._shell.show_place(wanted)

    def keep(self) -> None:
        """Keep everything now."""
        state = self._shell.session.state
        state.put_data("window/geometry", self._shell.frame.saveGeometry())
        self._shell.schools.remember()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES:
            self._timer.start()
        return False

    def _moved(self, place: str) -> None:
        self._shell.session.state.put(PLACE, place)

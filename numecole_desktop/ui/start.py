"""From the empty frame to the working window, in the order that shows the first rows soonest."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.opening import FirstLook, first_look
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.frame import Frame
    from numecole_desktop.ui.state import WindowState

PRELOADED = (
    "numecole_desktop.ui.screens.school",
    "numecole_desktop.ui.screens.territories",
    "numecole_desktop.services.territory_pages",
    "pypdfium2",
    "reportlab.pdfgen.canvas",
)
"""Modules that a daemon thread imports once the first rows are shown, so that nothing waits."""

REFUSED = 2
"""Exit code when the base cannot be opened."""


class Start(QObject):
    """Puts the parts together.

    Signals: ``rows_painted`` once the first rows are on screen (or there are none), ``not_opened``
    when the base cannot be.
    """

    rows_painted = Signal()
    not_opened = Signal()

    def __init__(
        self, app: QApplication, frame: Frame, state: WindowState, wanted: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._app = app
        self._frame = frame
        self._code = 0
        self.tasks = Tasks(partial(_open_base, wanted), self)
        self.session = Session(self.tasks, state, self)
        remembered = state.text("window/year")
        self.tasks.run(partial(first_look, remembered=remembered), self._looked, self._cannot_open)
        from numecole_desktop.ui.application import Incidents, speak_french
        from numecole_desktop.ui.theme import apply_font

        self.incidents = Incidents(self)
        self.incidents.install()
        self.incidents.happened.connect(self._incident)
        self.tasks.crashed.connect(self.incidents.report)
        speak_french(app)
        apply_font(app)
        from numecole_desktop.ui.window import Shell

        self.shell = Shell(self.session, frame)
        self.shell.schools.table.painted.connect(self._painted)
        frame.closing.connect(self._closing)

    def run(self) -> int:
        """Serve until the window closes; the exit code."""
        self._app.exec()
        self.tasks.close()
        return self._code

    def _looked(self, look: FirstLook) -> None:
        self.shell.look(look)
        if not look.rows:
            self._painted()

    def _look_again(self) -> None:
        self.tasks.run(partial(first_look, remembered=""), self._looked_again)

    def _looked_again(self, look: FirstLook) -> None:
        from numecole_desktop.services.workspace import Changes

        self.shell.look(look)
        self.session.refresher.publish(Changes(everything=True))

    def _painted(self) -> None:
        self.rows_painted.emit()
        QTimer.singleShot(0, self._complete)

    def _complete(self) -> None:
        if not self._frame.isVisible():
            return
        from numecole_desktop.ui.application import count_in_french
        from numecole_desktop.ui.desk import Desk

        self.shell.schools.reload()
        count_in_french()
        self.desk = Desk(self.shell, self.session)
        self.desk.base_changed.connect(self._look_again)
        self.shell.complete(self.desk.handlers())
        self.tasks.refused.connect(self.desk.refuse)
        self.desk.offer_recovery()
        threading.Thread(target=_preload, name="preload", daemon=True).start()

    def _closing(self) -> None:
        self.shell.close_down()

    def _cannot_open(self, problem: Problem) -> None:
        from PySide6.QtWidgets import QMessageBox

        self._code = REFUSED
        self.not_opened.emit()
        if not self._frame.isVisible():
            return
        box = QMessageBox(
            QMessageBox.Icon.Critical,
            "La base ne peut pas être ouverte",
            str(problem),
            QMessageBox.StandardButton.Close,
            self._frame,
        )
        box.finished.connect(self._frame.close)
        box.open()

    def _incident(self, exception: BaseException) -> None:
        from numecole_desktop.ui.dialogs.incident import IncidentDialog

        IncidentDialog(exception, self._frame).open()


def _open_base(wanted: Mapping[str, str]) -> Workspace:
    from numecole_desktop.services import workspace

    if "base" in wanted:
        return workspace.Workspace.open(Path(wanted["base"]))
    if "demo" in wanted:
        from numecole_desktop.ui.maintenance import open_sample_base

        return open_sample_base()
    return workspace.Workspace.open(workspace.default_base())


def _preload() -> None:
    for name in PRELOADED:
        import_module(name)

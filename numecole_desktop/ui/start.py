"""From the empty frame to the working window, in the order that shows the first rows soonest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.crash import crash_told, set_aside
from numecole_desktop.ui.roles import tell_roles
from numecole_desktop.ui.session import ALL_SCHOOLS, SCOPE, SHOWN_YEAR, Session
from numecole_desktop.ui.tasks import Tasks
from numecole_desktop.ui.turns import OwnTurn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.services.opening import FirstLook, Opening
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.desk import Desk
    from numecole_desktop.ui.frame import Frame
    from numecole_desktop.ui.log import Log
    from numecole_desktop.ui.state import WindowState

PRELOADED = (
    "numecole_desktop.ui.screens.school",
    "numecole_desktop.ui.screens.territories",
    "numecole_desktop.ui.screens.labels",
    "numecole_desktop.ui.screens.exchanges",
    "numecole_desktop.ui.screens.settings",
    "numecole_desktop.ui.dialogs.finder",
    "numecole_desktop.ui.dialogs.shortcuts",
    "numecole_desktop.ui.help",
    "numecole_desktop.services.import_undo",
    "numecole_desktop.services.territory_pages",
    "pypdfium2",
    "reportlab.pdfgen.canvas",
)
"""Modules that a daemon thread imports once the first rows are shown, so that nothing waits."""

AHEAD = 250
"""Milliseconds between two places built ahead of the first visit, which then only shows them."""

PATIENCE = 1_000
"""Milliseconds after which the window is completed even if it was not painted."""

LONGEST_SAVE = 10_000
"""Milliseconds given to the last saves when the window closes."""

REFUSED = 2
"""Exit code when the base cannot be opened."""


class Start(QObject):
    """Puts the parts together.

    Args:
        app: the application.
        frame: the empty window, already shown.
        state: what the window remembers.
        opening: makes the opening of the base to show; called on the base's thread.
        home: the same for the user's own base, to come back from the sample.
        shown: what ``Desk.shown`` said of the window that this one replaces.

    Signals: ``rows_painted`` once the first rows are on screen (or there are none), ``not_opened``
    when the base cannot be.
    """

    rows_painted = Signal()
    not_opened = Signal()
    begins_again: bool
    """Whether the window was closed to be built anew, on the school that ``shown`` names."""

    def __init__(
        self,
        app: QApplication,
        frame: Frame,
        state: WindowState,
        opening: Callable[[], Opening],
        home: Callable[[], Opening],
        shown: str = "",
    ) -> None:
        super().__init__()
        self._app = app
        self._frame = frame
        self._code = 0
        self._completing = False
        self.shown = shown
        self.begins_again = False
        self._fell = crash_told(state.folder)
        self.desk: Desk | None = None
        opening = cache(opening)
        self.tasks = Tasks(lambda: opening().workspace(), self)
        self.session = Session(self.tasks, state, lambda: home().workspace(), self)
        self.session.rebuild_asked.connect(self._begin_again)
        remembered = state.text(SHOWN_YEAR)
        everywhere = state.text(SCOPE) == ALL_SCHOOLS
        self.tasks.before(
            lambda: opening().look(remembered, everywhere=everywhere),
            self._looked,
            self._cannot_open,
        )
        from numecole_desktop.ui.application import Incidents, speak_french

        self.incidents = Incidents(self)
        self.restore_hooks = self.incidents.install()
        self.incidents.happened.connect(self._incident)
        self.tasks.crashed.connect(self.incidents.report)
        speak_french(app)
        tell_roles()
        from numecole_desktop.ui.widgets.focus import FocusFrames
        from numecole_desktop.ui.window import Shell

        self.shell = Shell(self.session, frame)
        self._frames = FocusFrames(app, self)
        self.shell.schools.table.painted.connect(self._painted)
        frame.may_close = self._may_close

    @cached_property
    def log(self) -> Log:
        """The log, made at its first line: it is not imported before the first rows."""
        from numecole_desktop.ui.log import Log

        return Log(self.session.state.folder, self)

    def run(self) -> int:
        """Serve until the window closes; the exit code."""
        self._app.exec()
        self.tasks.close()
        self.restore_hooks()
        self.log.ended()
        if not self._fell:
            set_aside(self.session.state.folder)  # whatever was told was no end: this is one
        return self._code

    def _looked(self, look: FirstLook) -> None:
        self.shell.look(look)
        if self.shell.schools.model.rowCount():
            # A window that is minimised paints nothing: go on all the same.
            QTimer.singleShot(PATIENCE, self._painted)
        else:
            self._painted()

    def _look_again(self) -> None:
        look = partial(_look, remembered=self.session.state.text(SHOWN_YEAR))
        self.tasks.run(look, self._looked_again)

    def _looked_again(self, look: FirstLook) -> None:
        from numecole_desktop.services.workspace import Changes

        self.shell.look(look)
        self.session.refresher.publish(Changes(everything=True))

    def _painted(self) -> None:
        if self.desk is not None or self._completing:
            return
        self._completing = True
        self.rows_painted.emit()
        QTimer.singleShot(0, self._complete)

    def _complete(self) -> None:
        if not self._frame.isVisible():
            return
        from numecole_desktop.ui.application import count_in_french
        from numecole_desktop.ui.desk import Desk
        from numecole_desktop.ui.icons import icon
        from numecole_desktop.ui.memory import Memory
        from numecole_desktop.ui.theme import colours

        self.shell.schools.reload()
        count_in_french()
        self._frame.setWindowIcon(icon("school", colours().action))
        self.desk = Desk(self.shell, self.session)
        self.desk.base_changed.connect(self._look_again)
        self._memory = Memory(self.shell)
        self.shell.complete(self.desk.handlers())
        self.log.started()
        if self.shell.actions_by_name is not None:
            self.shell.actions_by_name.asked.connect(self.log.command)
        self.shell.schools.select(self.session.state.text("window/school"))
        self.shell.schools.focus_table()
        self._memory.go_back()
        self.tasks.refused.connect(self.desk.refuse)
        self.desk.offer_recovery()
        if self.shown:
            # After the list, whose order is that of the school before and the one after.
            self.tasks.run(_nothing, self._show_again)
        if self._fell:
            self.desk.assistance.tell_crash(self._fell)
        self._preload = threading.Thread(target=_preload, name="preload", daemon=True)
        self._preload.start()
        self._ahead = QTimer(self)
        self._ahead.timeout.connect(OwnTurn(self._build_ahead, self).ask)
        self._ahead.start(AHEAD)

    def _build_ahead(self) -> None:
        if self._preload.is_alive():
            return
        missing = self.shell.missing_places()
        if missing and self._frame.isVisible():
            self.shell.place(missing[0])
        else:
            self._ahead.stop()

    def _show_again(self, _: None) -> None:
        if self.desk is not None:
            self.desk.show_again(self.shown)

    def _begin_again(self) -> None:
        self.shown = self.desk.shown() if self.desk is not None else ""
        self.begins_again = self._frame.close()

    def _may_close(self) -> bool:
        if self.desk is None:
            self.shell.close_down()
            return True
        self._memory.keep()
        self.shell.close_down()
        loop = QEventLoop()
        self.tasks.run(_nothing, partial(_quit, loop))
        QTimer.singleShot(LONGEST_SAVE, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return self.desk.may_close()

    def _cannot_open(self, problem: Problem) -> None:
        from numecole_desktop.ui.dialogs.base import MessageDialog

        self._code = REFUSED
        self.not_opened.emit()
        if not self._frame.isVisible():
            return
        dialog = MessageDialog("La base ne peut pas être ouverte", (str(problem),), self._frame)
        dialog.finished.connect(self._frame.close)
        dialog.open()

    def _incident(self, exception: BaseException) -> None:
        from numecole_desktop.ui.dialogs.incident import IncidentDialog

        self.log.incident(exception)
        IncidentDialog(exception, self.log.path, self._frame).open()


def _look(workspace: Workspace, *, remembered: str) -> FirstLook:
    from numecole_desktop.services.opening import first_look

    return first_look(workspace.base, remembered, workspace.clock().date())


def _nothing(_: Workspace) -> None:
    """Asked of the base's thread to know that it has done the rest."""


def _quit(loop: QEventLoop, _: None) -> None:
    loop.quit()


def _preload() -> None:
    for name in PRELOADED:
        import_module(name)

"""What helps the person at the window: guide, shortcuts, « À propos », what a fault left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from numecole_desktop.ui.commands import Handlers

if TYPE_CHECKING:
    from numecole_desktop.ui.session import Session
    from numecole_desktop.ui.window import Shell


class Assistance(QObject):
    """Opens what explains; each part is imported when it is asked for."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session

    def handlers(self) -> Handlers:
        """The commands of the menu « Aide »."""
        return {"help": self._help, "shortcuts": self._shortcuts, "about": self._about}

    def show_help(self, topic: str) -> None:
        """Show « page » or « page#section » of the guide."""
        from numecole_desktop.ui.help import show_help

        show_help(topic, self._shell.frame)

    def tell_crash(self, told: str) -> None:
        """Say that the former session was killed by a fault, which left ``told``."""
        from numecole_desktop.ui.crash import set_aside
        from numecole_desktop.ui.widgets.crash_bar import CrashBar

        bar = CrashBar(told, self._shell)
        bar.closed.connect(partial(set_aside, self._session.state.folder))
        self._shell.add_bar(bar)

    def _help(self) -> None:
        from numecole_desktop.ui.help import topic_of

        self.show_help(topic_of(self._shell.current()))

    def _shortcuts(self) -> None:
        from numecole_desktop.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._shell.frame).open_soon()

    def _about(self) -> None:
        from numecole_desktop.services.credits import components
        from numecole_desktop.ui.dialogs.about import AboutDialog
        from numecole_desktop.ui.log import LOG_FILE

        log = self._session.state.folder / LOG_FILE
        dialog = AboutDialog(self._session.path, log, self._shell.frame)
        self._session.tasks.run(lambda _: components(), dialog.show_components)
        dialog.open_soon()

"""Commands that act on whatever is on screen: its table, its schools, the last action."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.chasing import Chaser
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from numecole_desktop.domain.own_territory import OwnTerritory
    from numecole_desktop.services.workspace import Changes, Workspace
    from numecole_desktop.ui.window import Shell


class Everywhere(QObject):
    """Undo, tables and reminders; ``saved`` carries a sentence and a path."""

    saved = Signal(str, object)

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        session.undo_log.window = shell.frame
        session.undo_log.changed.connect(self._offer_undo)
        session.refresher.changed.connect(self._settings_put_back)
        self._chaser = Chaser(session, shell.frame)
        self._chaser.saved.connect(self.saved)

    def handlers(self) -> Handlers:
        """Commands that are always there."""
        return {
            "chase": self._chase,
            "filter_rows": partial(self._at_table, Table.toggle_filters),
            "columns": partial(self._at_table, Table.choose_columns),
        }

    def _offer_undo(self) -> None:
        """Let the menu say what would be taken back, or done again."""
        log, actions = self._session.undo_log, self._shell.actions_by_name
        if actions is None:
            return
        for name, verb, label, do in (
            ("undo", "&Annuler", log.undo_label, log.undo),
            ("redo", "&Rétablir", log.redo_label, log.redo),
        ):
            words = f"{verb}{NBSP}: {label.replace('&', '&&')}"
            actions.offer(name, do if label else None, words)

    def _settings_put_back(self, changes: Changes) -> None:
        if changes.settings:
            self._session.tasks.run(_kept_territory, self._look_after)

    def _look_after(self, kept: tuple[OwnTerritory, str]) -> None:
        self._session.look_after(*kept)

    def _at_table(self, act: Callable[[Table], None]) -> None:
        """Do something with the table that has the keyboard, else with the one on screen."""
        found = QApplication.focusWidget()
        while found is not None and not isinstance(found, Table):
            found = found.parentWidget()
        shown = (t for t in self._shell.current().findChildren(Table) if t.isVisible())
        table = found or next(shown, None)
        if table is None:
            self._session.say("Cet écran n’a pas de tableau.")
        else:
            act(table)

    def _chase(self) -> None:
        self._session.chase_asked.emit(self._shell.schools.model.unfinished())


def _kept_territory(workspace: Workspace) -> tuple[OwnTerritory, str]:
    from numecole_desktop.services.own_territory import own_territory, territory_words

    connection = workspace.base.connection
    territory = own_territory(connection)
    return territory, territory_words(connection, territory)

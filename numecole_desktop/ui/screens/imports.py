"""Imports: those that were done, which can be undone, and the assistant for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.models.findings import IMPORT_HEADINGS, import_rows
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.screens.importing import ImportAssistant
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import TITLE, Text

if TYPE_CHECKING:
    from numecole_desktop.services.import_undo import ImportRun
    from numecole_desktop.services.undo import Taken

_WIDTHS = (130, 230, 150, 120, 90, 95, 80, 80)


class ImportsScreen(Screen):
    """The list of imports, and the assistant above it when a file is being looked at.

    ``refused`` carries a Problem that nothing here can show.
    """

    refused = Signal(object)
    help_page = "imports"
    needs_room = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = RowsModel(IMPORT_HEADINGS, self)
        self.table = Table("Imports réalisés")
        self.table.show_model(self.model, _WIDTHS)
        self.table.keep_layout(session.state, "imports")
        self.notice = Notice()
        self.new_button = Button("Importer un fichier…", icon_name="import", primary=True)
        self.undo_button = Button("Annuler cet import", icon_name="undo")
        self.undo_button.setEnabled(False)
        self.assistant = ImportAssistant(session)
        self.empty = EmptyState(
            "import",
            "Aucun import pour l’instant",
            "Importez l’annuaire des écoles, puis les déclarations. Un fichier peut aussi être "
            "déposé n’importe où sur la fenêtre.",
            (("import", "Importer un fichier…"),),
        )
        self._stack = QStackedLayout(self)
        self._past = self._lay_out_past()
        self._stack.addWidget(self._past)
        self._stack.addWidget(self.assistant)
        self.new_button.clicked.connect(self.choose_file)
        self.empty.chosen.connect(self._empty_chosen)
        self.undo_button.clicked.connect(self.undo_current)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.model.modelReset.connect(self._row_changed)
        self.assistant.closed.connect(self._show_past)
        self.mark_stale()
        self._stale = True

    def handlers(self) -> Handlers:
        found = {"import": self.choose_file}
        if self._stack.currentWidget() is self.assistant:
            found["back"] = self.assistant.close_down
        return found

    def reload(self) -> None:
        from numecole_desktop.services import import_undo

        if self.session.ready:
            self.session.tasks.run(import_undo.imports, self._show)

    def choose_file(self) -> None:
        """Open the assistant on its file dialog."""
        self._show_assistant()
        self.assistant.choose()

    def look_at(self, path: str, *following: str) -> None:
        """Open the assistant on a file, then on those after it."""
        self._show_assistant()
        self.assistant.look_at(path, *following)

    def undo_current(self) -> None:
        """Undo the import under the cursor."""
        from numecole_desktop.services import undo_steps

        run = self._current()
        if run is not None:
            self.undo_button.setEnabled(False)
            step = partial(undo_steps.undo_run, import_id=run.id)
            label = f"annulation de l’import de {run.file}"
            self.session.undo_log.run(label, step, partial(self._undone, run), self._not_undone)

    def _current(self) -> ImportRun | None:
        row = self.table.current_row()
        if not 0 <= row < self.model.rowCount():
            return None
        run: ImportRun = self.model.value(row)  # type: ignore[assignment]  # set with the rows
        return run

    def _show(self, runs: Sequence[ImportRun]) -> None:
        self.model.set_rows(import_rows(runs), list(runs))
        self.table.setVisible(bool(runs))
        self.undo_button.setVisible(bool(runs))
        self.empty.setVisible(not runs)

    def _undone(self, run: ImportRun, taken: Taken) -> None:
        self.notice.say(f"Import de {run.file} annulé{NBSP}: {taken.said}", "success")

    def _not_undone(self, problem: Problem | None) -> None:
        self.notice.say(str(problem or "Annulation arrêtée\u00a0: rien n’a changé."), "error")
        self._row_changed()

    def _row_changed(self) -> None:
        run = self._current()
        self.undo_button.setEnabled(run is not None and not run.undone)

    def _empty_chosen(self, _: str) -> None:
        self.choose_file()

    def _show_assistant(self) -> None:
        self._stack.setCurrentWidget(self.assistant)
        self.handlers_changed.emit()

    def _show_past(self) -> None:
        self._stack.setCurrentWidget(self._past)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.handlers_changed.emit()

    def _lay_out_past(self) -> QWidget:
        past = QWidget()
        row = QHBoxLayout()
        row.addWidget(Text("Imports", size=TITLE, bold=True), 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.new_button)
        column = QVBoxLayout(past)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        return past

"""Attached files that the base holds, in a dossier or not any more: erased one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import file_size, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.dialogs.erase import EraseFileDialog
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.label_people import HeldFile
    from numecole_desktop.services.workspace import Changes, Workspace

HEADINGS = ("Nom du fichier", "Taille", "Dossiers de label")
_WIDTHS = (280, 100, 420)


class FilesTab(QWidget):
    """Every attached file of the base; ``refused`` carries a Problem."""

    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.model = RowsModel(HEADINGS, self)
        self.table = Table("Pièces jointes de la base")
        self.table.show_model(self.model, _WIDTHS)
        self.table.keep_layout(session.state, "files")
        self.table.selectionModel().selectionChanged.connect(self._moved)
        self.erase_button = Button("Effacer la pièce…", icon_name="close")
        self.erase_button.clicked.connect(self.ask_erase)
        self.count = Text(tone="muted", wrap=True)
        self.notice = Notice(tone="success")
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.count, 1)
        below.addWidget(self.erase_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self._moved()

    def reload(self) -> None:
        """Read the files again."""
        self.session.tasks.run(_files, self._show, self._refuse)

    def ask_erase(self) -> None:
        """Erase the file under the cursor, once confirmed."""
        file = self._chosen()
        if file is not None:
            dialog = EraseFileDialog(file.name, self)
            dialog.accepted.connect(partial(self._erase, file.sha256))
            dialog.open()

    def _erase(self, sha256: str) -> None:
        from numecole_desktop.services import label_people

        erase = partial(label_people.erase_file, sha256=sha256)
        self.session.tasks.run(erase, self._erased, self._refuse)

    def _erased(self, changes: Changes) -> None:
        self.notice.say(
            "La pièce est effacée de cette base. Les sauvegardes et les fichiers envoyés avant la "
            "gardent."
        )
        self.session.refresher.publish(changes)

    def _show(self, found: Sequence[tuple[HeldFile, str]]) -> None:
        rows = [
            (file.name, file_size(file.size), where or "Aucun dossier") for file, where in found
        ]
        self.model.set_rows(rows, [file for file, _ in found])
        self.count.setText(
            f"{plural(len(found), 'pièce')} dans cette base."
            if found
            else "Aucune pièce jointe dans cette base."
        )
        self.table.ensure_cursor()
        self._moved()

    def _chosen(self) -> HeldFile | None:
        row = self.table.current_row()
        if not 0 <= row < self.model.rowCount():
            return None
        return self.model.value(row)  # type: ignore[return-value]  # set with the rows

    def _moved(self) -> None:
        self.erase_button.setEnabled(self._chosen() is not None)

    def _refuse(self, problem: Problem) -> None:
        self.refused.emit(problem)


def _files(workspace: Workspace) -> list[tuple[HeldFile, str]]:
    from numecole_desktop.services import label_people
    from numecole_desktop.services.lookup import find_school

    return [
        (
            file,
            " · ".join(f"{find_school(workspace, uai).name}, {year}" for uai, year in file.held_in),
        )
        for file in label_people.held_files(workspace)
    ]

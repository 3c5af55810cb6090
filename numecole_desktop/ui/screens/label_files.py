"""Attachments of a dossier: added by a dialog or dropped, shown inside, taken out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, file_size
from numecole_desktop.domain.label_steps import Step
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from numecole_desktop.domain.label_application import AttachedFile
    from numecole_desktop.services.label_opening import Dossier

_ERASED = "pièce effacée"


class FilesCard(Card):
    """The attachments of a dossier.

    Signals: ``attach_asked`` (Path), ``detach_asked``, ``erase_asked`` and ``show_asked`` (hash of
    the content).
    """

    attach_asked = Signal(object)
    detach_asked = Signal(str)
    erase_asked = Signal(str)
    show_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Pièces jointes", parent)
        self._lines: list[QWidget] = []
        self._open = False
        self.hint = Text(tone="muted", wrap=True)
        self.add_button = Button("Joindre un fichier…", icon_name="plus", left=True)
        self.add_button.clicked.connect(self._choose)
        self.body.addWidget(self.hint)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the attachments; files are added to a draft only."""
        self._open = not dossier.block(Step.EDIT)
        self.setAcceptDrops(self._open)
        self.add_button.setVisible(self._open)
        for line in self._lines:
            self.body.removeWidget(line)
            line.deleteLater()
        attached = dossier.application.attachments if dossier.application else ()
        self._lines = [self._line(dossier, file) for file in attached]
        for place, line in enumerate(self._lines):
            self.body.insertWidget(1 + place, line)
        self.hint.setText(
            "PDF ou photos, déposés ici ou choisis. Ils ne sont montrés que dans Numécole."
            if self._open
            else ("" if attached else "Aucune pièce jointe.")
        )
        self.hint.setVisible(bool(self.hint.text()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.attach_asked.emit(Path(url.toLocalFile()))

    def _line(self, dossier: Dossier, file: AttachedFile) -> QWidget:
        held = dossier.files.get(file.sha256)
        shown = held is not None and not held.erased_at
        name = held.name if held is not None and shown else _ERASED
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedText(name), 1)
        row.addWidget(Text(file_size(file.size), tone="muted"))
        asked = [("Voir", self.show_asked)] if shown else []
        asked += [("Retirer", self.detach_asked)] if self._open else []
        asked += [("Effacer…", self.erase_asked)] if shown else []
        for words, signal in asked:
            button = Button(words)
            button.setAccessibleName(f"{words}{NBSP}: {name}")
            button.clicked.connect(partial(signal.emit, file.sha256))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Joindre un fichier")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PDF et photos (*.pdf *.jpg *.jpeg *.png)")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.attach_asked.emit(Path(path))

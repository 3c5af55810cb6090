"""Small dialogs of the tools: the recovery code, what to restore, what to export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from numecole_desktop.ui.dialogs.base import SELECTABLE, Dialog
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.text import sized

FORMATS = (("csv", "CSV"), ("xlsx", "Excel"), ("sqlite", "SQLite"), ("json", "JSON"))


class RecoveryDialog(Dialog):
    """The code that opens the base and its backups on another computer."""

    help_page = "outils#code-de-recuperation"

    def __init__(self, code: str, parent: QWidget | None) -> None:
        super().__init__("Code de récupération", parent)
        self.say(
            "Ce code ouvre cette base et ses sauvegardes sur un autre ordinateur. Sans lui, une "
            "sauvegarde ne peut pas y être lue. Gardez-le sur papier, loin de cet ordinateur."
        )
        self._code = code
        shown = self.say(code)
        shown.setFont(sized(shown.font(), 1, bold=True))
        shown.setTextInteractionFlags(SELECTABLE)
        shown.setAccessibleName(f"Code de récupération\u00a0: {code}")
        self.copy_button = Button("Copier le code", icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        self.buttons.insertWidget(0, self.copy_button)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.copy_button.setText("Code copié")


class RestoreDialog(Dialog):
    """Which backup to put in the place of the base; ``chosen`` carries its path and its code."""

    chosen = Signal(str, str)

    help_page = "outils#restaurer-une-sauvegarde"

    def __init__(self, base: Path, parent: QWidget | None) -> None:
        super().__init__("Restaurer une sauvegarde", parent, accept_text="Restaurer")
        self.say(
            f"La sauvegarde prend la place de la base {base.name}. La base actuelle n’est pas "
            f"perdue\u00a0: elle est gardée à côté, sous un autre nom."
        )
        self.path = Entry("Fichier de sauvegarde", hint="Fichier de sauvegarde")
        self.choose_button = Button("Choisir…", icon_name="folder")
        self.choose_button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.choose_button)
        self.body.addLayout(row)
        self.code = Entry(
            "Code de récupération de la sauvegarde",
            hint="Code de récupération, si la sauvegarde vient d’un autre ordinateur",
        )
        self.body.addWidget(self.code)
        self.path.textChanged.connect(self._check)
        self._check()

    def accept(self) -> None:
        self.chosen.emit(self.path.text().strip(), self.code.text().strip())
        super().accept()

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Choisir une sauvegarde")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    def _check(self) -> None:
        if self.accept_button is not None:
            self.accept_button.setEnabled(bool(self.path.text().strip()))


class ExportDialog(Dialog):
    """Which format, which folder (``folder`` is proposed); ``chosen`` carries both."""

    chosen = Signal(str, str)

    help_page = "outils#exporter-les-donnees"

    def __init__(self, folder: str, parent: QWidget | None) -> None:
        super().__init__("Exporter les données", parent, accept_text="Exporter")
        self.say("L’annuaire et les déclarations, dans un format lisible sans Numécole.")
        self.format = ChoiceBar("Format", FORMATS)
        self.format.set_value("csv")
        self.body.addWidget(self.format)
        self.folder = Entry("Dossier où écrire les fichiers", folder or str(Path.home()))
        self.choose_button = Button("Choisir…", icon_name="folder")
        self.choose_button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        self.body.addLayout(row)

    def accept(self) -> None:
        self.chosen.emit(self.format.value() or "", self.folder.text().strip())
        super().accept()

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Choisir un dossier", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

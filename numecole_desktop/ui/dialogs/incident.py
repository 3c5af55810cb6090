"""A bug, told in plain French; its details are copied, never shown."""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

import numecole_desktop

SENTENCE = (
    "Une action n’a pas pu se terminer, à cause d’une erreur de Numécole. Ce que vous aviez saisi "
    "est enregistré. Vous pouvez continuer à travailler."
)
ADVICE = (
    "Si cela se reproduit, copiez les détails et envoyez-les à la personne qui s’occupe de "
    "Numécole chez vous, en disant ce que vous faisiez."
)


class IncidentDialog(QMessageBox):
    """Says that something failed; « Copier les détails » puts the technical part on the clipboard."""

    def __init__(self, exception: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Incident")
        self.setText(SENTENCE)
        self.setInformativeText(ADVICE)
        self.details = describe(exception)
        self.copy_button: QPushButton = self.addButton(
            "Copier les détails", QMessageBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.disconnect()
        self.copy_button.clicked.connect(self.copy)
        self.setDefaultButton(self.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole))

    def copy(self) -> None:
        """Put the details on the clipboard; the dialog stays."""
        QGuiApplication.clipboard().setText(self.details)
        self.copy_button.setText("Détails copiés")


def describe(exception: BaseException) -> str:
    """The technical details of ``exception``, with versions, for whoever will mend it."""
    lines = traceback.format_exception(exception)
    home = str(Path.home())
    versions = (
        f"Numécole {numecole_desktop.__version__}, Python {sys.version.split()[0]}, "
        f"Qt {qVersion()}, {platform.platform()}"
    )
    return versions + "\n\n" + "".join(lines).replace(home, "~")

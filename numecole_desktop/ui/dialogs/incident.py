"""A bug, told in plain French; its details are copied, never shown."""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

import numecole_desktop
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.widgets.buttons import Button

SENTENCE = (
    "Une action n’a pas pu se terminer, à cause d’une erreur de Numécole. Ce que vous aviez saisi "
    "est enregistré. Vous pouvez continuer à travailler."
)
ADVICE = (
    "Si cela se reproduit, copiez les détails et envoyez-les à la personne qui s’occupe de "
    "Numécole chez vous, en disant ce que vous faisiez."
)


class IncidentDialog(Dialog):
    """Says that something failed; a button puts the technical part on the clipboard."""

    def __init__(self, exception: BaseException, parent: QWidget | None = None) -> None:
        super().__init__("Incident", parent, close_text="Continuer")
        self.say(SENTENCE)
        self.say(ADVICE, "muted")
        self.details = describe(exception)
        self.copy_button = Button("Copier les détails", icon_name="copy")
        self.copy_button.clicked.connect(self.copy)
        self.buttons.insertWidget(0, self.copy_button)

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

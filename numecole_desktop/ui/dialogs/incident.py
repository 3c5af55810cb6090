"""A bug, told in plain French; its details are copied, never shown."""

from __future__ import annotations

import traceback
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.dialogs.base import SELECTABLE, Dialog
from numecole_desktop.ui.log import versions, without_home
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
    """Says that something failed, and where the log is.

    A button puts the technical part on the clipboard.
    """

    help_page = "problemes#un-incident"

    def __init__(self, exception: BaseException, log: Path, parent: QWidget | None = None) -> None:
        super().__init__("Incident", parent, close_text="Continuer")
        self.say(SENTENCE)
        self.say(ADVICE, "muted")
        where = self.say(f"Le journal de Numécole est dans le fichier {log}.", "muted")
        where.setTextInteractionFlags(SELECTABLE)
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
    return without_home(f"{versions()}\n\n{''.join(lines)}")

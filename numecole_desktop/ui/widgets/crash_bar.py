"""The bar that says that the former session was killed by a fault."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.log import versions, without_home
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice

SENTENCE = (
    "Numécole s’est arrêté brutalement la dernière fois. Ce qui était enregistré est là. Si cela "
    "se reproduit, copiez les détails pour la personne qui s’occupe de Numécole chez vous."
)


class CrashBar(Notice):
    """Stays until it is closed; ``closed`` says so.

    Args:
        told: what the fault left; it is copied, never shown.
        parent: Qt's owner.
    """

    closed = Signal()

    def __init__(self, told: str, parent: QWidget | None = None) -> None:
        super().__init__(SENTENCE, "warning", parent)
        self._told = told
        self.copy_button = Button("Copier les détails", icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        self.close_button = Button("Fermer")
        self.close_button.clicked.connect(self._close)
        self.row.addWidget(self.copy_button)
        self.row.addWidget(self.close_button)

    def _copy(self) -> None:
        details = f"{versions()}\n\n{self._told}\n"
        QGuiApplication.clipboard().setText(without_home(details))
        self.copy_button.setText("Détails copiés")

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

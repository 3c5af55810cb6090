"""The bar that says which answers are in conflict, and leads to where they are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice

if TYPE_CHECKING:
    from numecole_desktop.ui.screens.school_read import Disputed

MARK = "en désaccord"


class DisputeBar(Notice):
    """Hidden when nothing is in conflict; ``asked`` to settle it."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "warning", parent)
        self.button = Button("Trancher…", tip="Voir les réponses en désaccord (Échanges)")
        self.button.clicked.connect(self.asked)
        self.row.addWidget(self.button)

    def show_disputed(self, disputed: Disputed | None) -> None:
        """Name the questions, and what the index may be."""
        if disputed is None:
            self.say("")
            return
        which = "la question" if len(disputed.codes) == 1 else "les questions"
        what = f" Tant que ce n’est pas tranché, l’indice est {disputed.index}."
        self.say(
            f"Désaccord sur {which} {', '.join(disputed.codes)} de {disputed.year}{NBSP}: deux "
            f"postes n’ont pas répondu pareil.{what if disputed.index else ''}"
        )

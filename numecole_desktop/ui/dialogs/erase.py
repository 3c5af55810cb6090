"""Asking before a person is erased for good."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.dialogs.base import Dialog


class EraseDialog(Dialog):
    """« Effacer définitivement », never the default; ``who`` is the person and their role."""

    help_page = "donnees-personnelles#effacer-une-personne"

    def __init__(self, who: str, parent: QWidget | None) -> None:
        super().__init__("Effacer une personne", parent, accept_text="Effacer définitivement")
        self.say(f"{who}.")
        self.say(
            "Son nom, sa fonction et son adresse sont effacés de cette base, dans tous les "
            "dossiers qui les citent. Les dossiers restent entiers, avec «\u00a0personne "
            "effacée\u00a0» à sa place. Rien ne permet de revenir en arrière."
        )
        self.close_button.setDefault(True)

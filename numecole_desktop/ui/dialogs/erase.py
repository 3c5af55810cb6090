"""Asking before a person or a file is erased for good."""

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


class EraseFileDialog(Dialog):
    """The same for an attached file, by its ``name``."""

    help_page = "donnees-personnelles#effacer-une-piece-jointe"

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__("Effacer une pièce jointe", parent, accept_text="Effacer définitivement")
        self.say(f"{name}.")
        self.say(
            "Son nom et son contenu sont effacés de cette base, dans tous les dossiers où elle est "
            "jointe. Chaque dossier en garde la taille, le type et l’empreinte, avec «\u00a0pièce "
            "effacée\u00a0» à sa place. Rien ne permet de revenir en arrière."
        )
        self.say(
            "Les sauvegardes, les fichiers déjà envoyés et les autres postes la gardent\u00a0: "
            "supprimez-les, et prévenez les autres postes.",
            "muted",
        )
        self.close_button.setDefault(True)

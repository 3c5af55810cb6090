"""About Numécole: what it is, what it is not, whose data and fonts it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

import numecole_desktop
from numecole_desktop.ui.dialogs.base import SELECTABLE, Dialog
from numecole_desktop.ui.widgets.disclosure import Disclosure

LINES = (
    "Déclarer, comprendre et imprimer l’équipement numérique des écoles, sans réseau.",
    "Numécole n’est pas un service officiel de l’État.",
    "L’application ne se connecte à aucun réseau et n’envoie aucune donnée.",
)
CREDITS = (
    "Numécole Desktop\u00a0: licence MIT.",
    "Annuaire des écoles\u00a0: ministère de l’Éducation nationale, Licence Ouverte.",
    "Chiffres des académies\u00a0: État du numérique éducatif, académies d’Occitanie.",
    "Police Public Sans\u00a0: licence SIL Open Font 1.1.",
    "Qt et PySide6\u00a0: licence LGPL 3. SQLCipher\u00a0: licence BSD.",
    "Les autres bibliothèques\u00a0: voir le fichier NOTICE.",
)


class AboutDialog(Dialog):
    """Version, nature, credits, where the base and the log are."""

    help_page = "index"

    def __init__(self, base: Path, log: Path, parent: QWidget | None) -> None:
        super().__init__("Numécole Desktop", parent)
        self.say(f"Version {numecole_desktop.__version__}", "muted")
        for line in LINES:
            self.say(line)
        for text in (f"Base ouverte\u00a0: {base}", f"Journal\u00a0: {log}"):
            self.say(text, "muted").setTextInteractionFlags(SELECTABLE)
        self.body.addWidget(Disclosure("Licences et sources", CREDITS))

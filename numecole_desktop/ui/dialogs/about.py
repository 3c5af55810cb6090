"""About Numécole: what it is, what it is not, whose work and whose data it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

import numecole_desktop
from numecole_desktop.domain.french import NBSP
from numecole_desktop.services import credits as shipped
from numecole_desktop.ui.dialogs.base import SELECTABLE, Dialog
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.widgets.card import Page
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.credits import Component

LINES = (
    f"Version {numecole_desktop.__version__}, licence MIT.",
    "Déclarer, comprendre et imprimer l’équipement numérique des écoles, sans réseau.",
    "Numécole n’est pas un service officiel de l’État.",
    "L’application ne se connecte à aucun réseau et n’envoie aucune donnée.",
)
_SIZE = (680, 380)
_WIDTHS = (190, 190)


class AboutDialog(Dialog):
    """Version and nature, components, sources of the data, legal texts: a tab for each.

    Components are given afterwards: finding what is installed takes several frames.
    """

    help_page = "index"

    def __init__(self, base: Path, log: Path, parent: QWidget | None) -> None:
        super().__init__("Numécole Desktop", parent)
        self.prefer(*_SIZE)
        self.components = Table("Composants")
        self._lines = LinesModel(("Composant", "Version", "Licence"), self.components)
        self.components.show_model(self._lines, _WIDTHS)
        self.texts = LegalTexts(shipped.legal_texts())
        self.tabs = Tabs("À propos")
        self.tabs.add("Numécole", _nature(base, log))
        self.tabs.add("Composants", self.components)
        self.tabs.add("Données", _sources())
        self.tabs.add("Licences", self.texts)
        self.body.addWidget(self.tabs, 1)

    def show_components(self, parts: Sequence[Component]) -> None:
        """Show the libraries that the application is made of."""
        self._lines.set_rows(
            [(part.name, part.version or _carried(part.within), part.licence) for part in parts]
        )


class LegalTexts(QWidget):
    """Which text, and that text to read."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._texts = dict(texts)
        self.picker = Picker("Texte affiché", [(title, title) for title in self._texts])
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Texte de la licence")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        dress_bars(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.picker)
        column.addWidget(self.text, 1)
        self.picker.chosen.connect(self._show)
        self._show(self.picker.value() or "")

    def _show(self, title: str) -> None:
        self.text.setPlainText(self._texts[title])


def _nature(base: Path, log: Path) -> Page:
    page = Page("Ce qu’est Numécole")
    for line in LINES:
        page.column.addWidget(Text(line, wrap=True))
    for text in (f"Base ouverte{NBSP}: {base}", f"Journal{NBSP}: {log}"):
        where = Text(text, tone="muted", wrap=True)
        where.setTextInteractionFlags(SELECTABLE)
        page.column.addWidget(where)
    page.column.addStretch(1)
    return page


def _sources() -> Page:
    page = Page("Sources des données")
    for source in shipped.data_sources():
        page.column.addWidget(Text(source.title, bold=True, wrap=True))
        page.column.addWidget(Text(f"{source.origin}. {source.licence}.", tone="muted", wrap=True))
    page.column.addStretch(1)
    return page


def _carried(within: str) -> str:
    return f"dans {within}" if within else "fournie"

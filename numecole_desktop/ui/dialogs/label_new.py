"""Which school a new label dossier is for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import fold
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from numecole_desktop.services.school_list import SchoolRow

_HEADINGS = ("Commune", "École", "UAI")
_WIDTHS = (140, 250)
_WIDTH = 560
_NO_MATCH = "Aucune école sans dossier ne correspond."
_NO_SCHOOL = (
    "Aucune école publique ouverte n’est sans dossier. Si l’annuaire des écoles manque, "
    "importez-le d’abord."
)
_LEAST_HEIGHT = 220


class SchoolSearch(Entry):
    """The text that narrows the schools; Bas goes to them."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class NewDossierDialog(Dialog):
    """Public schools open in the campaign that have no dossier yet; ``chosen`` carries a UAI."""

    chosen = Signal(str)

    help_page = "labels#dossiers"

    def __init__(
        self, rows: Sequence[SchoolRow], taken: Collection[str], year: str, parent: QWidget | None
    ) -> None:
        super().__init__("Nouveau dossier de label", parent, accept_text="Commencer le dossier")
        self.setMinimumWidth(_WIDTH)
        self._rows = [r for r in rows if r.public and r.open and r.uai not in taken]
        self.say(f"Pour la campagne {year}, quelle école candidate\u00a0?")
        self.search = SchoolSearch("Chercher une école", hint="UAI, nom ou commune")
        self.search.textChanged.connect(self._filter)
        self.model = LinesModel(_HEADINGS, self)
        self.table = Table("Écoles sans dossier")
        self.table.show_model(self.model, _WIDTHS)
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.table.opened.connect(self.accept)
        self.table.typed.connect(self._typed)
        self.search.down.connect(self.table.setFocus)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.none = self.say("", tone="muted")
        self._filter()
        self.search.setFocus()

    def accept(self) -> None:
        row = max(0, self.table.current_row())
        if row < self.model.rowCount():
            school: SchoolRow = self.model.value(row)  # type: ignore[assignment]  # set with rows
            self.chosen.emit(school.uai)
            super().accept()

    def _filter(self, _: str = "") -> None:
        words = fold(self.search.text()).split()
        kept = [row for row in self._rows if all(word in row.folded for word in words)]
        self.model.set_rows([(row.commune, row.name, row.uai) for row in kept], kept)
        if kept:
            self.table.go_to(0)
        self.none.say("" if kept else _NO_MATCH if self._rows else _NO_SCHOOL)
        if self.accept_button is not None:
            self.accept_button.setEnabled(bool(kept))

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

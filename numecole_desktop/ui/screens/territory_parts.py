"""Tab of the parts of a territory: one line each, sorted by any figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.territory import unanswered
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.models.rows import Cell
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.territories import TerritoryFigures
    from numecole_desktop.services.territory_pages import TerritoryPage

_COLUMNS = (
    ("schools", False, "Écoles"),
    ("classes", False, "Classes"),
    ("schools_up_to_date", True, "À jour (%)"),
    ("schools_socle", True, "Au socle (%)"),
    ("classes_teacher_equipped", True, "Enseignant (%)"),
    ("classes_pupil_equipped", True, "Élèves (%)"),
    ("schools_in_ent", True, "Dans l’ENT (%)"),
    ("classes_using_ent", True, "Classes ENT (%)"),
    ("schools_using_gar", True, "GAR (%)"),
    ("schools_labelled", True, "Label (%)"),
)
_NAMES = {
    "departement": "Départements",
    "circonscription": "Circonscriptions",
    "commune": "Communes",
}
_NAME_WIDTH = 170
_SPARE = 24


class PartsTab(Through):
    """The parts; ``part_opened`` carries a level and a code."""

    part_opened = Signal(str, str)

    def __init__(self, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saver = saver
        self._place = ""
        self._level = ""
        self._headings = ("Territoire", *(heading for _, _, heading in _COLUMNS))
        self.rows = LinesModel(self._headings, self)
        self.table = Table("Parties du territoire")
        self.table.show_model(self.rows, (_NAME_WIDTH,))
        header = self.table.horizontalHeader()
        for column in range(1, len(self._headings)):
            advance = header.fontMetrics().horizontalAdvance(self._headings[column])
            self.table.setColumnWidth(column, advance + _SPARE)
        self.table.opened.connect(self._open)
        self.export_button = Button("Exporter…", icon_name="export")
        self.export_button.clicked.connect(self.export)
        row = QHBoxLayout()
        row.addWidget(
            Text(
                f"Entrée{NBSP}: aller au territoire. Un clic sur un titre trie la colonne.",
                tone="muted",
            ),
            1,
        )
        row.addWidget(self.export_button)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(14, 10, 14, 8)
        column_box.setSpacing(8)
        column_box.addLayout(row)
        column_box.addWidget(self.table, 1)
        self.pass_to(self.table)

    @staticmethod
    def title(level: str) -> str:
        """Words of the tab for parts of a level."""
        return _NAMES[level]

    def show_parts(
        self,
        page: TerritoryPage,
        parts: Sequence[tuple[str, str]],
        figures: Mapping[str, TerritoryFigures],
    ) -> None:
        """Show (code, name) parts in order with their figures by code."""
        self._place = f"{page.name} {page.year}"
        self._level = page.part
        self.table.setAccessibleName(f"{self.title(page.part)} de {page.name}")
        shown = [(code, name) for code, name in parts if code in figures]
        self.rows.set_rows(
            [[name or "Non renseigné", *_cells(figures[code])] for code, name in shown],
            [code for code, _ in shown],
        )
        header = self.table.horizontalHeader()
        if header.sortIndicatorSection() >= 0:
            self.rows.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def export(self) -> None:
        """Ask for a file, then write the table there."""
        name = file_name(self.title(self._level) if self._level else "parties", self._place)
        self._saver.ask("Exporter le tableau", name, self.rows.content)

    def _open(self, row: int) -> None:
        code = self.rows.value(row)
        if code:
            self.part_opened.emit(self._level, str(code))


def _cells(figures: TerritoryFigures) -> list[Cell]:
    return [
        "n.c."
        if unanswered(figures.counts, name)
        else (figures.percent.get(name) if share else figures.counts[name])
        for name, share, _ in _COLUMNS
    ]

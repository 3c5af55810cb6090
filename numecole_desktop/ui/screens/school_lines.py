"""Lists of schools of a territory: a table to open, copy and export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.models.lines import Content, LinesModel
from numecole_desktop.ui.models.rows import Cell
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import HEADING, ElidedText

if TYPE_CHECKING:
    from numecole_desktop.domain.territory_profile import SchoolLine
    from numecole_desktop.services.territory_pages import BehindLine

HEADINGS = (
    *("Commune", "École", "UAI", "Compte pour", "Type", "Classes", "Indice", "ENT", "Label"),
    "Déclaration",
)
_WIDTHS = (140, 196, 84, 92, 126, 62, 54, 46, 50, 92)
_NARROW_COMMUNE = 104
_BROUGHT = HEADINGS.index("Compte pour")
_NARROW = frozenset((HEADINGS.index("Commune"), HEADINGS.index("École"), HEADINGS.index("Indice")))


def school_cells(line: SchoolLine, brought: int | None = None) -> list[Cell]:
    """The cells of a school, and what it brings to a figure."""
    return [
        line.commune,
        line.name,
        line.uai,
        brought,
        line.type_label,
        int(line.classes) if line.classes.isdecimal() else line.classes,
        "n.c." if line.index is None else str(line.index),
        line.ent,
        line.label,
        line.declared_year or "jamais",
    ]


class SchoolTable(Table):
    """Schools, one line each; ``school_opened`` carries the UAI of the one to open."""

    school_opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.rows = LinesModel(HEADINGS, self)
        self.show_model(self.rows, _WIDTHS)
        self.setColumnHidden(_BROUGHT, True)
        self.opened.connect(self._open)

    def show_lines(self, lines: Sequence[SchoolLine]) -> None:
        """Show schools in the order given."""
        self.rows.set_rows([school_cells(line) for line in lines], lines)
        self.setColumnHidden(_BROUGHT, True)

    def show_behind(self, lines: Sequence[BehindLine]) -> None:
        """Show the schools behind a figure, with what each one brings where it is not just one."""
        cells = [school_cells(b.line, b.brought) for b in lines]
        self.rows.set_rows(cells, [b.line for b in lines])
        self.setColumnHidden(_BROUGHT, all(b.brought == 1 for b in lines))

    def narrow(self) -> None:
        """Keep commune, name and index only."""
        for column in range(len(HEADINGS)):
            self.setColumnHidden(column, column not in _NARROW)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(HEADINGS.index("École"), QHeaderView.ResizeMode.Stretch)
        header.resizeSection(HEADINGS.index("Commune"), scaled(_NARROW_COMMUNE))

    def uai(self, row: int) -> str:
        """The school of a row."""
        line: SchoolLine = self.rows.value(row)  # type: ignore[assignment]  # set with the rows
        return line.uai

    def order(self) -> tuple[str, ...]:
        """UAIs as listed."""
        return tuple(self.uai(row) for row in range(self.rows.rowCount()))

    def go_to_school(self, uai: str) -> bool:
        """Put the cursor on a school; false when it is not listed."""
        for row in range(self.rows.rowCount()):
            if self.uai(row) == uai:
                self.go_to(row)
                return True
        return False

    def copy_all(self) -> None:
        """Put every row on the clipboard."""
        self.selectAll()
        self.copy()

    def content(self) -> Content:
        """Headings and rows for a file, columns as shown."""
        return self.rows.content(self.visible_columns())

    def _open(self, row: int) -> None:
        self.school_opened.emit(self.uai(row))


class BehindPage(QWidget):
    """The schools behind a figure.

    Signals: ``closed``, ``school_opened`` (UAI).
    """

    closed = Signal()
    school_opened = Signal(str)

    def __init__(self, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saver = saver
        self._place = ""
        self.back_button = IconButton("back", "Revenir aux chiffres (Échap)")
        self.back_button.clicked.connect(self.closed)
        self.title = ElidedText(size=HEADING, bold=True)
        self.subtitle = ElidedText(tone="muted")
        self.table = SchoolTable("Écoles derrière le chiffre")
        self.table.school_opened.connect(self.school_opened)
        self.copy_button = Button("Copier la liste", icon_name="copy")
        self.copy_button.clicked.connect(self.table.copy_all)
        self.export_button = Button("Exporter…", icon_name="export")
        self.export_button.clicked.connect(self.export)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addLayout(words, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 14, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_behind(self, title: str, place: str, lines: Sequence[BehindLine]) -> None:
        """Show a list; ``place`` is the territory and the year."""
        self._place = place
        self.title.setText(title)
        count = plural(len(lines), "école")
        self.subtitle.setText(f"{count} · {place} · Entrée{NBSP}: ouvrir la fiche")
        self.table.show_behind(lines)
        self.table.scrollToTop()
        self.table.setFocus()

    def export(self) -> None:
        """Ask for a file, then write the list there."""
        name = file_name("ecoles", self.title.text(), self._place)
        self._saver.ask("Exporter la liste des écoles", name, self.table.content)

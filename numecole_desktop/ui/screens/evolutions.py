"""Tab « Évolutions »: the index and its class counts in each declared year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import plural
from numecole_desktop.ui.widgets.card import Card, Notice, Page
from numecole_desktop.ui.widgets.chart import IndexChart
from numecole_desktop.ui.widgets.grid import Grid
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.equipment import EquipmentIndex
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.ui.screens.school_read import ReadSchool

HEADINGS = ("Année scolaire", "Indice", "Classes", "Socle enseignant", "Socle élèves", "")


class EvolutionsTab(Page):
    """A chart, and its twin table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Évolutions de l’école", parent)
        self._part: QWidget | None = None

    def show_school(self, read: ReadSchool) -> None:
        """Show another school."""
        if self._part is not None:
            self.column.removeWidget(self._part)
            self._part.deleteLater()
        else:
            self.column.addStretch(1)
        self._part = _card(read)
        self.column.insertWidget(0, self._part)


def _card(read: ReadSchool) -> QWidget:
    if not read.declared:
        return Notice(
            "Aucune déclaration validée n’est connue pour cette école\u00a0: il n’y a pas encore "
            "d’évolution à montrer."
        )
    card = Card("Indice d’équipement et classes équipées")
    if len(read.declared) == 1:
        year = read.declared[0][0]
        card.body.addWidget(
            Text(
                f"Une seule année déclarée, {year}\u00a0: l’évolution apparaîtra avec la prochaine "
                f"déclaration validée.",
                tone="muted",
                wrap=True,
            )
        )
    chart = IndexChart()
    chart.show_years([(str(year), index.value) for year, index in read.declared])
    card.body.addWidget(chart)
    grid = Grid(HEADINGS, wide=5, right=(1, 2, 3, 4))
    for year, index in reversed(read.declared):
        grid.add(_cells(year, index))
    card.body.addWidget(grid)
    return card


def _cells(year: SchoolYear, index: EquipmentIndex) -> list[Text]:
    trace = "\n".join(step.text for step in index.trace)
    value = Text("n.c." if index.value is None else str(index.value), bold=True)
    value.setToolTip(trace)
    counts = [
        Text("n.c." if count is None else plural(count, "classe"))
        for count in (index.teacher, index.pupil)
    ]
    for text in counts:
        text.setToolTip(trace)
    classes = Text("n.c." if index.classes is None else str(index.classes))
    return [Text(str(year)), value, classes, *counts, Text()]

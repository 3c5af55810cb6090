"""Tab « Évolutions » of a school: indices and label by year, ENT and GAR connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.ui.screens.school_ent import gar_card, periods_card, years_card
from numecole_desktop.ui.widgets.card import Notice, Page
from numecole_desktop.ui.widgets.chart import IndexChart

if TYPE_CHECKING:
    from numecole_desktop.ui.screens.school_read import ReadSchool


class EvolutionsTab(Page):
    """Charts, each with its twin table; ``export_asked`` carries a title and a table."""

    export_asked = Signal(str, object)

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
        self._part = self._cards(read)
        self.column.insertWidget(0, self._part)
        self.verticalScrollBar().setValue(0)

    def _cards(self, read: ReadSchool) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Notice(_notice(read)))
        if read.held:
            chart = None
            if read.declared:
                chart = IndexChart()
                chart.show_years([(str(year), index.value) for year, index in read.declared])
            declared = dict(read.declared)
            column.addWidget(years_card(read.held, declared, chart, self.export_asked.emit))
        for build in (periods_card, gar_card):
            card = build(read.held, self.export_asked.emit)
            if card is not None:
                column.addWidget(card)
        return part


def _notice(read: ReadSchool) -> str:
    if not read.held:
        return (
            "Aucune déclaration validée ni donnée importée n’est connue pour cette école\u00a0: il "
            "n’y a pas encore d’évolution à montrer."
        )
    if len(read.declared) == 1:
        return (
            f"Une seule année déclarée, {read.declared[0][0]}\u00a0: l’évolution de l’indice "
            f"apparaîtra avec la prochaine déclaration validée."
        )
    return ""

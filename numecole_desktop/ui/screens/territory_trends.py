"""Tab « Évolutions » of a territory: a small chart by figure, and the table of the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice, Page
from numecole_desktop.ui.widgets.columns import ColumnsChart
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.domain.territory_profile import Evolution
    from numecole_desktop.services.territory_pages import TerritoryPage

HEADINGS = ("Chiffre", "Année scolaire", "Valeur", "Part (%)")
_WIDTHS = (280, 120, 90, 90)
_ACROSS = 3
_HUNDRED = 100
_MOST_ROWS = 12


class TrendsTab(Page):
    """Figures over the years; ``figure_opened`` carries a figure and a school year."""

    figure_opened = Signal(str, object)

    def __init__(self, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__("Évolutions du territoire", parent)
        self._saver = saver
        self._place = ""
        self._trends: tuple[Evolution, ...] = ()
        self.notice = Notice()
        self._charts_card = Card("D’année en année")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self._charts_card.body.addLayout(self._grid)
        self.charts: list[ColumnsChart] = []
        self._names: list[Text] = []
        self.rows = LinesModel(HEADINGS, self)
        self.table = Table("Données des évolutions")
        self.table.show_model(self.rows, _WIDTHS)
        self.table.opened.connect(self._row_opened)
        self.export_button = Button("Exporter…", icon_name="export")
        self.export_button.clicked.connect(self.export)
        data = Card("Les mêmes données en tableau")
        row = QHBoxLayout()
        row.addWidget(
            Text("Entrée, ou un clic sur une colonne, ouvre la liste des écoles.", tone="muted"), 1
        )
        row.addWidget(self.export_button)
        data.body.addLayout(row)
        data.body.addWidget(self.table)
        self.column.addWidget(self.notice)
        self.column.addWidget(self._charts_card)
        self.column.addWidget(data)
        self.column.addStretch(1)

    def show_page(self, page: TerritoryPage) -> None:
        """Show another territory."""
        self._place = f"{page.name} {page.year}"
        self._trends = page.evolution
        while len(self.charts) < len(page.evolution):
            self._add_chart()
        focus.order((self.charts, (self.export_button, self.table)))
        for chart, name, trend in zip(self.charts, self._names, page.evolution, strict=True):
            name.setText(trend.label)
            chart.set_name(f"{trend.label}, part par année")
            chart.show_columns(
                [
                    (str(year), percent, f"{percent}{NBSP}%", _words(count, percent))
                    for year, count, percent in trend.points
                ]
            )
        points = [(t, *point) for t in page.evolution for point in t.points]
        self.rows.set_rows(
            [
                [t.label, str(year), "n.c." if percent is None else count, percent]
                for t, year, count, percent in points
            ],
            [(t.name, year) for t, year, _, _ in points],
        )
        header = self.table.horizontalHeader().sizeHint().height()
        shown = min(len(points), _MOST_ROWS)
        self.table.setFixedHeight(
            header + shown * self.table.verticalHeader().defaultSectionSize() + 4
        )
        years = {year for _, year, _, _ in points}
        self.notice.say(_notice(len(years)))
        self._charts_card.setVisible(bool(years))

    def export(self) -> None:
        """Ask for a file, then write the table there."""
        name = file_name("evolutions", self._place)
        self._saver.ask("Exporter les évolutions", name, self.rows.content)

    def _add_chart(self) -> None:
        place = len(self.charts)
        name = Text(wrap=True, bold=True)
        chart = ColumnsChart("", clickable=True, highest=_HUNDRED)
        chart.opened.connect(self._column_opened)
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(name)
        cell.addWidget(chart)
        self._grid.addLayout(cell, place // _ACROSS, place % _ACROSS)
        self._grid.setColumnStretch(place % _ACROSS, 1)
        self.charts.append(chart)
        self._names.append(name)

    def _column_opened(self, place: int) -> None:
        chart = self.sender()
        if isinstance(chart, ColumnsChart):
            trend = self._trends[self.charts.index(chart)]
            year, count, _ = trend.points[place]
            if count:
                self.figure_opened.emit(trend.name, year)

    def _row_opened(self, row: int) -> None:
        trend: tuple[str, SchoolYear] = self.rows.value(row)  # type: ignore[assignment]  # set with the rows
        self.figure_opened.emit(*trend)


def _words(count: int, percent: int | None) -> str:
    return "n.c." if percent is None else f"{percent}{NBSP}% ({whole(count)})"


def _notice(years: int) -> str:
    if not years:
        return (
            f"Aucune année n’a encore de déclaration ni de données importées{NBSP}: il n’y a pas "
            f"d’évolution à montrer."
        )
    if years == 1:
        return f"Une seule année est connue{NBSP}: l’évolution apparaîtra avec la suivante."
    return ""

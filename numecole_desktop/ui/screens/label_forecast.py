"""Renewals ahead: labels that end, and what each school would get today."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.models.dossiers import (
    ALL,
    FORECAST_HEADINGS,
    calendar_lines,
    forecast_cells,
)
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.label_forecast import ForecastLine

_CALENDAR = "calendar"
_CHOICES = (
    (ALL, "Tous"),
    (_CALENDAR, "Échéances"),
    ("loss", "En baisse"),
    ("gain", "En hausse"),
    ("same", "Inchangés"),
    ("candidate", "Candidats"),
    ("unknown", "À confirmer"),
)
_EMPTY = (
    "Aucune école n’est dans ce cas cette année, avec les données enregistrées. Importez les "
    "labels, les déclarations et l’ENT, ou choisissez une autre perspective."
)
_WIDTHS = (140, 220, 76, 114, 110, 140)


class ForecastTab(Through):
    """The lines of the forecast; ``opened`` carries a UAI and whether it has a dossier."""

    opened = Signal(str, bool)

    def __init__(self, session: Session, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._saver = saver
        self._lines: Sequence[ForecastLine] = ()
        self._year: SchoolYear | None = None
        self.choice = ChoiceBar("Perspective", _CHOICES)
        self.choice.set_value(ALL)
        self.choice.chosen.connect(self._filter)
        self.message = Text(tone="muted", wrap=True)
        self.model = LinesModel(FORECAST_HEADINGS, self)
        self.table = Table("Renouvellements", self)
        self.table.show_model(self.model, _WIDTHS)
        self.table.keep_layout(session.state, "renewals")
        self.table.opened.connect(self._open)
        self.export_button = Button("Exporter…", icon_name="export")
        self.export_button.clicked.connect(self.export)
        self.empty = EmptyState("label", "Aucune école à montrer", _EMPTY, parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.message, 1)
        row.addWidget(self.export_button)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(14, 10, 14, 8)
        column_box.setSpacing(8)
        column_box.addWidget(self.choice)
        column_box.addLayout(self._stack, 1)
        column_box.addLayout(row)
        focus.order((self.choice.buttons, (self.table, self.export_button)))

    def read(self, year: SchoolYear) -> None:
        """Read the forecast of a school year."""
        from numecole_desktop.services import label_forecast

        self._year = year
        self.message.setText("Calcul en cours…")
        work = partial(label_forecast.forecast, year=year, within=self.session.within)
        self.session.tasks.run(work, partial(self._show, year), self._failed)

    def export(self) -> None:
        """Ask for a file, then write the table there."""
        name = file_name("renouvellements-label", str(self._year))
        self._saver.ask("Exporter les renouvellements", name, self.model.content)

    def _show(self, year: SchoolYear, lines: Sequence[ForecastLine]) -> None:
        if year == self._year:
            self._lines = lines
            self.message.setText(
                f"Situation en {year}, avec les données d’aujourd’hui. Entrée{NBSP}: ouvrir le "
                f"dossier, ou l’école qui n’en a pas."
            )
            for code, label in _CHOICES:
                self.choice.set_label(code, f"{label}{NBSP}{whole(len(self._kept(code)))}")
            self._filter()

    def _kept(self, code: str) -> Sequence[ForecastLine]:
        from numecole_desktop.services import label_forecast

        if code == ALL:
            return self._lines
        if code == _CALENDAR:
            return calendar_lines(label_forecast.calendar(tuple(self._lines)))
        return [line for line in self._lines if line.outlook.value == code]

    def _filter(self, _: str = "") -> None:
        kept = self._kept(self.choice.value() or ALL)
        self.model.set_rows(forecast_cells(kept), list(kept))
        self.export_button.setEnabled(bool(kept))
        self._stack.setCurrentWidget(self.table if kept else self.empty)
        self.pass_to(self.table if kept else self.choice)

    def _failed(self, problem: Problem) -> None:
        self._lines = ()
        self._filter()
        self.message.setText(str(problem))

    def _open(self, row: int) -> None:
        line: ForecastLine = self.model.value(row)  # type: ignore[assignment]  # set with the rows
        self.opened.emit(line.uai, line.from_dossier)

"""The dossiers of a campaign: filtered by state and by words, sorted, copied, exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.domain.label_application import State
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.models.dossiers import (
    ALL,
    DOSSIER_HEADINGS,
    DossierFilter,
    counts,
    dossier_cells,
)
from numecole_desktop.ui.models.lines import LinesModel
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.label_lists import DossierRow

_STATES = (
    (ALL, "Tous"),
    *((state.value, f"{state.label.capitalize()}s") for state in State),
)
_WIDTHS = (130, 230, 84, 80, 118, 170, 76, 76)
_BEGIN = "Commencez un dossier, ou choisissez une autre campagne."
_CHANGE = "Changez les mots cherchés ou l’état choisi, ou commencez un dossier."
_WAITING = (State.SUBMITTED, State.EXAMINED)


class DossierList(Through):
    """The list.

    Signals: ``opened`` (UAI), ``asked`` (« new », « commission » or « together »), ``year_chosen``
    when another campaign is looked at, ``moved`` when the cursor is on another row.
    """

    opened = Signal(str)
    asked = Signal(str)
    year_chosen = Signal(str)
    moved = Signal()

    def __init__(self, session: Session, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._saver = saver
        self._rows: Sequence[DossierRow] = ()
        self._wanted = ""
        self.year: SchoolYear | None = None
        self.years = Picker("Campagne")
        self.years.chosen.connect(self.year_chosen)
        self.search = Entry("Chercher un dossier", hint="École, UAI ou commune")
        self.search.textChanged.connect(self._filter)
        self.states = ChoiceBar("État du dossier", _STATES)
        self.states.set_value(ALL)
        self.states.chosen.connect(self._filter)
        self.model = LinesModel(DOSSIER_HEADINGS, self)
        self.table = Table("Dossiers de label", self)
        self.table.show_model(self.model, _WIDTHS)
        self.table.keep_layout(session.state, "labels")
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._typed)
        self.table.selectionModel().selectionChanged.connect(self._moved)
        self.new_button = Button("Nouveau dossier…", icon_name="plus", code="new", primary=True)
        self.commission_button = Button("Commission…", icon_name="check", code="commission")
        self.together_button = Button("Décider ensemble…", icon_name="pages", code="together")
        for button in (self.new_button, self.commission_button, self.together_button):
            button.pressed_code.connect(self.asked)
        self.export_button = Button("Exporter…", icon_name="export")
        self.export_button.clicked.connect(self.export)
        self.decisions_button = Button("Liste des décisions (PDF)…", icon_name="pdf")
        self.empty = EmptyState(
            "label",
            "Aucun dossier",
            _BEGIN,
            (("new", "Nouveau dossier…"),),
            self,
        )
        self.empty.chosen.connect(self.asked)
        self._lay_out()

    def show_years(self, years: Sequence[SchoolYear], year: SchoolYear) -> None:
        """Offer the campaigns, and look at one."""
        self.year = year
        self.years.set_options([(str(one), f"Campagne {one}") for one in years])
        self.years.set_value(str(year))

    def show_rows(self, rows: Sequence[DossierRow]) -> None:
        """Show the dossiers of the campaign."""
        self._rows = rows
        self._filter()

    def order(self) -> tuple[str, ...]:
        """UAIs as listed."""
        return tuple(row.uai for row in self._listed())

    def to_judge(self) -> tuple[str, ...]:
        """Dossiers listed that the commission can go through."""
        return tuple(row.uai for row in self._listed() if row.state in _WAITING)

    def to_decide(self) -> dict[str, int]:
        """Examined dossiers with their opinion: the rows selected, or all when one is."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        listed = self._listed()
        chosen = [listed[row] for row in rows] if len(rows) > 1 else listed
        return {
            row.uai: row.opinion
            for row in chosen
            if row.state is State.EXAMINED and row.opinion is not None
        }

    def current(self) -> str:
        """UAI of the dossier under the cursor, empty when there is none."""
        row = self.table.current_row()
        return self._row(row).uai if 0 <= row < self.model.rowCount() else ""

    def select(self, uai: str) -> None:
        """Put the cursor on a dossier, now or once it is listed."""
        self._wanted = uai
        self._go_back()

    def export(self) -> None:
        """Ask for a file, then write the list there."""
        name = file_name("dossiers-label", str(self.year))
        self._saver.ask("Exporter les dossiers", name, self.model.content)

    def _listed(self) -> list[DossierRow]:
        return [self._row(row) for row in range(self.model.rowCount())]

    def _row(self, row: int) -> DossierRow:
        found: DossierRow = self.model.value(row)  # type: ignore[assignment]  # set with the rows
        return found

    def _filter(self, _: str = "") -> None:
        self._wanted = self._wanted or self.current()
        wanted = DossierFilter(self.states.value() or ALL, self.search.text())
        found = counts(row for row in self._rows if wanted.finds(row))
        for code, label in _STATES:
            self.states.set_label(code, f"{label}{NBSP}{whole(found[code])}")
        kept = [row for row in self._rows if wanted.keeps(row)]
        self.model.set_rows(dossier_cells(kept), kept)
        searched = bool(self._rows)
        self.empty.heading.setText("Aucun dossier ne correspond" if searched else "Aucun dossier")
        self.empty.sentence.setText(_CHANGE if searched else _BEGIN)
        filled = bool(self.model.rowCount())
        self._stack.setCurrentWidget(self.table if filled else self.empty)
        self.pass_to(self.table if filled else self.empty.buttons[0])
        self._go_back()

    def _go_back(self) -> None:
        place = next((n for n, row in enumerate(self._listed()) if row.uai == self._wanted), -1)
        if place >= 0:
            self._wanted = ""
            self.table.go_to(place)
        elif self.table.hasFocus():
            self.table.ensure_cursor()
        self._moved()

    def _moved(self) -> None:
        self.export_button.setEnabled(bool(self.model.rowCount()))
        self.decisions_button.setEnabled(bool(self.model.rowCount()))
        self.commission_button.setEnabled(bool(self.to_judge()))
        self.together_button.setEnabled(bool(self.to_decide()))
        self.moved.emit()

    def _open(self, row: int) -> None:
        self.opened.emit(self._row(row).uai)

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for part, stretch in ((self.years, 0), (self.search, 1), (self.new_button, 0)):
            top.addWidget(part, stretch)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.export_button)
        below.addWidget(self.decisions_button)
        below.addStretch(1)
        below.addWidget(self.together_button)
        below.addWidget(self.commission_button)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.states)
        column.addLayout(self._stack, 1)
        column.addLayout(below)
        first = (self.years, self.search, self.new_button, *self.states.buttons, self.table)
        then = (*self.empty.buttons, self.export_button, self.decisions_button)
        focus.order((first, then, (self.together_button, self.commission_button)))

"""The list of schools: search as one types, buttons that filter, columns kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.models import schools as columns
from numecole_desktop.ui.models.schools import SchoolFilter, SchoolsModel
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.session import ALL_SCHOOLS, Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.signs import Signs
from numecole_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from numecole_desktop.services.school_list import SchoolRow
    from numecole_desktop.services.workspace import Changes
    from numecole_desktop.ui.models.schools import Ranking
    from numecole_desktop.ui.widgets.empty import EmptyState

STATUSES = (
    ("all", "Toutes"),
    ("todo", "À déclarer"),
    ("draft", "Brouillons"),
    ("submitted", "Validées"),
)
SECTORS = (
    ("public", "Écoles publiques"),
    ("private", "Écoles privées"),
    ("all", "Publiques et privées"),
)
OPENINGS = (("open", "Ouvertes"), ("closed", "Fermées"), ("all", "Ouvertes et fermées"))
_WIDTHS = {
    columns.COMMUNE: 170,
    columns.NAME: 250,
    columns.UAI: 90,
    columns.TYPE: 140,
    columns.CIRCONSCRIPTION: 190,
    columns.INDEX: 84,
    columns.STATUS: 120,
    columns.DEPARTMENT: 110,
    columns.SECTOR: 90,
}
_HIDDEN = (columns.DEPARTMENT, columns.SECTOR, columns.DECLARED)
_WIDE = 900
_DEFAULTS = ("all", "public", "open")


class SchoolsScreen(Screen):
    """The school list.

    Signals: ``opened`` and ``edit_asked`` carry a UAI, ``asked`` a command (import, sample),
    ``typed`` text typed over the table; ``arranged`` when filters changed.
    """

    opened = Signal(str)
    edit_asked = Signal(str)
    asked = Signal(str)
    typed = Signal(str)
    arranged = Signal()
    help_page = "ecoles"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = SchoolsModel(Signs(), self)
        self.table = Table("Liste des écoles", self)
        self._prepare_table()
        self.statuses = ChoiceBar("Déclaration", STATUSES)
        self.sectors = Picker("Secteur", SECTORS)
        self.openings = Picker("Ouverture", OPENINGS)
        self.chase_button = Button("Relancer…", tip="Relancer les écoles de la liste (Ctrl+R)")
        self.chase_button.clicked.connect(self._chase)
        self._restore_filters()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._empty: EmptyState | None = None
        self._wanted = ""
        self._number = -1
        self._complete = False
        self._asked = False
        self._lay_out()
        focus.order([*(focus.stops(bar) for _, bar in self._bars()), (self.table,)])
        for bar in (self.statuses, self.sectors, self.openings):
            bar.chosen.connect(self._filter_changed)
        session.scope_changed.connect(self._filter_changed)
        self.model.modelAboutToBeReset.connect(self._remember_row)
        self.model.modelReset.connect(self._go_back)
        self.table.opened.connect(self._open_row)
        self.table.typed.connect(self.typed)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)

    def handlers(self) -> Handlers:
        if self.table.current_row() < 0:
            return {"chase": self._chase}
        return {
            "chase": self._chase,
            "list_figures": self._ask_figures,
            "open": self._open_current,
            "edit": self._edit_current,
        }

    def order(self) -> tuple[str, ...]:
        """UAIs as listed."""
        return self.model.order()

    def show_part(self, part: str) -> None:
        """Keep the public schools open in the year whose declaration has this status."""
        for (_, bar), code in zip(self._bars(), (part, *_DEFAULTS[1:]), strict=True):
            bar.set_value(code)
        self._filter_changed()
        self.focus_table()

    @property
    def complete(self) -> bool:
        """Whether every school of the base is held, and not the first ones only."""
        return self._complete

    def set_text(self, text: str) -> None:
        """Keep the schools that hold every word of ``text``."""
        self.model.set_text(text)

    def focus_table(self) -> None:
        """Put the keyboard in the list."""
        self.table.setFocus()
        self.table.ensure_cursor()

    def open_first(self) -> None:
        """Open the school under the cursor, or the first one."""
        if self.model.rowCount():
            self._open_row(max(0, self.table.current_row()))
        elif self._empty is not None and not self.session.everywhere:
            self.session.show_scope(ALL_SCHOOLS)

    def show_first(self, rows: Sequence[SchoolRow]) -> None:
        """Show the rows read for the first paint; the others follow."""
        if not self._complete and rows:
            self.model.year = str(self.session.year)
            self.model.set_rows(rows)

    def mark_stale(self) -> None:
        """The whole list is first read once its first rows are painted: until then, nothing."""
        if self._asked:
            super().mark_stale()

    def _changed(self, changes: Changes) -> None:
        # The search everywhere and the schools last opened read these rows: new schools are held
        # at once, shown or not; an answer can wait.
        if changes.everything and self._asked:
            self._stale = False
            self.reload()
        else:
            super()._changed(changes)

    def reload(self) -> None:
        from numecole_desktop.services import schools

        self._asked = True
        if self.session.ready:
            read = partial(schools.school_rows, year=self.session.year)
            self.session.tasks.run(read, self._show)

    def leave(self) -> None:
        self.remember()

    def remember(self) -> None:
        """Keep the filters for the next session."""
        for name, bar in self._bars():
            self.session.state.put(f"schools/{name}", bar.value() or "")

    def select(self, uai: str) -> None:
        """Put the cursor on a school, now or once it is listed."""
        self._wanted = uai
        self._go_back()

    def _show(self, rows: Sequence[SchoolRow]) -> None:
        self._complete = True
        self.model.year = str(self.session.year)
        self.model.set_rows(rows)
        self._counts()
        self.session.tasks.run(
            lambda _: columns.rank_rows(rows), partial(self._show_rankings, rows)
        )

    def _show_rankings(self, rows: Sequence[SchoolRow], rankings: Mapping[int, Ranking]) -> None:
        if self.model.holds(rows):
            self.model.set_ranks(rankings)

    def _prepare_table(self) -> None:
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, header.sortIndicatorOrder())
        for column, width in _WIDTHS.items():
            header.resizeSection(column, scaled(width))
        for column in _HIDDEN:
            header.hideSection(column)
        self.table.keep_layout(self.session.state, "schools")
        self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.statuses)
        row.addWidget(self.chase_button)
        row.addStretch(1)
        row.addWidget(self.sectors)
        row.addWidget(self.openings)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(self._filters)
        column.addLayout(self._stack, 1)

    def _bars(self) -> tuple[tuple[str, ChoiceBar | Picker], ...]:
        return (("status", self.statuses), ("sector", self.sectors), ("opening", self.openings))

    def _restore_filters(self) -> None:
        for (name, bar), default in zip(self._bars(), _DEFAULTS, strict=True):
            remembered = self.session.state.text(f"schools/{name}", default)
            bar.set_value(remembered)
            if bar.value() is None:
                bar.set_value(default)
        self.model.set_filter(self._filter())

    def _filter(self) -> SchoolFilter:
        status, sector, opening = (bar.value() or "all" for _, bar in self._bars())
        return SchoolFilter(
            "" if status == "todo" else status, sector, opening, mine=not self.session.everywhere
        )

    def _filter_changed(self) -> None:
        self.model.set_filter(self._filter())
        self._counts()
        self.arranged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_chase()

    def _offer_chase(self) -> None:
        """Beside the buttons where there is room; the menu has it in any case."""
        wanted = self.statuses.value() in ("todo", "draft")
        self.chase_button.setVisible(wanted and self.width() >= _WIDE)

    def _counts(self) -> None:
        from numecole_desktop.domain.french import whole

        self._offer_chase()
        counts = self.model.counts()
        for code, label in STATUSES:
            count = counts["" if code == "todo" else code]
            self.statuses.set_label(code, f"{label}\u00a0{whole(count)}")

    def _remember_row(self) -> None:
        place = self.table.current_row()
        if 0 <= place < self.model.rowCount():
            self._number = self.model.number_at(place)
            self._wanted = self.model.row(place).uai

    def _go_back(self) -> None:
        """After the list changed: the cursor on the school where it was, if it is still there."""
        place = -1
        if self._wanted:
            place = self.model.place_of(self.model.number_of(self._wanted, self._number))
        if place >= 0:
            self._wanted = ""
            self.table.go_to(place)
        elif self.table.hasFocus() or self.model.searching:
            self.table.ensure_cursor()
        if self._complete:
            self._show_empty()
        self.handlers_changed.emit()

    def _show_empty(self) -> None:
        self._filters.setVisible(bool(self.model.total))
        if self.model.rowCount() or self.model.narrowed:
            self._stack.setCurrentWidget(self.table)
            return
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = self._nothing()
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _nothing(self) -> EmptyState:
        from numecole_desktop.ui.widgets.empty import EmptyState

        if self.model.total and not self.session.everywhere:
            state = EmptyState(
                "search",
                "Aucune école de mon territoire ne correspond",
                f"Les écoles affichées sont celles de votre territoire{NBSP}: "
                f"{self.session.territory_name}.",
                (
                    ("everywhere", "Chercher dans toutes les écoles"),
                    ("show_all", "Montrer tout mon territoire"),
                ),
            )
        elif self.model.total:
            state = EmptyState(
                "search",
                "Aucune école ne correspond",
                "Changez les mots cherchés ou les boutons au-dessus de la liste.",
                (("show_all", "Montrer toutes les écoles"),),
            )
        else:
            state = EmptyState(
                "school",
                "Aucune école pour l’instant",
                "Importez l’annuaire des écoles (fichier CSV, XLSX ou ODS), ou explorez "
                "l’exemple fourni avec Numécole.",
                (("import", "Importer l’annuaire…"), ("open_sample", "Explorer l’exemple")),
            )
        state.chosen.connect(self._empty_chosen)
        return state

    def _empty_chosen(self, code: str) -> None:
        if code == "everywhere":
            self.session.show_scope(ALL_SCHOOLS)
            return
        if code == "show_all":
            self.statuses.set_value("all")
            self.sectors.set_value("all")
            self.openings.set_value("all")
            self._filter_changed()
        self.asked.emit(code)

    def _row_changed(self) -> None:
        self.handlers_changed.emit()

    def _open_row(self, place: int) -> None:
        self.opened.emit(self.model.row(place).uai)

    def _open_current(self) -> None:
        self._open_row(self.table.current_row())

    def _ask_figures(self) -> None:
        self.session.figures_asked.emit(self.order())

    def _chase(self) -> None:
        self.session.chase_asked.emit(self.model.unfinished(listed=True))

    def _edit_current(self) -> None:
        self.edit_asked.emit(self.model.row(self.table.current_row()).uai)

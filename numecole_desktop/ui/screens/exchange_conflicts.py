"""Conflicts: the list, then one at a time until none is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from numecole_desktop.domain.french import plural
from numecole_desktop.ui.models.exchanges import CONFLICT_HEADINGS, conflict_rows
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.screens.exchange_conflict import ConflictView
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.conflict_list import Conflict

_WIDTHS = (220, 120, 200, 90, 150, 130, 90)


class ConflictsPage(QStackedWidget):
    """Signals: ``settled`` (conflict, reason, choice, value), ``changed`` when « back » changes."""

    settled = Signal(object, str, int, str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.conflicts: Sequence[Conflict] = ()
        self.model = RowsModel(CONFLICT_HEADINGS, self)
        self.table = Table("Désaccords à trancher")
        self.table.show_model(self.model, _WIDTHS)
        self.open_button = Button("Trancher", icon_name="edit", primary=True)
        self.left = Text(tone="muted")
        self.view = ConflictView()
        self.empty = EmptyState(
            "check",
            "Aucun désaccord",
            "Quand deux postes ont répondu différemment à la même question, les deux réponses sont "
            "gardées et se tranchent ici.",
        )
        self._list = self._lay_out()
        for part in (self.empty, self._list, self.view):
            self.addWidget(part)
        self.table.opened.connect(self.open_at)
        self.open_button.clicked.connect(self._open_current)
        self.view.settled.connect(self.settled)
        self.view.moved.connect(self._move)
        self.view.closed.connect(self.back_to_list)

    @property
    def opened(self) -> bool:
        """Whether one conflict is shown."""
        return self.currentWidget() is self.view

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Show what is left; where one was being settled, go on with the next one."""
        self.conflicts = conflicts
        self.model.set_rows(conflict_rows(conflicts), conflicts)
        self.left.setText(
            f"{plural(len(conflicts), 'désaccord')} à trancher · Entrée\u00a0: ouvrir"
        )
        if not conflicts:
            self._show(self.empty)
        elif self.opened:
            listed = self._listed()
            same = [n for n, conflict in enumerate(listed) if self.view.shows(conflict)]
            if same:
                self.view.show_conflict(listed[same[0]], same[0], len(listed))
            else:
                self.open_at(self.view.place)
        else:
            self.table.go_to(0)
            self._show(self._list)

    def open_school(self, uai: str) -> None:
        """Open the first conflict of a school."""
        for place, one in enumerate(self._listed()):
            if one.uai == uai:
                self.open_at(place)
                return

    def open_at(self, place: int) -> None:
        """Show one conflict."""
        listed = self._listed()
        if not listed:
            self._show(self._list)
            return
        place = min(place, len(listed) - 1)
        self.view.show_conflict(listed[place], place, len(listed))
        self._show(self.view)
        self.view.focus_first()

    def back_to_list(self) -> None:
        """Leave the conflict shown."""
        self.table.go_to(self.view.place)
        self._show(self._list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_current(self) -> None:
        if self.table.current_row() >= 0:
            self.open_at(self.table.current_row())

    def _move(self, step: int) -> None:
        place = self.view.place + step
        if 0 <= place < self.model.rowCount():
            self.open_at(place)

    def _listed(self) -> list[Conflict]:
        """As the table shows them: sorted, filtered."""
        return [self.model.value(row) for row in range(self.model.rowCount())]  # type: ignore[misc]  # set with the rows

    def _show(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.changed.emit()

    def _lay_out(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.left, 1)
        row.addWidget(self.open_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 10)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return page

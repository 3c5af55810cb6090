"""Tab « Campagne » of a territory: how far the declarations are, and which schools to remind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.screens.school_lines import SchoolTable
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.progress import CampaignProgress
from numecole_desktop.ui.widgets.room import Room

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from numecole_desktop.domain.territory_profile import SchoolLine
    from numecole_desktop.services.territory_pages import TerritoryPage

_CHOICES = (
    ("all", "À relancer"),
    ("older", "Anciennes"),
    ("never", "Jamais déclaré"),
)
_WIDE, _LEAST = 900, 480
_LEAST_HEIGHT = 300


class CampaignTab(Through):
    """Progress, then the schools to remind.

    Signals: ``school_opened`` (UAI), ``chase_asked`` (UAIs listed) to remind them.
    """

    school_opened = Signal(str)
    chase_asked = Signal(object)

    def __init__(self, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saver = saver
        self._place = ""
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lines: Sequence[SchoolLine] = ()
        self.progress = CampaignProgress()
        self.choice = ChoiceBar("Écoles à relancer", _CHOICES)
        self.choice.set_value("all")
        self.choice.chosen.connect(self._filter)
        self.table = SchoolTable("Écoles à relancer")
        self.table.school_opened.connect(self.school_opened)
        self.chase_button = Button("Relancer…", icon_name="edit", primary=True)
        self.chase_button.clicked.connect(self._chase)
        self.copy_button = IconButton("copy", "Copier la liste")
        self.copy_button.clicked.connect(self.table.copy_all)
        self.export_button = IconButton("export", "Exporter la liste…")
        self.export_button.clicked.connect(self.export)
        self._lay_out()

    def show_page(self, page: TerritoryPage) -> None:
        """Show the progress of a territory; its schools come with ``show_lines``."""
        self._place = f"{page.name} {page.year}"
        total, done, known = (
            page.counts[name] for name in ("schools", "schools_up_to_date", "schools_known")
        )
        self.progress.show_counts(total, done, known, str(page.year))

    def show_lines(self, lines: Sequence[SchoolLine]) -> None:
        """Show the schools to remind."""
        self._lines = lines
        never = sum(not line.declared_year for line in lines)
        counts = {"all": len(lines), "older": len(lines) - never, "never": never}
        for code, label in _CHOICES:
            self.choice.set_label(code, f"{label}{NBSP}{whole(counts[code])}")
        self._filter()

    def export(self) -> None:
        """Ask for a file, then write the list there."""
        name = file_name("a-relancer", self._place)
        self._saver.ask("Exporter les écoles à relancer", name, self.table.content)

    def _chase(self) -> None:
        self.chase_asked.emit(self.table.order())

    def _filter(self) -> None:
        chosen = self.choice.value()
        kept = [
            line
            for line in self._lines
            if chosen == "all" or bool(line.declared_year) == (chosen == "older")
        ]
        self.table.show_lines(kept)
        for button in (self.copy_button, self.export_button, self.chase_button):
            button.setEnabled(bool(kept))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        along, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._bar.setDirection(along if wide else down)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.copy_button, self.export_button, self.chase_button):
            buttons.addWidget(button)
        self._bar.setSpacing(6)
        self._bar.addWidget(self.choice)
        self._bar.addLayout(buttons)
        # Its rows fold: it may be narrower than what they need side by side.
        self.setMinimumWidth(_LEAST)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.progress)
        column.addLayout(self._bar)
        column.addWidget(self.table, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Room(inside, _LEAST_HEIGHT))
        self.pass_to(self.table)

"""Tab « Campagne » of a territory: how far the declarations are, and which schools to remind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, percent_half_up, plural, whole
from numecole_desktop.ui.dialogs.saving import TableSaver, file_name
from numecole_desktop.ui.screens.school_lines import SchoolTable
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.text import HEADING, Text

if TYPE_CHECKING:
    from numecole_desktop.domain.territory_profile import SchoolLine
    from numecole_desktop.services.territory_pages import TerritoryPage

_CHOICES = (
    ("all", "À relancer"),
    ("older", "Déclaration ancienne"),
    ("never", "Jamais déclaré"),
)


class ProgressStrip(QWidget):
    """Three parts: up to date (filled), known from an earlier year (hatched), never declared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = (0, 0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Avancement de la campagne")

    def show_parts(self, done: int, older: int, never: int, words: str) -> None:
        """Show three counts of schools."""
        self._parts = (done, older, never)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        total = sum(self._parts) or 1
        painter.fillRect(box, theme.base)
        done = QRectF(box)
        done.setWidth(box.width() * self._parts[0] / total)
        older = QRectF(done.right(), box.top(), box.width() * self._parts[1] / total, box.height())
        painter.fillRect(done, theme.action)
        painter.fillRect(older, theme.action_surface)
        painter.fillRect(older, QBrush(theme.action, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(theme.border, 1))
        painter.drawRect(box)


class CampaignTab(QWidget):
    """Progress, then the schools to remind; ``school_opened`` carries a UAI."""

    school_opened = Signal(str)

    def __init__(self, saver: TableSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saver = saver
        self._place = ""
        self._lines: Sequence[SchoolLine] = ()
        self.headline = Text(size=HEADING, bold=True, wrap=True)
        self.strip = ProgressStrip()
        self.details = Text(tone="muted", wrap=True)
        self.choice = ChoiceBar("Écoles à relancer", _CHOICES)
        self.choice.set_value("all")
        self.choice.chosen.connect(self._filter)
        self.table = SchoolTable("Écoles à relancer")
        self.table.school_opened.connect(self.school_opened)
        self.copy_button = Button("Copier la liste", icon_name="copy")
        self.copy_button.clicked.connect(self.table.copy_all)
        self.export_button = Button("Exporter (CSV)…", icon_name="export")
        self.export_button.clicked.connect(self.export)
        self._lay_out()

    def show_page(self, page: TerritoryPage) -> None:
        """Show the progress of a territory; its schools come with ``show_lines``."""
        self._place = f"{page.name} {page.year}"
        total = page.counts["schools"]
        done, known = page.counts["schools_up_to_date"], page.counts["schools_known"]
        percent = percent_half_up(done, total)
        share = "" if percent is None else f" ({percent}{NBSP}%)"
        self.headline.setText(
            f"{plural(done, 'école')} sur {whole(total)} à jour pour {page.year}{share}"
        )
        words = (
            f"{plural(known - done, 'école')} sur une déclaration plus ancienne, "
            f"{plural(total - known, 'école')} sans aucune déclaration validée."
        )
        self.details.setText(words)
        self.strip.show_parts(done, known - done, total - known, f"{self.headline.text()}, {words}")

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

    def _filter(self) -> None:
        chosen = self.choice.value()
        kept = [
            line
            for line in self._lines
            if chosen == "all" or bool(line.declared_year) == (chosen == "older")
        ]
        self.table.show_lines(kept)
        for button in (self.copy_button, self.export_button):
            button.setEnabled(bool(kept))

    def _lay_out(self) -> None:
        card = Card()
        for part in (self.headline, self.strip, self.details):
            card.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        row.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(card)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

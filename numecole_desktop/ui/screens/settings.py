"""« Réglages »: every setting on one page, kept as soon as it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.ui.screens.settings_computer import DisplayCard, FoldersCard
from numecole_desktop.ui.screens.settings_identity import IdentityCard
from numecole_desktop.ui.screens.settings_prices import PricesCard
from numecole_desktop.ui.screens.settings_print import PrintCard
from numecole_desktop.ui.screens.settings_territory import TerritoryCard
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import IconButton
from numecole_desktop.ui.widgets.card import Page
from numecole_desktop.ui.widgets.text import TITLE, Text

if TYPE_CHECKING:
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Changes, Workspace

_WIDEST = 820


class SettingsPage(QWidget):
    """Cards under a title; ``closed`` to go back."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._section = ""
        self.identity = IdentityCard(session)
        self.territory = TerritoryCard(session)
        self.print = PrintCard(session)
        self.prices = PricesCard(session)
        self.folders = FoldersCard(session)
        self.display = DisplayCard(session)
        self.back_button = IconButton("back", "Revenir aux outils (Échap)")
        self.back_button.clicked.connect(self.closed)
        self._page = Page("Réglages")
        self._cards = (
            self.identity,
            self.territory,
            self.print,
            self.prices,
            self.display,
            self.folders,
        )
        for card in self._cards:
            card.setMaximumWidth(scaled(_WIDEST))
            self._page.column.addWidget(card)
        self._page.column.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 14, 4)
        row.setSpacing(10)
        row.addWidget(self.back_button)
        row.addWidget(Text("Réglages", size=TITLE, bold=True))
        row.addWidget(
            Text("Chaque changement est enregistré aussitôt.", tone="muted", wrap=True), 1
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._page, 1)
        session.refresher.changed.connect(self._changed)

    def open(self, section: str) -> None:
        """Show what is kept, the keyboard in a section (« identity », « territory », « print »)."""
        self._section = section
        self.session.tasks.run(_read, self._show)

    def keep(self) -> None:
        """Keep what was typed, if it was not yet."""
        for card in (self.identity, self.print, self.prices, self.folders):
            card.keep()

    def _changed(self, changes: Changes) -> None:
        if changes.settings:
            self.session.tasks.run(_read, self._show_kept)

    def _show_kept(self, office: Office) -> None:
        for card in self._cards:
            card.show_office(office)

    def _show(self, office: Office) -> None:
        self._show_kept(office)
        focus.order(focus.stops(card) for card in self._cards)
        first = {"territory": self.territory.level, "print": self.print.service}
        field = first.get(self._section, self.identity.code)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._page.ensureWidgetVisible(field)


def _read(workspace: Workspace) -> Office:
    from numecole_desktop.services.office import office

    return office(workspace)

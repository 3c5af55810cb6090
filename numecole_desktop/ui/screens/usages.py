"""Tab « Usages »: the declared practices, with what each one means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.ui.screens.school_ent import resources_card
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.empty import EmptyState
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from numecole_desktop.ui.screens.school_read import ReadSchool


class UsagesTab(Page):
    """Declared usages, then the resources used through the GAR.

    Signals: ``edit_asked`` when a person wants to declare some, ``export_asked`` (title, table).
    """

    edit_asked = Signal()
    export_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Usages de l’école", parent)
        self._part: QWidget | None = None

    def show_school(self, read: ReadSchool) -> None:
        """Show another school."""
        if self._part is not None:
            self.column.removeWidget(self._part)
            self._part.deleteLater()
        self._part = self._cards(read)
        self.column.insertWidget(0, self._part)
        self.column.setStretch(0, 1)

    def _cards(self, read: ReadSchool) -> QWidget:
        used = next((d for d in reversed(read.held) if d.resources), None)
        if used is None:
            return self._usages(read)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._usages(read))
        column.addWidget(resources_card(used, self.export_asked.emit))
        column.addStretch(1)
        return holder

    def _usages(self, read: ReadSchool) -> QWidget:
        profile = read.page.profile
        if not profile.usages:
            empty = EmptyState(
                "todo",
                "Aucun usage déclaré",
                "Les usages se déclarent dans la partie D, et peuvent être changés toute l’année.",
                (("edit", "Déclarer les usages"),),
            )
            empty.chosen.connect(self._edit)
            return empty
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(f"Usages déclarés en {profile.declared_year}")
        for usage in profile.usages:
            card.body.addWidget(Text(usage.label, bold=True, wrap=True))
            if usage.summary:
                card.body.addWidget(Text(usage.summary, tone="muted", wrap=True))
            card.body.addSpacing(4)
        card.body.addWidget(
            Text(
                "Hypothèse\u00a0: le catalogue n’est pas publié, ces libellés sont provisoires.",
                tone="muted",
                size=SMALL,
                wrap=True,
            )
        )
        column.addWidget(card)
        column.addStretch(1)
        return holder

    def _edit(self, _: str) -> None:
        self.edit_asked.emit()

"""The criteria of a dossier: level, reason, what would raise it, how it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_criteria import CriterionLevel, level_words
from numecole_desktop.ui.screens.profile import bullet
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.card import Card, Notice
from numecole_desktop.ui.widgets.disclosure import Disclosure
from numecole_desktop.ui.widgets.text import HEADING, SMALL, Text

if TYPE_CHECKING:
    from numecole_desktop.services.label_opening import Dossier


class CriteriaPanel(QWidget):
    """The computed level of a dossier, criterion by criterion; opened details stay open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._opened: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the criteria of a dossier."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.deleteLater()
        self._parts = [self._level_card(dossier)]
        if dossier.submission and dossier.application is not None:
            self._parts.append(_list_card("Ce qui manque pour déposer", dossier.submission))
        self._parts += [Notice(note, "action") for note in dossier.notes]
        for part in self._parts:
            self._column.addWidget(part)

    def _level_card(self, dossier: Dossier) -> Card:
        level = dossier.level
        card = Card(f"Niveau calculé{NBSP}: {level_words(level.value)}")
        card.body.addWidget(Text(level.sentence, wrap=True))
        limiting = {criterion.key for criterion in level.limiting}
        for criterion in level.criteria:
            card.body.addWidget(self._criterion(criterion, limits=criterion.key in limiting))
        words = f"{dossier.rules.title}."
        if dossier.in_force is not None:
            held, year = dossier.in_force
            words = f"Label en vigueur{NBSP}: {level_words(held)}, décidé en {year}. {words}"
        card.body.addWidget(Text(words, tone="muted", size=SMALL, wrap=True))
        return card

    def _criterion(self, criterion: CriterionLevel, *, limits: bool) -> QWidget:
        part = QWidget()
        known = criterion.level is not None
        number = Text(f"{criterion.level}" if known else "?", size=HEADING, bold=True)
        number.set_tone("warning" if limits else "action" if known else "muted")
        number.setAccessibleName(f"{criterion.title}{NBSP}: {level_words(criterion.level)}")
        number.setFixedWidth(scaled(22))
        title = Text(criterion.title, bold=True, wrap=True)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(number)
        top.addWidget(title, 1)
        if limits:
            top.addWidget(Text("limite le niveau", tone="warning", size=SMALL))
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(Text(criterion.reason, wrap=True))
        for sentence in criterion.raise_with:
            column.addWidget(Text(f"→ {sentence}", tone="action", wrap=True))
        details = list(criterion.trace)
        if criterion.assumption:
            details.append(f"Hypothèse{NBSP}: ce seuil n’est pas publié.")
        if details:
            column.addWidget(self._details(criterion, details))
        return part

    def _details(self, criterion: CriterionLevel, details: list[str]) -> Disclosure:
        more = Disclosure("Comment il est calculé", details)
        more.button.setAccessibleName(f"Comment il est calculé{NBSP}: {criterion.title}")
        more.button.setChecked(criterion.key in self._opened)

        def keep(shown: bool) -> None:
            (self._opened.add if shown else self._opened.discard)(criterion.key)

        more.button.toggled.connect(keep)
        return more


def _list_card(title: str, sentences: tuple[str, ...]) -> Card:
    card = Card(title)
    for sentence in sentences:
        card.body.addWidget(bullet(sentence))
    return card

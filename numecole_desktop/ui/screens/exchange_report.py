"""What taking in a batch did, in words; the six words to read over the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice
from numecole_desktop.ui.widgets.text import HEADING, TITLE, Text

if TYPE_CHECKING:
    from collections.abc import Set

    from numecole_desktop.services.batch_import import BatchReport

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)

_UNDONE = "Lot annulé\u00a0: ce qu’il avait apporté est repris, ce qui a changé depuis est gardé."


class ReportCard(Card):
    """One report.

    Signals: ``undo_asked`` (hash of the batch), ``conflicts_asked``.
    """

    undo_asked = Signal(str)
    conflicts_asked = Signal()

    def __init__(self, report: BatchReport) -> None:
        super().__init__(f"Lot de {report.issuer}" if report.issuer else report.file)
        self.report = report
        self.undo_button = Button("Annuler ce lot", icon_name="undo", code=report.hash)
        self.conflicts_button = Button("Voir les désaccords")
        self.undone = Notice()
        if report.set_aside:
            self.body.addWidget(
                Notice(f"Ce fichier est mis de côté. {report.set_aside}", "warning")
            )
            return
        self._show_counts()
        for sentence in report.sentences:
            self.body.addWidget(Notice(sentence, "warning"))
        self._show_words()
        row = QHBoxLayout()
        row.addWidget(self.conflicts_button)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.undone)
        self.conflicts_button.setVisible(report.conflicts > 0)
        self.undo_button.setVisible(report.added > 0)
        self.conflicts_button.clicked.connect(self.conflicts_asked)
        self.undo_button.pressed_code.connect(self.undo_asked)

    def show_undone(self, *, undone: bool) -> None:
        """Say whether the batch was undone; it may have been put back since."""
        self.undo_button.setVisible(self.report.added > 0 and not undone)
        self.undone.say(_UNDONE if undone else "", "success")

    def _show_counts(self) -> None:
        report = self.report
        row = QHBoxLayout()
        row.setSpacing(26)
        for count, words, tone in (
            (report.added, "ajoutées", "success"),
            (report.identical, "déjà connues", "text"),
            (report.conflicts, "en désaccord", "warning"),
            (report.refused, "refusées", "error"),
            (report.waiting, "en attente", "warning"),
        ):
            row.addLayout(_figure(count, words, tone if count else "muted"))
        row.addStretch(1)
        self.body.addLayout(row)

    def _show_words(self) -> None:
        words = " ".join(self.report.words)
        self.body.addSpacing(4)
        self.body.addWidget(
            Text(
                f"Reçu à lire au téléphone à {self.report.issuer}{NBSP}: ces six mots lui prouvent "
                f"ce que vous avez pris.",
                tone="muted",
                wrap=True,
            )
        )
        shown = Text(words, size=TITLE, bold=True, wrap=True)
        shown.setTextInteractionFlags(_SELECTABLE)
        shown.setAccessibleName(f"Reçu{NBSP}: {words}")
        self.body.addWidget(shown)


class Reports(QWidget):
    """The reports of the last files taken in; signals as those of a report."""

    undo_asked = Signal(str)
    conflicts_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ReportCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def clear(self) -> None:
        """Forget the reports shown."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self.cards = []

    def add(self, report: BatchReport) -> None:
        """One more report."""
        card = ReportCard(report)
        card.undo_asked.connect(self.undo_asked)
        card.conflicts_asked.connect(self.conflicts_asked)
        self.cards.append(card)
        self._column.addWidget(card)

    def show_undone(self, undone: Set[str]) -> None:
        """Say which batches are undone, by their hashes."""
        for card in self.cards:
            if not card.report.set_aside:
                card.show_undone(undone=card.report.hash in undone)


def _figure(count: int, words: str, tone: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    number = Text(whole(count), size=HEADING + 3, bold=True, tone=tone)
    number.setAccessibleName(f"{count} {words}")
    column.addWidget(number)
    column.addWidget(Text(words, tone="muted"))
    return column

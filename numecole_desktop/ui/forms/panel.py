"""The index as it stands while one types, its reasons and what would raise it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.gauge import IndexGauge
from numecole_desktop.ui.widgets.index import CountLine, IndexSummary
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.declarations import Evaluation

_WIDTH = 310


class IndexStrip(Card):
    """Three lines above the questions, where the window is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.setContentsMargins(14, 6, 14, 8)
        self.summary = IndexSummary(compact=True)
        self.body.addWidget(self.summary)

    def show_result(self, result: Evaluation, step: int) -> None:
        """Show the index of the answers on screen."""
        self.summary.show_index(result.index, result.headline, result.reasons, step)
        self.setToolTip("\n".join((*result.reasons, result.next_title, *result.missing)).strip())


class IndexPanel(Page):
    """A column beside the questions, with every reason in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Indice et explications", parent)
        self.setFixedWidth(scaled(_WIDTH))
        self.gauge = IndexGauge()
        self.headline = Text(bold=True, wrap=True)
        self.teacher = CountLine("Socle enseignant", compact=False)
        self.pupil = CountLine("Socle élèves", compact=False)
        card = Card("Indice d’équipement")
        for part in (self.gauge, self.headline, self.teacher, self.pupil):
            card.body.addWidget(part)
        self.next_card = Card(" ")
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(6)
        self.next_card.body.addLayout(self._sentences)
        self.cost = Text(tone="muted", wrap=True)
        self.next_card.body.addWidget(self.cost)
        self._texts: list[Text] = []
        self.column.setContentsMargins(10, 10, 14, 10)
        self.column.addWidget(card)
        self.column.addWidget(self.next_card)
        self.column.addStretch(1)

    def show_result(self, result: Evaluation, step: int) -> None:
        """Show the index of the answers on screen."""
        index = result.index
        trace = {one.rule: one.text for one in index.trace}
        why = dict(zip(("teacher", "pupil"), result.reasons, strict=False))
        self.gauge.show_index(index.value, "\n".join(trace.values()))
        self.headline.setText(result.headline)
        for line, name, count in (
            (self.teacher, "teacher", index.teacher),
            (self.pupil, "pupil", index.pupil),
        ):
            line.show_count(count, index.classes, step, why.get(name, ""), trace.get(name, ""))
        self.next_card.setVisible(bool(result.missing))
        self.next_card.heading.setText(result.next_title)
        self.cost.say(result.cost)
        while len(self._texts) < len(result.missing):
            text = Text(wrap=True)
            self._texts.append(text)
            self._sentences.addWidget(text)
        for place, text in enumerate(self._texts):
            text.say(result.missing[place] if place < len(result.missing) else "")

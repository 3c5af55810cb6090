"""A row of counts, each above its word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import whole
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.text import SMALL, Text


class Figures(Card):
    """Counts with a word and a tone; a count of zero is pale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.setContentsMargins(18, 8, 18, 8)
        self._row = QHBoxLayout()
        self._row.setSpacing(30)
        self.body.addLayout(self._row)
        self._pairs: list[tuple[Text, Text]] = []

    def show_figures(self, figures: Sequence[tuple[str, int, str]]) -> None:
        """Show (word, count, tone) in order."""
        while len(self._pairs) < len(figures):
            self._add()
        for (number, word), (text, count, tone) in zip(self._pairs, figures, strict=True):
            number.setText(whole(count))
            number.set_tone(tone if count else "muted")
            word.setText(text)

    def _add(self) -> None:
        if self._pairs:
            self._row.takeAt(self._row.count() - 1)
        number, word = Text(size=5, bold=True), Text(tone="muted", size=SMALL)
        pair = QVBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(number)
        pair.addWidget(word)
        self._row.addLayout(pair)
        self._row.addStretch(1)
        self._pairs.append((number, word))

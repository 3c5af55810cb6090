"""The index of a school with its gauge, its sentence, its two class counts and their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.widgets.gauge import ClassBar, IndexGauge
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from numecole_desktop.domain.equipment import EquipmentIndex


class IndexSummary(QWidget):
    """Gauge at the left, words and bars at the right; ``compact`` keeps to three lines."""

    def __init__(self, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = compact
        self.gauge = IndexGauge(compact)
        self.headline = Text(bold=not compact, wrap=True)
        self.teacher = CountLine("Socle enseignant", compact)
        self.pupil = CountLine("Socle élèves", compact)
        words = QVBoxLayout()
        words.setSpacing(4 if compact else 8)
        words.addWidget(self.headline)
        bars = QHBoxLayout() if compact else QVBoxLayout()
        bars.setSpacing(20 if compact else 8)
        bars.addWidget(self.teacher)
        bars.addWidget(self.pupil)
        words.addLayout(bars)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setDirection(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18 if compact else 28)
        row.addWidget(self.gauge)
        row.addLayout(words, 1)

    def show_index(
        self, index: EquipmentIndex, headline: str, reasons: Sequence[str], step: int
    ) -> None:
        """Show an index; ``step`` is the fewest classes that reach the step share."""
        trace = {step.rule: step.text for step in index.trace}
        self.gauge.show_index(index.value, "\n".join(trace.values()))
        self.headline.setText(headline)
        why = dict(zip(("teacher", "pupil"), reasons, strict=False))
        self.teacher.show_count(
            index.teacher, index.classes, step, why.get("teacher", ""), trace.get("teacher", "")
        )
        self.pupil.show_count(
            index.pupil, index.classes, step, why.get("pupil", ""), trace.get("pupil", "")
        )


class CountLine(QWidget):
    """« Socle enseignant : 3 classes sur 4 », its bar, and why in small print."""

    def __init__(self, name: str, compact: bool) -> None:
        super().__init__()
        self._name = name
        self._compact = compact
        self.words = Text(size=SMALL if compact else 0)
        self.bar = ClassBar()
        self.reason = Text(tone="muted", size=SMALL, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self.words, self.bar, self.reason):
            column.addWidget(part)
        self.reason.setVisible(False)

    def show_count(
        self, count: int | None, total: int | None, step: int, reason: str, trace: str
    ) -> None:
        """Show how many classes have the base, and say why."""
        if count is None or total is None:
            said = f"{self._name}{NBSP}: n.c."
        else:
            said = f"{self._name}{NBSP}: {plural(count, 'classe')} sur {total}"
        self.words.setText(said)
        self.words.setToolTip(trace or reason)
        self.bar.show_count(count, total, step, trace or reason or said)
        if not self._compact:
            self.reason.say(_after_count(reason))


def _after_count(reason: str) -> str:
    _, comma, rest = reason.partition(", ")
    return f"{rest[:1].upper()}{rest[1:]}" if comma else reason

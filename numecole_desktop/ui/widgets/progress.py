"""How far a campaign of declarations is: a sentence, a bar, details."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from numecole_desktop.domain.french import NBSP, percent_half_up, plural, whole
from numecole_desktop.ui.roles import GRAPHIC
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.text import HEADING, Text


class ProgressStrip(QWidget):
    """Three parts: up to date (filled), known from an earlier year (hatched), never declared."""

    said_as = GRAPHIC

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


class CampaignProgress(Card):
    """« 12 écoles sur 60 à jour pour 2023-2024 (20 %) », its bar, and the schools that are not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.headline = Text(size=HEADING, bold=True, wrap=True)
        self.strip = ProgressStrip()
        self.details = Text(tone="muted", wrap=True)
        for part in (self.headline, self.strip, self.details):
            self.body.addWidget(part)

    def show_counts(self, total: int, done: int, known: int, year: str) -> None:
        """Show a progress: ``done`` schools declared for ``year``, ``known`` for it or before."""
        percent = percent_half_up(done, total)
        share = "" if percent is None else f" ({percent}{NBSP}%)"
        self.headline.setText(
            f"{plural(done, 'école')} sur {whole(total)} à jour pour {year}{share}"
        )
        words = (
            f"{plural(known - done, 'école')} sur une déclaration plus ancienne, "
            f"{plural(total - known, 'école')} sans aucune déclaration validée."
        )
        self.details.setText(words)
        self.strip.show_parts(done, known - done, total - known, f"{self.headline.text()}, {words}")

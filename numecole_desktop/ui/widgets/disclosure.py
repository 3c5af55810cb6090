"""A line that opens into details."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from numecole_desktop.ui.icons import icon
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import Text


class Disclosure(QWidget):
    """A button with words; when pressed, the sentences below it."""

    def __init__(self, words: str, sentences: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton(self)
        self.button.setText(words)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(14, 14))
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._details = QWidget(self)
        inside = QVBoxLayout(self._details)
        inside.setContentsMargins(24, 0, 0, 4)
        inside.setSpacing(4)
        for sentence in sentences:
            inside.addWidget(Text(sentence, tone="muted", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self._details)
        self.button.toggled.connect(self._toggle)
        self._toggle(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_details"):
            self._dress()

    def _toggle(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._dress()

    def _dress(self) -> None:
        name = "up" if self.button.isChecked() else "down"
        self.button.setIcon(icon(name, colours().action))

"""The status bar: what was just saved or done at the left, where the base is at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStatusBar, QWidget

from numecole_desktop.ui.widgets.text import SMALL, ElidedText, Text


class StatusLine(QStatusBar):
    """Two texts that stay until the next ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.message = ElidedText(tone="muted", size=SMALL)
        self.base = Text(tone="muted", size=SMALL)
        self.setContentsMargins(10, 0, 10, 0)
        self.addWidget(self.message, 1)
        self.addPermanentWidget(self.base)
        self.wait: Text | None = None

    def say(self, text: str, tone: str) -> None:
        """Replace the left text; ``tone`` is a colour name of the theme."""
        self.message.set_tone(tone)
        self.message.setText(text)

    def show_wait(self, *, shown: bool) -> None:
        """Say, or no longer say, that the base is being read."""
        if self.wait is None:
            self.wait = Text("Lecture en cours…", tone="action", size=SMALL)
            self.insertPermanentWidget(1, self.wait)  # left of the base
        self.wait.setVisible(shown)

    def show_base(self, path: Path, sample: bool) -> None:
        """Say where the base is."""
        shown = "Base d’exemple" if sample else f"Base\u00a0: {path.name}"
        self.base.setText(shown)
        self.base.setToolTip(str(path))

"""What a screen shows when it has nothing: a sentence and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.ui.icons import pixmap
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.text import HEADING, Text


class EmptyState(QWidget):
    """An icon, a heading, a sentence, one or two buttons; ``chosen`` carries a button's code."""

    chosen = Signal(str)

    def __init__(
        self,
        icon: str,
        heading: str,
        sentence: str,
        buttons: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        picture = Text()
        picture.setPixmap(pixmap(icon, colours().border, 44))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(picture)
        self.heading = Text(heading, size=HEADING, bold=True, wrap=True)
        self.sentence = Text(sentence, tone="muted", wrap=True)
        for text in (self.heading, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        row = QHBoxLayout()
        row.addStretch(1)
        self.buttons = []
        for place, (code, label) in enumerate(buttons):
            button = Button(label, code=code, primary=place == 0)
            button.pressed_code.connect(self.chosen)
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)

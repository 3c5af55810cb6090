"""A line of text to type, as high as the buttons beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

_HEIGHT = 30


class Entry(QLineEdit):
    """A field with a name that is read aloud; ``hint`` shows while it is empty."""

    def __init__(
        self, name: str, text: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMinimumHeight(_HEIGHT)

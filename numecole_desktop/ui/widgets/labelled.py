"""A field with its words in front, aligned with the fields above and below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.text import Text

_WIDTH = 120


def labelled(words: str, *fields: QWidget) -> QHBoxLayout:
    """A row: words, then fields, of which the first takes the room."""
    label = Text(words, tone="muted")
    label.setMinimumWidth(scaled(_WIDTH))
    label.setBuddy(fields[0])
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label)
    for place, field in enumerate(fields):
        row.addWidget(field, 0 if place else 1)
    return row

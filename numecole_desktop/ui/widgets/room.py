"""A part that keeps a useful height: in a window that is lower, it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from numecole_desktop.ui.widgets.scroll import dress_bars


class Room(QScrollArea):
    """Holds ``part``, never lower than ``least`` pixels; the keyboard goes to what is inside."""

    def __init__(self, part: QWidget, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        part.setMinimumHeight(least)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        dress_bars(self)
        self.setWidget(part)
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A part that is hidden keeps its least height: there is nothing to scroll to.
        policy = {
            QEvent.Type.ShowToParent: Qt.ScrollBarPolicy.ScrollBarAsNeeded,
            QEvent.Type.HideToParent: Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
        }.get(event.type())
        if policy is not None:
            self.setVerticalScrollBarPolicy(policy)
        return super().eventFilter(watched, event)

"""A bar that offers to do something, once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.card import Notice


class OfferBar(Notice):
    """Hidden until something is offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "action", parent)
        self._action: Callable[[], None] | None = None
        self.button = Button("Continuer", primary=True)
        self.button.clicked.connect(self._accept)
        self.close_button = IconButton("close", "Fermer ce message")
        self.close_button.clicked.connect(self.hide)
        self.row.addWidget(self.button)
        self.row.addWidget(self.close_button)

    def offer(self, words: str, button: str, action: Callable[[], None]) -> None:
        """Offer ``action`` under the words ``button``."""
        self._action = action
        self.button.setText(button)
        self.say(words)

    def withdraw(self, action: Callable[[], None]) -> None:
        """Offer ``action`` no more: it was done another way."""
        if self._action == action:
            self.hide()

    def _accept(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

"""Dialogs of the window: opened without blocking, freed when closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.text import HEADING, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

_WIDTH = 480
SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
"""Of a text that one may want to copy."""


class Dialog(QDialog):
    """A heading, ``body`` for its parts, and a row of buttons.

    ``accept_text`` is the primary button, « » for a dialog that only informs.
    """

    def __init__(
        self,
        title: str,
        parent: QWidget | None,
        *,
        accept_text: str = "",
        close_text: str = "Fermer",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.close_button = Button("Annuler" if accept_text else close_text)
        self.close_button.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)
        self.accept_button: Button | None = None
        if accept_text:
            self.accept_button = Button(accept_text, primary=True)
            self.accept_button.clicked.connect(self.accept)
            self.accept_button.setDefault(True)
            self.buttons.addWidget(self.accept_button)
        else:
            self.close_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(Text(title, size=HEADING, bold=True, wrap=True))
        column.addLayout(self.body, 1)
        column.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order_stops()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(height, self.minimumHeight()))

    def _order_stops(self) -> None:
        """The parts, then the buttons; a dialog that only informs begins at its button."""
        row = [self.buttons.itemAt(place) for place in range(self.buttons.count())]
        last = [widget for item in row if item is not None and (widget := item.widget())]
        focus.order([[stop for stop in focus.stops(self) if stop not in last], last])
        if self.accept_button is None and self.focusWidget() is None:
            self.close_button.setFocus()

    def say(self, text: str, tone: str = "text") -> Text:
        """One more sentence."""
        said = Text(text, tone=tone, wrap=True)
        self.body.addWidget(said)
        return said


class MessageDialog(Dialog):
    """Sentences to read."""

    def __init__(self, title: str, lines: tuple[str, ...], parent: QWidget | None) -> None:
        super().__init__(title, parent)
        for line in lines:
            self.say(line)


class UnsavedDialog(Dialog):
    """The last answers were refused: stay to mend it, or ``accepted`` to lose them.

    ``why`` says so; without it, the disk is the reason.
    """

    def __init__(self, parent: QWidget | None, why: str = "") -> None:
        super().__init__(
            "Les dernières réponses ne sont pas enregistrées",
            parent,
            accept_text="Fermer sans les enregistrer",
        )
        self.say(
            why
            or "Le disque ou le dossier de la base refuse l’écriture. Restez dans la fenêtre, "
            "faites de la place ou rétablissez l’accès, puis Ctrl+S."
        )
        self.close_button.setText("Rester")
        self.close_button.setDefault(True)

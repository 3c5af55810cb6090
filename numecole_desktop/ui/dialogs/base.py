"""Dialogs of the window: opened without blocking, freed when closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.body import Body
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.text import HEADING, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

_WIDTH = 480
_AROUND = 36
SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
"""Of a text that one may want to copy."""


class Dialog(QDialog):
    """A heading, ``body`` for its parts, and a row of buttons; never larger than the screen.

    ``accept_text`` is the primary button, « » for a dialog that only informs.
    """

    help_page = ""
    """« page » or « page#section » of the guide that F1 opens."""

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
        self._inside = Body(title)
        self._inside.changed.connect(self._grow)
        self.body = self._inside.column
        self._preferred = QSize()
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
        column.addWidget(self._inside, 1)
        column.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order_stops()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            from numecole_desktop.ui.help import show_help

            show_help(self.help_page, self)
        else:
            super().keyPressEvent(event)

    def open_soon(self) -> None:
        """Open in the next turn of the event loop: making a long dialog takes most of a frame."""
        QTimer.singleShot(0, self, self.open)

    def prefer(self, width: int, height: int) -> None:
        """Open with this size at least, where the screen allows it."""
        self._preferred = QSize(width, height)

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible():
            self.ensurePolished()
            self.resize(self._wanted())
        super().setVisible(visible)

    def _wanted(self) -> QSize:
        """What the parts need, within the screen."""
        layout = self.layout()
        if layout is None:
            return self.size()
        room = room_for(self)
        least = self._preferred.expandedTo(self.minimumSizeHint())
        width = min(room.width(), max(least.width(), self.minimumWidth()))
        margins = layout.contentsMargins()
        inside = width - margins.left() - margins.right()
        self._inside.fit(inside)
        self._stack_buttons(inside)
        layout.invalidate()
        height = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(width)
        return QSize(width, min(room.height(), max(height, least.height())))

    def _stack_buttons(self, width: int) -> None:
        """One button above the other where a row of them would be cut."""
        self.buttons.setDirection(QBoxLayout.Direction.LeftToRight)
        if self.buttons.minimumSize().width() > width:
            self.buttons.setDirection(QBoxLayout.Direction.TopToBottom)

    def _grow(self) -> None:
        """A part asks for more, as a message that appears: give it what the screen has."""
        if self.isVisible():
            wanted = self._wanted()
            if wanted.height() > self.height():
                self.resize(self.width(), wanted.height())

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


def room_for(window: QWidget) -> QSize:
    """The largest size that leaves ``window`` whole on its screen, with its title."""
    return window.screen().availableGeometry().size() - QSize(_AROUND, _AROUND)


class MessageDialog(Dialog):
    """Sentences to read."""

    help_page = "problemes"

    def __init__(self, title: str, lines: tuple[str, ...], parent: QWidget | None) -> None:
        super().__init__(title, parent)
        for line in lines:
            self.say(line)


class UnsavedDialog(Dialog):
    """The last answers were refused: stay to mend it, or ``accepted`` to lose them.

    ``why`` says so; without it, the disk is the reason.
    """

    help_page = "problemes#les-reponses-ne-s-enregistrent-pas"

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

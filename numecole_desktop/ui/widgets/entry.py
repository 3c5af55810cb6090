"""A line of text to type, as high as the buttons beside it, its edge seen in every palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from numecole_desktop.ui.icons import icon
from numecole_desktop.ui.theme import colours, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 30
_CLEAR = "_q_qlineeditclearaction"


class Entry(QLineEdit):
    """A field with a name that is read aloud; ``hint`` shows while it is empty."""

    def __init__(
        self, name: str = "", text: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMinimumHeight(scaled(HEIGHT))
        self.setTextMargins(4, 0, 4, 0)

    def setClearButtonEnabled(self, enable: bool) -> None:
        super().setClearButtonEnabled(enable)
        self._dress_clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress_clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_edge(self)

    def _dress_clear(self) -> None:
        """Qt's own cross is too pale to be seen."""
        cross = self.findChild(QAction, _CLEAR)
        if cross is not None:
            cross.setIcon(icon("close", colours().muted))
            cross.setText("Vider le champ")


class NarrowingEntry(Entry):
    """A field that narrows a list: Échap is its own, although it also leaves a screen."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)


class FormEntry(Entry):
    """A field of a form, whose undo belongs to the form and not to the field."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (
                event.matches(QKeySequence.StandardKey.Undo)
                or event.matches(QKeySequence.StandardKey.Redo)
            )
        ):
            event.ignore()
            return False
        return super().event(event)


def draw_edge(field: QWidget) -> None:
    """The edge of a field, stronger where the keyboard is."""
    theme = colours()
    painter = QPainter(field)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    focused = field.hasFocus()
    painter.setPen(QPen(theme.action if focused else theme.border, 2 if focused else 1))
    inset = 1.0 if focused else 0.5
    painter.drawRoundedRect(QRectF(field.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)

"""Pages one above the other, of which only the one shown counts: for its palette, for its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from numecole_desktop.ui.theme import colours, palette


class Stack(QStackedWidget):
    """A page that is hidden takes another palette when it is shown, and asks for no room.

    Qt would give the palette at once to every widget of every page: more than a frame once all are
    open. And it would keep the room of the largest page: with large text, every screen would then
    scroll sideways once one that must was opened.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dressed: dict[QWidget, str] = {}
        self.currentChanged.connect(self._dress)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())

    def addWidget(self, page: QWidget) -> int:
        self._give_palette(page)
        return super().addWidget(page)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        page = self.currentWidget()
        if page is not None and self._dressed.get(page) != colours().name:
            self._give_palette(page)

    def _give_palette(self, page: QWidget) -> None:
        self._dressed[page] = colours().name
        page.setPalette(palette(colours()))

"""Names to tick, found by typing: arrows move, the space bar ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from numecole_desktop.domain.french import fold
from numecole_desktop.ui.theme import colours, row_height
from numecole_desktop.ui.widgets.entry import Entry

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

_ROWS = 6
_CODE = Qt.ItemDataRole.UserRole
_TICKS = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
_STATES = (Qt.CheckState.Unchecked, Qt.CheckState.Checked)


class TickList(QListWidget):
    """The names; ``typed`` carries text typed over them."""

    typed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(_ROWS * row_height())
        self._soften()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isprintable() and text.strip():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._soften()

    def _soften(self) -> None:
        theme, palette = colours(), self.palette()
        if palette.color(QPalette.ColorRole.Highlight) != theme.selection:
            palette.setColor(QPalette.ColorRole.Highlight, theme.selection)
            palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
            self.setPalette(palette)


class Checklist(QWidget):
    """A search over the names to tick; ``ticked`` when a person ticks one."""

    ticked = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = Entry(hint, hint=hint)
        self.names = TickList(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.names)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._filter)
        self.names.typed.connect(self._typed)
        self.names.itemChanged.connect(self._changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self.names.setFocus()
        else:
            super().keyPressEvent(event)

    def show_options(self, options: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:
        """Offer (code, name), of which some are ticked and come first."""
        self.names.blockSignals(True)
        self.names.clear()
        for code, name in sorted(options, key=lambda option: option[0] not in ticked):
            item = QListWidgetItem(name, self.names)
            item.setData(_CODE, code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | _TICKS)
            item.setCheckState(_STATES[code in ticked])
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)
        self._filter(self.search.text())

    def codes(self) -> tuple[str, ...]:
        """Codes of the names ticked, shown or not."""
        items = (self.names.item(row) for row in range(self.names.count()))
        return tuple(i.data(_CODE) for i in items if i.checkState() is Qt.CheckState.Checked)

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        first = -1
        for row in range(self.names.count()):
            item = self.names.item(row)
            found = all(word in fold(item.text()) for word in words)
            item.setHidden(not found)
            if found and first < 0:
                first = row
        if words:
            self.names.setCurrentRow(first)

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _changed(self, _: QListWidgetItem) -> None:
        self.ticked.emit()

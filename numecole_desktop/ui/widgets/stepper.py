"""A whole number that one moves: buttons « moins » and « plus », arrows, digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSpinBox, QWidget

from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.buttons import IconButton
from numecole_desktop.ui.widgets.entry import HEIGHT, draw_edge
from numecole_desktop.ui.widgets.focus import Through

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

_WIDTH = 64
_UNKNOWN = -1
"""Under zero: the question has no answer."""


class CountBox(QSpinBox):
    """The number itself; Entrée goes on to the next field, the wheel only turns what has focus."""

    def __init__(self, name: str, highest: int) -> None:
        super().__init__()
        self.setRange(_UNKNOWN, highest)
        self.setSpecialValueText("n.c.")
        self.setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(scaled(_WIDTH))
        self.setMinimumHeight(scaled(HEIGHT))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def stepBy(self, steps: int) -> None:
        super().stepBy(steps)
        if not self.hasFocus():
            self.lineEdit().deselect()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lineEdit().deselect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_edge(self)


class Stepper(Through):
    """A number between its two buttons; ``moved`` when a person changes it."""

    moved = Signal()

    def __init__(self, name: str, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CountBox(name, highest)
        self.fewer = IconButton("minus", f"Un de moins\u00a0: {name}")
        self.more = IconButton("plus", f"Un de plus\u00a0: {name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.fewer, self.box, self.more):
            row.addWidget(part)
        for button, move in ((self.fewer, self.box.stepDown), (self.more, self.box.stepUp)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows do it from the field
            button.setAutoRepeat(True)
            button.clicked.connect(move)
        self.pass_to(self.box)
        self.box.valueChanged.connect(self._tell)

    def value(self) -> int | None:
        """The number; None when there is no answer."""
        value = self.box.value()
        return None if value == _UNKNOWN else value

    def set_value(self, value: int | None) -> None:
        """Show a number without telling anyone."""
        self.box.blockSignals(True)
        self.box.setValue(_UNKNOWN if value is None else value)
        self.box.blockSignals(False)

    def _tell(self) -> None:
        self.moved.emit()

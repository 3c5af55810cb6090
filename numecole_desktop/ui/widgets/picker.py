"""A drop-down list of named choices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class Picker(QComboBox):
    """Choices by code; ``chosen`` carries the code when a person chooses.

    The wheel does nothing while the list is closed: scrolling a page must not change an answer.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMinimumHeight(30)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_options(options)
        self.activated.connect(self._tell)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the choices; the chosen one stays if it is still there."""
        kept = self.value()
        self.clear()
        for code, label in options:
            self.addItem(label, code)
        self.set_value(kept)

    def value(self) -> str | None:
        """Code of the choice; None when the list is empty."""
        code = self.currentData()
        return code if isinstance(code, str) else None

    def set_value(self, code: str | None) -> None:
        """Show a choice without telling anyone; a code not in the list changes nothing."""
        place = self.findData(code) if code is not None else -1
        if place >= 0:
            self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self) -> None:
        self.chosen.emit(self.value() or "")

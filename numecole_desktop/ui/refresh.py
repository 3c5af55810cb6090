"""The one place that tells the open screens what a write changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Changes


class Refresher(QObject):
    """Receives the changes of every write and passes them on, once, to whoever shows them."""

    changed = Signal(object)

    def publish(self, changes: Changes) -> None:
        """Tell every screen; nothing is said when nothing changed."""
        parts = (changes.schools, changes.declarations, changes.applications)
        if changes.everything or any(parts):
            self.changed.emit(changes)

"""Column headings, with room under them where each column can be filtered."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QHeaderView, QWidget


class Heading(QHeaderView):
    """The headings of a table; ``make_room`` opens a strip under them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._room = 0
        self.setSectionsClickable(True)

    def setSelectionModel(self, rows: QItemSelectionModel) -> None:
        """Keep a selection apart: headings do not show which rows are chosen.

        At each painting Qt asks of every heading whether all of its cells are, one by one.
        """
        super().setSelectionModel(QItemSelectionModel(rows.model(), self))

    def make_room(self, room: int) -> None:
        """Keep ``room`` pixels free under the headings."""
        self.setFixedHeight(self.height() - self._room + room)
        self._room = room
        self.updateGeometries()

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, self._room)
        super().updateGeometries()

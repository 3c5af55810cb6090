"""Small grids of texts with column headings, for figures to be read side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import SMALL, Text


class Grid(QWidget):
    """Rows of texts under headings; the column ``wide`` takes the room, the others fit.

    Columns in ``right`` are aligned right and have at least ``least`` pixels.
    """

    def __init__(
        self,
        headings: Sequence[str],
        wide: int,
        right: Sequence[int] = (),
        least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._right = frozenset(right)
        self._columns = len(headings)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(18)
        self.grid.setVerticalSpacing(5)
        self.grid.setColumnStretch(wide, 1)
        for column in right:
            self.grid.setColumnMinimumWidth(column, least)
        self._next = 0
        self._rows: list[list[QWidget]] = []
        if any(headings):
            self._put([Text(heading, tone="muted", size=SMALL, wrap=False) for heading in headings])

    def add(self, cells: Sequence[QWidget]) -> None:
        """One more row of texts, or of buttons, under a thin line."""
        line = _Rule(self)
        self.grid.addWidget(line, self._next, 0, 1, self._columns)
        self._next += 1
        self._put(cells)
        self._rows.append([line, *cells])

    def set_row_visible(self, row: int, visible: bool) -> None:
        """Show or hide a row that was added, by its number from 0."""
        for part in self._rows[row]:
            part.setVisible(visible)

    def _put(self, cells: Sequence[QWidget]) -> None:
        for column, cell in enumerate(cells):
            top = Qt.AlignmentFlag.AlignVCenter
            side = Qt.AlignmentFlag.AlignRight if column in self._right else top
            if isinstance(cell, Text):
                cell.setAlignment(side | top)
            self.grid.addWidget(cell, self._next, column)
        self._next += 1


class _Rule(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: object) -> None:
        from PySide6.QtGui import QPainter

        QPainter(self).fillRect(self.rect(), colours().line)

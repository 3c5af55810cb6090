"""Rows that can also be written to a file, and put back in their first order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt

from numecole_desktop.ui.models.rows import Cell, RowsModel

Content = tuple[list[str], list[list[Cell]]]
"""Headings and rows of a table."""


class LinesModel(RowsModel):
    """A table of plain rows under headings; sorting by column -1 gives the first order back."""

    def __init__(self, headings: Sequence[str], parent: object = None) -> None:
        super().__init__(headings, parent)  # type: ignore[arg-type]  # a QObject
        self._first: list[tuple[Sequence[Cell], object]] = []

    def set_rows(self, rows: Sequence[Sequence[Cell]], values: Sequence[object] = ()) -> None:
        super().set_rows(rows, values)
        self._first = list(self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            super().sort(column, order)
        elif self._rows != self._first:
            self.beginResetModel()
            self._rows = list(self._first)
            self.endResetModel()

    def content(self, columns: Iterable[int] | None = None) -> Content:
        """Headings and rows as shown; ``columns`` keeps some of them, in that order."""
        kept = list(range(len(self._headings)) if columns is None else columns)
        rows = [[cells[column] for column in kept] for cells, _ in self._rows]
        return [self._headings[column] for column in kept], rows

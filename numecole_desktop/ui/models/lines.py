"""Rows that can also be written to a file."""

from __future__ import annotations

from collections.abc import Iterable

from numecole_desktop.ui.models.rows import Cell, RowsModel

Content = tuple[list[str], list[list[Cell]]]
"""Headings and rows of a table."""


class LinesModel(RowsModel):
    """A table of plain rows whose headings and cells are read back, as shown."""

    def content(self, columns: Iterable[int] | None = None) -> Content:
        """Headings and rows as shown; ``columns`` keeps some of them, in that order."""
        kept = list(range(len(self._headings)) if columns is None else columns)
        rows = [[cells[column] for column in kept] for cells, _ in self._rows]
        return [self._headings[column] for column in kept], rows

"""A table of plain rows: texts and numbers, sorted by the value itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from numecole_desktop.domain.filters import number_of
from numecole_desktop.domain.french import sort_key, whole
from numecole_desktop.domain.spreadsheet import is_number

if TYPE_CHECKING:
    from numecole_desktop.domain.filters import Keeps

Index = QModelIndex | QPersistentModelIndex
Cell = str | int | None

_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RowsModel(QAbstractTableModel):
    """Rows under headings. None is shown as nothing; whole numbers are right-aligned."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: list[tuple[Sequence[Cell], object]] = []
        self._all = self._rows
        self._first = self._rows
        self._sorting: tuple[int, bool] | None = None
        self._filters: dict[int, Keeps] = {}

    def set_rows(self, rows: Sequence[Sequence[Cell]], values: Sequence[object] = ()) -> None:
        """Show other rows; ``values`` are the objects they stand for, in the same order."""
        own = values or [None] * len(rows)
        self._first = list(zip(rows, own, strict=True))
        self._all = list(self._first)
        self._arrange()

    def set_column_filters(self, wanted: Mapping[int, str]) -> None:
        """Keep the rows whose cells hold what was typed, by column (``column_filter``)."""
        from numecole_desktop.domain.filters import column_filter

        found = {column: column_filter(text) for column, text in wanted.items()}
        self._filters = {column: keeps for column, keeps in found.items() if keeps is not None}
        self._show()

    def cells_at(self, rows: Iterable[int], columns: Sequence[int]) -> Iterator[list[Cell]]:
        """Cells of some rows, for the clipboard; they stay those of now if the table changes."""
        chosen = [self._rows[row][0] for row in rows]
        return ([cells[column] for column in columns] for cells in chosen)

    def value(self, row: int) -> object:
        """The object that a row stands for."""
        return self._rows[row][1]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][0][index.column()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return whole(cell) if isinstance(cell, int) else (cell or "")
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, int):
            return _RIGHT
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(section):
            return _RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: empty cells first, then numbers and dates by value, then texts.

        Column -1 gives the first order back. Rows set later are sorted likewise.
        """
        known = 0 <= column < len(self._headings)
        wanted = (column, order == Qt.SortOrder.DescendingOrder) if known else None
        if wanted is None and self._sorting is None:
            return
        if wanted is None:
            self._all = list(self._first)
        self._sorting = wanted
        self._arrange()

    def _arrange(self) -> None:
        if self._sorting is not None:
            column, descending = self._sorting
            self._all.sort(key=lambda row: _key(row[0][column]), reverse=descending)
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        wanted = self._filters.items()
        self._rows = [
            row for row in self._all if all(keeps(row[0][column]) for column, keeps in wanted)
        ]
        self.endResetModel()

    def _is_number(self, column: int) -> bool:
        return any(isinstance(cells[column], int) for cells, _ in self._rows[:1])


def _key(cell: Cell) -> tuple[int, float, object]:
    if cell is None or cell == "":
        return (0, 0, ())
    if isinstance(cell, int):
        return (1, cell, ())
    if is_number(cell):
        return (1, number_of(cell) or 0, ())
    day = _DAY.match(cell)
    return (2, 0, sort_key(f"{day[3]} {day[2]} {day[1]} {cell}" if day else cell))

"""A table of plain rows: texts and numbers, sorted by the value itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from numecole_desktop.domain.french import sort_key, whole

Index = QModelIndex | QPersistentModelIndex
Cell = str | int | None

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RowsModel(QAbstractTableModel):
    """Rows under headings. None is shown as nothing; whole numbers are right-aligned."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: list[tuple[Sequence[Cell], object]] = []

    def set_rows(self, rows: Sequence[Sequence[Cell]], values: Sequence[object] = ()) -> None:
        """Show other rows; ``values`` are the objects they stand for, in the same order."""
        self.beginResetModel()
        own = values or [None] * len(rows)
        self._rows = list(zip(rows, own, strict=True))
        self.endResetModel()

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
        """Sort by a column; empty cells come first."""
        if not 0 <= column < len(self._headings):
            return
        self.beginResetModel()
        self._rows.sort(
            key=lambda row: _key(row[0][column]), reverse=order == Qt.SortOrder.DescendingOrder
        )
        self.endResetModel()

    def _is_number(self, column: int) -> bool:
        return any(isinstance(cells[column], int) for cells, _ in self._rows[:1])


def _key(cell: Cell) -> tuple[int, int, object]:
    if cell is None or cell == "":
        return (0, 0, ())
    return (1, cell, ()) if isinstance(cell, int) else (2, 0, sort_key(cell))

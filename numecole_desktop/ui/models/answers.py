"""The answers of « Rechercher partout » as a list: headings that cannot be chosen, and entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from numecole_desktop.domain.french import whole

if TYPE_CHECKING:
    from numecole_desktop.ui.models.finder import Entry, Group, Source

Index = QModelIndex | QPersistentModelIndex


class Line:
    """One line: the heading of a source, or one of its entries."""

    __slots__ = ("entry", "heading", "source")

    def __init__(self, heading: str, source: Source, entry: Entry | None = None) -> None:
        self.heading = heading
        self.source = source
        self.entry = entry

    @property
    def words(self) -> str:
        """The whole line, as it is read aloud."""
        if self.entry is None:
            return self.heading
        parts = (self.entry.title, self.entry.detail, self.entry.keys)
        return ", ".join(part for part in parts if part)


class AnswersModel(QAbstractListModel):
    """Lines of several groups, one under the other."""

    def __init__(self, parent: object | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # a QObject
        self._lines: list[Line] = []
        self._places: list[int] = []

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other answers."""
        self.beginResetModel()
        self._lines = []
        for heading, source, entries in groups:
            self._lines.append(Line(heading, source))
            self._lines += [Line(heading, source, entry) for entry in entries]
        self._places = [n for n, line in enumerate(self._lines) if line.entry is not None]
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line at ``row``."""
        return self._lines[row]

    def moved(self, row: int, by: int) -> int:
        """The row of the entry ``by`` entries after ``row``, first or last at most; -1 for none."""
        if not self._places:
            return -1
        here = self._places.index(row) if row in self._places else -by
        return self._places[max(0, min(here + by, len(self._places) - 1))]

    def said(self, row: int) -> str:
        """« École Jules Ferry, Limoux · 0110160P, 1 sur 12 »."""
        if row < 0:
            return ""
        rank = whole(self._places.index(row) + 1)
        return f"{self.line(row).words}, {rank} sur {whole(len(self._places))}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._lines[index.row()].entry is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._lines[index.row()].words
        return None

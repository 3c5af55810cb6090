"""The figures of a territory as a table: titles of groups, counts, shares, levels above, n.c."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.table_layout import NAME_ROLE

if TYPE_CHECKING:
    from numecole_desktop.domain.filters import Keeps
    from numecole_desktop.domain.territory_profile import FigureGroup, FigureLine

Index = QModelIndex | QPersistentModelIndex
LABEL, COUNT, SHARE, BAR, MISSING, FIRST_ABOVE = range(6)
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
"""Role that returns the FigureLine of a row; None for the title of a group."""

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_COPIED = int(Qt.ItemDataRole.EditRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_INK = int(Qt.ItemDataRole.ForegroundRole)
_HEADINGS = ("Chiffre", "Valeur", "Part", "Comparaison", "n.c.")


class FiguresModel(QAbstractTableModel):
    """One row by figure under the title of its group; the levels above are the last columns."""

    unfiltered = frozenset((BAR,))
    """A drawing has no words to look for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[FigureGroup] = ()
        self._filters: dict[int, Keeps] = {}
        self._rows: list[tuple[str, FigureLine | None]] = []
        self.above: Sequence[str] = ()

    def set_groups(self, groups: Sequence[FigureGroup], above: Sequence[str]) -> None:
        """Show other figures beside other levels."""
        self.beginResetModel()
        self.above, self._groups = above, groups
        self._arrange()
        self.endResetModel()

    def set_column_filters(self, wanted: Mapping[int, str]) -> None:
        """Keep the figures whose cells hold what was typed, by column, and the titles over them."""
        from numecole_desktop.domain.filters import column_filter

        found = {column: column_filter(text) for column, text in wanted.items()}
        self.beginResetModel()
        self._filters = {column: keeps for column, keeps in found.items() if keeps is not None}
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        self._rows = []
        for group in self._groups:
            kept = [(line.label, line) for line in group.lines if self._keeps(line)]
            self._rows += [(group.title, None), *kept] if kept else []

    def _keeps(self, line: FigureLine) -> bool:
        return all(keeps(_text(line, column)) for column, keeps in self._filters.items())

    def line(self, row: int) -> FigureLine | None:
        """The figure of a row; None for a title."""
        return self._rows[row][1] if 0 <= row < len(self._rows) else None

    def titles(self) -> list[int]:
        """Rows that hold the title of a group."""
        return [row for row, (_, line) in enumerate(self._rows) if line is None]

    def cells(self) -> tuple[list[str], list[list[str | int | None]]]:
        """Headings and every row for a file: groups, plain numbers, percentages without sign."""
        headings = ["groupe", "chiffre", "code", "valeur", "pourcentage", "sur", "nc_pourcentage"]
        headings += [f"pourcentage {name}" for name in self.above]
        rows: list[list[str | int | None]] = []
        for group in self._groups:
            for line in group.lines:
                count = line.count if line.known else None
                share = (count, line.percent, line.base, line.missing)
                above = (beside.percent for beside in line.beside)
                rows.append([group.title, line.label, line.name, *share, *above])
        return headings, rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else FIRST_ABOVE + len(self.above)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.line(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        title, line = self._rows[index.row()]
        column = index.column()
        if role == LINE_ROLE:
            return line
        if line is None:
            shown = column == LABEL and role in (_DISPLAY, _COPIED, _ACCESSIBLE)
            return title if shown else None
        if role in (_DISPLAY, _COPIED):
            return _text(line, column)
        if role in (_TOOLTIP, _ACCESSIBLE):
            return _words(line, column, self.above)
        if role == _ALIGNMENT and column not in (LABEL, BAR):
            return _RIGHT
        if role == _INK and column in (COUNT, MISSING) and opens(line, column):
            return colours().action
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGNMENT and section not in (LABEL, BAR):
            return _RIGHT
        if role == _TOOLTIP and section == MISSING:
            return "Part des écoles sans réponse (non communiqué)"
        if role == NAME_ROLE and section >= FIRST_ABOVE:
            # Named from the highest: the académie keeps its column, whatever stands under it.
            return f"niveau {len(self.above) + FIRST_ABOVE - section}"
        if role != _DISPLAY:
            return None
        return _HEADINGS[section] if section < FIRST_ABOVE else self.above[section - FIRST_ABOVE]


def opens(line: FigureLine, column: int) -> str:
    """The figure whose schools a cell opens into; empty where there is none to list."""
    if column == MISSING:
        return f"missing_{line.name}" if line.missing else ""
    if column >= FIRST_ABOVE or not line.count or (column == SHARE and line.percent is None):
        return ""
    return line.name


def _text(line: FigureLine, column: int) -> str:
    if column == LABEL:
        return line.label
    if column == COUNT:
        return line.text
    if column == SHARE:
        return "" if line.percent is None else f"{line.percent}{NBSP}%"
    if column == MISSING:
        return "" if line.missing is None else f"{line.missing}{NBSP}%"
    place = column - FIRST_ABOVE
    return line.beside[place].text if 0 <= place < len(line.beside) else ""


def _words(line: FigureLine, column: int, above: Sequence[str]) -> str:
    if column == MISSING:
        if line.missing is None:
            return f"{line.label}{NBSP}: sans objet"
        return f"{line.label}{NBSP}: {line.missing}{NBSP}% des écoles sans réponse (n.c.)"
    if column >= FIRST_ABOVE:
        return f"{above[column - FIRST_ABOVE]}{NBSP}: {_text(line, column) or 'n.c.'}"
    said = f"{line.label}{NBSP}: {_text(line, COUNT)}"
    if line.percent is not None:
        said += f", {line.percent}{NBSP}% des {line.base}"
    if column == BAR:
        beside = [f"{b.name} {b.text or 'n.c.'}" for b in line.beside]
        said = f"{NBSP}; ".join([said, *beside])
    return said

"""The list of schools: a model over row numbers, filtered and sorted without a proxy.

A keystroke narrows the former hits; a sort reads ranks computed once, away from the window.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from numecole_desktop.services.schools import SchoolRow

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
"""Role that returns the SchoolRow itself."""

COMMUNE, NAME, UAI, TYPE, CIRCONSCRIPTION, INDEX, STATUS, DEPARTMENT, SECTOR, DECLARED = range(10)
HEADERS = (
    *("Commune", "École", "UAI", "Type", "Circonscription", "Indice", "Déclaration"),
    *("Département", "Secteur", "Année de l’indice"),
)
_DRAWN = frozenset((INDEX, STATUS))  # by a delegate: their text is for copies and screen readers
STATUS_LABELS = {"": "À déclarer", "draft": "Brouillon", "submitted": "Validée"}
_STATUS_RANK = {"": 0, "draft": 1, "submitted": 2}

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_COPIED = int(Qt.ItemDataRole.EditRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_USER = int(ROW_ROLE)
_HORIZONTAL = Qt.Orientation.Horizontal


def index_text(row: SchoolRow) -> str:
    """The index in words: « Indice 2 sur 3, déclaration de 2022-2023 »."""
    if row.index is None:
        return "Indice non calculé\u00a0: aucune déclaration validée"
    return f"Indice {row.index} sur 3, déclaration de {row.declared_year}"


_TEXTS: tuple[Callable[[Any], str], ...] = (
    attrgetter("commune"),
    attrgetter("name"),
    attrgetter("uai"),
    attrgetter("type_label"),
    attrgetter("circonscription"),
    lambda row: "n.c." if row.index is None else str(row.index),
    lambda row: STATUS_LABELS[row.status],
    attrgetter("department"),
    lambda row: "Publique" if row.public else "Privée",
    attrgetter("declared_year"),
)


def rank_rows(rows: Sequence[SchoolRow]) -> Mapping[int, array[int]]:
    """Place of each row in the order of each column (equal values share one).

    Takes a while on a large list: meant for the base's thread.
    """
    from numecole_desktop.domain.french import sort_key

    ranks: dict[int, array[int]] = {}
    for column, text in enumerate(_TEXTS):
        if column == INDEX:
            ranks[column] = array("l", [-1 if r.index is None else r.index for r in rows])
        elif column == STATUS:
            ranks[column] = array("l", [_STATUS_RANK[r.status] for r in rows])
        else:
            values = [text(row) for row in rows]
            place = {v: i for i, v in enumerate(sorted(set(values), key=sort_key))}
            ranks[column] = array("l", [place[v] for v in values])
    return ranks


class SchoolFilter:
    """What the buttons above the list keep.

    ``status`` is « all » or a status of SchoolRow, ``sector`` « all », « public » or « private »,
    ``opening`` « all », « open » or « closed ».
    """

    def __init__(self, status: str = "all", sector: str = "public", opening: str = "open") -> None:
        self.status = status
        self.sector = sector
        self.opening = opening

    def keeps(self, row: SchoolRow) -> bool:
        """Whether the buttons, without the text, keep ``row``."""
        return self.keeps_kind(row) and self.status in ("all", row.status)

    def keeps_kind(self, row: SchoolRow) -> bool:
        """Whether sector and opening keep ``row``, whatever its status."""
        return (self.sector == "all" or row.public == (self.sector == "public")) and (
            self.opening == "all" or row.open == (self.opening == "open")
        )


class SchoolsModel(QAbstractTableModel):
    """Numbers of rows in three lists: all sorted, kept by the buttons, shown (by the text too)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[SchoolRow] = ()
        self._ranks: Mapping[int, array[int]] = {}
        self._order: Sequence[int] = ()
        self._kept: Sequence[int] = ()
        self._shown: Sequence[int] = ()
        self._words: tuple[str, ...] = ()
        self._filter = SchoolFilter()
        self._sorting: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[SchoolRow]) -> None:
        """Show other rows, in the order given."""
        self.beginResetModel()
        self._rows = rows
        self._ranks = {}
        self._order = range(len(rows))
        self._keep()
        self.endResetModel()

    def set_ranks(self, ranks: Mapping[int, array[int]]) -> None:
        """Give the ranks of the rows shown, and sort as was asked."""
        self._ranks = ranks
        if self._sorting is not None:
            self.beginResetModel()
            self._sort()
            self.endResetModel()

    def set_filter(self, wanted: SchoolFilter) -> None:
        """Keep other rows."""
        self.beginResetModel()
        self._filter = wanted
        self._keep()
        self.endResetModel()

    def set_text(self, text: str) -> None:
        """Keep the rows that hold every word of ``text``, accents and case aside."""
        from numecole_desktop.domain.french import fold

        words = tuple(fold(text).split())
        if words == self._words:
            return
        narrower = len(words) >= len(self._words) and all(
            new.startswith(old) for old, new in zip(self._words, words, strict=False)
        )
        self.beginResetModel()
        self._words = words
        self._search(self._shown if narrower else self._kept)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the original order back."""
        wanted = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        if wanted == self._sorting:
            return
        self._sorting = wanted
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADERS)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role == _DISPLAY:
            column = index.column()
            return "" if column in _DRAWN else _TEXTS[column](self._rows[self._shown[index.row()]])
        if role == _USER:
            return self._rows[self._shown[index.row()]]
        if role == _COPIED:
            return _TEXTS[index.column()](self._rows[self._shown[index.row()]])
        if role in (_TOOLTIP, _ACCESSIBLE):
            row = self._rows[self._shown[index.row()]]
            return index_text(row) if index.column() == INDEX else _TEXTS[index.column()](row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == _DISPLAY and orientation == _HORIZONTAL and 0 <= section < len(HEADERS):
            return HEADERS[section]
        return None

    def row(self, place: int) -> SchoolRow:
        """The row shown at ``place``."""
        return self._rows[self._shown[place]]

    def order(self) -> tuple[str, ...]:
        """UAIs in the order shown."""
        return tuple(self._rows[i].uai for i in self._shown)

    def place_of(self, uai: str) -> int:
        """Where a school is shown; -1 when it is not."""
        return next((p for p, i in enumerate(self._shown) if self._rows[i].uai == uai), -1)

    def counts(self) -> Mapping[str, int]:
        """Rows by status among those that sector and opening keep; « all » is their total."""
        found = dict.fromkeys(STATUS_LABELS, 0)
        for row in self._rows:
            if self._filter.keeps_kind(row):
                found[row.status] += 1
        return {**found, "all": sum(found.values())}

    def holds(self, rows: Sequence[SchoolRow]) -> bool:
        """Whether these very rows are still the ones held."""
        return self._rows is rows

    @property
    def searching(self) -> bool:
        """Whether a text narrows the list."""
        return bool(self._words)

    @property
    def total(self) -> int:
        """Rows held, shown or not."""
        return len(self._rows)

    def _sort(self) -> None:
        self._order = range(len(self._rows))
        if self._sorting is not None and self._ranks:
            column, descending = self._sorting
            rank = self._ranks[column].__getitem__
            self._order = sorted(self._order, key=rank, reverse=descending)
        self._keep()

    def _keep(self) -> None:
        rows, keeps = self._rows, self._filter.keeps
        self._kept = [i for i in self._order if keeps(rows[i])]
        self._search(self._kept)

    def _search(self, among: Sequence[int]) -> None:
        rows = self._rows
        for word in self._words:
            among = [i for i in among if word in rows[i].folded]
        self._shown = among

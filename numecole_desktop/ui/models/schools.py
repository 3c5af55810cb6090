"""The list of schools: a model over row numbers, filtered and sorted without a proxy.

A keystroke narrows the former hits; a sort reads rankings computed once, away from the window.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from numecole_desktop.domain.french import fold, sort_key

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from numecole_desktop.domain.filters import Keeps
    from numecole_desktop.services.school_list import SchoolRow
    from numecole_desktop.ui.widgets.signs import Signs

Index = QModelIndex | QPersistentModelIndex
COMMUNE, NAME, UAI, TYPE, CIRCONSCRIPTION, INDEX, STATUS, DEPARTMENT, SECTOR, DECLARED = range(10)
HEADERS = (
    *("Commune", "École", "UAI", "Type", "Circonscription", "Indice", "Déclaration"),
    *("Département", "Secteur", "Année de l’indice"),
)
STATUS_LABELS = {"": "À déclarer", "draft": "Brouillon", "submitted": "Validée"}
_STATUS_RANK = {"": 0, "draft": 1, "submitted": 2}

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_COPIED = int(Qt.ItemDataRole.EditRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
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


class Ranking:
    """Row numbers in the order of a column, and where each distinct value starts among them."""

    __slots__ = ("_rows", "_starts")

    def __init__(self, rows: array[int], starts: array[int]) -> None:
        self._rows = rows
        self._starts = starts

    def read(self, *, descending: bool) -> array[int]:
        """Row numbers; rows of equal value keep the order of the base, whichever the way."""
        if not descending:
            return self._rows
        if len(self._starts) == len(self._rows):
            return self._rows[::-1]
        ends = (*self._starts[1:], len(self._rows))
        backwards = array("i")
        for start, end in zip(reversed(self._starts), reversed(ends), strict=True):
            backwards += self._rows[start:end]
        return backwards


def rank_rows(rows: Sequence[SchoolRow]) -> Mapping[int, Ranking]:
    """The order of every column, by its number.

    Takes a while on a large list: meant for the base's thread.
    """
    rankings = {}
    for column, text in enumerate(_TEXTS):
        places = _places(rows, column, text)
        found = array("i", sorted(range(len(rows)), key=places.__getitem__))
        starts = array(
            "i",
            [n for n, i in enumerate(found) if n == 0 or places[i] != places[found[n - 1]]],
        )
        rankings[column] = Ranking(found, starts)
    return rankings


def _places(rows: Sequence[SchoolRow], column: int, text: Callable[[Any], str]) -> Sequence[int]:
    if column == INDEX:
        return [-1 if row.index is None else row.index for row in rows]
    if column == STATUS:
        return [_STATUS_RANK[row.status] for row in rows]
    # Codes sort as they are; a key for each of them would cost time and memory.
    key = None if column in (UAI, DECLARED) else sort_key
    values = sorted({text(row) for row in rows}, key=key)
    place = {value: number for number, value in enumerate(values)}
    return [place[text(row)] for row in rows]


class SchoolFilter:
    """What the buttons above the list keep.

    ``status`` is « all » or a status of SchoolRow, ``sector`` « all », « public » or « private »,
    ``opening`` « all », « open » or « closed », ``mine`` the schools of the territory alone.
    """

    def __init__(
        self,
        status: str = "all",
        sector: str = "public",
        opening: str = "open",
        *,
        mine: bool = False,
    ) -> None:
        self.status = status
        self.sector = sector
        self.opening = opening
        self.mine = mine

    def keeps(self, row: SchoolRow) -> bool:
        """Whether the buttons, without the text, keep ``row``."""
        return self.keeps_kind(row) and self.status in ("all", row.status)

    def keeps_kind(self, row: SchoolRow) -> bool:
        """Whether territory, sector and opening keep ``row``, whatever its status."""
        return (
            (row.mine or not self.mine)
            and (self.sector == "all" or row.public == (self.sector == "public"))
            and (self.opening == "all" or row.open == (self.opening == "open"))
        )


class SchoolsModel(QAbstractTableModel):
    """Rows by number: all in the order of the sort, kept by the buttons, shown (by the text too).

    ``year`` is the school year shown: an index declared in another one is drawn pale.
    """

    def __init__(self, signs: Signs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.year = ""
        self._signs = signs
        self._rows: Sequence[SchoolRow] = ()
        self._folded: list[str] = []
        self._rankings: Mapping[int, Ranking] = {}
        self._order: Sequence[int] = ()
        self._filter = SchoolFilter()
        self._is_kept = bytearray()
        self._columns: dict[int, Keeps] = {}
        self._sorting: tuple[int, bool] | None = None
        # What each shorter text showed: erasing a letter finds it again.
        self._searches: list[tuple[tuple[str, ...], Sequence[int]]] = [((), ())]

    def set_rows(self, rows: Sequence[SchoolRow]) -> None:
        """Show other rows, in the order given."""
        self.beginResetModel()
        self._rows = rows
        self._folded = [row.folded for row in rows]
        self._rankings = {}
        self._order = range(len(rows))
        self._keep()
        self.endResetModel()

    def set_ranks(self, rankings: Mapping[int, Ranking]) -> None:
        """Give the rankings of the rows held, and sort as was asked."""
        self._rankings = rankings
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

    def set_column_filters(self, wanted: Mapping[int, str]) -> None:
        """Keep the rows whose cells hold what was typed, by column (``column_filter``)."""
        from numecole_desktop.domain.filters import column_filter

        self.beginResetModel()
        found = {column: column_filter(text) for column, text in wanted.items()}
        self._columns = {c: keeps for c, keeps in found.items() if keeps is not None}
        self._keep()
        self.endResetModel()

    @property
    def narrowed(self) -> bool:
        """Whether a column keeps some rows only."""
        return bool(self._columns)

    def set_text(self, text: str) -> None:
        """Keep the rows that hold every word of ``text``, accents and case aside."""
        words = tuple(fold(text).split())
        if words == self._searches[-1][0]:
            return
        self.beginResetModel()
        while len(self._searches) > 1 and not _narrows(words, self._searches[-1][0]):
            self._searches.pop()
        if words != self._searches[-1][0]:
            self._searches.append((words, self._search(words, self._searches[-1][1])))
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
        if role in (_DISPLAY, _COPIED):
            return _TEXTS[index.column()](self._rows[self._shown[index.row()]])
        if role in (_DECORATION, _FOREGROUND):
            column = index.column()
            if column not in (INDEX, STATUS):
                return None
            row = self._rows[self._shown[index.row()]]
            if column == INDEX:
                return self._steps(row) if role == _DECORATION else None
            signs = self._signs
            return signs.status(row.status) if role == _DECORATION else signs.ink(row.status)
        if role in (_TOOLTIP, _ACCESSIBLE):
            row = self._rows[self._shown[index.row()]]
            return index_text(row) if index.column() == INDEX else _TEXTS[index.column()](row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == _DISPLAY and orientation == _HORIZONTAL and 0 <= section < len(HEADERS):
            return HEADERS[section]
        return None

    def cells_at(self, rows: Iterable[int], columns: Sequence[int]) -> Iterator[list[str]]:
        """Texts of some rows, for the clipboard; they stay those of now if the list changes."""
        texts = [_TEXTS[column] for column in columns]
        shown = self._shown
        chosen = [self._rows[shown[row]] for row in rows]
        return ([text(row) for text in texts] for row in chosen)

    def row(self, place: int) -> SchoolRow:
        """The row shown at ``place``."""
        return self._rows[self._shown[place]]

    def order(self) -> tuple[str, ...]:
        """UAIs in the order shown."""
        return tuple(self._rows[i].uai for i in self._shown)

    def unfinished(self, *, listed: bool = False) -> tuple[str, ...]:
        """UAIs not declared, of all that sector and opening keep, or of those ``listed``."""
        kept = (self._rows[i] for i in self._shown) if listed else self._of_kind()
        return tuple(row.uai for row in kept if row.status != "submitted")

    def number_at(self, place: int) -> int:
        """Number of the row shown at ``place``: it stays when the list is sorted or filtered."""
        return self._shown[place]

    def number_of(self, uai: str, guess: int = -1) -> int:
        """Number of the row of a school, looked for at ``guess`` first; -1 when there is none."""
        if 0 <= guess < len(self._rows) and self._rows[guess].uai == uai:
            return guess
        return next((n for n, row in enumerate(self._rows) if row.uai == uai), -1)

    def place_of(self, number: int) -> int:
        """Where row ``number`` is shown; -1 when it is not."""
        try:
            return self._shown.index(number)
        except ValueError:
            return -1

    def counts(self) -> Mapping[str, int]:
        """Rows by status whatever that is asked, among the others kept; « all » is their total."""
        found = dict.fromkeys(STATUS_LABELS, 0)
        for row in self._of_kind():
            found[row.status] += 1
        return {**found, "all": sum(found.values())}

    @property
    def rows(self) -> Sequence[SchoolRow]:
        """Rows held, shown or not, in the order of the base."""
        return self._rows

    def holds(self, rows: Sequence[SchoolRow]) -> bool:
        """Whether these very rows are still the ones held."""
        return self._rows is rows

    @property
    def searching(self) -> bool:
        """Whether a text narrows the list."""
        return bool(self._searches[-1][0])

    @property
    def total(self) -> int:
        """Rows held, shown or not."""
        return len(self._rows)

    @property
    def _shown(self) -> Sequence[int]:
        return self._searches[-1][1]

    def _of_kind(self) -> Iterator[SchoolRow]:
        return filter(self._filter.keeps_kind, self._rows)

    def _steps(self, row: SchoolRow) -> QPixmap:
        return self._signs.steps(row.index, row.declared_year == self.year)

    def _sort(self) -> None:
        self._order = range(len(self._rows))
        if self._sorting is not None and self._rankings:
            column, descending = self._sorting
            self._order = self._rankings[column].read(descending=descending)
        shown = bytearray(len(self._rows))
        for number in self._shown:
            shown[number] = True
        words = self._searches[-1][0]
        self._searches = [((), self._in_order(self._is_kept))]
        if words:
            self._searches.append((words, self._in_order(shown)))

    def _keep(self) -> None:
        words = self._searches[-1][0]
        self._is_kept = bytearray(map(self._filter.keeps, self._rows))
        for column, keeps in self._columns.items():
            # A value comes many times: each is looked at once.
            text, known = _TEXTS[column], cache(keeps)
            for number, row in enumerate(self._rows):
                if self._is_kept[number] and not known(text(row)):
                    self._is_kept[number] = False
        self._searches = [((), self._in_order(self._is_kept))]
        if words:
            self._searches.append((words, self._search(words, self._shown)))

    def _in_order(self, wanted: bytearray) -> array[int]:
        return array("i", [number for number in self._order if wanted[number]])

    def _search(self, words: Sequence[str], among: Sequence[int]) -> array[int]:
        folded = self._folded
        for word in words:
            among = [number for number in among if word in folded[number]]
        return array("i", among)


def _narrows(words: Sequence[str], former: Sequence[str]) -> bool:
    """Whether whatever holds ``words`` holds ``former`` too."""
    return len(words) >= len(former) and all(
        new.startswith(old) for old, new in zip(former, words, strict=False)
    )

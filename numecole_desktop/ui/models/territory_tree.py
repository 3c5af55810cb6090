"""The tree académie, département, circonscription, commune, filtered without a proxy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from numecole_desktop.domain.french import NBSP, fold, plural, whole

if TYPE_CHECKING:
    from numecole_desktop.services.territories import TreeNode

Index = QModelIndex | QPersistentModelIndex
NAME, SCHOOLS = range(2)

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_KINDS = {
    "academie": "Académie de",
    "departement": "Département",
    "circonscription": "Circonscription",
    "commune": "Commune",
}


class Place:
    """A node as the tree holds it: the territory, its parent, and the children now shown."""

    __slots__ = ("children", "folded", "node", "parent", "row", "shown")

    def __init__(self, node: TreeNode, parent: Place | None) -> None:
        self.node = node
        self.parent = parent
        self.folded = fold(f"{node.name} {node.code}")
        self.children = tuple(Place(child, self) for child in node.children)
        self.shown: Sequence[Place] = self.children
        self.row = 0

    @property
    def words(self) -> str:
        """« Circonscription Limoux : 83 écoles »."""
        kind = _KINDS[self.node.level]
        return f"{kind} {self.node.name}{NBSP}: {plural(self.node.schools, 'école')}"


class TerritoryTree(QAbstractItemModel):
    """Two columns, name and number of schools; a node without code holds what is not filled in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: Sequence[Place] = ()
        self._shown: Sequence[Place] = ()
        self._words: tuple[str, ...] = ()
        self.matches: Sequence[Place] = ()

    def set_nodes(self, nodes: Sequence[TreeNode]) -> None:
        """Show other territories, filtered by the words in force."""
        self.beginResetModel()
        self._roots = tuple(Place(node, None) for node in nodes)
        self._filter()
        self.endResetModel()

    def set_text(self, text: str) -> bool:
        """Keep what holds every word of ``text``, and the way to it; false when nothing changed."""
        words = tuple(fold(text).split())
        if words == self._words:
            return False
        self.beginResetModel()
        self._words = words
        self._filter()
        self.endResetModel()
        return True

    def place(self, index: Index) -> Place | None:
        """What an index stands for."""
        found: object = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Place) else None

    def index_of(self, place: Place) -> QModelIndex:
        """Where a place is shown."""
        return self.createIndex(place.row, NAME, place)

    def find(self, level: str, code: str) -> Place | None:
        """The first place shown of a territory."""
        return next(
            (p for p in self._walk(self._shown) if (p.node.level, p.node.code) == (level, code)),
            None,
        )

    def first(self) -> Place | None:
        """The first root shown."""
        return self._shown[0] if self._shown else None

    def spread(self, level: str, code: str) -> int:
        """How many times a territory appears in the tree (a commune in two circonscriptions)."""
        every = self._walk_all(self._roots)
        return sum((p.node.level, p.node.code) == (level, code) for p in every)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  # Qt's signature
        above = self.place(parent)
        siblings = self._shown if above is None else above.shown
        if 0 <= row < len(siblings) and 0 <= column <= SCHOOLS:
            return self.createIndex(row, column, siblings[row])
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008  # two overloads in Qt
        place = self.place(index)
        if place is None or place.parent is None:
            return QModelIndex()
        return self.createIndex(place.parent.row, NAME, place.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.column() > NAME:
            return 0
        above = self.place(parent)
        return len(self._shown if above is None else above.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return SCHOOLS + 1

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        place = self.place(index)
        if place is None:
            return None
        if role == _DISPLAY:
            return place.node.name if index.column() == NAME else whole(place.node.schools)
        if role == _ALIGNMENT and index.column() == SCHOOLS:
            return _RIGHT
        if role in (_ACCESSIBLE, _TOOLTIP):
            return place.words
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return ("Territoire", "Écoles")[section]
        return None

    def _filter(self) -> None:
        found: list[Place] = []
        self._shown = self._keep(self._roots, found)
        self.matches = found

    def _keep(self, places: Sequence[Place], found: list[Place]) -> Sequence[Place]:
        kept: list[Place] = []
        for place in places:
            matches = all(word in place.folded for word in self._words)
            if matches and self._words:
                found.append(place)
            below = self._keep(place.children, found)
            place.shown = place.children if matches else below
            if matches:
                self._renumber(place.children)
            if matches or below:
                place.row = len(kept)
                kept.append(place)
        return kept

    def _renumber(self, places: Sequence[Place]) -> None:
        for row, place in enumerate(places):
            place.row = row
            place.shown = place.children
            self._renumber(place.children)

    def _walk(self, places: Sequence[Place]) -> list[Place]:
        found = []
        for place in places:
            found.append(place)
            found += self._walk(place.shown)
        return found

    def _walk_all(self, places: Sequence[Place]) -> list[Place]:
        found = []
        for place in places:
            found.append(place)
            found += self._walk_all(place.children)
        return found

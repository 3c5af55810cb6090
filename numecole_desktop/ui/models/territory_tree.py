"""The tree académie, département, circonscription, commune, filtered without a proxy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from numecole_desktop.domain.french import NBSP, fold, of_place, plural, whole

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
    "academie": "Académie",
    "departement": "Département",
    "circonscription": "Circonscription",
    "commune": "Commune",
}


class Place:
    """A node as the tree holds it: the territory, its parent, and the children now shown.

    Children are made when they are first asked for: most communes never are.
    """

    __slots__ = ("_children", "_kept", "node", "parent", "row")

    def __init__(self, node: TreeNode, parent: Place | None, row: int) -> None:
        self.node = node
        self.parent = parent
        self.row = row
        self._children: tuple[Place, ...] | None = None
        self._kept: Sequence[Place] | None = None

    @property
    def children(self) -> Sequence[Place]:
        """The territories inside it."""
        if self._children is None:
            self._children = _places(self.node.children, self)
        return self._children

    @property
    def shown(self) -> Sequence[Place]:
        """Its children now shown."""
        return self.children if self._kept is None else self._kept

    def keep(self, children: Sequence[Place]) -> None:
        """Show some of its children only."""
        self._kept = children

    def show_all(self) -> None:
        """Show all its children, and theirs."""
        self._kept = None
        for row, child in enumerate(self._children or ()):
            child.row = row
            child.show_all()

    @property
    def words(self) -> str:
        """« Circonscription Limoux : 83 écoles »."""
        kind, name = _KINDS[self.node.level], self.node.name
        name = of_place(name) if self.node.level == "academie" else name
        return f"{kind} {name}{NBSP}: {plural(self.node.schools, 'école')}"


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
        self._roots = _places(nodes, None)
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
        return _find(self._shown, level, code) if level else None

    def first(self) -> Place | None:
        """The first root shown."""
        return self._shown[0] if self._shown else None

    def spread(self, level: str, code: str) -> int:
        """How many times a territory appears in the tree (a commune in two circonscriptions)."""
        return sum(_count(place.node, level, code) for place in self._roots)

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
        if self._words:
            self._shown = self._keep(self._roots, found)
        else:
            for row, root in enumerate(self._roots):
                root.row = row
                root.show_all()
            self._shown = self._roots
        self.matches = found

    def _keep(self, places: Sequence[Place], found: list[Place]) -> Sequence[Place]:
        kept: list[Place] = []
        for place in places:
            matches = all(word in place.node.folded for word in self._words)
            if matches:
                found.append(place)
            below = self._keep(place.children, found)
            if matches:
                place.show_all()
            else:
                place.keep(below)
            if matches or below:
                place.row = len(kept)
                kept.append(place)
        return kept


def _places(nodes: Sequence[TreeNode], parent: Place | None) -> tuple[Place, ...]:
    return tuple(Place(node, parent, row) for row, node in enumerate(nodes))


def _find(places: Sequence[Place], level: str, code: str) -> Place | None:
    for place in places:
        if place.node.level == level:
            if place.node.code == code:
                return place
        elif (found := _find(place.shown, level, code)) is not None:
            return found
    return None


def _count(node: TreeNode, level: str, code: str) -> int:
    if node.level == level:
        return int(node.code == code)
    return sum(_count(child, level, code) for child in node.children)

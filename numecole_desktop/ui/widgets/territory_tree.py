"""The tree of territories with its search: what is typed keeps what matches and the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from numecole_desktop.ui.icons import icon
from numecole_desktop.ui.models.territory_tree import NAME, SCHOOLS, Index, Place, TerritoryTree
from numecole_desktop.ui.theme import colours, row_height, scaled
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.selection import soften

if TYPE_CHECKING:
    from numecole_desktop.services.territories import TreeNode

_MOST_OPENED = 60
_COUNT_WIDTH = 50
_INDENT = 12
_LOWER = 4


class TreeRow(QStyledItemDelegate):
    """Rows a little lower than those of the tables."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        hint.setHeight(max(row_height() - _LOWER, hint.height()))
        return hint


class TreeTable(QTreeView):
    """The tree itself.

    Signals: ``opened`` on Enter, ``typed`` carries text typed over the tree.
    """

    opened = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Territoires")
        self.setUniformRowHeights(True)
        self.setHeaderHidden(True)
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setIndentation(_INDENT)
        self.setItemDelegate(TreeRow(self))
        soften(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            self.copy()
        elif text.isprintable() and text.strip() and text not in "+-*/" and not _chord(event):
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]  # a QEvent
        soften(self)

    def copy(self) -> None:
        """Put the territory of the cursor and what is unfolded under it on the clipboard."""
        from numecole_desktop.ui.clipboard import put_table

        put_table(("Territoire", "Écoles"), list(self._unfolded(self.currentIndex())))

    def _unfolded(self, index: QModelIndex) -> Iterator[tuple[str, str]]:
        yield str(index.data()), str(index.siblingAtColumn(SCHOOLS).data())
        first = index.siblingAtColumn(NAME)
        if self.isExpanded(first):
            for row in range(self.model().rowCount(first)):
                yield from self._unfolded(self.model().index(row, NAME, first))


class TreePicker(Through):
    """Search and tree.

    Signals: ``chosen`` (Place) when another territory is under the cursor, ``entered`` on Enter.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TerritoryTree(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filtrer les territoires")
        self.search.setAccessibleName("Filtrer les territoires")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(30)
        self._magnifier = self.search.addAction(
            icon("search", colours().muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self._magnifier.setText("Chercher un territoire")
        self.tree = TreeTable()
        self.tree.setModel(self.model)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SCHOOLS, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(SCHOOLS, scaled(_COUNT_WIDTH))
        self._current: tuple[str, str] = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self.pass_to(self.tree)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._to_tree)
        self.tree.typed.connect(self._typed)
        self.tree.opened.connect(self._enter)
        self.tree.clicked.connect(self._clicked)
        self.tree.selectionModel().currentChanged.connect(self._moved)

    def set_nodes(self, nodes: Sequence[TreeNode], wanted: tuple[str, str]) -> None:
        """Show other territories, the cursor on ``wanted`` (level, code) or on the first root."""
        self._current = wanted if any(wanted) else self._current
        self.model.set_nodes(nodes)
        self._restore()

    def go_to(self, level: str, code: str) -> None:
        """Put the cursor on a territory, whatever is filtered; it is told at once."""
        self._current = (level, code)
        if self.model.find(level, code) is None:
            self.search.clear()
        self._restore()
        self._tell()

    def forget(self) -> None:
        """Choose nothing: whatever is chosen next will be told."""
        self._current = ("", "")
        self.tree.clearSelection()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_magnifier"):
            self._magnifier.setIcon(icon("search", colours().muted))

    def current(self) -> Place | None:
        """The territory under the cursor."""
        return self.model.place(self.tree.currentIndex())

    def _restore(self) -> None:
        place = self.model.find(*self._current) or self.model.first()
        if place is None:
            return
        index = self.model.index_of(place)
        self.tree.expand(index.parent())
        self.tree.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        if place.parent is None:
            self.tree.expand(index)
        self.tree.scrollTo(index)

    def _search(self, text: str) -> None:
        if not self.model.set_text(text):
            return
        matches = self.model.matches
        for place in matches[:_MOST_OPENED]:
            above = place.parent
            while above is not None:
                self.tree.expand(self.model.index_of(above))
                above = above.parent
        if not text:
            self._restore()
        elif matches:
            self.tree.selectionModel().setCurrentIndex(
                self.model.index_of(matches[0]),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _to_tree(self) -> None:
        self.tree.setFocus()
        self._tell()

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _clicked(self) -> None:
        if self._current == ("", ""):
            self._tell()

    def _enter(self) -> None:
        self._clicked()
        self.entered.emit()

    def _moved(self, index: QModelIndex) -> None:
        place = self.model.place(index)
        if place is not None and (place.node.level, place.node.code) != self._current:
            self._tell()

    def _tell(self) -> None:
        place = self.current()
        if place is not None:
            self._current = (place.node.level, place.node.code)
            self.chosen.emit(place)


def _chord(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    return bool(held)

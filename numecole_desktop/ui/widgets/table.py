"""A table to read: whole rows, fixed heights, kept columns, rows copied as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from numecole_desktop.ui.theme import colours, row_height, scaled
from numecole_desktop.ui.widgets.heading import Heading
from numecole_desktop.ui.widgets.scroll import dress_bars

if TYPE_CHECKING:
    from numecole_desktop.ui.state import WindowState
    from numecole_desktop.ui.widgets.filter_row import FilterRow
    from numecole_desktop.ui.widgets.table_layout import TableLayout


class Table(QTableView):
    """A read-only table.

    Signals: ``opened`` (row number) on Enter or double click; ``typed`` carries text typed while
    the table has the focus; ``painted`` once, when rows were first painted.
    """

    opened = Signal(int)
    typed = Signal(str)
    painted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blank = True
        self._plain_rows: QAbstractItemDelegate | None = None
        self._filters: FilterRow | None = None
        self.layout_keeper: TableLayout | None = None
        self.first_stays = False
        """Whether the first column is always shown, and first: it names the rows."""
        self.heading = Heading(self)
        self.setHorizontalHeader(self.heading)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height())
        rows.hide()
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setFixedHeight(row_height())
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        dress_bars(self)
        self.doubleClicked.connect(self._double_clicked)
        self._dress_selection()

    def show_model(self, lines: QAbstractItemModel, widths: Sequence[int]) -> None:
        """Show a model, sorted by a click on a heading; a third click gives its order back."""
        self.setModel(lines)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, header.sortIndicatorOrder())
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, scaled(width))

    def current_row(self) -> int:
        """The row of the cursor; -1 when there is none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Put the cursor on a row and show it."""
        index = self.model().index(row, self._first_column())
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def ensure_cursor(self) -> None:
        """Choose a row if none is: the one of the cursor, else the first."""
        model = self.model()
        if model.rowCount() and not self.selectionModel().hasSelection():
            self.go_to(max(0, self.current_row()))

    def copy(self) -> None:
        """Put the selected rows on the clipboard under their headings, columns as shown."""
        from numecole_desktop.ui.clipboard import put_table

        chosen = self.selectionModel().selection()
        spans = [chosen.at(place) for place in range(chosen.size())]
        rows = sorted({row for span in spans for row in range(span.top(), span.bottom() + 1)})
        columns = self.visible_columns()
        model = self.model()
        headings = [str(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns]
        # The models of long tables give many cells at once: one by one takes three times as long.
        cells = getattr(model, "cells_at", self._cells_at)
        put_table(headings, cells(rows, columns))

    def _cells_at(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[Any]]:
        model, role = self.model(), Qt.ItemDataRole.EditRole
        chosen = (row for row in rows if model.flags(model.index(row, 0)) & _SELECTABLE)
        return [[model.index(row, c).data(role) for c in columns] for row in chosen]

    def copy_cell(self) -> None:
        """Put the text of the cell of the cursor on the clipboard."""
        from numecole_desktop.ui.clipboard import put_text

        put_text(str(self.currentIndex().data(Qt.ItemDataRole.EditRole) or ""))

    def keep_layout(self, state: WindowState, key: str) -> None:
        """Show the columns as they were left, and remember what becomes of them under ``key``."""
        from numecole_desktop.ui.widgets.table_layout import TableLayout

        self.layout_keeper = TableLayout(self, state, key)

    @property
    def can_filter(self) -> bool:
        """Whether its rows can be kept by column."""
        return hasattr(self.model(), "set_column_filters")

    def set_column_filters(self, wanted: Mapping[int, str]) -> None:
        """Keep the rows whose cells hold what was typed, by column."""
        self.model().set_column_filters(wanted)  # type: ignore[attr-defined]  # can_filter

    def hide_filters(self) -> None:
        """Hide the fields by column, and show every row."""
        if self._filters is not None:
            self._filters.hide_row()

    def toggle_filters(self) -> None:
        """Show or hide a field by column that keeps rows."""
        if self._filters is None and self.can_filter:
            from numecole_desktop.ui.widgets.filter_row import FilterRow

            self._filters = FilterRow(self)
        if self._filters is not None:
            self._filters.toggle()

    def choose_columns(self) -> None:
        """Ask which columns are shown."""
        from numecole_desktop.ui.dialogs.columns import ColumnsDialog

        ColumnsDialog(self, self.window()).open()

    def visible_columns(self) -> list[int]:
        """Columns shown, in the order shown."""
        header = self.horizontalHeader()
        logical = [header.logicalIndex(place) for place in range(header.count())]
        return [c for c in logical if not header.isSectionHidden(c)]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._open_menu(None if keyboard else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.keyCombination() == _FILTER_KEYS:
            self.toggle_filters()
        elif event.keyCombination() == _MENU_KEYS:
            self._open_menu(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() >= 0:
            self.opened.emit(self.current_row())
        elif _is_text(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._blank and self.model() is not None and self.model().rowCount():
            self._blank = False
            self.painted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._dress_selection()
        if self._plain_rows is None and type(self.itemDelegate()) is QStyledItemDelegate:
            # Only now: importing it takes longer than painting the first rows.
            from numecole_desktop.ui.widgets.row_delegate import RowDelegate

            self._plain_rows = RowDelegate(self)
            self.setItemDelegate(self._plain_rows)
        self.ensure_cursor()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.layout_keeper is not None:
            self.layout_keeper.flush()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._dress_selection()

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]  # a QEvent
        self._dress_selection()

    def _dress_selection(self) -> None:
        theme = colours()
        wanted = theme.selection if self.hasFocus() else theme.idle_selection
        palette = self.palette()
        if palette.color(QPalette.ColorRole.Highlight) != wanted:
            palette.setColor(QPalette.ColorRole.Highlight, wanted)
            palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
            self.setPalette(palette)

    def _first_column(self) -> int:
        columns = self.visible_columns()
        return columns[0] if columns else 0

    def _open_menu(self, place: QPoint | None) -> None:
        """Open the menu at ``place``, or under the cell of the cursor."""
        from numecole_desktop.ui.widgets.table_menu import TableMenu

        if place is None:
            below = self.visualRect(self.currentIndex()).bottomLeft()
            place = self.viewport().mapToGlobal(below)
        TableMenu(self).popup(place)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


_FILTER_KEYS = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F
)
_SELECTABLE = Qt.ItemFlag.ItemIsSelectable
_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)


def _is_text(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    text = event.text()
    return not held and len(text) == 1 and text.isprintable() and text != " "

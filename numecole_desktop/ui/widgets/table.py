"""A table to read: whole rows, fixed heights, kept columns, rows copied as text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from numecole_desktop.ui.theme import colours, row_height, scaled
from numecole_desktop.ui.widgets.scroll import dress_bars


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

    def sort_again(self) -> None:
        """Sort as the headings say, after the rows were replaced."""
        header = self.horizontalHeader()
        self.model().sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

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
        """Put the selected rows on the clipboard, columns as shown, separated by tabs."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns = self.visible_columns()
        model = self.model()
        headers = [
            str(model.headerData(c, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
            for c in columns
        ]
        lines = ["\t".join(headers)]
        role = Qt.ItemDataRole.EditRole
        lines += ["\t".join(str(model.index(r, c).data(role)) for c in columns) for r in rows]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def visible_columns(self) -> list[int]:
        """Columns shown, in the order shown."""
        header = self.horizontalHeader()
        logical = [header.logicalIndex(place) for place in range(header.count())]
        return [c for c in logical if not header.isSectionHidden(c)]

    def column_menu(self) -> QMenu:
        """A menu that shows and hides columns."""
        menu = QMenu("Colonnes", self)
        for column in range(self.model().columnCount()):
            text = self.model().headerData(column, Qt.Orientation.Horizontal)
            action = menu.addAction(str(text))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.setData(column)
        menu.triggered.connect(self._toggle)
        return menu

    def layout_state(self) -> QByteArray:
        """Widths, order, hidden columns and sort, to be remembered."""
        return self.horizontalHeader().saveState()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
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
        if self._plain_rows is None:
            # Only now: importing it takes longer than painting the first rows.
            from numecole_desktop.ui.widgets.row_delegate import RowDelegate

            self._plain_rows = RowDelegate(self)
            self.setItemDelegate(self._plain_rows)
        self.ensure_cursor()

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

    def _toggle(self, action: object) -> None:
        column = int(action.data())  # type: ignore[attr-defined]  # a QAction
        self.setColumnHidden(column, not self.isColumnHidden(column))

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


def _is_text(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    text = event.text()
    return not held and len(text) == 1 and text.isprintable() and text != " "

"""Which columns a table shows, and in which order, chosen by the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.theme import row_height
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.selection import soften
from numecole_desktop.ui.widgets.table import Table

_HEIGHT = 260


class ColumnsDialog(Dialog):
    """A box by column: Espace shows or hides it, the buttons move it; changes show at once."""

    help_page = "tableaux#choisir-les-colonnes"

    def __init__(self, table: Table, parent: QWidget | None) -> None:
        super().__init__("Choisir les colonnes", parent)
        self._table = table
        self.list = QListWidget()
        self.list.setAccessibleName("Colonnes du tableau")
        self.list.setMinimumHeight(_HEIGHT)
        soften(self.list)
        self.up_button = Button("&Monter", icon_name="up")
        self.down_button = Button("&Descendre", icon_name="down")
        self.reset_button = Button("&Rétablir la disposition", icon_name="restore")
        self.say("Espace montre ou cache une colonne.", "muted")
        column = QVBoxLayout()
        column.addWidget(self.list)
        self.body.addLayout(column)
        for place, button in enumerate((self.up_button, self.down_button, self.reset_button)):
            self.buttons.insertWidget(place, button)
        self.reset_button.setVisible(table.layout_keeper is not None)
        self._fill()
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._toggle)
        self.up_button.clicked.connect(self._up)
        self.down_button.clicked.connect(self._down)
        self.reset_button.clicked.connect(self._reset)
        self.list.setFocus()

    def _fill(self) -> None:
        blocked = self.list.blockSignals(True)
        row = max(0, self.list.currentRow())
        self.list.clear()
        header, model = self._table.horizontalHeader(), self._table.model()
        for place in range(header.count()):
            column = header.logicalIndex(place)
            item = QListWidgetItem(str(model.headerData(column, Qt.Orientation.Horizontal)))
            item.setSizeHint(QSize(0, row_height()))
            item.setData(Qt.ItemDataRole.UserRole, column)
            stays = self._table.first_stays and not place
            ticked = Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(item.flags() & ~ticked if stays else item.flags() | ticked)
            hidden = header.isSectionHidden(column)
            item.setCheckState(Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def _toggle(self, item: QListWidgetItem) -> None:
        column = int(item.data(Qt.ItemDataRole.UserRole))
        hide = item.checkState() is Qt.CheckState.Unchecked
        if hide and self._table.visible_columns() == [column]:
            self._fill()  # a table without any column could not be brought back by its headings
            return
        self._table.setColumnHidden(column, hide)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        first = int(self._table.first_stays)
        if row >= first and first <= row + by < self.list.count():
            self._table.horizontalHeader().moveSection(row, row + by)
            self.list.setCurrentRow(row + by)
            self._fill()

    def _reset(self) -> None:
        if self._table.layout_keeper is not None:
            self._table.layout_keeper.put_back()
            self._fill()

"""What can be done with a table, under the right button of the mouse or the Menu key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from numecole_desktop.ui.widgets.table import Table


class TableMenu(QMenu):
    """Copy, filter, choose columns; freed once it is closed."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.setAccessibleName(f"Menu du tableau {table.accessibleName()}")
        self.aboutToHide.connect(self.deleteLater)
        copy = self.addAction("&Copier les lignes", table.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(table.selectionModel().hasSelection())
        cell = self.addAction("Copier la c&ellule", table.copy_cell)
        cell.setEnabled(table.currentIndex().isValid())
        everything = self.addAction("&Tout sélectionner", table.selectAll)
        everything.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        self.addSeparator()
        if table.can_filter:
            rows = self.addAction("&Filtrer par colonne", table.toggle_filters)
            rows.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.addAction("C&hoisir les colonnes…", table.choose_columns)
        if table.layout_keeper is not None:
            self.addAction("&Rétablir la disposition", table.layout_keeper.put_back)

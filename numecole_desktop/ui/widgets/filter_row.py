"""One field by column under the headings: « Narb », « >10 », « n.c. »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.entry import NarrowingEntry

if TYPE_CHECKING:
    from numecole_desktop.ui.widgets.table import Table

_ROOM = 32
_HINT = "Filtrer"
_TIP = (
    "Des mots, accents et majuscules indifférents\u00a0; ou >10, <=5, =3 pour un nombre\u00a0; "
    "ou n.c. Échap efface, puis ferme."
)


class FilterField(NarrowingEntry):
    """The field of a column; ``left`` to go back to the rows, ``closed`` on Échap when empty."""

    left = Signal()
    closed = Signal()

    def __init__(self, heading: str, parent: QWidget) -> None:
        super().__init__(hint=_HINT, parent=parent)
        self.name(heading)
        self.setToolTip(_TIP)
        self.setMinimumHeight(0)

    def name(self, heading: str) -> None:
        """Say which column it filters."""
        self.setAccessibleName(f"Filtrer la colonne {heading}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.closed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterRow(QObject):
    """The fields of a table, hidden at first; what they keep is the model's."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self._heading = table.heading
        self.fields: dict[int, FilterField] = {}
        self.shown = False
        self._room = 0
        header = self._heading
        for moved in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            moved.connect(self._place)
        header.sectionCountChanged.connect(self.hide_row)
        table.horizontalScrollBar().valueChanged.connect(self._place)
        table.model().modelReset.connect(self._name)

    def toggle(self) -> None:
        """Show the fields and go to that of the cursor's column; or hide them."""
        if self.shown:
            self.hide_row()
        else:
            self.show_row()

    def show_row(self) -> None:
        """Show the fields, and put the keyboard there."""
        self.shown = True
        if not self.fields:
            self._make()
        self._room = scaled(_ROOM)
        self._heading.make_room(self._room)
        self._place()
        column = self._table.currentIndex().column()
        columns = self._shown()
        if columns:
            self.fields[column if column in columns else columns[0]].setFocus()

    def hide_row(self) -> None:
        """Hide the fields, and keep every row again."""
        if not self.shown:
            return
        self.shown = False
        entered = any(field.hasFocus() for field in self.fields.values())
        for field in self.fields.values():
            field.deleteLater()
        self.fields = {}
        self._heading.make_room(0)
        self._keep()
        if entered:
            self._table.setFocus()

    def _make(self) -> None:
        model = self._table.model()
        last: QWidget = self._table
        unfiltered = getattr(model, "unfiltered", ())
        for column in range(model.columnCount()):
            if column in unfiltered:
                continue
            heading = str(model.headerData(column, Qt.Orientation.Horizontal))
            field = FilterField(heading, self._heading)
            field.textChanged.connect(self._keep)
            field.left.connect(self._table.setFocus)
            field.closed.connect(self.hide_row)
            self.fields[column] = field
        for column in self._shown():
            QWidget.setTabOrder(last, self.fields[column])
            last = self.fields[column]

    def _shown(self) -> list[int]:
        return [column for column in self._table.visible_columns() if column in self.fields]

    def _name(self) -> None:
        """Other rows may have come under other headings."""
        for column, field in self.fields.items():
            field.name(str(self._table.model().headerData(column, Qt.Orientation.Horizontal)))

    def _keep(self) -> None:
        wanted = {column: field.text() for column, field in self.fields.items() if field.text()}
        self._table.set_column_filters(wanted)

    def _place(self) -> None:
        header = self._heading
        top = header.height() - self._room
        for column, field in self.fields.items():
            left, wide = header.sectionViewportPosition(column), header.sectionSize(column)
            field.setGeometry(left + 1, top + 2, wide - 2, self._room - 4)
            field.setVisible(self.shown and wide > 0)

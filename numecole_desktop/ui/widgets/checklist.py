"""Names to tick, found by typing: arrows move, the space bar ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from numecole_desktop.domain.french import fold, searched
from numecole_desktop.ui.icons import pixmap
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.entry import Entry, draw_edge
from numecole_desktop.ui.widgets.scroll import dress_bars

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QObject
    from PySide6.QtGui import QPaintEvent

Index = QModelIndex | QPersistentModelIndex
_ROWS, _ROW = 6, 26
_BOX, _PADDING, _EDGE = 16, 8, 2
_CODE = Qt.ItemDataRole.UserRole
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_TICKS = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
_STATES = (Qt.CheckState.Unchecked, Qt.CheckState.Checked)


class TickRow(QStyledItemDelegate):
    """A box and a name; the whole row ticks, by the space bar or by a click."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(_ROW, option.fontMetrics.height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = colours(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.selection)
        ticked = _ticked(index)
        box = QRectF(row.left() + _PADDING, row.center().y() - _BOX / 2, _BOX, _BOX)
        painter.setPen(QPen(theme.action if ticked else theme.border, 1.4))
        painter.setBrush(theme.action if ticked else theme.base)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.drawPixmap(box.toRect(), pixmap("check", theme.on_action, _BOX))
        painter.setPen(theme.text)
        room = row.adjusted(2 * _PADDING + _BOX, 0, -_PADDING, 0)
        words = option.fontMetrics.elidedText(
            index.data(), Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        typed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not clicked and not (typed and event.type() == QEvent.Type.KeyPress):
            return False
        return model.setData(index, _STATES[not _ticked(index)], _CHECK)


class TickList(QListWidget):
    """The names; ``typed`` carries text typed over them."""

    typed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(TickRow(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(_ROWS * max(_ROW, self.fontMetrics().height() + 8))
        dress_bars(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isprintable() and text.strip():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


class Framed(QWidget):
    """The edge around ``inside``, stronger where the keyboard is."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFocusProxy(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(inside)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_edge(self)


def _ticked(index: Index) -> bool:
    return Qt.CheckState(index.data(_CHECK)) is Qt.CheckState.Checked


class Checklist(QWidget):
    """A search over the names to tick; ``ticked`` when a person ticks one."""

    ticked = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = Entry(hint, hint=hint)
        self.names = TickList(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(Framed(self.names))
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._filter)
        self.names.typed.connect(self._typed)
        self.names.itemChanged.connect(self._changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self.names.setFocus()
        else:
            super().keyPressEvent(event)

    def show_options(self, options: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:
        """Offer (code, name), of which some are ticked and come first."""
        self.names.blockSignals(True)
        self.names.clear()
        for code, name in sorted(options, key=lambda option: option[0] not in ticked):
            item = QListWidgetItem(name, self.names)
            item.setData(_CODE, code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | _TICKS)
            item.setCheckState(_STATES[code in ticked])
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)
        self._filter(self.search.text())

    def codes(self) -> tuple[str, ...]:
        """Codes of the names ticked, shown or not."""
        items = (self.names.item(row) for row in range(self.names.count()))
        return tuple(i.data(_CODE) for i in items if i.checkState() is Qt.CheckState.Checked)

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        first = -1
        for row in range(self.names.count()):
            item = self.names.item(row)
            name = searched(fold(item.text()))
            found = all(word in name for word in words)
            item.setHidden(not found)
            if found and first < 0:
                first = row
        if words:
            self.names.setCurrentRow(first)

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _changed(self, _: QListWidgetItem) -> None:
        self.ticked.emit()

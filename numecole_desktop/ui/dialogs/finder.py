"""« Rechercher partout »: one field, and under it whatever answers what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.icons import pixmap
from numecole_desktop.ui.models.answers import AnswersModel
from numecole_desktop.ui.models.finder import gather
from numecole_desktop.ui.theme import colours, row_height
from numecole_desktop.ui.turns import Shares
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.text import SMALL, Text, sized

if TYPE_CHECKING:
    from numecole_desktop.ui.models.finder import Group, Source

_WIDTH = 640
_LEAST_ROWS, _ROWS = 5, 12
_ICON, _MARGIN = 18, 10
_KEYS = (
    f"Entrée{NBSP}: ouvrir · Ctrl+Entrée{NBSP}: saisir la déclaration de l’école · "
    f"Haut, Bas{NBSP}: choisir"
)


class FinderField(Entry):
    """The field keeps the keyboard; the keys that choose go to the list.

    Signals: ``moved`` carries how many answers to go down, ``chosen`` whether Ctrl was held.
    """

    moved = Signal(int)
    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(
            "Rechercher partout", hint="École, UAI, commune, circonscription, commande…"
        )
        self.page = 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        steps = {
            key.Key_Down: 1,
            key.Key_Up: -1,
            key.Key_PageDown: self.page,
            key.Key_PageUp: -self.page,
        }
        pressed = Qt.Key(event.key())
        if pressed in steps:
            self.moved.emit(steps[pressed])
        elif pressed in (key.Key_Return, key.Key_Enter):
            self.chosen.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)


class AnswerRow(QStyledItemDelegate):
    """An icon, a title, paler details, the keys at the right; a heading is bold and pale."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, max(row_height(), option.fontMetrics.height() + 10))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, AnswersModel):
            return
        theme = colours()
        line = model.line(index.row())
        box: QRect = option.rect
        painter.save()
        if line.entry is None:
            painter.setFont(sized(option.font, SMALL, bold=True))
            painter.setPen(theme.muted)
            painter.drawText(box.adjusted(_MARGIN, 8, 0, 0), _LEFT, line.heading)
            painter.restore()
            return
        ink = theme.muted
        if option.state & QStyle.StateFlag.State_Selected:
            ink = theme.text
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.action, 1.4))
            painter.setBrush(theme.selection)
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 5, 5)
        if line.entry.icon:
            drawn = pixmap(line.entry.icon, ink, _ICON)
            top = box.center().y() - _ICON // 2
            painter.drawPixmap(box.left() + _MARGIN, top, drawn)
        room = box.adjusted(2 * _MARGIN + _ICON, 0, -_MARGIN, 0)
        painter.setPen(ink)
        if line.entry.keys:
            painter.drawText(room, _RIGHT, line.entry.keys)
            room.adjust(0, 0, -option.fontMetrics.horizontalAdvance(line.entry.keys) - 12, 0)
        painter.setFont(sized(option.font, 0, bold=True))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(line.entry.title, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(theme.text)
        painter.drawText(room, _LEFT, title)
        room.adjust(metrics.horizontalAdvance(title) + 10, 0, 0, 0)
        painter.setFont(option.font)
        painter.setPen(ink)
        detail = option.fontMetrics.elidedText(
            line.entry.detail, Qt.TextElideMode.ElideRight, max(0, room.width())
        )
        painter.drawText(room, _LEFT, detail)
        painter.restore()


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class AnswersList(QListView):
    """The answers; the keyboard stays in the field, as in a drop-down list."""

    def __init__(self, model: AnswersModel) -> None:
        super().__init__()
        self.setAccessibleName("Réponses")
        self.setModel(model)
        self.setItemDelegate(AnswerRow(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setMinimumHeight(_LEAST_ROWS * row_height())
        dress_bars(self)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _ROWS * row_height())


class FinderDialog(Dialog):
    """Asks ``sources`` at each letter; the choice is opened once the dialog is closed.

    ``chosen`` carries the source, the code of its entry, and whether the form is asked for.
    """

    chosen = Signal(object, str, bool)
    help_page = "ecoles#rechercher-partout"

    def __init__(self, sources: Sequence[Source], parent: QWidget | None) -> None:
        super().__init__("Rechercher partout", parent)
        self.setMinimumWidth(_WIDTH)
        self._sources = sources
        self.field = FinderField()
        self.model = AnswersModel(self)
        self.list = AnswersList(self.model)
        self.nothing = Text(tone="muted", wrap=True)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.nothing)
        self.buttons.insertWidget(0, Text(_KEYS, tone="muted", size=SMALL, wrap=True), 9)
        self._search = Shares(self._show, self)
        self.field.textChanged.connect(self.search)
        self.field.moved.connect(self._move)
        self.field.chosen.connect(self._chosen_by_key)
        self.list.clicked.connect(self._clicked)
        self.search()
        self.field.setFocus()

    def search(self) -> None:
        """Ask the sources again; former answers stay until the new ones are found."""
        self._search.start(gather(self._sources, self.field.text()))

    def _show(self, groups: Sequence[Group]) -> None:
        self.model.set_groups(groups)
        found = bool(self.model.rowCount())
        self.list.setVisible(found)
        self.nothing.say(
            ""
            if found
            else f"Rien ne répond à {quoted(self.field.text().strip())}. Essayez un UAI, un nom "
            f"d’école ou de commune, ou le nom d’une commande, en moins de mots."
        )
        self._go_to(self.model.moved(-1, 0))

    def current_row(self) -> int:
        """The row chosen; -1 for none."""
        return self.list.currentIndex().row()

    def _move(self, by: int) -> None:
        self._search.finish()
        self._go_to(self.model.moved(self.current_row(), by))

    def _go_to(self, row: int) -> None:
        self.field.page = max(1, self.list.viewport().height() // row_height() - 1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            if row == self.model.moved(-1, 0):
                self.list.scrollToTop()  # with its heading
        said = self.model.said(row) or self.nothing.text()
        self.field.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, said))

    def _clicked(self, index: QModelIndex) -> None:
        if self.model.line(index.row()).entry is not None:
            self._choose(False)

    def _chosen_by_key(self, form: bool) -> None:
        self._search.finish()  # among the answers to what is typed, never among former ones
        self._choose(form)

    def _choose(self, form: bool) -> None:
        row = self.current_row()
        if row < 0:
            return
        line = self.model.line(row)
        if line.entry is not None:
            self.accept()
            self.chosen.emit(line.source, line.entry.code, form)

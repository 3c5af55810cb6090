"""A share of a hundred beside those of the levels above: a bar, and a mark of its own for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from numecole_desktop.ui.models.figures import BAR, LINE_ROLE
from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.widgets.text import SMALL, Text, sized

Index = QModelIndex | QPersistentModelIndex
_TALL = 10
_MARK = 5.0
_MARGIN = 10
_OWN = -1


class ComparisonCell(QStyledItemDelegate):
    """Draws the rows of a ``FiguresModel``: bold titles, the bar and its marks, a focus frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if line is None:
            _draw_title(painter, option, str(index.data() or ""))
            return
        super().paint(painter, option, index)
        if index.column() == BAR and line.percent is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            where = QRectF(option.rect).adjusted(_MARGIN, 0, -_MARGIN, 0)
            draw_bar(painter, where, line.percent, [beside.percent for beside in line.beside])
            painter.restore()


class Marks(QWidget):
    """What the bar and each mark stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 0, 2, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self._parts: list[QWidget] = []

    def show_names(self, own: str, above: Sequence[str]) -> None:
        """Name the territory and the levels above it."""
        for part in self._parts:
            self._row.removeWidget(part)
            part.deleteLater()
        self._parts = []
        ranks = (_OWN, *reversed(range(len(above))))
        for rank, name in zip(ranks, (own, *above), strict=True):
            for part in (_Mark(rank), Text(name, tone="muted", size=SMALL)):
                self._row.insertWidget(len(self._parts), part)
                self._parts.append(part)
        for place in range(1, len(self._parts), 2):
            self._parts[place].setContentsMargins(0, 0, 14, 0)
        self.setVisible(bool(above))


class _Mark(QWidget):
    def __init__(self, rank: int) -> None:
        super().__init__()
        self._rank = rank
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(20 if self._rank == _OWN else 14, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QRectF(self.rect()).center()
        if self._rank == _OWN:
            box = QRectF(2, centre.y() - 4, self.width() - 4, 8)
            painter.fillRect(box, colours().action)
        else:
            draw_mark(painter, centre, self._rank)


def draw_bar(painter: QPainter, where: QRectF, percent: int, above: Sequence[int | None]) -> None:
    """A bar on a scale of a hundred, with the marks of the levels above."""
    theme = colours()
    box = QRectF(where.left(), where.center().y() - _TALL / 2, where.width(), _TALL)
    painter.setPen(QPen(theme.line, 1))
    painter.setBrush(theme.base)
    painter.drawRect(box)
    box.setWidth(where.width() * min(percent, 100) / 100)
    painter.fillRect(box, theme.action)
    for rank, share in zip(reversed(range(len(above))), above, strict=True):
        if share is not None:
            across = where.left() + where.width() * min(share, 100) / 100
            draw_mark(painter, QPointF(across, where.center().y()), rank)


def draw_mark(painter: QPainter, at: QPointF, rank: int) -> None:
    """The mark of a level above, outlined to be seen on the bar.

    Counted from the top: circle for the highest level, diamond for the next, then triangle.
    """
    theme = colours()
    painter.setPen(QPen(theme.text, 1.5))
    painter.setBrush(theme.base)
    x, y = at.x(), at.y()
    if rank == 1:
        shape = [(0, -_MARK - 1), (_MARK, 0), (0, _MARK + 1), (-_MARK, 0)]
    elif rank:
        shape = [(-_MARK, -_MARK), (_MARK, -_MARK), (0, _MARK)]
    else:
        painter.drawEllipse(at, _MARK - 0.5, _MARK - 0.5)
        return
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in shape]))


def _draw_title(painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
    theme = colours()
    painter.save()
    painter.fillRect(option.rect, theme.surface)
    painter.setFont(sized(option.font, 0, bold=True))
    painter.setPen(theme.text)
    where = QRectF(option.rect).adjusted(6, 0, -6, 0)
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
    painter.restore()

"""Cells of the school list drawn by hand: index as steps and a number, status as a sign and a word.

Shape and text carry the meaning; colour only repeats it.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from numecole_desktop.ui.models.schools import ROW_ROLE, STATUS_LABELS
from numecole_desktop.ui.theme import colours

Index = QModelIndex | QPersistentModelIndex
_MARGIN = 8
_STEP = 9
_HIGHEST = 3


class _Cell(QStyledItemDelegate):
    """Draws over the ground that Qt paints; the model gives no text to display there."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(option.rect).adjusted(_MARGIN, 0, -4, 0), index)
        painter.restore()

    def draw(self, painter: QPainter, where: QRectF, index: Index) -> None:
        raise NotImplementedError


class IndexCell(_Cell):
    """Three steps, as many filled as the index, then the number; hollow for an earlier year."""

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # a QObject
        self.year = ""

    def draw(self, painter: QPainter, where: QRectF, index: Index) -> None:
        row = index.data(ROW_ROLE)
        theme = colours()
        draw_steps(painter, where, row.index, current=row.declared_year == self.year)
        painter.setPen(theme.muted if row.index is None else theme.text)
        where.setLeft(where.left() + 3 * (_STEP + 2) + 6)
        shown = "n.c." if row.index is None else str(row.index)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class StatusCell(_Cell):
    """An empty, half or full disc, then the word."""

    def draw(self, painter: QPainter, where: QRectF, index: Index) -> None:
        status = index.data(ROW_ROLE).status
        draw_status(painter, where, status)


def draw_steps(painter: QPainter, where: QRectF, index: int | None, current: bool) -> None:
    """Three rising steps at the left of ``where``; pale when of an earlier year."""
    theme = colours()
    bottom = where.center().y() + 7
    for step in range(1, _HIGHEST + 1):
        height = 4 + 3.2 * step
        box = QRectF(where.left() + (step - 1) * (_STEP + 2), bottom - height, _STEP, height)
        filled = index is not None and step <= index
        if not filled:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(theme.action if current else theme.action_surface)
        painter.setPen(QPen(theme.action if filled else theme.border, 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def draw_status(painter: QPainter, where: QRectF, status: str) -> None:
    """The sign and the word of a declaration's status."""
    theme = colours()
    colour = {"draft": theme.warning, "submitted": theme.success}.get(status, theme.muted)
    disc = QRectF(where.left(), where.center().y() - 5, 10, 10)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if status == "submitted" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if status == "draft":
        painter.setBrush(colour)
        painter.drawPie(disc, -90 * 16, 180 * 16)
    painter.setPen(colour)
    where.setLeft(where.left() + 17)
    painter.drawText(
        where,
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        STATUS_LABELS[status],
    )

"""Where the keyboard is: the order in which Tab goes through a page, and an edge around a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from numecole_desktop.ui.theme import colours


def stops(part: QWidget) -> Sequence[QWidget]:
    """What takes the keyboard inside a part, in the order in which it was made."""
    inside = [part, *part.findChildren(QWidget)]
    return [widget for widget in inside if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]


def order(parts: Iterable[Sequence[QWidget]]) -> None:
    """Go through the stops of each part in turn."""
    chain = dict.fromkeys(widget for part in parts for widget in part)
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def draw_focus(area: QAbstractScrollArea) -> None:
    """An edge inside ``area``, drawn over what it shows, while it has the keyboard."""
    if area.hasFocus():
        painter = QPainter(area.viewport())
        painter.setPen(QPen(colours().action, 2))
        painter.drawRect(QRectF(area.viewport().rect()).adjusted(1, 1, -1, -1))

"""The order in which Tab goes through a page whose parts are made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(part: QWidget) -> Sequence[QWidget]:
    """What takes the keyboard inside a part, in the order in which it was made."""
    inside = [part, *part.findChildren(QWidget)]
    return [widget for widget in inside if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]


def order(parts: Iterable[Sequence[QWidget]]) -> None:
    """Go through the stops of each part in turn."""
    chain = dict.fromkeys(widget for part in parts for widget in part)
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)

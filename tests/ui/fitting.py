"""What of a window cannot be seen whole: outside it, or cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QWidget

from numecole_desktop.ui.widgets.text import ElidedText
from tests.ui.cut_text import cut

_LEAST = 120


def faults(window: QWidget) -> list[str]:
    """Buttons that no scrolling shows, and texts that are cut, each in words."""
    return [*_out_of_reach(window), *_hardly_seen(window), *cut(window)]


def _out_of_reach(window: QWidget) -> Iterator[str]:
    for button in window.findChildren(QAbstractButton):
        if _seen(button, window) and not _reachable(button, window):
            name = button.text() or button.accessibleName()
            yield f"{type(button).__name__} {name!r} outside {window.size().toTuple()}"


def _reachable(widget: QWidget, window: QWidget) -> bool:
    """Whether it is inside each of its parents, or in something that scrolls."""
    while widget is not window:
        holder = widget.parentWidget()
        if holder is None:
            return False
        scrolling = holder.parentWidget()
        if isinstance(scrolling, QAbstractScrollArea) and holder is scrolling.viewport():
            widget = scrolling
            continue
        inside = QRect(QPoint(0, 0), holder.size())
        if not inside.contains(widget.geometry()):
            return False
        widget = holder
    return True


def _hardly_seen(window: QWidget) -> Iterator[str]:
    """Shortened texts of which too few words are left: their tooltip says the rest."""
    for label in window.findChildren(ElidedText):
        if _seen(label, window) and label.width() < min(label.sizeHint().width(), _LEAST):
            yield f"text {label.text()!r} has {label.width()} pixels"


def _seen(widget: QWidget, window: QWidget) -> bool:
    return widget.isVisible() and widget.window() is window

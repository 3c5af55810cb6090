"""Words that do not fit where they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from numecole_desktop.ui.widgets.text import ElidedText

_SPARE = 1
"""Pixels that rounding may take."""


def cut(window: QWidget) -> list[str]:
    """What of the texts on screen is not shown whole, and by no tooltip either."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window:
            found += [f"{said}: {type(widget).__name__}" for said in _faults(widget)]
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.text():
        yield from _label_faults(widget, metrics)
    elif isinstance(widget, (QLineEdit, QComboBox)) and widget.height() < metrics.height():
        yield "too low"
    elif isinstance(widget, QAbstractButton) and widget.text() and not _is_picture(widget):
        wide = metrics.horizontalAdvance(widget.text().replace("&", ""))
        said = widget.toolTip() or widget.accessibleName()
        if (wide > widget.width() and widget.text() not in said) or metrics.height() > (
            widget.height()
        ):
            yield f"button « {widget.text()} »"
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            room = widget.tabRect(place)
            hidden = not widget.isTabVisible(place)
            if not hidden and metrics.horizontalAdvance(widget.tabText(place)) > room.width():
                yield f"tab « {widget.tabText(place)} »"
    elif isinstance(widget, QScrollArea):
        yield from _page_faults(widget)
    yield from _outside(widget)


def _is_picture(button: QAbstractButton) -> bool:
    pictured = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(button, QToolButton) and button.toolButtonStyle() == pictured


def _label_faults(label: QLabel, metrics: QFontMetrics) -> Iterator[str]:
    words = label.text()
    if isinstance(label, ElidedText):
        if metrics.horizontalAdvance(words) > label.width() and words not in label.toolTip():
            yield f"« {words[:40]} » without tooltip"
    elif label.wordWrap():
        longest = max(metrics.horizontalAdvance(word) for word in words.split() or [""])
        if label.heightForWidth(label.width()) > label.height() + _SPARE:
            yield f"« {words[:40]} » too low"
        if longest > label.width() + _SPARE:
            yield f"« {words[:40]} » too narrow"
    elif label.sizeHint().width() > label.width() + _SPARE or (
        metrics.height() > label.height() + _SPARE
    ):
        yield f"« {words[:40]} » cut"


def _page_faults(page: QScrollArea) -> Iterator[str]:
    """A page wider than its window, without a bar to see the rest."""
    inside = page.widget()
    hidden = page.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if inside is not None and hidden and inside.width() > page.viewport().width() + _SPARE:
        yield f"« {page.accessibleName()} » wider than its window"


def _outside(widget: QWidget) -> Iterator[str]:
    """What stands beyond the edge of what holds it, where nothing scrolls."""
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractScrollArea) or widget.isWindow():
        return
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return
    place = QRect(QPoint(0, 0), parent.size()).adjusted(-_SPARE, -_SPARE, _SPARE, _SPARE)
    if widget.size().isValid() and not place.contains(widget.geometry()):
        yield f"outside {type(parent).__name__} « {widget.accessibleName()[:30]} »"

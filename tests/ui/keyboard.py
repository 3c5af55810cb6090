"""Going through a window by Tab, and what the person sees of it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QScrollArea,
    QTextBrowser,
    QWidget,
)

from tests.ui.conftest import NO, SHIFT, Desktop

TAB = Qt.FocusPolicy.TabFocus
_MOST = 400


def stops(window: QWidget) -> list[QWidget]:
    """What Tab must reach: on screen, enabled, and meant for the keyboard."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and (widget.focusPolicy() & TAB) == TAB
        and widget.focusProxy() is None
    ]


def described(widget: QWidget | None) -> str:
    """A widget in a failure's words."""
    if widget is None:
        return "nothing"
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} « {widget.accessibleName() or text} »"


def tour(desktop: Desktop, *, back: bool = False) -> list[QWidget]:
    """What has the keyboard at each Tab (Maj+Tab), until something comes a second time."""
    key, held = (Qt.Key.Key_Backtab, SHIFT) if back else (Qt.Key.Key_Tab, NO)
    seen: list[QWidget] = []
    for _ in range(_MOST):
        desktop.key(key, held)
        widget = QApplication.focusWidget()
        if isinstance(widget, QTextBrowser) and seen and widget is seen[-1]:
            continue  # from one of its links to the next
        if widget is None or widget in seen:
            break
        seen.append(widget)
    return seen


def tour_faults(desktop: Desktop, window: QWidget) -> list[str]:
    """What Tab misses, meets twice, or visits against the order of the eyes."""
    desktop.key(Qt.Key.Key_Tab)
    there = tour(desktop)
    start = QApplication.focusWidget()
    back = tour(desktop, back=True)
    wanted = stops(window)
    found = [f"never reached: {described(widget)}" for widget in wanted if widget not in there]
    found += [f"never reached backwards: {described(one)}" for one in wanted if one not in back]
    if not there or start is not there[0]:
        found.append(f"Tab ends in a loop at {described(start)}")
    first = min(range(len(there)), key=lambda place: _corner(there[place], window), default=0)
    turned = there[first:] + there[:first]
    found += [
        f"upwards: {described(one)} then {described(other)}"
        for one, other in pairwise(turned)
        if _goes_up(one, other, window)
    ]
    return found


def unpainted(window: QWidget) -> list[str]:
    """Stops that look the same with and without the keyboard."""
    former = QApplication.focusWidget()
    found = []
    for widget in stops(window):
        around = widget.parentWidget() or widget
        place = widget.geometry().adjusted(-4, -4, 4, 4)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        focused = around.grab(place).toImage()
        widget.clearFocus()
        QApplication.processEvents()
        if around.grab(place).toImage() == focused:
            found.append(described(widget))
    if former is not None:
        former.setFocus(Qt.FocusReason.OtherFocusReason)
    return found


def _corner(widget: QWidget, window: QWidget) -> tuple[int, int]:
    at = widget.mapTo(window, QPoint(0, 0))
    return at.x() + at.y(), at.x()


def _goes_up(one: QWidget, other: QWidget, window: QWidget) -> bool:
    """Whether ``other`` is wholly above ``one``, and not in a column further right."""
    if one.isAncestorOf(other):
        return False
    before, after = _place(one, other, window), _place(other, one, window)
    return after.bottom() <= before.top() and after.left() < before.center().x()


def _place(widget: QWidget, other: QWidget, window: QWidget) -> QRect:
    """Where ``widget`` is seen; its page that scrolls stands for it beside what is outside."""
    shown: QWidget = widget
    at = widget.parentWidget()
    while at is not None and at is not window:
        if isinstance(at, QScrollArea) and not at.isAncestorOf(other):
            shown = at
        at = at.parentWidget()
    return QRect(shown.mapTo(window, QPoint(0, 0)), shown.size())

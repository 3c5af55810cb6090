"""What a screen reader calls the widgets that are drawn by hand: a class says it by ``said_as``.

Qt calls every plain QWidget a « client », which readers pass over with its name and description.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

GRAPHIC = "Graphic"
"""A gauge, a bar, a chart: its name says what it is, its description the numbers."""

GROUP = "Grouping"
"""Parts that belong together under one name."""

STATUS = "StaticText"
"""Words drawn with a sign."""


@cache
def tell_roles() -> None:
    """Give Qt the roles of the classes that have one, from now on; once for the process."""
    QAccessible.installFactory(_interface)


def _interface(_: str, thing: QObject) -> QAccessibleInterface | None:
    """Called only where something reads the accessible tree."""
    name = getattr(thing, "said_as", None)
    if name is None:
        return None
    from PySide6.QtWidgets import QAccessibleWidget, QWidget

    if not isinstance(thing, QWidget):
        return None
    return QAccessibleWidget(thing, QAccessible.Role[name])

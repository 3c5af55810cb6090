"""Chosen rows on a soft ground, their text as dark as elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView

from numecole_desktop.ui.theme import colours


def soften(view: QAbstractItemView) -> None:
    """Paint the selection of a list or a tree in the colours of the theme."""
    theme = colours()
    palette = view.palette()
    if palette.color(QPalette.ColorRole.Highlight) != theme.selection:
        palette.setColor(QPalette.ColorRole.Highlight, theme.selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
        view.setPalette(palette)

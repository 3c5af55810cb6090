"""Signs of the school list: the index as steps, the status of a declaration as a disc.

Shape and text carry the meaning; colour only repeats it. The list shows them as decorations of
its cells, which Qt draws much faster than a delegate in Python would.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPen, QPixmap

from numecole_desktop.ui.theme import Colours, colours

HIGHEST = 3
_STEP = 9
_GAP = 2
_STEPS_SIZE = QSize(HIGHEST * (_STEP + _GAP) + 2, 18)
_DISC_SIZE = QSize(14, 14)
_TONES = {"draft": "warning", "submitted": "success"}


class Signs:
    """Pixmaps and inks of the present theme, each drawn once."""

    def __init__(self) -> None:
        self._theme = ""
        self._pixmaps: dict[tuple[str, object], QPixmap] = {}
        self._inks: dict[str, QBrush] = {}

    def steps(self, index: int | None, current: bool) -> QPixmap:
        """Three rising steps, ``index`` of them filled; pale when of an earlier year."""
        self._follow_theme()
        key = ("steps", (index, current))
        if key not in self._pixmaps:
            painter, pixmap = _blank(_STEPS_SIZE)
            _draw_steps(painter, index, current)
            painter.end()
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def status(self, status: str) -> QPixmap:
        """An empty, half or full disc."""
        self._follow_theme()
        key = ("status", status)
        if key not in self._pixmaps:
            painter, pixmap = _blank(_DISC_SIZE)
            draw_status(painter, QRectF(2, 2, 10, 10), status)
            painter.end()
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def ink(self, status: str) -> QBrush:
        """Colour of the word beside the disc."""
        self._follow_theme()
        if status not in self._inks:
            self._inks[status] = QBrush(status_colour(status))
        return self._inks[status]

    def _follow_theme(self) -> None:
        theme: Colours = colours()
        if theme.name != self._theme:
            self._theme = theme.name
            self._pixmaps.clear()
            self._inks.clear()


def status_colour(status: str) -> QColor:
    """Colour of a status in the present theme."""
    return colours().named(_TONES.get(status, "muted"))


def draw_status(painter: QPainter, disc: QRectF, status: str) -> None:
    """Draw the disc of a status in ``disc``."""
    colour = status_colour(status)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if status == "submitted" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if status == "draft":
        painter.setBrush(colour)
        painter.drawPie(disc, -90 * 16, 180 * 16)


def _draw_steps(painter: QPainter, index: int | None, current: bool) -> None:
    theme = colours()
    bottom = _STEPS_SIZE.height() - 2
    for step in range(1, HIGHEST + 1):
        height = 4 + 3.2 * step
        box = QRectF((step - 1) * (_STEP + _GAP) + 0.5, bottom - height, _STEP - 1, height)
        filled = index is not None and step <= index
        ground = theme.action if current else theme.action_surface
        painter.setBrush(ground if filled else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.action if filled else theme.border, 1))
        painter.drawRect(box)


def _blank(size: QSize) -> tuple[QPainter, QPixmap]:
    density = QGuiApplication.primaryScreen().devicePixelRatio()
    pixmap = QPixmap(size * density)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter, pixmap

"""Own SVG icons, drawn in a colour of the theme at the screen's density."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPixmap, QPixmapCache

from numecole_desktop.ui.assets import asset

SIZE = 20
"""Side of an icon as drawn in its file, in pixels."""


def icon(name: str, colour: QColor) -> QIcon:
    """Icon ``name`` of ``resources/icons`` in ``colour``."""
    return QIcon(pixmap(name, colour))


def pixmap(name: str, colour: QColor, size: int = SIZE) -> QPixmap:
    """The same as a pixmap of ``size`` device-independent pixels."""
    density = QGuiApplication.primaryScreen().devicePixelRatio()
    return _drawn(name, colour.name(), size, density)


def icon_size() -> QSize:
    """Size to give to buttons."""
    return QSize(SIZE, SIZE)


def _drawn(name: str, colour: str, size: int, density: float) -> QPixmap:
    key = f"numecole {name} {colour} {size} {density}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    side = round(size * density)
    text = _source(name).replace("currentColor", colour)
    text = text.replace(f'width="{SIZE}" height="{SIZE}"', f'width="{side}" height="{side}"')
    image = QImage.fromData(text.encode())
    image.setDevicePixelRatio(density)
    drawn = QPixmap.fromImage(image)
    QPixmapCache.insert(key, drawn)
    return drawn


@cache
def _source(name: str) -> str:
    return asset(f"icons/{name}.svg").read_text("utf-8")

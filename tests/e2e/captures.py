"""Pictures for the guide: written when ``NUMECOLE_CAPTURES`` names a folder."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from numecole_desktop.services import guide
from numecole_desktop.ui.theme import apply_theme
from numecole_desktop.ui.widgets.busy import BusyBar
from tests.ui.conftest import Desktop

FOLDER = "NUMECOLE_CAPTURES"
LOOKS = {"light": (1040, 680), "dark": (853, 480)}
"""Sizes of the window in which the days are lived, by palette: the second is that of 1280 x 720
at 150 %. The guide shows the first.
"""
GUIDE_LOOK = "light"
DAYS = ("journee-bureau", "journee-visites")
"""Pages of the guide that tell a day."""
_COLOURS = 96


class Captures:
    """The pictures shown by some pages of the guide; ``made`` keeps the names of those taken."""

    def __init__(self, desktop: Desktop, look: str, *pages: str) -> None:
        self._pages = pages
        self._look = look
        self._folder = os.environ.get(FOLDER, "")
        self.made: set[str] = set()
        self.follow(desktop)

    def follow(self, desktop: Desktop) -> None:
        """Take pictures of this window from now on."""
        self._desktop = desktop
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self._look)
        desktop.frame.resize(*LOOKS[self._look])
        desktop.settle()

    def take(self, name: str) -> None:
        """A picture of the window as it is now, with the dialog over it."""
        self.made.add(f"images/{name}.png")
        shown = self._look == GUIDE_LOOK and f"images/{name}.png" in named_by(*self._pages)
        if self._folder and shown:
            frame = self._desktop.frame
            self._desktop.until(lambda: all(b.isHidden() for b in frame.findChildren(BusyBar)))
            write(frame, Path(self._folder) / f"{name}.png")


def named_by(*pages: str) -> set[str]:
    """Pictures that pages of the guide show."""
    text = "".join(guide.page(page).text for page in pages)
    return set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text))


def write(frame: QWidget, path: Path) -> None:
    """Write ``frame`` and the dialog over it as a small PNG."""
    shot = frame.grab()
    over = QApplication.activeModalWidget()
    if over is not None and over is not frame:
        painter = QPainter(shot)
        place = frame.rect().center() - over.rect().center()
        painter.drawPixmap(place, over.grab())
        painter.drawRect(QRect(place, over.size()))
        painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    shot.save(buffer, "PNG")
    image = Image.open(BytesIO(buffer.data().data())).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)

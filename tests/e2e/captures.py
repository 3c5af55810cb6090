"""Pictures of a day, for the guide: written when ``NUMECOLE_CAPTURES`` names a folder."""

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
from tests.ui.conftest import Desktop

FOLDER = "NUMECOLE_CAPTURES"
SIZE = (1040, 680)
_COLOURS = 96


class Captures:
    """The pictures of the day told by a page of the guide; ``made`` keeps their names."""

    def __init__(self, desktop: Desktop, page: str) -> None:
        self._page = page
        self._folder = os.environ.get(FOLDER, "")
        self.made: set[str] = set()
        self.follow(desktop)

    def follow(self, desktop: Desktop) -> None:
        """Take pictures of this window from now on."""
        self._desktop = desktop
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, "light")
        desktop.frame.resize(*SIZE)
        desktop.settle()

    def take(self, name: str) -> None:
        """A picture of the window as it is now, with the dialog over it."""
        self.made.add(f"images/{name}.png")
        if self._folder and f"images/{name}.png" in named_by(self._page):
            QApplication.processEvents()
            write(self._desktop.frame, Path(self._folder) / f"{name}.png")


def named_by(page: str) -> set[str]:
    """Pictures that a page of the guide shows."""
    return set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", guide.page(page).text))


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

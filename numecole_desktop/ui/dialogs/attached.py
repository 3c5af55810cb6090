"""An attached file, shown inside the application: the system never opens it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.screens.pdf_pages import draw_page
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Page
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.session import Session

_PDF = "application/pdf"
_SIZE = (760, 440)
_MARGIN = 44
_DOTS_PER_INCH = 144
_BYTES_PER_PIXEL = 4


class AttachedDialog(Dialog):
    """One page of a PDF at a time, or a photo, as wide as the dialog."""

    help_page = "labels#pieces-jointes"

    def __init__(
        self, session: Session, name: str, sha256: str, kind: str, parent: QWidget | None
    ) -> None:
        super().__init__(name, parent)
        self._session = session
        self._name = name
        self._is_pdf = kind == _PDF
        self._read = partial(_image, sha256=sha256, kind=kind)
        self._number = 0
        self.pages = 1
        self.prefer(*_SIZE)
        self.view = Page(f"Pièce jointe{NBSP}: {name}")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.message = Text("Préparation…", tone="muted", wrap=True)
        self.view.column.addWidget(self.message)
        self.view.column.addWidget(self.picture)
        self.view.column.addStretch(1)
        self.body.addWidget(self.view, 1)
        self.place = Text(tone="muted")
        self.before = Button("Page précédente")
        self.before.clicked.connect(partial(self._turn, -1))
        self.after = Button("Page suivante")
        self.after.clicked.connect(partial(self._turn, 1))
        for position, part in enumerate((self.before, self.after, self.place)):
            self.buttons.insertWidget(position, part)
            part.hide()
        self._draw()

    def _turn(self, step: int) -> None:
        self._number = min(max(0, self._number + step), self.pages - 1)
        self._draw()

    def _draw(self) -> None:
        work = partial(self._read, number=self._number)
        self._session.tasks.run(work, self._show, self._failed)

    def _show(self, drawn: tuple[QImage, int]) -> None:
        image, self.pages = drawn
        self.message.hide()
        density = self.devicePixelRatioF()
        room = self.view.viewport().size() - QSize(_MARGIN, _MARGIN)
        if self._is_pdf:
            room.setHeight(image.height())  # a page is read from top to bottom
        kept, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        image = image.scaled(room * density, kept, smooth)
        image.setDevicePixelRatio(density)
        self.picture.setPixmap(QPixmap.fromImage(image))
        words = f"page {self._number + 1} sur {self.pages}"
        self.picture.setAccessibleName(f"{self._name}, {words}")
        self.place.setText(words.capitalize())
        for part in (self.before, self.after, self.place):
            part.setVisible(self.pages > 1)
        self.before.setEnabled(self._number > 0)
        self.after.setEnabled(self._number < self.pages - 1)

    def _failed(self, problem: Problem) -> None:
        self.message.say(str(problem))


def _image(workspace: Workspace, *, sha256: str, kind: str, number: int) -> tuple[QImage, int]:
    """The file as an image, and how many pages it has (on the base's thread)."""
    from numecole_desktop.services import label_people

    content = label_people.file_content(workspace, sha256)
    if kind == _PDF:
        return draw_page(content, number, _DOTS_PER_INCH)
    return _photo(content, kind), 1


def _photo(content: bytes, kind: str) -> QImage:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageReader

    from numecole_desktop.services.attached import limits

    QImageReader.setAllocationLimit(limits().pixels * _BYTES_PER_PIXEL // 2**20 + 1)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # The format is the one that was checked: no other decoder ever sees the file.
    reader = QImageReader(buffer, QByteArray(kind.removeprefix("image/").encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise Problem(
            f"Cette image ne peut pas être montrée{NBSP}: elle est abîmée ou trop grande."
        )
    return image

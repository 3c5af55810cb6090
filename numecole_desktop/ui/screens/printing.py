"""Tab « Impression »: the PDF as it will be, exported or printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.screens.pdf_pages import draw_pages
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.card import Page
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.screens.school_read import ReadSchool

ZOOMS = (50, 75, 100, 125, 150, 200)
PRINT_DPI = 300
_SCREEN_DPI = 96


class PrintTab(QWidget):
    """Preview and what can be made of it; ``all_asked`` for the profiles of all schools."""

    all_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._uai = ""
        self._name = ""
        self._stale = True
        self._zoom = ZOOMS.index(100)
        self.pages = Page("Aperçu du profil")
        self.pages.installEventFilter(self)
        self.exported = ExportedBar()
        self.message = Text("Préparation de l’aperçu…", tone="muted", wrap=True)
        self.export_button = Button("Exporter en PDF…", icon_name="pdf", primary=True)
        self.export_button.clicked.connect(self.export)
        self.print_button = Button("Imprimer…", icon_name="print")
        self.print_button.clicked.connect(self.print)
        self.all_button = Button("Tous les profils…", icon_name="pages")
        self.all_button.clicked.connect(self.all_asked)
        self.zoom_text = Text(tone="muted")
        self._out = IconButton("minus", "Réduire l’aperçu (Ctrl+-)")
        self._out.clicked.connect(self.zoom_out)
        self._in = IconButton("plus", "Agrandir l’aperçu (Ctrl++)")
        self._in.clicked.connect(self.zoom_in)
        self._images: list[QLabel] = []
        self._lay_out()

    def show_school(self, read: ReadSchool) -> None:
        """Prepare another school; its pages are drawn when the tab is shown."""
        school = read.page.school
        if school.uai != self._uai:
            self.exported.hide()
        self._uai, self._name = school.uai, f"{school.name}, {school.commune or ''}"
        self._stale = True
        if self.isVisible():
            self.draw()

    def draw(self) -> None:
        """Draw the pages again."""
        if not self._uai:
            return
        self._stale = False
        self.zoom_text.setText(f"{ZOOMS[self._zoom]}{NBSP}%")
        density = self.devicePixelRatioF()
        dots = _SCREEN_DPI * density * ZOOMS[self._zoom] / 100
        work = partial(_draw, uai=self._uai, year=self.session.year, dots_per_inch=dots)
        self.session.tasks.run(work, partial(self._show, self._uai, density), self._failed)

    def export(self) -> None:
        """Ask for a file, then write the PDF there; an existing file is asked about first."""
        dialog = QFileDialog(self, "Exporter le profil en PDF", self.session.folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Document PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"profil_{self._uai}_{self.session.year}.pdf")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write the PDF to ``path``."""
        from numecole_desktop.services import profiles

        write = partial(
            profiles.write_profile, uai=self._uai, year=self.session.year, path=Path(path)
        )
        self.session.tasks.run(write, self._exported, self._failed)

    def print(self) -> None:
        """Ask for a printer, then draw the pages for it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(f"Profil {self._uai}")
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Imprimer le profil")
        dialog.setModal(True)
        if self._images:
            dialog.setMinMax(1, len(self._images))
        dialog.accepted.connect(self._print_accepted)
        dialog.show()

    def zoom_in(self) -> None:
        """Larger pages."""
        self._zoom_to(self._zoom + 1)

    def zoom_out(self) -> None:
        """Smaller pages."""
        self._zoom_to(self._zoom - 1)

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a show event
        if self._stale:
            self.draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            bar = self.pages.verticalScrollBar()
            ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
            if event.key() in ends:
                bar.setValue(ends[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 14, 0)
        row.setSpacing(8)
        for button in (self.export_button, self.print_button, self.all_button):
            row.addWidget(button)
        row.addStretch(1)
        for part in (self._out, self.zoom_text, self._in):
            row.addWidget(part)
        bar = QVBoxLayout()
        bar.setContentsMargins(14, 8, 14, 0)
        bar.addWidget(self.exported)
        self.pages.column.addWidget(self.message)
        self.pages.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)

    def _zoom_to(self, place: int) -> None:
        if 0 <= place < len(ZOOMS):
            self._zoom = place
            self.draw()

    def _show(self, uai: str, density: float, images: Sequence[QImage]) -> None:
        if uai != self._uai:
            return
        self._clear()
        self.message.hide()
        for number, image in enumerate(images, 1):
            image.setDevicePixelRatio(density)
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(image))
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setAccessibleName(f"Page {number} sur {len(images)} du profil de {self._name}")
            self._images.append(label)
            self.pages.column.insertWidget(number, label)

    def _clear(self) -> None:
        for label in self._images:
            self.pages.column.removeWidget(label)
            label.deleteLater()
        self._images = []

    def _failed(self, problem: Problem) -> None:
        self.message.set_tone("error")
        self.message.setText(str(problem))
        self.message.show()
        self.pages.verticalScrollBar().setValue(0)

    def _exported(self, path: Path) -> None:
        self.message.hide()
        self.exported.exported(f"Profil enregistré{NBSP}: {path.name}", path)

    def _print_accepted(self) -> None:
        work = partial(_draw, uai=self._uai, year=self.session.year, dots_per_inch=PRINT_DPI)
        self.session.tasks.run(work, self._print_pages, self._failed)

    def _print_pages(self, images: Sequence[QImage]) -> None:
        from numecole_desktop.domain.problem import Problem
        from numecole_desktop.ui.screens.paper import print_pages

        try:
            sheets = print_pages(self._printer, images)
        except Problem as problem:
            self._failed(problem)
        else:
            self.message.hide()
            self.session.say(f"Envoyé à l’imprimante{NBSP}: {plural(sheets, 'page')}.", "success")


def _draw(
    workspace: Workspace, *, uai: str, year: object, dots_per_inch: float
) -> Sequence[QImage]:
    from numecole_desktop.services import profiles

    return draw_pages(profiles.profile_pdf(workspace, uai, year), dots_per_inch)  # type: ignore[arg-type]

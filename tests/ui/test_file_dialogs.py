"""Dialogs of Qt that ask for a file, a folder or a printer: they open, in French."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from numecole_desktop.ui.screens.school import PRINT_TAB, SchoolScreen
from tests.ui.conftest import CTRL, SCHOOL, Desktop


def buttons(dialog: QFileDialog) -> set[str]:
    return {b.text().replace("&", "") for b in dialog.findChildren(QAbstractButton)}


@pytest.mark.parametrize(
    ("command", "accept"),
    [("backup", "Enregistrer"), ("all_profiles", "Choisir"), ("import", "Ouvrir")],
)
def test_commands_that_ask_for_a_path(desktop: Desktop, command: str, accept: str) -> None:
    desktop.shell.run(command)
    dialog = desktop.dialog(QFileDialog)
    assert {accept, "Annuler"} <= buttons(dialog)
    dialog.reject()


@pytest.fixture
def school(desktop: Desktop) -> SchoolScreen:
    """The page of a school on its tab « Impression »."""
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    assert desktop.desk.school is not None
    desktop.desk.school.tabs.show_tab(PRINT_TAB)
    desktop.until(lambda: desktop.desk.school and desktop.desk.school.printing._images)
    return desktop.desk.school


def test_export_proposes_a_name_that_says_the_school_and_the_year(
    desktop: Desktop, school: SchoolScreen
) -> None:
    desktop.key(Qt.Key.Key_E, CTRL)
    dialog = desktop.dialog(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == f"profil_{SCHOOL}_2023-2024.pdf"
    dialog.reject()


def test_print_asks_for_a_printer_then_draws_each_page(
    desktop: Desktop, school: SchoolScreen, tmp_path: Path
) -> None:
    desktop.key(Qt.Key.Key_P, CTRL)
    dialog = desktop.dialog(QPrintDialog)
    printer = school.printing._printer
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papier.pdf"))
    dialog.accepted.emit(printer)
    dialog.reject()
    pages = len(school.printing._images)
    desktop.until(lambda: "Envoyé à l’imprimante" in desktop.shell.status.message.text())
    data = (tmp_path / "papier.pdf").read_bytes()
    assert data.count(b"/Type /Page\n") == pages


def test_pages_are_drawn_for_the_printer_s_resolution(school: SchoolScreen) -> None:
    image = school.printing._images[0].pixmap().toImage()
    assert image.format() != QImage.Format.Format_Invalid
    assert 1.35 < image.height() / image.width() < 1.45

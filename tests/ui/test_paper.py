"""Printing: what comes out is what was asked for, whole on each sheet."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.screens.paper import print_pages
from numecole_desktop.ui.screens.school import PRINT_TAB
from tests.ui.conftest import CTRL, SCHOOL, Desktop

GREYS = (40, 120, 200)


def page(grey: int, size: tuple[int, int] = (413, 585)) -> QImage:
    """A page of A4 shape, inked up to 10 mm from its edges."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    edge = size[0] // 21
    for x in range(edge, size[0] - edge):
        for y in range(edge, size[1] - edge):
            image.setPixel(x, y, grey * 0x010101)
    return image


@pytest.fixture
def printer(qapp: QApplication, tmp_path: Path) -> QPrinter:
    """A printer that writes a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "papier.pdf"))
    return made


def printed(printer: QPrinter) -> list[Image.Image]:
    """The sheets that came out, 72 points an inch."""
    document = pdfium.PdfDocument(Path(printer.outputFileName()).read_bytes())
    return [sheet.render(scale=1).to_pil().convert("L") for sheet in document]


def ink(sheet: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is inked."""
    box = ImageChops.invert(sheet).point(lambda value: 255 if value > 30 else 0).getbbox()
    assert box is not None
    return box


def greys(sheets: list[Image.Image]) -> list[int]:
    """The grey at the middle of each sheet."""
    middle = [sheet.crop((300, 400, 301, 401)).tobytes()[0] for sheet in sheets]
    return [min(GREYS, key=lambda grey: abs(grey - value)) for value in middle]


def test_a_page_keeps_its_size_and_its_edges(printer: QPrinter) -> None:
    assert print_pages(printer, [page(40)]) == 1
    (sheet,) = printed(printer)
    assert (sheet.width, sheet.height) == pytest.approx((595, 842), abs=1)
    assert ink(sheet) == pytest.approx((28, 28, 595 - 28, 842 - 28), abs=3)


def test_a_printer_that_cannot_reach_our_edges_gets_a_smaller_page(printer: QPrinter) -> None:
    wide = QMarginsF(42, 42, 42, 42)
    size = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, wide, QPageLayout.Unit.Point, wide)
    printer.setPageLayout(layout)
    print_pages(printer, [page(40)])
    left, top, right, bottom = ink(printed(printer)[0])
    assert left >= 42
    assert top >= 42
    assert right <= 595 - 42
    assert bottom <= 842 - 42
    assert left == pytest.approx(595 - right, abs=2)


def test_another_paper_holds_the_whole_page_in_its_middle(printer: QPrinter) -> None:
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    print_pages(printer, [page(40)])
    (sheet,) = printed(printer)
    left, top, right, bottom = ink(sheet)
    assert (right - left) / (bottom - top) == pytest.approx(539 / 786, abs=0.01)
    assert left == pytest.approx(sheet.width - right, abs=2)
    assert bottom - top > 1100


def test_a_page_is_turned_on_a_sheet_that_lies(printer: QPrinter) -> None:
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    print_pages(printer, [page(40)])
    (sheet,) = printed(printer)
    left, top, right, bottom = ink(sheet)
    assert sheet.width > sheet.height
    assert right - left > 1.3 * (bottom - top)
    assert bottom - top > 500


def test_pages_come_out_in_order_and_as_many_times_as_asked(printer: QPrinter) -> None:
    pages = [page(grey) for grey in GREYS]
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    assert print_pages(printer, pages) == 6
    assert greys(printed(printer)) == [*GREYS, *GREYS]
    printer.setCollateCopies(False)
    print_pages(printer, pages)
    assert greys(printed(printer)) == [grey for grey in GREYS for _ in range(2)]


def test_only_the_pages_asked_for_come_out(printer: QPrinter) -> None:
    pages = [page(grey) for grey in GREYS]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_pages(printer, pages) == 2
    assert greys(printed(printer)) == [200, 120]
    printer.setPageRanges(QPageRanges.fromString("7"))
    with pytest.raises(Problem, match="de la page 1 à la page 3"):
        print_pages(printer, pages)


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_refuses_is_said(printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "absent" / "papier.pdf"))
    with pytest.raises(Problem, match="n’a pas commencé"):
        print_pages(printer, [page(40)])


@pytest.fixture
def asked(desktop: Desktop) -> tuple[Desktop, QPrintDialog]:
    """The dialog of printing, asked for by Ctrl+P."""
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    assert desktop.desk.school is not None
    school = desktop.desk.school
    school.tabs.show_tab(PRINT_TAB)
    desktop.until(lambda: school.printing._images)
    desktop.key(Qt.Key.Key_P, CTRL)
    return desktop, desktop.dialog(QPrintDialog)


def test_the_dialog_knows_the_last_page(asked: tuple[Desktop, QPrintDialog]) -> None:
    desktop, dialog = asked
    assert desktop.desk.school is not None
    assert (dialog.minPage(), dialog.maxPage()) == (1, len(desktop.desk.school.printing._images))
    dialog.reject()


def test_a_dialog_that_is_left_prints_nothing(
    asked: tuple[Desktop, QPrintDialog], tmp_path: Path
) -> None:
    desktop, dialog = asked
    dialog.printer().setOutputFileName(str(tmp_path / "papier.pdf"))
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    assert not (tmp_path / "papier.pdf").exists()
    assert "imprimante" not in desktop.shell.status.message.text()


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_what_a_printer_refuses_is_told_where_one_looks(
    asked: tuple[Desktop, QPrintDialog], tmp_path: Path
) -> None:
    desktop, dialog = asked
    assert desktop.desk.school is not None
    printing = desktop.desk.school.printing
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "absent" / "papier.pdf"))
    dialog.accepted.emit(dialog.printer())
    dialog.reject()
    desktop.until(lambda: "n’a pas commencé" in printing.message.text())
    assert printing.message.isVisible()
    assert printing.message.y() < printing._images[0].y()

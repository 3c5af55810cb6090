"""Attachments: dropped, refused when hostile, shown inside the application, taken out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from numecole_desktop.services import label_dossiers, label_opening, label_people
from numecole_desktop.services.workspace import Changes
from numecole_desktop.ui.dialogs.attached import AttachedDialog
from numecole_desktop.ui.dialogs.erase import EraseFileDialog
from numecole_desktop.ui.screens.label_files import FilesCard
from numecole_desktop.ui.screens.labels import LabelsScreen
from numecole_desktop.ui.widgets.buttons import Button
from tests.conftest import YEAR
from tests.ui.conftest import SCHOOL, Desktop
from tests.ui.labels import come_back, drafted, held, open_dossier, submitted
from tests.ui.test_school_screen import words


def photo(path: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (320, 200), (20, 120, 60)).save(path)
    return path


def document(path: Path, pages: int = 2) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    content = io.BytesIO()
    canvas = Canvas(content)
    for number in range(pages):
        canvas.drawString(100, 700, f"Page {number}")
        canvas.showPage()
    canvas.save()
    path.write_bytes(content.getvalue())
    return path


def drop(desktop: Desktop, screen: LabelsScreen, *paths: Path) -> None:
    """Drop files on the card, as the file manager does."""
    card = screen.dossier.files
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    place = QPointF(10, 10)
    QApplication.sendEvent(card, QDragEnterEvent(place.toPoint(), action, data, button, none))
    QApplication.sendEvent(card, QDropEvent(place, action, data, button, none))
    desktop.settle()


@pytest.fixture
def screen(desktop: Desktop) -> LabelsScreen:
    """The page of a draft."""
    desktop.read(drafted)
    return open_dossier(desktop)


def test_a_file_that_is_dropped_is_attached_once(
    desktop: Desktop, screen: LabelsScreen, tmp_path: Path
) -> None:
    path = photo(tmp_path / "cour.png")
    drop(desktop, screen, path, path)
    assert [file.name for file in held(desktop).files.values()] == ["cour.png"]
    assert "cour.png" in words(screen.dossier.files)
    assert screen.dossier.sheet is not None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("projet.pdf", b"<html><script>alert(1)</script></html>"),
        ("photo.png", b"MZ\x90\x00 programme"),
        ("photo.jpg", b"\xff\xd8\xff" + b"\x00" * 40),
        ("casse.pdf", b"%PDF-1.7 coupe"),
        ("vide.pdf", b""),
    ],
)
def test_a_hostile_file_is_refused_in_words(
    desktop: Desktop, screen: LabelsScreen, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    drop(desktop, screen, path)
    assert held(desktop).files == {}
    assert name in screen.dossier.notice.text.text()
    assert screen.dossier.notice.isVisible()


def test_a_refusal_is_still_said_after_a_good_file(
    desktop: Desktop, screen: LabelsScreen, tmp_path: Path
) -> None:
    hostile = tmp_path / "projet.pdf"
    hostile.write_bytes(b"<html></html>")
    drop(desktop, screen, hostile, photo(tmp_path / "cour.png"))
    assert len(held(desktop).files) == 1
    assert "projet.pdf" in screen.dossier.notice.text.text()
    assert screen.dossier.notice.isVisible()
    assert screen.dossier.sheet is not None
    screen.dossier.sheet.fields["project_title"].focus()
    desktop.write("x")
    assert not screen.dossier.notice.isVisible()


def test_what_is_typed_survives_a_refused_file(
    desktop: Desktop, screen: LabelsScreen, tmp_path: Path
) -> None:
    assert screen.dossier.sheet is not None
    screen.dossier.sheet.fields["project_title"].focus()
    desktop.key(Qt.Key.Key_End)
    desktop.write(" et capteurs")
    drop(desktop, screen, tmp_path / "absent.pdf")
    application = held(desktop).application
    assert application is not None
    assert application.project_title == "Robots et capteurs"


def test_a_pdf_is_shown_page_by_page_inside_the_application(
    desktop: Desktop, screen: LabelsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    drop(desktop, screen, document(tmp_path / "projet.pdf"))
    (sha256,) = held(desktop).files
    screen.dossier.acts.show_file(sha256)
    dialog = desktop.dialog(AttachedDialog)
    desktop.until(lambda: not dialog.picture.pixmap().isNull())
    assert dialog.place.text() == "Page 1 sur 2"
    dialog.after.setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.until(lambda: dialog.place.text() == "Page 2 sur 2")
    assert not dialog.after.isEnabled()
    assert opened == []
    desktop.key(Qt.Key.Key_Escape)


def test_a_photo_fits_the_dialog(desktop: Desktop, screen: LabelsScreen, tmp_path: Path) -> None:
    drop(desktop, screen, photo(tmp_path / "cour.png"))
    (sha256,) = held(desktop).files
    screen.dossier.acts.show_file(sha256)
    dialog = desktop.dialog(AttachedDialog)
    desktop.until(lambda: not dialog.picture.pixmap().isNull())
    assert dialog.picture.pixmap().height() <= dialog.view.viewport().height()
    assert dialog.picture.accessibleName().startswith("cour.png")
    desktop.key(Qt.Key.Key_Escape)


def test_a_file_is_taken_out(desktop: Desktop, screen: LabelsScreen, tmp_path: Path) -> None:
    drop(desktop, screen, photo(tmp_path / "cour.png"))
    (sha256,) = held(desktop).files
    screen.dossier.files.detach_asked.emit(sha256)
    desktop.settle()
    assert held(desktop).files == {}
    assert "cour.png" not in words(screen.dossier.files)


def erase(desktop: Desktop, card: FilesCard) -> EraseFileDialog:
    """Press « Effacer… » by the keyboard."""
    (button,) = (b for b in card.findChildren(Button) if b.text() == "Effacer…")
    button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    return desktop.dialog(EraseFileDialog)


def test_a_file_is_erased_once_confirmed_even_after_the_draft(
    desktop: Desktop, screen: LabelsScreen, tmp_path: Path
) -> None:
    drop(desktop, screen, photo(tmp_path / "cour.png"))
    (sha256,) = held(desktop).files
    desktop.read(lambda ws: label_dossiers.submit(ws, label_opening.open_dossier(ws, SCHOOL, YEAR)))
    desktop.session.refresher.publish(Changes(everything=True))
    desktop.settle()
    dialog = erase(desktop, screen.dossier.files)
    assert "cour.png." in words(dialog)
    assert "garde la taille, le type et l’empreinte" in words(dialog)
    desktop.key(Qt.Key.Key_Return)
    come_back(desktop)
    assert "cour.png" in words(screen.dossier.files)
    erase(desktop, screen.dossier.files).accept()
    come_back(desktop)
    assert held(desktop).files[sha256].erased_at
    assert "pièce effacée" in words(screen.dossier.files)
    assert "cour.png" not in words(screen.dossier.files)
    application = held(desktop).application
    assert application is not None
    assert [file.sha256 for file in application.attachments] == [sha256]
    assert desktop.read(label_people.held_files) == ()


def test_a_submitted_dossier_takes_no_more_files(desktop: Desktop, tmp_path: Path) -> None:
    desktop.read(submitted)
    screen = open_dossier(desktop)
    assert not screen.dossier.files.acceptDrops()
    assert not screen.dossier.files.add_button.isVisible()

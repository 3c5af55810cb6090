"""Documents of the label asked for in the window: which are offered, where they are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.services import label_dossiers
from numecole_desktop.ui.screens.label_papers import CERTIFICATE, DOSSIER, LETTER
from tests.ui.conftest import SCHOOL, Desktop
from tests.ui.labels import drafted, examined, open_dossier, open_labels


def decided(desktop: Desktop, level: int) -> None:
    """A dossier with its decision."""
    desktop.read(
        lambda ws: label_dossiers.decide(
            ws, examined(ws, level=1), Decision(level, date(2024, 3, 1), "Vu en commission.")
        )
    )


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_a_draft_offers_what_is_to_sign(desktop: Desktop, tmp_path: Path) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    offered = {code for code, b in screen.dossier.paper_buttons.items() if b.isVisible()}
    assert offered == {DOSSIER}
    screen.dossier.paper_buttons[DOSSIER].setFocus()
    desktop.key(Qt.Key.Key_Space)
    dialog = desktop.dialog(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name.startswith(f"dossier_label_{SCHOOL.lower()}")
    path = tmp_path / "dossier.pdf"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desktop.until(path.exists)
    desktop.settle()
    assert screen.dossier.exported.isVisible()
    assert "Personne school_signatory" in text_of(path)


@pytest.mark.parametrize(
    ("level", "offered"), [(1, {DOSSIER, CERTIFICATE, LETTER}), (0, {DOSSIER, LETTER})]
)
def test_a_decision_offers_its_certificate_and_the_letter(
    desktop: Desktop, level: int, offered: set[str]
) -> None:
    decided(desktop, level)
    screen = open_dossier(desktop)
    found = {code for code, b in screen.dossier.paper_buttons.items() if b.isVisible()}
    assert found == offered


def test_the_list_of_decisions_is_written_from_the_list(desktop: Desktop, tmp_path: Path) -> None:
    decided(desktop, 1)
    screen = open_labels(desktop)
    desktop.until(screen.list.decisions_button.isEnabled)
    screen.list.decisions_button.click()
    dialog = desktop.dialog(QFileDialog)
    path = tmp_path / "liste.pdf"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desktop.until(path.exists)
    desktop.until(screen.exported.isVisible)
    assert "Jules Ferry" in text_of(path)

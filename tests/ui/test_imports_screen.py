"""Imports in the window: preview before, report after, undo later."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.uai import check_letter
from numecole_desktop.storage import reads
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.dialogs.mapping import MappingDialog
from numecole_desktop.ui.screens.import_report import CLOSURES, FINDINGS, PREVIEW
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.conftest import YEAR
from tests.ui.conftest import SCHOOL, Desktop

GOOD = "uai;annee_scolaire;A1;A2;A3;A4;A5;A6;A7;B1;B2;B3;C1;C2;C3;D1\r\n"
LINES = (
    "0110160P;2023-2024;4;FIBRE;0;NON;NON;NON;OUI;4;2;2;1;0;0;\r\n",
    "0110161R;2023-2024;4;FIBRE;0;NON;NON;NON;OUI;5;2;2;1;0;0;\r\n",
)
DIRECTORY = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;"
    "Code_departement;Nom_commune\r\n"
)


@pytest.fixture
def screen(desktop: Desktop) -> ImportsScreen:
    """The screen of imports."""
    desktop.shell.show_place("imports")
    found = desktop.shell.place("imports")
    assert isinstance(found, ImportsScreen)
    desktop.settle()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two declarations, the second with B1 above A1."""
    path = tmp_path / "déclarations.csv"
    path.write_text(GOOD + "".join(LINES), "utf-8", newline="")
    return path


def look_at(desktop: Desktop, screen: ImportsScreen, path: Path, kind: str) -> None:
    screen.assistant.kind.set_value(kind)
    screen.look_at(str(path))
    settle(desktop)


def settle(desktop: Desktop) -> None:
    """Wait for the job to end and its dialog to close."""
    desktop.settle()
    desktop.until(lambda: not [d for d in desktop.frame.findChildren(JobDialog) if d.isVisible()])


def test_the_preview_changes_nothing(desktop: Desktop, screen: ImportsScreen, file: Path) -> None:
    look_at(desktop, screen, file, "declarations")
    report = screen.assistant.report
    assert report.models[PREVIEW].rowCount() == 2
    assert report.models[FINDINGS].rowCount() >= 1
    assert screen.assistant.import_button.text() == "Importer 1\u00a0ligne"
    assert desktop.declaration() is None


def test_a_refused_line_is_named_with_its_line_and_column(
    desktop: Desktop, screen: ImportsScreen, file: Path
) -> None:
    look_at(desktop, screen, file, "declarations")
    model = screen.assistant.report.models[FINDINGS]
    rows = [[model.index(r, c).data() for c in range(5)] for r in range(model.rowCount())]
    refused = [row for row in rows if row[1] == "Refusée"]
    assert [(row[0], row[2], row[3]) for row in refused] == [("3", "B1", "5")]
    assert screen.assistant.report.tabs.row.currentIndex() == FINDINGS


def test_import_then_undo(desktop: Desktop, screen: ImportsScreen, file: Path) -> None:
    look_at(desktop, screen, file, "declarations")
    screen.assistant.import_button.click()
    settle(desktop)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 4
    assert "Import terminé" in screen.assistant.notice.text.text()
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    assert screen.model.rowCount() == 1
    screen.table.go_to(0)
    screen.undo_button.click()
    desktop.settle()
    assert desktop.declaration() is None
    assert "annulé" in screen.notice.text.text()
    screen.table.go_to(0)
    assert screen.model.index(0, 7).data() == "Annulé"
    assert not screen.undo_button.isEnabled()


def test_the_list_of_schools_shows_what_was_imported(
    desktop: Desktop, screen: ImportsScreen, file: Path
) -> None:
    look_at(desktop, screen, file, "declarations")
    screen.assistant.import_button.click()
    settle(desktop)
    desktop.shell.show_place("schools")
    desktop.settle()
    model = desktop.shell.schools.model
    row = model.row(model.place_of(model.number_of(SCHOOL)))
    assert (row.status, row.index) == ("submitted", 3)


def test_importing_again_says_that_nothing_changes(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "une.csv"
    path.write_text(GOOD + LINES[0], "utf-8", newline="")
    look_at(desktop, screen, path, "declarations")
    screen.assistant.import_button.click()
    settle(desktop)
    look_at(desktop, screen, path, "declarations")
    assert not screen.assistant.import_button.isEnabled()
    assert "rien à changer" in screen.assistant.notice.text.text()


def test_unknown_headers_open_the_assistant_and_are_remembered(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "autre.csv"
    header = GOOD.replace("uai;annee_scolaire;A1", "Repère;Exercice;Nb de classes")
    path.write_text(header + LINES[0], "utf-8", newline="")
    look_at(desktop, screen, path, "declarations")
    dialog = desktop.dialog(MappingDialog)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    for name, wanted in (("uai", "Repère"), ("year", "Exercice"), ("A1", "Nb de classes")):
        dialog.pickers[name].set_value(wanted)
        dialog.pickers[name].chosen.emit(wanted)
    assert dialog.accept_button.isEnabled()
    dialog.accept_button.click()
    settle(desktop)
    assert screen.assistant.import_button.isEnabled()
    screen.assistant.import_button.click()
    settle(desktop)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 4
    look_at(desktop, screen, path, "declarations")
    assert not [d for d in desktop.frame.findChildren(MappingDialog) if d.isVisible()]


def test_the_sort_of_each_file_is_told_by_its_columns(
    desktop: Desktop, screen: ImportsScreen, file: Path, tmp_path: Path
) -> None:
    look_at(desktop, screen, file, "annuaire")
    assert screen.assistant.kind.value() == "declarations"
    assert screen.assistant.import_button.text() == "Importer 1\u00a0ligne"
    directory = tmp_path / "annuaire.csv"
    directory.write_text(
        "Identifiant_de_l_etablissement;Nom_etablissement;Statut_public_prive;Code_departement;"
        "etat\n0110362J;Ecole Victor Hugo;Public;011;OUVERT\n",
        "utf-8",
    )
    assert screen.assistant.report.tabs.row.currentIndex() == FINDINGS
    look_at(desktop, screen, directory, "declarations")
    assert screen.assistant.report.tabs.row.currentIndex() == PREVIEW
    assert screen.assistant.kind.value() == "annuaire"
    assert screen.assistant.import_button.text() == "Importer 1\u00a0ligne"


def test_the_same_column_cannot_be_chosen_twice(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "autre.csv"
    path.write_text(GOOD.replace("uai", "code") + LINES[0], "utf-8", newline="")
    look_at(desktop, screen, path, "declarations")
    dialog = desktop.dialog(MappingDialog)
    dialog.pickers["uai"].set_value("A1")
    dialog.pickers["uai"].chosen.emit("A1")
    assert "deux fois" in dialog.problem.text()
    dialog.reject()
    desktop.until(lambda: "Rien n’a été lu" in screen.assistant.notice.text.text())


def test_an_unreadable_file_is_said_plainly(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "image.xlsx"
    path.write_bytes(b"\x89PNG not a workbook")
    look_at(desktop, screen, path, "annuaire")
    assert screen.assistant.notice.isVisible()
    assert "image.xlsx" in screen.assistant.notice.text.text()
    assert not screen.assistant.import_button.isEnabled()


def test_schools_that_a_newer_directory_drops_are_closed_on_demand_only(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    kept = ("0110160P", "0110161R", "0110182N", "0110151E")
    path = tmp_path / "annuaire.csv"
    lines = "".join(f"{uai};École;Ecole;Public;011;Carcassonne\r\n" for uai in kept)
    path.write_text(DIRECTORY + lines, "utf-8", newline="")
    look_at(desktop, screen, path, "annuaire")
    report = screen.assistant.report
    assert report.models[CLOSURES].rowCount() == 1
    assert not report.close_button.isEnabled()
    screen.assistant.import_button.click()
    settle(desktop)
    assert report.close_button.isEnabled()
    gone = desktop.read(lambda ws: reads.school(ws.base.connection, "0110191Y"))
    assert gone is not None
    assert gone.closed_from is None
    report.tabs.show_tab(CLOSURES)
    report.closures.setFocus()
    QTest.keyClick(report.closures, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    report.close_button.click()
    desktop.settle()
    gone = desktop.read(lambda ws: reads.school(ws.base.connection, "0110191Y"))
    assert gone is not None
    assert gone.closed_from == "2023-2024"
    assert report.models[CLOSURES].rowCount() == 0


def test_a_file_dropped_on_the_window_is_looked_at(desktop: Desktop, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(desktop.frame, QDragEnterEvent(QPoint(50, 50), copy, mime, *held))
    QApplication.sendEvent(desktop.frame, QDropEvent(QPointF(50, 50), copy, mime, *held))
    screen = desktop.shell.place("imports")
    assert isinstance(screen, ImportsScreen)
    assert desktop.shell.current() is screen
    assert screen.assistant.file.text() == file.name
    desktop.settle()
    for dialog in desktop.frame.findChildren(MappingDialog):
        dialog.reject()


def test_a_cancelled_import_leaves_nothing(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "annuaire.csv"
    uais = (f"{n:07d}" for n in range(110_000, 114_000))
    lines = (f"{uai}{check_letter(uai)};École;Ecole;Public;011;Limoux\r\n" for uai in uais)
    path.write_text(DIRECTORY + "".join(lines), "utf-8", newline="")
    look_at(desktop, screen, path, "annuaire")
    screen.assistant.import_button.click()
    (job,) = (d for d in desktop.frame.findChildren(JobDialog) if d.isVisible())
    job.close_button.click()
    settle(desktop)
    assert "rien n’a été enregistré" in screen.assistant.notice.text.text()
    assert desktop.read(lambda ws: len(list(reads.schools(ws.base.connection)))) == 5
    assert screen.assistant.import_button.isEnabled()


def test_the_findings_are_exported(
    desktop: Desktop, screen: ImportsScreen, file: Path, tmp_path: Path
) -> None:
    look_at(desktop, screen, file, "declarations")
    target = tmp_path / "constats.csv"
    screen.assistant.report.write_csv(str(target))
    assert "B1" in target.read_text("utf-8-sig")
    screen.assistant.report.write_csv(str(tmp_path / "absent" / "constats.csv"))
    assert "ne peut pas être écrit (dossier ou fichier introuvable)" in (
        screen.assistant.report.notice.text.text()
    )


def test_a_file_of_unknown_headings_may_be_of_another_sort(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "autre.csv"
    path.write_text(
        "Etab;Commune;Exercice;Nb classes\r\n0110160P;Carcassonne;2023-2024;4\r\n", "utf-8"
    )
    look_at(desktop, screen, path, "annuaire")
    dialog = desktop.dialog(MappingDialog)
    # Its headings look like those of declarations, whatever sort was imported before.
    assert dialog.kind.value() == "declarations"
    dialog.kind.set_value("annuaire")
    dialog.kind.chosen.emit("annuaire")
    assert "A1" not in dialog.pickers
    dialog.kind.set_value("declarations")
    dialog.kind.chosen.emit("declarations")
    assert dialog.pickers["A1"].value() == "Nb classes"
    dialog.pickers["uai"].set_value("Etab")
    dialog.pickers["uai"].chosen.emit("Etab")
    assert dialog.accept_button is not None
    dialog.accept_button.click()
    settle(desktop)
    assert screen.assistant.kind.value() == "declarations"
    preview = screen.assistant.report.models[PREVIEW]
    assert preview.index(0, 3).data() == "Ecole élémentaire Jules Ferry, Carcassonne"
    screen.assistant.import_button.click()
    settle(desktop)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 4


def test_a_file_of_which_nothing_can_be_taken_says_why_at_once(
    desktop: Desktop, screen: ImportsScreen, tmp_path: Path
) -> None:
    path = tmp_path / "déclarations.csv"
    path.write_text("uai;annee_scolaire;A1\n0090077K;2023-2024;4\n", "utf-8")
    look_at(desktop, screen, path, "declarations")
    said = screen.assistant.notice.text.text()
    assert "Ligne 2\u00a0: L’école 0090077K n’est pas dans l’annuaire" in said


def test_a_year_that_an_import_brings_can_be_shown_at_once(
    desktop: Desktop, screen: ImportsScreen, file: Path
) -> None:
    years = desktop.shell.top.years
    assert years.findData("2020-2021") == -1
    file.write_text(file.read_text("utf-8").replace("2023-2024", "2020-2021"), "utf-8")
    look_at(desktop, screen, file, "declarations")
    screen.assistant.import_button.click()
    settle(desktop)
    desktop.until(lambda: years.findData("2020-2021") >= 0)
    assert years.value() == str(desktop.session.year) == str(YEAR)


def test_the_sentence_under_the_cursor_is_shown_whole(
    desktop: Desktop, screen: ImportsScreen, file: Path
) -> None:
    look_at(desktop, screen, file, "declarations")
    report = screen.assistant.report
    model = report.models[FINDINGS]
    assert report.sentence.text() == model.index(0, 4).data()
    report.findings.go_to(model.rowCount() - 1)
    assert report.sentence.text() == model.index(model.rowCount() - 1, 4).data()

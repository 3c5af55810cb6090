"""Files dropped on the window: their kind, their columns, the year they do not give."""

from pathlib import Path

from openpyxl import Workbook
from PySide6.QtCore import Qt

from numecole_desktop.ui.dialogs.mapping import MappingDialog
from numecole_desktop.ui.screens.importing import ImportAssistant
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.e2e.hands import calm, click
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop
from tests.ui.exchange_bases import drop

SURVEY = "École;UAI;Nb classes;Nb TBI\nJules Ferry;0110160P;4;2\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return path


def dropped(desktop: Desktop, *paths: Path) -> ImportAssistant:
    drop(desktop, *paths)
    calm(desktop)
    screen = desktop.shell.current()
    assert isinstance(screen, ImportsScreen)
    return screen.assistant


def test_a_survey_with_known_schools_is_asked_about_and_its_year_too(
    desktop: Desktop, tmp_path: Path
) -> None:
    assistant = dropped(desktop, write(tmp_path, "a.csv", SURVEY))
    dialog = desktop.dialog(MappingDialog)
    assert assistant.kind.value() == "declarations"
    assert {name: picker.value() for name, picker in dialog.pickers.items() if picker.value()} == {
        "uai": "UAI",
        "A1": "Nb classes",
        "B3": "Nb TBI",
    }
    click(desktop, "Continuer")
    assert "quelle année scolaire" in assistant.notice.text.text()
    assistant.years.set_value("2023-2024")
    assistant.years.chosen.emit("2023-2024")
    calm(desktop)
    click(desktop, "Importer 1")
    declaration = desktop.declaration()
    assert declaration is not None
    assert dict(declaration.answers) == {"A1": 4, "B3": 2}
    other = write(tmp_path, "b.csv", "UAI;nb TBI;ecole;nb CLASSES\n0110161R;1;Pagnol;3\n")
    dropped(desktop, other)
    assert "quelle année scolaire" in assistant.notice.text.text()
    assistant.years.set_value("2022-2023")
    assistant.years.chosen.emit("2022-2023")
    calm(desktop)
    assert assistant.import_button.text() == "Importer 1\u00a0ligne"


def test_the_choice_of_columns_can_be_changed(desktop: Desktop, tmp_path: Path) -> None:
    text = "UAI;Année;A1;B1\n0110160P;2023-2024;4;2\n"
    assistant = dropped(desktop, write(tmp_path, "a.csv", text))
    assert assistant.import_button.isEnabled()
    click(desktop, "Colonnes")
    desktop.dialog(MappingDialog).reject()
    assert assistant.import_button.isEnabled()
    click(desktop, "Colonnes")
    dialog = desktop.dialog(MappingDialog)
    dialog.pickers["B1"].set_value("")
    dialog.pickers["B1"].chosen.emit("")
    click(desktop, "Continuer")
    click(desktop, "Importer 1")
    declaration = desktop.declaration()
    assert declaration is not None
    assert dict(declaration.answers) == {"A1": 4}


def test_files_dropped_together_are_read_one_after_the_other(
    desktop: Desktop, tmp_path: Path
) -> None:
    text = "UAI;Année;A1\n{};2023-2024;4\n"
    first = write(tmp_path, "a.csv", text.format(SCHOOL))
    second = write(tmp_path, "b.csv", text.format("0110161R"))
    assistant = dropped(desktop, first, second)
    assert "1\u00a0autre fichier attend" in assistant.title.text()
    click(desktop, "Importer 1")
    click(desktop, "Fichier suivant")
    assert assistant.file.text() == "b.csv"
    assert assistant.title.text() == "Importer un fichier"
    click(desktop, "Importer 1")
    assert desktop.declaration(SCHOOL) is not None
    assert desktop.declaration("0110161R") is not None
    click(desktop, "Terminer")
    assert not assistant.isVisible()


def test_the_year_can_be_chosen_for_every_kind_that_has_one(
    desktop: Desktop, tmp_path: Path
) -> None:
    assistant = dropped(desktop, write(tmp_path, "a.csv", "UAI;Convention\n0110160P;oui\n"))
    assert assistant.kind.value() == "ent-conventions"
    assert assistant.years.isVisible()
    assert "quelle année scolaire" in assistant.notice.text.text()


def test_a_file_without_lines_is_said_plainly(desktop: Desktop, tmp_path: Path) -> None:
    assistant = dropped(desktop, write(tmp_path, "a.csv", "uai;annee_scolaire;A1\n"))
    assert "aucune ligne à lire" in assistant.notice.text.text()


def test_an_import_taken_back_is_no_more_said_to_be_done(desktop: Desktop, tmp_path: Path) -> None:
    text = "UAI;Année;A1\n0110160P;2023-2024;4\n"
    assistant = dropped(desktop, write(tmp_path, "a.csv", text))
    click(desktop, "Importer 1")
    assert "Import terminé" in assistant.notice.text.text()
    desktop.key(Qt.Key.Key_Z, CTRL)
    calm(desktop)
    assert assistant.notice.text.text().startswith("Import annulé")
    desktop.key(Qt.Key.Key_Z, CTRL | SHIFT)
    calm(desktop)
    assert "Import terminé" in assistant.notice.text.text()


def test_the_sheets_of_a_workbook_are_imported_one_by_one(desktop: Desktop, tmp_path: Path) -> None:
    workbook = Workbook()
    for name, uai in (("Foix", SCHOOL), ("Pamiers", "0110161R")):
        sheet = workbook.create_sheet(name)
        sheet.append(["UAI", "Année", "A1"])
        sheet.append([uai, "2023-2024", 4])
    workbook.save(tmp_path / "a.xlsx")
    assistant = dropped(desktop, tmp_path / "a.xlsx")
    assert assistant.sheets.isVisible()
    assert "À importer ensuite\u00a0: «\u00a0Pamiers\u00a0»" in assistant.notice.text.text()
    click(desktop, "Importer 1")
    assert desktop.declaration(SCHOOL) is not None
    assert desktop.declaration("0110161R") is None
    assistant.sheets.set_value("Pamiers")
    assistant.sheets.chosen.emit("Pamiers")
    calm(desktop)
    click(desktop, "Importer 1")
    assert desktop.declaration("0110161R") is not None
    dropped(desktop, write(tmp_path, "b.csv", "UAI;Année;A1\n0110182N;2023-2024;4\n"))
    assert not assistant.sheets.isVisible()

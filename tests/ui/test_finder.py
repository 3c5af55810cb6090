"""« Rechercher partout » (Ctrl+K): what is found, in which order, and what a key does with it."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.ui import turns
from numecole_desktop.ui.dialogs.finder import FinderDialog
from numecole_desktop.ui.models.answers import AnswersModel
from numecole_desktop.ui.models.finder import SHARED
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.ui.conftest import CTRL, NO, SCHOOL, Desktop, focus
from tests.ui.labels import submitted


def open_finder(desktop: Desktop, text: str = "") -> FinderDialog:
    desktop.frame.activateWindow()  # what a window manager does once a dialog is closed
    desktop.key(Qt.Key.Key_K, CTRL)
    dialog = desktop.dialog(FinderDialog)
    desktop.settle()
    desktop.write(text)
    return dialog


def answers(dialog: FinderDialog) -> dict[str, list[str]]:
    """Titles of the entries by heading, as shown."""
    found: dict[str, list[str]] = {}
    for row in range(dialog.model.rowCount()):
        line = dialog.model.line(row)
        if line.entry is None:
            found[line.heading] = []
        else:
            found[line.heading].append(line.entry.title)
    return found


def details(dialog: FinderDialog) -> list[str]:
    entries = [dialog.model.line(row).entry for row in range(dialog.model.rowCount())]
    return [entry.detail for entry in entries if entry is not None]


@pytest.mark.parametrize(
    ("text", "uai"),
    [
        ("0110151e", "0110151E"),
        ("011 0151 E", "0110151E"),
        ("110151", "0110151E"),
        ("ÉVREUX", "0110191Y"),
        ("evreux-sur-aude", "0110191Y"),
        ("pagnol carcassonne", "0110161R"),
        ("carca ferry", SCHOOL),
    ],
)
def test_a_school_is_found_and_enter_opens_its_page(desktop: Desktop, text: str, uai: str) -> None:
    dialog = open_finder(desktop, text)
    assert next(iter(answers(dialog))) in {"Écoles", "Territoires"}
    rows = [n for n in range(dialog.model.rowCount()) if uai in dialog.model.line(n).words]
    while dialog.current_row() < rows[0]:
        desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.shell.current() is desktop.desk.school
    assert desktop.desk.school.uai == uai


def test_ctrl_enter_opens_the_form(desktop: Desktop) -> None:
    open_finder(desktop, "pagnol")
    desktop.key(Qt.Key.Key_Return, CTRL)
    desktop.settle()
    assert desktop.desk.form is not None
    assert desktop.shell.current() is desktop.desk.form
    assert desktop.desk.form.uai == "0110161R"


def test_the_very_commune_comes_before_what_only_holds_the_word(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "carlipa")
    assert answers(dialog)["Écoles"] == ["Ecole primaire"]
    assert answers(dialog)["Territoires"] == ["Carlipa"]
    assert any("0110151E" in text for text in details(dialog))


def test_a_commune_opens_its_figures(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "carlipa")
    while dialog.model.line(dialog.current_row()).heading != "Territoires":
        desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    screen = desktop.shell.place("territories")
    assert desktop.shell.current() is screen
    desktop.until(lambda: screen.view.page is not None)  # type: ignore[attr-defined]
    assert screen.view.page.name == "Carlipa"  # type: ignore[attr-defined]
    open_finder(desktop, "0111031L")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: screen.view.page.scope.level == "circonscription")  # type: ignore[attr-defined]


def test_a_command_is_done_and_its_keys_are_shown(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "chiffres listees")
    assert answers(dialog) == {"Commandes": ["Chiffres des écoles listées"]}
    assert "Ctrl+T" in dialog.model.line(1).words
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.shell.current() is desktop.shell.place("territories")


def test_a_command_that_cannot_be_done_here_is_not_offered(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "reprendre les reponses")
    assert dialog.model.rowCount() == 0
    assert dialog.nothing.isVisible()
    assert "reprendre les reponses" in dialog.nothing.text()
    desktop.key(Qt.Key.Key_Return)
    assert dialog.isVisible()
    desktop.key(Qt.Key.Key_Escape)


def test_places_are_gone_to_by_name(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "outils")
    assert next(iter(answers(dialog).items())) == ("Aller à", ["Outils"])
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: desktop.shell.current() is desktop.shell.place("tools"))


def test_label_dossiers_of_the_year_are_found(desktop: Desktop) -> None:
    desktop.read(submitted)
    dialog = open_finder(desktop, "dossier ferry")
    assert answers(dialog)["Dossiers de label"] == [
        "Dossier de label\u00a0: Ecole élémentaire Jules Ferry"
    ]
    while dialog.model.line(dialog.current_row()).heading != "Dossiers de label":
        desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.desk.labels is not None
    assert desktop.desk.labels.dossier.uai == SCHOOL


def test_an_empty_field_proposes_the_last_schools_then_places(desktop: Desktop) -> None:
    for uai in (SCHOOL, "0110151E", SCHOOL):
        desktop.desk.open_school(uai)
        desktop.settle()
    dialog = open_finder(desktop)
    found = answers(dialog)
    assert list(found)[:2] == ["Écoles récentes", "Aller à"]
    assert found["Écoles récentes"] == ["Ecole élémentaire Jules Ferry", "Ecole primaire"]
    assert found["Aller à"][0] == "Accueil"


def test_keys_move_over_headings_and_stop_at_both_ends(desktop: Desktop) -> None:
    dialog = open_finder(desktop)
    last = dialog.model.rowCount() - 1
    assert dialog.current_row() == 1  # under the first heading
    desktop.key(Qt.Key.Key_Up)
    assert dialog.current_row() == 1
    desktop.key(Qt.Key.Key_PageDown)
    assert dialog.current_row() > 3
    desktop.key(Qt.Key.Key_PageUp)
    assert dialog.current_row() == 1
    seen = set()
    for _ in range(dialog.model.rowCount()):
        seen.add(dialog.current_row())
        desktop.key(Qt.Key.Key_Down)
    assert dialog.current_row() == last
    assert all(dialog.model.line(row).entry is not None for row in seen)


def test_escape_gives_the_keyboard_back(desktop: Desktop) -> None:
    desktop.shell.schools.focus_table()
    dialog = open_finder(desktop, "pag")
    assert focus() is dialog.field
    desktop.key(Qt.Key.Key_Escape)
    desktop.frame.activateWindow()
    desktop.until(lambda: focus() is desktop.shell.schools.table)


def test_enter_waits_for_the_answers_to_what_is_typed(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_finder(desktop, "ferry")
    monkeypatch.setattr(turns, "SHARE", -1.0)  # a search that never ends in the turn of its key
    dialog.field.clear()
    desktop.write("pagnol")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.desk.school.uai == "0110161R"


def test_a_long_search_ends_by_itself(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SHARE", -1.0)
    dialog = open_finder(desktop, "pagnol")
    desktop.until(lambda: any("0110161R" in detail for detail in details(dialog)))


def test_a_click_opens(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "pagnol")
    rectangle = dialog.list.visualRect(dialog.model.index(1))
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(dialog.list.viewport(), left, NO, rectangle.center())
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.desk.school.uai == "0110161R"


def test_kinds_of_answers_share_the_room(desktop: Desktop) -> None:
    model = desktop.shell.schools.model
    row = model.rows[0]
    model.set_rows([dataclasses.replace(row, uai=f"011{n:04d}X") for n in range(3 * SHARED)])
    dialog = open_finder(desktop, "carcassonne")
    assert len(answers(dialog)["Écoles"]) == SHARED + 1
    assert answers(dialog)["Écoles"][-1] == "Voir dans la liste des écoles"
    assert answers(dialog)["Territoires"]
    dialog.field.clear()
    desktop.write("jules ferry carca")
    assert len(answers(dialog)["Écoles"]) > SHARED + 1  # nothing else answers
    dialog.reject()


def test_what_is_chosen_is_said(desktop: Desktop) -> None:
    dialog = open_finder(desktop, "pagnol")
    interface = QAccessible.queryAccessibleInterface(dialog.field)
    assert interface.text(QAccessible.Text.Name) == "Rechercher partout"
    said = interface.text(QAccessible.Text.Description)
    assert said.startswith("Ecole élémentaire Marcel Pagnol, Carcassonne · 0110161R")
    assert said.endswith("1 sur 1")
    listed = QAccessible.queryAccessibleInterface(dialog.list)
    assert listed.text(QAccessible.Text.Name) == "Réponses"
    assert listed.role() == QAccessible.Role.List
    desktop.key(Qt.Key.Key_Escape)


def test_more_schools_than_shown_are_seen_in_the_list(desktop: Desktop) -> None:
    from numecole_desktop.ui.finder import Schools

    dialog = open_finder(desktop)
    schools = dialog._sources[0]
    assert isinstance(schools, Schools)
    schools.most = 2
    desktop.write("carcassonne")
    assert answers(dialog)["Écoles"][-1] == "Voir dans la liste des écoles"
    while dialog.model.line(dialog.current_row()).words.startswith("Ecole"):
        desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.shell.current() is desktop.shell.schools
    assert desktop.shell.top.search.text() == "carcassonne"
    assert len(desktop.shell.schools.order()) == 5  # whose circonscription is Carcassonne too


def test_another_year_reads_its_own_dossiers(desktop: Desktop) -> None:
    desktop.read(submitted)
    open_finder(desktop, "dossier ferry").reject()
    desktop.shell.say_year(str(SchoolYear(2024)))
    dialog = open_finder(desktop, "dossier ferry")
    assert "Dossiers de label" not in answers(dialog)


def test_no_answer_at_all_has_no_row_to_go_to() -> None:
    model = AnswersModel()
    assert model.moved(-1, 1) == -1
    assert model.said(-1) == ""


def test_a_page_of_the_help_is_found_and_opened(desktop: Desktop) -> None:
    from numecole_desktop.ui.help import HelpWindow

    dialog = open_finder(desktop, "effacer une personne")
    assert answers(dialog)["Aide"][0] == "Effacer une personne"
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    (window,) = desktop.frame.findChildren(HelpWindow)
    assert window.isVisible()
    assert window.topic == "donnees-personnelles#effacer-une-personne"


def test_schools_just_imported_are_found_before_their_list_is_shown(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.shell.show_place("imports")
    imports = desktop.shell.place("imports")
    assert isinstance(imports, ImportsScreen)
    path = tmp_path / "annuaire.csv"
    path.write_text(
        "Identifiant_de_l_etablissement;Nom_etablissement;Statut_public_prive;Nom_commune\n"
        "0090445K;Ecole primaire;Public;Sainte-Croix-Volvestre\n",
        "utf-8",
    )
    imports.look_at(str(path))
    desktop.until(imports.assistant.import_button.isEnabled)
    imports.assistant.import_button.click()
    desktop.until(lambda: imports.assistant.give_up_button.text() == "Terminer")
    desktop.settle()
    dialog = open_finder(desktop, "ste croix")
    assert answers(dialog)["Écoles"] == ["Ecole primaire"]
    assert details(dialog)[0].startswith("Sainte-Croix-Volvestre")

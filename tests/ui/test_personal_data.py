"""Données personnelles: found, exported, erased, and what is kept how long."""

import json
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.services import label_dossiers, label_people
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.dialogs.erase import EraseDialog, EraseFileDialog
from numecole_desktop.ui.screens.personal_data import PeopleTab, PersonalDataPage
from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.screens.tools import ToolsScreen
from tests.conftest import YEAR
from tests.ui.accessible_tree import faults
from tests.ui.conftest import CTRL, Desktop, focus
from tests.ui.labels import OTHER, come_back, drafted, held, open_dossier
from tests.ui.test_school_screen import words

NAME = "Zélie Exemple"


def named(workspace: Workspace) -> None:
    dossier = drafted(workspace)
    label_people.name_person(
        workspace, dossier, PersonRole.SCHOOL_SIGNATORY, NAME, "direction", "zelie@exemple.fr"
    )


def open_page(desktop: Desktop) -> PersonalDataPage:
    """From the tools, by the keyboard."""
    number = [place.name for place in PLACES].index("tools")
    desktop.key(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    tools = desktop.shell.place("tools")
    assert isinstance(tools, ToolsScreen)
    tools.buttons["personal_data"].setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.settle()
    assert tools.personal is not None
    return tools.personal


def names(people: PeopleTab) -> list[str]:
    column = [people.model.index(row, 0) for row in range(people.model.rowCount())]
    return [str(index.data()) for index in column]


@pytest.fixture
def page(desktop: Desktop) -> PersonalDataPage:
    """The page, with four persons in the base."""
    desktop.read(named)
    return open_page(desktop)


def test_a_person_is_found_as_one_types(desktop: Desktop, page: PersonalDataPage) -> None:
    assert focus() is page.people.search
    assert len(names(page.people)) == 4
    desktop.write("ZELIE")
    desktop.settle()
    assert names(page.people) == [NAME]
    shown = page.people.model.index(0, 3).data()
    assert "Ecole élémentaire Jules Ferry, 2023-2024 (signataire pour l’école)" in shown
    desktop.write("xx")
    desktop.settle()
    assert names(page.people) == []
    assert page.people.count.text() == "Aucune personne de ce nom dans cette base."
    assert not page.people.erase_button.isEnabled()


def test_what_is_held_is_exported(desktop: Desktop, page: PersonalDataPage, tmp_path: Path) -> None:
    desktop.write("zelie")
    desktop.settle()
    page.people.export_button.click()
    desktop.until(lambda: page.people.findChildren(QFileDialog))
    (dialog,) = page.people.findChildren(QFileDialog)
    path = tmp_path / "zelie.json"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    desktop.until(path.exists)
    desktop.settle()
    assert [one["name"] for one in json.loads(path.read_text("utf-8"))["people"]] == [NAME]
    assert page.people.exported.isVisible()


def test_erasing_asks_first_then_the_dossier_says_so(
    desktop: Desktop, page: PersonalDataPage
) -> None:
    desktop.write("zelie")
    desktop.settle()
    page.people.erase_button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    dialog = desktop.dialog(EraseDialog)
    assert f"{NAME}, direction." in words(dialog)
    desktop.key(Qt.Key.Key_Return)
    come_back(desktop)
    assert names(page.people) == [NAME]
    page.people.ask_erase()
    desktop.dialog(EraseDialog).accept()
    come_back(desktop)
    assert names(page.people) == []
    assert "est effacée de cette base" in page.people.notice.text.text()
    assert held(desktop).people[PersonRole.SCHOOL_SIGNATORY].erased


def test_a_dossier_left_open_does_not_bring_the_person_back(desktop: Desktop) -> None:
    desktop.read(named)
    open_dossier(desktop)
    page = open_page(desktop)
    page.people.search.setText("zelie")
    desktop.settle()
    page.people.ask_erase()
    desktop.dialog(EraseDialog).accept()
    come_back(desktop)
    desktop.key(Qt.Key.Key_3, CTRL)
    desktop.settle()
    screen = desktop.shell.current()
    assert NAME not in words(screen)
    desktop.key(Qt.Key.Key_1, CTRL)
    desktop.settle()
    assert desktop.read(lambda ws: label_people.held_people(ws, "zelie")) == ()


def test_several_are_exported_but_not_erased_at_once(page: PersonalDataPage) -> None:
    page.people.table.selectAll()
    assert page.people.export_button.isEnabled()
    assert not page.people.erase_button.isEnabled()


def test_a_file_taken_out_of_its_dossier_is_found_and_erased(
    desktop: Desktop, page: PersonalDataPage, tmp_path: Path
) -> None:
    path = tmp_path / "cour.png"
    Image.new("RGB", (20, 20)).save(path)

    def taken_out(workspace: Workspace) -> None:
        dossier = label_dossiers.create(workspace, OTHER, YEAR).dossier
        dossier = label_people.attach(workspace, dossier, path).dossier
        (sha256,) = dossier.files
        label_people.detach(workspace, dossier, sha256)

    desktop.read(taken_out)
    page.open()
    page.tabs.row.setFocus()
    desktop.key(Qt.Key.Key_Right)
    desktop.settle()
    files = page.files
    assert files.isVisible()
    shown = [files.model.index(0, column).data() for column in range(3)]
    assert shown == ["cour.png", "1\u00a0Ko", "Aucun dossier"]
    files.erase_button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.dialog(EraseFileDialog).accept()
    come_back(desktop)
    assert desktop.read(label_people.held_files) == ()
    assert files.model.rowCount() == 0
    assert "est effacée de cette base" in files.notice.text.text()
    assert not files.erase_button.isEnabled()


def test_retention_is_told_and_assumptions_named(desktop: Desktop, page: PersonalDataPage) -> None:
    page.tabs.row.setFocus()
    desktop.key(Qt.Key.Key_Right)
    desktop.key(Qt.Key.Key_Right)
    assert page.retention.isVisible()
    said = words(page.retention)
    assert "Référents et signataires des dossiers de label" in said
    assert "Hypothèse\u00a0: durée à fixer par le responsable du traitement." in said
    assert faults(desktop.frame) == []


def test_escape_goes_back_to_the_tools(desktop: Desktop, page: PersonalDataPage) -> None:
    assert faults(desktop.frame) == []
    desktop.key(Qt.Key.Key_Escape)
    tools = desktop.shell.current()
    assert isinstance(tools, ToolsScreen)
    assert not page.isVisible()
    assert focus() is tools.buttons["personal_data"]

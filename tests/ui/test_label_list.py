"""The list of dossiers: filtered, sorted, opened; decisions taken together; renewals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from numecole_desktop.domain.label_application import State
from numecole_desktop.services import label_dossiers
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.dialogs.label_new import NewDossierDialog
from numecole_desktop.ui.dialogs.label_together import TogetherDialog
from numecole_desktop.ui.screens.labels import LabelsScreen
from tests.conftest import YEAR, import_text
from tests.ui.conftest import ALT, CTRL, SCHOOL, Desktop
from tests.ui.labels import OTHER, THIRD, come_back, examined, held, open_labels, submitted

EMPTY = "0110191Y"


def three(workspace: Workspace) -> None:
    """A draft and two examined dossiers, of which one cannot get the level of its opinion."""
    label_dossiers.create(workspace, EMPTY, YEAR)
    examined(workspace, SCHOOL, 2)
    examined(workspace, OTHER, 3)


def shown(screen: LabelsScreen) -> list[str]:
    model = screen.list.model
    return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


def together(desktop: Desktop, screen: LabelsScreen) -> TogetherDialog:
    screen.ask_together()
    desktop.settle()
    dialog = desktop.dialog(TogetherDialog)
    dialog.day.setFocus()
    dialog.day.selectAll()
    desktop.write("20/02/2024")
    desktop.settle()
    return dialog


def test_states_are_counted_and_filter_the_list(desktop: Desktop) -> None:
    desktop.read(three)
    screen = open_labels(desktop)
    assert len(shown(screen)) == 3
    labels = {button.code: button.text() for button in screen.list.states.buttons}
    assert (labels["draft"], labels["examined"]) == ("Brouillons\u00a01", "Examinés\u00a02")
    screen.list.states.setFocus()
    desktop.key(Qt.Key.Key_Right)
    assert shown(screen) == [EMPTY]


def test_the_search_is_blind_to_accents(desktop: Desktop) -> None:
    desktop.read(three)
    screen = open_labels(desktop)
    screen.list.table.setFocus()
    desktop.write("evreux")
    assert shown(screen) == [EMPTY]
    assert screen.list.search.hasFocus()


def test_rows_are_copied_and_exported_as_shown(desktop: Desktop, tmp_path: Path) -> None:
    desktop.read(three)
    screen = open_labels(desktop)
    screen.list.select(OTHER)
    screen.list.table.setFocus()
    desktop.key(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1].split("\t")[2:4] == [OTHER, "Examiné"]
    screen.list.export()
    screen.saver.save(str(tmp_path / "dossiers.csv"))
    desktop.until(screen.exported.isVisible)
    lines = (tmp_path / "dossiers.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    (line,) = (line for line in lines if OTHER in line)
    assert ";niveau 3;" in line


def test_decisions_together_say_first_what_cannot_be(desktop: Desktop) -> None:
    desktop.read(three)
    screen = open_labels(desktop)
    dialog = together(desktop, screen)
    assert dialog.model.rowCount() == 2
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Décider 1\u00a0dossier"
    assert "niveau 3 demande un indice 3" in dialog.why.text()
    assert held(desktop, SCHOOL).state is State.EXAMINED
    desktop.key(Qt.Key.Key_Return)
    come_back(desktop)
    assert held(desktop, SCHOOL).state is State.DECIDED
    assert held(desktop, OTHER).state is State.EXAMINED
    assert screen.offer.isVisible()


def test_decisions_taken_together_are_taken_back(desktop: Desktop) -> None:
    desktop.read(three)
    screen = open_labels(desktop)
    together(desktop, screen)
    desktop.key(Qt.Key.Key_Return)
    come_back(desktop)
    screen.list.table.setFocus()
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.settle()
    assert held(desktop, SCHOOL).state is State.EXAMINED
    assert not screen.offer.isVisible()


def test_selected_rows_alone_are_decided(desktop: Desktop) -> None:
    desktop.read(three)
    desktop.read(lambda ws: examined(ws, THIRD, 1))
    screen = open_labels(desktop)
    assert set(screen.list.to_decide()) == {SCHOOL, OTHER, THIRD}
    screen.list.table.selectAll()
    selection = screen.list.table.selectionModel()
    for row in range(screen.list.model.rowCount()):
        if shown(screen)[row] == THIRD:
            index = screen.list.model.index(row, 0)
            flags = selection.SelectionFlag.Deselect | selection.SelectionFlag.Rows
            selection.select(index, flags)
    assert set(screen.list.to_decide()) == {SCHOOL, OTHER}


def test_another_campaign_is_chosen(desktop: Desktop) -> None:
    desktop.read(three)
    desktop.read(lambda ws: label_dossiers.create(ws, THIRD, YEAR.previous))
    screen = open_labels(desktop)
    screen.list.years.setFocus()
    desktop.key(Qt.Key.Key_Down)
    desktop.settle()
    assert shown(screen) == [THIRD]


def test_a_renewal_leads_to_the_dossier(desktop: Desktop, tmp_path: Path) -> None:
    desktop.read(submitted)
    labels = f"uai;annee_scolaire;niveau\n{SCHOOL};2022-2023;1\n"
    desktop.read(lambda ws: import_text(ws, "labels", labels, tmp_path))
    screen = open_labels(desktop)
    desktop.key(Qt.Key.Key_2, ALT)
    desktop.settle()
    forecast = screen.forecast
    lines = [forecast.model.value(row) for row in range(forecast.model.rowCount())]
    assert SCHOOL in [line.uai for line in lines]  # type: ignore[attr-defined]
    assert "2023-2024" in forecast.message.text()
    forecast.table.setFocus()
    forecast.table.go_to([line.uai for line in lines].index(SCHOOL))  # type: ignore[attr-defined]
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert screen.dossier.isVisible()
    assert screen.dossier.uai == SCHOOL


def test_the_campaign_follows_the_school_year_shown(desktop: Desktop) -> None:
    desktop.read(three)
    desktop.read(lambda ws: label_dossiers.create(ws, THIRD, YEAR.previous))
    screen = open_labels(desktop)
    desktop.shell.say_year(str(YEAR.previous))
    desktop.settle()
    assert shown(screen) == [THIRD]
    assert screen.list.years.value() == str(YEAR.previous)


def test_an_empty_base_says_what_to_do(
    open_window: Callable[[Path], Desktop], base_path: Path
) -> None:
    with Workspace.open(base_path, operator="test"):
        pass
    desktop = open_window(base_path)
    screen = open_labels(desktop)
    assert screen.list.empty.isVisible()
    desktop.key(Qt.Key.Key_2, ALT)
    desktop.settle()
    assert screen.forecast.empty.isVisible()
    desktop.key(Qt.Key.Key_N, CTRL)
    desktop.settle()
    dialog = desktop.dialog(NewDossierDialog)
    assert "importez-le" in dialog.none.text()
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    desktop.key(Qt.Key.Key_Escape)

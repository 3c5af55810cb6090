"""Conflicts in the window: listed, then settled one after the other by the keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.declaration import Status
from numecole_desktop.services import declarations, devices
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.screens.exchange_conflict import ConflictView
from numecole_desktop.ui.screens.exchanges import CONFLICTS, ExchangesScreen
from tests.conftest import YEAR
from tests.ui.accessible_tree import faults
from tests.ui.conftest import SCHOOL, Desktop, focus
from tests.ui.exchange_bases import (
    OFFICE,
    OURS,
    colleague,
    drop,
    enter,
    exchanges,
    idle,
    screen_with_conflicts,
    trust,
)
from tests.ui.labels import come_back

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def screen(desktop: Desktop, tmp_path: Path) -> ExchangesScreen:
    """The screen of exchanges, with two conflicts."""
    return screen_with_conflicts(desktop, tmp_path)


def open_first(desktop: Desktop, screen: ExchangesScreen) -> ConflictView:
    """Open the first conflict by the keyboard."""
    screen.tabs.show_tab(CONFLICTS)
    screen.conflicts.table.setFocus()
    desktop.key(Qt.Key.Key_Return)
    assert screen.conflicts.opened
    return screen.conflicts.view


def test_conflicts_are_counted_and_listed(desktop: Desktop, screen: ExchangesScreen) -> None:
    assert screen.tabs.row.tabText(CONFLICTS) == "Désaccords (2)"
    desktop.settle()
    button = desktop.shell.rail.buttons["exchanges"]
    assert button.accessibleName() == "Échanges\u00a0: 2 à trancher"
    model = screen.conflicts.model
    said = [model.index(0, column).data() for column in range(model.columnCount())]
    assert said[0] == "Ecole élémentaire Jules Ferry"
    assert said[2].startswith("A1")
    assert "4" in said[3]
    assert "5" in said[3]


def test_each_value_comes_with_who_source_and_effect(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    assert "pas de réponse" in view.before.text()
    names = [option.accessibleName() for option in view.options]
    assert len(names) == 3
    ours = next(name for name in names if "ce poste" in name)
    theirs = next(name for name in names if "secretariat" in name)
    assert "déclaré" in ours
    assert "indice" in ours
    assert "05/03/2024" in theirs
    assert "Autre valeur" in names[2]


def test_digits_choose_and_enter_settles_then_the_next_one_comes(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    first = view.conflict
    theirs = next(
        place
        for place, option in enumerate(view.options)
        if "secretariat" in option.accessibleName()
    )
    desktop.key(Qt.Key(Qt.Key.Key_1 + theirs))
    assert view.options[theirs].isChecked()
    assert focus() is view.reason
    desktop.key(Qt.Key.Key_Return)
    assert "pourquoi" in view.notice.text.text()
    desktop.write("Vu sur place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 5
    assert screen.conflicts.opened
    assert view.conflict is not first
    assert view.reason.text() == ""
    desktop.key(Qt.Key.Key_1)
    desktop.write("Vu avec la directrice")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: not screen.conflicts.conflicts)
    assert screen.conflicts.empty.isVisible()
    assert screen.tabs.row.tabText(CONFLICTS) == "Désaccords"
    desktop.settle()
    assert desktop.shell.rail.buttons["exchanges"].accessibleName() == "Échanges"


def test_another_value_is_typed(desktop: Desktop, screen: ExchangesScreen) -> None:
    view = open_first(desktop, screen)
    desktop.key(Qt.Key.Key_3)
    assert focus() is view.other
    desktop.write("6")
    desktop.key(Qt.Key.Key_Return)
    assert focus() is view.reason
    desktop.write("Une classe a ouvert")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 6


def test_a_value_that_cannot_be_read_is_refused_on_the_spot(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    desktop.key(Qt.Key.Key_3)
    desktop.write("beaucoup")
    view.reason.setText("x")
    view.settle_button.click()
    desktop.until(lambda: "beaucoup" in view.notice.text.text())
    assert view.settle_button.isEnabled()
    assert len(screen.conflicts.conflicts) == 2


def test_what_is_typed_stays_when_something_else_changes(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    desktop.key(Qt.Key.Key_2)
    desktop.write("Vu sur")
    desktop.read(lambda ws: enter(ws, {"A3": 1}, "0110151E"))
    desktop.session.refresher.publish(Changes(everything=True))
    desktop.settle()
    assert view.options[1].isChecked()
    assert view.reason.text() == "Vu sur"
    assert focus() is view.reason
    desktop.write(" place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)


def test_nothing_is_settled_without_a_choice(desktop: Desktop, screen: ExchangesScreen) -> None:
    view = open_first(desktop, screen)
    view.reason.setText("x")
    view.settle_button.click()
    assert "Choisissez" in view.notice.text.text()


def test_escape_goes_back_to_the_list_and_arrows_to_the_other_conflicts(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    first = view.conflict
    view.down_button.click()
    assert view.conflict is not first
    assert not view.down_button.isEnabled()
    desktop.key(Qt.Key.Key_Escape)
    assert not screen.conflicts.opened
    assert screen.conflicts.table.current_row() == 1


def test_whatever_takes_the_keyboard_has_a_name(desktop: Desktop, screen: ExchangesScreen) -> None:
    for tab in range(screen.tabs.pages.count()):
        screen.tabs.show_tab(tab)
        desktop.settle()
        assert faults(desktop.frame) == []
    open_first(desktop, screen)
    assert faults(desktop.frame) == []
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    assert faults(desktop.frame) == []


def test_the_state_of_the_declaration_is_settled_with_its_answer(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.read(lambda ws: devices.create_device(ws, "CPN Limoux", "conseiller", OFFICE))
    desktop.read(lambda ws: enter(ws, {**OURS, "A1": 6, "B1": 6, "B3": 2}))
    desktop.read(submit)
    other = colleague(tmp_path)
    other.answer(A1=5)
    trust(desktop, other, tmp_path)
    drop(desktop, other.batch(tmp_path / "usb"))
    idle(desktop)
    come_back(desktop)
    screen = exchanges(desktop)
    assert len(screen.conflicts.conflicts) == 2
    view = open_first(desktop, screen)
    assert view.state_too.isVisible()
    ours = next(option for option in view.options if "ce poste" in option.accessibleName())
    desktop.write(str(ours.number))
    desktop.write("Vu sur place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: not screen.conflicts.conflicts)
    held = desktop.declaration()
    assert held is not None
    assert (held.status, held.answers["A1"]) == (Status.SUBMITTED, 6)


def submit(workspace: Workspace) -> None:
    form = declarations.open_form(workspace, SCHOOL, YEAR)
    for soft in declarations.evaluate(form, form.declaration.answers).soft:
        form = declarations.confirm(workspace, form, soft.finding.code, "Vu").form
    declarations.submit(workspace, form)

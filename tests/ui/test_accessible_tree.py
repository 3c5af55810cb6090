"""Every screen, every tab and every dialog, as a screen reader walks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.roles import tell_roles
from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.gauge import IndexGauge
from tests.ui.accessible_tree import ROLE, faults, tree
from tests.ui.conftest import Desktop
from tests.ui.stages import (
    DIALOGS,
    PLACED,
    SCREENS,
    dialog_classes,
    each_tab,
    open_dialog,
)
from tests.ui.test_form import open_form


def test_every_place_and_every_dialog_is_walked() -> None:
    assert {place.name for place in PLACES} <= set(SCREENS)
    assert dialog_classes() == set(DIALOGS)


@pytest.mark.usefixtures("quick_keys")
@pytest.mark.parametrize("name", SCREENS)
def test_screens(desktop: Desktop, tmp_path: Path, name: str) -> None:
    SCREENS[name](desktop, tmp_path)
    assert {tab: found for tab in each_tab(desktop) if (found := faults(desktop.frame))} == {}


@pytest.mark.parametrize("name", PLACED)
def test_screens_of_the_sample(sample: Desktop, tmp_path: Path, name: str) -> None:
    PLACED[name](sample, tmp_path)
    assert {tab: found for tab in each_tab(sample) if (found := faults(sample.frame))} == {}


@pytest.mark.parametrize("name", [place.name for place in PLACES])
def test_screens_before_the_first_import(
    open_window: Callable[[Path], Desktop], base_path: Path, tmp_path: Path, name: str
) -> None:
    desktop = open_window(base_path)
    PLACED[name](desktop, tmp_path)
    assert {tab: found for tab in each_tab(desktop) if (found := faults(desktop.frame))} == {}


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_dialogs(desktop: Desktop, kind: type[QDialog]) -> None:
    dialog = open_dialog(desktop, kind)
    assert faults(dialog) == []
    dialog.close()


def window_of(*widgets: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    return window


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: [QLineEdit()], "no name"),
        (lambda: [QPushButton()], "a button without name"),
        (lambda: [QPushButton("Ouvrir"), QPushButton("Ouvrir")], "2 buttons called « Ouvrir »"),
        (lambda: [QPushButton("&Plus tard"), QPushButton("&Précédent")], "2 times Alt+P"),
        (lambda: [named(QWidget(), "Jauge")], "a name that is passed over"),
    ],
)
def test_the_walk_sees_what_is_wrong(
    qtbot: QtBot, make: Callable[[], list[QWidget]], fault: str
) -> None:
    window = window_of(*make())
    qtbot.addWidget(window)
    window.show()
    assert any(found.startswith(fault) for found in faults(window))


def named(widget: QWidget, name: str) -> QWidget:
    widget.setAccessibleName(name)
    return widget


def test_what_is_drawn_by_hand_has_a_role_a_name_and_a_state(qtbot: QtBot) -> None:
    tell_roles()
    gauge, bar, box = IndexGauge(), ChoiceBar("Accès", [("a", "ADSL"), ("f", "Fibre")]), QCheckBox()
    gauge.show_index(2, "Trois classes sur quatre.")
    bar.set_value("f")
    box.setText("Robotique")
    box.setChecked(True)
    window = window_of(gauge, bar, box)
    qtbot.addWidget(window)
    window.show()
    assert faults(window) == []
    said = {node.name: node for node in tree(window)}
    drawn = said["Indice d’équipement 2 sur 3"]
    assert (drawn.role, drawn.description) == (ROLE.Graphic, "Trois classes sur quatre.")
    assert said["Accès"].role == ROLE.Grouping
    choices = [said["Accès\u00a0: ADSL"], said["Accès\u00a0: Fibre"]]
    assert {choice.role for choice in choices} == {ROLE.RadioButton}
    assert [choice.checked for choice in choices] == [False, True]
    assert said["Robotique"].checked


def test_a_role_outlives_its_first_reading(qtbot: QtBot) -> None:
    tell_roles()
    gauge = IndexGauge()
    qtbot.addWidget(gauge)
    for value in range(4):
        gauge.show_index(value)
        interface = QAccessible.queryAccessibleInterface(gauge)
        assert interface is not None
        assert interface.role() == ROLE.Graphic
        assert interface.text(QAccessible.Text.Name) == f"Indice d’équipement {value} sur 3"


def test_a_question_says_its_words_and_its_findings(desktop: Desktop) -> None:
    form = open_form(desktop)
    form.answer("2")
    interface = QAccessible.queryAccessibleInterface(form.sheet.fields["A1"].editor)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "A1 Nombre de classes"
    assert "contre 6 l’an dernier" in interface.text(QAccessible.Text.Description)


def test_cells_that_are_drawn_are_said(desktop: Desktop) -> None:
    interface = QAccessible.queryAccessibleInterface(desktop.shell.schools.table)
    assert interface is not None
    cells = [interface.child(place) for place in range(interface.childCount())]
    said = {cell.text(QAccessible.Text.Name) for cell in cells}
    assert {"Indice 2 sur 3, déclaration de 2022-2023", "À déclarer"} <= said

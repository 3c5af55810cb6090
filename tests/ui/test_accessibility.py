"""Whatever takes the keyboard has a name that a screen reader says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.domain.problem import Problem
from numecole_desktop.importers.kinds import ColumnSpec
from numecole_desktop.services.importing import MappingNeeded
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.dialogs.base import MessageDialog
from numecole_desktop.ui.dialogs.incident import IncidentDialog
from numecole_desktop.ui.dialogs.label_together import TogetherDialog
from numecole_desktop.ui.dialogs.mapping import MappingDialog
from tests.ui.conftest import ALT, CTRL, SCHOOL, Desktop
from tests.ui.labels import drafted, examined, open_dossier, open_labels, submitted
from tests.ui.test_form import open_form


def nameless(window: QWidget) -> list[str]:
    """Widgets that take the keyboard and have no name, by class."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in focusable(window)
        if not name(widget)
    ]


def focusable(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisibleTo(window) and widget.focusProxy() is None:
            yield widget


def name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def test_the_search_sees_a_widget_without_a_name(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLineEdit

    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window)
    assert nameless(window) == ["QLineEdit in QWidget"]


@pytest.mark.parametrize("place", ["home", "schools", "labels", "imports", "tools"])
def test_places(desktop: Desktop, place: str) -> None:
    desktop.shell.show_place(place)
    desktop.settle()
    assert nameless(desktop.frame) == []


@pytest.mark.parametrize("make", [drafted, submitted, examined])
def test_a_label_dossier(desktop: Desktop, make: Callable[[Workspace], object]) -> None:
    desktop.read(make)
    open_dossier(desktop)
    assert nameless(desktop.frame) == []


def test_the_label_commission_and_the_renewals(desktop: Desktop) -> None:
    desktop.read(examined)
    screen = open_labels(desktop)
    desktop.key(Qt.Key.Key_M, CTRL)
    desktop.settle()
    assert nameless(desktop.frame) == []
    desktop.key(Qt.Key.Key_Escape)
    desktop.key(Qt.Key.Key_2, ALT)
    desktop.settle()
    assert nameless(desktop.frame) == []
    screen.ask_together()
    desktop.settle()
    assert nameless(desktop.dialog(TogetherDialog)) == []
    desktop.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("tab", range(5))
def test_tabs_of_a_school(desktop: Desktop, tab: int) -> None:
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    desktop.key(Qt.Key(Qt.Key.Key_1 + tab), ALT)
    desktop.settle()
    assert nameless(desktop.frame) == []


def test_the_form(desktop: Desktop) -> None:
    form = open_form(desktop)
    form.answer("2", "1")
    desktop.key(Qt.Key.Key_F9)
    assert nameless(desktop.frame) == []
    editor = form.sheet.fields["A1"].editor
    assert name(editor) == "A1 Nombre de classes"
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface is not None
    said = interface.text(QAccessible.Text.Description)
    assert "contre 6 l’an dernier" in said


def test_the_assistant_of_imports(desktop: Desktop) -> None:
    desktop.shell.show_place("imports")
    screen = desktop.shell.place("imports")
    screen._show_assistant()  # type: ignore[attr-defined]
    screen.assistant.report.show()  # type: ignore[attr-defined]
    assert nameless(desktop.frame) == []


@pytest.mark.parametrize(
    "command", ["shortcuts", "about", "recovery", "restore", "export", "verify"]
)
def test_dialogs(desktop: Desktop, command: str) -> None:
    desktop.shell.run(command)
    desktop.settle()
    (dialog,) = (w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isModal())
    assert nameless(dialog) == []
    dialog.close()


def mapping(parent: QWidget) -> QWidget:
    columns = (ColumnSpec("uai", "UAI", ("uai",), True, "uai"),)
    needed = MappingNeeded("…", ("a", "b"), columns, {}, columns)
    return MappingDialog({"annuaire": needed}, (("annuaire", "Annuaire"),), parent)


@pytest.mark.parametrize(
    "build",
    [
        mapping,
        lambda parent: MessageDialog("Titre", ("Une phrase.",), parent),
        lambda parent: IncidentDialog(Problem("x"), Path("numecole.log"), parent),
    ],
)
def test_other_dialogs(qtbot: QtBot, build: Callable[[QWidget], QWidget]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = build(window)
    dialog.show()
    assert nameless(dialog) == []
    dialog.close()


def test_cells_that_are_drawn_are_said(desktop: Desktop) -> None:
    interface = QAccessible.queryAccessibleInterface(desktop.shell.schools.table)
    assert interface is not None
    cells = [interface.child(place) for place in range(interface.childCount())]
    said = {cell.text(QAccessible.Text.Name) for cell in cells}
    assert {"Indice 2 sur 3, déclaration de 2022-2023", "À déclarer"} <= said


@pytest.mark.parametrize("level", range(4))
def test_the_settings(desktop: Desktop, level: int) -> None:
    desktop.key(Qt.Key.Key_Comma, CTRL)
    desktop.settle()
    desktop.key(Qt.Key.Key_Tab)
    desktop.key(Qt.Key.Key_Tab)
    for _ in range(level):
        desktop.key(Qt.Key.Key_Down)
    desktop.settle()
    assert nameless(desktop.frame) == []

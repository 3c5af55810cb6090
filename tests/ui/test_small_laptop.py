"""On a laptop of 1280 x 720 at 150 %, every place and dialog fits: nothing cut or out of reach."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.commands import COMMANDS
from numecole_desktop.ui.dialogs.base import Dialog, MessageDialog, UnsavedDialog
from numecole_desktop.ui.dialogs.incident import IncidentDialog
from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.widgets.tabs import Tabs
from tests.ui.conftest import SCHOOL, Desktop
from tests.ui.fitting import faults
from tests.ui.labels import drafted, examined, open_dossier, open_labels, submitted
from tests.ui.test_accessibility import mapping

TITLE = 28  # drawn by the system above the window
LONG = "Une phrase assez longue pour que plusieurs lignes la portent, jusqu’au bout de l’écran. "


@pytest.fixture
def small(desktop: Desktop) -> Desktop:
    """The window, filling the small screen."""
    screens = QGuiApplication.screens()
    if len(screens) < 2:
        pytest.skip("this platform has no second screen")
    desktop.frame.setGeometry(screens[1].availableGeometry().adjusted(0, TITLE, 0, 0))
    desktop.settle()
    return desktop


def check_tabs(desktop: Desktop, screen: QWidget) -> None:
    """The screen, and each tab of it."""
    found = {"": faults(desktop.frame)}
    for row in [tabs.row for tabs in screen.findChildren(Tabs) if tabs.isVisible()]:
        for place in range(row.count()):
            row.setCurrentIndex(place)
            desktop.settle()
            found[row.tabText(place)] = faults(desktop.frame)
    assert {tab: wrong for tab, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_places(small: Desktop, place: str) -> None:
    small.read(submitted)
    small.shell.show_place(place)
    small.settle()
    check_tabs(small, small.shell.current())


def test_the_page_and_the_form_of_a_school(small: Desktop) -> None:
    small.desk.open_school(SCHOOL)
    small.settle()
    check_tabs(small, small.shell.current())
    small.desk.open_form(SCHOOL)
    small.settle()
    assert faults(small.frame) == []


@pytest.mark.parametrize("make", [drafted, submitted, examined])
def test_a_label_dossier_and_the_commission(small: Desktop, make: Callable[..., object]) -> None:
    small.read(make)
    open_dossier(small)
    assert faults(small.frame) == []
    small.key(Qt.Key.Key_Escape)
    screen = open_labels(small)
    if make is examined:
        screen.open_commission()
        small.settle()
        assert faults(small.frame) == []


def fits(dialog: QWidget) -> None:
    """The dialog, with the title that the system draws, is on its screen, its buttons seen."""
    QApplication.processEvents()
    around = QRect(dialog.geometry()).adjusted(0, -TITLE, 0, 0)
    assert dialog.screen().size().width() == 853
    assert around.height() <= dialog.screen().size().height()
    assert around.width() <= dialog.screen().size().width()
    assert faults(dialog) == []


@pytest.mark.parametrize(
    "command",
    [c.name for c in COMMANDS if c.text.endswith("…") or c.name in {"shortcuts", "about"}],
)
def test_dialogs_of_commands(small: Desktop, command: str) -> None:
    small.read(examined)
    small.desk.open_school(SCHOOL)
    small.settle()
    if not small.shell.actions_by_name or not _enabled(small, command):
        small.shell.show_place("labels")
        small.settle()
    small.shell.run(command)
    small.settle()
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isModal()]
    for dialog in shown:
        if isinstance(dialog, Dialog):
            fits(dialog)
        elif isinstance(dialog, QFileDialog):
            assert dialog.height() <= 480
        dialog.close()


def _enabled(desktop: Desktop, command: str) -> bool:
    actions = desktop.shell.actions_by_name
    return actions is not None and actions.actions[command].isEnabled()


BUILDERS: list[Callable[[QWidget], QDialog]] = [
    lambda parent: MessageDialog("Titre", (LONG * 30,), parent),
    lambda parent: UnsavedDialog(parent, LONG * 3),
    lambda parent: IncidentDialog(ValueError(), Path("/un/dossier/assez/long") / "n.log", parent),
    mapping,  # type: ignore[list-item]  # a dialog
]


@pytest.mark.parametrize("build", BUILDERS)
def test_other_dialogs(small: Desktop, build: Callable[[QWidget], QDialog]) -> None:
    dialog = build(small.frame)
    dialog.open()
    fits(dialog)
    dialog.close()


def test_a_long_dialog_scrolls_by_keys_and_keeps_its_buttons(small: Desktop) -> None:
    dialog = MessageDialog("Titre", (LONG * 30,), small.frame)
    dialog.open()
    QApplication.processEvents()
    bar = dialog._inside.verticalScrollBar()
    assert bar.maximum() > 0
    dialog._inside.setFocus()
    small.key(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    small.key(Qt.Key.Key_Escape)


def test_a_sentence_that_appears_makes_room(small: Desktop) -> None:
    dialog = Dialog("Titre", small.frame)
    dialog.open()
    before = dialog.height()
    dialog.say(LONG * 2)
    small.until(lambda: dialog.height() > before)
    fits(dialog)
    dialog.say(LONG * 30)
    small.settle()
    fits(dialog)
    dialog.close()


def test_the_check_sees_what_is_wrong(qtbot: QtBot) -> None:
    from numecole_desktop.ui.widgets.text import Text

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    QPushButton("Loin", window).setGeometry(180, 10, 90, 30)
    Text("Une phrase trop longue", parent=window).setGeometry(0, 50, 40, 20)
    window.show()
    assert len(faults(window)) == 2

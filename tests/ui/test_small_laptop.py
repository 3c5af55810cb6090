"""On a laptop of 1280 x 720 at 150 %, every screen and dialog fits: nothing cut or out of reach."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.dialogs.base import Dialog, MessageDialog, UnsavedDialog
from numecole_desktop.ui.dialogs.incident import IncidentDialog
from numecole_desktop.ui.widgets.text import Text
from tests.ui.conftest import Desktop, focus
from tests.ui.fitting import faults
from tests.ui.stages import DIALOGS, PLACED, SCREENS, each_tab, open_dialog

WIDTH, HEIGHT = 853, 480 - 48  # the bar of tasks takes the rest
TITLE = 31  # drawn by the system above the window
LONG = "Une phrase assez longue pour que plusieurs lignes la portent, jusqu’au bout de l’écran. "


def shrunk(desktop: Desktop) -> Desktop:
    """The window, filling the small screen."""
    screens = QGuiApplication.screens()
    if len(screens) < 2:
        pytest.skip("this platform has no second screen")
    desktop.frame.setGeometry(screens[1].availableGeometry().adjusted(0, TITLE, 0, 0))
    desktop.settle()
    assert desktop.frame.screen().size().toTuple() == (WIDTH, HEIGHT)
    return desktop


@pytest.fixture
def small(desktop: Desktop) -> Desktop:
    return shrunk(desktop)


def faults_by_tab(desktop: Desktop) -> dict[str, list[str]]:
    return {tab: wrong for tab in each_tab(desktop) if (wrong := faults(desktop.frame))}


@pytest.mark.parametrize("screen", PLACED)
def test_screens_of_the_sample(sample: Desktop, tmp_path: Path, screen: str) -> None:
    PLACED[screen](shrunk(sample), tmp_path)
    assert faults_by_tab(sample) == {}


@pytest.mark.usefixtures("quick_keys")
@pytest.mark.parametrize("screen", SCREENS)
def test_screens(small: Desktop, tmp_path: Path, screen: str) -> None:
    SCREENS[screen](small, tmp_path)
    assert faults_by_tab(small) == {}
    least = small.frame.minimumSizeHint()
    assert least.width() <= WIDTH
    assert least.height() <= HEIGHT - TITLE


def fits(dialog: QWidget) -> None:
    """The dialog, with the title that the system draws, is on its screen, its buttons seen."""
    QApplication.processEvents()
    around = QRect(dialog.geometry()).adjusted(0, -TITLE, 0, 0)
    assert dialog.screen().size().toTuple() == (WIDTH, HEIGHT)
    assert around.height() <= HEIGHT
    assert around.width() <= WIDTH
    assert faults(dialog) == []


@pytest.mark.parametrize("kind", DIALOGS)
def test_dialogs(small: Desktop, kind: type[QDialog]) -> None:
    dialog = open_dialog(small, kind)
    fits(dialog)
    dialog.close()


@pytest.mark.parametrize(
    "build",
    [
        lambda parent: MessageDialog("Titre", (LONG * 30,), parent),
        lambda parent: UnsavedDialog(parent, LONG * 3),
        lambda parent: IncidentDialog(
            ValueError(), Path("/un/dossier/assez/long") / "n.log", parent
        ),
    ],
)
def test_dialogs_with_long_texts(small: Desktop, build: Callable[[QWidget], QDialog]) -> None:
    dialog = build(small.frame)
    dialog.open()
    fits(dialog)
    dialog.close()


def test_a_long_dialog_scrolls_by_keys_and_keeps_its_buttons(small: Desktop) -> None:
    dialog = MessageDialog("Titre", (LONG * 30,), small.frame)
    dialog.open()
    fits(dialog)
    bar = dialog._inside.verticalScrollBar()
    assert bar.maximum() > 0
    while focus() is not dialog._inside:
        small.key(Qt.Key.Key_Tab)
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
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    QPushButton("Loin", window).setGeometry(180, 10, 90, 30)
    Text("Une phrase trop longue", parent=window).setGeometry(0, 50, 40, 20)
    window.show()
    assert len(faults(window)) == 3  # a button far away is both outside and out of reach

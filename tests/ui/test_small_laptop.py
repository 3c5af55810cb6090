"""On a laptop of 1280 x 720 at 150 %, every place and dialog fits: nothing cut or out of reach."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.dialogs.base import Dialog, MessageDialog, UnsavedDialog
from tests.ui.conftest import Desktop
from tests.ui.fitting import faults
from tests.ui.stages import DIALOGS, SCREENS, each_tab, open_dialog

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


@pytest.mark.usefixtures("quick_keys")
@pytest.mark.parametrize("name", SCREENS)
def test_screens(small: Desktop, tmp_path: Path, name: str) -> None:
    SCREENS[name](small, tmp_path)
    assert {tab: wrong for tab in each_tab(small) if (wrong := faults(small.frame))} == {}


def fits(dialog: QWidget) -> None:
    """The dialog, with the title that the system draws, is on its screen, its buttons seen."""
    QApplication.processEvents()
    around = QRect(dialog.geometry()).adjusted(0, -TITLE, 0, 0)
    assert dialog.screen().size().width() == 853
    assert around.height() <= dialog.screen().size().height()
    assert around.width() <= dialog.screen().size().width()
    assert faults(dialog) == []


@pytest.mark.parametrize("kind", [kind for kind in DIALOGS if issubclass(kind, Dialog)])
def test_dialogs(small: Desktop, kind: type[QDialog]) -> None:
    dialog = open_dialog(small, kind)
    fits(dialog)
    dialog.close()


@pytest.mark.parametrize(
    "build",
    [
        lambda parent: MessageDialog("Titre", (LONG * 30,), parent),
        lambda parent: UnsavedDialog(parent, LONG * 3),
    ],
)
def test_dialogs_with_much_to_say(small: Desktop, build: Callable[[QWidget], QDialog]) -> None:
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

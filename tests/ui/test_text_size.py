"""Text at 200 %: no word is cut, whatever the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.appearance import TextSizeMenu
from numecole_desktop.ui.screens.settings_computer import DisplayCard
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.theme import TEXT_SIZE, apply_font, row_height, text_sizes
from numecole_desktop.ui.widgets.picker import Picker
from tests.ui.conftest import SCHOOL, Desktop, fill_base
from tests.ui.cut_text import cut
from tests.ui.stages import DIALOGS, SCREENS, each_tab, open_dialog

ROOT = Path(__file__).resolve().parents[2]
LARGEST = text_sizes()[-1]


@pytest.fixture
def _large(tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """The largest text was chosen before the window opens."""
    WindowState(tmp_path / "fenetre.ini").put(TEXT_SIZE, str(LARGEST))
    yield
    apply_font(qapp)


def cut_by_tab(desktop: Desktop) -> dict[str, list[str]]:
    return {tab: found for tab in each_tab(desktop) if (found := cut(desktop.frame))}


@pytest.mark.usefixtures("_large", "quick_keys")
@pytest.mark.parametrize("name", SCREENS)
def test_large_text(desktop: Desktop, tmp_path: Path, name: str) -> None:
    desktop.frame.resize(1280, 720)
    SCREENS[name](desktop, tmp_path)
    assert cut_by_tab(desktop) == {}


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_large_text_in_dialogs(desktop: Desktop, kind: type[QDialog]) -> None:
    dialog = open_dialog(desktop, kind)
    assert cut(dialog) == []
    dialog.close()


def test_the_size_chosen_in_the_menu_builds_the_window_anew(
    desktop: Desktop, open_window: Callable[[Path], Desktop], qapp: QApplication
) -> None:
    usual_font, usual_row = qapp.font().pointSizeF(), row_height()
    usual_width = desktop.shell.schools.table.columnWidth(0)
    desktop.shell.schools.table.setColumnWidth(0, usual_width + 7)
    (menu,) = desktop.frame.findChildren(TextSizeMenu)
    assert menu.menuAction() in desktop.shell.menu("&Affichage").actions()
    menu.actions()[0].trigger()
    assert desktop.frame.isVisible()
    largest = menu.actions()[-1]
    assert largest.text() == f"{LARGEST}\u00a0%"
    largest.trigger()
    assert not desktop.frame.isVisible()
    assert desktop.start.begins_again
    assert desktop.tasks.close(10)
    again = open_window(desktop.base)
    assert qapp.font().pointSizeF() == usual_font * LARGEST / 100
    assert row_height() == usual_row * LARGEST // 100
    assert again.shell.schools.table.verticalHeader().defaultSectionSize() == row_height()
    assert again.shell.schools.table.columnWidth(0) == usual_width * LARGEST // 100
    apply_font(qapp)


def test_a_size_chosen_in_the_settings_waits_for_its_button(desktop: Desktop) -> None:
    desktop.shell.run("settings")
    desktop.settle()
    (card,) = desktop.frame.findChildren(DisplayCard)
    assert not card.apply_button.isEnabled()
    card.text_size.setFocus()
    desktop.key(Qt.Key.Key_Down)
    assert desktop.frame.isVisible()
    desktop.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is card.apply_button
    desktop.key(Qt.Key.Key_Space)
    assert desktop.start.begins_again


PROCESS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from numecole_desktop import app
from numecole_desktop.ui.start import Start

run, seen = Start.run, []

def choose(start):
    start.desk.open_form({school!r})
    start.session.state.put("window/text_size", "150")
    start.session.rebuild_asked.emit()

def look(start):
    seen.append((QApplication.font().pointSizeF() / size, start.desk.shown()))
    start._frame.close()

def ran(start):
    global size
    if not start.shown:
        size = QApplication.font().pointSizeF()
    QTimer.singleShot(1500, lambda: (look if start.shown else choose)(start))
    return run(start)

Start.run = ran
code = app.main(["--base", {base!r}])
assert seen == [(1.5, "form {school}")], seen
sys.exit(code)
"""


def test_the_process_opens_the_same_school_again_at_the_new_size(base_path: Path) -> None:
    fill_base(base_path)
    done = subprocess.run(
        [sys.executable, "-c", PROCESS.format(base=str(base_path), school=SCHOOL)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("said", ["", "300", "gros"])
def test_an_unknown_size_is_the_usual_one(qapp: QApplication, said: str) -> None:
    apply_font(qapp)
    usual = row_height()
    apply_font(qapp, said)
    assert row_height() == usual


def test_a_cut_word_is_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for place, widget in enumerate((QLabel("Bien trop long"), QPushButton("Bien trop long"))):
        widget.setParent(window)
        widget.setGeometry(0, 30 * place, 30, 24)
    window.resize(200, 100)
    window.show()
    assert len(cut(window)) == 2


def test_the_settings_and_the_menu_show_the_same_size(desktop: Desktop) -> None:
    desktop.shell.run("settings")
    desktop.settle()
    (picker,) = (
        p for p in desktop.frame.findChildren(Picker) if p.accessibleName() == "Taille du texte"
    )
    picker.chosen.emit(str(LARGEST))
    (menu,) = desktop.frame.findChildren(TextSizeMenu)
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()][-1]

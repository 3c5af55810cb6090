"""What the window finds again at the next start, whether it was closed or killed."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numecole_desktop.services.opening import first_look
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.frame import Frame, placed
from numecole_desktop.ui.models import schools as columns
from numecole_desktop.ui.session import SHOWN_YEAR
from numecole_desktop.ui.state import WindowState
from tests.ui.conftest import ALT, CTRL, SCHOOL, Desktop, fill_base

SCREEN = QRect(0, 0, 1920, 1040)
BESIDE = QRect(1920, 100, 1280, 680)


def written(desktop: Desktop, tmp_path: Path) -> WindowState:
    """What another process would read now, without this one being closed."""
    desktop.qtbot.wait(900)  # longer than the pause before it is kept
    copy = tmp_path / "lu.ini"
    copy.write_bytes((tmp_path / "fenetre.ini").read_bytes())
    return WindowState(copy)


def test_a_killed_window_is_found_again(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    desktop.frame.resize(800, 555)
    desktop.shell.schools.statuses.buttons[1].click()
    desktop.shell.schools.table.setColumnWidth(columns.NAME, 333)
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    desktop.key(Qt.Key.Key_2, ALT)
    desktop.key(Qt.Key.Key_5, CTRL)
    desktop.shell.dress("dark")
    try:
        state = written(desktop, tmp_path)
    finally:
        desktop.shell.dress("light")
    assert state.text("window/theme") == "dark"
    assert state.text("window/place") == "exchanges"
    assert state.text("schools/status") == "todo"
    assert state.number("school/tab") == 1
    again = Frame("Numécole", state.data("window/geometry"))
    qtbot.addWidget(again)
    assert again.size() == QSize(800, 555)
    assert "333" in state.text("tables/schools")


def test_the_place_and_the_tab_come_back(
    desktop: Desktop, open_window: Callable[[Path], Desktop]
) -> None:
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    desktop.key(Qt.Key.Key_3, ALT)
    desktop.key(Qt.Key.Key_6, CTRL)
    desktop.frame.close()
    assert desktop.tasks.close(10)
    again = open_window(desktop.base)
    assert again.shell.current() is again.shell.place("tools")
    again.desk.open_school(SCHOOL)
    assert again.desk.school is not None
    assert again.desk.school.tabs.row.currentIndex() == 2


def test_the_year_shown_comes_back_though_nobody_chose_it(desktop: Desktop) -> None:
    state = desktop.session.state
    state.put(SHOWN_YEAR, "")
    look = desktop.read(lambda ws: first_look(ws.base, "", ws.clock().date()))
    desktop.shell.look(look)
    assert state.text(SHOWN_YEAR) == str(look.year)


@pytest.mark.parametrize("kept", ["", "grenier"])
def test_a_window_that_remembers_no_place_begins_with_accueil(
    base_path: Path, tmp_path: Path, open_window: Callable[[Path], Desktop], kept: str
) -> None:
    fill_base(base_path)
    state = WindowState(tmp_path / "fenetre.ini")
    state.put("window/place", kept or "home")
    state.put("school/tab", "la deuxième")
    state.write_now()
    desktop = open_window(base_path)
    assert desktop.shell.current() is desktop.shell.place("home")
    assert desktop.shell.rail.buttons["home"].isChecked()
    desktop.desk.open_school(SCHOOL)
    assert desktop.desk.school is not None
    assert desktop.desk.school.tabs.row.currentIndex() == 0


def test_an_empty_base_begins_with_accueil(
    base_path: Path, open_window: Callable[[Path], Desktop]
) -> None:
    Workspace.open(base_path).close()
    desktop = open_window(base_path)
    assert desktop.shell.current() is desktop.shell.place("home")


def test_a_spoilt_file_is_as_none(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "fenetre.ini"
    path.write_bytes(b"\x00\xff[window\ngeometry=@ByteArray(abc)\n")
    state = WindowState(path)
    frame = Frame("Numécole", QByteArray(b"nonsense"))
    qtbot.addWidget(frame)
    assert state.text("window/place", "home") == "home"
    assert frame.size().width() > 800


def test_the_first_window_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    frame = Frame("Numécole", QByteArray())
    qtbot.addWidget(frame)
    frame.keep_on_screens()
    screen = QApplication.primaryScreen().availableGeometry()
    assert frame.width() <= screen.width()
    assert frame.height() < screen.height()


def test_a_window_of_an_unplugged_screen_comes_to_the_other() -> None:
    wanted = QRect(2000, 200, 900, 500)
    assert placed(wanted, [SCREEN, BESIDE]) == wanted
    assert placed(wanted, [SCREEN]) == QRect(1020, 200, 900, 500)


def test_a_window_larger_than_the_screen_is_shrunk() -> None:
    found = placed(QRect(-300, -200, 4000, 3000), [BESIDE])
    assert found == QRect(1920, 132, 1280, 648)


@given(*(st.integers(-5_000, 5_000) for _ in range(2)), *(st.integers(1, 6_000) for _ in range(2)))
def test_a_window_is_always_whole_on_a_screen(x: int, y: int, width: int, height: int) -> None:
    found = placed(QRect(x, y, width, height), [SCREEN, BESIDE])
    assert SCREEN.contains(found) or BESIDE.contains(found)
    assert placed(found, [SCREEN, BESIDE]) == found
    assert found.width() <= width
    assert found.height() <= height


def test_numbers_that_are_none_are_zero(tmp_path: Path) -> None:
    file = QSettings(str(tmp_path / "fenetre.ini"), QSettings.Format.IniFormat)
    file.setValue("school/tab", "-3")
    file.sync()
    assert WindowState(tmp_path / "fenetre.ini").number("school/tab") == 0


def test_a_lock_that_a_killed_process_left_unsigned_holds_no_start_up(tmp_path: Path) -> None:
    """Qt would wait half a minute for whoever has not said its name yet."""
    (tmp_path / "fenetre.ini.lock").touch()
    state = WindowState(tmp_path / "fenetre.ini")
    state.put("window/theme", "dark")
    began = monotonic()
    state.write_now()
    assert monotonic() - began < 5
    assert WindowState(tmp_path / "fenetre.ini").text("window/theme") == "dark"

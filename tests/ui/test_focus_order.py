"""Tab goes through every screen and dialog, both ways, and what has the keyboard is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.widgets.focus import Through
from tests.ui.conftest import ALT, SCHOOL, Desktop
from tests.ui.keyboard import stops, tour_faults, unpainted
from tests.ui.labels import come_back
from tests.ui.stages import DIALOGS, PLACED, SCREENS, each_tab, open_dialog, settled


def faults(desktop: Desktop, window: QWidget) -> list[str]:
    missed = tour_faults(desktop, window)
    return [*missed, *(f"focus not seen: {widget}" for widget in unpainted(window))]


@pytest.mark.usefixtures("quick_keys")
@pytest.mark.parametrize("name", SCREENS)
def test_screens(desktop: Desktop, tmp_path: Path, name: str) -> None:
    SCREENS[name](desktop, tmp_path)
    frame = desktop.frame
    assert {tab: found for tab in each_tab(desktop) if (found := faults(desktop, frame))} == {}


@pytest.mark.parametrize("name", PLACED)
def test_screens_of_the_sample(sample: Desktop, tmp_path: Path, name: str) -> None:
    PLACED[name](sample, tmp_path)
    frame = sample.frame
    assert {tab: found for tab in each_tab(sample) if (found := faults(sample, frame))} == {}


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_dialogs_are_left_by_escape_and_give_the_keyboard_back(
    desktop: Desktop, kind: type[QDialog]
) -> None:
    desktop.shell.schools.focus_table()
    dialog = open_dialog(desktop, kind)
    dialog.activateWindow()
    desktop.until(dialog.isActiveWindow)
    first = QApplication.focusWidget()
    assert first is not None
    assert first.window() is dialog
    assert faults(desktop, dialog) == []
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    desktop.key(Qt.Key.Key_Escape)
    desktop.until(lambda: closed)
    come_back(desktop)
    assert QApplication.focusWidget() is desktop.shell.schools.table


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_a_place_shown_has_the_keyboard(sample: Desktop, place: str) -> None:
    sample.shell.show_place("tools" if place == "home" else "home")
    settled(sample)
    sample.shell.search()
    sample.shell.run(f"go_{place}")
    settled(sample)
    screen, focused = sample.shell.current(), QApplication.focusWidget()
    assert focused is not None
    assert focused is screen or screen.isAncestorOf(focused)
    interface = QAccessible.queryAccessibleInterface(focused)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name)


def test_another_tab_keeps_the_keyboard_on_screen(desktop: Desktop) -> None:
    desktop.desk.open_school(SCHOOL)
    settled(desktop)
    for key in (Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_1):
        desktop.key(Qt.Key.Key_Tab)
        desktop.key(key, ALT)
        settled(desktop)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible()


def test_a_part_that_passes_the_keyboard_on_hides_nothing_from_tab(qtbot: QtBot) -> None:
    window = QWidget()
    part = Through()
    before, first, last = (QPushButton(text) for text in ("avant", "premier", "dernier"))
    for parent, widgets in ((part, (first, last)), (window, (before, part))):
        column = QVBoxLayout(parent)
        for widget in widgets:
            column.addWidget(widget)
    part.pass_to(last)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    part.setFocus()
    assert QApplication.focusWidget() is last
    before.setFocus()
    assert stops(window) == [before, first, last]
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first


def test_the_keyboard_that_is_not_shown_is_seen(qtbot: QtBot) -> None:
    class Plain(QWidget):
        """Paints nothing of its own."""

    window = QWidget()
    plain = Plain(window)
    plain.setAccessibleName("muet")
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.resize(40, 20)
    qtbot.addWidget(window)
    window.show()
    assert unpainted(window) == ["Plain « muet »"]

"""The map: shapes, colours, clicks, and what is said of the schools that it cannot place."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.screens.territories import TerritoriesScreen
from numecole_desktop.ui.screens.territory_view import MAP
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import apply_theme, colours, theme_names
from numecole_desktop.ui.widgets.map_view import MapView, Spot
from tests.ui.territories.conftest import settle

LEAST_CONTRAST = 3.0


def luminance(colour: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def open_map(screen: TerritoriesScreen) -> None:
    screen.view.tabs.show_tab(MAP)
    settle(screen.session)


def test_marks_differ_by_shape_and_stand_out_in_every_palette(qapp: QApplication) -> None:
    from numecole_desktop.ui.widgets import map_view

    shapes = {map_view._mark("symbol", mark) for mark in map_view.INDICES}
    words = {map_view._mark("words", mark) for mark in map_view.INDICES}
    assert len(shapes) == len(words) == len(map_view.INDICES)
    try:
        for name in theme_names():
            apply_theme(qapp, name)
            for mark in map_view.INDICES:
                ink = map_view.colour_of(mark)
                for ground in (colours().base, colours().action_surface):
                    assert contrast(ink, ground) >= LEAST_CONTRAST, (name, mark)
    finally:
        apply_theme(qapp, "light")


def test_a_map_that_is_left_before_it_comes_is_drawn_on_return(screen: TerritoriesScreen) -> None:
    screen.view.tabs.show_tab(MAP)
    screen.hide()
    settle(screen.session)
    assert screen.view.map.view is None
    screen.show()
    settle(screen.session)
    assert screen.view.map.view is not None


def test_every_school_is_on_the_map_or_counted(screen: TerritoriesScreen, session: Session) -> None:
    open_map(screen)
    tab = screen.view.map
    assert tab.view is not None
    assert sum(len(scatter.data) for scatter in tab.view._marks.values()) == 47
    assert tab.table.rows.rowCount() == 47
    assert tab.unplaced.isHidden()

    def lose_coordinates(workspace: Workspace) -> Changes:
        workspace.base.connection.execute(
            "UPDATE school SET latitude = NULL WHERE uai = '0110099Y'"
        )
        return Changes(everything=True)

    session.tasks.run(lose_coordinates, session.refresher.publish)
    settle(session)
    assert tab.table.rows.rowCount() == 47
    assert tab.unplaced.text().startswith("1\u00a0école n’a pas de coordonnées")


def test_a_click_on_a_mark_opens_the_school(screen: TerritoriesScreen, session: Session) -> None:
    asked: list[tuple[str, object, str]] = []
    session.school_asked.connect(lambda *given: asked.append(given))
    open_map(screen)
    view = screen.view.map.view
    assert view is not None
    QApplication.processEvents()
    where = view.place_of("0110306Y")  # alone in its commune
    QTest.mouseMove(view.viewport(), where)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [uai for uai, _, _ in asked] == ["0110306Y"]


def test_enter_in_the_list_opens_the_school_and_the_cursor_rings_it(
    screen: TerritoriesScreen, session: Session
) -> None:
    asked: list[tuple[str, object, str]] = []
    session.school_asked.connect(lambda *given: asked.append(given))
    open_map(screen)
    table, view = screen.view.map.table, screen.view.map.view
    assert view is not None
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert len(view._ring.data) == 1
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert [uai for uai, _, _ in asked] == [table.uai(1)]


def circled_on(view: MapView) -> Spot:
    """The school that is circled."""
    (spot,) = view._ring.data["data"]
    assert isinstance(spot, Spot)
    return spot


def test_the_map_is_walked_by_the_keyboard(screen: TerritoriesScreen, session: Session) -> None:
    asked: list[tuple[str, object, str]] = []
    session.school_asked.connect(lambda *given: asked.append(given))
    open_map(screen)
    tab = screen.view.map
    table = tab.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    view = QApplication.focusWidget()
    assert isinstance(view, MapView)
    assert view is tab.view
    circled: list[str] = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Left):
        before = circled_on(view)
        QTest.keyClick(view, key)
        now = circled_on(view)
        circled.append(now.uai)
        assert now is not before
        assert tab.current.text() == now.words
        assert table.uai(table.current_row()) == now.uai
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            assert (now.x > before.x) is (key == Qt.Key.Key_Right)
    for _ in range(8):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.viewport().rect().contains(view.place_of(circled_on(view).uai))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [uai for uai, _, _ in asked] == circled[-1:]


def test_the_legend_says_shape_index_and_count(screen: TerritoriesScreen) -> None:
    from numecole_desktop.ui.widgets.map_view import legend_words

    assert legend_words("3", 20) == "Indice 3 (étoile)\u00a0: 20\u00a0écoles"
    assert legend_words("none", 1) == "Indice inconnu (croix)\u00a0: 1\u00a0école"


def test_the_screen_does_not_import_the_map_before_it_is_shown() -> None:
    program = (
        "import sys, numecole_desktop.ui.screens.territories\n"
        "print([m for m in ('pyqtgraph', 'numpy', 'pandas') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert found.stdout.strip() == "[]"

"""Charts: what is said of them, the same numbers in a table beside, and nothing that moves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import numecole_desktop
from numecole_desktop.ui.screens.territories import TerritoriesScreen
from numecole_desktop.ui.screens.territory_view import MAP, TRENDS
from numecole_desktop.ui.widgets.chart import IndexChart
from numecole_desktop.ui.widgets.columns import ColumnsChart
from tests.ui.conftest import SCHOOL, Desktop
from tests.ui.stages import settled

EVOLUTIONS = 1
MOVING = re.compile(r"\bQ\w*Animation\w*|\bQMovie\b|\bQTimeLine\b|setAnimated\(True\)")


def numbers(text: str) -> set[str]:
    """Numbers of a text, the digits of thousands put together."""
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[\u202f\u00a0](?=\d)", "", text)))


def shown_by(part: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [chart for chart in part.findChildren(kind) if chart.isVisible()]


def texts(part: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in part.findChildren(QLabel))


def test_trends_say_their_numbers_and_have_them_in_a_table(sample: Desktop) -> None:
    sample.shell.show_place("territories")
    screen = sample.shell.place("territories")
    assert isinstance(screen, TerritoriesScreen)
    screen.view.tabs.show_tab(TRENDS)
    settled(sample)
    trends = screen.view.trends
    charts = shown_by(trends, ColumnsChart)
    assert len(charts) == len(trends.charts) > 0
    rows = [
        [str(trends.rows.index(row, column).data()) for column in range(trends.rows.columnCount())]
        for row in range(trends.rows.rowCount())
    ]
    for chart, name in zip(trends.charts, trends._names, strict=True):
        said = numbers(chart.accessibleDescription())
        mine = [row for row in rows if row[0] == name.text()]
        assert mine
        for _, _, _, percent in mine:
            assert numbers(percent) <= said


@pytest.mark.parametrize("kind", [IndexChart, ColumnsChart])
def test_evolutions_of_a_school_say_what_the_page_writes(
    sample: Desktop, kind: type[QWidget]
) -> None:
    sample.desk.open_school(SCHOOL)
    settled(sample)
    assert sample.desk.school is not None
    sample.desk.school.tabs.show_tab(EVOLUTIONS)
    settled(sample)
    page = sample.desk.school.evolutions
    charts = shown_by(page, kind)
    assert charts
    for chart in charts:
        assert chart.accessibleName()
        said = numbers(chart.accessibleDescription())
        assert said
        assert said <= numbers(texts(page))


def test_the_map_says_how_many_schools_of_each_index_and_lists_them(sample: Desktop) -> None:
    sample.shell.show_place("territories")
    screen = sample.shell.place("territories")
    assert isinstance(screen, TerritoriesScreen)
    screen.view.tabs.show_tab(MAP)
    settled(sample)
    tab = screen.view.map
    sample.until(lambda: tab.view is not None and tab.view.isVisible())
    assert tab.view is not None
    said = tab.view.accessibleDescription()
    counts = [int(count) for count in re.findall(r": (\d+)\xa0écoles? *(?:,|\.| et)", said)]
    assert sum(counts[-5:]) == tab.table.rows.rowCount()


def test_nothing_moves_by_itself() -> None:
    root = Path(numecole_desktop.__file__).parent
    moving = [
        f"{path.name}: {found.group()}"
        for path in sorted(root.rglob("*.py"))
        if (found := MOVING.search(path.read_text("utf-8")))
    ]
    assert moving == []


def test_menus_and_tooltips_do_not_slide_or_fade() -> None:
    code = (
        "import sys; from PySide6.QtCore import Qt;"
        "from numecole_desktop.ui.application import create_application;"
        "app = create_application(['x', '-platform', 'offscreen']);"
        "sys.exit(any(app.isEffectEnabled(effect) for effect in Qt.UIEffect))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_arrows_say_the_column_that_they_choose(qtbot: QtBot) -> None:
    chart = ColumnsChart("Écoles", clickable=True)
    qtbot.addWidget(chart)
    chart.show_columns([("2022", 4, "4", "4 écoles"), ("2023", 6, "6", "6 écoles")])
    chart.show()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleName() == "Écoles, 2022\u00a0: 4 écoles"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleName() == "Écoles, 2023\u00a0: 6 écoles"
    chart.set_name("Classes")
    assert chart.accessibleName() == "Classes"

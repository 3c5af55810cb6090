"""Every table: copied, filtered, sorted, its columns chosen and remembered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.dialogs.columns import ColumnsDialog
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.widgets.filter_row import FilterField
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.table_menu import TableMenu

HEADINGS = ("École", "Classes", "Part", "Le")
ROWS = (
    ("Évreux", 12, "9\u00a0%", "02/10/2024 08:00"),
    ("evian", None, "n.c.", "01/11/2023 09:00"),
    ("=1+1", 1234, "33\u00a0%", "03/01/2024 10:00"),
    ("École 10", 3, "100\u00a0%", ""),
    ("École 2", 5, "", "31/12/2022 18:00"),
)
NO, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def state(tmp_path: Path) -> WindowState:
    return WindowState(tmp_path / "fenetre.ini")


Make = Callable[..., Table]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Make]:
    """Makes tables with the keyboard in them, and holds them until the end of the test."""
    made: list[Table] = []

    def make(headings: tuple[str, ...] = HEADINGS) -> Table:
        table = Table("Essai")
        made.append(table)
        model = RowsModel(headings, table)
        table.show_model(model, (120, 80, 90))
        model.set_rows([(*row, *[""] * (len(headings) - len(row))) for row in ROWS], ROWS)
        table.resize(500, 300)
        qtbot.addWidget(table)
        table.show()
        table.activateWindow()
        table.setFocus()
        return table

    yield make
    for table in made:
        for menu in table.findChildren(TableMenu):
            menu.close()


@pytest.fixture
def table(shown: Make) -> Table:
    return shown()


def names(table: Table, column: int = 0) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_all_rows_are_copied_as_text_and_as_a_table(table: Table) -> None:
    QTest.keyClick(table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in data.text().splitlines()]
    assert lines[0] == list(HEADINGS)
    assert lines[1] == ["Évreux", "12", "9%", "02/10/2024 08:00"]
    assert lines[3][:3] == ["'=1+1", "1234", "33%"]
    html = data.html()
    assert "<th" in html
    assert "<td>1234</td>" in html
    assert "mso-number-format:'\\@'\">École 2<" in html


def test_a_hidden_column_is_not_copied_and_the_order_is_that_shown(table: Table) -> None:
    table.setColumnHidden(1, True)
    table.horizontalHeader().moveSection(2, 0)
    table.go_to(0)
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Part\tÉcole\tLe",
        "9%\tÉvreux\t02/10/2024 08:00",
    ]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (0, ["=1+1", "École 2", "École 10", "evian", "Évreux"]),
        (1, ["evian", "École 10", "École 2", "Évreux", "=1+1"]),
        (2, ["École 2", "Évreux", "=1+1", "École 10", "evian"]),
        (3, ["École 10", "École 2", "evian", "=1+1", "Évreux"]),
    ],
)
def test_sorted_by_words_numbers_and_days(table: Table, column: int, expected: list[str]) -> None:
    model = table.model()
    first = names(table)
    model.sort(column, Qt.SortOrder.AscendingOrder)
    assert names(table) == expected
    model.sort(column, Qt.SortOrder.DescendingOrder)
    assert names(table) == expected[::-1]
    model.sort(-1)
    assert names(table) == first


def test_rows_that_come_later_are_sorted_likewise(table: Table) -> None:
    model = table.model()
    assert isinstance(model, RowsModel)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_rows([("A", 1, "", ""), ("B", 2, "", "")])
    assert names(table) == ["B", "A"]


def test_a_field_by_column_keeps_rows_and_echap_gives_them_back(table: Table) -> None:
    QTest.keyClick(table, Qt.Key.Key_F, CTRL | SHIFT)
    field = focus()
    assert isinstance(field, FilterField)
    assert field.accessibleName() == "Filtrer la colonne École"
    QTest.keyClicks(field, "ev")
    assert names(table) == ["Évreux", "evian"]
    QTest.keyClick(field, Qt.Key.Key_Tab)
    second = focus()
    QTest.keyClicks(second, ">10")
    assert names(table) == ["Évreux"]
    QTest.keyClick(second, Qt.Key.Key_Down)
    assert focus() is table
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert names(table) == ["Évreux", "evian"]
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert len(names(table)) == len(ROWS)
    assert focus() is table
    table.model().sort(0)
    assert names(table)[0] == "=1+1"


def test_the_fields_stand_under_their_headings(table: Table) -> None:
    header = table.horizontalHeader()
    height = header.height()
    table.toggle_filters()
    fields = table.heading.findChildren(FilterField)
    assert [f.x() - 1 for f in fields] == [header.sectionViewportPosition(c) for c in range(4)]
    assert table.viewport().y() >= fields[0].mapTo(table, QPoint(0, fields[0].height())).y()
    header.moveSection(0, 3)
    assert fields[0].x() - 1 == header.sectionViewportPosition(0)
    table.setColumnHidden(1, True)
    QApplication.processEvents()
    assert not fields[1].isVisible()
    table.toggle_filters()
    assert header.height() == height


def test_rows_kept_stay_kept_when_others_come(table: Table) -> None:
    table.set_column_filters({0: "ecole"})
    model = table.model()
    assert isinstance(model, RowsModel)
    model.set_rows([("École 7", 1, "", ""), ("Collège", 1, "", "")], ["seven", "other"])
    assert names(table) == ["École 7"]
    assert model.value(0) == "seven"


class Asked(RowsModel):
    """Counts how often it is asked for its size."""

    times = 0

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        self.times += 1
        return super().rowCount(parent)


def test_painting_with_every_row_chosen_looks_at_those_shown(qtbot: QtBot) -> None:
    table = Table("Essai")
    qtbot.addWidget(table)
    model = Asked(HEADINGS, table)
    table.show_model(model, (120, 80, 90))
    model.set_rows([ROWS[0]] * 5_000, range(5_000))
    table.resize(500, 300)
    table.show()
    table.selectAll()
    QApplication.processEvents()
    model.times = 0
    table.grab()
    assert 0 < model.times < 500
    assert len(table.selectionModel().selectedRows()) == 5_000


@pytest.mark.parametrize("way", ["menu", "shift-f10"])
def test_the_menu_is_reached_by_the_keyboard(table: Table, way: str) -> None:
    table.go_to(1)
    if way == "menu":
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(table, QContextMenuEvent(reason, QPoint(), QPoint()))
    else:
        QTest.keyClick(table, Qt.Key.Key_F10, SHIFT)
    (menu,) = table.findChildren(TableMenu)
    assert menu.isVisible()
    said = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert said == [
        "Copier les lignes",
        "Copier la cellule",
        "Tout sélectionner",
        "Filtrer par colonne",
        "Choisir les colonnes…",
    ]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == "evian"


def test_columns_are_chosen_by_the_keyboard(table: Table, state: WindowState) -> None:
    table.keep_layout(state, "essai")
    table.choose_columns()
    (dialog,) = table.findChildren(ColumnsDialog)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert table.isColumnHidden(1)
    dialog.down_button.click()
    assert [HEADINGS[c] for c in table.visible_columns()] == ["École", "Part", "Le"]
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [HEADINGS[c] for c in table.visible_columns()] == ["École", "Part", "Classes", "Le"]
    dialog.reset_button.click()
    assert [HEADINGS[c] for c in table.visible_columns()] == list(HEADINGS)
    dialog.close()


def test_the_last_column_cannot_be_hidden(table: Table) -> None:
    for column in (1, 2, 3):
        table.setColumnHidden(column, True)
    table.choose_columns()
    (dialog,) = table.findChildren(ColumnsDialog)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert table.visible_columns() == [0]
    dialog.close()


def arrange(table: Table) -> None:
    header = table.horizontalHeader()
    header.moveSection(2, 0)
    header.resizeSection(0, 211)
    table.setColumnHidden(1, True)
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)


def test_the_layout_comes_back(shown: Make, state: WindowState) -> None:
    first = shown()
    first.keep_layout(state, "essai")
    arrange(first)
    first.hide()
    again = shown()
    again.keep_layout(state, "essai")
    assert again.visible_columns() == [2, 0, 3]
    assert again.columnWidth(0) == 211
    assert names(again) == names(first)
    other = shown()
    other.keep_layout(state, "autre")
    assert other.visible_columns() == [0, 1, 2, 3]
    assert again.layout_keeper is not None
    again.layout_keeper.put_back()
    assert again.visible_columns() == [0, 1, 2, 3]
    assert again.columnWidth(0) == 120
    assert state.text("tables/essai") == ""


def test_a_column_of_a_later_version_is_shown_at_its_place(shown: Make, state: WindowState) -> None:
    first = shown()
    first.keep_layout(state, "essai")
    arrange(first)
    first.hide()
    later = ("École", "Secteur", "Classes", "Part", "Le", "Note")
    again = shown(later)
    again.keep_layout(state, "essai")
    assert [later[c] for c in again.visible_columns()] == [
        "Part",
        "École",
        "Secteur",
        "Le",
        "Note",
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"order": ["Rien"], "sort": 3}'])
def test_a_file_changed_by_hand_is_borne(shown: Make, state: WindowState, text: str) -> None:
    state.put("tables/essai", text)
    table = shown()
    table.keep_layout(state, "essai")
    assert table.visible_columns() == [0, 1, 2, 3]

"""The list of schools, by the keyboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.models import schools as columns
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop, focus


def shown(desktop: Desktop) -> list[str]:
    return list(desktop.shell.schools.order())


def test_every_open_public_school_is_listed_by_commune_then_name(desktop: Desktop) -> None:
    model = desktop.shell.schools.model
    names = [(model.row(n).commune, model.row(n).name) for n in range(model.rowCount())]
    assert [commune for commune, _ in names] == [
        *("Carcassonne", "Carcassonne", "Carcassonne"),
        *("Carlipa", "Évreux-sur-Aude"),
    ]


def test_ctrl_f_then_typing_filters_without_accents(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_F, CTRL)
    desktop.write("evreux")
    assert shown(desktop) == ["0110191Y"]


def test_several_words_in_any_order_and_uai(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_F, CTRL)
    desktop.write("ferry carcassonne")
    assert shown(desktop) == [SCHOOL]
    desktop.shell.top.search.clear()
    desktop.write("0110151e")
    assert shown(desktop) == ["0110151E"]


def test_typing_over_the_table_goes_to_the_search(desktop: Desktop) -> None:
    desktop.shell.schools.focus_table()
    desktop.write("pagnol")
    assert desktop.shell.top.search.text() == "pagnol"
    assert shown(desktop) == ["0110161R"]


def test_escape_empties_the_search_and_down_goes_to_the_list(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_F, CTRL)
    desktop.write("pagnol")
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.shell.top.search.text() == ""
    assert len(shown(desktop)) == 5
    desktop.key(Qt.Key.Key_Down)
    assert focus() is desktop.shell.schools.table


def test_enter_opens_the_school_and_escape_comes_back_on_it(desktop: Desktop) -> None:
    desktop.shell.schools.focus_table()
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    assert desktop.desk.school is not None
    wanted = shown(desktop)[1]
    assert desktop.desk.school.uai == wanted
    desktop.settle()
    desktop.key(Qt.Key.Key_Escape)
    table = desktop.shell.schools.table
    assert desktop.shell.current() is desktop.shell.schools
    assert focus() is table
    assert desktop.shell.schools.model.row(table.current_row()).uai == wanted


def test_ctrl_c_copies_the_visible_columns(desktop: Desktop) -> None:
    desktop.shell.schools.focus_table()
    desktop.key(Qt.Key.Key_C, CTRL)
    header, line, _ = QGuiApplication.clipboard().text().split("\n")
    assert header.split("\t") == [columns.HEADERS[c] for c in range(7)]
    assert line.split("\t")[0] == "Carcassonne"
    assert line.split("\t")[columns.INDEX] == "2"
    assert line.split("\t")[columns.STATUS] == "À déclarer"


def test_status_buttons_keep_and_count(desktop: Desktop) -> None:
    screen = desktop.shell.schools
    assert [button.text() for button in screen.statuses.buttons] == [
        *("Toutes\u00a05", "À déclarer\u00a05", "Brouillons\u00a00", "Validées\u00a00")
    ]
    screen.statuses.buttons[3].click()
    assert shown(desktop) == []
    assert screen._empty is not None
    screen._empty.buttons[0].click()
    assert len(shown(desktop)) == 5


def test_a_click_on_a_header_sorts_then_reverses_then_gives_up(desktop: Desktop) -> None:
    header = desktop.shell.schools.table.horizontalHeader()
    original = shown(desktop)

    def click() -> list[str]:
        where = header.sectionViewportPosition(columns.UAI) + 20
        point = header.rect().topLeft()
        point.setX(where)
        point.setY(8)
        left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(header.viewport(), left, held, point)
        return shown(desktop)

    assert click() == sorted(original)
    assert click() == sorted(original, reverse=True)
    assert click() == original


def test_columns_and_filters_come_back(
    desktop: Desktop, open_window: Callable[[Path], Desktop]
) -> None:
    table = desktop.shell.schools.table
    table.setColumnHidden(columns.TYPE, True)
    table.setColumnWidth(columns.NAME, 333)
    table.horizontalHeader().moveSection(0, 2)
    desktop.shell.schools.statuses.buttons[1].click()
    desktop.frame.close()
    assert desktop.tasks.close(10)
    again = open_window(desktop.base).shell.schools
    assert again.table.isColumnHidden(columns.TYPE)
    assert again.table.columnWidth(columns.NAME) == 333
    assert again.table.horizontalHeader().visualIndex(0) == 2
    assert again.statuses.value() == "todo"


def test_an_empty_base_offers_the_directory_and_the_sample(
    open_window: Callable[[Path], Desktop], base_path: Path
) -> None:
    Workspace.open(base_path).close()
    shell = open_window(base_path).shell
    shell.show_place("schools")
    screen = shell.schools
    assert screen._empty is not None
    assert screen._empty.isVisible()
    assert [b.text() for b in screen._empty.buttons] == [
        *("Importer l’annuaire…", "Explorer l’exemple")
    ]


def test_a_column_that_keeps_no_school_leaves_its_field_on_screen(desktop: Desktop) -> None:
    screen = desktop.shell.schools
    desktop.key(Qt.Key.Key_F, CTRL | SHIFT)
    desktop.write("carli")
    assert screen.order() == ("0110151E",)
    desktop.write("zz")
    assert screen.order() == ()
    assert screen.table.isVisible()
    desktop.key(Qt.Key.Key_Escape)
    desktop.key(Qt.Key.Key_Escape)
    assert len(screen.order()) == 5
    assert screen.table.hasFocus()


def test_the_columns_chosen_come_back_in_another_window(
    desktop: Desktop, open_window: Callable[[Path], Desktop]
) -> None:
    header = desktop.shell.schools.table.horizontalHeader()
    header.moveSection(2, 0)
    desktop.shell.schools.table.setColumnHidden(columns.TYPE, True)
    desktop.frame.close()
    assert desktop.tasks.close(10)
    again = open_window(desktop.base)
    assert again.shell.schools.table.visible_columns()[:3] == [
        columns.UAI,
        columns.COMMUNE,
        columns.NAME,
    ]
    assert columns.TYPE not in again.shell.schools.table.visible_columns()

"""The table « Chiffres » is a table like the others: filtered, copied, its columns kept."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from numecole_desktop.ui.dialogs.columns import ColumnsDialog
from numecole_desktop.ui.models.figures import BAR, COUNT, FIRST_ABOVE, LABEL, MISSING
from numecole_desktop.ui.screens.territories import TerritoriesScreen
from numecole_desktop.ui.screens.territory_figures import FiguresTable
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.filter_row import FilterField
from numecole_desktop.ui.widgets.table_menu import TableMenu
from tests.ui.conftest import focus
from tests.ui.territories.conftest import settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(screen: TerritoriesScreen) -> FiguresTable:
    shown = screen.view.figures.table
    shown.setFocus()
    return shown


def shown_rows(table: FiguresTable) -> list[str]:
    return [str(table.figures.index(row, LABEL).data()) for row in range(table.figures.rowCount())]


def show_filters(table: FiguresTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_F, CTRL | SHIFT)


def write(table: FiguresTable, column: int, text: str) -> None:
    heading = table.figures.headerData(column, Qt.Orientation.Horizontal)
    name = f"Filtrer la colonne {heading}"
    (field,) = (f for f in table.findChildren(FilterField) if f.accessibleName() == name)
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, text)


def test_the_bars_stay_where_the_keyboard_is(table: FiguresTable) -> None:
    row = next(r for r in range(20) if table.figures.index(r, LABEL).data() == "Écoles avec robots")
    table.scrollTo(table.figures.index(row, BAR))
    where = table.visualRect(table.figures.index(row, BAR))
    ratio = table.devicePixelRatioF()
    drawn = table.viewport().grab(where).toImage()
    middle = round(where.height() * ratio / 2)
    inks = {drawn.pixelColor(x, middle).name() for x in range(drawn.width())}
    assert len(inks) > 2


def test_figures_are_kept_by_what_is_typed_over_their_columns(table: FiguresTable) -> None:
    everything = shown_rows(table)
    show_filters(table)
    write(table, LABEL, "socle")
    assert shown_rows(table) == [
        "Socle numérique de base",
        "Écoles au niveau du socle",
        "Classes avec le socle enseignant",
        "Classes avec le socle élèves",
    ]
    assert table.columnSpan(0, LABEL) == table.figures.columnCount()
    assert table.columnSpan(1, LABEL) == 1
    write(table, COUNT, ">100")
    assert all("Écoles" not in row for row in shown_rows(table))
    write(table, LABEL, "")
    write(table, COUNT, "")
    write(table, FIRST_ABOVE, ">=50 %")
    kept = shown_rows(table)
    assert "Écoles au niveau du socle" in kept
    assert 0 < len(kept) < len(everything)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert shown_rows(table) == everything
    assert table.hasFocus()


def test_the_file_holds_every_figure_whatever_is_shown(table: FiguresTable) -> None:
    whole = table.figures.cells()
    show_filters(table)
    write(table, LABEL, "socle")
    assert table.figures.cells() == whole


def test_rows_are_copied_as_shown_with_the_numbers_of_a_spreadsheet(table: FiguresTable) -> None:
    show_filters(table)
    write(table, LABEL, "niveau du socle")
    table.setColumnHidden(BAR, True)
    table.horizontalHeader().moveSection(MISSING, COUNT)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    headings, row = QGuiApplication.clipboard().text().splitlines()
    assert headings.split("\t") == [
        "Chiffre",
        "n.c.",
        "Valeur",
        "Part",
        "Aude",
        "Académie de Montpellier",
    ]
    assert row.split("\t") == ["Écoles au niveau du socle", "0%", "20", "43%", "50%", "32%"]


def test_another_territory_keeps_the_filter_and_names_its_fields(
    screen: TerritoriesScreen, session: Session, table: FiguresTable
) -> None:
    show_filters(table)
    write(table, LABEL, "socle")
    screen.show_territory("circonscription", "0480048S")
    settle(session)
    names = {f.accessibleName() for f in table.findChildren(FilterField)}
    assert f"Filtrer la colonne {table.figures.above[0]}" in names
    assert shown_rows(table)[0] == "Socle numérique de base"
    screen.picker.tree.setFocus()
    screen.show_territory("academie", "Montpellier")
    settle(session)
    assert screen.picker.tree.hasFocus()
    assert len(shown_rows(table)) > 10


def test_columns_are_chosen_kept_for_every_territory_and_given_back(
    screen: TerritoriesScreen, session: Session, table: FiguresTable
) -> None:
    table.choose_columns()
    (dialog,) = screen.window().findChildren(ColumnsDialog)
    first = dialog.list.item(0)
    assert not first.flags() & Qt.ItemFlag.ItemIsUserCheckable
    dialog.list.setCurrentRow(1)
    dialog.up_button.click()
    assert table.visible_columns()[0] == LABEL
    for _ in range(3):
        dialog.down_button.click()
    dialog.list.setCurrentRow(5)  # the département
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.close()
    arranged = table.visible_columns()
    assert arranged == [LABEL, 2, BAR, MISSING, COUNT, FIRST_ABOVE + 1]
    screen.show_territory("academie", "Montpellier")
    settle(session)
    assert table.visible_columns() == [LABEL, 2, BAR, MISSING, COUNT]
    screen.show_territory("circonscription", "0110041K")
    settle(session)
    assert table.visible_columns() == arranged
    keeper = table.layout_keeper
    assert keeper is not None
    keeper.put_back()
    assert table.visible_columns() == list(range(table.figures.columnCount()))


def test_the_layout_comes_back_at_the_next_start(
    screen: TerritoriesScreen, session: Session, table: FiguresTable
) -> None:
    table.setColumnHidden(FIRST_ABOVE + 1, True)
    table.horizontalHeader().resizeSection(COUNT, 133)
    screen.hide()
    again = TerritoriesScreen(session)
    again.show()
    settle(session)
    shown = again.view.figures.table
    assert shown.isColumnHidden(FIRST_ABOVE + 1)
    assert not shown.isColumnHidden(FIRST_ABOVE)
    assert shown.columnWidth(COUNT) == 133
    again.close()
    again.deleteLater()
    settle(session)


def test_the_menu_offers_to_filter_and_to_choose(table: FiguresTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_F10, SHIFT)
    (menu,) = table.findChildren(TableMenu)
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert {"Filtrer par colonne", "Choisir les colonnes…", "Rétablir la disposition"} <= set(texts)
    menu.close()


def test_a_title_does_not_take_the_cursor(table: FiguresTable) -> None:
    show_filters(table)
    write(table, LABEL, "socle")
    table.setFocus()
    table.go_to(0)
    assert table.current_row() == 1
    where: QPoint = table.visualRect(table.figures.index(1, COUNT)).center()
    assert table.indexAt(where).row() == 1

"""The screen of territories under real keys and clicks."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from numecole_desktop.services import territories
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.models.figures import BAR, COUNT, LABEL, MISSING
from numecole_desktop.ui.screens.territories import TerritoriesScreen
from numecole_desktop.ui.screens.territory_view import CAMPAIGN, PARTS, TRENDS
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.empty import EmptyState
from tests.ui.territories.conftest import NARBONNE, YEAR, read, settle


def figure_row(screen: TerritoriesScreen, name: str) -> int:
    figures = screen.view.figures.table.figures
    return next(
        row
        for row in range(figures.rowCount())
        if (line := figures.line(row)) is not None and line.name == name
    )


def click_cell(screen: TerritoriesScreen, name: str, column: int) -> None:
    table = screen.view.figures.table
    index = table.figures.index(figure_row(screen, name), column)
    table.scrollTo(index)
    where = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle(screen.session)


def answer(screen: TerritoriesScreen, path: Path) -> None:
    (dialog,) = screen.findChildren(QFileDialog)
    dialog.selectFile(str(path))
    dialog.accept()
    settle(screen.session)


def cells(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_the_territory_of_last_time_is_shown_with_the_figures_of_the_service(
    screen: TerritoriesScreen, session: Session
) -> None:
    def figures(workspace: Workspace) -> object:
        return territories.territory_figures(workspace, "circonscription", NARBONNE, YEAR)

    expected = read(session, figures)
    assert screen.view.title.text() == "Narbonne 1"
    table = screen.view.figures.table.figures
    shown = {
        line.name: (line.count, line.percent)
        for row in range(table.rowCount())
        if (line := table.line(row)) is not None
    }
    assert isinstance(expected, territories.TerritoryFigures)
    assert shown["schools"] == (47, None)
    assert {name: count for name, (count, _) in shown.items()} == {
        name: expected.counts[name] for name in shown
    }
    assert shown["schools_socle"][1] == expected.percent["schools_socle"]
    assert list(table.above) == ["Aude", "Académie de Montpellier"]


def test_typing_over_the_tree_filters_it_and_shows_the_first_match(
    screen: TerritoriesScreen, session: Session
) -> None:
    tree = screen.picker.tree
    tree.setFocus()
    QTest.keyClicks(tree, "l")
    QTest.keyClicks(screen.picker.search, "imoux")
    settle(session)
    assert screen.picker.search.text() == "limoux"
    root = screen.picker.model.index(0, 0)
    assert root.data() == "Montpellier"
    assert screen.picker.model.rowCount(root) == 1
    assert tree.isExpanded(root)
    assert screen.view.title.text() == "Limoux"
    screen.picker.search.clear()
    settle(session)
    assert screen.picker.model.rowCount(screen.picker.model.index(0, 0)) == 2
    assert screen.view.title.text() == "Limoux"


def test_arrows_in_the_tree_change_the_territory(
    screen: TerritoriesScreen, session: Session
) -> None:
    screen.picker.tree.setFocus()
    QTest.keyClick(screen.picker.tree, Qt.Key.Key_Down)
    settle(session)
    assert screen.view.title.text() == "Narbonne 2"
    assert session.state.text("territories/chosen") == "circonscription 0110042L"


def test_enter_on_a_figure_lists_its_schools_then_enter_opens_one(
    screen: TerritoriesScreen, session: Session
) -> None:
    asked: list[tuple[str, object, str]] = []
    session.school_asked.connect(lambda *given: asked.append(given))
    table = screen.view.figures.table
    table.setFocus()
    table.go_to(figure_row(screen, "schools_socle"))
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(session)
    behind = screen.behind
    assert behind.isVisible()
    assert behind.title.text() == "Écoles au niveau du socle"
    assert behind.table.rows.rowCount() == 20
    QTest.keyClick(behind.table, Qt.Key.Key_Return)
    assert asked == [(behind.table.uai(0), behind.table.order(), "territories")]
    screen.handlers()["back"]()
    assert screen.view.isVisible()
    assert table.hasFocus()


def test_every_bar_opens_as_many_schools_as_it_counts(
    screen: TerritoriesScreen, session: Session
) -> None:
    for button, count in zip(
        screen.view.figures.distribution.buttons, (20, 16, 9, 2), strict=False
    ):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(session)
        assert screen.behind.table.rows.rowCount() == count
        screen.handlers()["back"]()
    assert not screen.view.figures.distribution.buttons[-1].isEnabled()


def test_the_sum_of_what_the_schools_bring_is_the_figure(screen: TerritoriesScreen) -> None:
    click_cell(screen, "classes_teacher_equipped", COUNT)
    _, rows = screen.behind.table.rows.content([3])
    assert sum(int(str(row[0])) for row in rows) == 218
    assert not screen.behind.table.isColumnHidden(3)
    screen.handlers()["back"]()
    click_cell(screen, "schools_up_to_date", BAR)
    assert screen.behind.table.rows.rowCount() == 34
    assert screen.behind.table.isColumnHidden(3)


def test_the_missing_column_opens_the_schools_without_answer(
    screen: TerritoriesScreen, session: Session
) -> None:
    screen.picker.go_to("departement", "011")
    settle(session)
    click_cell(screen, "schools_socle", MISSING)
    assert screen.behind.title.text() == "Sans réponse (n.c.)\u00a0: Écoles au niveau du socle"
    assert screen.behind.table.rows.rowCount() == 2


def test_a_click_on_a_label_or_on_nothing_opens_no_list(screen: TerritoriesScreen) -> None:
    click_cell(screen, "schools_socle", LABEL)
    click_cell(screen, "schools_socle", MISSING)  # every school answers
    assert screen.view.isVisible()


def test_the_campaign_lists_copies_and_exports_the_schools_to_remind(
    screen: TerritoriesScreen, session: Session, tmp_path: Path
) -> None:
    campaign = screen.view.campaign
    screen.view.tabs.show_tab(CAMPAIGN)
    settle(session)
    assert (
        campaign.progress.headline.text()
        == "34\u00a0écoles sur 47 à jour pour 2023-2024 (72\u00a0%)"
    )
    assert campaign.table.rows.rowCount() == 13
    QTest.mouseClick(campaign.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 14
    assert copied[0].startswith("Commune\tÉcole\tUAI")
    QTest.mouseClick(campaign.choice.buttons[2], Qt.MouseButton.LeftButton)
    assert campaign.table.rows.rowCount() == 0
    assert not campaign.copy_button.isEnabled()
    QTest.mouseClick(campaign.choice.buttons[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(campaign.export_button, Qt.MouseButton.LeftButton)
    answer(screen, tmp_path / "liste.csv")
    assert [row[2] for row in cells(tmp_path / "liste.csv")[1:]] == list(campaign.table.order())
    assert screen.exported.isVisible()


def test_the_figures_are_written_with_plain_numbers(
    screen: TerritoriesScreen, tmp_path: Path
) -> None:
    QTest.mouseClick(screen.view.export_button, Qt.MouseButton.LeftButton)
    answer(screen, tmp_path / "chiffres.csv")
    rows = {row[2]: row for row in cells(tmp_path / "chiffres.csv")}
    assert rows["classes"][3] == "257"
    assert rows["schools_socle"][3:6] == ["20", "43", "écoles"]
    assert rows["code"][7:] == ["pourcentage Aude", "pourcentage Académie de Montpellier"]


def test_the_profile_is_written_where_asked(
    screen: TerritoriesScreen, session: Session, tmp_path: Path
) -> None:
    QTest.mouseClick(screen.view.profile_button, Qt.MouseButton.LeftButton)
    answer(screen, tmp_path / "profil.pdf")
    assert (tmp_path / "profil.pdf").read_bytes().startswith(b"%PDF")
    assert screen.exported.path == tmp_path / "profil.pdf"
    assert screen.exported.isVisible()
    screen.picker.go_to("academie", "Montpellier")
    settle(session)
    assert not screen.exported.isVisible()


def test_the_yearly_report_of_the_academie_is_written_or_cancelled(
    screen: TerritoriesScreen, session: Session, tmp_path: Path
) -> None:
    assert not screen.view.report_button.isVisible()
    screen.picker.go_to("academie", "Montpellier")
    settle(session)
    QTest.mouseClick(screen.view.report_button, Qt.MouseButton.LeftButton)
    (dialog,) = screen.findChildren(QFileDialog)
    dialog.selectFile(str(tmp_path / "refused.pdf"))
    dialog.accept()
    (job,) = screen.findChildren(JobDialog)
    QTest.mouseClick(job.close_button, Qt.MouseButton.LeftButton)
    settle(session)
    assert not (tmp_path / "refused.pdf").exists()
    screen.view.files.write_report(str(tmp_path / "etat.pdf"))
    settle(session)
    assert (tmp_path / "etat.pdf").read_bytes().startswith(b"%PDF")
    assert screen.exported.path == tmp_path / "etat.pdf"


def test_enter_on_a_part_goes_there_and_a_title_sorts(
    screen: TerritoriesScreen, session: Session
) -> None:
    screen.picker.go_to("departement", "011")
    screen.view.tabs.show_tab(PARTS)
    settle(session)
    table = screen.view.parts.table
    assert screen.view.tabs.row.tabText(PARTS) == "Circonscriptions"
    assert screen.view.parts.rows.rowCount() == 6
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 0).data() == "Limoux"
    table.setFocus()
    table.go_to(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(session)
    assert screen.view.title.text() == "Limoux"
    assert screen.picker.current() is not None


def test_a_column_of_the_trends_opens_the_schools_of_its_year(
    screen: TerritoriesScreen, session: Session
) -> None:
    screen.view.tabs.show_tab(TRENDS)
    chart = screen.view.trends.charts[0]
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    settle(session)
    assert "2022-2023" in screen.behind.subtitle.text()
    assert screen.behind.table.rows.rowCount() == 13


def test_a_year_of_which_nothing_is_held_is_not_zero(screen: TerritoriesScreen) -> None:
    _, rows = screen.view.trends.rows.content()
    ent = {row[1]: row[2:] for row in rows if row[0] == "Classes qui utilisent l’ENT"}
    assert ent["2022-2023"] == ["n.c.", None]
    assert ent["2023-2024"][1] == 50


def test_a_selection_shows_its_figures_and_goes_back(
    screen: TerritoriesScreen, session: Session
) -> None:
    screen.show_selection(("0110160P", "0480347S"))
    settle(session)
    assert screen.view.title.text() == "2\u00a0écoles de la liste"
    assert not screen.view.profile_button.isVisible()
    assert not screen.view.tabs.row.isTabVisible(PARTS)
    click_cell(screen, "schools", COUNT)
    assert set(screen.behind.table.order()) == {"0110160P", "0480347S"}
    screen.handlers()["back"]()
    screen.handlers()["back"]()
    settle(session)
    assert screen.view.title.text() == "Narbonne 1"


def test_a_change_is_shown_without_losing_the_territory(
    screen: TerritoriesScreen, session: Session
) -> None:
    def close_one(workspace: Workspace) -> Changes:
        from numecole_desktop.services.import_undo import close_schools

        return close_schools(workspace, ["0110099Y"], YEAR)

    session.tasks.run(close_one, session.refresher.publish)
    settle(session)
    assert screen.view.title.text() == "Narbonne 1"
    line = screen.view.figures.table.figures.line(figure_row(screen, "schools"))
    assert line is not None
    assert line.count == 46


def test_a_figure_says_itself_and_the_levels_above_to_a_screen_reader(
    screen: TerritoriesScreen,
) -> None:
    figures = screen.view.figures.table.figures
    said = figures.index(figure_row(screen, "schools_socle"), BAR).data(
        int(Qt.ItemDataRole.AccessibleTextRole)
    )
    assert said == (
        "Écoles au niveau du socle\u00a0: 20, 43\u00a0% des écoles\u00a0; Aude 50\u00a0%"
        "\u00a0; Académie de Montpellier 32\u00a0%"
    )


def test_a_year_without_schools_says_what_to_do(
    screen: TerritoriesScreen, session: Session
) -> None:
    def close_all(workspace: Workspace) -> Changes:
        from numecole_desktop.services.import_undo import close_schools
        from numecole_desktop.services.schools import school_rows

        return close_schools(workspace, [row.uai for row in school_rows(workspace, YEAR)], YEAR)

    session.tasks.run(close_all, session.refresher.publish)
    settle(session)
    assert not screen.view.isVisible()
    blank = screen.stack.currentWidget()
    assert isinstance(blank, EmptyState)
    assert blank.heading.text() == "Aucune école publique ouverte"


def test_the_pointer_is_a_hand_only_where_a_list_opens(screen: TerritoriesScreen) -> None:
    table = screen.view.figures.table
    row = figure_row(screen, "schools_socle")
    shapes = []
    for column in (LABEL, COUNT):
        where: QPoint = table.visualRect(table.figures.index(row, column)).center()
        QTest.mouseMove(table.viewport(), where)
        shapes.append(table.viewport().cursor().shape())
    assert shapes == [Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor]


def test_the_profiles_of_the_town_halls_are_written_with_a_report(
    screen: TerritoriesScreen, session: Session, tmp_path: Path
) -> None:
    said: list[str] = []
    session.said.connect(lambda text, _: said.append(text))
    screen.picker.go_to("commune", "11202")
    settle(session)
    assert "town_halls" in screen.handlers()
    screen.view.files.write_town_halls(str(tmp_path / "mairies"))
    settle(session)
    written = list((tmp_path / "mairies").glob("*.pdf"))
    assert len(written) > 1
    assert said[-1] == f"{len(written)}\u00a0profils créés dans mairies"
    assert screen.exported.path == tmp_path / "mairies"


def test_the_figures_are_written_as_a_workbook_too(
    screen: TerritoriesScreen, session: Session, tmp_path: Path
) -> None:
    screen.view.export_button.click()
    answer(screen, tmp_path / "chiffres.xlsx")
    sheet = CalamineWorkbook.from_path(tmp_path / "chiffres.xlsx").get_sheet_by_index(0)
    rows = {row[2]: row for row in sheet.to_python()}
    assert rows["schools"][3] == 47.0
    assert rows["code"][0] == "groupe"


def test_the_tree_is_copied_as_it_is_unfolded(screen: TerritoriesScreen, session: Session) -> None:
    tree = screen.picker.tree
    screen.picker.go_to("departement", "011")
    settle(session)
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[:2] == [["Territoire", "Écoles"], ["Aude", "341"]]
    assert sum(int(count) for _, count in lines[2:8]) == 341

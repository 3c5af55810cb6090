"""« Réglages », by the keyboard: kept at once, applied at once, refused in place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from numecole_desktop.domain.label_steps import Role
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.services import letterhead, settings
from numecole_desktop.services.label_opening import workspace_role
from numecole_desktop.services.own_territory import own_territory
from numecole_desktop.services.prices import prices
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.appearance import ThemeMenu
from numecole_desktop.ui.screens.settings import SettingsPage
from numecole_desktop.ui.screens.tools import ToolsScreen
from numecole_desktop.ui.session import OUT_FOLDER
from tests.conftest import YEAR
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop, focus

DOWN, SPACE, TAB = Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Tab


def open_settings(desktop: Desktop) -> SettingsPage:
    """Open the page by its keys."""
    desktop.key(Qt.Key.Key_Comma, CTRL)
    desktop.settle()
    tools = desktop.shell.current()
    assert isinstance(tools, ToolsScreen)
    assert tools.settings is not None
    assert tools.settings.isVisible()
    return tools.settings


def kept_territory(desktop: Desktop) -> OwnTerritory:
    return desktop.read(lambda ws: own_territory(ws.base.connection))


def test_the_page_opens_on_who_types_and_escape_goes_back(desktop: Desktop) -> None:
    page = open_settings(desktop)
    assert focus() is page.identity.code
    assert page.identity.code.text() == "test"
    desktop.key(Qt.Key.Key_Escape)
    tools = desktop.shell.current()
    assert isinstance(tools, ToolsScreen)
    assert not page.isVisible()
    assert focus() is tools.buttons["settings"]


def test_the_place_asked_for_again_shows_every_tool(desktop: Desktop) -> None:
    page = open_settings(desktop)
    desktop.key(Qt.Key.Key_6, CTRL)
    assert not page.isVisible()
    assert isinstance(desktop.shell.current(), ToolsScreen)


def test_who_types_goes_with_the_next_answers(desktop: Desktop) -> None:
    desktop.shell.run("operator")
    desktop.settle()
    assert isinstance(desktop.shell.current(), ToolsScreen)
    desktop.write("cpn-limoux")
    desktop.key(Qt.Key.Key_Return)
    desktop.key(DOWN)
    desktop.settle()
    assert desktop.read(lambda ws: ws.operator) == "cpn-limoux"
    assert desktop.read(workspace_role) is Role.ADVISER


@pytest.mark.parametrize("leave", ["escape", "place", "close"])
def test_what_was_typed_is_kept_however_one_leaves(desktop: Desktop, leave: str) -> None:
    page = open_settings(desktop)
    page.print.service.setFocus()
    desktop.write("IEN de Limoux")
    if leave == "escape":
        desktop.key(Qt.Key.Key_Escape)
    elif leave == "place":
        desktop.key(Qt.Key.Key_1, CTRL)
    if leave != "close":
        desktop.settle()
        assert desktop.read(letterhead.service_name) == "IEN de Limoux"
        return
    desktop.frame.close()
    assert desktop.tasks.close(10)
    with Workspace.open(desktop.base) as workspace:
        assert letterhead.service_name(workspace) == "IEN de Limoux"


def test_a_department_is_chosen_and_applies_at_once(desktop: Desktop) -> None:
    page = open_settings(desktop)
    page.territory.level.setFocus()
    desktop.key(DOWN)
    desktop.key(DOWN)
    assert kept_territory(desktop) == EVERYWHERE
    assert page.territory.one.currentText() == "Choisissez…"
    page.territory.one.setFocus()
    desktop.write("aud")
    desktop.settle()
    assert kept_territory(desktop) == OwnTerritory("departement", ("011",))
    assert desktop.shell.top.scope.currentText() == "Mon territoire\u00a0: Aude"
    desktop.key(DOWN)
    desktop.settle()
    assert desktop.shell.top.scope.currentText() == "Mon territoire\u00a0: Aveyron"
    desktop.key(Qt.Key.Key_1, CTRL)
    desktop.settle()
    assert desktop.shell.schools.order() == ()


def test_circonscriptions_are_found_and_ticked(desktop: Desktop) -> None:
    page = open_settings(desktop)
    page.territory.level.setFocus()
    for _ in range(3):
        desktop.key(DOWN)
    desktop.key(TAB)
    assert focus() is page.territory.several.search
    desktop.write("carca")
    desktop.key(Qt.Key.Key_Return)
    desktop.key(SPACE)
    desktop.settle()
    assert kept_territory(desktop) == OwnTerritory("circonscription", ("0111031L",))
    desktop.key(SPACE)
    desktop.settle()
    assert "Cochez" in page.territory.several_field.problem.text()
    assert kept_territory(desktop) == OwnTerritory("circonscription", ("0111031L",))


def test_a_logo_is_shown_removed_and_refused_in_place(desktop: Desktop, tmp_path: Path) -> None:
    page = open_settings(desktop)
    good, wrong = tmp_path / "logo.png", tmp_path / "lisez-moi.png"
    Image.new("RGB", (200, 100), "navy").save(good)
    wrong.write_text("pas une image", "utf-8")
    page.print.take(str(good))
    desktop.settle()
    assert not page.print.preview.pixmap().isNull()
    assert desktop.read(letterhead.logo) is not None
    page.print.take(str(wrong))
    desktop.settle()
    assert "PNG ou JPEG" in page.print.logo_field.problem.text()
    assert page.print.logo_field.problem.isVisible()
    assert not page.print.preview.pixmap().isNull()
    page.print.remove_button.setFocus()
    desktop.key(SPACE)
    desktop.settle()
    assert desktop.read(letterhead.logo) is None
    assert not page.print.remove_button.isEnabled()
    assert not page.print.logo_field.problem.isVisible()


def test_a_fixed_year_is_shown_now_and_at_each_start(
    desktop: Desktop, open_window: Callable[[Path], Desktop]
) -> None:
    page = open_settings(desktop)
    page.display.year.setFocus()
    while page.display.year.value() != str(YEAR.previous):
        desktop.key(DOWN)
    desktop.settle()
    assert desktop.session.year == YEAR.previous
    assert desktop.shell.top.years.value() == str(YEAR.previous)
    assert page.isVisible()
    desktop.session.state.put("window/year", str(YEAR))
    desktop.frame.close()
    assert desktop.tasks.close(10)
    again = open_window(desktop.base)
    assert again.session.year == YEAR.previous
    again.read(lambda ws: settings.put(ws, "start_year", "1999-2000"))


def test_a_folder_that_is_not_there_is_refused_in_place(desktop: Desktop, tmp_path: Path) -> None:
    page = open_settings(desktop)
    page.folders.out.setFocus()
    desktop.write(str(tmp_path / "absent"))
    desktop.key(Qt.Key.Key_Return)
    assert "n’existe pas" in page.folders.out_field.problem.text()
    assert desktop.session.state.text(OUT_FOLDER) == ""
    page.folders.out.setFocus()
    page.folders.out.selectAll()
    desktop.write(str(tmp_path))
    desktop.key(Qt.Key.Key_Return)
    assert not page.folders.out_field.problem.isVisible()
    assert desktop.session.folder == str(tmp_path)
    page.folders.out.setFocus()
    page.folders.out.selectAll()
    desktop.key(Qt.Key.Key_Delete)
    desktop.key(TAB, SHIFT)
    assert desktop.session.folder == ""


def test_the_theme_is_that_of_the_menu(desktop: Desktop) -> None:
    page = open_settings(desktop)
    page.display.theme.setFocus()
    desktop.key(Qt.Key.Key_End)
    chosen = page.display.theme.value()
    assert desktop.session.state.text("window/theme") == chosen
    (menu,) = desktop.frame.findChildren(ThemeMenu)
    actions: list[QAction] = menu.actions()
    assert [action.data() for action in actions if action.isChecked()] == [chosen]
    desktop.session.theme_asked.emit("light")


def test_an_open_profile_is_printed_with_the_new_name(desktop: Desktop) -> None:
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    page = open_settings(desktop)
    page.print.service.setFocus()
    desktop.write("IEN de Limoux")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.desk.school._stale


def test_a_price_is_kept_refused_in_place_and_given_back(desktop: Desktop) -> None:
    page = open_settings(desktop)
    entry, field = page.prices.entries["B1"], page.prices.fields["B1"]
    shipped = entry.text()
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    desktop.write("cher")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert "nombre entier d’euros" in field.problem.text()
    assert field.problem.isVisible()
    assert focus() is page.prices.entries["B2"]
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    entry.selectAll()
    desktop.write("1234")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.read(prices).of("B1").euros == 1234
    assert entry.text() == "1\u202f234"
    assert not field.problem.isVisible()
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    entry.selectAll()
    desktop.key(Qt.Key.Key_Delete)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert entry.text() == shipped


def test_what_was_refused_is_told_again_and_not_shown_as_kept(desktop: Desktop) -> None:
    page = open_settings(desktop)
    entry, field = page.prices.entries["B1"], page.prices.fields["B1"]
    shipped = entry.text()
    told: list[str] = []
    entry.kept.connect(told.append)
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    desktop.write("cher")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert told == ["cher", "cher"]
    assert field.problem.isVisible()
    desktop.key(Qt.Key.Key_Escape)
    page = open_settings(desktop)
    assert entry.text() == shipped
    assert not field.problem.isVisible()

"""« Mon territoire » in the window: what is shown by default, and all the schools one key away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.services.own_territory import keep_territory
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.home import HomeScreen
from numecole_desktop.ui.screens.territories import TerritoriesScreen
from tests.conftest import fixed_clock
from tests.ui.conftest import CTRL, SCHOOL, Desktop, fill_base, focus

LIMOUX = "0110041K"


@pytest.fixture
def limoux(open_window: Callable[[Path], Desktop], base_path: Path) -> Desktop:
    """The window on a base that looks after Limoux, where the first school alone is."""
    fill_base(base_path)
    with Workspace.open(base_path, operator="test", clock=fixed_clock) as workspace:
        workspace.record(
            RecordKind.SCHOOL,
            ("uai", "circonscription_code", "circonscription"),
            [(SCHOOL, LIMOUX, "Circonscription d'inspection du 1er degré de Limoux")],
            source=Source.IMPORTED,
        )
        keep_territory(workspace, OwnTerritory("circonscription", (LIMOUX,)))
    return open_window(base_path)


def choose(desktop: Desktop, key: Qt.Key) -> None:
    """Choose in the list of scopes by the keyboard."""
    desktop.shell.top.scope.setFocus()
    desktop.key(key)
    desktop.settle()


def test_my_schools_are_listed_and_all_of_them_one_key_away(limoux: Desktop) -> None:
    schools, scope = limoux.shell.schools, limoux.shell.top.scope
    assert scope.currentText() == "Mon territoire\u00a0: Limoux"
    assert schools.order() == (SCHOOL,)
    assert schools.statuses.buttons[0].text() == "Toutes\u00a01"
    choose(limoux, Qt.Key.Key_Down)
    assert scope.currentText() == "Toutes les écoles"
    assert len(schools.order()) == 5
    choose(limoux, Qt.Key.Key_Up)
    assert schools.order() == (SCHOOL,)


def test_the_scope_is_kept_and_a_base_without_territory_has_none(
    limoux: Desktop, open_window: Callable[[Path], Desktop], tmp_path: Path
) -> None:
    choose(limoux, Qt.Key.Key_Down)
    limoux.frame.close()
    assert limoux.tasks.close(10)
    again = open_window(limoux.base)
    assert len(again.shell.schools.order()) == 5
    again.frame.close()
    assert again.tasks.close(10)
    fill_base(tmp_path / "autre.numecole")
    other = open_window(tmp_path / "autre.numecole")
    assert not other.shell.top.scope.isVisible()
    assert len(other.shell.schools.order()) == 5


def test_a_school_outside_is_found_with_enter_twice(limoux: Desktop) -> None:
    limoux.shell.search()
    limoux.write("pagnol")
    schools = limoux.shell.schools
    assert schools.order() == ()
    assert schools._empty is not None
    assert schools._empty.heading.text() == "Aucune école de mon territoire ne correspond"
    limoux.key(Qt.Key.Key_Return)
    assert schools.order() == ("0110161R",)
    limoux.shell.search()
    limoux.key(Qt.Key.Key_Return)
    limoux.settle()
    assert limoux.desk.school is not None
    assert limoux.desk.school.uai == "0110161R"


def test_home_counts_my_schools_and_its_lines_list_them(limoux: Desktop) -> None:
    limoux.key(Qt.Key.Key_0, CTRL)
    limoux.settle()
    home = limoux.shell.current()
    assert isinstance(home, HomeScreen)
    assert home.title.text() == "Accueil · 2023-2024 · Limoux"
    assert "0\u00a0école sur 1 à jour" in home.progress.headline.text()
    assert home.lines["schools", "todo"].text() == "1\u00a0école n’a pas déclaré pour 2023-2024"
    home.lines["schools", "todo"].setFocus()
    limoux.key(Qt.Key.Key_Space)
    assert limoux.shell.schools.order() == (SCHOOL,)
    choose(limoux, Qt.Key.Key_Down)
    limoux.key(Qt.Key.Key_0, CTRL)
    limoux.settle()
    assert "sur 5 à jour" in home.progress.headline.text()


def test_territories_open_on_mine(limoux: Desktop) -> None:
    limoux.key(Qt.Key.Key_2, CTRL)
    limoux.settle()
    screen = limoux.shell.current()
    assert isinstance(screen, TerritoriesScreen)
    place = screen.picker.current()
    assert place is not None
    assert (place.node.level, place.node.code) == ("circonscription", LIMOUX)


def test_the_first_rows_of_a_large_base_are_mine(limoux: Desktop) -> None:
    limoux.shell.schools.focus_table()
    assert focus() is limoux.shell.schools.table
    limoux.key(Qt.Key.Key_Return)
    limoux.settle()
    assert limoux.desk.school is not None
    assert limoux.desk.school.uai == SCHOOL

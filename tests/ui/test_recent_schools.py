"""The schools last opened: in the menu, on Accueil, in the search; base by base."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from numecole_desktop.ui.recent import MOST, RecentSchools
from numecole_desktop.ui.recent_views import RecentCard, RecentMenu
from numecole_desktop.ui.state import WindowState
from tests.ui.conftest import CTRL, SCHOOL, Desktop, fill_base

OTHERS = ("0110161R", "0110182N", "0110151E", "0110191Y")


def open_pages(desktop: Desktop, *uais: str) -> None:
    for uai in uais:
        desktop.desk.open_school(uai)
        desktop.settle()


def card(desktop: Desktop) -> RecentCard:
    desktop.shell.show_place("home")
    desktop.settle()
    (found,) = desktop.shell.place("home").findChildren(RecentCard)
    return found


def test_the_last_ten_each_once_the_latest_first(tmp_path: Path) -> None:
    recent = RecentSchools(WindowState(tmp_path / "fenetre.ini"), lambda: tmp_path / "base")
    for number in [*range(15), 9]:
        recent.add(f"{number:07d}A")
    uais = recent.uais()
    assert len(uais) == MOST
    assert uais[:3] == ("0000009A", "0000014A", "0000013A")
    assert len(set(uais)) == MOST


def test_each_base_has_its_own_and_they_outlive_the_window(tmp_path: Path) -> None:
    path = tmp_path / "fenetre.ini"
    bases = [tmp_path / "a", tmp_path / "b"]
    state = WindowState(path)
    RecentSchools(state, lambda: bases[0]).add(SCHOOL)
    state.write_now()
    assert RecentSchools(WindowState(path), lambda: bases[0]).uais() == (SCHOOL,)
    assert RecentSchools(WindowState(path), lambda: bases[1]).uais() == ()


def test_pages_and_forms_count_and_the_next_school_too(desktop: Desktop) -> None:
    open_pages(desktop, OTHERS[2])
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    open_pages(desktop, OTHERS[0])
    desktop.key(Qt.Key.Key_PageDown, CTRL)
    desktop.settle()
    assert desktop.session.recent.uais() == (OTHERS[1], OTHERS[0], SCHOOL, OTHERS[2])


def test_the_menu_opens_them(desktop: Desktop) -> None:
    open_pages(desktop, SCHOOL, OTHERS[2])
    (menu,) = desktop.shell.menu("É&cole").findChildren(RecentMenu) or desktop.shell.findChildren(
        RecentMenu
    )
    menu.popup(desktop.frame.mapToGlobal(desktop.frame.rect().center()))
    texts = [action.text() for action in menu.actions()]
    assert texts == [
        "&1 Ecole primaire · Carlipa · 0110151E",
        "&2 Ecole élémentaire Jules Ferry · Carcassonne · 0110160P",
    ]
    QTest.keyClick(menu, Qt.Key.Key_2)
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.desk.school.uai == SCHOOL


def test_the_menu_says_that_there_is_none(desktop: Desktop) -> None:
    (menu,) = desktop.shell.findChildren(RecentMenu)
    menu.aboutToShow.emit()
    assert [(a.text(), a.isEnabled()) for a in menu.actions()] == [
        ("Aucune école ouverte jusqu’ici", False)
    ]
    assert QKeySequence.mnemonic(menu.title()).toString() == "Alt+E"


def test_accueil_shows_them_once_there_are_some(desktop: Desktop) -> None:
    assert not card(desktop).isVisible()
    open_pages(desktop, SCHOOL)
    shown = card(desktop)
    assert shown.isVisible()
    assert [b.text() for b in shown.buttons] == [
        "Ecole élémentaire Jules Ferry · Carcassonne · 0110160P"
    ]
    desktop.desk.open_school(OTHERS[0])
    QTest.mouseClick(card(desktop).buttons[1], Qt.MouseButton.LeftButton)
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.desk.school.uai == SCHOOL
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.shell.current() is desktop.shell.place("home")


def test_a_school_that_is_no_more_in_the_base_is_forgotten(
    base_path: Path, open_window: Callable[[Path], Desktop]
) -> None:
    fill_base(base_path)
    desktop = open_window(base_path)
    open_pages(desktop, SCHOOL)
    desktop.session.recent.add("0119999X")
    assert [row.uai for row in desktop.desk.recent_rows()] == [SCHOOL]
    assert desktop.session.recent.uais() == (SCHOOL,)


def test_nothing_is_forgotten_before_the_whole_list_is_read(tmp_path: Path) -> None:
    recent = RecentSchools(WindowState(tmp_path / "fenetre.ini"), lambda: tmp_path / "a")
    recent.add(SCHOOL)
    assert recent.among([], whole=False) == []
    assert recent.uais() == (SCHOOL,)

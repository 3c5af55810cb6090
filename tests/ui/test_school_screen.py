"""The page of a school: same words as the PDF, five tabs, preview, export."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.services import declarations, profiles
from numecole_desktop.services.import_undo import close_schools
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.school import SchoolScreen
from numecole_desktop.ui.screens.school_read import read_school
from numecole_desktop.ui.widgets.buttons import Button
from tests.conftest import YEAR
from tests.ui.conftest import ALT, CTRL, FORMER, SCHOOL, Desktop


def words(part: QWidget) -> str:
    """Every text of a widget, as it is read."""
    return "\n".join(label.text() for label in part.findChildren(QLabel))


def open_school(desktop: Desktop, uai: str = SCHOOL) -> SchoolScreen:
    desktop.desk.open_school(uai)
    assert desktop.desk.school is not None
    desktop.settle()
    return desktop.desk.school


@pytest.fixture
def school(desktop: Desktop) -> SchoolScreen:
    """The page of the school that declared last year."""
    return open_school(desktop)


def profile(desktop: Desktop) -> SchoolProfile:
    return desktop.read(lambda ws: profiles.school_profile(ws, SCHOOL, YEAR))


def test_the_profile_says_all_that_the_view_model_holds(
    desktop: Desktop, school: SchoolScreen
) -> None:
    said, held = words(school.profile), profile(desktop)
    for sentence in (
        held.headline,
        held.next_title,
        *held.missing_for_next,
        held.next_cost,
        *held.notes,
        held.comparison_caption,
        *(line.label for section in held.sections for line in section.lines),
        *(line.value for section in held.sections for line in section.lines),
        *(source.title for source in held.sources),
        *(f"Hypothèse\u00a0: {assumption}" for assumption in held.assumptions),
        held.referential_id,
    ):
        assert sentence in said
    assert school.title.text() == "Ecole élémentaire Jules Ferry · Carcassonne"
    assert school.identity.text().startswith(f"{SCHOOL} · École élémentaire · 11000 Carcassonne")


def test_every_count_carries_its_computation(desktop: Desktop, school: SchoolScreen) -> None:
    trace = [step.text for step in profile(desktop).equipment.trace]
    bars = [w for w in school.profile.findChildren(QWidget) if w.toolTip() in trace]
    assert {bar.toolTip() for bar in bars} >= set(trace[:2])


def test_who_did_what_is_told(school: SchoolScreen) -> None:
    said = words(school.profile)
    assert "test" in said
    assert "Déclaration validée." in said


def test_a_school_said_to_be_closed_is_reopened_from_its_page(desktop: Desktop) -> None:
    def closed_from(workspace: Workspace) -> str | None:
        return find_school(workspace, SCHOOL).closed_from

    desktop.read(lambda ws: close_schools(ws, [SCHOOL], YEAR))
    school = open_school(desktop)
    (button,) = (b for b in school.profile.findChildren(Button) if "Rouvrir" in b.text())
    button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.settle()
    assert desktop.read(closed_from) is None
    assert "Par erreur" not in words(school.profile)
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.settle()
    assert desktop.read(closed_from) == str(YEAR)
    assert "signalée fermée à partir de 2023-2024" in words(school.profile)


def test_alt_digits_go_through_the_tabs(desktop: Desktop, school: SchoolScreen) -> None:
    for place in (1, 2, 3, 4, 0):
        desktop.key(Qt.Key(Qt.Key.Key_1 + place), ALT)
        assert school.tabs.row.currentIndex() == place
        assert school.tabs.pages.currentIndex() == place


def test_evolutions_show_each_declared_year(desktop: Desktop, school: SchoolScreen) -> None:
    school.tabs.show_tab(1)
    assert "Une seule année déclarée, 2022-2023" in words(school.evolutions)

    def declare(workspace: Workspace) -> None:
        form = declarations.open_form(workspace, SCHOOL, YEAR)
        form = declarations.save_answers(workspace, form, {**FORMER, "C3": 2}).form
        declarations.submit(workspace, form)

    desktop.read(declare)
    school.reload()
    desktop.settle()
    said = words(school.evolutions)
    assert "Une seule année" not in said
    assert said.index("2023-2024") < said.index("2022-2023")


def test_years_more_do_not_read_the_journal_more(workspace: Workspace) -> None:
    for year in (YEAR.previous.previous, YEAR.previous, YEAR):
        form = declarations.open_form(workspace, SCHOOL, year)
        form = declarations.save_answers(workspace, form, FORMER).form
        declarations.submit(workspace, form)
    said: list[str] = []
    workspace.base.connection.set_trace_callback(said.append)
    found = read_school(workspace, SCHOOL, YEAR)
    workspace.base.connection.set_trace_callback(None)
    assert len(found.declared) == 3
    assert len([statement for statement in said if "body FROM event" in statement]) == 1


def test_a_school_without_declaration_says_so_on_every_tab(desktop: Desktop) -> None:
    school = open_school(desktop, "0110191Y")
    assert "n’a pas encore de déclaration validée" in words(school.profile)
    school.tabs.show_tab(1)
    assert "Aucune déclaration validée" in words(school.evolutions)
    school.tabs.show_tab(2)
    assert "Aucun usage déclaré" in words(school.usages)


def test_usages_have_their_summaries(school: SchoolScreen) -> None:
    school.tabs.show_tab(2)
    said = words(school.usages)
    assert "Robotique" in said
    assert "Programmer le déplacement" in said


def test_the_preview_draws_the_pages_of_the_pdf(desktop: Desktop, school: SchoolScreen) -> None:
    desktop.key(Qt.Key.Key_4, ALT)
    desktop.until(lambda: school.printing._images)
    first = school.printing._images[0].pixmap()
    assert first.height() > first.width() > 400
    image = first.toImage()
    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )
    assert dark > 50
    width = first.width()
    desktop.key(Qt.Key.Key_Plus, CTRL)
    desktop.until(lambda: school.printing._images[0].pixmap().width() > width)
    desktop.key(Qt.Key.Key_Minus, CTRL)
    desktop.until(lambda: school.printing._images[0].pixmap().width() == width)


def test_the_pdf_is_exported_then_can_be_found(
    desktop: Desktop, school: SchoolScreen, tmp_path: Path
) -> None:
    desktop.key(Qt.Key.Key_4, ALT)
    target = tmp_path / "sortie" / "profil.pdf"
    school.printing.export_to(str(target))
    desktop.until(target.exists)
    desktop.settle()
    assert target.read_bytes().startswith(b"%PDF-")
    assert school.printing.exported.isVisible()
    school.printing.exported.copy_button.click()
    assert QGuiApplication.clipboard().text() == str(target)


def test_a_refused_export_says_why(desktop: Desktop, school: SchoolScreen, tmp_path: Path) -> None:
    (tmp_path / "occupé").write_text("")
    desktop.key(Qt.Key.Key_4, ALT)
    school.printing.export_to(str(tmp_path / "occupé" / "profil.pdf"))
    desktop.until(lambda: "ne peut pas être écrit" in school.printing.message.text())
    assert school.printing.message.isVisible()


def test_page_keys_go_through_the_list(desktop: Desktop, school: SchoolScreen) -> None:
    order = desktop.shell.schools.order()
    desktop.key(Qt.Key.Key_PageDown, CTRL)
    assert school.uai == order[order.index(SCHOOL) + 1]
    desktop.settle()
    desktop.key(Qt.Key.Key_PageUp, CTRL)
    assert school.uai == SCHOOL


def test_f2_opens_the_form_and_escape_comes_back_here(
    desktop: Desktop, school: SchoolScreen
) -> None:
    desktop.key(Qt.Key.Key_F2)
    desktop.settle()
    assert desktop.shell.current() is desktop.desk.form
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.shell.current() is school


def test_another_year_changes_the_page(desktop: Desktop, school: SchoolScreen) -> None:
    picker = desktop.shell.top.years
    picker.setFocus()
    desktop.key(Qt.Key.Key_Down)
    desktop.settle()
    assert str(desktop.session.year) == "2022-2023"
    assert school.chip.accessibleName() == "Déclaration 2022-2023\u00a0: Validée"


def test_a_long_name_is_cut_and_said_whole(school: SchoolScreen) -> None:
    school.title.setText("École " * 80)
    assert school.title.toolTip() == "École " * 80
    school.title.setText("École")
    assert school.title.toolTip() == ""

"""Conflicts and exchanges as the school's page, the form and the history show them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.services import declarations
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.exchanges import ExchangesScreen
from numecole_desktop.ui.screens.school_read import read_school
from numecole_desktop.ui.widgets.dispute import MARK, DisputeBar
from numecole_desktop.ui.widgets.text import Text
from tests.conftest import YEAR
from tests.ui.conftest import CTRL, SCHOOL, Desktop, focus
from tests.ui.exchange_bases import screen_with_conflicts

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def screen(desktop: Desktop, tmp_path: Path) -> ExchangesScreen:
    """The screen of exchanges, with two conflicts."""
    return screen_with_conflicts(desktop, tmp_path)


def test_the_page_of_the_school_marks_the_answers_and_leads_to_them(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    school = desktop.desk.school
    assert school is not None
    (bar,) = school.profile.findChildren(DisputeBar)
    assert "A1, C1 de 2023-2024" in bar.text.text()
    assert "l’indice est" in bar.text.text()
    bar.button.click()
    desktop.settle()
    assert desktop.shell.current() is screen
    assert screen.conflicts.opened
    assert screen.conflicts.view.conflict is not None
    assert screen.conflicts.view.conflict.uai == SCHOOL


def test_the_form_marks_the_questions_until_they_are_settled(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    form = desktop.desk.form
    assert form is not None
    assert form.sheet is not None
    marked = [code for code, field in form.sheet.fields.items() if field.disputed.isVisible()]
    assert marked == ["A1", "C1"]
    assert form.disputes.isVisible()
    form.disputes.button.click()
    desktop.settle()
    for _ in range(2):
        desktop.key(Qt.Key.Key_1)
        desktop.write("Vu sur place")
        desktop.key(Qt.Key.Key_Return)
        desktop.settle()
        desktop.settle()
    assert not screen.conflicts.conflicts
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    assert not form.disputes.isVisible()
    assert form.sheet is not None
    assert not any(field.disputed.isVisible() for field in form.sheet.fields.values())


def test_a_new_answer_in_the_form_settles_and_unmarks(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    form = desktop.desk.form
    assert form is not None
    assert form.sheet is not None
    fields = form.sheet.fields
    fields["A1"].focus()
    desktop.key(Qt.Key.Key_A, CTRL)
    desktop.write("7")
    desktop.key(Qt.Key.Key_Return)
    assert focus() is fields["A1"].reason.note
    desktop.write("Vu sur place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: not fields["A1"].disputed.isVisible())
    assert fields["A2"].has_focus
    assert not fields["A1"].reason.isVisible()
    assert fields["C1"].disputed.isVisible()
    assert "la question C1 de" in form.disputes.text.text()


def test_the_history_says_where_each_edit_is(
    desktop: Desktop, screen: ExchangesScreen, tmp_path: Path
) -> None:
    def where() -> tuple[str, ...]:
        read = desktop.read(lambda ws: read_school(ws, SCHOOL, YEAR))
        own = zip(read.page.history, read.where, strict=True)
        return tuple(words for line, words in own if line.operator == "test" and line.year)

    assert set(where()) == {"sur ce poste"}
    screen.prepare_card.choose(str(tmp_path / "usb"))
    screen.prepare_card.prepare()
    desktop.settle()
    assert set(where()) == {"dans un lot"}
    theirs = desktop.read(lambda ws: read_school(ws, SCHOOL, YEAR).where)
    assert "reçu par secretariat" in theirs


def test_a_submitted_declaration_in_conflict_is_marked_answer_by_answer(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    def submit(workspace: Workspace) -> None:
        form = declarations.open_form(workspace, SCHOOL, YEAR)
        for soft in declarations.evaluate(form, form.declaration.answers).soft:
            form = declarations.confirm(workspace, form, soft.finding.code, "Vu").form
        declarations.submit(workspace, form)

    desktop.read(submit)
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    school = desktop.desk.school
    assert school is not None
    said = [text.accessibleName() for text in school.profile.findChildren(Text)]
    marked = [name for name in said if MARK in name]
    assert [name[:2] for name in marked] == ["A1", "C1"]

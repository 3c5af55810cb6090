"""Conflicts in the window: listed, then settled one after the other by the keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from numecole_desktop.services import declarations, devices
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.dialogs.exchange import FingerprintDialog, WordsDialog
from numecole_desktop.ui.screens.exchange_conflict import ConflictView
from numecole_desktop.ui.screens.exchanges import CONFLICTS, ExchangesScreen
from numecole_desktop.ui.screens.school_read import read_school
from numecole_desktop.ui.widgets.dispute import MARK, DisputeBar
from numecole_desktop.ui.widgets.text import Text
from tests.conftest import YEAR
from tests.ui.conftest import SCHOOL, Desktop, focus
from tests.ui.exchange_bases import (
    OFFICE,
    OURS,
    colleague,
    enter,
    exchanges,
)
from tests.ui.test_accessibility import nameless

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def screen(desktop: Desktop, tmp_path: Path) -> ExchangesScreen:
    """The screen of exchanges: A1 and C1 of the first school are in conflict."""
    from numecole_desktop.services import batch_import, trusted

    desktop.read(lambda ws: devices.create_device(ws, "CPN Limoux", "conseiller", OFFICE))
    desktop.read(lambda ws: enter(ws, OURS))
    other = colleague(tmp_path)
    other.answer(A1=5, C1=0)
    card, fingerprint, batch = other.card(tmp_path), other.fingerprint(), other.batch(tmp_path)
    desktop.read(lambda ws: trusted.receive_trust(ws, card, fingerprint))
    report = desktop.read(lambda ws: batch_import.import_batch(ws, batch))
    desktop.session.refresher.publish(report.changes)
    return exchanges(desktop)


def open_first(desktop: Desktop, screen: ExchangesScreen) -> ConflictView:
    """Open the first conflict by the keyboard."""
    screen.tabs.show_tab(CONFLICTS)
    screen.conflicts.table.setFocus()
    desktop.key(Qt.Key.Key_Return)
    assert screen.conflicts.opened
    return screen.conflicts.view


def test_conflicts_are_counted_and_listed(desktop: Desktop, screen: ExchangesScreen) -> None:
    assert screen.tabs.row.tabText(CONFLICTS) == "Désaccords (2)"
    desktop.settle()
    button = desktop.shell.rail.buttons["exchanges"]
    assert button.accessibleName() == "Échanges\u00a0: 2 à trancher"
    model = screen.conflicts.model
    said = [model.index(0, column).data() for column in range(model.columnCount())]
    assert said[0] == "Ecole élémentaire Jules Ferry"
    assert said[3].startswith("A1")
    assert "4" in said[5]
    assert "5" in said[5]


def test_each_value_comes_with_who_source_and_effect(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    assert "pas de réponse" in view.before.text()
    names = [option.accessibleName() for option in view.options]
    assert len(names) == 3
    ours = next(name for name in names if "ce poste" in name)
    theirs = next(name for name in names if "secretariat" in name)
    assert "déclaré" in ours
    assert "indice" in ours
    assert "05/03/2024" in theirs
    assert "Autre valeur" in names[2]


def test_digits_choose_and_enter_settles_then_the_next_one_comes(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    first = view.conflict
    theirs = next(
        place
        for place, option in enumerate(view.options)
        if "secretariat" in option.accessibleName()
    )
    desktop.key(Qt.Key(Qt.Key.Key_1 + theirs))
    assert view.options[theirs].isChecked()
    assert focus() is view.reason
    desktop.key(Qt.Key.Key_Return)
    assert "pourquoi" in view.notice.text.text()
    desktop.write("Vu sur place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 5
    assert screen.conflicts.opened
    assert view.conflict is not first
    assert view.reason.text() == ""
    desktop.key(Qt.Key.Key_1)
    desktop.write("Vu avec la directrice")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: not screen.conflicts.conflicts)
    assert screen.conflicts.empty.isVisible()
    assert screen.tabs.row.tabText(CONFLICTS) == "Désaccords"
    desktop.settle()
    assert desktop.shell.rail.buttons["exchanges"].accessibleName() == "Échanges"


def test_another_value_is_typed(desktop: Desktop, screen: ExchangesScreen) -> None:
    view = open_first(desktop, screen)
    desktop.key(Qt.Key.Key_3)
    assert focus() is view.other
    desktop.write("6")
    desktop.key(Qt.Key.Key_Return)
    assert focus() is view.reason
    desktop.write("Une classe a ouvert")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers["A1"] == 6


def test_a_value_that_cannot_be_read_is_refused_on_the_spot(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    desktop.key(Qt.Key.Key_3)
    desktop.write("beaucoup")
    view.reason.setText("x")
    view.settle_button.click()
    desktop.until(lambda: "beaucoup" in view.notice.text.text())
    assert view.settle_button.isEnabled()
    assert len(screen.conflicts.conflicts) == 2


def test_what_is_typed_stays_when_something_else_changes(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    desktop.key(Qt.Key.Key_2)
    desktop.write("Vu sur")
    desktop.read(lambda ws: enter(ws, {"A3": 1}, "0110151E"))
    desktop.session.refresher.publish(Changes(everything=True))
    desktop.settle()
    assert view.options[1].isChecked()
    assert view.reason.text() == "Vu sur"
    assert focus() is view.reason
    desktop.write(" place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)


def test_nothing_is_settled_without_a_choice(desktop: Desktop, screen: ExchangesScreen) -> None:
    view = open_first(desktop, screen)
    view.reason.setText("x")
    view.settle_button.click()
    assert "Choisissez" in view.notice.text.text()


def test_escape_goes_back_to_the_list_and_arrows_to_the_other_conflicts(
    desktop: Desktop, screen: ExchangesScreen
) -> None:
    view = open_first(desktop, screen)
    first = view.conflict
    view.down_button.click()
    assert view.conflict is not first
    assert not view.down_button.isEnabled()
    desktop.key(Qt.Key.Key_Escape)
    assert not screen.conflicts.opened
    assert screen.conflicts.table.current_row() == 1


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


def test_whatever_takes_the_keyboard_has_a_name(desktop: Desktop, screen: ExchangesScreen) -> None:
    for tab in range(screen.tabs.pages.count()):
        screen.tabs.show_tab(tab)
        desktop.settle()
        assert nameless(desktop.frame) == []
    open_first(desktop, screen)
    assert nameless(desktop.frame) == []
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    assert nameless(desktop.frame) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda parent: FingerprintDialog("Poste", optional=True, parent=parent),
        lambda parent: WordsDialog("lot.json", [("k", "Poste")], parent),
    ],
)
def test_dialogs_of_exchanges_are_named(
    desktop: Desktop, build: Callable[[QWidget], QDialog]
) -> None:
    dialog = build(desktop.frame)
    dialog.show()
    assert nameless(dialog) == []
    dialog.close()

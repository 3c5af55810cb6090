"""The declaration form, driven by keys only."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import declarations, history
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from numecole_desktop.ui.dialogs.base import UnsavedDialog
from numecole_desktop.ui.forms.draft import PAUSE
from numecole_desktop.ui.forms.sheet import Sheet
from numecole_desktop.ui.screens.form import OPEN_FORM, FormScreen
from tests.conftest import YEAR
from tests.ui.conftest import CTRL, FORMER, SCHOOL, SHIFT, Desktop, focus

ENTER = Qt.Key.Key_Return


class Form:
    """The form on screen."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        assert desktop.desk.form is not None
        self.screen: FormScreen = desktop.desk.form

    @property
    def sheet(self) -> Sheet:
        assert self.screen.sheet is not None
        return self.screen.sheet

    @property
    def here(self) -> str:
        """Code of the question that has the keyboard."""
        return next(code for code, field in self.sheet.fields.items() if field.has_focus)

    def answer(self, *keys: str | Qt.Key) -> None:
        """Answer question after question, each followed by Entrée."""
        for one in keys:
            if isinstance(one, str):
                self.desktop.write(one)
            else:
                self.desktop.key(one)
            self.desktop.key(ENTER)

    def answer_all(self) -> None:
        """The answers of last year, typed one by one."""
        self.answer("6", "1", "2", "n", "n", "N", "o")
        self.answer("6", "2", "4", "1", "0", "1", Qt.Key.Key_Space)

    def saved(self) -> None:
        """Wait until nothing is left to save."""
        self.desktop.until(lambda: self.sheet.draft.is_saved)
        self.desktop.settle()


def open_form(desktop: Desktop, uai: str = SCHOOL) -> Form:
    desktop.desk.open_form(uai)
    form = Form(desktop)
    desktop.until(
        lambda: (
            form.screen.sheet is not None
            and form.screen.sheet.draft.form.school.uai == uai
            and any(field.has_focus for field in form.screen.sheet.fields.values())
        )
    )
    return form


@pytest.fixture
def form(desktop: Desktop) -> Form:
    """The form of the school that declared last year."""
    return open_form(desktop)


def test_a_whole_declaration_is_entered_and_submitted_by_keys(desktop: Desktop) -> None:
    desktop.shell.schools.focus_table()
    desktop.key(Qt.Key.Key_F2)
    form = Form(desktop)
    desktop.until(lambda: form.screen.sheet is not None and form.sheet.fields["A1"].has_focus)
    assert form.screen.uai == SCHOOL
    form.answer("6", "2", "2", "n", "n", "N", "o")
    form.answer("6", "2", "4", "1", "0", "1", Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return, CTRL | SHIFT)
    desktop.settle()
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.status is Status.SUBMITTED
    expected = {**FORMER, "A2": "FIBRE"}
    del expected["D1"]
    assert declaration.answers == expected


def test_enter_and_shift_enter_go_through_the_questions(form: Form) -> None:
    assert form.here == "A1"
    form.desktop.key(ENTER)
    assert form.here == "A2"
    form.desktop.key(ENTER, SHIFT)
    assert form.here == "A1"
    form.desktop.key(ENTER, SHIFT)
    assert form.here == "A1"


def test_enter_after_the_last_question_reaches_the_submit_button(form: Form) -> None:
    form.answer_all()
    assert focus() is form.screen.footer.next_button


def test_what_is_typed_is_saved_after_a_pause_without_leaving_the_field(form: Form) -> None:
    form.desktop.write("6")
    assert form.desktop.declaration() is None
    form.desktop.qtbot.wait(PAUSE + 100)
    form.saved()
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.answers == {"A1": 6}
    assert form.screen.header.state.text().startswith("Enregistré à ")


def test_leaving_a_field_saves_at_once(form: Form) -> None:
    form.answer("6")
    form.desktop.settle()
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.answers == {"A1": 6}


def test_closing_the_window_saves_without_asking(form: Form) -> None:
    form.answer("6")
    form.desktop.key(ENTER)
    form.desktop.write("9")
    form.desktop.frame.close()
    assert form.desktop.tasks.close(10)
    with Workspace.open(form.desktop.base) as workspace:
        declaration = reads.declaration(workspace.base.connection, SCHOOL, YEAR)
    assert declaration is not None
    assert declaration.answers == {"A1": 6, "A3": 9}


def test_escape_goes_back_to_the_page_and_keeps_the_draft(form: Form) -> None:
    form.desktop.write("6")
    form.desktop.key(Qt.Key.Key_Escape)
    form.desktop.settle()
    assert form.desktop.shell.current() is form.desktop.desk.school
    again = open_form(form.desktop)
    assert again.sheet.draft.answers == {"A1": 6}
    assert again.here == "A2"
    assert again.screen.header.state.text() == "Brouillon repris\u00a0: 1\u00a0réponse"


def test_f4_takes_last_years_answer_and_goes_on(form: Form) -> None:
    for _ in FORMER:
        form.desktop.key(Qt.Key.Key_F4)
    form.saved()
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.answers == FORMER
    lines = form.desktop.read(lambda ws: history.school_history(ws, SCHOOL))
    assert {line.source for line in lines if line.year == str(YEAR)} == {Source.CARRIED_OVER.label}


def test_shift_f4_fills_the_unanswered_questions_as_one_step_of_undo(form: Form) -> None:
    form.answer("5")
    form.desktop.key(Qt.Key.Key_F4, SHIFT)
    assert form.sheet.draft.answers == {**FORMER, "A1": 5}
    form.desktop.key(Qt.Key.Key_Z, CTRL)
    assert form.sheet.draft.answers == {"A1": 5}


def test_last_year_stands_beside_each_question(form: Form) -> None:
    assert form.sheet.fields["A2"].before.text() == f"{YEAR.previous}\nADSL"
    assert form.sheet.fields["A7"].before.text() == f"{YEAR.previous}\nOui"


def test_digits_and_letters_choose_and_delete_empties(form: Form) -> None:
    form.desktop.key(ENTER)
    form.desktop.write("3")
    assert form.sheet.draft.answers == {"A2": "NSP"}
    form.desktop.key(ENTER, SHIFT)
    form.desktop.write("f")
    assert form.sheet.draft.answers == {"A2": "FIBRE"}
    form.desktop.key(Qt.Key.Key_Left)
    assert form.sheet.draft.answers == {"A2": "ADSL"}
    form.desktop.key(Qt.Key.Key_Delete)
    assert form.sheet.draft.answers == {}


def test_the_index_follows_every_keystroke(form: Form) -> None:
    form.answer("6", "1", "0", "n", "n", "n", "o", "6", "2", "4", "1", "0")
    panel = form.screen.panel
    assert panel.gauge.accessibleName() == "Indice d’équipement non calculé"
    form.desktop.write("2")
    assert panel.gauge.accessibleName() == "Indice d’équipement 3 sur 3"
    form.desktop.key(Qt.Key.Key_Backspace)
    form.desktop.write("0")
    assert panel.gauge.accessibleName() == "Indice d’équipement 2 sur 3"
    assert panel.next_card.heading.text() == "Ce qui manque pour l’indice 3"


def test_a_wrong_text_is_kept_explained_and_refused(form: Form) -> None:
    form.answer("4,5")
    form.saved()
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.answers == {"A1": "4,5"}
    messages = form.sheet.fields["A1"].messages
    assert "n’est pas un nombre entier" in messages._errors[0].text.text()
    form.desktop.key(ENTER, CTRL | SHIFT)
    form.desktop.until(form.screen.notice.isVisible)
    assert "ne peut pas être validée" in form.screen.notice.text.text()
    assert form.here == "A1"


def test_a_soft_check_is_confirmed_with_a_note_on_the_spot(form: Form) -> None:
    form.answer("2")
    messages = form.sheet.fields["A1"].messages
    assert list(messages.soft) == ["classes_changed"]
    form.desktop.key(Qt.Key.Key_F9)
    assert focus() is messages.soft["classes_changed"].note
    form.desktop.key(ENTER)  # a note is asked for
    assert focus() is messages.soft["classes_changed"].note
    form.desktop.write("Quatre classes en moins")
    form.desktop.key(ENTER)
    form.saved()
    assert messages.soft == {}
    declaration = form.desktop.declaration()
    assert declaration is not None
    (confirmation,) = declaration.confirmations
    assert (confirmation.check, confirmation.note) == ("classes_changed", "Quatre classes en moins")
    form.sheet.fields["A1"].focus()
    form.desktop.write("1")
    assert list(messages.soft) == ["classes_changed"]


def test_a_note_being_typed_survives_what_else_changes(form: Form) -> None:
    form.answer("2")
    form.desktop.key(Qt.Key.Key_F9)
    form.desktop.write("Parce que")
    note = form.sheet.fields["A1"].messages.soft["classes_changed"].note
    form.sheet.evaluate()
    assert form.sheet.fields["A1"].messages.soft["classes_changed"].note is note
    assert note.text() == "Parce que"


def test_an_unconfirmed_check_keeps_the_declaration_a_draft(form: Form) -> None:
    form.answer("2")
    form.desktop.key(ENTER, CTRL)
    form.desktop.until(form.screen.notice.isVisible)
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.status is Status.DRAFT
    assert form.screen.uai == SCHOOL


def test_f8_goes_to_the_next_point_to_look_at(form: Form) -> None:
    form.answer("6", "1", "0", "n", "n", "n", "o", "7", "2", "4", "1", "0", "9")
    form.desktop.key(Qt.Key.Key_F8)
    assert form.here == "B1"
    form.desktop.key(Qt.Key.Key_F8)
    assert form.here == "C3"
    assert "2\u00a0points à revoir" in form.screen.footer.counts.text()


def test_undo_takes_back_a_visit_of_a_field_and_redo_gives_it_again(form: Form) -> None:
    form.answer("12", "1")
    assert form.sheet.stack.count() == 2
    form.desktop.key(Qt.Key.Key_Z, CTRL)
    assert form.sheet.draft.answers == {"A1": 12}
    form.desktop.key(Qt.Key.Key_Z, CTRL)
    assert form.sheet.draft.answers == {}
    assert form.sheet.fields["A1"].editor.answer() is None
    form.desktop.key(Qt.Key.Key_Z, CTRL | SHIFT)
    form.desktop.key(Qt.Key.Key_Y, CTRL)
    assert form.sheet.draft.answers == {"A1": 12, "A2": "ADSL"}
    form.desktop.key(Qt.Key.Key_S, CTRL)
    form.saved()
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.answers == {"A1": 12, "A2": "ADSL"}


def test_undo_works_inside_a_number_being_typed_and_is_saved(form: Form) -> None:
    form.desktop.write("12")
    form.desktop.key(Qt.Key.Key_Z, CTRL)
    assert form.sheet.draft.answers == {}
    form.desktop.qtbot.wait(PAUSE + 100)
    form.saved()
    declaration = form.desktop.declaration()
    assert declaration is None or declaration.answers == {}


def test_what_is_typed_and_erased_in_one_visit_is_no_step(form: Form) -> None:
    form.desktop.write("1")
    form.desktop.key(Qt.Key.Key_Backspace)
    assert form.sheet.stack.count() == 0
    assert form.sheet.draft.answers == {}


def test_many_edits_undone_and_redone_end_where_they_were(form: Form) -> None:
    for round_ in range(8):
        form.sheet.fields["A1"].focus()
        form.answer(str(round_ + 3), "2" if round_ % 2 else "1", str(round_))
    final = dict(form.sheet.draft.answers)
    steps = form.sheet.stack.index()
    for _ in range(steps):
        form.desktop.key(Qt.Key.Key_Z, CTRL)
    assert form.sheet.draft.answers == {}
    for _ in range(steps):
        form.desktop.key(Qt.Key.Key_Y, CTRL)
    assert form.sheet.draft.answers == final


def test_ctrl_enter_submits_and_opens_the_next_school_of_the_list(form: Form) -> None:
    form.answer_all()
    order = form.desktop.shell.schools.order()
    form.desktop.key(ENTER, CTRL)
    following = order[order.index(SCHOOL) + 1]
    form.desktop.until(lambda: form.sheet.draft.form.school.uai == following)
    declaration = form.desktop.declaration()
    assert declaration is not None
    assert declaration.status is Status.SUBMITTED
    form.desktop.until(lambda: form.here == "A1")


def test_the_list_shows_what_was_entered_when_it_is_shown_again(form: Form) -> None:
    form.answer("6")
    form.desktop.key(Qt.Key.Key_Escape)
    form.desktop.settle()
    form.desktop.key(Qt.Key.Key_Escape)
    form.desktop.settle()
    model = form.desktop.shell.schools.model
    assert model.row(model.place_of(model.number_of(SCHOOL))).status == "draft"


def test_editing_a_submitted_declaration_makes_it_a_draft_and_says_so(form: Form) -> None:
    form.answer_all()
    form.desktop.key(ENTER, CTRL | SHIFT)
    form.desktop.settle()
    again = open_form(form.desktop)
    assert "Cette déclaration est validée" in again.screen.notice.text.text()
    again.sheet.fields["A3"].focus()
    again.answer("5")
    again.saved()
    assert "redevenue un brouillon" in again.screen.notice.text.text()
    declaration = again.desktop.declaration()
    assert declaration is not None
    assert declaration.status is Status.DRAFT


def test_usages_are_ticked_with_space_and_arrows(form: Form) -> None:
    form.sheet.go_to_section("D")
    form.desktop.key(Qt.Key.Key_Space)
    form.desktop.key(Qt.Key.Key_Down)
    form.desktop.key(Qt.Key.Key_Space)
    assert form.sheet.draft.answers == {"D1": ("COM_FAMILLES", "COM_FAMILLES_ENT")}


def test_a_school_without_past_has_nothing_beside_and_f4_goes_on(desktop: Desktop) -> None:
    form = open_form(desktop, "0110191Y")
    assert form.sheet.fields["A1"].before.text() == ""
    desktop.key(Qt.Key.Key_F4)
    assert form.here == "A2"
    assert form.sheet.draft.answers == {}


def test_a_check_raised_at_the_foot_of_a_low_window_is_shown_whole(desktop: Desktop) -> None:
    desktop.frame.resize(853, 480)
    form = open_form(desktop)
    form.answer("6", "f")
    desktop.write("70")
    field, view = form.sheet.fields["A3"], form.sheet.viewport()
    assert form.here == "A3"
    desktop.settle()
    assert field.messages.isVisible()
    foot = view.mapFromGlobal(field.mapToGlobal(field.rect().bottomLeft())).y()
    assert 0 < foot <= view.height()


def test_a_draft_opened_another_way_is_offered_no_more(desktop: Desktop) -> None:
    desktop.session.state.put(OPEN_FORM, f"{SCHOOL} {YEAR}")
    desktop.desk.offer_recovery()
    assert desktop.desk.offered.isVisible()
    desktop.shell.schools.select(SCHOOL)
    desktop.key(Qt.Key.Key_F2)
    desktop.settle()
    assert not desktop.desk.offered.isVisible()


def test_a_session_that_stopped_offers_its_draft_at_the_next_start(
    form: Form, open_window: Callable[[Path], Desktop]
) -> None:
    form.answer("6")
    form.saved()
    state = form.desktop.session.state
    assert state.text(OPEN_FORM) == f"{SCHOOL} {YEAR} Ecole élémentaire Jules Ferry, Carcassonne"
    # As a killed process leaves things: the base closed by the system, the marker still there.
    assert form.desktop.tasks.close(10)
    again = open_window(form.desktop.base)
    assert again.desk.offered.isVisible()
    assert again.desk.offered.text.text().startswith(
        "Numécole s’est arrêté pendant la saisie\u00a0: Ecole élémentaire Jules Ferry, Carcassonne."
    )
    assert focus() is again.desk.offered.button
    again.key(Qt.Key.Key_Return)
    recovered = Form(again)
    again.until(lambda: recovered.screen.sheet is not None)
    assert recovered.screen.header.state.text() == "Brouillon récupéré\u00a0: 1\u00a0réponse"


def test_what_the_disk_refuses_stays_on_screen_and_is_saved_later(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = form.desktop
    save = declarations.save_answers

    def refuse(*_: object, **__: object) -> None:
        raise Problem("Le disque est plein.")

    monkeypatch.setattr(declarations, "save_answers", refuse)
    form.answer("6")
    desktop.until(lambda: form.screen.header.state.text() == "Non enregistré")
    assert "Le disque est plein." in form.screen.notice.text.text()
    # Another school, then another screen, then closing: nothing takes the answers away.
    desktop.desk.open_form("0110191Y")
    desktop.settle()
    assert form.sheet.draft.form.school.uai == SCHOOL
    assert form.sheet.draft.answers == {"A1": 6}
    desktop.frame.close()
    assert desktop.frame.isVisible()
    desktop.dialog(UnsavedDialog).reject()
    desktop.frame.activateWindow()  # what a window manager does
    desktop.until(desktop.frame.isActiveWindow)
    monkeypatch.setattr(declarations, "save_answers", save)
    desktop.key(Qt.Key.Key_S, CTRL)
    form.saved()
    declaration = desktop.declaration()
    assert declaration is not None
    assert declaration.answers == {"A1": 6}
    desktop.frame.close()
    assert not desktop.frame.isVisible()


def test_the_answers_that_the_disk_refuses_are_lost_only_on_demand(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Problem("Le disque est plein.")

    monkeypatch.setattr(declarations, "save_answers", refuse)
    form.answer("6")
    form.desktop.frame.close()
    dialog = form.desktop.dialog(UnsavedDialog)
    assert dialog.accept_button is not None
    dialog.accept_button.click()
    assert not form.desktop.frame.isVisible()


def test_opening_a_form_never_opens_another_window(form: Form) -> None:
    form.answer("2", "1")
    visible = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert visible == [form.desktop.frame]

"""The page of a label dossier: the whole path by the keyboard, nothing typed is lost."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.label_application import PersonRole, State
from numecole_desktop.services import label_dossiers
from numecole_desktop.ui.dialogs.base import Dialog, UnsavedDialog
from numecole_desktop.ui.dialogs.label_new import NewDossierDialog
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop, focus
from tests.ui.labels import come_back, drafted, examined, held, open_dossier, open_labels, submitted
from tests.ui.test_school_screen import words


def tab(desktop: Desktop, times: int = 1) -> None:
    for _ in range(times):
        desktop.key(Qt.Key.Key_Tab)


def next_step(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Return, CTRL)
    desktop.settle()


def test_from_nothing_to_the_certificate_by_the_keyboard(desktop: Desktop) -> None:
    screen = open_labels(desktop)
    desktop.key(Qt.Key.Key_N, CTRL)
    desktop.settle()
    desktop.dialog(NewDossierDialog)
    desktop.write("jules ferry")
    desktop.key(Qt.Key.Key_Return)
    come_back(desktop)
    desktop.until(lambda: screen.dossier.sheet is not None)
    desktop.settle()
    for text in (
        *("Alix Martin", "directrice", "ecole@exemple.invalid"),
        *("Sacha Durand", "adjoint au maire", ""),
        *("3", "Robots en cycle 3"),
    ):
        desktop.write(text)
        desktop.key(Qt.Key.Key_Return)
    desktop.write("o")
    tab(desktop)
    for text in ("Alix Martin", "directrice", "", "16/01/2024"):
        desktop.write(text)
        desktop.key(Qt.Key.Key_Return)
    for text in ("Sacha Durand", "", "", "17/1/24"):
        desktop.write(text)
        desktop.key(Qt.Key.Key_Return)
    next_step(desktop)
    dossier = held(desktop)
    assert dossier.state is State.SUBMITTED
    assert dossier.people[PersonRole.SCHOOL_REFERENT].email == "ecole@exemple.invalid"
    application = dossier.application
    assert application is not None
    assert (application.project_classes, application.school_project) == (3, True)
    assert application.commune_signed_on == date(2024, 1, 17)

    for criterion in screen.dossier.judging.criteria:
        assert criterion.isAncestorOf(focus())
        desktop.key(Qt.Key.Key_2)
        tab(desktop)
        if criterion.criterion.level != 2:
            desktop.write("Vu sur place.")
            tab(desktop)
    next_step(desktop)
    application = held(desktop).application
    assert application is not None
    assert application.state is State.EXAMINED
    assert set(application.opinion.values()) == {2}

    assert screen.dossier.judging.level.isAncestorOf(focus())
    desktop.key(Qt.Key.Key_1)
    tab(desktop)
    focus().selectAll()  # type: ignore[attr-defined]  # a field
    desktop.write("20/02/2024")
    tab(desktop)
    desktop.write("Une panne.")
    next_step(desktop)
    application = held(desktop).application
    assert application is not None
    assert (application.state, application.decision) == (State.DECIDED, 1)

    next_step(desktop)
    assert held(desktop).state is State.ATTESTED
    assert not screen.dossier.footer.next_button.isVisible()


def test_each_field_is_saved_as_it_is_left_and_the_level_follows(desktop: Desktop) -> None:
    desktop.read(lambda ws: label_dossiers.create(ws, SCHOOL, desktop.session.year))
    screen = open_dossier(desktop)
    assert "Il manque le référent de l’école" in words(screen.dossier.criteria)
    desktop.write("Alix Martin")
    tab(desktop)
    desktop.settle()
    assert held(desktop).people[PersonRole.SCHOOL_REFERENT].name == "Alix Martin"
    assert "Il manque le référent de la commune." in words(screen.dossier.criteria)


def test_a_text_typed_is_saved_after_a_pause_without_leaving_it(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    assert screen.dossier.sheet is not None
    screen.dossier.sheet.fields["project_title"].focus()
    desktop.key(Qt.Key.Key_End)
    desktop.write(" volants")
    desktop.until(lambda: screen.dossier.is_saved)
    application = held(desktop).application
    assert application is not None
    assert application.project_title == "Robots volants"


def test_what_cannot_be_read_is_said_and_kept_on_screen(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    sheet = screen.dossier.sheet
    assert sheet is not None
    field = sheet.fields["school_signed_on"]
    field.focus()
    focus().selectAll()  # type: ignore[attr-defined]  # a field
    desktop.write("31/02/2024")
    tab(desktop)
    desktop.settle()
    assert "31/02/2024" in field.message.text()
    assert screen.stuck is not None
    desktop.key(Qt.Key.Key_F5)
    desktop.settle()
    assert screen.dossier.sheet is sheet
    assert field.part.answer() == "31/02/2024"
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    assert field.part.isAncestorOf(focus())
    assert screen.dossier.isVisible()
    focus().selectAll()  # type: ignore[attr-defined]
    desktop.write("29/02/2024")
    tab(desktop)
    desktop.settle()
    assert not field.message.isVisible()
    application = held(desktop).application
    assert application is not None
    assert application.school_signed_on == date(2024, 2, 29)


def test_a_wrong_address_does_not_lose_the_name(desktop: Desktop) -> None:
    desktop.read(lambda ws: label_dossiers.create(ws, SCHOOL, desktop.session.year))
    screen = open_dossier(desktop)
    for text in ("Alix Martin", "directrice", "alix at exemple"):
        desktop.write(text)
        tab(desktop)
    desktop.settle()
    assert screen.dossier.sheet is not None
    field = screen.dossier.sheet.fields["school_referent"]
    assert "« alix at exemple »" in field.message.text().replace("\u00a0", " ")
    person = held(desktop).people[PersonRole.SCHOOL_REFERENT]
    assert (person.name, person.job, person.email) == ("Alix Martin", "directrice", "")
    assert field.part.answer() == ("Alix Martin", "directrice", "alix at exemple")


def test_closing_says_what_is_not_saved(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    assert screen.dossier.sheet is not None
    screen.dossier.sheet.fields["project_classes"].focus()
    desktop.write("x")
    tab(desktop)
    desktop.settle()
    desktop.frame.close()
    dialog = desktop.dialog(UnsavedDialog)
    assert "n’est pas un nombre de classes" in words(dialog)
    assert desktop.frame.isVisible()
    dialog.accept()
    assert not desktop.frame.isVisible()


def test_what_was_just_typed_is_saved_when_the_window_closes(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    assert screen.dossier.sheet is not None
    screen.dossier.sheet.fields["project_title"].focus()
    desktop.key(Qt.Key.Key_End)
    desktop.write(" et capteurs")
    desktop.frame.close()
    assert not desktop.frame.isVisible()
    application = held(desktop).application
    assert application is not None
    assert application.project_title == "Robots et capteurs"


def test_undo_takes_back_one_field_at_a_time(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    sheet = screen.dossier.sheet
    assert sheet is not None
    sheet.fields["project_title"].focus()
    desktop.key(Qt.Key.Key_End)
    desktop.write(" et capteurs")
    tab(desktop)
    desktop.key(Qt.Key.Key_N)
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.until(lambda: screen.dossier.is_saved)
    application = held(desktop).application
    assert application is not None
    assert (application.project_title, application.school_project) == ("Robots", True)
    desktop.key(Qt.Key.Key_Z, CTRL | SHIFT)
    desktop.until(lambda: screen.dossier.is_saved)
    application = held(desktop).application
    assert application is not None
    assert application.project_title == "Robots et capteurs"


def test_what_blocks_the_next_step_is_said(desktop: Desktop) -> None:
    desktop.read(lambda ws: label_dossiers.create(ws, SCHOOL, desktop.session.year))
    screen = open_dossier(desktop)
    next_step(desktop)
    assert held(desktop).state is State.DRAFT
    said = screen.dossier.notice.text.text()
    assert "Il manque le nom du signataire de l’école." in said
    assert "Il manque le nom du signataire de l’école." in screen.dossier.footer.words.text()


def test_going_back_a_step_gives_the_draft_again(desktop: Desktop) -> None:
    desktop.read(submitted)
    screen = open_dossier(desktop)
    assert screen.dossier.sheet is None
    screen.dossier.footer.revert_button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.until(lambda: screen.dossier.sheet is not None)
    assert held(desktop).state is State.DRAFT


def test_withdrawing_is_confirmed_first(desktop: Desktop) -> None:
    desktop.read(examined)
    screen = open_dossier(desktop)
    screen.dossier.footer.withdraw_button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.dialog(Dialog)
    assert held(desktop).state is State.EXAMINED
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: held(desktop).state is State.WITHDRAWN)


def test_a_person_is_erased_and_the_dossier_stays_whole(desktop: Desktop) -> None:
    desktop.read(submitted)
    screen = open_dossier(desktop)
    name = held(desktop).people[PersonRole.COMMUNE_SIGNATORY].name
    assert name in words(screen.dossier.summary)
    screen.dossier.acts.ask_erase(PersonRole.COMMUNE_SIGNATORY)
    dialog = desktop.dialog(Dialog)
    assert "personne effacée" in words(dialog)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert not held(desktop).people[PersonRole.COMMUNE_SIGNATORY].erased
    screen.dossier.acts.ask_erase(PersonRole.COMMUNE_SIGNATORY)
    dialog = desktop.dialog(Dialog)
    assert dialog.accept_button is not None
    dialog.accept_button.setFocus()
    desktop.key(Qt.Key.Key_Space)
    desktop.until(lambda: held(desktop).people[PersonRole.COMMUNE_SIGNATORY].erased)
    desktop.settle()
    assert name not in words(screen.dossier.summary)
    assert "personne effacée" in words(screen.dossier.summary)
    assert held(desktop).state is State.SUBMITTED


def test_erasing_in_a_draft_leaves_nothing_to_undo(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    assert screen.dossier.sheet is not None
    screen.dossier.sheet.fields["school_referent"].focus()
    desktop.key(Qt.Key.Key_End)
    desktop.write("X")
    screen.dossier.acts.ask_erase(PersonRole.SCHOOL_REFERENT)
    dialog = desktop.dialog(Dialog)
    assert dialog.accept_button is not None
    dialog.accept_button.click()
    come_back(desktop)
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.settle()
    assert held(desktop).people[PersonRole.SCHOOL_REFERENT].erased
    assert screen.dossier.sheet is not None
    field = screen.dossier.sheet.fields["school_referent"]
    assert (field.part.answer(), field.message.text()) == (None, "Personne effacée.")


def test_the_page_of_a_school_leads_to_its_dossier_and_back(desktop: Desktop) -> None:
    desktop.read(drafted)
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    assert desktop.desk.school is not None
    assert "Dossier brouillon pour la campagne 2023-2024" in words(desktop.desk.school.profile)
    desktop.key(Qt.Key.Key_L, CTRL)
    desktop.settle()
    assert desktop.desk.labels is not None
    assert desktop.desk.labels.dossier.uai == SCHOOL
    assert desktop.desk.labels.dossier.isVisible()
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    assert desktop.shell.current() is desktop.desk.school


def test_no_key_is_trapped_in_the_page(desktop: Desktop) -> None:
    desktop.read(drafted)
    open_dossier(desktop)
    seen = set()
    for _ in range(60):
        seen.add(id(focus()))
        tab(desktop)
    assert len(seen) > 20
    assert QApplication.focusWidget() is not None


def test_its_place_asked_for_again_gives_the_list(desktop: Desktop) -> None:
    desktop.read(drafted)
    screen = open_dossier(desktop)
    desktop.key(Qt.Key.Key_3, CTRL)
    desktop.settle()
    assert screen.list.isVisible()
    assert focus() is screen.list.table
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert screen.dossier.isVisible()

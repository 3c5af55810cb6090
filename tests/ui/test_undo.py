"""Ctrl+Z outside the form: every kind of action, said in the menu, taken back, done again."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.own_territory import EVERYWHERE
from numecole_desktop.services import chasing, declarations, devices, import_undo
from numecole_desktop.services.prices import prices
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage.conflicts import conflict_count
from numecole_desktop.ui.dialogs.base import MessageDialog
from numecole_desktop.ui.dialogs.chasing import ChasingDialog
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.conftest import YEAR
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop
from tests.ui.exchange_bases import (
    OFFICE,
    colleague,
    drop,
    exchanges,
    idle,
    screen_with_conflicts,
    trust,
)
from tests.ui.labels import OTHER, come_back, drafted, held, open_dossier
from tests.ui.test_exchange_conflicts import open_first
from tests.ui.test_settings import open_settings

HEADER = "uai;annee_scolaire;A1;A2;A3;A4;A5;A6;A7;B1;B2;B3;C1;C2;C3;D1\r\n"
LINE = "0110160P;2023-2024;4;FIBRE;0;NON;NON;NON;OUI;4;2;2;1;0;0;\r\n"


def offered(desktop: Desktop, name: str = "undo") -> str:
    """What the menu says; empty when it is greyed."""
    actions = desktop.shell.actions_by_name
    assert actions is not None
    action = actions.actions[name]
    return action.text().replace("&", "") if action.isEnabled() else ""


def undo(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Z, CTRL)
    settle(desktop)


def redo(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Z, CTRL | SHIFT)
    settle(desktop)


def settle(desktop: Desktop) -> None:
    desktop.settle()
    desktop.until(lambda: not [d for d in desktop.frame.findChildren(JobDialog) if d.isVisible()])
    come_back(desktop)


def said(desktop: Desktop) -> str:
    return desktop.shell.status.message.text()


def status(desktop: Desktop) -> Status | None:
    found = desktop.declaration()
    return None if found is None else found.status


def fill(workspace: Workspace) -> None:
    form = declarations.open_form(workspace, SCHOOL, YEAR)
    declarations.save_answers(workspace, form, {"A1": 4, "B1": 4, "B3": 4})


def test_there_is_nothing_to_take_back_at_first(desktop: Desktop) -> None:
    assert (offered(desktop), offered(desktop, "redo")) == ("", "")
    undo(desktop)
    assert desktop.declaration() is None


def test_a_declaration_submitted_is_a_draft_again(desktop: Desktop) -> None:
    desktop.read(fill)
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    desktop.key(Qt.Key.Key_Return, CTRL | SHIFT)
    desktop.settle()
    assert status(desktop) is Status.SUBMITTED
    assert offered(desktop).startswith("Annuler\u00a0: validation")
    desktop.key(Qt.Key.Key_Escape)
    desktop.key(Qt.Key.Key_1, CTRL)
    assert offered(desktop).startswith("Annuler\u00a0: validation de la déclaration 2023-2024")
    assert "Ctrl+Z" in said(desktop)
    undo(desktop)
    assert status(desktop) is Status.DRAFT
    assert "Annulé" in said(desktop)
    row = desktop.shell.schools.model.number_of(SCHOOL)
    assert desktop.shell.schools.model.row(desktop.shell.schools.model.place_of(row)).status == (
        "draft"
    )
    redo(desktop)
    assert status(desktop) is Status.SUBMITTED
    assert offered(desktop, "redo") == ""


def test_the_form_has_its_own_once_something_is_typed(desktop: Desktop, tmp_path: Path) -> None:
    imported(desktop, tmp_path)
    desktop.desk.open_form(OTHER)
    desktop.settle()
    assert offered(desktop) == "Annuler\u00a0: import de déclarations.csv"
    desktop.key(Qt.Key.Key_1)
    assert offered(desktop) == "Annuler"
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.settle()
    assert offered(desktop) == "Annuler"
    assert status(desktop) is Status.SUBMITTED


def imported(
    desktop: Desktop, folder: Path, kind: str = "declarations", text: str = HEADER + LINE
) -> ImportsScreen:
    path = folder / "déclarations.csv"
    path.write_text(text, "utf-8", newline="")
    desktop.key(Qt.Key.Key_4, CTRL)
    screen = desktop.shell.place("imports")
    assert isinstance(screen, ImportsScreen)
    screen.assistant.kind.set_value(kind)
    screen.look_at(str(path))
    settle(desktop)
    screen.assistant.import_button.click()
    settle(desktop)
    return screen


def test_an_import_is_accepted_undone_and_accepted_again(desktop: Desktop, tmp_path: Path) -> None:
    screen = imported(desktop, tmp_path)
    assert status(desktop) is Status.SUBMITTED
    assert offered(desktop) == "Annuler\u00a0: import de déclarations.csv"
    assert "Annuler\u00a0: Ctrl+Z" in said(desktop)
    undo(desktop)
    assert desktop.declaration() is None
    assert offered(desktop, "redo") == "Rétablir\u00a0: import de déclarations.csv"
    redo(desktop)
    assert status(desktop) is Status.SUBMITTED
    undo(desktop)
    assert desktop.declaration() is None
    assert screen.model.rowCount() == 1
    assert screen.model.index(0, 7).data() == "Annulé"


def test_an_import_undone_from_the_list_is_put_back_without_its_file(
    desktop: Desktop, tmp_path: Path
) -> None:
    screen = imported(desktop, tmp_path)
    (tmp_path / "déclarations.csv").unlink()
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    screen.table.go_to(0)
    screen.undo_button.click()
    settle(desktop)
    assert desktop.declaration() is None
    assert "1\u00a0fiche remise" in screen.notice.text.text()
    assert offered(desktop) == "Annuler\u00a0: annulation de l’import de déclarations.csv"
    undo(desktop)
    assert status(desktop) is Status.SUBMITTED
    assert screen.model.index(0, 7).data() == ""


def test_what_cannot_be_taken_back_any_more_is_said_in_a_sentence(
    desktop: Desktop, tmp_path: Path
) -> None:
    screen = imported(desktop, tmp_path)
    run = desktop.read(import_undo.imports)[0]
    desktop.read(lambda ws: finished(import_undo.undo_import(ws, run.id)))
    desktop.key(Qt.Key.Key_Z, CTRL)
    desktop.dialog(MessageDialog).close()
    assert offered(desktop) == ""
    assert screen.model.rowCount() == 1


def test_a_reference_set_withdrawn_is_put_back(desktop: Desktop, tmp_path: Path) -> None:
    conventions = f"uai;annee_scolaire;convention\n{SCHOOL};2023-2024;1\n"
    screen = imported(desktop, tmp_path, "ent-conventions", conventions)
    desktop.key(Qt.Key.Key_Escape)
    desktop.settle()
    screen.table.go_to(0)
    screen.undo_button.click()
    desktop.settle()
    assert screen.model.index(0, 7).data() == "Annulé"
    undo(desktop)
    assert screen.model.index(0, 7).data() == ""
    redo(desktop)
    assert screen.model.index(0, 7).data() == "Annulé"


@pytest.mark.usefixtures("quick_keys")
def test_a_batch_taken_in_is_taken_back(desktop: Desktop, tmp_path: Path) -> None:
    desktop.read(lambda ws: devices.create_device(ws, "CPN Limoux", "conseiller", OFFICE))
    exchanges(desktop)
    other = colleague(tmp_path)
    other.answer(A1=5)
    trust(desktop, other, tmp_path)
    drop(desktop, other.batch(tmp_path / "usb"))
    idle(desktop)
    come_back(desktop)
    assert desktop.declaration() is not None
    assert offered(desktop) == "Annuler\u00a0: lot de secretariat"
    undo(desktop)
    assert desktop.declaration() is None
    screen = exchanges(desktop)
    (card,) = screen.intake.reports.cards
    assert card.undone.isVisible()
    redo(desktop)
    assert desktop.declaration() is not None
    desktop.until(card.undo_button.isVisible)
    assert not card.undone.isVisible()
    card.undo_button.click()
    settle(desktop)
    assert desktop.declaration() is None
    assert offered(desktop) == "Annuler\u00a0: annulation d’un lot"
    undo(desktop)
    assert desktop.declaration() is not None


@pytest.mark.usefixtures("quick_keys")
def test_a_conflict_settled_is_open_again(desktop: Desktop, tmp_path: Path) -> None:
    screen = screen_with_conflicts(desktop, tmp_path)
    open_first(desktop, screen)
    desktop.key(Qt.Key.Key_1)
    desktop.write("Vu sur place")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: len(screen.conflicts.conflicts) == 1)
    desktop.settle()
    desktop.key(Qt.Key.Key_1, CTRL)
    undo(desktop)
    assert desktop.read(lambda ws: conflict_count(ws.base.connection)) == 2
    redo(desktop)
    assert desktop.read(lambda ws: conflict_count(ws.base.connection)) == 1


def test_a_label_step_is_taken_back_on_the_dossier_itself(desktop: Desktop) -> None:
    desktop.read(drafted)
    open_dossier(desktop)
    desktop.key(Qt.Key.Key_Return, CTRL)
    desktop.until(lambda: held(desktop).state is State.SUBMITTED)
    desktop.settle()
    assert offered(desktop).startswith("Annuler\u00a0: étape du dossier de label")
    undo(desktop)
    assert held(desktop).state is State.DRAFT
    desktop.key(Qt.Key.Key_Return, CTRL)
    desktop.until(lambda: held(desktop).state is State.SUBMITTED)


def test_a_dossier_just_begun_is_taken_back_on_its_own_page(desktop: Desktop) -> None:
    desktop.desk.open_label(SCHOOL)
    desktop.settle()
    assert desktop.desk.labels is not None
    page = desktop.desk.labels.dossier
    desktop.key(Qt.Key.Key_Space)
    desktop.until(lambda: page.sheet is not None)
    desktop.settle()
    assert offered(desktop) == f"Annuler\u00a0: dossier de label commencé, {SCHOOL}"
    undo(desktop)
    assert held(desktop).application is None
    assert page.empty.isVisible()
    redo(desktop)
    assert held(desktop).state is State.DRAFT
    desktop.until(lambda: page.sheet is not None)


def test_a_file_attached_is_taken_back(desktop: Desktop, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.new("RGB", (20, 20), "navy").save(photo)
    desktop.read(drafted)
    screen = open_dossier(desktop)
    screen.dossier.acts.attach(photo)
    desktop.settle()
    assert len(held(desktop).files) == 1
    assert offered(desktop).startswith("Annuler\u00a0: pièce jointe au dossier de label")
    undo(desktop)
    assert not held(desktop).files


def test_a_price_is_put_back_from_the_next_field(desktop: Desktop) -> None:
    page = open_settings(desktop)
    entry = page.prices.entries["B1"]
    shipped = entry.text()
    entry.setFocus()
    entry.selectAll()
    desktop.write("1234")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.read(prices).of("B1").euros == 1234
    assert offered(desktop).startswith("Annuler\u00a0: changement de prix")
    undo(desktop)
    desktop.settle()
    assert desktop.read(prices).of("B1").assumption
    assert entry.text() == shipped
    redo(desktop)
    desktop.settle()
    assert entry.text() == "1\u202f234"


def test_a_territory_is_put_back_in_the_whole_window(desktop: Desktop) -> None:
    page = open_settings(desktop)
    page.territory.level.setFocus()
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Down)
    page.territory.one.setFocus()
    desktop.write("avey")
    desktop.settle()
    desktop.key(Qt.Key.Key_1, CTRL)
    desktop.settle()
    assert desktop.shell.schools.order() == ()
    undo(desktop)
    desktop.settle()
    assert len(desktop.shell.schools.order()) == 5
    assert desktop.session.territory == EVERYWHERE
    assert page.territory.level.value() == ""


def test_the_text_of_reminders_is_put_back(desktop: Desktop) -> None:
    shipped = desktop.read(chasing.held_wording)
    desktop.shell.run("chase")
    dialog = desktop.dialog(ChasingDialog)
    dialog.model_button.click()
    dialog.subject.setText("Déclaration {annee}")
    dialog.keep_button.click()
    desktop.settle()
    dialog.close()
    come_back(desktop)
    assert desktop.read(chasing.held_wording) != shipped
    undo(desktop)
    assert desktop.read(chasing.held_wording) == shipped


def test_a_text_field_keeps_its_own_undo(desktop: Desktop, tmp_path: Path) -> None:
    imported(desktop, tmp_path)
    desktop.key(Qt.Key.Key_K, CTRL)
    desktop.write("ferry")
    undo(desktop)
    assert desktop.shell.top.search.text() != "ferry"
    assert status(desktop) is Status.SUBMITTED


def test_another_base_forgets(desktop: Desktop, tmp_path: Path) -> None:
    imported(desktop, tmp_path)
    assert offered(desktop)
    desktop.shell.run("open_own")
    desktop.until(lambda: not desktop.session.undo_log.undo_label)
    assert offered(desktop) == ""

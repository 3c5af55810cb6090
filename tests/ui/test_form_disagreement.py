"""An answer typed over a disagreement, in the form: its reason is asked there, and kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.services import batch_import
from numecole_desktop.services.workspace import finished
from numecole_desktop.storage.conflicts import conflicts
from numecole_desktop.ui.dialogs.base import UnsavedDialog
from numecole_desktop.ui.forms.field import Field
from numecole_desktop.ui.screens.form import FormScreen
from tests.conftest import YEAR
from tests.services.support import everything
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop, focus
from tests.ui.exchange_bases import Colleague, screen_with_conflicts
from tests.ui.labels import come_back

pytestmark = pytest.mark.usefixtures("quick_keys")
WHY = "Vu sur place"


@pytest.fixture
def form(desktop: Desktop, tmp_path: Path) -> FormScreen:
    """The form of a school of which A1 and C1 are in conflict."""
    screen_with_conflicts(desktop, tmp_path)
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    assert desktop.desk.form is not None
    return desktop.desk.form


def field(form: FormScreen, code: str = "A1") -> Field:
    assert form.sheet is not None
    return form.sheet.fields[code]


def over(desktop: Desktop, form: FormScreen, text: str = "7", code: str = "A1") -> None:
    """Type an answer in the place of the one shown."""
    field(form, code).focus()
    desktop.key(Qt.Key.Key_A, CTRL)
    desktop.write(text)
    desktop.settle()


def open_ones(desktop: Desktop) -> list[str]:
    return desktop.read(lambda ws: [one.unit for one in conflicts(ws.base.connection)])


def last_note(desktop: Desktop) -> str:
    key = (SCHOOL, str(YEAR))
    history = desktop.read(lambda ws: ws.projection.folding.history(key, RecordKind.DECLARATION))
    return history[-1][1].note


def test_the_reason_is_kept_as_that_of_a_settlement(desktop: Desktop, form: FormScreen) -> None:
    over(desktop, form)
    desktop.key(Qt.Key.Key_Return)
    desktop.write(WHY)
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: open_ones(desktop) == ["C1"])
    assert last_note(desktop) == WHY
    held = desktop.declaration()
    assert held is not None
    assert held.answers["A1"] == 7
    assert form.sheet is not None
    assert form.sheet.draft.answers["A1"] == 7


def test_nothing_is_written_before_the_reason(desktop: Desktop, form: FormScreen) -> None:
    before = desktop.read(everything)
    over(desktop, form)
    assert field(form).reason.isVisible()
    assert desktop.read(everything) == before
    desktop.key(Qt.Key.Key_Return)
    desktop.key(Qt.Key.Key_Return)
    assert focus() is field(form).reason.note
    assert "pourquoi" in field(form).reason.note.placeholderText()
    assert desktop.read(everything) == before


def test_echap_leaves_the_disagreement_as_it_was(desktop: Desktop, form: FormScreen) -> None:
    before = desktop.read(everything)
    shown = field(form).editor.answer()
    over(desktop, form)
    desktop.key(Qt.Key.Key_Return)
    desktop.write("Compt")
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.shell.current() is form
    assert field(form).has_focus
    assert field(form).editor.answer() == shown
    assert not field(form).reason.isVisible()
    assert desktop.read(everything) == before
    desktop.key(Qt.Key.Key_Return)
    assert field(form, "A2").has_focus


def test_the_answer_shown_before_asks_for_nothing(desktop: Desktop, form: FormScreen) -> None:
    shown = str(field(form).editor.answer())
    over(desktop, form, "7")
    over(desktop, form, shown)
    assert not field(form).reason.isVisible()


def test_the_other_questions_are_entered_meanwhile(desktop: Desktop, form: FormScreen) -> None:
    over(desktop, form)
    over(desktop, form, "3", "B3")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    held = desktop.declaration()
    assert held is not None
    assert held.answers["B3"] == 3
    assert field(form).reason.isVisible()


def test_a_submission_asks_for_the_reason_first(desktop: Desktop, form: FormScreen) -> None:
    over(desktop, form)
    field(form, "C2").focus()
    before = desktop.read(everything)
    desktop.key(Qt.Key.Key_Return, CTRL | SHIFT)
    desktop.settle()
    assert focus() is field(form).reason.note
    assert "pourquoi" in form.notice.text.text()
    assert desktop.read(everything) == before


def test_leaving_the_form_says_what_is_not_kept(desktop: Desktop, form: FormScreen) -> None:
    over(desktop, form)
    desktop.key(Qt.Key.Key_Escape)
    assert "A1\u00a0: sans motif" in desktop.shell.status.message.text()
    assert open_ones(desktop) == ["A1", "C1"]
    desktop.frame.close()
    assert not desktop.frame.isVisible()


def test_closing_the_window_offers_to_stay(desktop: Desktop, form: FormScreen) -> None:
    over(desktop, form)
    desktop.frame.close()
    dialog = desktop.dialog(UnsavedDialog)
    dialog.close()
    come_back(desktop)
    assert desktop.frame.isVisible()
    assert field(form).reason.isVisible()
    field(form).reason.no_button.click()


def test_another_value_that_came_meanwhile_refuses_and_keeps_the_reason(
    desktop: Desktop, form: FormScreen, tmp_path: Path
) -> None:
    other = Colleague(tmp_path / "secretariat.numecole", "secretariat")
    other.answer(A1=9)
    batch = other.batch(tmp_path / "suite")
    desktop.read(lambda ws: finished(batch_import.import_batch(ws, batch)))
    over(desktop, form)
    desktop.key(Qt.Key.Key_Return)
    desktop.write(WHY)
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert open_ones(desktop) == ["A1", "C1"]
    assert "est arrivée" in form.notice.text.text()
    assert field(form).reason.isVisible()
    assert field(form).reason.note.text() == WHY
    field(form).reason.no_button.click()

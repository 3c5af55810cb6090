"""The commands of the menus that look after the base."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from numecole_desktop.services import demo, folders, settings
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.dialogs.about import AboutDialog
from numecole_desktop.ui.dialogs.base import MessageDialog
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.dialogs.settings import (
    ExportDialog,
    RecoveryDialog,
    RestoreDialog,
)
from tests.conftest import YEAR, add_schools, finish
from tests.services.support import everything
from tests.ui.conftest import CTRL, SCHOOL, WAIT, Desktop, focus
from tests.ui.labels import come_back


def words(dialog: MessageDialog | AboutDialog | RecoveryDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_verify_says_what_was_checked(desktop: Desktop) -> None:
    desktop.shell.run("verify")
    said = words(desktop.dialog(MessageDialog))
    assert "La base est intacte" in said
    assert "5\u00a0écoles" in said


def test_a_backup_is_put_back(desktop: Desktop, tmp_path: Path) -> None:
    copy = tmp_path / "copie.numecole"
    desktop.desk.maintenance.backup(str(copy))
    desktop.until(desktop.desk.exported.isVisible)
    assert copy.exists()
    come_back(desktop)
    desktop.desk.open_form(SCHOOL)
    desktop.settle()
    desktop.until(lambda: desktop.desk.form is not None and desktop.desk.form.sheet is not None)
    desktop.write("9")
    desktop.key(Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.declaration() is not None
    desktop.shell.run("restore")
    dialog = desktop.dialog(RestoreDialog)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    dialog.path.setText(str(copy))
    dialog.accept_button.click()
    desktop.until(lambda: desktop.shell.current() is desktop.shell.schools)
    desktop.settle()
    assert desktop.declaration() is None
    assert desktop.session.path == desktop.base
    assert len(desktop.shell.schools.order()) == 5


def test_a_file_that_is_no_backup_is_refused_and_the_base_stays(
    desktop: Desktop, tmp_path: Path
) -> None:
    wrong = tmp_path / "photo.numecole"
    wrong.write_bytes(b"not a base" * 1000)
    desktop.desk.maintenance.restore(str(wrong))
    said = words(desktop.dialog(MessageDialog))
    assert "photo.numecole" in said
    assert desktop.read(lambda ws: ws.path) == desktop.base


def test_export_writes_the_chosen_format(desktop: Desktop, tmp_path: Path) -> None:
    desktop.shell.run("export")
    dialog = desktop.dialog(ExportDialog)
    dialog.format.setFocus()
    desktop.key(Qt.Key.Key_Right)
    desktop.key(Qt.Key.Key_Right)
    desktop.key(Qt.Key.Key_Right)
    assert dialog.format.value() == "json"
    dialog.folder.setText(str(tmp_path / "sortie"))
    assert dialog.accept_button is not None
    dialog.accept_button.click()
    desktop.until((tmp_path / "sortie" / "numecole.json").exists)


def test_the_recovery_code_is_shown_whole_and_copied(desktop: Desktop) -> None:
    desktop.shell.run("recovery")
    dialog = desktop.dialog(RecoveryDialog)
    code = desktop.read(lambda ws: ws.base.key.recovery_code)
    assert code in words(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == code


def test_all_profiles_are_written_with_progress(desktop: Desktop, tmp_path: Path) -> None:
    desktop.desk.maintenance.write_all_profiles(str(tmp_path / "profils"))
    desktop.until(desktop.desk.exported.isVisible)
    assert len(list((tmp_path / "profils").glob("*.pdf"))) == 5
    assert "5\u00a0profils créés" in desktop.desk.exported.text.text()


def test_writing_all_profiles_can_be_cancelled(desktop: Desktop, tmp_path: Path) -> None:
    desktop.desk.maintenance.write_all_profiles(str(tmp_path / "profils"))
    desktop.dialog(JobDialog).cancel()
    desktop.settle()
    desktop.until(lambda: not [d for d in desktop.frame.findChildren(JobDialog) if d.isVisible()])
    assert not desktop.desk.exported.isVisible()
    assert "annulée" in desktop.shell.status.message.text()


def test_the_sample_says_on_every_screen_that_it_is_invented(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sample = tmp_path / "exemple.numecole"
    with Workspace.open(sample) as opened:
        add_schools(opened)
        opened.base.connection.execute("INSERT INTO meta (key, value) VALUES ('sample', '1')")
    monkeypatch.setattr(folders, "demo_base", lambda: sample)
    monkeypatch.setattr(demo, "demo_base", lambda: sample)
    assert finish(demo.build_demo()) == sample
    assert not desktop.shell.banner.isVisible()
    desktop.shell.run("open_sample")
    desktop.until(desktop.shell.banner.isVisible)
    desktop.settle()
    for place in ("schools", "imports", "tools"):
        desktop.shell.show_place(place)
        assert desktop.shell.banner.isVisible()
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    assert desktop.shell.banner.isVisible()
    assert desktop.shell.status.base.text() == "Base d’exemple"
    sample_year = str(desktop.session.year.next)
    desktop.shell.show_year(sample_year)
    desktop.shell.run("open_own")
    desktop.until(lambda: not desktop.shell.banner.isVisible())
    desktop.settle()
    assert focus() is desktop.shell.schools.table
    assert desktop.shell.schools.table.current_row() == 0
    # The only declarations of this base are older than the year it was left on.
    assert desktop.session.year == YEAR
    assert desktop.shell.top.years.value() == str(YEAR)


def test_about_says_what_numecole_is_not(desktop: Desktop) -> None:
    desktop.shell.run("about")
    said = words(desktop.dialog(AboutDialog))
    assert "Numécole n’est pas un service officiel de l’État." in said
    assert "MIT" in said


def test_about_names_the_libraries_that_are_installed(desktop: Desktop) -> None:
    desktop.shell.run("about")
    rows = desktop.dialog(AboutDialog).components.model()
    desktop.until(rows.rowCount)
    names = {rows.index(row, 0).data() for row in range(rows.rowCount())}
    assert {"PySide6_Essentials", "msgspec", "reportlab"} <= names


def test_quit_closes_the_window(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_Q, CTRL)
    assert not desktop.frame.isVisible()


@pytest.mark.parametrize("start", ["verify", "backup", "export"])
def test_looking_after_the_base_can_be_stopped(
    desktop: Desktop, tmp_path: Path, start: str
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    desk = desktop.desk.maintenance
    orders: dict[str, Callable[[], None]] = {
        "verify": desk.verify,
        "backup": lambda: desk.backup(str(folder / "copie.numecole")),
        "export": lambda: desk.export("csv", str(folder)),
    }
    held = threading.Event()
    desktop.tasks.run(lambda _: held.wait(WAIT / 1000))
    orders[start]()
    desktop.dialog(JobDialog)
    desktop.key(Qt.Key.Key_Escape)
    held.set()
    desktop.until(lambda: "annulé" in desktop.shell.status.message.text())
    assert list(folder.iterdir()) == []
    assert not desktop.desk.exported.isVisible()


@pytest.mark.parametrize("start", ["restore", "open_sample"])
def test_another_base_given_up_leaves_the_present_one(
    desktop: Desktop, tmp_path: Path, start: str
) -> None:
    desk, copy = desktop.desk.maintenance, tmp_path / "copie.numecole"
    desk.backup(str(copy))
    desktop.until(desktop.desk.exported.isVisible)
    come_back(desktop)
    code = desktop.read(lambda ws: ws.base.key.recovery_code)
    desktop.read(lambda ws: settings.put(ws, "service", "IEN de Limoux"))
    before, held = desktop.read(everything), threading.Event()
    around = {path.name for path in desktop.base.parent.rglob("*")}
    desktop.tasks.run(lambda _: held.wait(WAIT / 1000))
    if start == "restore":
        desk.restore(str(copy), code)
    else:
        desk.open_sample()
    desktop.dialog(JobDialog)
    desktop.key(Qt.Key.Key_Escape)
    held.set()
    desktop.until(lambda: "rien n’a changé" in desktop.shell.status.message.text())
    assert desktop.read(everything) == before
    assert desktop.read(lambda ws: ws.path) == desktop.base
    assert {path.name for path in desktop.base.parent.rglob("*")} == around


def test_the_sample_is_built_with_progress(desktop: Desktop) -> None:
    desktop.shell.run("open_sample")
    job = desktop.dialog(JobDialog)
    desktop.until(lambda: "Préparation…" not in job.label.text())
    desktop.until(desktop.shell.banner.isVisible)

"""Dialogs do not block, are freed when closed, and never show a traceback."""

import sys
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.application import Incidents
from numecole_desktop.ui.dialogs.about import AboutDialog
from numecole_desktop.ui.dialogs.base import MessageDialog
from numecole_desktop.ui.dialogs.incident import IncidentDialog
from numecole_desktop.ui.dialogs.settings import (
    ExportDialog,
    RecoveryDialog,
    RestoreDialog,
)
from numecole_desktop.ui.dialogs.shortcuts import ShortcutsDialog
from tests.ui.conftest import Desktop


def boom() -> Exception:
    """A bug with its traceback."""
    try:
        raise ValueError("réponse secrète")
    except ValueError as bug:
        return bug


BUILDERS: list[Callable[[QWidget], QDialog]] = [
    lambda parent: MessageDialog("Titre", ("Une phrase.",), parent),
    lambda parent: IncidentDialog(boom(), Path("numecole.log"), parent),
    lambda parent: AboutDialog(Path("base.numecole"), Path("numecole.log"), parent),
    ShortcutsDialog,
    lambda parent: RecoveryDialog("ABCD-EFGH", parent),
    lambda parent: RestoreDialog(Path("base.numecole"), parent),
    lambda parent: ExportDialog("", parent),
]


@pytest.mark.parametrize("build", BUILDERS)
def test_a_closed_dialog_is_freed(qtbot: QtBot, build: Callable[[QWidget], QDialog]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = build(window)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    python_side = weakref.ref(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    dialog.close()
    del dialog
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: bool(gone))
    assert python_side() is None


def test_an_incident_hides_its_traceback_and_gives_it_on_demand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = IncidentDialog(boom(), Path("dossier/numecole.log"), window)
    dialog.open()
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Traceback" not in said
    assert "ValueError" not in said
    assert f"dans le fichier {Path('dossier/numecole.log')}." in said
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Traceback" in copied
    assert "ValueError" in copied
    assert dialog.isVisible()
    dialog.close()


def test_a_bug_of_a_slot_or_of_a_thread_reaches_the_window(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    incidents = Incidents()
    told: list[BaseException] = []
    incidents.happened.connect(told.append)
    restore = incidents.install()
    try:
        sys.excepthook(ValueError, boom(), None)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        restore()
    assert {type(bug) for bug in told} == {ValueError, ZeroDivisionError}
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_incident_opens_over_the_window(desktop: Desktop) -> None:
    desktop.start.incidents.happened.emit(boom())
    dialog = desktop.dialog(IncidentDialog)
    assert "Vous pouvez continuer" in dialog.findChildren(QLabel)[1].text()
    dialog.close()

"""Qt's own dialogs and menus say nothing in English."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject, Qt, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QColorDialog,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.application import speak_french
from numecole_desktop.ui.assets import asset

PROPERTIES = (
    *("text", "title", "toolTip", "windowTitle", "placeholderText", "suffix"),
    *("accessibleName", "accessibleDescription"),
)
WORD = re.compile(r"[A-Za-z]{3,}")
SAME = {"Type", "Copies", "Options", "&Options >>", "Pages", "Portrait", "Orientation"}
"""Words of Qt that French has too."""


def file_dialog(mode: QFileDialog.FileMode, accept: QFileDialog.AcceptMode) -> QWidget:
    dialog = QFileDialog(None, "", str(asset("ui")))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(accept)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    return dialog


def message() -> QWidget:
    box = QMessageBox()
    for button in ("Discard", "Save", "Cancel", "Yes", "No", "Retry", "Ignore", "Help", "Close"):
        box.addButton(QMessageBox.StandardButton[button])
    box.setDetailedText("…")
    return box


def buttons() -> QWidget:
    box = QDialogButtonBox()
    for button in ("Apply", "Reset", "RestoreDefaults", "SaveAll", "YesToAll", "NoToAll", "Abort"):
        box.addButton(QDialogButtonBox.StandardButton[button])
    return box


MODES = QFileDialog.FileMode
OPEN, SAVE = QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave
BUILDERS: dict[str, Callable[[], QWidget]] = {
    "open": lambda: file_dialog(MODES.ExistingFile, OPEN),
    "open several": lambda: file_dialog(MODES.ExistingFiles, OPEN),
    "folder": lambda: file_dialog(MODES.Directory, OPEN),
    "save": lambda: file_dialog(MODES.AnyFile, SAVE),
    "message": message,
    "buttons": buttons,
    "print": lambda: QPrintDialog(QPrinter()),
    "colour": QColorDialog,
    "progress": QProgressDialog,
}
MENUS: dict[str, type[QLineEdit] | type[QPlainTextEdit] | type[QTextBrowser]] = {
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "page": QTextBrowser,
}


def texts(window: QWidget) -> Iterator[str]:
    for part in (window, *window.findChildren(QObject)):
        for name in PROPERTIES:
            value = part.property(name)
            if isinstance(value, str) and not isinstance(part, QLineEdit):
                yield value
        if isinstance(part, QComboBox) and window.inherits("QFileDialog"):
            yield from (part.itemText(n) for n in range(part.count()))
        if isinstance(part, QTabBar):
            yield from (part.tabText(n) for n in range(part.count()))
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            model = part.model()
            columns = range(model.columnCount())
            yield from (str(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns)


def worded(found: Iterator[str]) -> set[str]:
    return {text for text in found if WORD.search(text) and "/" not in text and "*" not in text}


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Callable[[bool], None]]:
    """Switches the translations on and off; on again at the end."""
    speak_french(qapp)
    known = qapp.findChildren(QTranslator)

    def switch(french: bool) -> None:
        for translator in known:
            (qapp.installTranslator if french else qapp.removeTranslator)(translator)

    yield switch
    switch(True)


@pytest.mark.parametrize("kind", BUILDERS)
def test_dialogs(qtbot: QtBot, languages: Callable[[bool], None], kind: str) -> None:
    said = {}
    for french in (False, True):
        languages(french)
        dialog = BUILDERS[kind]()
        qtbot.addWidget(dialog)
        said[french] = worded(texts(dialog))
    assert said[True]
    assert (said[True] & said[False]) - SAME == set()


@pytest.mark.parametrize("kind", MENUS)
def test_context_menus(qtbot: QtBot, languages: Callable[[bool], None], kind: str) -> None:
    said = {}
    for french in (False, True):
        languages(french)
        field = MENUS[kind]()
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        said[french] = {action.text().split("\t")[0] for action in menu.actions()} - {""}
        menu.deleteLater()
    assert len(said[True]) >= 2
    assert said[True] & said[False] == set()


def test_kinds_of_files_are_french(qtbot: QtBot, qapp: QApplication) -> None:
    speak_french(qapp)
    dialog = file_dialog(MODES.ExistingFile, OPEN)
    assert isinstance(dialog, QFileDialog)
    qtbot.addWidget(dialog)
    dialog.setDirectory(str(asset("ui").parent))
    dialog.show()
    view = next(v for v in dialog.findChildren(QAbstractItemView) if v.objectName() == "treeView")
    model = view.model()

    def kinds() -> set[str]:
        root = view.rootIndex()
        return {str(model.index(row, 2, root).data()) for row in range(model.rowCount(root))}

    qtbot.waitUntil(lambda: "Dossier" in kinds())
    assert "Folder" not in kinds()


def test_discard_is_said_as_one_does(qtbot: QtBot, qapp: QApplication) -> None:
    speak_french(qapp)
    box = QMessageBox()
    qtbot.addWidget(box)
    assert box.addButton(QMessageBox.StandardButton.Discard).text() == "Ne pas enregistrer"


def test_the_compiled_translation_is_that_of_its_source(tmp_path: Path) -> None:
    tool = Path(PySide6.__file__).parent / "lrelease"
    if not tool.exists():
        pytest.skip("no lrelease here")
    made = tmp_path / "qt_fr.qm"
    command = (tool, "-silent", asset("ui/qt_fr.ts"), "-qm", made)
    subprocess.run([str(part) for part in command], check=True, timeout=30)
    assert made.read_bytes() == asset("ui/qt_fr.qm").read_bytes()

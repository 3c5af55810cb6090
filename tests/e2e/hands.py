"""What a person does with keys and a mouse, finding things by the words on the screen."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from numecole_desktop.ui.dialogs.finder import FinderDialog
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.table import Table
from tests.ui.conftest import CTRL, Desktop, focus

_FARTHEST = 120
"""Presses of Tab after which what is looked for is not there."""


def front(desktop: Desktop) -> QWidget:
    """The window that takes the keys."""
    return QApplication.activeModalWidget() or desktop.frame


def button(desktop: Desktop, words: str) -> QAbstractButton:
    """The button that begins with these words, or is read so, in the window in front."""
    found = [
        one
        for one in front(desktop).findChildren(QAbstractButton)
        if one.isVisible()
        and any(
            said.replace("&", "").startswith(words)
            for said in (one.text(), one.accessibleName(), one.toolTip())
        )
    ]
    assert found, f"pas de bouton « {words} »"
    return found[0]


def click(desktop: Desktop, words: str) -> None:
    """Click the button that begins with these words."""
    desktop.until(lambda: button(desktop, words).isEnabled())
    QTest.mouseClick(button(desktop, words), Qt.MouseButton.LeftButton)
    calm(desktop)


def calm(desktop: Desktop) -> None:
    """Wait for what runs to end and for its answers to be shown."""
    desktop.settle()
    desktop.until(lambda: not [d for d in desktop.frame.findChildren(JobDialog) if d.isVisible()])
    desktop.settle()
    if QApplication.activeWindow() is None:
        # What a window manager does when a dialog closes; there is none here.
        desktop.frame.activateWindow()
        desktop.until(QApplication.activeWindow)


def tab_to(desktop: Desktop, wanted: QWidget) -> None:
    """Press Tab until ``wanted`` has the keyboard."""
    for _ in range(_FARTHEST):
        if focus() is wanted:
            return
        desktop.key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab ne mène pas à {wanted.accessibleName()}")


def pick(desktop: Desktop, picker: Picker, label: str) -> None:
    """Go to a list of choices and down to the one wanted."""
    tab_to(desktop, picker)
    desktop.key(Qt.Key.Key_Home)
    while picker.currentText() != label:
        place = picker.currentIndex()
        desktop.key(Qt.Key.Key_Down)
        assert picker.currentIndex() > place, f"pas de choix « {label} »"


def find(desktop: Desktop, words: str, wanted: str) -> None:
    """Ctrl+K, some words, down to the answer that says ``wanted``, Enter."""
    desktop.key(Qt.Key.Key_K, CTRL)
    dialog = desktop.dialog(FinderDialog)
    desktop.write(words)
    desktop.settle()
    for _ in range(_FARTHEST):
        if wanted in dialog.field.accessibleDescription():
            desktop.key(Qt.Key.Key_Return)
            calm(desktop)
            return
        desktop.key(Qt.Key.Key_Down)
    raise AssertionError(f"Ctrl+K ne trouve pas {wanted}")


def choose_file(desktop: Desktop, path: Path) -> None:
    """Type a path in the dialog that asks for one."""
    dialog = desktop.dialog(QFileDialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    tab_to(desktop, field)
    desktop.key(Qt.Key.Key_A, CTRL)
    desktop.write(str(path))
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)


def cells(table: Table) -> list[list[str]]:
    """What a table shows."""
    model = table.model()
    shown = table.visible_columns()
    return [
        [str(model.index(row, column).data() or "") for column in shown]
        for row in range(model.rowCount())
    ]


def copied() -> str:
    """What is on the clipboard."""
    return QApplication.clipboard().text()


def text_of(path: Path) -> str:
    """The words of a PDF."""
    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_range() for page in document)

"""What is put on the clipboard, and what becomes of it when the application ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.clipboard import put_table, put_text

LEAVING = """
from PySide6.QtGui import QGuiApplication
from numecole_desktop.ui.clipboard import put_table
app = QGuiApplication([])
put_table(["École"], [["Évreux"]])
assert app.clipboard().text() == "École\\nÉvreux\\n"
"""


def test_the_application_ends_in_peace_with_a_table_on_the_clipboard() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LEAVING],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("qapp")
def test_numbers_keep_their_kind_and_cells_their_place() -> None:
    put_table(("a", "b"), [(1, 1.0), (True, None), ("x\ty\nz", "1,5")])
    text = QGuiApplication.clipboard().text()
    assert text == "a\tb\n1\t1,0\nTrue\t\nx y z\t1,5\n"
    assert sorted(QGuiApplication.clipboard().mimeData().formats()) == ["text/html", "text/plain"]


def test_a_long_table_is_put_whole_and_the_last_copy_wins(qtbot: QtBot) -> None:
    rows = [(f"École {number}", number) for number in range(20_000)]
    put_table(("École", "n°"), rows)
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.text().endswith("École 19999\t19999\n"))
    assert clipboard.text().count("\n") == 20_001
    assert clipboard.mimeData().html().count("<tr>") == 20_001
    put_table(("École", "n°"), rows)
    put_text("dernier")
    qtbot.wait(200)
    assert clipboard.text() == "dernier"

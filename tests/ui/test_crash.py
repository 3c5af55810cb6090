"""A session killed by a fault is told at the next start, once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from numecole_desktop.ui.crash import ASIDE, CRASH_FILE, crash_told, set_aside
from numecole_desktop.ui.widgets.crash_bar import CrashBar
from tests.ui.conftest import SCHOOL, Desktop, fill_base

ROOT = Path(__file__).resolve().parents[2]


def bars(desktop: Desktop) -> list[CrashBar]:
    return [bar for bar in desktop.frame.findChildren(CrashBar) if bar.isVisible()]


def fall(folder: Path) -> None:
    """Kill an interpreter that watches ``folder``, as a fault does."""
    script = (
        "import faulthandler, pathlib; from numecole_desktop.app import _watch_crashes; "
        f"_watch_crashes(pathlib.Path({str(folder)!r})); faulthandler._sigsegv()"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=30)


@pytest.mark.skipif(os.name == "nt", reason="a signal is how a process falls here")
def test_a_fault_is_told_copied_and_set_aside(
    base_path: Path,
    tmp_path: Path,
    open_window: Callable[[Path], Desktop],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fall(tmp_path)
    fill_base(base_path)
    desktop = open_window(base_path)
    (bar,) = bars(desktop)
    assert "s’est arrêté brutalement la dernière fois" in bar.text.text()
    assert "Segmentation" not in bar.text.text()
    monkeypatch.setattr(Path, "home", lambda: ROOT)
    QTest.mouseClick(bar.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Segmentation fault" in copied
    assert "Qt 6." in copied
    assert str(ROOT) not in copied
    assert crash_told(tmp_path)
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert bars(desktop) == []
    assert crash_told(tmp_path) == ""
    assert "Segmentation fault" in (tmp_path / ASIDE).read_text("utf-8")


def test_it_is_told_again_until_it_is_closed(
    base_path: Path, tmp_path: Path, open_window: Callable[[Path], Desktop]
) -> None:
    (tmp_path / CRASH_FILE).write_text("Fatal Python error", "utf-8")
    fill_base(base_path)
    first = open_window(base_path)
    first.desk.open_school(SCHOOL)
    assert len(bars(first)) == 1
    first.frame.close()
    assert first.tasks.close(10)
    assert len(bars(open_window(base_path))) == 1


def test_nothing_is_told_after_an_ordinary_end(desktop: Desktop, tmp_path: Path) -> None:
    assert bars(desktop) == []
    assert not (tmp_path / ASIDE).exists()


def test_what_was_told_in_a_session_that_ended_well_is_no_fault(tmp_path: Path) -> None:
    data, base = tmp_path / "numecole", tmp_path / "base.numecole"
    data.mkdir()
    fill_base(base)
    script = (
        "import sys, pathlib; from PySide6.QtCore import QTimer; from numecole_desktop import app;"
        "from numecole_desktop.ui import start;"
        "run = start.Start.run;"
        f"file = pathlib.Path({str(data / CRASH_FILE)!r});"
        "leave = lambda s: (file.write_text('code 0x8001010d'), s._frame.close());"
        "start.Start.run = lambda s: (QTimer.singleShot(1500, lambda: leave(s)), run(s))[1];"
        f"sys.exit(app.main(['--base', {str(base)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert crash_told(data) == ""
    assert (data / ASIDE).read_text("utf-8") == "code 0x8001010d\n"


def test_a_folder_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    assert crash_told(tmp_path / "absent") == ""
    (tmp_path / CRASH_FILE).mkdir()
    assert crash_told(tmp_path) == ""
    set_aside(tmp_path)
    assert not (tmp_path / ASIDE).exists()

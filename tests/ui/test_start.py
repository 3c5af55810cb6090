"""Starting: what is imported before the first rows, what is said when the base does not open."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from numecole_desktop.ui import start as starting
from numecole_desktop.ui.screens.registry import PLACES
from tests.ui.conftest import Desktop, fill_base

HEAVY = {"pandas", "numpy", "sqlalchemy", "sqlmodel", "pyqtgraph", "reportlab", "openpyxl"}
HEAVY |= {"pypdfium2", "python_calamine", "xlsxwriter", "rich", "typer", "keyring"}
# 1280 x 720 at 150 %, without the frame and the title that the system draws.
SMALLEST = QSize(853, 452)


def run(base: Path, folder: Path, *, leave: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "NUMECOLE_EXIT_AFTER_PAINT": leave,
        "NUMECOLE_REPORT_MODULES": str(folder / "modules.txt"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    return subprocess.run(
        [sys.executable, "-m", "numecole_desktop", "--base", str(base)],
        env=environment,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("leave", ["window", "1"])
def test_nothing_heavy_is_imported_before_the_first_paint(
    base_path: Path, tmp_path: Path, leave: str
) -> None:
    fill_base(base_path)
    done = run(base_path, tmp_path, leave=leave)
    assert done.returncode == 0, done.stderr
    modules = set((tmp_path / "modules.txt").read_text("utf-8").split())
    assert "PySide6.QtWidgets" in modules
    assert {name.split(".")[0] for name in modules} & HEAVY == set()
    if leave == "1":
        assert "numecole_desktop.ui.screens.schools" in modules
        assert "numecole_desktop.ui.screens.form" not in modules
        assert "numecole_desktop.services.workspace" not in modules


def test_a_base_that_is_none_is_refused_with_a_sentence_and_code_2(tmp_path: Path) -> None:
    wrong = tmp_path / "photo.numecole"
    wrong.write_bytes(b"not a base" * 1000)
    done = run(wrong, tmp_path, leave="1")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_wrong_arguments_are_explained(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "numecole_desktop", "--bases"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "--base FICHIER" in done.stderr


def test_every_screen_fits_a_small_laptop(desktop: Desktop) -> None:
    frame = desktop.frame
    frame.resize(SMALLEST)
    desktop.desk.open_school("0110160P")
    desktop.settle()
    desktop.desk.open_form("0110160P")
    desktop.settle()
    for place in ("schools", "imports", "tools"):
        desktop.shell.show_place(place)
        desktop.settle()
    least = frame.minimumSizeHint()
    assert least.width() <= SMALLEST.width()
    assert least.height() <= SMALLEST.height()
    assert frame.size() == SMALLEST


def test_places_are_built_before_they_are_visited_and_show_the_same(
    open_window: Callable[[Path], Desktop], base_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_base(base_path)
    monkeypatch.setattr(starting, "AHEAD", 1)
    desktop = open_window(base_path)
    desktop.until(lambda: not desktop.shell.missing_places())
    assert desktop.shell.current() is desktop.shell.schools
    for place in PLACES:
        desktop.shell.show_place(place.name)
        desktop.settle()
        assert desktop.shell.current() is desktop.shell.place(place.name)
    shown = [text.text() for text in desktop.shell.place("exchanges").findChildren(QLabel)]
    assert "Ce poste" in shown
    home = desktop.shell.place("home").findChildren(QLabel)
    assert any("sur 5" in text.text() for text in home)

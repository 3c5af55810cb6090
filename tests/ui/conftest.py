"""A real window on a real base, without a screen; keys are sent as a person sends them."""

from __future__ import annotations

import os

if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen" and os.name != "nt":
    # A second screen: 1280 x 720 at 150 %, less a bar of tasks (tests/ui/test_small_laptop.py).
    screens = os.path.join(os.path.dirname(__file__), "screens.json")  # noqa: PTH118, PTH120
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.domain.declaration import Declaration
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations
from numecole_desktop.services.demo import build_demo
from numecole_desktop.services.opening import Opening
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from numecole_desktop.ui import start as starting
from numecole_desktop.ui.frame import Frame
from numecole_desktop.ui.start import Start
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.theme import TEXT_SIZE, apply_font
from tests.conftest import YEAR, add_schools, finish, fixed_clock

FORMER: dict[str, Answer] = {
    "A1": 6,
    "A2": "ADSL",
    "A3": 2,
    "A4": False,
    "A5": False,
    "A6": False,
    "A7": True,
    "B1": 6,
    "B2": 2,
    "B3": 4,
    "C1": 1,
    "C2": 0,
    "C3": 1,
    "D1": ("ROBOTIQUE",),
}
"""Answers of 2022-2023 of the first school: index 2."""

SCHOOL = "0110160P"
NO = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
WAIT = 10_000
T = TypeVar("T")
D = TypeVar("D", bound=QDialog)


class Desktop:
    """The window under test, and what a person can do with it."""

    def __init__(self, qtbot: QtBot, start: Start, frame: Frame, base: Path) -> None:
        assert start.desk is not None
        self.qtbot = qtbot
        self.start = start
        self.frame = frame
        self.base = base
        self.shell = start.shell
        self.desk = start.desk
        self.session = start.session
        self.tasks = start.tasks

    def until(self, condition: Callable[[], object]) -> None:
        """Serve events until ``condition`` is true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)

    def settle(self) -> None:
        """Wait until the base's thread has done all that was asked, and its answers arrived."""
        for _ in range(3):
            seen: list[object] = []
            self.tasks.run(_nothing, seen.append)
            self.until(partial(bool, seen))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO) -> None:
        """Press a key in the window in front; shortcuts go through it as they really do."""
        front = QApplication.activeModalWidget() or QApplication.activeWindow() or self.frame
        QTest.keyClick(front.windowHandle(), key, modifiers)

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(focus(), text)

    def read(self, work: Callable[[Workspace], T]) -> T:
        """What the base's thread answers to ``work``."""
        seen: list[T] = []
        self.tasks.run(work, seen.append)
        self.until(lambda: seen)
        return seen[0]

    def declaration(self, uai: str = SCHOOL, year: SchoolYear = YEAR) -> Declaration | None:
        """The declaration that the base holds."""
        return self.read(lambda ws: reads.declaration(ws.base.connection, uai, year))

    def dialog(self, kind: type[D]) -> D:
        """The dialog of this kind that is open."""
        found: list[D] = []

        def look() -> bool:
            found[:] = [d for d in self.frame.findChildren(kind) if d.isActiveWindow()]
            return bool(found)

        self.until(look)
        return found[0]


def _nothing(_: Workspace) -> None:
    """What is asked of the base's thread to know that it has done the rest."""


def focus() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def fill_base(path: Path) -> None:
    """A few schools; the first one declared last year."""
    with Workspace.open(path, operator="test", clock=fixed_clock) as workspace:
        add_schools(workspace)
        form = declarations.open_form(workspace, SCHOOL, YEAR.previous)
        form = declarations.save_answers(workspace, form, FORMER).form
        declarations.submit(workspace, form)


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], Desktop]]:
    """Opens the window on a base, as the application does; closes it at the end of the test."""
    monkeypatch.setattr(starting, "PRELOADED", ())
    monkeypatch.setattr(starting, "AHEAD", 3_600_000)  # a test builds what it visits
    opened: list[Desktop] = []
    crashes: list[object] = []

    def open_it(base: Path) -> Desktop:
        state = WindowState(tmp_path / "fenetre.ini")
        state.put("window/year", str(YEAR))
        state.put("window/place", state.text("window/place", "schools"))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_font(app, state.text(TEXT_SIZE))
        frame = Frame("Numécole", state.data("window/geometry"))
        frame.show()
        opening = partial(Opening, lambda: base, operator="test", clock=fixed_clock)
        start = Start(app, frame, state, opening, opening)
        start.restore_hooks()  # pytest-qt watches exceptions itself
        start.tasks.crashed.connect(crashes.append)
        frame.activateWindow()
        qtbot.waitUntil(lambda: start.desk is not None, timeout=WAIT)
        desktop = Desktop(qtbot, start, frame, base)
        desktop.settle()
        opened.append(desktop)
        return desktop

    yield open_it
    for desktop in opened:
        if desktop.frame.isVisible():
            desktop.frame.close()
        assert desktop.tasks.close(WAIT / 1000)
        desktop.frame.deleteLater()
        desktop.start.deleteLater()
    QApplication.processEvents()
    assert crashes == []


@pytest.fixture(scope="session")
def sample_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample base, built once."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        keep_keys_in(patch, folder)
        return finish(build_demo(folder))


def keep_keys_in(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Keys of bases are files of ``folder``, so that a copy of the sample finds its own."""
    patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "NUMECOLE_DOSSIER"):
        patch.setenv(name, str(folder))


@pytest.fixture
def sample(
    open_window: Callable[[Path], Desktop],
    sample_base: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Desktop:
    """The window on a copy of the sample base, in 2023-2024."""
    keep_keys_in(monkeypatch, sample_base.parent)
    return open_window(Path(shutil.copy(sample_base, tmp_path / "exemple.numecole")))


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files of devices that open at once."""
    from numecole_desktop.services import devices
    from tests.ui.exchange_bases import quick_limits

    cheap = quick_limits()
    monkeypatch.setattr(devices, "limits", lambda: cheap)


@pytest.fixture
def desktop(open_window: Callable[[Path], Desktop], base_path: Path) -> Desktop:
    """The window on the small base, in 2023-2024."""
    fill_base(base_path)
    return open_window(base_path)

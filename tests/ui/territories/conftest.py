"""The sample base and the screen of territories on it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.territories import TerritoriesScreen
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.tasks import Tasks
from tests.ui.conftest import keep_keys_in

YEAR = SchoolYear(2023)
NARBONNE = "0110041K"
PATIENCE = 8000


@pytest.fixture
def session(
    qapp: QApplication, sample_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """A session on a copy of the sample base, in 2023-2024."""
    keep_keys_in(monkeypatch, sample_base.parent)
    path = tmp_path / "copy.numecole"
    shutil.copy(sample_base, path)
    opened = Session(
        Tasks(lambda: Workspace.open(path)),
        WindowState(tmp_path / "window.ini"),
        lambda: Workspace.open(path),
    )
    opened.path = path
    opened.show_year(YEAR)
    yield opened
    assert opened.tasks.close(10)
    gc.collect()  # here, and not in the thread of the next base, where Qt objects must not die


@pytest.fixture
def screen(session: Session) -> Iterator[TerritoriesScreen]:
    """The screen, shown on Narbonne 1 at the size of a small laptop."""
    session.state.put("territories/chosen", f"circonscription {NARBONNE}")
    shown = TerritoriesScreen(session)
    shown.resize(1100, 640)
    shown.show()
    settle(session)
    yield shown
    shown.close()
    settle(session)
    shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class _Answer:
    """Waits for the base to answer."""

    def __init__(self) -> None:
        self.loop = QEventLoop()
        self.came = False

    def __call__(self, _: object) -> None:
        self.came = True
        self.loop.quit()


def settle(session: Session) -> None:
    """Let every order given to the base, and those that follow from it, come back."""
    for _ in range(7):
        answer = _Answer()
        session.tasks.run(_nothing, answer)
        QTimer.singleShot(PATIENCE, answer.loop.quit)
        answer.loop.exec()
        assert answer.came, "the base does not answer"
        QApplication.processEvents()


def _nothing(_: Workspace) -> None:
    pass


def read(session: Session, work: Callable[[Workspace], object]) -> object:
    """What ``work`` finds in the base."""
    found: list[object] = []
    session.tasks.run(work, found.append)
    settle(session)
    return found[0]

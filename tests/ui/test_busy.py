"""The sign of a wait: it comes late, stays long enough to be seen, and says its name."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.widgets.busy import LEAST, PATIENCE
from tests.ui.conftest import WAIT, Desktop


class Gate:
    """Work of the base's thread that ends when it is told to."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def work(self, _: Workspace) -> bool:
        return self.open.wait(WAIT / 1000)


@pytest.fixture
def waiting(desktop: Desktop) -> Gate:
    """An answer of the base that is not there yet."""
    gate = Gate()
    desktop.tasks.run(gate.work)
    return gate


def test_a_long_wait_is_shown_and_named(desktop: Desktop, waiting: Gate) -> None:
    bar = desktop.shell.busy
    assert not bar.isVisible()
    desktop.until(bar.isVisible)
    seen = QAccessible.queryAccessibleInterface(bar)
    assert seen.role() == QAccessible.Role.ProgressBar
    assert seen.text(QAccessible.Text.Name) == "Lecture en cours"
    status = desktop.shell.status
    assert status.wait is not None
    assert status.wait.isVisible()
    assert bar.geometry().topLeft() == desktop.shell.stack.geometry().topLeft()
    waiting.open.set()
    desktop.until(lambda: not bar.isVisible())
    assert not status.wait.isVisible()
    assert not desktop.tasks.busy


def test_a_short_wait_shows_nothing(desktop: Desktop, waiting: Gate) -> None:
    waiting.open.set()
    desktop.settle()
    end = time.monotonic() + 2 * PATIENCE / 1000
    while time.monotonic() < end:
        QApplication.processEvents()
        assert not desktop.shell.busy.isVisible()


def test_once_shown_it_stays_a_moment(desktop: Desktop, waiting: Gate) -> None:
    bar = desktop.shell.busy
    desktop.until(bar.isVisible)
    shown = time.monotonic()
    waiting.open.set()
    desktop.until(lambda: not bar.isVisible())
    assert time.monotonic() - shown > 0.8 * LEAST / 1000


def test_answers_asked_by_an_answer_are_one_wait(desktop: Desktop) -> None:
    told: list[bool] = []
    desktop.tasks.busy_changed.connect(told.append)
    seen: list[object] = []

    def again(_: object) -> None:
        desktop.tasks.run(_nothing, seen.append)

    desktop.tasks.run(_nothing, again)
    desktop.until(lambda: seen and not desktop.tasks.busy)
    assert told == [True, False]


def _nothing(_: Workspace) -> int:
    return 1

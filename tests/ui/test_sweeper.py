"""Cyclic garbage is swept, by the window's thread, whichever thread made it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.sweeper import Sweeper


class Knot:
    """An object that only a sweep can free, and that says in which thread it was."""

    died_in: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.died_in.append(threading.get_ident())


@pytest.fixture
def sweeper(qapp: QApplication) -> Iterator[Sweeper]:
    """A sweeper that looks often; Python's own collector comes back after the test."""
    gc.collect()
    Knot.died_in.clear()
    made = Sweeper(qapp)
    made.timer.setInterval(10)
    yield made
    made.setParent(None)
    made.deleteLater()
    gc.unfreeze()
    gc.enable()


def tie(count: int) -> None:
    """Make knots in another thread."""
    thread = threading.Thread(target=lambda: [Knot() for _ in range(count)])
    thread.start()
    thread.join()


def test_the_young_are_swept_as_they_come(sweeper: Sweeper, qtbot: QtBot) -> None:
    tie(5_000)
    assert Knot.died_in == []
    qtbot.waitUntil(lambda: len(Knot.died_in) == 5_000)
    assert set(Knot.died_in) == {threading.get_ident()}


def test_the_old_are_swept_when_the_window_is_left(sweeper: Sweeper, qapp: QApplication) -> None:
    sweeper.timer.stop()
    kept = [Knot() for _ in range(3)]
    gc.collect(1)
    kept.clear()
    gc.collect(1)
    assert Knot.died_in == []
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert len(Knot.died_in) == 3


def test_many_at_once_are_set_aside_until_the_window_is_left(
    sweeper: Sweeper, qapp: QApplication, qtbot: QtBot
) -> None:
    tie(60_000)
    qtbot.waitUntil(lambda: gc.get_count()[0] < 60_000)
    assert Knot.died_in == []
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert len(Knot.died_in) == 60_000
    assert set(Knot.died_in) == {threading.get_ident()}

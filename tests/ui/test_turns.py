"""Long work leaves its turn of the event loop to what comes in between."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.turns import OwnTurn


class Answer(QObject):
    """Brings work as the base's thread does."""

    came = Signal()

    def brings(self, work: Callable[[], None]) -> None:
        self.came.connect(work, Qt.ConnectionType.QueuedConnection)


def turns_of(told: list[str], qapp: QApplication, count: int) -> list[list[str]]:
    """What was done in each of some turns of the event loop."""
    found = []
    for _ in range(count):
        told.clear()
        qapp.processEvents()
        found.append(list(told))
    return [turn for turn in found if turn]


def test_it_is_not_done_in_a_turn_that_worked_long(qapp: QApplication) -> None:
    told: list[str] = []
    answer = Answer()
    turn = OwnTurn(lambda: told.append("affichage"), answer)

    def work() -> None:
        time.sleep(0.01)
        told.append("travail")

    answer.brings(work)
    turn.ask()
    answer.came.emit()
    assert turns_of(told, qapp, 4) == [["travail"], ["affichage"]]


def test_it_is_done_once_however_often_it_is_asked(qapp: QApplication, qtbot: QtBot) -> None:
    told: list[str] = []
    parent = QObject()
    turn = OwnTurn(lambda: told.append("affichage"), parent)
    for _ in range(3):
        turn.ask()
    qtbot.waitUntil(lambda: bool(told))
    qapp.processEvents()
    assert told == ["affichage"]


def test_a_window_always_at_work_is_painted_all_the_same(qtbot: QtBot) -> None:
    told: list[str] = []
    always = QTimer()
    always.timeout.connect(lambda: time.sleep(0.01))
    always.start(0)
    turn = OwnTurn(lambda: told.append("affichage"), always)
    turn.ask()
    qtbot.waitUntil(lambda: bool(told), timeout=1_000)
    always.stop()

"""Long work leaves its turn of the event loop to what comes in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.turns import OwnTurn, Shares


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


def count(told: list[str], seconds: float) -> Generator[None, None, str]:
    """A work of three steps."""
    for step in range(3):
        time.sleep(seconds)
        told.append(f"pas {step}")
        yield
    return "fini"


def test_a_short_work_is_done_at_once_and_a_long_one_by_shares(qtbot: QtBot) -> None:
    told: list[str] = []
    shares = Shares(told.append, None)
    shares.start(count(told, 0))
    assert told == ["pas 0", "pas 1", "pas 2", "fini"]
    told.clear()
    shares.start(count(told, 0.01))
    QTimer.singleShot(0, lambda: told.append("touche"))
    assert told == ["pas 0"]
    qtbot.waitUntil(lambda: "fini" in told)
    assert [step for step in told if step != "touche"] == ["pas 0", "pas 1", "pas 2", "fini"]
    assert told.index("touche") < told.index("fini")


def test_a_long_work_is_finished_or_given_up_when_asked(qapp: QApplication) -> None:
    told: list[str] = []
    shares = Shares(told.append, None)
    shares.start(count(told, 0.01))
    shares.finish()
    assert told == ["pas 0", "pas 1", "pas 2", "fini"]
    shares.start(count([], 0.01))
    shares.stop()
    assert turns_of([], qapp, 3) == []
    shares.finish()
    assert told == ["pas 0", "pas 1", "pas 2", "fini"]

"""The window is painted in a turn of the event loop that comes after the change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, QEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.frame import Frame


class Painted(QWidget):
    """Counts its paintings."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def paintEvent(self, _: QPaintEvent) -> None:
        self.times += 1


@pytest.fixture
def inside(qtbot: QtBot) -> Iterator[Painted]:
    """What is in the window, painted once."""
    frame = Frame("Numécole", QByteArray())
    qtbot.addWidget(frame)
    made = Painted()
    frame.setCentralWidget(made)
    frame.show()
    qtbot.waitUntil(lambda: made.times > 0)
    QApplication.processEvents()
    made.times = 0
    yield made
    frame.close()


def test_what_asks_for_painting_ends_before_it(inside: Painted, qtbot: QtBot) -> None:
    inside.update()
    QApplication.sendEvent(inside.window(), QEvent(QEvent.Type.UpdateRequest))
    assert inside.times == 0
    qtbot.waitUntil(lambda: inside.times == 1)


def test_every_change_is_painted(inside: Painted, qtbot: QtBot) -> None:
    for times in range(1, 4):
        inside.update()
        qtbot.waitUntil(lambda times=times: inside.times == times)  # type: ignore[misc]
    inside.repaint()
    qtbot.waitUntil(lambda: inside.times == 4)

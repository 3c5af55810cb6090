"""A window in a process of its own, that types a few answers by keys and waits to be killed.

Arguments: the base, the file that the window remembers by, the UAI, then what is typed. It opens
the form by Ctrl+K and Ctrl+Entrée, types, and says « tapé » once what was typed is on the disk.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numecole_desktop.services.opening import Opening
from numecole_desktop.ui.application import create_application
from numecole_desktop.ui.frame import Frame
from numecole_desktop.ui.start import Start
from numecole_desktop.ui.state import WindowState
from numecole_desktop.ui.theme import apply_font
from tests.conftest import fixed_clock

_STEP = 20  # milliseconds
_PATIENCE = 60  # seconds
TYPED = "tapé"


def serve(condition: Callable[[], object]) -> None:
    """Serve events until ``condition`` is true.

    Raises:
        TimeoutError: it does not become so; the process ends, and the test with it.
    """
    end = monotonic() + _PATIENCE
    while not condition():
        if monotonic() > end:
            raise TimeoutError
        QTest.qWait(_STEP)


def press(frame: Frame, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Press a key in the window in front."""
    front = (QApplication.activeModalWidget() or frame).windowHandle()
    assert front is not None
    QTest.keyClick(front, key, held)


def write(text: str) -> None:
    """Type where the keyboard is."""
    for character in text:
        serve(QApplication.focusWidget)
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClicks(here, character)


def opened(base: Path, remembered: Path, operator: str = "") -> tuple[QApplication, Frame, Start]:
    """The window on ``base``, ready for keys."""
    app = create_application(["numecole-desktop"])
    apply_font(app)
    frame = Frame("Numécole", WindowState(remembered).data("window/geometry"))
    frame.show()
    opening = partial(Opening, lambda: base, operator=operator, clock=fixed_clock)
    start = Start(app, frame, WindowState(remembered), opening, opening)
    frame.activateWindow()
    serve(lambda: start.desk is not None)
    QTest.qWait(10 * _STEP)
    return app, frame, start


def main(base: Path, remembered: Path, uai: str, answers: str) -> None:
    """Type, say so, and wait."""
    app, frame, start = opened(base, remembered, "cpn-limoux")
    control = Qt.KeyboardModifier.ControlModifier
    press(frame, Qt.Key.Key_K, control)
    write(uai)
    press(frame, Qt.Key.Key_Return, control)
    desk = start.desk
    serve(lambda: desk and desk.form and desk.form.sheet and desk.form.uai == uai)
    frame.activateWindow()
    QTest.qWait(10 * _STEP)
    write(answers)
    serve(lambda: desk and desk.form and desk.form.is_saved)
    QTest.qWait(50 * _STEP)
    print(TYPED, flush=True)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])

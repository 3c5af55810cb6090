"""Python's cyclic garbage, swept by the window's thread alone, between two events.

Left to itself, Python sweeps in whichever thread allocates. With a region open, a whole sweep
holds every thread for about 100 ms, while somebody types or scrolls; and a Qt object that is swept
in the base's thread dies there, which Qt does not allow.
"""

from __future__ import annotations

import gc
from time import process_time, thread_time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

_EVERY, _AGAIN = 50, 15
"""Milliseconds between two looks at what there is to sweep, and after one that swept something.

While much is read, what came since the last look then takes a part of a frame.
"""
_MANY = 10_000
"""Young objects that a large reading leaves: sweeping more would take a good part of a frame."""
_ELSEWHERE = 0.005
"""Seconds of work of other threads after which the count above says little: what they gave back is
taken off what they made.
"""
_OLD = 2_000
"""Sweeps of the young after which the old are swept even if the window is never left."""


class Sweeper(QObject):
    """Takes over from Python's own collector for as long as the process lives.

    The young objects are swept as they come, unless they are many at once or another thread is at
    work: what a large reading brings is set aside, for it is meant to be kept. That and the old
    ones, which take longer, are swept when the person turns to another window.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        gc.disable()
        self._others = process_time() - thread_time()
        self.timer = QTimer(self)
        self.timer.setInterval(_EVERY)
        self.timer.timeout.connect(self._sweep)
        self.timer.start()
        app.applicationStateChanged.connect(self._state_changed)

    def _sweep(self) -> None:
        young, _, old = gc.get_count()
        sweeps = young > gc.get_threshold()[0]
        others = process_time() - thread_time()
        elsewhere, self._others = others - self._others > _ELSEWHERE, others
        if old > _OLD:
            gc.collect()
        elif young > _MANY or (sweeps and elsewhere):
            gc.freeze()  # at once, however many they are
        elif sweeps:
            gc.collect(1)  # whatever outlives it is old: no second sweep of the same objects
        self.timer.setInterval(_AGAIN if sweeps else _EVERY)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationInactive:
            gc.unfreeze()
            gc.collect()
            gc.freeze()

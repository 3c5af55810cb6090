"""What can hold the window for long is done in turns of the event loop of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cache
from time import perf_counter
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer

SHARE = 0.005
"""Seconds of a long work that one turn does."""

LONG = 0.003
"""Seconds of work after which a turn is left to end: what was typed meanwhile comes first."""

_PUT_OFF = 3
"""Long turns in a row that are let by: what an answer brings is made, shown, then laid out."""


class _Turn:
    began = 0.0


def _begin() -> None:
    _Turn.began = perf_counter()


@cache
def _watch() -> None:
    """Know when each turn begins, for as long as the process lives."""
    QAbstractEventDispatcher.instance().awake.connect(_begin)


class OwnTurn(QObject):
    """Calls ``then`` once for each ``ask``, in a turn that has not worked long already.

    It is put off a few times at most: a window always at work is painted all the same.
    """

    def __init__(self, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        self._put_off = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fire)
        _watch()

    def ask(self) -> None:
        """Call soon; asking twice before it is done calls once."""
        self._timer.start(0)

    def _fire(self) -> None:
        if self._put_off < _PUT_OFF and perf_counter() - _Turn.began > LONG:
            self._put_off += 1
            self._timer.start(0)
            return
        self._put_off = 0
        self._then()


class Shares(QObject):
    """Does a work by shares of a frame; ``done`` receives what its generator returns.

    Short works are done at once. To start another one gives up the former.
    """

    def __init__(self, done: Callable[[Any], None], parent: QObject | None) -> None:
        super().__init__(parent)
        self._done = done
        self._steps: Generator[None, None, object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def start(self, steps: Generator[None, None, object]) -> None:
        """Begin a work, which may stop at each of its steps."""
        self._steps = steps
        self._go_on()

    def stop(self) -> None:
        """Give the work up."""
        self._timer.stop()
        self._steps = None

    def finish(self) -> None:
        """Do now what remains, if anything does."""
        while self._steps is not None:
            self._step(self._steps)

    def _go_on(self) -> None:
        end = perf_counter() + SHARE
        while self._steps is not None:
            self._step(self._steps)
            if perf_counter() > end:
                self._timer.start(0)
                return

    def _step(self, steps: Generator[None, None, object]) -> None:
        try:
            next(steps)
        except StopIteration as end:
            self.stop()
            self._done(end.value)

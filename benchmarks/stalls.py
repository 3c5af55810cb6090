"""How long each action keeps the window's thread busy: 4 579 schools, ten years.

``python -m benchmarks.stalls [--rounds N] [--only TEXT] [--worst N]`` opens the real window and
does what a person does, action after action (``benchmarks/day.py``). Of each it prints the longest
time during which the event loop served nothing else, in full repaints of the window measured in the
same run and in milliseconds, and the processor time that the window's own thread spent in its
longest turn (the rest is waiting: for Python's lock, for other programs); how long the answer took;
how long of it went without progress sign. S1 and S2 of ``python -m benchmarks`` are its worst.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import bases, region
from benchmarks.harness import (
    Options,
    Result,
    cache_folder,
    compile_modules,
    private_environment,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.ui.desk import Desk
    from numecole_desktop.ui.frame import Frame
    from numecole_desktop.ui.start import Start

_SIZE = (1280, 720)
_LONGEST = 120.0
_PAUSE = 0.0005
_REPAINTS = 30
_SETTLED = 3
"""Empty orders after which the base's thread has answered what its answers asked."""
_ROUNDS = 3
FRAMES = 2.0
"""Repaints above which an action is marked: one for the painting, one for the rest and noise."""
UNSIGNED = 0.2
"""Seconds of wait that need no progress sign."""


@dataclass(frozen=True)
class Stall:
    """The worst of an action over a round, in seconds."""

    longest: float = 0
    work: float = 0
    answer: float = 0
    unsigned: float = 0

    def or_worse(self, other: Stall) -> Stall:
        """The worst of both, measure by measure."""
        return Stall(*map(max, astuple(self), astuple(other)))


class Hands:
    """Does actions in the window, and serves its events meanwhile."""

    def __init__(self, app: QApplication, start: Start, frame: Frame) -> None:
        assert start.desk is not None
        self.app = app
        self.frame = frame
        self.shell = start.shell
        self.session = start.session
        self.desk: Desk = start.desk
        self._start = start
        self.stalls: dict[str, Stall] = {}

    def do(self, name: str, action: Callable[[], object]) -> None:
        """Do an action until everything that it asked for is on screen."""
        began = time.perf_counter()
        turns = [_turn(action)]
        signed = began
        unsigned = 0.0
        for settled in self._settling():
            turns.append(_turn(self.app.processEvents))
            now = time.perf_counter()
            if self._sign():
                signed = now
            unsigned = max(unsigned, now - signed)
            if settled:
                break
            time.sleep(_PAUSE)
        walls, works = zip(*turns, strict=True)
        stall = Stall(max(walls), max(works), time.perf_counter() - began, unsigned)
        self.stalls[name] = self.stalls.get(name, Stall()).or_worse(stall)

    def settle(self) -> None:
        """Serve events until the base's thread has nothing left to do, measuring nothing."""
        for settled in self._settling():
            self.app.processEvents()
            if settled:
                break
            time.sleep(_PAUSE)

    def repaint(self) -> tuple[float, float]:
        """Seconds of painting the whole window, every widget of it, and of processor time."""
        from PySide6.QtWidgets import QWidget

        for widget in (self.frame, *self.frame.findChildren(QWidget)):
            if widget.isVisible():
                widget.update()
        self.app.processEvents()  # painting has a turn of its own
        return _turn(self.app.processEvents)

    def _settling(self) -> Iterator[bool]:
        """True once the base's thread has answered, and the answers to its answers have come."""
        end = time.perf_counter() + _LONGEST
        for _ in range(_SETTLED):
            seen: list[object] = []
            self.session.tasks.run(_nothing, seen.append)
            while not seen:
                assert time.perf_counter() < end, "the window does not come to rest"
                yield False
        yield True

    def _sign(self) -> bool:
        from numecole_desktop.ui.dialogs.job import JobDialog

        return self.shell.busy.isVisible() or isinstance(self.app.activeModalWidget(), JobDialog)


def _turn(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds of an action, on the wall and of this thread's processor time."""
    began, worked = time.perf_counter(), time.thread_time()
    action()
    return time.perf_counter() - began, time.thread_time() - worked


def _nothing(_: object) -> None:
    """Asked of the base's thread to know that it has done the rest."""


@contextmanager
def window(base: Path) -> Iterator[Hands]:
    """The real window on a base, as the application opens it."""
    from PySide6.QtWidgets import QApplication

    from numecole_desktop.services.opening import Opening
    from numecole_desktop.ui.application import create_application
    from numecole_desktop.ui.frame import Frame
    from numecole_desktop.ui.start import Start
    from numecole_desktop.ui.state import WindowState
    from numecole_desktop.ui.sweeper import Sweeper
    from numecole_desktop.ui.theme import apply_font, apply_theme

    app = QApplication.instance() or create_application(["stalls"])
    assert isinstance(app, QApplication)
    remembered = cache_folder() / "stalls.ini"
    remembered.unlink(missing_ok=True)
    state = WindowState(remembered)
    state.put("window/year", str(region.SHOWN))
    apply_font(app)
    apply_theme(app, "light")
    frame = Frame("Numécole", state.data("window/geometry"))
    frame.resize(*_SIZE)
    frame.show()
    Sweeper(app)
    opening = partial(Opening, lambda: base, operator="mesure")
    start = Start(app, frame, state, opening, opening)
    start.restore_hooks()
    start.tasks.crashed.connect(_crashed)
    frame.activateWindow()
    while start.desk is None:
        app.processEvents()
    hands = Hands(app, start, frame)
    hands.settle()
    try:
        yield hands
    finally:
        frame.close()
        start.tasks.close()


def _crashed(bug: Exception) -> None:
    raise bug


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stalls", description=__doc__)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument(
        "--only", default="", metavar="TEXTE", help="actions dont le nom le contient"
    )
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="les N pires")
    given = parser.parse_args()
    measured = _measured(given.rounds)
    found = {name: stall for name, stall in measured.stalls.items() if given.only in name}
    _print(found, measured.repaint, measured.painting, given.worst)


def window_thread(options: Options) -> list[Result]:
    """S1 and S2: the action that works longest in the window's thread, the longest wait unsaid."""
    measured = _measured(options.few(_ROUNDS))
    work = max(stall.work for stall in measured.stalls.values())
    unsigned = max(stall.unsigned for stall in measured.stalls.values())
    return [
        Result("S1", "l’action la plus longue de la fenêtre, région / un affichage", FRAMES,
               (work / measured.painting,), work, measured.painting),
        Result("S2", "attente la plus longue sans signe / permise", 1,
               (unsigned / UNSIGNED,), unsigned, UNSIGNED),
    ]  # fmt: skip


@dataclass(frozen=True)
class _Measured:
    """Actions, and a full repaint in seconds of the wall and of processor time."""

    stalls: dict[str, Stall]
    repaint: float
    painting: float


def _measured(rounds: int) -> _Measured:
    from benchmarks import day

    os.environ.update(private_environment())
    compile_modules()
    repaints: list[tuple[float, float]] = []
    # Kept to the end: what Qt owns must not be collected in the next base's thread.
    all_hands = []
    for _ in range(rounds):
        with window(bases.fresh(region.base(), "stalls.numecole")) as hands:
            all_hands.append(hands)
            hands.shell.show_place("schools")
            hands.settle()
            repaints += [hands.repaint() for _ in range(_REPAINTS)]
            day.live(hands)
    walls, works = zip(*repaints, strict=True)
    seen = [hands.stalls for hands in all_hands]
    found = {
        name: Stall(
            *map(statistics.median, zip(*(astuple(one[name]) for one in seen), strict=True))
        )
        for name in seen[0]
    }
    return _Measured(found, statistics.median(walls), statistics.median(works))


def _print(stalls: dict[str, Stall], repaint: float, painting: float, worst: int) -> None:
    print(
        f"un affichage complet de la fenêtre : {repaint * 1000:.1f} ms, "
        f"{painting * 1000:.1f} de processeur"
    )
    print(
        f"{'blocage':>8}{'ms':>8}{'travail':>9}{'ms':>8}{'réponse ms':>12}{'sans signe':>12}"
        f"    action"
    )
    for name, stall in sorted(stalls.items(), key=lambda one: -one[1].work)[: worst or None]:
        marks = ("*" if stall.work > FRAMES * painting else " ") + (
            "!" if stall.unsigned > UNSIGNED else " "
        )
        print(
            f"{stall.longest / repaint:>8.2f}{stall.longest * 1000:>8.1f}"
            f"{stall.work / painting:>9.2f}{stall.work * 1000:>8.1f}"
            f"{stall.answer * 1000:>12.0f}{stall.unsigned * 1000:>12.0f} {marks} {name}"
        )


if __name__ == "__main__":
    main()

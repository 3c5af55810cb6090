"""The one thread that owns the base; results come back on the window's thread.

Orders run one after the other, in the order in which they were given. A long job is a generator:
each progress it yields is shown, and is a place where it can be cancelled.
"""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from queue import SimpleQueue
from time import perf_counter
from types import MethodType
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.turns import LONG, OwnTurn

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Job, Progress, Workspace

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Problem], None]

CRASH_SENTENCE = (
    "Une erreur interne a interrompu cette action. Rien d’autre n’a été changé\u00a0: les réponses "
    "déjà enregistrées sont gardées."
)


class CrashError(Problem):
    """A bug interrupted an order; it was reported apart, the message only says so."""


class Running:
    """A job under way, which ``cancel`` stops at its next step."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop; nothing of it will remain."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()


class _Callback:
    """A function to call on the window's thread; a method of a widget that is gone is dropped.

    A ``partial`` of a method may give its first arguments, by position.
    """

    def __init__(self, function: Callable[..., None] | None) -> None:
        self._strong: Callable[..., None] | None = None
        self._weak: weakref.WeakMethod[Callable[..., None]] | None = None
        self._first: tuple[object, ...] = ()
        self.given = function is not None
        if isinstance(function, partial):
            self._first = function.args
            function = function.func
        if isinstance(function, MethodType):
            self._weak = weakref.WeakMethod(function)
        else:
            self._strong = function

    def __call__(self, *values: object) -> None:
        function = self._weak() if self._weak is not None else self._strong
        if function is None:
            return
        owner = getattr(function, "__self__", None)
        if isinstance(owner, QObject) and not isValid(owner):
            return
        function(*self._first, *values)


class Tasks(QObject):
    """Runs orders on the base's thread.

    Args:
        open_base: opens the base; called on the thread, at the first order.

    Signals: ``refused`` carries a Problem that no caller handles, ``crashed`` the exception of a
    bug; both arrive on the window's thread. ``busy_changed`` tells whether an answer is awaited;
    long jobs, which show their own progress, do not count.
    """

    refused = Signal(object)
    crashed = Signal(object)
    busy_changed = Signal(bool)
    _delivered = Signal(object, object)

    def __init__(self, open_base: Callable[[], Workspace], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_base
        self._workspace: Workspace | None = None
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._awaited = 0
        self._delivered.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._received: deque[tuple[_Callback, tuple[Any, ...]]] = deque()
        self._turn = OwnTurn(self._deliver, self)
        self._thread = threading.Thread(target=self._serve, name="base", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._awaited > 0

    def run(
        self,
        work: Callable[[Workspace], T],
        done: Done[T] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do ``work`` on the base, then call ``done`` with its result, or ``failed``."""
        finished, refused = _Callback(done), _Callback(failed)

        def order() -> None:
            self._attempt(lambda: work(self._base()), finished, refused)

        self._ask(order)

    def before(self, work: Callable[[], T], done: Done[T], failed: Failed) -> None:
        """Do ``work`` on the base's thread without opening the base, as ``run`` does."""
        finished, refused = _Callback(done), _Callback(failed)
        self._ask(lambda: self._attempt(work, finished, refused))

    def start(
        self,
        job: Callable[[Workspace], Job[T]],
        *,
        progress: Callable[[Progress], None] | None = None,
        done: Done[T] | None = None,
        failed: Failed | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Running:
        """Run a long job; exactly one of ``done``, ``failed`` and ``cancelled`` is called."""
        running = Running()
        told, finished = _Callback(progress), _Callback(done)
        refused, stopped = _Callback(failed), _Callback(cancelled)

        def order() -> None:
            self._attempt(
                lambda: self._steps(job(self._base()), running, told), finished, refused, stopped
            )

        self._orders.put(order)
        return running

    def replace(
        self,
        open_base: Callable[[], Workspace],
        before: Callable[[], Job[object]],
        *,
        progress: Callable[[Progress], None] | None = None,
        done: Done[Workspace] | None = None,
        failed: Failed | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Running:
        """Close the base, run the job ``before`` while it is closed, and open another one.

        Where ``before`` is cancelled, or it or the opening is refused, the former base is opened
        again; exactly one of ``done``, ``failed`` and ``cancelled`` is called.
        """
        running = Running()
        told, finished = _Callback(progress), _Callback(done)
        refused, stopped = _Callback(failed), _Callback(cancelled)

        def order() -> None:
            self._attempt(
                lambda: self._exchange(open_base, before, running, told), finished, refused, stopped
            )

        self._orders.put(order)
        return running

    def close(self, timeout: float | None = None) -> bool:
        """Finish the orders already given, close the base; false when ``timeout`` was too short."""
        self._orders.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _ask(self, order: Callable[[], None]) -> None:
        """Give an order whose answer somebody waits for."""

        def answered() -> None:
            order()
            self._post(_Callback(self._answered))

        self._awaited += 1
        if self._awaited == 1:
            self.busy_changed.emit(True)
        self._orders.put(answered)

    def _answered(self) -> None:
        self._awaited -= 1
        if not self._awaited:
            self.busy_changed.emit(False)

    def _guard(self) -> AbstractContextManager[None]:
        """What the disk of the open base refuses is said in French."""
        return nullcontext() if self._workspace is None else self._workspace.guarded()

    def _base(self) -> Workspace:
        if self._workspace is None:
            self._workspace = self._open()
        return self._workspace

    def _exchange(
        self,
        open_base: Callable[[], Workspace],
        before: Callable[[], Job[object]],
        running: Running,
        told: _Callback,
    ) -> object:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None
        try:
            if self._steps(before(), running, told) is _CANCELLED:
                self._workspace = self._open()
                return _CANCELLED
            self._workspace = open_base()
        except BaseException:
            self._workspace = self._open()
            raise
        self._open = open_base
        return self._workspace

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            order()
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _attempt(
        self,
        work: Callable[[], object],
        done: _Callback,
        failed: _Callback,
        cancelled: _Callback | None = None,
    ) -> None:
        try:
            with self._guard():
                result = work()
        except Problem as problem:
            self._post(failed if failed.given else _Callback(self.refused.emit), problem)
        except Exception as bug:  # noqa: BLE001  # reported in the incident dialog
            self._post(_Callback(self.crashed.emit), bug)
            if failed.given:
                self._post(failed, CrashError(CRASH_SENTENCE))
        else:
            if result is _CANCELLED and cancelled is not None:
                self._post(cancelled)
            else:
                self._post(done, result)

    def _steps(self, steps: Job[T], running: Running, told: _Callback) -> T | object:
        try:
            while not running.cancelled:
                self._post(told, next(steps))
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            steps.close()
        return _CANCELLED

    def _post(self, callback: _Callback, *values: object) -> None:
        self._delivered.emit(callback, values)

    @Slot(object, object)
    def _receive(self, callback: _Callback, values: tuple[Any, ...]) -> None:
        self._received.append((callback, values))
        self._turn.ask()

    def _deliver(self) -> None:
        """Answers share a turn of the event loop as long as they are short.

        Several long ones would together hold the window for more than a frame.
        """
        end = perf_counter() + LONG
        while self._received and perf_counter() < end:
            callback, values = self._received.popleft()
            if self._received:
                self._turn.ask()  # now: this one may open an event loop of its own
            callback(*values)


_CANCELLED = object()

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
from enum import Enum, auto
from functools import partial
from itertools import count
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


class _Reply:
    """What to call when an order is carried out, and while it is.

    It stays on the window's thread: the base's, which carries orders out, would otherwise free a
    widget whose last holder it is, and each thread then waits for a lock of the other's.
    """

    def __init__(
        self,
        *,
        done: Callable[..., None] | None = None,
        failed: Failed | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        awaited: bool = False,
    ) -> None:
        self.done, self.failed = _Callback(done), _Callback(failed)
        self.progress, self.cancelled = _Callback(progress), _Callback(cancelled)
        self.awaited = awaited


class _Word(Enum):
    """What the base's thread says of an order; the last is ``END``, once for each."""

    PROGRESS = auto()
    DONE = auto()
    FAILED = auto()
    CRASHED = auto()
    CANCELLED = auto()
    END = auto()


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
    _said = Signal(int, object, object)

    def __init__(self, open_base: Callable[[], Workspace], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_base
        self._workspace: Workspace | None = None
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._awaited = 0
        self._replies: dict[int, _Reply] = {}
        self._numbers = count()
        self._said.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._received: deque[tuple[int, _Word, object]] = deque()
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
        number = self._expect(_Reply(done=done, failed=failed, awaited=True))
        self._give(number, lambda: work(self._base()))

    def before(self, work: Callable[[], T], done: Done[T], failed: Failed) -> None:
        """Do ``work`` on the base's thread without opening the base, as ``run`` does."""
        self._give(self._expect(_Reply(done=done, failed=failed, awaited=True)), work)

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
        number = self._expect(
            _Reply(done=done, failed=failed, progress=progress, cancelled=cancelled)
        )
        self._give(number, lambda: self._steps(job(self._base()), running, number))
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
        number = self._expect(
            _Reply(done=done, failed=failed, progress=progress, cancelled=cancelled)
        )
        self._give(number, lambda: self._exchange(open_base, before, running, number))
        return running

    def close(self, timeout: float | None = None) -> bool:
        """Finish the orders already given, close the base; false when ``timeout`` was too short."""
        self._orders.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _expect(self, reply: _Reply) -> int:
        """Remember what to call; the number under which the order is spoken of."""
        number = next(self._numbers)
        self._replies[number] = reply
        if reply.awaited:
            self._awaited += 1
            if self._awaited == 1:
                self.busy_changed.emit(True)
        return number

    def _give(self, number: int, work: Callable[[], object]) -> None:
        self._orders.put(partial(self._attempt, number, work))

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
        number: int,
    ) -> object:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None
        try:
            if self._steps(before(), running, number) is _CANCELLED:
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

    def _attempt(self, number: int, work: Callable[[], object]) -> None:
        try:
            with self._guard():
                result = work()
        except Problem as problem:
            self._say(number, _Word.FAILED, problem)
        except Exception as bug:  # noqa: BLE001  # reported in the incident dialog
            self._say(number, _Word.CRASHED, bug)
        else:
            self._say(number, _Word.CANCELLED if result is _CANCELLED else _Word.DONE, result)
        self._say(number, _Word.END)

    def _steps(self, steps: Job[T], running: Running, number: int) -> T | object:
        try:
            while not running.cancelled:
                self._say(number, _Word.PROGRESS, next(steps))
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            steps.close()
        return _CANCELLED

    def _say(self, number: int, word: _Word, value: object = None) -> None:
        self._said.emit(number, word, value)

    @Slot(int, object, object)
    def _receive(self, number: int, word: _Word, value: object) -> None:
        self._received.append((number, word, value))
        self._turn.ask()

    def _deliver(self) -> None:
        """Answers share a turn of the event loop as long as they are short.

        Several long ones would together hold the window for more than a frame.
        """
        end = perf_counter() + LONG
        while self._received and perf_counter() < end:
            said = self._received.popleft()
            if self._received:
                self._turn.ask()  # now: this one may open an event loop of its own
            self._hear(*said)

    def _hear(self, number: int, word: _Word, value: Any) -> None:
        reply = self._replies[number]
        match word:
            case _Word.PROGRESS:
                reply.progress(value)
            case _Word.DONE:
                reply.done(value)
            case _Word.CANCELLED:
                reply.cancelled()
            case _Word.FAILED if reply.failed.given:
                reply.failed(value)
            case _Word.FAILED:
                self.refused.emit(value)
            case _Word.CRASHED:
                self.crashed.emit(value)
                if reply.failed.given:
                    reply.failed(CrashError(CRASH_SENTENCE))
            case _Word.END:
                del self._replies[number]
                if reply.awaited:
                    self._answered()


_CANCELLED = object()

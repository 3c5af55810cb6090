"""What was done in this session and can be taken back, from any screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.undo import Act, Step, Taken
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.dialogs.job import JobDialog
    from numecole_desktop.ui.session import Session

T = TypeVar("T")
P = ParamSpec("P")

MOST = 50
"""Actions that are remembered."""

PATIENCE = 300
"""Milliseconds after which taking back shows its progress."""

_UNDONE, _REDONE = "Annulé", "Rétabli"


class Entry(NamedTuple):
    """An action: « import de annuaire.csv », and how it is taken back or done again.

    ``act`` is what it wrote, None where it has its own way back.
    """

    label: str
    step: Step
    act: Act | None = None


class UndoLog(QObject):
    """Actions of this session, the latest last.

    ``window`` is the one over which progress is shown. ``changed`` when something else would be
    taken back or done again.
    """

    changed = Signal()
    _acted = Signal(str, object, bool)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.window: QWidget | None = None
        self._session = session
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._busy = False
        self._acted.connect(self._keep_act)

    @property
    def undo_label(self) -> str:
        """The action that would be taken back; empty when there is none."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """The action that would be done again; empty when there is none."""
        return self._undone[-1].label if self._undone else ""

    def did(self, label: str, step: Step) -> None:
        """Remember an action, and say that it can be taken back."""
        self._remember(Entry(label, step))

    def _remember(self, entry: Entry) -> None:
        self._done = [*self._done, entry][-MOST:]
        self._undone = []
        self.changed.emit()
        # An order more: after the screen's own words, which come with the end of the action.
        self._session.tasks.run(_nothing, self._say_did)

    def watched(
        self,
        label: str,
        work: Callable[Concatenate[Workspace, P], T],
        *,
        untouched: bool = False,
    ) -> Callable[Concatenate[Workspace, P], T]:
        """The same ``work`` of the base's thread; what it writes is remembered as an action.

        With ``untouched`` it is taken back only where nothing was written since beside it.
        """

        def watch(workspace: Workspace, /, *args: P.args, **named: P.kwargs) -> T:
            from numecole_desktop.services.undo import acting

            result, act = acting(workspace, lambda: work(workspace, *args, **named))
            if act is not None:
                self._acted.emit(label, act, untouched)
            return result

        return watch

    def run(
        self,
        label: str,
        step: Step,
        done: Callable[[Taken], None],
        failed: Callable[[Problem | None], None],
    ) -> None:
        """Take an action back from its own screen, called ``label``; it can be done again.

        ``failed`` receives None where the person stopped it.
        """
        job = self._job(f"{label[:1].upper()}{label[1:]}")
        job.done_with.connect(partial(self._stepped, label, done))
        job.failed.connect(failed)
        job.cancelled.connect(partial(_stopped, failed))
        job.start(step, patience=PATIENCE)

    def undo(self) -> None:
        """Take the latest action back."""
        self._run(_UNDONE)

    def redo(self) -> None:
        """Do again the latest action taken back."""
        self._run(_REDONE)

    def forget(self) -> None:
        """Another base is open: nothing of the former one can be taken back."""
        self._done, self._undone = [], []
        self.changed.emit()

    def _lists(self, verb: str) -> tuple[list[Entry], list[Entry]]:
        """Where the action is, and where it goes once taken back or done again."""
        both = (self._done, self._undone)
        return both if verb is _UNDONE else both[::-1]

    def _run(self, verb: str) -> None:
        source, _ = self._lists(verb)
        if self._busy or not source:
            return
        self._busy = True
        entry = source[-1]
        job = self._job(f"{verb}{NBSP}: {entry.label}")
        job.done_with.connect(partial(self._taken, entry, verb))
        job.failed.connect(partial(self._refused, entry, verb))
        job.cancelled.connect(self._cancelled)
        job.start(entry.step, patience=PATIENCE)

    def _job(self, title: str) -> JobDialog:
        from numecole_desktop.ui.dialogs.job import JobDialog

        return JobDialog(self._session.tasks, title, self.window)

    def _stepped(self, label: str, done: Callable[[Taken], None], taken: Taken) -> None:
        if taken.again is not None:
            self.did(label, taken.again)
        self._session.refresher.publish(taken.changes)
        done(taken)

    def _taken(self, entry: Entry, verb: str, taken: Taken) -> None:
        self._busy = False
        source, target = self._lists(verb)
        if entry in source:
            source.remove(entry)
            if taken.again is not None:
                target.append(Entry(entry.label, taken.again))
        self._session.refresher.publish(taken.changes)
        self.changed.emit()
        said = f"{verb}{NBSP}: {entry.label}. {taken.said}".strip()
        if taken.again is not None:
            keys = f"Rétablir{NBSP}: Ctrl+Maj+Z" if verb is _UNDONE else f"Annuler{NBSP}: Ctrl+Z"
            said += f" {keys}."
        self._session.say(said, "success")

    def _refused(self, entry: Entry, verb: str, problem: Problem) -> None:
        self._busy = False
        source, _ = self._lists(verb)
        if entry in source:
            source.remove(entry)
        self.changed.emit()
        self._session.tasks.refused.emit(problem)

    def _cancelled(self) -> None:
        self._busy = False

    def _keep_act(self, label: str, act: Act, untouched: bool) -> None:
        from numecole_desktop.services.undo import one_change, take_back

        last = self._done[-1] if self._done else None
        if last is not None and last.label == label and last.act is not None:
            both = one_change(last.act, act)
            if both is not None:
                self._done.pop()
                act = both
        self._remember(Entry(label, partial(take_back, act=act, untouched=untouched), act))

    def _say_did(self, _: None) -> None:
        if self._done:
            label = self.undo_label
            said = f"{label[:1].upper()}{label[1:]}. Annuler{NBSP}: Ctrl+Z."
            self._session.say(said, "success")


def _stopped(failed: Callable[[Problem | None], None], _: int) -> None:
    failed(None)


def _nothing(_: Workspace) -> None:
    """Asked of the base's thread to know that it has done the rest."""

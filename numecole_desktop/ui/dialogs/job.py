"""A long job: its progress, a button to cancel it, and exactly one outcome."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.tasks import Running, Tasks

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Job, Progress, Workspace


class JobDialog(Dialog):
    """Runs a job on the base's thread while it is open.

    Signals, of which one is sent: ``done`` (the job's result), ``failed`` (a Problem),
    ``cancelled`` (how many steps were done).
    """

    done_with = Signal(object)
    failed = Signal(object)
    cancelled = Signal(int)
    help_page = "problemes#un-travail-qui-dure"

    def __init__(self, tasks: Tasks, title: str, parent: QWidget | None) -> None:
        super().__init__(title, parent, close_text="Annuler")
        self._tasks = tasks
        self._running: Running | None = None
        self._steps = 0
        self.label = self.say("Préparation…")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Avancement")
        self.body.addWidget(self.bar)

    def start(self, job: Callable[[Workspace], Job[Any]], *, patience: int = 0) -> None:
        """Run ``job`` and open the dialog, after ``patience`` milliseconds if it still runs."""
        self._running = self._tasks.start(
            job,
            progress=self._progress,
            done=self._done,
            failed=self._failed,
            cancelled=self._cancelled,
        )
        self._show(patience)

    def replace(
        self, open_base: Callable[[], Workspace], before: Callable[[], Job[Any]], patience: int = 0
    ) -> None:
        """Open another base once the job ``before`` is done, as ``Tasks.replace`` does."""
        self._running = self._tasks.replace(
            open_base,
            before,
            progress=self._progress,
            done=self._done,
            failed=self._failed,
            cancelled=self._cancelled,
        )
        self._show(patience)

    def _show(self, patience: int) -> None:
        if patience:
            QTimer.singleShot(patience, self._open_late)
        else:
            self.open()

    def _open_late(self) -> None:
        if self._running is not None:
            self.open()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        if self._running is not None:
            self._running.cancel()
        self.close_button.setEnabled(False)
        self.label.setText("Annulation en cours…")

    def reject(self) -> None:
        if self._running is not None:
            self.cancel()
        else:
            super().reject()

    def _progress(self, progress: Progress) -> None:
        self._steps = progress.done
        if self._running is None or self._running.cancelled:
            return
        self.label.setText(progress.label)
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    def _done(self, result: Any) -> None:  # whatever the job returns
        self._finish()
        self.done_with.emit(result)

    def _failed(self, problem: object) -> None:
        self._finish()
        self.failed.emit(problem)

    def _cancelled(self) -> None:
        self._finish()
        self.cancelled.emit(self._steps)

    def _finish(self) -> None:
        self._running = None
        self.close()

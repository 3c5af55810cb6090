"""Taking signed files in, one after the other: batches, packages, cards, directories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, joined, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.dialogs.exchange import FingerprintDialog
from numecole_desktop.ui.screens.exchange_report import Reports
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.batch_import import BatchReport
    from numecole_desktop.services.reference_packages import PackageReport
    from numecole_desktop.services.signed_files import SignedFile
    from numecole_desktop.services.workspace import Job, Progress, Workspace
    from numecole_desktop.ui.tasks import Running

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Received:
    """What a card or a directory changed: sentences, and reports of files that waited for it."""

    said: tuple[str, ...]
    reports: tuple[BatchReport, ...]


class Intake(QWidget):
    """``finished`` when every file given was looked at."""

    finished = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._files: list[Path] = []
        self._name = ""
        self._busy = False
        self._running: Running | None = None
        self.hint = Text(
            "Un lot, une carte ou un annuaire des postes reçu par clé USB ou par courriel peut "
            "être déposé n’importe où sur la fenêtre.",
            tone="muted",
            wrap=True,
        )
        self.progress = Card("Réception")
        self.label = Text(wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Avancement")
        self.cancel_button = Button("Annuler")
        self.cancel_button.clicked.connect(self.cancel)
        self.progress.body.addWidget(self.label)
        line = QHBoxLayout()
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel_button)
        self.progress.body.addLayout(line)
        self.progress.hide()
        self._notices = QVBoxLayout()
        self.notices: list[Notice] = []
        self.reports = Reports()
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        row.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addLayout(self._notices)
        column.addWidget(self.reports)

    def take_in(self, paths: Sequence[str]) -> None:
        """Take files in, in the order given, after those that are being taken in."""
        files = [Path(path) for path in paths]
        if self._busy:
            self._files += files
            return
        self._begin()
        self._files = files
        self._next()

    def leave(self, paths: Sequence[str]) -> None:
        """Say that some files, dropped with those that are taken in, are not read."""
        names = joined([Path(path).name for path in paths])
        self._say(
            f"{names}{NBSP}: un tableau s’importe à part des lots. Déposez-le de nouveau, seul.",
            "warning",
        )

    def cancel(self) -> None:
        """Stop at the next step; nothing of the file under way remains, the next are not read."""
        if self._running is not None:
            self._running.cancel()
            self.cancel_button.setEnabled(False)
            self.label.setText("Annulation en cours…")

    def retry(self) -> None:
        """Try again the files set aside."""
        if self._busy:
            return
        self._begin()
        from numecole_desktop.services import batch_import

        self._start(
            "Nouvel essai des fichiers mis de côté…", batch_import.import_set_aside, self._retried
        )

    def ask_fingerprint(self, owner: str, kid: str) -> None:
        """Ask for the fingerprint of a device whose card was received before."""
        if self._busy:
            return
        dialog = FingerprintDialog(owner, optional=False, parent=self.window())
        dialog.chosen.connect(partial(self._verify, kid))
        dialog.open()

    def _begin(self) -> None:
        self._busy = True
        self._name = ""
        self.reports.clear()
        for notice in self.notices:
            self._notices.removeWidget(notice)
            notice.deleteLater()
        self.notices = []

    def _next(self) -> None:
        from numecole_desktop.services import signed_files

        if not self._files:
            self._busy, self._running = False, None
            self.cancel_button.setEnabled(False)
            self.progress.hide()
            self.finished.emit()
            return
        path = self._files.pop(0)
        self._name = path.name
        look = partial(signed_files.recognise, path=path)
        self._say_work(f"Lecture de {path.name}…")
        self._session.tasks.run(look, self._recognised, self._refuse)

    def _recognised(self, file: SignedFile) -> None:
        from numecole_desktop.services import batch_import, reference_packages
        from numecole_desktop.services.signed_files import FileSort

        if file.sort is FileSort.BATCH:
            take = partial(batch_import.import_batch, path=file.path)
            self._start(f"Vérification et import de {file.path.name}…", take, self._imported)
        elif file.sort is FileSort.REFERENCE:
            package = partial(reference_packages.take_in_package, path=file.path)
            self._start(f"Vérification et import de {file.path.name}…", package, self._packaged)
        elif file.sort is FileSort.DIRECTORY:
            self._receive(file.path, "")
        else:
            owner = file.owner or "Clés racines de l’académie"
            self.progress.hide()
            dialog = FingerprintDialog(owner, bool(file.owner), self.window())
            dialog.chosen.connect(partial(self._receive, file.path))
            dialog.rejected.connect(self._next)
            dialog.open()

    def _receive(self, path: Path, typed: str) -> None:
        receive = partial(_receive, path=path, typed=typed)
        self._start(f"Vérification de {path.name}…", receive, self._received)

    def _verify(self, kid: str, typed: str) -> None:
        self._begin()
        self._start("Vérification…", partial(_verify, kid=kid, typed=typed), self._received)

    def _imported(self, report: BatchReport) -> None:
        self.reports.add(report)
        self._session.refresher.publish(report.changes)
        self._remember(report)
        self._next()

    def _remember(self, report: BatchReport) -> None:
        from numecole_desktop.services import undo_steps

        if report.changes.everything:
            step = partial(undo_steps.undo_taken_in, digest=report.hash)
            self._session.undo_log.did(f"lot de {report.issuer}", step)

    def _packaged(self, report: PackageReport) -> None:
        for sentence in report.sentences:
            self._say(sentence, "action")
        self._session.refresher.publish(report.changes)
        self._next()

    def _received(self, received: _Received) -> None:
        for sentence in received.said:
            self._say(sentence, "action")
        for report in received.reports:
            self.reports.add(report)
            self._remember(report)
        from numecole_desktop.services.workspace import Changes

        # A directory may revoke a key: what it signed since is then taken out of the state.
        self._session.refresher.publish(Changes(everything=True))
        self._next()

    def _retried(self, reports: Sequence[BatchReport]) -> None:
        taken = plural(len(reports), "fichier pris", "fichiers pris")
        said = "Les fichiers mis de côté attendent toujours." if not reports else f"{taken}."
        self._received(_Received((said,), tuple(reports)))

    def _refuse(self, problem: Problem) -> None:
        named = f"{self._name}{NBSP}: " if self._name and self._name not in str(problem) else ""
        self._say(f"{named}{problem}", "error")
        self._next()

    def _start(
        self, label: str, job: Callable[[Workspace], Job[T]], done: Callable[[T], None]
    ) -> None:
        self._say_work(label)
        self.cancel_button.setEnabled(True)
        self._running = self._session.tasks.start(
            job,
            progress=self._progress,
            done=done,
            failed=self._refuse,
            cancelled=self._cancelled,
        )

    def _say_work(self, label: str) -> None:
        self._running = None
        self.cancel_button.setEnabled(False)
        self.label.setText(label)
        self.bar.setRange(0, 0)
        self.progress.show()

    def _progress(self, progress: Progress) -> None:
        if self._running is not None and not self._running.cancelled:
            self.label.setText(f"{self._name}{NBSP}: {progress.label}" if self._name else "")
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def _cancelled(self) -> None:
        left, self._files = len(self._files), []
        said = f"Réception annulée{NBSP}: aucun lot n’est pris à moitié."
        if left:
            unread = plural(left, "autre fichier n’a pas été lu", "autres fichiers non lus")
            said += f" {unread}."
        self._say(said, "action")
        self._next()

    def _say(self, text: str, tone: str) -> None:
        notice = Notice(text, tone)
        self.notices.append(notice)
        self._notices.addWidget(notice)


def _receive(workspace: Workspace, path: Path, typed: str) -> Job[_Received]:
    from numecole_desktop.services import batch_import, trusted

    said = trusted.receive_trust(workspace, path, typed)
    return _Received(said, (yield from batch_import.import_set_aside(workspace)))


def _verify(workspace: Workspace, kid: str, typed: str) -> Job[_Received]:
    from numecole_desktop.services import batch_import, trusted

    said = trusted.verify_device(workspace, kid, typed)
    return _Received(said, (yield from batch_import.import_set_aside(workspace)))

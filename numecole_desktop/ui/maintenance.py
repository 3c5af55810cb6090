"""The commands of the menus that look after the base, each with its dialog and its outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.dialogs.base import MessageDialog
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.undo_log import PATIENCE

if TYPE_CHECKING:
    from numecole_desktop.services.maintenance import VerifyReport
    from numecole_desktop.services.profiles import WrittenProfiles
    from numecole_desktop.services.workspace import Job, Workspace

T = TypeVar("T")


class Maintenance(QObject):
    """Verify, back up, restore, export, recovery code, all profiles.

    Signals: ``refused`` (Problem), ``exported`` (sentence, path) after files were written,
    ``opened`` (Workspace's FirstLook is due) when another base took the place of the former one.
    """

    refused = Signal(object)
    exported = Signal(str, object)
    opened = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.window = window

    def handlers(self) -> Handlers:
        """Commands that are always there."""
        return {
            "verify": self.verify,
            "backup": self.ask_backup,
            "restore": self.ask_restore,
            "export": self.ask_export,
            "recovery": self.show_recovery,
            "all_profiles": self.ask_all_profiles,
            "open_sample": self.open_sample,
            "open_own": self.open_own,
        }

    def verify(self) -> None:
        """Check the base, and say what was found."""
        from numecole_desktop.services import maintenance

        self._start("Vérification de la base", maintenance.verify, self._verified)

    def ask_backup(self) -> None:
        """Ask where to copy the base."""
        dialog = QFileDialog(self.window, "Sauvegarder la base")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Base Numécole (*.numecole)")
        dialog.setDefaultSuffix("numecole")
        dialog.selectFile(_backup_name())
        dialog.fileSelected.connect(self.backup)
        dialog.open()

    def backup(self, path: str) -> None:
        """Copy the base to ``path``."""
        from numecole_desktop.services import maintenance

        copy = partial(maintenance.backup, path=Path(path))
        self._start("Sauvegarde de la base", copy, self._backed_up)

    def ask_restore(self) -> None:
        """Ask which backup to put back."""
        from numecole_desktop.ui.dialogs.settings import RestoreDialog

        dialog = RestoreDialog(self.session.path, self.window)
        dialog.chosen.connect(self.restore)
        dialog.open()

    def restore(self, path: str, code: str = "") -> None:
        """Put the backup ``path`` in the place of the base; ``code`` opens one made elsewhere."""
        from numecole_desktop.services import maintenance, workspace

        base = self.session.path
        put_back = partial(maintenance.restore, Path(path), base, code)
        dialog = self._dialog("Restauration d’une sauvegarde", self._restored, self._stays)
        dialog.replace(partial(workspace.Workspace.open, base), put_back)

    def ask_export(self) -> None:
        """Ask for a format and a folder."""
        from numecole_desktop.ui.dialogs.settings import ExportDialog

        dialog = ExportDialog(self.session.folder, self.window)
        dialog.chosen.connect(self.export)
        dialog.open()

    def export(self, fmt: str, folder: str) -> None:
        """Write the data in ``fmt`` to ``folder``."""
        from numecole_desktop.services import exporting

        write = partial(exporting.export, fmt=fmt, folder=Path(folder))
        done = partial(self._exported, Path(folder))
        self._start("Export des données", write, done, self._export_cancelled)

    def show_recovery(self) -> None:
        """Show the recovery code."""
        from numecole_desktop.services import maintenance

        self.session.tasks.run(maintenance.recovery_code, self._show_code, self._refused)

    def ask_all_profiles(self) -> None:
        """Ask for a folder, then write the profile of every school there."""
        session = self.session
        whose = (
            "tous les profils" if session.everywhere else f"les profils ({session.territory_name})"
        )
        dialog = QFileDialog(self.window, f"Dossier où écrire {whose}", session.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.write_all_profiles)
        dialog.open()

    def write_all_profiles(self, folder: str) -> None:
        """Write the profile of every public school shown that is open in the year."""
        from numecole_desktop.services import profiles

        write = partial(
            profiles.write_all_profiles,
            year=self.session.year,
            folder=Path(folder),
            within=self.session.within,
        )
        done = partial(self._all_written, Path(folder))
        self._start("Tous les profils en PDF", write, done, self._all_cancelled)

    def open_sample(self) -> None:
        """Open the sample base in the place of the present one."""
        dialog = self._dialog("Préparation de l’exemple", self._opened, self._stays)
        dialog.replace(_open_sample, _build_sample, PATIENCE)

    def open_own(self) -> None:
        """Open the user's own base again."""
        dialog = self._dialog("Ouverture de votre base", self._opened, self._stays)
        dialog.replace(self.session.open_home, _nothing, PATIENCE)

    def _start(
        self,
        title: str,
        job: Callable[[Workspace], Job[T]],
        done: Callable[[T], None],
        cancelled: Callable[[int], None] | None = None,
    ) -> None:
        self._dialog(title, done, cancelled).start(job)

    def _dialog(
        self,
        title: str,
        done: Callable[[T], None],
        cancelled: Callable[[int], None] | None = None,
    ) -> JobDialog:
        dialog = JobDialog(self.session.tasks, title, self.window)
        dialog.done_with.connect(done)
        dialog.failed.connect(self._refused)
        dialog.cancelled.connect(cancelled or partial(self._cancelled, title))
        return dialog

    def _cancelled(self, title: str, _: int) -> None:
        self.session.say(f"{title}{NBSP}: annulé, rien n’est à moitié écrit.")

    def _stays(self, _: int) -> None:
        self.session.say("Annulé\u00a0: la même base reste ouverte, rien n’a changé.")

    def _export_cancelled(self, done: int) -> None:
        kept = plural(done, "fichier entier reste", "fichiers entiers restent")
        self.session.say(f"Export annulé{NBSP}: {kept} dans le dossier.")

    def _verified(self, report: VerifyReport) -> None:
        title = "La base est intacte" if report.ok else "La base n’est pas intacte"
        self.session.say(title, "success" if report.ok else "error")
        MessageDialog(title, report.lines, self.window).open()

    def _backed_up(self, path: Path) -> None:
        self.exported.emit(f"Sauvegarde écrite et relue{NBSP}: {path.name}", path)

    def _restored(self, _: Workspace) -> None:
        self.session.say("Sauvegarde restaurée.", "success")
        self.opened.emit()

    def _exported(self, folder: Path, written: Sequence[Path]) -> None:
        names = ", ".join(path.name for path in written)
        self.exported.emit(f"Données exportées{NBSP}: {names}", folder)

    def _show_code(self, code: str) -> None:
        from numecole_desktop.ui.dialogs.settings import RecoveryDialog

        RecoveryDialog(code, self.window).open()

    def _all_written(self, folder: Path, report: WrittenProfiles) -> None:
        from numecole_desktop.ui.dialogs.written import profiles_written

        self.exported.emit(profiles_written(report, folder, self.window), folder)

    def _all_cancelled(self, done: int) -> None:
        from numecole_desktop.ui.dialogs.written import profiles_cancelled

        self.session.say(profiles_cancelled(done))

    def _opened(self, _: Workspace) -> None:
        self.opened.emit()

    def _refused(self, problem: Problem) -> None:
        self.session.say("")
        self.refused.emit(problem)


def sample_base() -> Path:
    """Where the sample base is, built if need be (on the base's thread)."""
    from numecole_desktop.services.workspace import finished

    return finished(_build_sample())


def _build_sample() -> Job[Path]:
    from numecole_desktop.services import demo

    return demo.build_demo()


def _open_sample() -> Workspace:
    from numecole_desktop.services import demo
    from numecole_desktop.services.workspace import Workspace

    return Workspace.open(demo.demo_path(None))


def _nothing() -> Job[None]:
    """Nothing is to be done while the base is closed."""
    yield from ()


def _backup_name() -> str:
    from datetime import datetime

    return f"sauvegarde_{datetime.now().astimezone():%Y-%m-%d_%Hh%M}.numecole"

"""What can be written from a territory: its profile, the yearly report, its figures."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from numecole_desktop.domain.french import NBSP, of_place
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.dialogs.saving import ask_file, file_name
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.services.profiles import WrittenProfiles
    from numecole_desktop.services.territory_pages import TerritoryPage


class TerritoryFiles(QObject):
    """Asks for a file and writes it.

    ``saved`` carries a sentence and the path.
    """

    saved = Signal(str, object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._page: TerritoryPage | None = None

    def show_page(self, page: TerritoryPage) -> None:
        """The territory that the next files are about."""
        self._page = page

    def ask_profile(self) -> None:
        """Ask where to write the profile of the territory."""
        page = self._page
        if page is not None and page.scope.level:
            name = file_name("profil", page.kind, page.name, str(page.year))
            ask_file(
                self._window,
                "Exporter le profil en PDF",
                name,
                "pdf",
                self.write_profile,
                folder=self._session.folder,
            )

    def write_profile(self, path: str) -> None:
        """Write the profile of the territory to ``path``."""
        from numecole_desktop.services import territory_profiles

        page = self._page
        if page is None:
            return
        self._session.say(f"Écriture du profil de {page.name}…")
        write = partial(
            territory_profiles.write_profile,
            level=page.scope.level,
            code=page.scope.code,
            year=page.year,
            path=Path(path),
        )
        self._session.tasks.run(write, self._profile_written)

    def ask_town_halls(self) -> None:
        """Ask for a folder, then write there what the town halls of the territory are given."""
        page = self._page
        if page is not None and page.scope.level:
            dialog = QFileDialog(self._window, "Dossier où écrire les profils des mairies")
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setDirectory(self._session.folder)
            dialog.fileSelected.connect(self.write_town_halls)
            dialog.open()

    def write_town_halls(self, folder: str) -> None:
        """Write the profile of every commune, and for one commune that of its schools too."""
        from numecole_desktop.services import town_halls

        page = self._page
        if page is None:
            return
        job = JobDialog(self._session.tasks, f"Profils des mairies, {page.name}", self._window)
        job.done_with.connect(partial(self._town_halls_written, Path(folder)))
        job.failed.connect(self._session.tasks.refused)
        job.cancelled.connect(self._town_halls_cancelled)
        job.start(
            partial(
                town_halls.write_town_hall_profiles,
                level=page.scope.level,
                code=page.scope.code,
                year=page.year,
                folder=Path(folder),
            )
        )

    def ask_report(self) -> None:
        """Ask where to write the yearly report of the académie."""
        page = self._page
        if page is not None and page.scope.level == "academie":
            name = file_name("etat-du-numerique", page.name, str(page.year))
            ask_file(
                self._window,
                "État annuel en PDF",
                name,
                "pdf",
                self.write_report,
                folder=self._session.folder,
            )

    def write_report(self, path: str) -> None:
        """Write the yearly report of the académie to ``path``; it can be cancelled."""
        from numecole_desktop.services import yearly_report

        page = self._page
        if page is None:
            return
        title = f"État du numérique {page.year}, académie {of_place(page.name)}"
        job = JobDialog(self._session.tasks, title, self._window)
        job.done_with.connect(self._report_written)
        job.failed.connect(self._session.tasks.refused)
        job.cancelled.connect(self._cancelled)
        job.start(
            partial(
                yearly_report.write_report,
                academy=page.scope.code,
                year=page.year,
                path=Path(path),
            )
        )

    def _profile_written(self, path: Path) -> None:
        self.saved.emit(f"Profil enregistré{NBSP}: {path.name}", path)

    def _report_written(self, path: Path) -> None:
        self.saved.emit(f"État annuel enregistré{NBSP}: {path.name}", path)

    def _town_halls_written(self, folder: Path, report: WrittenProfiles) -> None:
        from numecole_desktop.ui.dialogs.written import profiles_written

        self.saved.emit(profiles_written(report, folder, self._window), folder)

    def _town_halls_cancelled(self, done: int) -> None:
        from numecole_desktop.ui.dialogs.written import profiles_cancelled

        self._session.say(profiles_cancelled(done))

    def _cancelled(self) -> None:
        self._session.say("État annuel annulé, rien n’a été écrit.")

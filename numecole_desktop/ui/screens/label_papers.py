"""Documents of the label as PDF: dossier to sign, certificate, letter, list of decisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_application import State
from numecole_desktop.ui.dialogs.saving import ask_file, file_name
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.workspace import Workspace

DOSSIER, CERTIFICATE, LETTER = "dossier", "attestation", "courrier"
PAPERS = {
    DOSSIER: "Dossier à signer…",
    CERTIFICATE: "Attestation…",
    LETTER: "Courrier à la commune…",
}
"""Documents of one dossier, by code, in the words of their buttons."""


class LabelPapers(QObject):
    """Asks for a file and writes a document there; ``saved`` carries a sentence and the path."""

    saved = Signal(str, object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def ask(self, paper: str, dossier: Dossier) -> None:
        """Ask where to write a document of a dossier."""
        from numecole_desktop.services import label_documents

        school, year = dossier.school, dossier.year
        commune = school.commune_code or school.commune or ""
        write: dict[str, Callable[[Workspace, Path], Path]] = {
            DOSSIER: lambda w, path: label_documents.write_dossier(w, school.uai, year, path),
            CERTIFICATE: lambda w, path: label_documents.write_certificate(
                w, school.uai, year, path
            ),
            LETTER: lambda w, path: label_documents.write_letter(w, commune, year, path),
        }
        whose = (school.commune or "") if paper == LETTER else f"{school.uai} {school.name}"
        self._ask(PAPERS[paper], file_name(paper, "label", whose, str(year)), write[paper])

    def ask_decisions(self, year: SchoolYear) -> None:
        """Ask where to write the list of decisions of a campaign."""
        from numecole_desktop.services import label_documents

        self._ask(
            "Liste des décisions…",
            file_name("decisions", "label", str(year)),
            lambda w, path: label_documents.write_decisions(w, year, path),
        )

    def _ask(self, title: str, name: str, write: Callable[[Workspace, Path], Path]) -> None:
        ask_file(
            self._window,
            title.rstrip("…"),
            name,
            "pdf",
            partial(self._write, write),
            folder=self._session.folder,
        )

    def _write(self, write: Callable[[Workspace, Path], Path], path: str) -> None:
        self._session.say("Écriture du document…")
        self._session.tasks.run(partial(_run, write=write, path=Path(path)), self._written)

    def _written(self, path: Path) -> None:
        self.saved.emit(f"Document enregistré{NBSP}: {path.name}", path)


def offered(dossier: Dossier) -> tuple[str, ...]:
    """Documents that make sense for a dossier now."""
    if dossier.application is None:
        return ()
    decided = dossier.state in (State.DECIDED, State.ATTESTED)
    if decided and dossier.application.decision:
        return (DOSSIER, CERTIFICATE, LETTER)
    return (DOSSIER, LETTER) if decided else (DOSSIER,)


def _run(workspace: Workspace, write: Callable[[Workspace, Path], Path], path: Path) -> Path:
    return write(workspace, path)

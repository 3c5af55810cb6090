"""What can be done with a dossier besides filling it: go back, withdraw, erase, attach."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.dialogs.erase import EraseDialog, EraseFileDialog
from numecole_desktop.ui.forms.dossier_draft import DossierDraft
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.services.label_dossiers import DossierSaved
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.workspace import Changes, Workspace


class DossierActs(QObject):
    """Acts on ``draft``, the dossier shown.

    ``erasing`` carries the role of a person about to be erased.
    """

    erasing = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.draft: DossierDraft | None = None
        self._session = session
        self._window = window

    def revert(self) -> None:
        """Go back to the step before."""
        from numecole_desktop.services import label_dossiers

        if self.draft is not None:
            self.draft.act(label_dossiers.revert)

    def ask_withdraw(self) -> None:
        """Withdraw the dossier, once confirmed."""
        dialog = Dialog("Retirer le dossier", self._window, accept_text="Retirer le dossier")
        dialog.say(
            "Le dossier reste dans la base, avec ses étapes, mais n’est plus examiné. Vous "
            "pourrez revenir à l’étape précédente."
        )
        dialog.accepted.connect(self._withdraw)
        dialog.open()

    def ask_erase(self, role: PersonRole) -> None:
        """Erase the person who has a role, once confirmed."""
        person = self.draft.dossier.people.get(role) if self.draft else None
        if person is None:
            return
        dialog = EraseDialog(f"{person.name}, {role.label}", self._window)
        dialog.accepted.connect(partial(self._erase, role))
        dialog.open()

    def attach(self, path: Path) -> None:
        """Attach a file."""
        from numecole_desktop.services import label_people

        if self.draft is not None:
            attach = partial(label_people.attach, path=path)
            self.draft.act(attach, step=False, label="pièce jointe au dossier de label")

    def detach(self, sha256: str) -> None:
        """Take a file out."""
        from numecole_desktop.services import label_people

        if self.draft is not None:
            detach = partial(label_people.detach, sha256=sha256)
            self.draft.act(detach, step=False, label="pièce retirée du dossier de label")

    def show_file(self, sha256: str) -> None:
        """Show a file inside the application."""
        from numecole_desktop.ui.dialogs.attached import AttachedDialog

        file = self.draft.dossier.files.get(sha256) if self.draft else None
        if file is not None:
            kind = file.media_type
            AttachedDialog(self._session, file.name, sha256, kind, self._window).open()

    def ask_erase_file(self, sha256: str) -> None:
        """Erase a file for good, once confirmed."""
        file = self.draft.dossier.files.get(sha256) if self.draft else None
        if file is not None:
            dialog = EraseFileDialog(file.name, self._window)
            dialog.accepted.connect(partial(self._erase_file, sha256))
            dialog.open()

    def _erase_file(self, sha256: str) -> None:
        if self.draft is not None:
            self.draft.act(partial(_erase_file, sha256=sha256), step=False, label="")

    def _withdraw(self) -> None:
        from numecole_desktop.services import label_dossiers

        if self.draft is not None:
            self.draft.act(label_dossiers.withdraw)

    def _erase(self, role: PersonRole) -> None:
        if self.draft is not None:
            self.erasing.emit(role)
            self.draft.act(partial(_erase_person, role=role), step=False, label="")


def _erase_person(workspace: Workspace, dossier: Dossier, *, role: PersonRole) -> DossierSaved:
    """Erase whoever has a role in the dossier as it is now (on the base's thread)."""
    from numecole_desktop.services import label_people

    return _opened(workspace, dossier, label_people.erase(workspace, dossier.people[role].ref))


def _erase_file(workspace: Workspace, dossier: Dossier, *, sha256: str) -> DossierSaved:
    from numecole_desktop.services import label_people

    return _opened(workspace, dossier, label_people.erase_file(workspace, sha256))


def _opened(workspace: Workspace, dossier: Dossier, changes: Changes) -> DossierSaved:
    from numecole_desktop.services import label_dossiers, label_opening

    fresh = label_opening.open_dossier(workspace, dossier.school.uai, dossier.year)
    return label_dossiers.DossierSaved(fresh, changes)

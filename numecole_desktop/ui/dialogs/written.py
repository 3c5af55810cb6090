"""What a job that writes many files left: a sentence with counts, and why some are not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.dialogs.base import MessageDialog

if TYPE_CHECKING:
    from numecole_desktop.services.profiles import WrittenProfiles

_MOST = 12


def profiles_written(report: WrittenProfiles, folder: Path, window: QWidget) -> str:
    """« 118 profils créés, 2 échecs dans le dossier mairies »; each failure is said in a dialog."""
    said = plural(len(report.written), "profil créé", "profils créés")
    if report.failed:
        said += f", {plural(len(report.failed), 'échec')}"
        lines = [f"{subject}{NBSP}: {why}" for subject, why in report.failed[:_MOST]]
        if more := len(report.failed) - len(lines):
            lines.append(f"… et {plural(more, 'autre')}.")
        MessageDialog("Profils qui n’ont pas pu être créés", tuple(lines), window).open()
    return f"{said} dans {folder.name}"


def profiles_cancelled(done: int) -> str:
    """What a cancelled job leaves: whole files."""
    if not done:
        return "Création des profils annulée, rien n’a été écrit."
    kept = plural(done, "profil déjà créé est gardé", "profils déjà créés sont gardés")
    return f"Création des profils annulée{NBSP}: {kept}."

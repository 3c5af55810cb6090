"""How imports and batches are taken back, and an import done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import conflict_list, import_undo, importing
from numecole_desktop.services.import_registry import import_kind
from numecole_desktop.services.undo import Step, Taken
from numecole_desktop.services.workspace import Changes, Job, Progress, Workspace


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that was imported, as it was looked at: what ``run_import`` was given, and its print.

    ``stamp`` is the size and the time of the last change of the file.
    """

    kind: str
    path: Path
    year: SchoolYear | None
    mapping: Mapping[str, str] | None
    stamp: tuple[int, int]


def stamp_of(path: Path) -> tuple[int, int]:
    """Size of a file and when it last changed; zeros when it is no more there."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)


def undo_accepted(workspace: Workspace, import_id: str, accepted: Accepted) -> Job[Taken]:
    """Undo an import just accepted; it can be accepted again."""
    yield Progress(0, 0, "Annulation de l’import")
    report = import_undo.undo_import(workspace, import_id)
    yield Progress(1, 1, "Annulation de l’import")
    return Taken(report.changes, kept_words(report), partial(accept_again, accepted=accepted))


def accept_again(workspace: Workspace, accepted: Accepted) -> Job[Taken]:
    """Import again a file that was looked at.

    Raises:
        ServiceError: the file changed since, or cannot be read; nothing was changed.
    """
    if stamp_of(accepted.path) != accepted.stamp:
        raise Problem(
            f"Le fichier {accepted.path.name} a changé depuis, ou n’est plus là{NBSP}: importez-le "
            f"de nouveau pour voir ce qu’il apporte."
        )
    report = yield from importing.run_import(
        workspace,
        accepted.kind,
        accepted.path,
        year=accepted.year,
        mapping=accepted.mapping,
    )
    back: Step | None = None
    if report.import_id:
        back = partial(undo_accepted, import_id=report.import_id, accepted=accepted)
    return Taken(Changes(everything=True), again=back)


def can_restore(kind: str) -> bool:
    """Whether an import of this kind can be put back once it was undone: reference sets can."""
    found = import_kind(kind)
    return found is not None and not found.stores_events


def restore_withdrawn(workspace: Workspace, import_id: str) -> Job[Taken]:
    """Put back a reference set that was withdrawn."""
    yield Progress(0, 0, "Remise en place de l’import")
    changes = import_undo.restore_import(workspace, import_id)
    yield Progress(1, 1, "Remise en place de l’import")
    return Taken(changes, again=partial(withdraw_again, import_id=import_id))


def withdraw_again(workspace: Workspace, import_id: str) -> Job[Taken]:
    """Withdraw a reference set that was put back."""
    yield Progress(0, 0, "Retrait de l’import")
    report = import_undo.undo_import(workspace, import_id)
    yield Progress(1, 1, "Retrait de l’import")
    return Taken(report.changes, again=partial(restore_withdrawn, import_id=import_id))


def undo_taken_in(workspace: Workspace, digest: str) -> Job[Taken]:
    """Take back what a batch brought. What one batch brought twice is no news: not done again."""
    yield Progress(0, 0, "Annulation du lot")
    changes = conflict_list.undo_batch(workspace, digest)
    yield Progress(1, 1, "Annulation du lot")
    return Taken(changes)


def kept_words(report: import_undo.UndoReport) -> str:
    """What undoing an import left alone, in a sentence; empty when nothing was."""
    if not report.kept:
        return ""
    kept = plural(report.kept, "valeur changée", "valeurs changées")
    return f"{kept} depuis l’import{NBSP}: rien n’y est touché."

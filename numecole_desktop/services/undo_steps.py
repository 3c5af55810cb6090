"""How imports and batches are taken back, and put back."""

from __future__ import annotations

from functools import partial

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.services import conflict_list, import_undo
from numecole_desktop.services.undo import Act, Mark, Taken, take_back
from numecole_desktop.services.workspace import Changes, Job, Workspace
from numecole_desktop.storage import exchange


def undo_run(workspace: Workspace, import_id: str) -> Job[Taken]:
    """Undo an import; it can be put back, without its file.

    Raises:
        Problem: no such import, or it is undone already.
    """
    mark = Mark(workspace)
    report = yield from import_undo.undo_import(workspace, import_id)
    again = partial(restore_run, import_id=import_id, act=mark.act())
    return Taken(report.changes, _undone_words(report), again)


def restore_run(workspace: Workspace, import_id: str, act: Act | None) -> Job[Taken]:
    """Put back an import that was undone; ``act`` is what undoing it wrote.

    Raises:
        Problem: it is not undone, or everything was changed since; nothing was changed.
    """
    taken = yield from import_undo.restore_import(workspace, import_id, act)
    return Taken(taken.changes, taken.said, partial(undo_run, import_id=import_id))


def undo_taken_in(workspace: Workspace, digest: str) -> Job[Taken]:
    """Take back what a batch brought; it can be put back, without its file.

    Raises:
        Problem: no such batch, or it is undone already.
    """
    mark = Mark(workspace)
    changes = yield from conflict_list.undo_batch(workspace, digest)
    again = partial(take_in_again, digest=digest, act=mark.act())
    return Taken(changes, again=again)


def take_in_again(workspace: Workspace, digest: str, act: Act | None) -> Job[Taken]:
    """Put back what a batch had brought; ``act`` is what undoing it wrote, None for nothing.

    What is written counts as brought by the batch, so that it can be undone again.

    Raises:
        Problem: everything that it had brought was changed since; nothing was changed.
    """
    taken = Taken(Changes(everything=True))
    mark = Mark(workspace)
    with workspace.writing():
        if act is not None:
            taken = yield from take_back(workspace, act, redo=True)
        exchange.mark_undone(workspace.base.connection, digest, undone=False)
        if written := mark.act():
            numbers = range(written.first, written.last + 1)
            exchange.keep_with(workspace.base.connection, digest, written.journal, numbers)
    return Taken(taken.changes, taken.said, partial(undo_taken_in, digest=digest))


def _undone_words(report: import_undo.UndoReport) -> str:
    """What undoing an import did, and left alone."""
    said = f"{plural(report.restored, 'fiche remise', 'fiches remises')} dans l’état d’avant."
    if not report.kept:
        return said
    kept = plural(report.kept, "valeur changée", "valeurs changées")
    return f"{said} {kept} depuis l’import{NBSP}: rien n’y est touché."

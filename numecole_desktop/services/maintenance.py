"""Looking after a base: check it, copy it, put a copy back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.services.derived import rules_of
from numecole_desktop.services.workspace import (
    Job,
    Progress,
    Workspace,
    forget_journal,
    told,
)
from numecole_desktop.storage import keys, snapshots
from numecole_desktop.storage.engine import memory_base
from numecole_desktop.storage.errors import in_french
from numecole_desktop.storage.events import chain_break
from numecole_desktop.storage.listing import count_schools
from numecole_desktop.storage.projection import STATE_TABLES, Projection

_RESTORE_STEPS = 4


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Whether a base is sound, and one French sentence for each thing that was checked."""

    ok: bool
    lines: tuple[str, ...]


def verify(workspace: Workspace) -> Job[VerifyReport]:
    """Check the pages, the chain of the journal, and that the state is what the journal gives.

    Nothing is written: the generator may be closed at any step.

    Raises:
        Problem: the file cannot be read to its end.
    """
    connection = workspace.base.connection
    with in_french(workspace.path):
        yield Progress(0, 0, "Lecture de toutes les pages du fichier")
        damage = snapshots.integrity_problem(connection)
        if damage:
            return VerifyReport(False, (f"Fichier{NBSP}: {damage}. Restaurez une sauvegarde.",))
        lines = [f"Fichier{NBSP}: toutes les pages sont intactes."]
        events = int(connection.execute("SELECT count(*) FROM event").fetchone()[0])
        yield Progress(0, 0, "Suite des événements du journal")
        broken = chain_break(connection)
        if broken is not None:
            lines.append(f"Journal {broken.journal[:8]}{NBSP}: {broken.message}.")
            return VerifyReport(False, tuple(lines))
        lines.append(
            f"Journal{NBSP}: {plural(events, 'événement enchaîné', 'événements enchaînés')}."
        )
        copy = memory_base()
        try:
            replay = Projection(copy, rules_of(workspace.catalogue)).replay(connection)
            yield from told(((done, events) for done in replay), "État redonné par le journal")
            differing = [t for t in STATE_TABLES if not _same_rows(connection, copy, t)]
        finally:
            copy.close()
    if differing:
        lines.append(
            f"État{NBSP}: il diffère de ce que donne le journal. Reconstruisez-le "
            "(numecole verifier --reconstruire)."
        )
        return VerifyReport(False, tuple(lines))
    schools = count_schools(connection)
    declared = int(connection.execute("SELECT count(*) FROM declaration").fetchone()[0])
    lines.append(
        f"État{NBSP}: identique à celui que redonne le journal ({plural(schools, 'école')}, "
        f"{plural(declared, 'déclaration')})."
    )
    return VerifyReport(True, tuple(lines))


def rebuild(workspace: Workspace) -> None:
    """Recompute the whole state from the journal, in one transaction.

    Raises:
        Problem: the disk refuses; nothing was changed.
    """
    with workspace.writing():
        workspace.projection.rebuild()


def backup(workspace: Workspace, path: Path) -> Job[Path]:
    """Copy the open base to ``path``, whole and checked; the return is ``path``.

    Closing the generator before its end leaves an older file of that name as it was.

    Raises:
        Problem: the copy cannot be written or does not check.
    """
    yield Progress(0, 2, "Copie de la base")
    steps = snapshots.backing_up(workspace.base, path)
    with closing(steps):
        for _ in steps:
            yield Progress(1, 2, "Relecture de la copie")
    return path


def restore(source: Path, base: Path, code: str = "") -> Job[Path | None]:
    """Put a backup in the place of the base ``base``; returns where the former base is kept.

    The restored base begins a new journal: what it held before stays readable, and what is
    entered from now on can never be mistaken for what was entered after the backup. Closing the
    generator before its end leaves the base, the keys and the folders as they were.

    Raises:
        Problem: the backup or the base refuses; the base is then untouched.
    """
    yield Progress(0, _RESTORE_STEPS, "Lecture de toutes les pages de la sauvegarde")
    key = snapshots.check_backup(source, base, code)
    yield Progress(1, _RESTORE_STEPS, "Copie de la sauvegarde")
    with snapshots.key_kept(key, base):
        staged = snapshots.stage(source, base)
        begun = None
        try:
            yield Progress(2, _RESTORE_STEPS, "Ouverture d’un nouveau journal")
            with Workspace.open(staged, create=False) as workspace:
                workspace.start_journal(predecessor=workspace.base.meta("journal"))
                begun = workspace.writer.journal
                # Only the file itself takes the place of the base.
                workspace.base.fold_in()
            yield Progress(3, _RESTORE_STEPS, "Mise en place")
            return snapshots.install(staged, base)
        except BaseException:
            if begun is not None:
                forget_journal(begun)
            raise
        finally:
            snapshots.discard_staged(staged)


def give_up_if_empty(workspace: Workspace) -> None:
    """Close a base that was just created and remove it, with its key, if nothing was stored."""
    events = workspace.base.connection.execute("SELECT count(*) FROM event").fetchone()[0]
    if events == 1 and workspace.marker is not None:
        workspace.marker.discard()
        workspace.marker = None
    workspace.close()
    if events == 1:
        snapshots.discard(workspace.path)
        keys.forget(workspace.base.key)


def recovery_code(workspace: Workspace) -> str:
    """The code that opens this base and its backups on another computer."""
    return workspace.base.key.recovery_code


def _same_rows(left: object, right: object, table: str) -> bool:
    query = f"SELECT * FROM {table} ORDER BY 1, 2"  # noqa: S608 - names of ours
    return bool(left.execute(query).fetchall() == right.execute(query).fetchall())  # type: ignore[attr-defined]

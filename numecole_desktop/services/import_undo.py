"""Imports that were done: the list, undoing one, closing schools that a directory dropped."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import ABSENT, Absent, Event, RecordKind, Source, Value
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.import_registry import import_kind
from numecole_desktop.services.importing import RECORDS_PER_EVENT
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.undo import Act, Taken, take_back
from numecole_desktop.services.workspace import Changes, Job, Progress, Workspace
from numecole_desktop.storage import reference_sets
from numecole_desktop.storage.declaration_rows import STATUS, SUBMITTED_AT
from numecole_desktop.storage.events import read_events

Key = tuple[str, ...]
UNDO_SOURCE = Source.OBSERVED
"""Source of what an undo writes: it is no new declaration."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import of the past, with its counts of lines."""

    id: str
    kind: str
    kind_label: str
    file: str
    at: str
    operator: str
    accepted: int
    unchanged: int
    refused: int
    undone: bool


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing an import did: records restored, fields kept because changed since."""

    restored: int
    kept: int
    changes: Changes


def imports(workspace: Workspace) -> list[ImportRun]:
    """Imports of this base, newest first: files of the journal and reference sets."""
    from sqlmodel import col, func, select

    from numecole_desktop.storage.tables import EventRow, ImportRow, session

    last = select(func.max(EventRow.seq)).where(EventRow.batch == ImportRow.id).scalar_subquery()
    with session(workspace.base.connection) as opened:
        rows = opened.exec(select(ImportRow).order_by(last.desc(), col(ImportRow.id))).all()
    runs = [
        ImportRun(
            row.id,
            row.kind,
            _label(row.kind),
            row.file,
            row.at,
            row.operator,
            row.accepted,
            row.unchanged,
            row.refused,
            bool(row.undone),
        )
        for row in rows
    ]
    runs += [
        ImportRun(
            held.id,
            held.kind,
            _label(held.kind),
            held.file,
            held.at,
            held.operator,
            held.accepted,
            held.unchanged,
            held.refused,
            bool(held.withdrawn),
        )
        for held in reference_sets.sets(workspace.base.connection)
    ]
    return sorted(runs, key=lambda run: run.at, reverse=True)


def undo_import(workspace: Workspace, import_id: str) -> Job[UndoReport]:
    """Put back what an import changed, by new events; what was changed since is left alone.

    A reference set is withdrawn whole, and what it had replaced holds again.

    A school that the import added and that has declarations since is kept whole, and so is a
    declaration that a person has submitted since. Closing the generator before its end changes
    nothing.

    Raises:
        Problem: no such import, or it is undone already.
    """
    yield Progress(0, 0, "Relecture de ce que l’import a changé")
    run = next((r for r in imports(workspace) if r.id == import_id), None)
    if run is None or run.undone:
        raise Problem(f"Cet import n’existe pas ou est déjà annulé{NBSP}: rien n’a été modifié.")
    found = import_kind(run.kind)
    if found is not None and not found.stores_events:
        with workspace.writing():
            rows = reference_sets.withdraw(workspace.base.connection, import_id)
            workspace.refresh_references()
        return UndoReport(rows, 0, Changes(everything=True))
    kind = RecordKind.SCHOOL if run.kind == "annuaire" else RecordKind.DECLARATION
    written = _written(workspace, import_id, kind)
    around = _around(workspace, import_id, kind, written)
    declared = workspace.base.connection.execute("SELECT DISTINCT uai FROM declaration")
    in_use = {(row[0],) for row in declared} if kind is RecordKind.SCHOOL else around.submitted
    restored: list[tuple[Key, dict[str, Value]]] = []
    kept = 0
    for key, fields in written.items():
        before = around.before.get(key, {})
        since = around.since.get(key, {})
        later = {
            f: cell
            for f, cell in since.items()
            if f != SUBMITTED_AT and (f not in fields or cell != fields[f])
        }
        changed = later.keys() & fields.keys()
        kept += len(changed)
        back = {f: before.get(f) for f in fields if f not in changed}
        if kind is RecordKind.SCHOOL:
            whole = not before and (key in in_use or bool(changed))
        else:
            whole = key in in_use
            _put_status_back(back, before, later)
        if whole:
            kept += len(fields) - len(changed)
        elif back:
            restored.append((key, back))
    with workspace.writing():
        for start in range(0, len(restored), RECORDS_PER_EVENT):
            yield Progress(start, len(restored), "Remise en état")
            _restore(workspace, kind, restored[start : start + RECORDS_PER_EVENT])
        _mark_undone(workspace, import_id, undone=True)
    return UndoReport(len(restored), kept, Changes(everything=True))


def restore_import(workspace: Workspace, import_id: str, act: Act | None) -> Job[Taken]:
    """Put back an import that was undone; ``act`` is what undoing it wrote, None for no event.

    Of a reference set, one imported since keeps the upper hand. Records changed since are left
    as they are. The import can be undone again.

    Raises:
        Problem: it is not undone, or everything was changed since; nothing was changed.
    """
    run = next((r for r in imports(workspace) if r.id == import_id), None)
    if run is None or not run.undone:
        raise Problem(f"Cet import n’existe pas ou n’est pas annulé{NBSP}: rien n’a été modifié.")
    taken = Taken(Changes(everything=True))
    with workspace.writing():
        if act is None:
            reference_sets.restore(workspace.base.connection, import_id)
            workspace.refresh_references()
        else:
            taken = yield from take_back(workspace, act, batch=import_id, redo=True)
            _mark_undone(workspace, import_id, undone=False)
    return taken


def close_schools(workspace: Workspace, uais: Iterable[str], year: SchoolYear) -> Changes:
    """Mark schools as closed from ``year`` on; nothing of theirs is lost.

    Raises:
        Problem: a school is unknown; none is then closed.
    """
    return _mark(workspace, uais, str(year))


def reopen_school(workspace: Workspace, uai: str) -> Changes:
    """Take back the closing of a school.

    Raises:
        Problem: the school is unknown.
    """
    return _mark(workspace, [uai], None)


def _mark_undone(workspace: Workspace, import_id: str, *, undone: bool) -> None:
    workspace.record(
        RecordKind.IMPORT, ("id", "undone"), [(import_id, undone)], source=Source.OBSERVED
    )


def _mark(workspace: Workspace, uais: Iterable[str], closed_from: str | None) -> Changes:
    known = [find_school(workspace, uai).uai for uai in uais]
    if known:
        workspace.record(
            RecordKind.SCHOOL,
            ("uai", "closed_from"),
            [(uai, closed_from) for uai in known],
            source=Source.OBSERVED,
        )
    return Changes(frozenset(known))


def _written(workspace: Workspace, batch: str, kind: RecordKind) -> dict[Key, dict[str, Value]]:
    """What the import wrote, by record."""
    written: dict[Key, dict[str, Value]] = {}
    for _, event in read_events(workspace.base.connection, "batch = ?", (batch,)):
        for key, name, cell in _cells(event, kind):
            written.setdefault(key, {})[name] = cell
    return written


@dataclass(frozen=True, slots=True)
class _Around:
    """Values of the records before the import, what was written after it, who was submitted."""

    before: dict[Key, dict[str, Value]] = field(default_factory=dict)
    since: dict[Key, dict[str, Value]] = field(default_factory=dict)
    submitted: set[Key] = field(default_factory=set)


def _around(
    workspace: Workspace, batch: str, kind: RecordKind, written: Mapping[Key, object]
) -> _Around:
    around = _Around()
    reached = False
    for _, event in read_events(workspace.base.connection, "kind = ?", (kind,)):
        if event.batch == batch:
            reached = True
            for key, name, _ in _cells(event, kind, written) if around.since else ():
                # Undone, then put back: what undoing it wrote holds no more.
                around.since.get(key, {}).pop(name, None)
            continue
        for key, name, cell in _cells(event, kind, written):
            values = (around.since if reached else around.before).setdefault(key, {})
            if cell is None and not reached:
                values.pop(name, None)
            else:
                values[name] = cell
            if name == STATUS:
                submitted = cell == Status.SUBMITTED.value
                if not reached:
                    values[SUBMITTED_AT] = event.at if submitted else None
                elif not submitted:
                    around.submitted.discard(key)
                elif event.source is not UNDO_SOURCE:
                    around.submitted.add(key)
    return around


def _cells(
    event: Event, kind: RecordKind, among: Container[Key] | None = None
) -> Iterator[tuple[Key, str, Value]]:
    width = len(kind.key_columns)
    for row in event.rows:
        key = tuple(str(cell) for cell in row[:width])
        if among is not None and key not in among:
            continue
        for name, cell in zip(event.columns[width:], row[width:], strict=True):
            if not isinstance(cell, Absent):
                yield key, name, cell


def _put_status_back(
    back: dict[str, Value], before: Mapping[str, Value], later: Mapping[str, Value]
) -> None:
    """A declaration is submitted when it was; what a person added to a new one stays a draft."""
    if STATUS not in back:
        return
    back[SUBMITTED_AT] = before.get(SUBMITTED_AT)
    if back[STATUS] is None and any(cell is not None for cell in later.values()):
        back[STATUS] = Status.DRAFT.value


def _restore(
    workspace: Workspace, kind: RecordKind, records: list[tuple[Key, dict[str, Value]]]
) -> None:
    fields = sorted({name for _, values in records for name in values})
    workspace.record(
        kind,
        (*kind.key_columns, *fields),
        [(*key, *(values.get(f, ABSENT) for f in fields)) for key, values in records],
        source=UNDO_SOURCE,
        note="Annulation d’un import.",
    )


def _label(kind: str) -> str:
    found = import_kind(kind)
    return found.label if found else kind

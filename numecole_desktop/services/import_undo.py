"""Imports that were done: the list, undoing one, closing schools that a directory dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import ABSENT, Absent, RecordKind, Source, Value
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.importing import KINDS, RECORDS_PER_EVENT
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.storage.events import read_events

Key = tuple[str, ...]


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
    """Imports of this base, newest first."""
    from sqlmodel import col, func, select

    from numecole_desktop.storage.tables import EventRow, ImportRow, session

    last = select(func.max(EventRow.seq)).where(EventRow.batch == ImportRow.id).scalar_subquery()
    with session(workspace.base.connection) as opened:
        rows = opened.exec(select(ImportRow).order_by(last.desc(), col(ImportRow.id))).all()
    return [
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


def undo_import(workspace: Workspace, import_id: str) -> UndoReport:
    """Put back what an import changed, by new events; what was changed since is left alone.

    A school that the import added and that has declarations since is kept whole.

    Raises:
        ServiceError: no such import, or it is undone already.
    """
    connection = workspace.base.connection
    run = next((r for r in imports(workspace) if r.id == import_id), None)
    if run is None or run.undone:
        raise Problem(f"Cet import n’existe pas ou est déjà annulé{NBSP}: rien n’a été modifié.")
    kind = RecordKind.SCHOOL if run.kind == "annuaire" else RecordKind.DECLARATION
    touched = _touched(workspace, import_id, kind)
    before, since = _around(workspace, import_id, kind, touched)
    declared = {row[0] for row in connection.execute("SELECT DISTINCT uai FROM declaration")}
    restored: list[tuple[Key, dict[str, Value]]] = []
    kept = 0
    for key, fields in touched.items():
        back = {f: before.get(key, {}).get(f) for f in fields if f not in since.get(key, set())}
        kept += len(fields) - len(back)
        added = kind is RecordKind.SCHOOL and key not in before
        if added and (key[0] in declared or len(back) < len(fields)):
            kept += len(back)
            continue
        if back:
            restored.append((key, back))
    with workspace.writing():
        for start in range(0, len(restored), RECORDS_PER_EVENT):
            _restore(workspace, kind, restored[start : start + RECORDS_PER_EVENT])
        workspace.record(
            RecordKind.IMPORT, ("id", "undone"), [(import_id, True)], source=Source.OBSERVED
        )
    return UndoReport(len(restored), kept, Changes(everything=True))


def close_schools(workspace: Workspace, uais: Iterable[str], year: SchoolYear) -> Changes:
    """Mark schools as closed from ``year`` on; nothing of theirs is lost.

    Raises:
        ServiceError: a school is unknown; none is then closed.
    """
    return _mark(workspace, uais, str(year))


def reopen_school(workspace: Workspace, uai: str) -> Changes:
    """Take back the closing of a school.

    Raises:
        ServiceError: the school is unknown.
    """
    return _mark(workspace, [uai], None)


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


def _touched(workspace: Workspace, batch: str, kind: RecordKind) -> dict[Key, set[str]]:
    """Fields that the import wrote, by record."""
    touched: dict[Key, set[str]] = {}
    for _, event in read_events(workspace.base.connection, "batch = ?", (batch,)):
        width = len(kind.key_columns)
        for row in event.rows:
            key = tuple(str(cell) for cell in row[:width])
            fields = touched.setdefault(key, set())
            for name, cell in zip(event.columns[width:], row[width:], strict=True):
                if not isinstance(cell, Absent):
                    fields.add(name)
    return touched


def _around(
    workspace: Workspace, batch: str, kind: RecordKind, touched: Mapping[Key, set[str]]
) -> tuple[dict[Key, dict[str, Value]], dict[Key, set[str]]]:
    """Values of the touched records before the import, and fields written after it."""
    before: dict[Key, dict[str, Value]] = {}
    since: dict[Key, set[str]] = {}
    reached = False
    width = len(kind.key_columns)
    for _, event in read_events(workspace.base.connection, "kind = ?", (kind,)):
        if event.batch == batch:
            reached = True
            continue
        for row in event.rows:
            key = tuple(str(cell) for cell in row[:width])
            if key not in touched:
                continue
            for name, cell in zip(event.columns[width:], row[width:], strict=True):
                if isinstance(cell, Absent):
                    continue
                if reached:
                    since.setdefault(key, set()).add(name)
                elif cell is None:
                    before.get(key, {}).pop(name, None)
                else:
                    before.setdefault(key, {})[name] = cell
    return {key: values for key, values in before.items() if values}, since


def _restore(
    workspace: Workspace, kind: RecordKind, records: list[tuple[Key, dict[str, Value]]]
) -> None:
    fields = sorted({name for _, values in records for name in values})
    workspace.record(
        kind,
        (*kind.key_columns, *fields),
        [(*key, *(values.get(f, ABSENT) for f in fields)) for key, values in records],
        source=Source.OBSERVED,
        note="Annulation d’un import.",
    )


def _label(kind: str) -> str:
    return dict(KINDS).get(kind, kind)
